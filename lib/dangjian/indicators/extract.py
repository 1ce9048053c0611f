"""From a report to its observations: scan, bind, give each its dimensions, theme and label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dangjian.indicators import themes
from dangjian.indicators.binding import Asked, Binder, Bound
from dangjian.indicators.catalogue import Catalogue, load_catalogue
from dangjian.indicators.ellipsis import RELATIVE
from dangjian.indicators.following import Following
from dangjian.indicators.index import index_of, kind_of
from dangjian.indicators.labels import label_of
from dangjian.indicators.observation import Extraction, Observation
from dangjian.indicators.places import Place, Places
from dangjian.indicators.placing import Dimensions
from dangjian.indicators.words import Hit
from dangjian.quantities import Quantity, Scan, scan
from dangjian.quantities.periods import planned_by
from dangjian.reports import Report

PAST = re.compile("已|目前|截至|现有|今年|上年|去年|同期|问题|尚未|未")
"""Below a heading that plans ahead a clause with one of these still tells how things stand."""
TABLE_REACH = 200
"""How far before its row a table may name what its cells count."""


def extract(report: Report, mask: str = "auto", catalogue: Catalogue | None = None) -> Extraction:
    """Every quantity of a report with its bounds and, where an indicator fits, its name.

    Args:
        report: the report as read.
        mask: how hidden digits read: "auto" decides for each mask character from the report itself,
            "digits" takes n hidden digits for an n-digit number, "unknown" for any number.
        catalogue: the indicators to bind to; the project's own by default.
    Raises:
        ValueError: another word for ``mask``.
    """
    found = scan(report.text, year=report.year, mask=mask)
    namer = Namer(report, found, load_catalogue() if catalogue is None else catalogue)
    return Extraction(report.report_id, tuple(namer.observations()), found.left_out, found.unread, found.masks)


class _Headings(NamedTuple):
    """The headings above a number in one string, with the title; the year that they announce, and whether they do."""

    text: str
    year: int | None
    planned: bool


class Namer:
    """Names the quantities of one report, in order; what one is called may be carried to the next."""

    def __init__(self, report: Report, found: Scan, catalogue: Catalogue) -> None:
        self.report, self.text, self.quantities = report, report.text, found.quantities
        found_words = index_of(catalogue).words.find(report.text)
        self.binder = Binder(report.text, catalogue, found_words["cues"])
        self.following = Following(report.text, catalogue)
        self.places = Places(report.text)
        self.dims = found_words["dims"]
        self.dimensions = Dimensions(report.text, self.dims, report.title)
        self._list = 0, 0  # the first number of the list that was looked at last, and the one behind it
        self._above: dict[tuple[str, ...], _Headings] = {}

    def observations(self) -> list[Observation]:
        """An observation for every quantity."""
        rows: list[Observation] = []
        text, quantities = self.text, self.quantities
        before: Observation | None = None
        for at, quantity in enumerate(quantities):
            previous_end = quantities[at - 1].end if at else 0
            next_start = quantities[at + 1].start if at + 1 < len(quantities) else len(text)
            place = self.places.of(quantity, previous_end, next_start)
            section = self.report.outline.above(quantity.start)
            headings = self._headings(section)
            if headings.planned:
                quantity = self._announced(quantity, headings.year)
            turn = self._turn(at, place)
            if quantity.label:
                place = _in_row(place)
            bound = self.bind(quantity, place, headings.text, turn, rows)
            carried = before if before is not None and before.end > place.sentence else None
            found: dict[str, str] = {}
            if bound:
                found = self.dimensions.of(bound, quantity, place, section, turn, carried, previous_end)
            column = None if bound else self._by_column(quantity, place, headings.text)
            named = bound or column  # the figures of single towns have no name, yet a theme
            theme = named.indicator.theme if named else self._theme(place, section, carried, before)
            label = label_of(text, quantity, place, bound, found, previous_end)
            before = Observation(
                self.report.report_id, quantity.start, quantity.end, quantity.text, quantity.number_start,
                quantity.number_end, quantity.lower, quantity.upper, quantity.unit, quantity.modality, quantity.masked,
                quantity.change, section, theme, bound.indicator.id if bound else None, found, label, quantity.period,
                quantity.target, quantity.rule,
            )  # fmt: skip
            rows.append(before)
        return rows

    def _headings(self, section: tuple[str, ...]) -> _Headings:
        """What the headings above say, looked at once for all the numbers below them."""
        known = self._above.get(section)
        if known is None:
            known = _Headings("\n".join((*section[-2:], self.report.title)), *planned_by(section, self.report.year))
            self._above[section] = known
        return known

    def _announced(self, quantity: Quantity, year: int | None) -> Quantity:
        """The quantity as its headings announce it: what stands below 2023年打算 is planned for that year."""
        if PAST.search(quantity.clause):
            return quantity
        period = year if year is not None and quantity.period == self.report.year else quantity.period
        return replace(quantity, period=period, target=True)

    def bind(
        self,
        quantity: Quantity,
        place: Place,
        headings: str,
        turn: tuple[int, int] | None,
        rows: Sequence[Observation] = (),
    ) -> Bound | None:
        """The indicator of a quantity: by its own words, else by the figures before it, else by what was spoken of.

        Args:
            headings: the headings above it, in one string.
            turn: which one it is of how many in a list that 分别 pairs with subjects.
            rows: the observations before it.
        """
        asked = Asked(quantity, place, headings, kind_of(quantity))
        level = self.following.same_level(asked, rows)
        if level:
            return level
        own = self.binder.by_own_words(asked, turn)
        if own and self.following.acts_on_another(own, asked, rows):
            return None
        if own and not self.following.outweighs(own, asked, rows):
            return own
        paired = self.binder.by_pair(asked, turn) if turn is not None else None
        if paired and asked.kind != "count":
            return paired
        followed = self.following.find(asked, rows, own, turn)
        return followed or own or paired or self._by_rest(asked, turn is not None, rows)

    def _by_rest(self, asked: Asked, listed: bool, rows: Sequence[Observation]) -> Bound | None:
        """The column above a cell, or the subject spoken of last."""
        above = self.binder.by_label(asked) if asked.quantity.label else None
        return above or self._by_subject(asked, listed, rows)

    def _by_column(self, quantity: Quantity, place: Place, headings: str) -> Bound | None:
        """What the column of a table's cell counts."""
        if not quantity.label:
            return None
        return self.binder.by_column(Asked(quantity, place, headings, kind_of(quantity)))

    def _by_subject(self, asked: Asked, listed: bool, rows: Sequence[Observation]) -> Bound | None:
        """The subject spoken of last, unless its sentence has since counted something else."""
        found = self.binder.by_subject(asked, listed)
        if found is None or asked.kind == "count" or not rows or rows[-1].start < asked.place.sentence:
            return found
        other = rows[-1].unit not in RELATIVE and rows[-1].theme != found.indicator.theme
        return None if other and found.cue.end <= rows[-1].start else found

    def _turn(self, at: int, place: Place) -> tuple[int, int] | None:
        """Which number of a list this is, where the list says 分别; None where it is no such list."""
        first, last = self._list
        if at >= last:
            first, last = at, at + 1
            while last < len(self.quantities) and self.quantities[last].joined:
                last += 1
            self._list = first, last
        if last - first == 1:
            return None
        head = self.text[place.sentence : self.quantities[first].start]
        return (at - first, last - first) if "分别" in head[-24:] or "依次" in head[-24:] else None

    def _theme(
        self, place: Place, section: tuple[str, ...], before: Observation | None, earlier: Observation | None
    ) -> str:
        """The theme of a number that no indicator names: its words', its headings', that of the figures before it."""
        weights: dict[str, float] = {}
        own = self._theme_words(place.item, place.right)
        if not own and before is not None:
            return before.theme  # 比上年减少33个 says nothing of its own
        themes.weigh(weights, own, themes.NEAR)
        themes.weigh(weights, self._theme_words(place.clause, place.item), themes.CLAUSE)
        themes.weigh(weights, self._theme_words(place.sentence, place.clause), themes.SENTENCE)
        lead = self.text.find("。", place.paragraph, place.paragraph + 40)
        if 0 < lead < place.sentence:
            themes.weigh(weights, self._theme_words(place.paragraph, lead), themes.LEAD)
        if themes.DONE_LEAD.match(self.text, place.paragraph):
            weights["rectification"] = weights.get("rectification", 0.0) + themes.DONE
        for depth, heading in enumerate((*reversed(section), self.report.title.removesuffix("述职报告"))):
            for theme, points in themes.of_heading(heading):
                weights[theme] = weights.get(theme, 0.0) + points / (1 + depth)
        if before is not None:
            weights[before.theme] = weights.get(before.theme, 0.0) + 1.0
            if "其中" in self.text[place.item : place.start]:
                weights[before.theme] += themes.PART
        elif earlier is not None and earlier.start >= place.paragraph:
            weights[earlier.theme] = weights.get(earlier.theme, 0.0) + themes.PARAGRAPH
        return themes.heaviest(weights)

    def _theme_words(self, start: int, end: int) -> list[Hit]:
        """The theme words of one zone; looked for only around the few numbers that no indicator names."""
        return themes.words().find(self.text[start:end])["themes"].all if end > start else []


def _in_row(place: Place) -> Place:
    """The zones of a table's cell: its row names it, the rows above carry its subject."""
    row = place.paragraph
    return place._replace(item=row, clause=row, sentence=row, paragraph=max(0, row - TABLE_REACH))
