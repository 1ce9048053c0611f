"""From a report to its observations: scan, bind, give each its dimensions, theme and label."""

from __future__ import annotations

import re

from dangjian.indicators import dims as dimensions
from dangjian.indicators import themes
from dangjian.indicators.binding import LECTURES, Binder, Bound, index_of, kind_of
from dangjian.indicators.catalogue import Catalogue, load_catalogue
from dangjian.indicators.labels import label_of
from dangjian.indicators.observation import Extraction, Observation
from dangjian.indicators.places import Place, place_of
from dangjian.indicators.words import Hit
from dangjian.indicators.words import Hit
from dangjian.quantities import Quantity, Scan, scan
from dangjian.reports import Report

TOTAL = re.compile(
    "合计|汇总|总体|综合|总账|总数|总量|各渠道|各条线|各类监督|各级各类|一共|共(?:发现|反馈|查|梳|收)|全年各|上述各|多源|全口径|整体"
)
OF_SOURCE = re.compile("督办|方案|机制|制度|队|部门|工作|办|结果|指标|细则|体系|办法")
"""A source word before one of these names a plan or an office, not where problems came from."""
OWN_EVENT = re.compile("班|课堂|宣讲|党课|资料|读本|讲座|研讨|集中学习|全年|各级|全区|累计")
SAYS_RATE = re.compile("占|同比|比上|较上|增长|下降|为|是")


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


class Namer:
    """Names the quantities of one report, in order; what one is called may be carried to the next."""

    def __init__(self, report: Report, found: Scan, catalogue: Catalogue) -> None:
        self.report, self.text, self.quantities = report, report.text, found.quantities
        self.previous_end = 0
        found_words = index_of(catalogue).words.find(report.text)
        self.binder = Binder(report.text, catalogue, found_words["cues"])
        self.dims = found_words["dims"]

    def observations(self) -> list[Observation]:
        """An observation for every quantity."""
        rows: list[Observation] = []
        text, quantities = self.text, self.quantities
        before: Observation | None = None
        for at, quantity in enumerate(quantities):
            previous_end = quantities[at - 1].end if at else 0
            next_start = quantities[at + 1].start if at + 1 < len(quantities) else len(text)
            self.previous_end = previous_end
            place = place_of(text, quantity, previous_end, next_start)
            section = self.report.outline.above(quantity.start)
            turn = self._turn(at, place)
            if quantity.label:  # a table's row names its cells
                place = place._replace(
                    item=place.paragraph,
                    clause=place.paragraph,
                    sentence=place.paragraph,
                    paragraph=max(0, place.paragraph - 200),
                )
            bound = self.binder.bind(quantity, place, "\n".join((*section[-2:], self.report.title)), turn)
            carried = before if before is not None and before.end > place.sentence else None
            found = self._dims(bound, quantity, place, section, turn, carried) if bound else {}
            theme = bound.indicator.theme if bound else self._theme(place, section, carried)
            label = label_of(text, quantity, place, bound, found)
            before = Observation(
                self.report.report_id, quantity.start, quantity.end, quantity.text, quantity.number, *quantity.bounds,
                quantity.unit, quantity.modality, quantity.masked, quantity.change, section, theme,
                bound.indicator.id if bound else None, found, label, quantity.period, quantity.target, quantity.rule,
            )  # fmt: skip
            rows.append(before)
        return rows

    def _turn(self, at: int, place: Place) -> tuple[int, int] | None:
        """Which number of a list this is, where the list says 分别; None where it is no such list."""
        first = last = at
        while self.quantities[first].joined and first:
            first -= 1
        while last + 1 < len(self.quantities) and self.quantities[last + 1].joined:
            last += 1
        if first == last:
            return None
        head = self.text[place.sentence : self.quantities[first].start]
        return (at - first, last - first + 1) if "分别" in head[-24:] or "依次" in head[-24:] else None

    def _dims(
        self,
        bound: Bound,
        quantity: Quantity,
        place: Place,
        section: tuple[str, ...],
        turn: tuple[int, int] | None,
        before: Observation | None,
    ) -> dict[str, str]:
        found: dict[str, str] = {}
        for dim in bound.indicator.dims:
            value = self._source(place, section) if dim == "source" else self._value(dim, bound, quantity, place, turn)
            if (
                value is None
                and dim != "source"
                and before is not None
                and self._carries(dim, bound, quantity, place, before)
            ):
                value = before.dims.get(dim)
            if value is not None:
                found[dim] = value
        return found

    def _value(
        self, dim: str, bound: Bound, quantity: Quantity, place: Place, turn: tuple[int, int] | None
    ) -> str | None:
        """A value said in the number's own item, or behind it up to its cue."""
        known = dimensions.forms()[dim]
        if turn is not None:
            listed = [
                hit
                for hit in self.dims.between(place.sentence, place.start)
                if hit.word in known and not self._lectures(hit, dim)
            ]
            distinct = list(dict.fromkeys(known[hit.word] for hit in listed))
            if len(distinct) == turn[1]:
                return distinct[turn[0]]
        first = place.item if kind_of(quantity) == "count" else max(place.sentence, min(place.item, self.previous_end))
        hits = [
            hit for hit in self.dims.between(first, place.start) if hit.word in known and not self._lectures(hit, dim)
        ]
        if not hits:
            hits = [
                hit
                for hit in self.dims.between(place.end, place.right)
                if hit.word in known and not self._lectures(hit, dim)
            ]
            if bound.cue.start >= place.end:
                hits = [hit for hit in hits if hit.end <= max(bound.cue.end, place.end + 6)]
            else:
                hits = [hit for hit in hits if hit.start - place.end <= 4]
        if (
            not hits
            and bound.zone in ("clause", "sentence")
            and dim in ("audience", "mode")
            and bound.cue.start >= place.sentence
        ):
            around = self.dims.between(max(place.sentence, bound.cue.start - 12), bound.cue.end)
            hits = [hit for hit in around if hit.word in known]
        if not hits:
            return None
        chosen = max(hits, key=lambda hit: (hit.end, hit.end - hit.start))
        return known[chosen.word]

    def _lectures(self, hit: Hit, dim: str) -> bool:
        """书记讲党课: who speaks is not the audience."""
        return dim == "audience" and bool(LECTURES.match(self.text, hit.end))

    def _carries(self, dim: str, bound: Bound, quantity: Quantity, place: Place, before: Observation) -> bool:
        """Whether a number that names no group speaks of the group of the number before it."""
        if (
            before.indicator is None
            or before.indicator.split(".")[0] != bound.indicator.theme
            or dim not in before.dims
        ):
            return False
        between, said = self.text[before.end : quantity.start], self.text[place.item : quantity.start]
        if (
            any(sign in between for sign in "。；\n")
            or (TOTAL.search(said) and not said.startswith("占"))
            or between.count("，") > 2
        ):
            return False
        if bound.indicator.theme == "training":
            return not OWN_EVENT.search(said) and not (between[:1] == "，" and self._listed(before))
        if kind_of(quantity) in ("share", "change", "ratio"):
            return between.count("，") + between.count("、") <= 1 and (
                bound.zone != "item" or bool(SAYS_RATE.match(between.strip("，、 ")))
            )
        return "其中" in between

    def _listed(self, before: Observation) -> bool:
        """Whether the number before ends a list of events: what follows the list is their total."""
        return (
            self.text[max(0, before.start - 14) : before.start].find("、") >= 0
            and "其中" not in self.text[max(0, before.start - 14) : before.start]
        )

    def _source(self, place: Place, section: tuple[str, ...]) -> str | None:
        """Where problems came from: the one that stands nearest in the item, the clause, the sentence; else the only
        one of the paragraph, else that of the headings. A total over several sources has none."""
        for start, end in ((place.item, place.right), (place.clause, place.start)):
            found = self._sources(start, end)
            if found:
                return None if len(set(found)) > 1 and TOTAL.search(self.text, start, end) else found[-1]
        stated = self._stated()
        found = self._sources(place.sentence, place.start)
        if stated and not found:
            return stated
        if TOTAL.search(self.text, place.sentence, place.start):
            return None
        if found:
            return found[-1]
        found = self._sources(place.paragraph, place.start)
        if found:
            return found[0] if len(set(found)) == 1 else stated
        for heading in (*reversed(section), self.report.title):
            named = dimensions.sources_of(heading)
            if named:
                return named[-1]
        return None

    def _stated(self) -> str | None:
        """The one source that the report's title names: a notice on rectifying what an inspection found."""
        named = dimensions.sources_of(self.report.title)
        return named[0] if len(set(named)) == 1 else None

    def _sources(self, start: int, end: int) -> list[str]:
        known = dimensions.forms()["source"]
        hits = [
            hit
            for hit in self.dims.between(start, end)
            if hit.word in known and not OF_SOURCE.match(self.text, hit.end)
        ]
        return [known[hit.word] for hit in sorted(hits, key=lambda hit: (hit.end, hit.end - hit.start))]

    def _theme(self, place: Place, section: tuple[str, ...], before: Observation | None) -> str:
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
        for depth, heading in enumerate(reversed(section)):
            for theme, points in themes.of_heading(heading):
                weights[theme] = weights.get(theme, 0.0) + points / (1 + depth)
        if before is not None:
            weights[before.theme] = weights.get(before.theme, 0.0) + 1.0
        return themes.heaviest(weights)

    def _theme_words(self, start: int, end: int) -> list[Hit]:
        """The theme words of one zone; looked for only around the few numbers that no indicator names."""
        return themes.words().find(self.text[start:end])["themes"].all if end > start else []
