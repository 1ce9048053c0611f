"""Laws that no table can cover: what holds of every number, every report and every string."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_faults import FAULTS, params
from msgspec.structs import replace
from sentences import unmark
from targets import sound
from test_modifiers import AFTER, BEFORE
from test_numerals import in_chinese
from test_scan import AUTHORS, BOUNDS, LISTS, MASKS, MODIFIERS, NOISE, NUMERALS, RANGES, SPANS

from dangjian.bounds import UNKNOWN, Bounds
from dangjian.quantities.numerals import HIDDEN
from dangjian.quantities.quantity import Quantity
from dangjian.quantities.scan import scan

TABLES = BOUNDS + NUMERALS + MASKS + MODIFIERS + SPANS + LISTS + RANGES + NOISE + AUTHORS
SENTENCES = [unmark(row[0])[0] for row in TABLES if row[0] not in FAULTS]
SLOGANS = [
    "坚决做到“两个维护”。",
    "严格执行三会一课、四议两公开制度。",
    "深入学习贯彻党的二十大精神！",
    "坚持一张蓝图绘到底，一茬接着一茬干。",
    "（二）压实主体责任。",
    "**区委办公室印发《五年规划》。",
]
SIGNS = HIDDEN.replace("○", "").replace("某", "")  # ○ between digits is a zero, 某 needs an end of its own
CHARACTERS = (
    "的年月日第十百千万亿一二两三五九廿半数几上过某成分之点余多来约近超不足以上下左右内"
    "个名人次项件期户%％‰元倍学时百分点工作日季度至到由从提升增长下降比较同率占达计划目标区镇日报"
    "“”《》（）〔〕，。；、：—-–~～+/∶:.．,\t|\n 　"
    "0123456789０３９*＊×Xx●○〇□█#"
    "HG\r\u2028\u200b\x00\ufeff𠀀é"
)

reports = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8)
marks = st.sampled_from(["auto", "digits", "unknown"])


def numbers(text: str, mask: str = "digits") -> tuple[Quantity, ...]:
    return scan(text, year=2022, mask=mask).quantities


def shifted(quantity: Quantity, by: int) -> Quantity:
    """The record as it stands ``by`` characters later; what its line was before is no part of it."""
    moved = {name: getattr(quantity, name) + by for name in ("start", "end", "number_start", "number_end")}
    return replace(quantity, **moved, clause="")


@st.composite
def hidden(draw: st.DrawFn, written: str) -> str:
    """The number with some of its digits, at least one, behind masks of one kind."""
    digits = [at for at, sign in enumerate(written) if sign.isdecimal()]
    hide = draw(st.sets(st.sampled_from(digits), min_size=1))
    sign = draw(st.sampled_from(SIGNS))
    return "".join(sign if at in hide else shown for at, shown in enumerate(written))


FRAMES = [
    "年内走访群众{}户。",
    "年内走访群众{}余户。",
    "年内走访群众近{}户。",
    "年内走访群众约{}户。",
    "年内走访群众超过{}户。",
    "年内走访群众{}户以上。",
    "年内走访群众不足{}户。",
    "年内走访群众{}户左右。",
    "年内拨付资金{}万元。",
    "年内拨付资金{}余万元。",
    "年内拨付资金约{}万余元。",
    "走访群众同比增长{}%。",
]


@given(st.integers(1, 10**7), st.sampled_from(FRAMES), st.booleans(), st.data())
@settings(max_examples=300, deadline=None)
def test_hiding_digits_never_loses_the_number(number, frame, separated, data):
    written = f"{number:,}" if separated else str(number)
    (bare,) = numbers(frame.format(written))
    hide = st.just(re.sub(r"\d", "*", written)) if "余" in frame else hidden(written)  # 余 adds to a place that shows
    (masked,) = numbers(frame.format(data.draw(hide)))
    assert masked.masked and not bare.masked
    assert masked.bounds.lower <= bare.bounds.lower and bare.bounds.top <= masked.bounds.top
    assert (masked.unit, masked.modality, masked.change) == (bare.unit, bare.modality, bare.change)
    assert (masked.start, masked.end, masked.number) == (bare.start, bare.end, bare.number)


@given(st.decimals(1, 100, places=1), st.data())  # no hidden number starts with 0
@settings(max_examples=100, deadline=None)
def test_hiding_digits_of_a_share_never_loses_it(share, data):
    written = str(share)
    (masked,) = numbers(f"参学率为{data.draw(hidden(written))}%。")
    assert float(share) in masked.bounds
    assert masked.bounds.top <= 100


@given(st.integers(10, 10**6), st.data())
@settings(max_examples=100, deadline=None)
def test_a_placeholder_says_nothing_of_the_number(number, data):
    written = data.draw(hidden(str(number)))
    (count,) = numbers(f"年内走访群众{written}户。", "unknown")
    assert count.bounds == UNKNOWN
    (share,) = numbers(f"参学率为{written[:2] if any(s in HIDDEN for s in written[:2]) else '**'}%。", "unknown")
    assert share.bounds == Bounds(0, 100)


@given(st.integers(2, 10**7), st.sampled_from(BEFORE + AFTER), st.sampled_from(["户", "人次", "万元"]))
@settings(max_examples=300, deadline=None)
def test_a_modifier_keeps_the_value_as_its_meaning_says(number, said, unit):
    word, modality = said
    if word in ("过", "内"):
        return
    touching = said in BEFORE
    (found,) = numbers(f"年内合计{word}{number}{unit}。" if touching else f"年内合计{number}{unit}{word}。")
    value = number * (10**4 if unit == "万元" else 1)
    assert found.modality == modality
    assert value in found.bounds
    assert {
        "at_least": found.bounds == Bounds(value, None),
        "at_most": found.bounds == Bounds(0, value),
        "nearly": found.bounds.upper == value and found.bounds.lower < value,
        "about": found.bounds.lower < value < found.bounds.top,
    }[modality]


@given(st.integers(1, 10**7), st.sampled_from("余多"))
@settings(max_examples=100, deadline=None)
def test_more_than_a_number_is_less_than_the_next_round_one(number, word):
    (found,) = numbers(f"年内走访群众{number}{word}户。")
    place = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
    assert found.modality == "more" and found.bounds == Bounds(number, number + place - 1)


WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@given(st.integers(100, 99_999).map(lambda hundreds: hundreds * 100))
@settings(max_examples=100, deadline=None)
def test_twelve_written_forms_of_one_number(number):
    spelled = in_chinese(number)
    forms = {
        "plain": f"{number}户",
        "full-width": f"{str(number).translate(WIDE)}户",
        "separators": f"{number:,}户",
        "full-width separators": f"{f'{number:,}'.translate(WIDE)}户",
        "a space before the unit": f"{number} 户",
        "a line break before the unit": f"{number}\n户",
        "digits apart": f"{' '.join(str(number))} 户",
        "broken by the page": f"{str(number)[:2]}\n{str(number)[2:]}户",
        "ten thousands": f"{f'{number / 10**4:.2f}'.rstrip('0').rstrip('.')}万户",
        "ten thousands, two places": f"{number / 10**4:.2f}万户",
        "spelled out": f"{spelled}户",
        "spelled formally": f"{spelled.translate(FORMAL)}户",
    }
    assert {name: [tuple(q.bounds) for q in numbers(f"年内走访群众{form}。")] for name, form in forms.items()} == {
        name: [(pytest.approx(number), pytest.approx(number))] for name in forms
    }


@given(st.integers(1, 99))
@settings(max_examples=99, deadline=None)
def test_twelve_written_forms_of_one_share(share):
    spelled = in_chinese(share)
    forms = [
        f"{share}%", f"{share}％", f"{str(share).translate(WIDE)}％", f"{share} %", f"{share}.0%", f"{share}.00％",
        f"百分之{spelled}", f"百分之{share}", f"百分之{spelled}点零", f"{share * 10}‰", f"千分之{share * 10}",
        f"{spelled[:-1][:1] or '一'}成{spelled[2:]}" if share > 19 and share % 10 else f"{' '.join(str(share))}%",
    ]  # fmt: skip
    for form in forms:
        found = [(*q.bounds, q.unit) for q in numbers(f"参学率为{form}。")]
        assert found == [(pytest.approx(share), pytest.approx(share), "%")], form


@given(reports, st.sampled_from(["", "\n", "\n\n"]), marks)
@settings(max_examples=200, deadline=None)
def test_records_stand_in_the_report_s_own_text(sentences, between, mask):
    text = between.join(sentences)
    sound(text, scan(text, year=2022, mask=mask))


@given(reports, st.sampled_from(SLOGANS), st.sampled_from(["", "\n"]), st.data())
@settings(max_examples=300, deadline=None)
def test_a_slogan_changes_nothing_but_offsets(sentences, slogan, between, data):
    at = data.draw(st.integers(0, len(sentences)))
    before = between.join(sentences)
    after = between.join([*sentences[:at], slogan, *sentences[at:]])
    place = len(between.join(sentences[:at])) + (len(between) if at else 0)
    by = len(after) - len(before)
    moved = [shifted(found, by if found.start >= min(place, len(before)) else 0) for found in numbers(before)]
    assert [shifted(found, 0) for found in numbers(after)] == moved


@given(reports, reports)
@settings(max_examples=150, deadline=None)
def test_paragraphs_are_read_each_for_itself(first, second):
    head, tail = "".join(first) + "\n", "".join(second)
    alone = [shifted(found, 0) for found in numbers(head)] + [shifted(found, len(head)) for found in numbers(tail)]
    assert [shifted(found, 0) for found in numbers(head + tail)] == alone


@given(reports)
@settings(max_examples=100, deadline=None)
def test_full_width_digits_are_the_same_digits(sentences):
    text = "".join(sentences)
    wide = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    plain = [replace(q, text="", clause="") for q in numbers(text)]
    assert [replace(q, text="", clause="") for q in numbers(wide)] == plain


@given(st.text(CHARACTERS, max_size=60), marks)
@settings(max_examples=1500, deadline=None)
def test_any_string_at_all_raises_nothing(text, mask):
    sound(text, scan(text, year=2022, mask=mask))


@given(st.text(max_size=40), marks)
@settings(max_examples=100, deadline=None)
def test_any_characters_at_all_raise_nothing(text, mask):
    sound(text, scan(text, mask=mask))


RAISED = [
    "百分之十*", "百分之十6", "千分之三３", "两三百人", "两三千度", "两三百分", "0-上百",
    "1至上百", "增长*成", "X几百", "○几十",
]  # fmt: skip


@pytest.mark.parametrize("text", params(RAISED))
def test_what_raised_once_is_read_or_left_out(text):
    for mask in ("auto", "digits", "unknown"):
        sound(text, scan(text, year=2022, mask=mask))


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.data(), marks)
@settings(max_examples=1500, deadline=None)
def test_a_damaged_report_raises_nothing(sentences, data, mask):
    text = "".join(sentences)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 3)))
        text = text[:start] + data.draw(st.text(CHARACTERS, max_size=3)) + text[end:]
    sound(text, scan(text, year=2022, mask=mask))


RUNS = [
    *"*×9一百万十，。“”《（ \n\t|〔第:+.-—半数成某每",
    "*,", "1,", "1 ", "* ", "1\n", "一 ", "9.9", "百分之", "1、", "“1", "**名", "\t1",
]  # fmt: skip


@pytest.mark.parametrize("sign", RUNS)
def test_a_long_run_of_one_sign_raises_nothing(sign):
    text = sign * 2_000
    sound(text, scan(text, mask="digits"))
