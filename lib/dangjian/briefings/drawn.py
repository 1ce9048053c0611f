"""Charts of a page: what a notebook's chart carried, drawn as HTML with SVG in it, every figure linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dangjian.analysis import rows_of
from dangjian.briefings import bars, behind, upright
from dangjian.briefings.behind import Counted, row_id
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
        return _counts(found, name, say, link)
    if form == "shifts":
        return _shifts(found, name, say, link)
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


def _counts(found: Mapping[str, Any], name: str, say: Language, link: Link) -> Drawn:
    sorts, rows = list(found["sorts"]), found["rows"]
    if not set(sorts) <= set(KINDS):
        raise ValueError(f"sorts of numbers that are not known here: {sorts}")
    if not rows:
        return Drawn(f"<p class=gap>{say('kinds.not_stated')}</p>", "", [], [], {})
    used = [at for at, sort in enumerate(sorts, 1) if any(row[at] for row in rows)]
    kinds = [sorts[at - 1] for at in used]
    members = found.get("members") or [[] for _ in rows]
    counted = [
        Counted(str(row[0]), [f"{row[at]:,}" for at in used], places, sum(row[1:]))
        for row, places in zip(rows, members, strict=True)
    ]
    head = [say("columns.category"), *(say(f"kinds.{kind}") for kind in kinds)]
    fold = behind.fold(f"{name}r", head, counted, say, link)
    links = [row_id(f"{name}r", at) if fold else "" for at in range(len(rows))]
    return Drawn(bars.counts(sorts, rows, links) + fold, say("figure.count"), kinds, [], {})


def _shifts(found: Mapping[str, Any], name: str, say: Language, link: Link) -> Drawn:
    """Terms that grew and faded: a row each, from its frequency in the first year to that in the last."""
    rows = [
        (kind, str(term), (float(first), float(last)), places)
        for kind in ("grown", "faded")
        for moved in [found[kind]]
        for term, first, last, places in zip(
            moved["term"], moved["first"], moved["last"], moved.get("members") or [[]] * len(moved["term"]), strict=True
        )
    ]
    if not rows:
        return Drawn(f"<p class=gap>{say('kinds.not_stated')}</p>", "", [], [], {})
    years = [str(year) for year in found.get("years") or (say("figure.first"), say("figure.last"))]
    counted = [Counted(term, [f"{value:,.1f}" for value in ends], places, 0) for _, term, ends, places in rows]
    fold = behind.fold(f"{name}r", [say("columns.term"), *years], counted, say, link)
    links = [row_id(f"{name}r", at) if fold else "" for at in range(len(rows))]
    html = bars.moves([row[:3] for row in rows], (say("columns.term"), " → ".join(years)), links)
    kinds = [kind for kind in ("grown", "faded") if found[kind]["term"]]
    return Drawn(html + fold, say("figure.frequency"), kinds, [], {})
