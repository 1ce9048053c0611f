"""Numbers whose own words name no subject (其中产业工人12名, 增长5%), by words kept as data (``ellipsis.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from dangjian.indicators import dims
from dangjian.indicators.words import Fixed

RELATIVE = frozenset(["%", "倍", "百分点"])
"""Units that say nothing of what is counted, whatever follows them."""
BASE = re.compile(r"(?:党员)?(?:总)?(?:数|人数|数量)?的$")
"""Behind a cue: the number is compared with it (是全年发展数的14倍), it does not count it."""
MASKED_OR_SHOWN = frozenset("0123456789*×●○近约")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("ellipsis.toml").read_text(encoding="utf-8"))


@cache
def nouns() -> frozenset[str]:
    """Short cues that may stand behind a unit as what is counted."""
    return frozenset(_words()["nouns"].split())


@cache
def _filler() -> re.Pattern[str]:
    """Fillers only, longest first and never gone over twice, so that its time is linear."""
    words = sorted(_words()["filler"].split(), key=len, reverse=True)
    return re.compile(f"(?>{'|'.join([*_words()['patterns'], *map(re.escape, words)])})*+$")


@cache
def _forms(*chosen: str) -> Fixed:
    """The written forms of some dimensions."""
    return Fixed(form for dim in chosen for form in dims.forms()[dim])


@cache
def _any(key: str) -> Fixed:
    return Fixed(_words()[key].split())


def names_no_subject(said: str, follows: str, unit: str) -> bool:
    """Whether the words before a number and those behind its unit leave open what it counts.

    >>> names_no_subject("其中产业工人", "", "名"), names_no_subject("颁发纪念章", "", "枚")
    (True, False)
    """
    named = _forms("group", "audience", "level", "mode")
    if not _filler().match(named.without("".join(said.split()))):
        return False
    return unit in RELATIVE or bool(_filler().match(named.without("".join(follows.split()))))


def names_group(said: str) -> bool:
    """Whether the words name a group or a level."""
    return _forms("group", "level").within(said)


def says_part(said: str) -> bool:
    """Whether the words speak of a part of something: a group, a share, 其中."""
    return names_group(said) or _any("part").within(said)


def says_share(said: str) -> bool:
    """Whether the words say that a share is meant."""
    return _any("share").within(said)


def says_earlier(said: str) -> bool:
    """Whether the words set a number beside the same figure of another time: 上年同期, 去年."""
    return _any("earlier").within(said)


def says_people(said: str, whole: bool = False) -> bool:
    """Whether the words name the people a group is made of (产业工人党员), or name ``whole`` nothing else."""
    return said in _people() if whole else _any("people").within(said)


@cache
def _people() -> frozenset[str]:
    return frozenset(_words()["people"].split())


@cache
def summed() -> re.Pattern[str]:
    """What sums up a list before a number."""
    return re.compile(_words()["summed"])


def is_base(text: str, end: int) -> bool:
    """Whether a cue that ends here is what a number is compared with: 发展数的14倍."""
    return text[end : end + 1] == "的" and text[end + 1 : end + 2] in MASKED_OR_SHOWN
