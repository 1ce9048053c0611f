"""Key figures: what each district's last year comes to, indicator by indicator, from the charts of a page."""

from __future__ import annotations

from dangjian.briefings.shown import Row, Shown
from dangjian.briefings.tables import Cell, Table

MOST_DISTRICTS = 6
MOST_INDICATORS = 8


def key_figures(parts: list[Shown]) -> Table | None:
    """A row an indicator with its figure of each district's last year, linked to its sentence.

    Args:
        parts: the figures behind the charts, in their order; those told by category are left to the claims.
    Returns:
        None where no chart shows undivided figures, or where there are more districts than a table can show.
    """
    cells: dict[str, dict[str, tuple[int, Cell]]] = {}
    for shown in parts:
        for row, links in zip(shown.rows, shown.links, strict=True):
            if row["category"] or not links:
                continue
            place, year = str(row["district"]), int(row["period"])
            line = cells.setdefault(shown.title(row), {})
            if place not in line or line[place][0] < year:
                line[place] = year, _cell(shown, row, links)
    lines = list(cells.items())[:MOST_INDICATORS]
    places = list(dict.fromkeys(place for _, line in lines for place in line))
    if not lines or len(places) > MOST_DISTRICTS:
        return None
    say = parts[0].say
    body = []
    for title, line in lines:
        told = [line[place][1] if place in line else Cell(say("not_stated")) for place in places]
        body.append([Cell(title, True), *told])
    return Table([[Cell(say("indicator"), True), *(Cell(place, True) for place in places)]], body)


def _cell(shown: Shown, row: Row, links: list[str]) -> Cell:
    year = shown.say("year_of", year=row["period"]).replace(" ", "")
    return Cell(shown.words(row), link=links[0], second=links[1] if len(links) > 1 else "", note=year)
