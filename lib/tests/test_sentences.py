"""Where a number's evidence begins and ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_faults import params

from dangjian.reports.sentences import FARTHEST, hard_break, sentence_at

EVIDENCE = [
    # the text, its sentence in {}, the number in it in []
    "抓好队伍建设。{全年发展党员[128]名。}质量提高。",
    "{全年发展党员[128]名}",
    "先看培训；{再看发展党员[128]名；}后看整改。",
    "完成了吗？{完成了[128]名！}好。",
    "“抓好队伍。”{全年发展[128]名。}",
    "{“全年发展[128]名。”}后来。",
    "{培训[3]期，其中线上2期，覆盖支部46个。}另有讲座。",
    "一、队伍建设\n{全年发展[128]名。}\n二、整改",
    "第一段写到这里为止，话已经说完了。\n　　{全年发展[128]名。}",
    "某区工作总结\n{这一行写得很长很长直到页面边上才被断开，全年发展\n党员[128]名。}后文。",  # broken by its page
    "队伍\n{发展[128]名}\n培训",
    "{总额[1.5]亿元。}下一句。",  # a decimal point is no full stop
    "指标\t单位\t数值\n{发展党员\t名\t[128]}\n培训\t期\t3",
]


def unpack(row: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    at = {sign: row.index(sign) for sign in "{[]}"}
    text = row.translate(str.maketrans("", "", "{[]}"))
    return text, (at["["] - 1, at["]"] - 2), (at["{"], at["}"] - 3)


@pytest.mark.parametrize("row", params(EVIDENCE))
def test_sentence_at(row):
    text, number, sentence = unpack(row)
    assert sentence_at(text, *number).of(text) == text[slice(*sentence)]


BREAKS = [
    # the text before the break, after it, and whether it ends a sentence
    ("全年工作扎实推进，发展党员和教育培训都有新的进", "展，整改也有成效。", False),
    ("全年工作扎实推进。", "整改也有成效。", True),
    ("全年工作扎实推进，发展党员和教育培训都有新的进\n　　— 3 —", "展，整改也有成效。", False),
    ("全年工作扎实推进。\n- 3 -", "整改也有成效。", True),
    ("队伍建设", "全年发展128名。", True),
    ("主要做法如下：", "全年发展128名。", True),
    ("全年工作扎实推进，发展党员和教育培训都有新的进", "", True),
    ("全年工作扎实推进，发展党员和教育培训都有新的进", "\n整改", True),
    ("全年工作扎实推进，发展党员和教育培训都有新的进", "　　整改也有成效。", True),
    ("全年工作扎实推进，发展党员和教育培训都有新的进", "（二）整改也有成效。", True),
    ("全年工作扎实推进，发展党员和教育培训都有新的进", "二、整改也有成效。", True),
    ("项目名称\t单位\t数值", "发展党员\t名\t128", True),
    ("", "发展党员128名", True),
]


@pytest.mark.parametrize(("before", "behind", "ends"), BREAKS)
def test_hard_break(before, behind, ends):
    title = "某区工作总结\n"
    assert hard_break(f"{title}{before}\n{behind}", len(title + before)) is ends


def test_the_title_ends_its_line():
    assert hard_break("某区党员教育管理服务工作情况，二〇二二年度\n全年发展党员128名。", 21)


@given(st.text("党员，。；\n128 \t（一）", max_size=60), st.data())
@settings(max_examples=100)
def test_a_sentence_holds_its_number_and_stays_in_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentence_at(text, start, end)
    assert 0 <= found.start <= start <= end <= found.end <= len(text)


def test_a_text_without_a_full_stop_is_cut():
    text = "党" * 5000
    found = sentence_at(text, 2000, 2003)
    assert found.end - found.start <= 2 * FARTHEST + 3
