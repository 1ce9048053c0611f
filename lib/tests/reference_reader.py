"""The scan once more, character by character: what each number of a text measures, and which measure nothing.

For the texts of ``made_texts``, from the contract alone (see ``reference_numbers``).
"""

from __future__ import annotations

from typing import NamedTuple

from reference_numbers import BLANK, CHINESE, HIDDEN, PLACES, SCALES, SHOWN, core_at, is_digit, past_blank, sign_at

SAME = [
    "名", "人", "个", "件", "项", "场", "次", "期", "户", "家", "篇", "册", "份", "人次", "场次", "批次", "元",
    "亩", "公里", "倍", "天", "小时", "学时", "%", "百分点", "工作日", "季度"
]  # fmt: skip
UNITS = {unit: unit for unit in SAME} | {
    "％": "%",
    "‰": "%",
    "成": "%",
    "个百分点": "百分点",
    "个工作日": "工作日",
    "个季度": "季度",
    "个月": "月",
}
LONGEST_FIRST = sorted(UNITS, key=len, reverse=True)
BEFORE = {
    "about": ("约", "大约"),
    "nearly": ("近", "将近", "接近"),
    "at_least": ("超", "超过", "突破", "逾", "不少于", "不低于", "至少"),
    "at_most": ("不足", "不到", "不超过"),
}
AFTER = {"about": ("左右", "上下"), "at_least": ("以上",), "at_most": ("以下", "以内")}
INCREASE = ("增长", "提升", "上升", "增加", "提高")
DECREASE = ("减少", "下降", "降低", "压减")
RANGE = ("至", "到", "-", "—", "～")
LIST = ("、", "和")
CLOSED = "，。；、\n"
NO_UNITS = ("年", "月", "日", "届", "号", "级", "大", "是", "周年", "∶", "件事", "岁及以下", "会")
"""What stands behind a numeral that measures nothing."""
NOUNS = ("项目",)
"""Nouns that begin with a measure word: before one a mask hides a name."""
INFINITE = float("inf")


class Figure(NamedTuple):
    """What the contract says of one number; ``number`` None where it does not say where the bare number stands."""

    start: int
    end: int
    number: tuple[int, int] | None
    lower: float
    upper: float | None
    unit: str
    modality: str
    masked: bool
    change: str | None


class Number(NamedTuple):
    """A number with what touches it from behind; ``unit`` None where none follows."""

    start: int
    bare: int
    end: int
    lower: float
    upper: float
    masked: bool
    unit: str | None
    modality: str
    after: str
    scaled: int
    named: bool


def read(text: str, mask: str = "digits") -> list[Figure]:
    """Every figure of a text; ``mask`` "digits" or "unknown"."""
    found: list[Figure] = []
    at = 0
    while at < len(text):
        past = nothing_at(text, at)
        if past:
            at = past
            continue
        numbers = list_at(text, at, mask)
        if not numbers:
            at = skipped(text, at)
            continue
        for number in numbers:
            figure = figure_of(text, number, found[-1] if found else None)
            if figure:
                found.append(figure)
        at = numbers[-1].end
    return found


def skipped(text: str, at: int) -> int:
    """The place behind a numeral that was no figure, or behind one sign."""
    core = core_at(text, at)
    return core.end if core else at + 1


def nothing_at(text: str, at: int) -> int:
    """Where something ends that begins here and measures nothing, its numerals included; 0 where nothing such does."""
    sign = text[at]
    for opening, closing in ("《》", "“”", "（）"):
        end = text.find(closing, at)
        if sign == opening and end > at:
            inside = text[at + 1 : end]
            return end + 1 if sign != "（" or all(mark in CHINESE or mark in PLACES for mark in inside) else 0
    if sign == "〔":
        end = text.find("〕", at) + 1
        while is_digit(sign_at(text, end)):
            end += 1
        return end
    if text.startswith(("每月", "每年", "每季度"), at):
        while sign_at(text, at) not in ("", *CLOSED):
            at += 1
        return at
    if sign in "第前后":
        core = core_at(text, at + 1)
        return core.end if core else 0
    if sign.isascii() and sign.isalpha() and sign not in HIDDEN and is_digit(sign_at(text, at + 1)):
        return core_at(text, at + 1).end  # type: ignore[union-attr]
    end = at
    while sign_at(text, end) and (is_digit(text[end]) or text[end] in CHINESE + "两○" or text[end] in PLACES):
        end += 1
    if end == at:
        return 0
    if text.startswith(NO_UNITS, past_blank(text, end)):
        return end + 1
    if "×" in text[at:end] and text.startswith("小时", end) and text[end - 1] in SHOWN:
        return end
    spaced = end
    while sign_at(text, spaced) and (is_digit(text[spaced]) or text[spaced] in BLANK + CHINESE + "○"):
        spaced += 1
    return spaced + 1 if sign_at(text, spaced) == "年" else 0


def list_at(text: str, at: int, mask: str) -> list[Number]:
    """The numbers that begin here and share a unit said at the end: one, or those of a list."""
    numbers: list[Number] = []
    while True:
        number = range_at(text, at, mask)
        if number is None:
            return []
        numbers.append(number)
        if number.unit is not None:
            return [each._replace(unit=number.unit) if each.unit is None else each for each in numbers]
        following = next((sign for sign in LIST if text.startswith(sign, number.end)), "")
        at = number.end + len(following)
        at += next((len(word) for _, word in modifiers(BEFORE) if text.startswith(word, at)), 0)
        if not following or nothing_at(text, at):
            return _bare(text, numbers)


def _bare(text: str, numbers: list[Number]) -> list[Number]:
    """A count without a measure word, where its clause says that it is one and ends with it."""
    (*_, last) = numbers
    said = len(numbers) == 1 and text[: last.start].endswith("合计")
    return [last._replace(unit="")] if said and sign_at(text, last.end) in CLOSED else []


def range_at(text: str, at: int, mask: str) -> Number | None:
    """A number, or two with a sign between that makes them the ends of a range."""
    first = number_at(text, at, mask)
    if first is None or first.after:
        return first
    sign = next((sign for sign in RANGE if text.startswith(sign, first.end)), "")
    last = number_at(text, first.end + len(sign), mask) if sign else None
    if last is None or (first.unit is not None and first.unit != last.unit) or last.unit is None:
        return first
    lower = first.lower * (last.scaled if first.scaled == 1 and first.unit is None else 1)
    return last._replace(start=at, lower=lower, masked=first.masked or last.masked)


def number_at(text: str, at: int, mask: str) -> Number | None:
    """A number with its scale word, 余, unit, and what stands behind that."""
    if text.startswith("过半", at) and not text[:at].endswith("超"):
        end = at + 3 if text.startswith("数", at + 2) else at + 2
        return Number(at, end, end, 50, INFINITE, False, "%", "at_least", "", 1, True)
    core = core_at(text, at)
    if core is None:
        return None
    vague = text[at] in "数几上"
    scale, bare, end, more = _scaled(text, core.end)
    scale, end = (1, core.end) if core.share else (scale, end)
    bare = core.end if core.share else bare
    unit = unit_at(text, past_blank(text, end))
    lower, upper, named, name = core.lower, core.upper, core.share, "%" if core.share else None
    if unit and not core.share:
        end, name = past_blank(text, end) + len(unit), UNITS[unit]
    if unit == "成" and not core.share:
        lower, upper, named = lower * 10, upper * 10, True
        tenth = sign_at(text, end)
        if tenth and tenth in CHINESE:
            lower = upper = lower + CHINESE.index(tenth) - 1
            end += 1
    elif unit == "‰":
        lower, upper = lower / 10, upper / 10
    lower, upper = lower * scale, upper * scale
    modality = "about" if vague else "exact"
    if more == "来":
        lower, upper, modality = 9 * scale, 11 * scale, "about"
    elif more:
        upper, modality = core.below * scale - 1, "more"
    if core.masked and mask == "unknown":
        lower, upper = 0, INFINITE
    after = next((word for _, word in modifiers(AFTER) if name is not None and text.startswith(word, end)), "")
    return Number(at, bare, end + len(after), lower, upper, core.masked, name, modality, after, scale, named)


def _scaled(text: str, at: int) -> tuple[int, int, int, str]:
    """Scale, end of the bare number, end with 余, and 余 itself, behind a core; 余 may stand on either side."""
    ahead = past_blank(text, at)
    more = sign_at(text, ahead) if sign_at(text, ahead) in ("余", "多", "来") else ""
    behind = past_blank(text, ahead + len(more))
    word = next((word for word in SCALES if text.startswith(word, behind)), "")
    if word:
        at = behind + len(word)
        again = sign_at(text, at) if not more and sign_at(text, at) in ("余", "多") else ""
        return SCALES[word], at, at + len(again), more or again
    return 1, at, ahead + 1 if more else at, more


def unit_at(text: str, at: int) -> str | None:
    """The unit as written that begins here."""
    if text.startswith(NOUNS, at):
        return None
    return next((unit for unit in LONGEST_FIRST if text.startswith(unit, at)), None)


def modifiers(words: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Modality and word, the longest words first."""
    pairs = [(modality, word) for modality, several in words.items() for word in several]
    return sorted(pairs, key=lambda pair: -len(pair[1]))


def figure_of(text: str, number: Number, before: Figure | None) -> Figure | None:
    """The figure that a number is with the words around it, None where they make it none."""
    start, lower, upper, modality = number.start, number.lower, number.upper, number.modality
    unit = number.unit or ""
    if number.after in ("以上", "以下") and sign_at(text, number.end) == "的" and unit != "%":
        return None
    if number.after:
        (outer,) = (said for said, word in modifiers(AFTER) if word == number.after)
        lower, upper = widened(lower, upper, outer)
        modality = outer
    said, word = next(((said, word) for said, word in modifiers(BEFORE) if text[:start].endswith(word)), ("", ""))
    if said:
        start -= len(word)
        lower, upper = widened(lower, upper, said) if said != modality or not number.after else (lower, upper)
        modality = said
    left = text[:start].removesuffix("了")
    change = "increase" if left.endswith(INCREASE) else "decrease" if left.endswith(DECREASE) else None
    listed = before is not None and text[before.end : start] in LIST and before.unit == unit
    if change is None and listed and before is not None:
        change = before.change
    clause = left
    for sign in CLOSED:
        clause = clause.split(sign)[-1]
    of_share = number.masked and "率" in clause
    if unit == "%" and number.lower <= 100 and (change is None or of_share):
        upper = min(upper, 100)
    bare = None if number.named else (number.start, number.bare)
    top = None if upper == INFINITE else upper
    return Figure(start, number.end, bare, lower, top, unit, modality, number.masked, change)


def widened(lower: float, upper: float, modality: str) -> tuple[float, float]:
    """What a modality makes of bounds."""
    if modality == "about":
        return lower * 0.9, upper * 1.1
    if modality == "nearly":
        return lower * 0.9, upper
    return (lower, INFINITE) if modality == "at_least" else (0, upper)
