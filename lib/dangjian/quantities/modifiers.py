"""Modifiers: 余 多 近 约 以上 不足 and their like, and the bounds each gives (``modifiers.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from dangjian.bounds import Bounds, closed
from dangjian.quantities.clauses import begins, last_match
from dangjian.quantities.numerals import Numeral

ABOUT = 0.1
"""约 and 近 allow a tenth, as the contract says."""
HUNDREDTH = 0.01
"""余 on a share stays this much below the next round share (六成多 is below 70 %)."""


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("modifiers.toml").read_text(encoding="utf-8"))


def _modalities(place: str) -> dict[str, str]:
    return {word: modality for modality, places in _words().items() for word in places.get(place, ())}


BEFORE = _modalities("touching")
AFTER = _modalities("after") | _modalities("of_share")
LAST_BEFORE = frozenset(word[-1] for word in BEFORE) | frozenset("有为占达计了到 \n\u3000")
_WORDS = "|".join(map(re.escape, sorted(BEFORE, key=len, reverse=True)))
_BEFORE = re.compile(
    f"{begins(BEFORE)}(?<![附最就临邻靠亲远新相])(?P<word>{_WORDS})(?P<verb>有|为|占|达到|达|计|了|到)?[ \u3000]?\n?$"
)
_APART_WORDS = sorted(_modalities("apart"), key=len, reverse=True)
_VERBAL = ("至少", "最多", "至多", "不得少于", "不少于", "约为", "约可")
_APART = re.compile(
    f"{begins((*_APART_WORDS, *_VERBAL))}(?:(?P<word>{'|'.join(_APART_WORDS)})(?=[^，。；、：\\d]{{1,14}}的$)"
    f"|(?P<verbal>{'|'.join(_VERBAL)})(?!时|的时候|一)(?=[^，。；、：\\d的]{{1,5}}$))"
)
_APART_MODALITY = _modalities("apart")
SET_BY = re.compile("(?:规定|要求|确定|下达|计划)的$")
"""Where a number was set, what stands before speaks of something else: 超出文件规定的32学时 is no bound on 32."""
PLACE_WORDS = frozenset("百千万亿半")


def touching(left: str, number: str) -> tuple[str, int] | None:
    """The modality said directly before a number, and how many characters say it.

    >>> touching("参训人数超过", "100")
    ('at_least', 2)
    """
    found = _BEFORE.search(left)
    if not found:
        return None
    word = found["word"]
    if word == "过" and number[:1] not in PLACE_WORDS:
        return None
    if word in ("近", "最低", "最高", "过", "超") and found["verb"]:
        return None
    return BEFORE[word], len(found.group())


def apart(left: str) -> tuple[str, int] | None:
    """The modality said earlier in the clause (不低于总课时的**%), and where in ``left`` it stands."""
    found = last_match(_APART, left)
    if found is None or SET_BY.search(left):
        return None
    return _APART_MODALITY.get(found["word"] or found["verbal"], "at_least"), found.start()


def more(numeral: Numeral, scale: float, continuous: bool) -> Bounds:
    """Bounds of 余 and 多: less than one more of the last place that is not zero.

    >>> from dangjian.quantities.numerals import read_digits
    >>> more(read_digits("500"), 1, False)
    Bounds(lower=500, upper=599)
    """
    low, high = numeral.bounds.lower * scale, numeral.bounds.upper
    if high is None:
        return Bounds(low, None)
    if numeral.masked and numeral.place > 1:
        high -= high % numeral.place  # of 5*0 the tens may be hidden zeros, and then 余 adds less than a hundred
    most = high * scale + _less_than(numeral.place * scale, continuous)
    return closed(low, most)


def _less_than(place: float, continuous: bool) -> float:
    """The most that 余 adds: less than one more of the place, a whole number unless the unit is continuous."""
    if continuous:
        return max(place - HUNDREDTH, 0)
    return place - 1 if place >= 1 else place * 0.9


def widened(bounds: Bounds, modality: str) -> Bounds:
    """What a modality makes of the bounds that the number itself has."""
    if modality == "about":
        return Bounds(
            tidy(bounds.lower * (1 - ABOUT)), None if bounds.upper is None else tidy(bounds.upper * (1 + ABOUT))
        )
    if modality == "nearly":
        return Bounds(tidy(bounds.lower * (1 - ABOUT)), bounds.upper)
    if modality == "at_least":
        return Bounds(bounds.lower, None)
    if modality == "at_most":
        return Bounds(0, bounds.upper)
    return bounds


def tidy(value: float) -> float:
    """The value without the dust of binary fractions: 0.9 times 300 is 270."""
    return round(value, 6)
