"""Numbers read character by character from the contract's table: slow, without regular expressions, nothing shared.

The words are the contract's own. What the table does not decide is not here: this reads the texts that ``made_texts``
makes, and the scan must give the same.
"""

from __future__ import annotations

from typing import NamedTuple

SHOWN = "0123456789"
WIDE = "０１２３４５６７８９"
HIDDEN = "*＊×Xx●○□█#"
BLANK = " \n\u3000"
CHINESE = "〇零一二三四五六七八九"
PLACES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 100}


class Core(NamedTuple):
    """A bare number: where it ends, its bounds, what 余 brings its upper bound up to (exclusive), what hides."""

    end: int
    lower: float
    upper: float
    below: float
    masked: bool = False
    share: bool = False
    """In %, and its unit is said by itself: 百分之九十, 三分之二, 一半."""


def core_at(text: str, at: int) -> Core | None:
    """The bare number that begins here, its scale word not read."""
    return share_at(text, at) or vague_at(text, at) or digits_at(text, at) or chinese_at(text, at)


def sign_at(text: str, at: int) -> str:
    """The sign at a place, "" past the end."""
    return text[at] if 0 <= at < len(text) else ""


def past_blank(text: str, at: int) -> int:
    """The place behind blanks."""
    while sign_at(text, at) and text[at] in BLANK:
        at += 1
    return at


def is_digit(sign: str) -> bool:
    """Whether a sign shows or hides a digit."""
    return sign != "" and (sign in SHOWN or sign in WIDE or sign in HIDDEN)


def shown(sign: str) -> str:
    """A digit as 0 to 9, a mask as ``*``."""
    return sign if sign in SHOWN else SHOWN[WIDE.index(sign)] if sign in WIDE else "*"


def digits_at(text: str, at: int) -> Core | None:
    """Digits and masks, grouped by commas, with decimals, and with blanks between where a unit follows them."""
    spaced = _digits(text, at, True)
    if spaced and spaced[0] > 0:
        return _of_digits(*spaced)
    plain = _digits(text, at, False)
    return _of_digits(*plain) if plain else None


def _digits(text: str, at: int, spaced: bool) -> tuple[int, str, str] | None:
    """Where a run ends, its whole digits and its decimals; with ``spaced``, 0 for the end where no unit follows."""
    if not is_digit(sign_at(text, at)):
        return None
    whole, decimals, point, blanks, end = "", "", False, False, at
    while True:
        sign = sign_at(text, end)
        if sign in ("○", "〇") and sign and _is_zero(text, at, end):
            digit = "0"
        elif is_digit(sign):
            digit = shown(sign)
        else:
            ahead = past_blank(text, end) if spaced else end
            following = sign_at(text, ahead)
            if following and following in ".．" and not point and is_digit(sign_at(text, _next(text, ahead, spaced))):
                point, blanks, end = True, blanks or ahead > end, _next(text, ahead, spaced)
            elif following and following in ",，" and not point and _group(text, ahead + 1, following):
                end = ahead + 1
            elif ahead > end and is_digit(following):
                blanks, end = True, ahead
            else:
                break
            continue
        whole, decimals, end = (whole, decimals + digit, end + 1) if point else (whole + digit, decimals, end + 1)
    if blanks and not _counts(text, end):
        return 0, whole, decimals
    return (end if blanks or not spaced else 0), whole, decimals


def _next(text: str, at: int, spaced: bool) -> int:
    return past_blank(text, at + 1) if spaced else at + 1


def _group(text: str, at: int, comma: str) -> bool:
    """Whether exactly three digits stand behind a comma; behind a wide one they must all show, and count."""
    three = [sign_at(text, at + step) for step in range(3)]
    if not all(map(is_digit, three)) or is_digit(sign_at(text, at + 3)):
        return False
    return comma == "," or (all(shown(sign) != "*" for sign in three) and _counts(text, at + 3))


def _counts(text: str, at: int) -> bool:
    """Whether a unit follows, perhaps behind a scale word and 余."""
    from reference_reader import unit_at

    while sign_at(text, at) and text[at] in BLANK + "余多百千万亿":
        at += 1
    return unit_at(text, at) is not None


def _is_zero(text: str, first: int, at: int) -> bool:
    """Whether a circle stands between two digits that show."""
    before, after = sign_at(text, at - 1), sign_at(text, at + 1)
    between = at > first and before != "" and after != ""
    return between and (before in SHOWN + WIDE) and (after in SHOWN + WIDE)


def _of_digits(end: int, whole: str, decimals: str) -> Core:
    """Bounds of digits: a hidden one is any digit, the first of them not 0."""
    masked = "*" in whole + decimals
    least, most = fill(whole, "0"), fill(whole, "9")
    if not decimals:
        return Core(end, int(least), int(most), max(map(reach, completions(whole))), masked)
    lower, upper = (float(f"{a}.{fill(decimals, b, False)}") for a, b in ((least, "0"), (most, "9")))
    return Core(end, lower, upper, upper + 10.0 ** -len(decimals), masked)


def fill(digits: str, by: str, first: bool = True) -> str:
    """The digits with each mask replaced, but that a number does not begin with 0."""
    filled = ""
    for sign in digits:
        filled += ("1" if by == "0" and first and not filled else by) if sign == "*" else sign
    return filled


def completions(digits: str) -> list[int]:
    """Numbers that the digits may be, the greatest that 余 can lead to among them: hidden nines, then hidden zeros."""
    found = []
    for nines in range(digits.count("*") + 1):
        left, filled = nines, ""
        for sign in digits:
            if sign == "*":
                sign, left = ("9", left - 1) if left else ("0", 0)
                if not filled and sign == "0":
                    sign = "1"
            filled += sign
        found.append(int(filled))
    return found


def reach(number: int) -> int:
    """What 余 keeps a number below: one more of its last place that is not zero (500 and odd is below 600)."""
    place = 1
    while number and number % (place * 10) == 0:
        place *= 10
    return number + place


def chinese_at(text: str, at: int) -> Core | None:
    """A numeral in Chinese signs: 一百二十, 两万三千, 二〇, and 七八 as either of two."""
    end = at
    while sign_at(text, end) and (text[end] in CHINESE + "○" * (end > at) + "两廿" or text[end] in PLACES):
        end += 1
    if end == at:
        return None
    written = text[at:end]
    for place in range(len(written) - 1):
        first, second = written[place], written[place + 1]
        before, after = written[:place], written[place + 2 :]
        pair = digit(first) and digit(second) and digit(second) == digit(first) + 1
        if pair and (not before or before[-1] in "十") and (not after or after[0] in PLACES):
            low, high = value(before + first + after), value(before + second + after)
            return Core(end, low, high, high + (high - low)) if low is not None and high is not None else None
    number = value(written)
    return None if number is None else Core(end, number, number, reach(number))


def digit(sign: str) -> int:
    """The value of a Chinese digit; 0 for any other sign."""
    return 2 if sign == "两" else max(CHINESE.find(sign) - 1, 0) if sign else 0


def value(written: str) -> int | None:
    """The value of a Chinese numeral, None where it is none."""
    if not any(sign in PLACES or sign == "廿" for sign in written):
        return int("".join(str(digit(sign)) for sign in written)) if len(written) == 1 or _by_digits(written) else None
    total = group = pending = 0
    last = 1
    for sign in written:
        if sign == "廿":
            group, last = group + 20, 10
        elif sign not in PLACES:
            pending = digit(sign)
            last = 1 if pending == 0 else last
        elif PLACES[sign] < 10_000:
            group, pending, last = group + (pending or 1) * PLACES[sign], 0, PLACES[sign]
        else:
            group, pending = (group + pending) or 1, 0
            total, group, last = (
                (total + group) * PLACES[sign] if sign == "亿" else total + group * PLACES[sign],
                0,
                (PLACES[sign]),
            )
    short = pending and last >= 100 and written[-2] in PLACES  # 一万二 is 12000
    return total + group + (pending * last // 10 if short else pending)


def _by_digits(written: str) -> bool:
    return any(sign in "〇零○" for sign in written)


def share_at(text: str, at: int) -> Core | None:
    """百分之九十五, 千分之三, 三分之二, 半数, 一半."""
    for word in ("半数", "一半"):
        if text.startswith(word, at):
            return Core(at + len(word), 50, 50, 50, share=True)
    whole = sign_at(text, at)
    if not whole or not text.startswith("分之", at + 1):
        return None
    part = digits_at(text, at + 3) or chinese_at(text, at + 3)
    if part is None:
        return None
    end, lower, upper = part.end, part.lower, part.upper
    if sign_at(text, end) == "点":
        tenths, end = "", end + 1
        while sign_at(text, end) and text[end] in CHINESE:
            tenths, end = tenths + str(digit(text[end])), end + 1
        lower = upper = float(f"{lower:.0f}.{tenths}")
    parts = {"百": 100, "千": 1_000, "万": 10_000}.get(whole) or digit(whole)
    if not parts:
        return None
    lower, upper = (round(bound / parts * 100, 2) for bound in (lower, upper))
    return Core(end, lower, upper, upper, part.masked, share=True)


def vague_at(text: str, at: int) -> Core | None:
    """数百 is 200 to 999, 几十 20 to 99, 上千 1,000 to 9,999."""
    first = sign_at(text, at)
    if not first or first not in "数几上":
        return None
    size, end = 1, at + 1
    while sign_at(text, end) and text[end] in PLACES:
        size, end = size * PLACES[text[end]], end + 1
    if size == 1:
        return None
    return Core(end, size if first == "上" else 2 * size, 10 * size - 1, 10 * size)
