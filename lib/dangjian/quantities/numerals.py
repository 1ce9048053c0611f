"""Numerals as reports write them: digits, hidden digits, 中文数字, and what 余 may add to each."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.bounds import UNKNOWN, Bounds

HIDDEN = "*＊×Xx●○□█#某"
"""Characters that stand for a hidden digit."""
WIDE = str.maketrans("０１２３４５６７８９．，＊", "0123456789.,*")
SPACE = str.maketrans("", "", " \t\n\u3000\u00a0")
_PLAIN = SPACE | WIDE | str.maketrans({",": "", "，": "", "·": "."})
_LEAST, _MOST = (str.maketrans(dict.fromkeys(HIDDEN, digit)) for digit in "09")
DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅俩仨", "一二三四五六七八九十百千万亿廿卅两三")
PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
KNOWN = frozenset(DIGITS) | frozenset(PLACES) | frozenset("廿卅点")
APPROXIMATE = re.compile(
    r"(?<![零〇○一二两三四五六七八九])[一二两三四五六七八][二两三四五六七八九](?=[十百千万亿])"
    r"|(?<=十)[一二三四五六七八][二三四五六七八九]$"
)
"""Two digits for one place: 三四十 is thirty or forty, 十七八 seventeen or eighteen."""
LONGEST = 24
"""No count in a report has more digits; a longer run of them is no number."""


class Numeral(NamedTuple):
    """A bare number: its bounds, the size of its last place that is not zero, and whether a digit is hidden.

    Where digits are hidden ``place`` is the largest that this place may be.

    ``shown`` is False where no digit shows at all.
    """

    bounds: Bounds
    place: float
    masked: bool = False
    shown: bool = True


def read_digits(written: str, known_width: bool = True) -> Numeral | None:
    """Bounds of a run of digits, any of which may be hidden; None where it is no number.

    With ``known_width`` each mask hides one digit; without it a masked number may be any number.

    >>> read_digits("1**").bounds
    Bounds(lower=100, upper=199)
    >>> read_digits("*,***.*").bounds
    Bounds(lower=1000.0, upper=9999.9)
    """
    digits = written.translate(_PLAIN)
    if len(digits) > LONGEST:
        return None
    if digits.isascii() and digits.isdecimal():
        number = int(digits)
        return Numeral(Bounds(number, number), _last_place(digits))
    least = digits.translate(_LEAST)
    if least == digits:
        try:
            exact = float(digits)
        except ValueError:
            return None
        return Numeral(Bounds(exact, exact), _last_decimal(digits))
    shown = any(map(str.isdecimal, digits))
    if not known_width:
        return Numeral(UNKNOWN, 1, True, shown)
    most = digits.translate(_MOST)
    if digits[0] in HIDDEN:
        least = "1" + least[1:]  # a number does not begin with a zero
    whole, _, decimals = digits.partition(".")
    try:
        if not decimals:
            bounds, place = Bounds(int(least.rstrip(".")), int(most.rstrip("."))), _hidden_place(whole)
        else:
            bounds, place = Bounds(float(least), float(most)), 10.0 ** -len(decimals)
    except ValueError:
        return None
    return Numeral(bounds, place, True, shown)


def _last_decimal(digits: str) -> float:
    """The size of the last decimal that is not zero: a tenth in 3.60, ten in 20.0."""
    whole, _, decimals = digits.partition(".")
    kept = decimals.rstrip("0")
    return 10.0 ** -len(kept) if kept else _last_place(whole)


def _last_place(digits: str) -> float:
    """The size of the last digit that is not zero: 100 in 500, 1 in 501."""
    stripped = digits.rstrip("0")
    return float(10 ** (len(digits) - len(stripped))) if stripped else 1.0


def _hidden_place(digits: str) -> float:
    """The size that the last digit which is not zero may have at most, hidden ones taken for zeros: 100 in 5*0."""
    kept = digits.rstrip("0" + HIDDEN)
    return float(10 ** (len(digits) - max(len(kept), 1)))


def read_chinese(written: str) -> Numeral | None:
    """Bounds of a numeral in Chinese characters; None where it is none.

    >>> read_chinese("一百二十").bounds
    Bounds(lower=120, upper=120)
    >>> read_chinese("七八").bounds
    Bounds(lower=7, upper=8)
    """
    text = written.translate(SPACE).translate(FORMAL)
    if not text or len(text) > LONGEST or not KNOWN.issuperset(text):
        return None
    if "点" in text:
        whole, _, decimals = text.partition("点")
        if decimals[-1:] in ("万", "亿"):  # 十二点六万
            bare, size = read_chinese(text[:-1]), PLACES[text[-1]]
            return bare and Numeral(bare.bounds.scaled(size), bare.place * size)
        head = read_chinese(whole)
        digits = "".join(str(DIGITS.get(sign, "")) for sign in decimals)
        if head is None or len(digits) != len(decimals) or not digits:
            return None
        exact = float(f"{head.bounds.lower:.0f}.{digits}")
        return Numeral(Bounds(exact, exact), 10.0 ** -len(digits))
    if all(sign in DIGITS for sign in text):
        return _digit_by_digit(text)
    pair = APPROXIMATE.search(text)
    if pair:
        low, high = (read_chinese(text[: pair.start()] + sign + text[pair.end() :]) for sign in pair.group())
        if low is None or high is None or high.bounds.lower - low.bounds.lower != high.place:
            return None  # 三五百: a manner of speaking, no figure
        return Numeral(Bounds(low.bounds.lower, high.bounds.lower), high.place)
    return _by_places(text)


def _by_places(text: str) -> Numeral:
    """一千二百 by its places; a last digit right after a place stands for the place below it (一千二)."""
    total, section, digit, place = 0, 0, None, 1
    for at, sign in enumerate(text):
        if sign in DIGITS:
            digit, place = DIGITS[sign], 1
        elif sign in "廿卅":
            section, digit, place = section + (20 if sign == "廿" else 30), None, 10
        elif sign in "十百千":
            size = PLACES[sign]
            section += (digit or 1) * size
            digit, place = None, size
        else:
            size = PLACES[sign]
            group = section + (digit or 0) or (1 if at == 0 else 0)
            total = (total + group) * size if sign == "亿" else total + group * size
            place = size * place if section or digit else size
            section, digit = 0, None
    number = total + section
    if digit:
        above = next((PLACES[sign] for sign in reversed(text[:-1]) if sign in PLACES), 1)
        place = above // 10 if len(text) > 2 and text[-2] in "百千万亿" else 1
        number += digit * place
    return Numeral(Bounds(number, number), place)


def _digit_by_digit(text: str) -> Numeral | None:
    """一二三 said digit by digit is 123; 七八 is seven or eight."""
    if len(text) == 1:
        number = DIGITS[text]
        return Numeral(Bounds(number, number), 1)
    first, second = DIGITS[text[0]], DIGITS[text[1]]
    if len(text) == 2 and second == first + 1 and first:
        return Numeral(Bounds(first, second), 1)
    if "零" not in text and "〇" not in text and "○" not in text and len(text) < 3:
        return None  # 三五 (个), 两三: a manner of speaking, no figure
    number = int("".join(str(DIGITS[sign]) for sign in text))
    return Numeral(Bounds(number, number), 1)
