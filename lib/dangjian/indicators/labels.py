"""A short noun phrase for what a quantity counts, from the words around it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from dangjian.indicators.binding import Bound
from dangjian.indicators.ellipsis import RELATIVE
from dangjian.indicators.places import Place
from dangjian.indicators.segments import last_words, noun_phrase
from dangjian.quantities import Quantity

LONGEST = 14
LONG = 6
"""So long a phrase before its number says by itself what is counted."""
BEHIND = 12
"""How much behind its unit may name what is counted."""
LONGEST_BACK = 8
"""No word or pattern under ``back`` in `labels.toml` holds more."""
FARTHEST = 200
"""No label is looked for farther before its number; unclosed quotation marks in `labels.toml` look as far."""
FIGURE = re.compile(r"[0-9０-９*×●□][0-9０-９*×●□.,]*")
BREAKS = re.compile(r"\A.*[，。；：]")
OPENING = re.compile(r"[余多的、，]+")


@cache
def _words(place: str) -> dict[str, Any]:
    """The words and patterns that a label does without at its ``front`` or ``back`` (``labels.toml``)."""
    found = tomllib.loads(files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))[place]
    return {"words": sorted(found["words"].split(), key=len, reverse=True), "patterns": found["patterns"]}


@cache
def _one(place: str) -> str:
    """A pattern of one such word, the longer before the shorter."""
    return f"(?:{'|'.join([*_words(place)['patterns'], *map(re.escape, _words(place)['words'])])})"


@cache
def _front() -> re.Pattern[str]:
    return re.compile(_one("front") + "+")


@cache
def _back() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word that a label does without at its end, and a quick look whether there may be any of it."""
    last = "".join({word[-1] for word in _words("back")["words"]})
    return re.compile(_one("back")), re.compile(f"[{re.escape(last)}]$|{'|'.join(_words('back')['patterns'])}")


def label_of(
    text: str, quantity: Quantity, place: Place, bound: Bound | None, dims: Mapping[str, str], floor: int = 0
) -> str:
    """What the quantity counts: the words before it, what follows its unit, else its indicator's title.

    Args:
        floor: where the quantity before it ends; no label reaches over it.

    >>> q = Quantity(8, 12, "320册", 8, 11, 320, 320, "册", "exact", False, None, 2022, False, "digits")
    >>> label_of("抽查新党员档案320册。", q, Place(0, 0, 0, 0, 7, 11, 11), None, {})
    '抽查新党员档案'
    """
    if quantity.label:
        return quantity.label[:LONGEST]
    if bound and bound.zone != "item":
        return _named(bound, dims)[:LONGEST]
    first = place.item if FIGURE.search(text, place.clause, place.item) else place.clause
    first = min(max(first, floor), place.start)
    before = _before(text[first : place.start])
    behind = ""
    if not before or (len(before) < LONG and quantity.unit not in RELATIVE):
        behind = _behind(text[place.end : place.right])
    if not before and not behind:
        before = _before(FIGURE.split(text[place.clause : place.item])[0].rstrip("、")) or _last_phrase(
            text[place.sentence : place.clause]
        )
    elif len(before + behind) < 2 and not bound:
        before = _last_phrase(text[place.sentence : first]) or before
    phrase = before + behind if len(before) < LONG else before or behind
    if bound and (len(phrase) < 2 or _begins(phrase, bound)):
        phrase = _named(bound, dims)
    return phrase[:LONGEST] or quantity.unit or "数量"


def _begins(phrase: str, bound: Bound) -> bool:
    """Whether the words say no more than the first half of what is counted: 实际发展 for 发展党员."""
    title = bound.indicator.title
    return (
        len(phrase) <= 2 and bound.indicator.kind == "count" and title.startswith(phrase) and title[-2:-1] not in "件人"
    )


def _named(bound: Bound, dims: Mapping[str, str]) -> str:
    """The indicator's title with the group that is spoken of."""
    title = _title(bound)
    return next((value for value in dims.values() if value not in title), "") + title


def _title(bound: Bound) -> str:
    """The indicator's title as a noun phrase; of alternatives that end alike the first."""
    title = bound.indicator.title
    parts = title.split("、")
    if all(part[-1] in "数次率量度" for part in parts):
        title = parts[0]
    return title if title.endswith("总数") else title.removesuffix("数")


def _before(said: str) -> str:
    phrase = _after(_front(), _after(BREAKS, said[-FARTHEST:].replace("\n", "")))
    figure = FIGURE.search(phrase)
    phrase = phrase[: figure.start()] or phrase if figure else phrase
    if _back()[1].search(phrase):
        phrase = _without_back(phrase)
    if len(phrase) > LONGEST:
        phrase = last_words(phrase.split("的")[-1] if len(phrase.split("的")[-1]) > 3 else phrase, LONGEST)
    return _balanced(phrase.strip("（）()、 "))


def _behind(said: str) -> str:
    said = _after(OPENING, said.replace("\n", "")[:BEHIND])
    return noun_phrase(said).strip("（）()、 ") if said else ""


def _after(pattern: re.Pattern[str], said: str) -> str:
    """The words without what the pattern finds at their beginning."""
    found = pattern.match(said)
    return said[found.end() :] if found else said


def _without_back(phrase: str) -> str:
    """The phrase without the longest run of words at its end that a label does without.

    Told place by place from the end: such a run can be parted in so many ways (达到 is 达 and 到 too) that a pattern of
    it would take exponential time.
    """
    word, first = _back()[0], len(phrase)
    begins = {first}
    for end in range(first, 0, -1):
        if end < first:
            break
        if end in begins:
            begins.update(at for at in range(max(0, end - LONGEST_BACK), end) if word.fullmatch(phrase, at, end))
            first = min(begins)
    return phrase[:first]


def _balanced(phrase: str) -> str:
    """The phrase without a quotation mark that lost its other half."""
    return phrase if phrase.count("“") == phrase.count("”") else phrase.replace("“", "").replace("”", "")


def _last_phrase(said: str) -> str:
    phrases = [phrase for phrase in re.split(r"[，、；：。\s]", said) if phrase]
    return _before(re.sub(r"[\d*×●○.%％]+.?$", "", phrases[-1])) if phrases else ""
