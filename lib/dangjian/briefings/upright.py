"""Figures over the years: a panel of upright bars each, and the same as a table."""

from __future__ import annotations

from html import escape

from dangjian.briefings.layout import Figure, Layout
from dangjian.charts.wrapping import width

HIGH, ABOVE = 150, 30
"""Pixels of a panel: the plot, and the room for words above it."""
LEFT = 13.0
"""Hundredths of a panel that the numbers at its axis take."""
NARROW = 300
"""Pixels that the narrowest panel is wide; words that would not fit there are left to the table."""
LETTER = 11
FEWEST = 3
"""A panel has room for so many years at least, so that the bars of few stay slim."""


def panels(layout: Layout) -> str:
    """A panel a district and category, and the table of all."""
    made = "".join(_panel(layout, panel, title) for panel, title in enumerate(layout.grid.panels))
    one = " one" * (len(layout.grid.panels) == 1)
    return f'<div class="panels{one}">{made}</div>{_table(layout)}'


def _panel(layout: Layout, panel: int, title: str) -> str:
    places = layout.grid.places
    column = (100 - LEFT) / max(len(places), FEWEST)
    spare = LEFT + (100 - LEFT - column * len(places)) / 2
    made = ""
    for part, told in layout.ticks(3):
        y = _height(part)
        made += f"<line x1={LEFT:g}% x2=100% y1={y:g} y2={y:g} />"
        made += f"<text x={LEFT - 1.5:g}% y={y + 4:g} class=e>{escape(told)}</text>"
    every = max(1, -(-4 * LETTER * len(places) // NARROW))
    for at, place in enumerate(places):
        x = spare + column * (at + 0.5)
        if at % every == 0:
            made += f"<text x={x:.4g}% y={ABOVE + HIGH + 17}>{escape(place)}</text>"
        figure = layout.at(panel, at)
        made += _gap(layout, x, column) if figure is None else _column(layout, figure, x, column)
    label = escape(" ".join(part for part in (title, layout.grid.unit) if part)) or layout.say("figure.picture")
    return f'<div><p class=name>{escape(title)}</p><svg class=up role=group aria-label="{label}">{made}</svg></div>'


def _height(part: float) -> float:
    return round(ABOVE + HIGH * (1 - part), 1)


def _gap(layout: Layout, x: float, column: float) -> str:
    """That nothing is stated, at no value; turned where the column is too slim."""
    look = "gap" if NARROW * column / 100 >= 3 * LETTER else '"gap down"'
    return f"<text class={look} x={x:.4g}% y={ABOVE + HIGH // 2}>{layout.say('kinds.not_stated')}</text>"


def _column(layout: Layout, figure: Figure, x: float, column: float) -> str:
    mark, words = figure.mark, layout.say.words(figure.row)
    top, bottom = _height(layout.part(mark.upper)), _height(layout.part(mark.lower))
    if mark.lower == mark.upper:
        made = f"<circle class={mark.kind} cx={x:.4g}% cy={top:g} r=5 />"
    else:
        wide = min(column * 0.55, 14)
        size = f"width={wide:.4g}% height={bottom - top:.4g}"
        made = f"<rect class={mark.kind} x={x - wide / 2:.4g}% y={top:g} {size} />"
    made += f"<use class={mark.kind} href=#up x={x:.4g}% y={top:g} />" * mark.open_above
    made += f"<use class={mark.kind} href=#down x={x:.4g}% y={bottom:g} />" * mark.open_below
    lines = _fitted(words, NARROW * column / 100)
    for above, line in zip(reversed(range(len(lines))), lines, strict=True):  # in the order in which they are read
        y = top - 9 - 12 * above - 6 * mark.open_above
        made += f"<text x={x:.4g}% y={y:g}>{escape(line)}</text>"
    return figure.linked(made, f"{layout.grid.places[mark.at]} {words}")


def _fitted(words: str, room: float) -> list[str]:
    """The words in one line or two, as they fit into so many pixels; none where they do not."""
    for tried in (words, words.replace("–", "–\n").replace("（", "\n（").replace(" (", "\n(")):
        lines = tried.split("\n")
        if len(lines) <= 2 and max(map(width, lines)) * LETTER <= room:
            return lines
    return []


def _table(layout: Layout) -> str:
    say, places = layout.say, layout.grid.places
    head = "".join(f"<th scope=col>{escape(place)}" for place in places)
    body = ""
    for panel, title in enumerate(layout.grid.panels):
        cells = "".join(layout.cell(panel, at) for at in range(len(places)))
        body += f"<tr><th>{escape(title) or say('columns.undivided')}{cells}"
    table = f"<table class=grid><thead><tr><th scope=col>{say('columns.district')}{head}<tbody>{body}</table>"
    name = say("figure.data")
    region = f'<div class=wide tabindex=0 role=group aria-label="{name}">{table}</div>'
    return f"<details><summary>{name}</summary>{region}</details>"
