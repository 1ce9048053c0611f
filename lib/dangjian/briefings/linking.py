"""Numbers in sentences, linked to their proof: where a claim says a figure in words, that figure is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple

from dangjian.briefings.shown import Shown

_INSIDE = "0123456789.,–≥≤"
_ITEM = re.compile(r"<(li|p)>([^<>]+)</\1>")
_YEAR = re.compile(r"(\d{4})年$")
_YEAR_AFTER = re.compile(r"^ in (\d{4})")


class Candidate(NamedTuple):
    """A figure that a sentence may speak of: its words, its names, its year and its anchor."""

    words: str
    district: str
    category: str
    year: int
    anchor: str


def candidates(parts: Iterable[Shown]) -> list[Candidate]:
    """Every figure with a proof, each once."""
    found: dict[Candidate, None] = {}
    for shown in parts:
        for row, links in zip(shown.rows, shown.links, strict=True):
            words = escape(shown.words(row))
            if links and any(sign.isdigit() for sign in words):
                names = escape(str(row["district"])), escape(str(row["category"]))
                found[Candidate(words, *names, int(row["period"]), links[0])] = None
    return sorted(found, key=lambda one: (-len(one.words), one))


def link_items(html: str, known: list[Candidate]) -> str:
    """Paragraphs and list items without further markup, their numbers linked."""
    return _ITEM.sub(lambda item: f"<{item.group(1)}>{linked(item.group(2), known)}</{item.group(1)}>", html)


def linked(text: str, known: list[Candidate]) -> str:
    """A sentence with each number linked that is one figure's and no other's.

    Args:
        text: HTML without tags.
        known: figures that it may speak of, those in the longest words first.
    """
    found: dict[int, tuple[int, Any]] = {}
    for at, end, near in _places(text, known):
        if any(start < end and at < last for start, (last, _) in found.items()):
            continue
        best = max(near.values(), default=0)
        anchors = {anchor for anchor, score in near.items() if score == best}
        if len(anchors) == 1:
            found[at] = end, anchors.pop()
    made, last = "", 0
    for at, (end, anchor) in sorted(found.items()):
        made += f'{text[last:at]}<a href="#{anchor}">{text[at:end]}</a>'
        last = end
    return made + text[last:]


def _places(text: str, known: list[Candidate]) -> list[tuple[int, int, dict[str, int]]]:
    """Where words of figures stand, and how well each figure with those words fits there."""
    places: dict[tuple[int, int], dict[str, int]] = {}
    for one in known:
        at = text.find(one.words)
        while at >= 0:
            end = at + len(one.words)
            fit = _fit(text, at, end, one)
            if fit:
                near = places.setdefault((at, end), {})
                near[one.anchor] = max(fit, near.get(one.anchor, 0))
            at = text.find(one.words, at + 1)
    return [(at, end, near) for (at, end), near in places.items()]


def _fit(text: str, at: int, end: int, one: Candidate) -> int:
    """How near the figure's own name stands before its words; 0 where it cannot be meant."""
    if (at and text[at - 1] in _INSIDE) or text[end : end + 1] in tuple("0123456789–"):
        return 0
    year = _YEAR.search(text[:at]) or _YEAR_AFTER.match(text[end:])
    if year and int(year.group(1)) != one.year:
        return 0
    names = [name for name in (f"{one.district}·{one.category}", one.category, one.district) if name.strip("·")]
    if not one.category:
        names = [one.district]
    before = text[:at]
    full = before.rfind(names[0]) + 1
    if full:
        return 3 * (full + len(names[0])) + bool(year)
    own = before.rfind(one.category) + 1 if one.category else 0
    place = before.rfind(one.district) + 1
    return (place + own + bool(year)) if place and (own or not one.category) else 0
