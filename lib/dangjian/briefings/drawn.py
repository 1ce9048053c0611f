"""Charts of a page: what a notebook's chart carried, drawn as HTML with SVG in it, every figure linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dangjian.analysis import rows_of
from dangjian.briefings import bars, upright
from dangjian.briefings.language import Language
from dangjian.briefings.layout import Figure, Layout
from dangjian.charts.marks import over_years, side_by_side
from dangjian.charts.style import KINDS
from dangjian.wording import plain, restored

Link = Callable[[Mapping[str, Any]], tuple[str, str]]


class Drawn(NamedTuple):
    """A chart: its HTML, the unit told under it, the sorts of figures in it, and the records shown.

    ``links`` gives for the hover text of each figure the id of its sentence's mark.
    """

    html: str
    unit: str
    kinds: list[str]
    records: list[dict[str, Any]]
    links: dict[str, str]


def draw(found: Mapping[str, Any], name: str, say: Language, link: Link) -> Drawn | None:
    """The chart of what a notebook's chart carried, None where it is of no form that is known here.

    Args:
        found: as `wording.carried` or `wording.carried_counts` made it.
        name: begins the ids in it.
        say: the language of the page.
        link: gives the id of the mark of a figure's sentence and, of a computed one, that of its whole; "" for none.
    Raises:
        KeyError, TypeError, ValueError: it is of another make.
    """
    form = found.get("form")
    if form == "counts":
        return _counts(found, say)
    if form not in ("years", "ranges"):
        return None
    figures = restored(found)
    records = rows_of(figures)
    grid = over_years(figures) if form == "years" else side_by_side(figures, found["options"].get("rows", "category"))
    linked = [Figure(mark, row, *link(row)) for mark, row in zip(grid.marks, records, strict=True)]
    layout = Layout(grid, linked, say)
    if not linked:
        return Drawn(f"<p class=gap>{say('kinds.not_stated')}</p>", "", [], [], {})
    html = upright.panels(layout) if form == "years" else bars.rows(layout, name)
    kinds = [kind for kind in KINDS if any(mark.kind == kind for mark in grid.marks)]
    kinds += ["arrow"] if any(mark.open_above or mark.open_below for mark in grid.marks) else []
    links = {plain(figure.mark.hover): figure.anchor for figure in linked if figure.anchor}
    scale = say("bracket", text=say("figure.logarithmic")) if grid.logarithmic else ""
    return Drawn(html, grid.unit + scale, kinds, records, links)


def _counts(found: Mapping[str, Any], say: Language) -> Drawn:
    sorts, rows = list(found["sorts"]), found["rows"]
    if not set(sorts) <= set(KINDS):
        raise ValueError(f"sorts of numbers that are not known here: {sorts}")
    if not rows:
        return Drawn(f"<p class=gap>{say('kinds.not_stated')}</p>", "", [], [], {})
    kinds = [sort for at, sort in enumerate(sorts, 1) if any(row[at] for row in rows)]
    return Drawn(bars.counts(sorts, rows), say("figure.count"), kinds, [], {})
