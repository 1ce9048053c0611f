"""Automatic numbering of Word: the 一、（一）1. that stand in no text, counted the way Word counts them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "ideographDigital", "japaneseCounting", "japaneseDigitalTenThousand", "koreanDigital2",
}  # fmt: skip
LEGALS = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}
UNNUMBERED = {"bullet", "none", "custom"}


def chinese(number: int, digits: str = DIGITS, units: str = "十百千") -> str:
    """A number in Chinese, as lists count.

    >>> [chinese(n) for n in (3, 10, 12, 20, 105, 2021)]
    ['三', '十', '十二', '二十', '一百〇五', '二千〇二十一']
    """
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[place - 1] if place else "")
        gap = not digit
    return text[1:] if units[0] == "十" and text.startswith("一十") else text


def counted(number: int, form: str) -> str:
    """A list's number the way its numbering format writes it.

    >>> counted(3, "chineseCounting"), counted(3, "decimalEnclosedCircle"), counted(4, "lowerRoman")
    ('三', '③', 'iv')
    """
    if form in CHINESE:
        return chinese(number)
    if form in LEGALS:
        return chinese(number, LEGAL, "拾佰仟")
    if form.startswith("decimalEnclosed") and 1 <= number <= 20:
        return chr({"decimalEnclosedFullstop": 0x2488, "decimalEnclosedParen": 0x2474}.get(form, 0x2460) + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "ideographTraditional":
        return STEMS[(number - 1) % 10]
    if form == "ideographZodiac":
        return BRANCHES[(number - 1) % 12]
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        while number >= value:
            text, number = text + sign, number - value
    return text


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how its number is written and with what around it."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    legal: bool = False
    close: bool = False
    """Whether the text follows at once, without a blank."""
    anew: int | None = None
    """After which level it begins anew; 0 for none, None for any above."""


@dataclass
class Lists:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by numId
    kept_by: dict[str, str] = field(default_factory=dict)  # numId: the list that it continues
    styles: dict[tuple[str, str], int] = field(default_factory=dict)  # numId and paragraph style: level
    restarts: set[tuple[str, int]] = field(default_factory=set)  # numId and level that begin anew
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, number_id: str, level: int) -> str:
        """What stands before the next paragraph of a list, "" for bullets and unknown lists."""
        levels = self.levels.get(number_id, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self.kept_by.get(number_id, number_id), {})
        if (number_id, level) in self.restarts:
            self.restarts.discard((number_id, level))
            counts.pop(level, None)
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level and _begins_anew(levels.get(at), level)]:
            del counts[deeper]
        own = levels[level]
        if own.form in UNNUMBERED:
            return ""
        text = own.pattern
        for at in range(level + 1):
            shape = levels.get(at, Level())
            number = counts.get(at, shape.start)
            text = text.replace(f"%{at + 1}", counted(number, "decimal" if own.legal else shape.form))
        # Without a blank "1." and "2021年" would run into one number.
        return text + (" " if text and not own.close and (text[-1] == "." or text[-1].isalnum()) else "")


def _begins_anew(deeper: Level | None, after: int) -> bool:
    """Whether a deeper level begins anew after a paragraph of this one."""
    return deeper is None or deeper.anew is None or after < deeper.anew


def read_lists(root: Any) -> Lists:
    """The lists that ``numbering.xml`` defines; none where ``root`` is None."""
    lists = Lists()
    if root is None:
        return lists
    abstract: dict[str, dict[int, Level]] = {}
    linked: dict[str, dict[str, int]] = {}
    named: dict[str, str] = {}
    asked: dict[str, str] = {}
    for definition in root.iterchildren(_w("abstractNum")):
        key = definition.get(_w("abstractNumId"), "")
        abstract[key], linked[key] = {}, {}
        named[_value(definition, "styleLink")] = key
        asked[key] = _value(definition, "numStyleLink")
        for element in definition.iterchildren(_w("lvl")):
            at = _integer(element.get(_w("ilvl")), 0)
            abstract[key][at] = _level(element, Level())
            style = _value(element, "pStyle")
            if style:
                linked[key][style] = at
    for number in root.iterchildren(_w("num")):
        number_id, key = number.get(_w("numId"), ""), _value(number, "abstractNumId")
        key = named.get(asked.get(key) or "-", key)  # a list that only names the style of another
        levels = dict(abstract.get(key, {}))
        lists.kept_by[number_id] = key
        for override in number.iterchildren(_w("lvlOverride")):
            at = _integer(override.get(_w("ilvl")), 0)
            for element in override.iterchildren(_w("lvl")):
                levels[at] = _level(element, levels.get(at, Level()))
            start = _value(override, "startOverride")
            if start:
                known = levels.get(at, Level())
                levels[at] = replace(known, start=_integer(start, 1))
                lists.restarts.add((number_id, at))
        lists.levels[number_id] = levels
        lists.styles |= {(number_id, style): at for style, at in linked.get(key, {}).items()}
    return lists


def _level(element: Any, known: Level) -> Level:
    legal = element.find(_w("isLgl")) is not None
    return Level(
        _integer(_value(element, "start"), known.start),
        _value(element, "numFmt") or known.form,
        _value(element, "lvlText"),
        legal,
        _value(element, "suff") == "nothing",
        _integer(_value(element, "lvlRestart"), -1) if element.find(_w("lvlRestart")) is not None else None,
    )


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _value(element: Any, name: str) -> str:
    child = element.find(_w(name))
    return child.get(_w("val"), "") if child is not None else ""


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise
