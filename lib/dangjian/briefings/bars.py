"""Figures side by side: a small table, a row each with its name, its bar and its bounds in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dangjian.briefings.layout import Layout, hundredths

MIDDLE = 11
"""Pixels from the top of a row's drawing to its middle; the style sheet sets bars and dots there."""


def rows(layout: Layout, name: str) -> str:
    """A table a panel, all on one axis; ``name`` begins the id of the lines that they share."""
    ticks = [(hundredths(part), _side(part), told) for part, told in layout.ticks(2)]
    told = "".join(f"<text x={x} y=11{side}>{escape(said)}</text>" for x, side, said in ticks)
    lines = "".join(f"<line x1={x} x2={x} y2=100% />" for x, _, _ in ticks)
    lines = f"<g id={name}g>{lines}</g>"
    head = f"<thead><tr><th scope=col>{layout.say('columns.category')}<td><svg>{told}</svg>"
    head += f"<th scope=col>{layout.say('columns.figure')}<tbody>"
    made = []
    for panel, title in enumerate(layout.grid.panels):
        body = ""
        for place, said in enumerate(layout.grid.places):
            drawing = f"<svg>{lines}{_bar(layout, panel, place)}</svg>"
            body += f"<tr><th>{escape(said) or layout.say('columns.undivided')}<td>{drawing}{layout.cell(panel, place)}"
            lines = f"<use href=#{name}g />"
        made.append(f"<table class=bars><caption>{escape(title)}</caption>{head}{body}</table>")
    return f'<div class="panels{" one" * (len(made) == 1)}">{"".join(made)}</div>'


def counts(sorts: Sequence[str], rows: Sequence[Sequence[str | int]], links: Sequence[str]) -> str:
    """Counts of numbers by sort: a bar a row, its sorts one behind the other, and their sum.

    ``links`` are the ids of what was counted, row by row, "" for none.
    """
    numbers = [[int(count) for count in row[1:]] for row in rows]
    most = max(map(sum, numbers), default=0) or 1
    body = ""
    for (name, *_), own, link in zip(rows, numbers, links, strict=True):
        bar, at = "", 0
        for sort, count in zip(sorts, own, strict=True):
            bar += _piece(sort, at / most, count / most) if count else ""
            at += count
        body += f"<tr><th>{escape(str(name))}<td><svg>{bar}</svg><td class=v>{_linked(f'{at:,}', link)}"
    return f'<div class="panels one"><table class=bars><tbody>{body}</table></div>'


def moves(rows: Sequence[tuple[str, str, tuple[float, float]]], head: tuple[str, str], links: Sequence[str]) -> str:
    """Frequencies in two years: a row a term, a hollow dot for the first and a full one for the last.

    Args:
        rows: whether it has "grown" or "faded", its name, and its frequencies.
        head: the names of the rows and of their values.
        links: as those of `counts`.
    """
    most = max((max(ends) for _, _, ends in rows), default=0) or 1
    body = ""
    for (kind, name, (first, last)), link in zip(rows, links, strict=True):
        one, other = hundredths(first / most), hundredths(last / most)
        drawing = f"<line class={kind} x1={one} x2={other} y1={MIDDLE} y2={MIDDLE} />"
        drawing += f'<circle class="{kind} first" cx={one} /><circle class={kind} cx={other} />'
        words = f"{first:,.1f} → {last:,.1f}"
        body += f"<tr><th>{escape(name)}<td><svg>{drawing}</svg><td class=v>{_linked(words, link)}"
    titles = f"<thead><tr><th scope=col>{escape(head[0])}<td><th scope=col>{escape(head[1])}"
    return f'<div class="panels one"><table class=bars>{titles}<tbody>{body}</table></div>'


def _linked(words: str, link: str) -> str:
    return f"<a href=#{link}>{words}</a>" if link else words


def _bar(layout: Layout, panel: int, place: int) -> str:
    figure = layout.at(panel, place)
    if figure is None:
        return ""
    mark = figure.mark
    start, end = layout.part(mark.lower), layout.part(mark.upper)
    if mark.lower == mark.upper:
        return f"<circle class={mark.kind} cx={hundredths(start)} />"
    made = _piece(mark.kind, start, end - start)
    made += f"<use class={mark.kind} href=#right x={hundredths(end)} y={MIDDLE} />" * mark.open_above
    return made + f"<use class={mark.kind} href=#left x={hundredths(start)} y={MIDDLE} />" * mark.open_below


def _piece(kind: str, start: float, length: float) -> str:
    return f"<rect class={kind} x={hundredths(start)} width={hundredths(length)} />"


def _side(part: float) -> str:
    """The side that a tick's number stands on: inside at either end."""
    return " class=s" if part < 0.05 else " class=e" if part > 0.95 else ""
