"""What a number on a page was counted from: a fold with a row for each, in it a link to every sentence that enters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from dangjian.briefings.language import Language

Places = Sequence[Mapping[str, Any]]
Link = Callable[[Mapping[str, Any]], tuple[str, str]]


class Counted(NamedTuple):
    """A row: its name, what is told of it, the places that enter, and how many were counted of which these are some."""

    name: str
    cells: Sequence[str]
    places: Places
    total: int


def fold(anchor: str, head: Sequence[str], rows: Sequence[Counted], say: Language, link: Link) -> str:
    """The rows as a table that opens; "" where no place is known.

    Args:
        anchor: the ids of the rows but for their numbers, which `row_id` puts behind it.
        head: the names of the cells, the rows' own first.
        rows: in their order on the page.
        say: the language of the page.
        link: gives the id of a place's mark in its sentence, "" where its text is not at hand.
    """
    if not any(row.places for row in rows):
        return ""
    titles = "".join(f"<th scope=col>{escape(title)}" for title in (*head, say("behind.column")))
    body = "".join(_row(row_id(anchor, at), row, say, link) for at, row in enumerate(rows))
    name = say("behind.title")
    table = f"<table><thead><tr>{titles}<tbody>{body}</table>"
    region = f'<div class=wide tabindex=0 role=group aria-label="{name}">{table}</div>'
    return f"<details class=behind><summary>{name}</summary>{region}</details>"


def key_of(members: Sequence[Places]) -> str:
    """What tells folds with the same rows: their places in order."""
    return repr([[(place["report_id"], place["start"], place["text"]) for place in own] for own in members])


def row_id(anchor: str, at: int) -> str:
    """The id of a row.

    >>> row_id("b1", 2)
    'b1-2'
    """
    return f"{anchor}-{at}"


def _row(anchor: str, row: Counted, say: Language, link: Link) -> str:
    cells = "".join(f"<td>{escape(cell)}" for cell in row.cells)
    told = " ".join(_linked(place, link) for place in row.places)
    left = row.total - len(row.places)
    told += f" {say('behind.more', count=left)}" if row.places and left > 0 else ""
    return f"<tr id={anchor}><th>{escape(row.name)}{cells}<td>{told}"


def _linked(place: Mapping[str, Any], link: Link) -> str:
    """A place by what is written there; a term, which the row names, by its year."""
    anchor, _ = link(place)
    period = place.get("period")
    words = str(period) if place.get("term") and period else str(place["text"])
    return f"<a href=#{anchor}>{escape(words)}</a>" if anchor else escape(words)
