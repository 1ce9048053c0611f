"""The dimensions of a bound quantity: which group, audience, source it speaks of, by the words around it."""

from __future__ import annotations

import re

from dangjian.indicators import dims
from dangjian.indicators.binding import Bound
from dangjian.indicators.index import kind_of
from dangjian.indicators.observation import Observation
from dangjian.indicators.places import FIGURE, Place
from dangjian.indicators.words import Hit, Hits
from dangjian.quantities import Quantity

TOTAL = re.compile(
    "合计|汇总|总体|综合|总账|总数|总量|各渠道|各条线|各类监督|各级各类|一共|共(?:发现|反馈|查|梳|收)|全年各|上述各|多源|全口径|整体"
)
"""A total over several sources or groups has none of them."""
OF_SOURCE = re.compile("督办|方案|机制|制度|队|室|部门|工作|办|结果|指标|细则|体系|办法")
"""A source word before one of these names a plan or an office, not where problems came from."""
OWN_EVENT = re.compile("班|网络|线上|网上|课堂|宣讲|党课|资料|读本|讲座|研讨|集中学习|全年|各级|全区|累计")
"""A number of training with one of these before it speaks of an event of its own."""
SAYS_RATE = re.compile("占|同比|比上|较上|增长|下降|为|是")
SAME_EVENT = re.compile("培训|参训|轮训|调训|覆盖")
"""Behind 、 the same event goes on: 轮训班9期、培训5200人次 is no list of events."""
LECTURES = re.compile(r"(?:分别|带头)*(?:讲|上|授|领学|带头|宣讲)")
LIST_REACH = 14
WHOLE = re.compile("(?:全[年区市县校院街镇]|累计|总体|一年来)")
"""A sentence that begins so speaks of no single source that the paragraph named before it."""
ADDRESSED = re.compile("对|面向|针对|围绕")
"""A sentence that begins so names its audience before all its figures: 对新党员，举办培训班3期."""
LEAD_REACH = 24
"""A first sentence no longer than this heads its paragraph: （二）开好专题民主生活会。"""
SENTENCE = re.compile("[。；\n]")
SUMS_UP = re.compile("一共|共")
"""A sum within one source names that source still: 两轮巡察一共点出231个问题."""


class Dimensions:
    """Finds the dimensions of the quantities of one text.

    Args:
        title: the report's title; one source that it names holds for the whole report.
    """

    def __init__(self, text: str, hits: Hits, title: str) -> None:
        self.text, self.hits, self.title = text, hits, title
        named = dims.sources_of(title)
        self._stated = named[0] if len(set(named)) == 1 else None

    def of(
        self,
        bound: Bound,
        quantity: Quantity,
        place: Place,
        section: tuple[str, ...],
        turn: tuple[int, int] | None,
        before: Observation | None,
        previous_end: int,
    ) -> dict[str, str]:
        """The dimensions of a bound quantity.

        Args:
            section: the headings above it.
            turn: which number it is of how many in a list with 分别.
            before: the observation before it in its sentence, whose group it may share.
            previous_end: where the quantity before it ends.
        """
        found: dict[str, str] = {}
        for dim in bound.indicator.dims:
            if dim == "source":
                value = self._listed_source(place, turn) or self._source(place, section)
            else:
                value = self._value(dim, bound, quantity, place, turn, previous_end)
                if value is None and before is not None and self._carries(dim, bound, quantity, place, before):
                    value = before.dims.get(dim)
            if value is not None:
                found[dim] = value
        return found

    def _known(self, dim: str, start: int, end: int) -> list[Hit]:
        """The forms of a dimension between two offsets; who lectures is not the audience (书记讲党课)."""
        known = dims.forms()[dim]
        hits = [hit for hit in self.hits.between(start, end) if hit.word in known]
        return [hit for hit in hits if not LECTURES.match(self.text, hit.end)] if dim == "audience" else hits

    def _value(
        self, dim: str, bound: Bound, quantity: Quantity, place: Place, turn: tuple[int, int] | None, previous_end: int
    ) -> str | None:
        """A value said in the number's own item, or behind it up to its cue, or at a cue before its item."""
        known = dims.forms()[dim]
        if turn is not None:
            listed = [known[hit.word] for hit in self._known(dim, place.sentence, place.start)]
            for values in (list(dict.fromkeys(listed)), listed):
                if len(values) == turn[1]:
                    return values[turn[0]]
        counts = kind_of(quantity) == "count"
        first = max(place.sentence, min(place.item, previous_end))
        if counts:
            first = place.item if FIGURE.search(self.text, place.clause, place.item) else place.clause
        hits = self._known(dim, first, place.start)
        if not hits:
            farthest = max(bound.cue.end, place.end + 6) if bound.cue.start >= place.end else place.right
            hits = [hit for hit in self._known(dim, place.end, place.right) if hit.end <= farthest]
            if bound.cue.start < place.end:
                hits = [hit for hit in hits if hit.start - place.end <= 4]
        carried = bound.zone in ("clause", "sentence") and bound.cue.start >= place.sentence
        if not hits and carried and dim in ("audience", "mode"):
            hits = self.hits.between(max(place.sentence, bound.cue.start - 12), bound.cue.end)
            hits = [hit for hit in hits if hit.word in known]
        if not hits and dim == "audience" and ADDRESSED.match(self.text, place.sentence):
            hits = self._known(
                dim, place.sentence, max(self.text.find("，", place.sentence, place.start), place.sentence)
            )
        return known[max(hits, key=_last_and_longest).word] if hits else None

    def _carries(self, dim: str, bound: Bound, quantity: Quantity, place: Place, before: Observation) -> bool:
        """Whether a number that names no group speaks of the group of the number before it."""
        if before.indicator is None or dim not in before.dims or before.theme != bound.indicator.theme:
            return False
        between, said = self.text[before.end : quantity.start], self.text[place.item : quantity.start]
        if any(sign in between for sign in "。；\n") or between.count("，") > 2:
            return False
        if TOTAL.search(said) and not said.startswith("占"):
            return False
        if bound.indicator.theme == "training":
            return not OWN_EVENT.search(said) and not (between[:1] == "，" and self._ends_list(before))
        if kind_of(quantity) in ("share", "change", "ratio"):
            near = between.count("，") + between.count("、") <= 1
            return near and (bound.zone != "item" or bool(SAYS_RATE.match(between.strip("，、 "))))
        return "其中" in between

    def _ends_list(self, before: Observation) -> bool:
        """Whether the number before ends a list of events: what follows the list is their total."""
        said = SENTENCE.split(self.text[max(0, before.start - LIST_REACH) : before.start])[-1]
        return "、" in said and "其中" not in said and not SAME_EVENT.match(said.rpartition("、")[2])

    def _source(self, place: Place, section: tuple[str, ...]) -> str | None:
        """Where problems came from: the source nearest in the item, the clause, the sentence; else the only one of the
        paragraph, else that of the headings."""
        for start, end in ((place.item, place.right), (place.clause, place.start)):
            found = self._sources(start, end)
            if found:
                return None if len(set(found)) > 1 and TOTAL.search(self.text, start, end) else found[-1]
        found = self._sources(place.sentence, place.start)
        if self._stated and not found:
            return self._headed(place, section) or self._stated
        total = TOTAL.search(self.text, place.sentence, place.start)
        if total:
            summed = self._sources(self.text.rfind("，", place.sentence, total.start()) + 1, total.start())
            return summed[-1] if SUMS_UP.match(total.group()) and len(set(summed)) == 1 else None
        if found:
            return found[-1]
        found = [] if WHOLE.match(self.text, place.sentence) else self._sources(place.paragraph, place.start)
        if found:
            return found[0] if len(set(found)) == 1 else self._stated
        named = next((named for heading in (*reversed(section), self.title) if (named := dims.sources_of(heading))), ())
        return named[-1] if named else None

    def _headed(self, place: Place, section: tuple[str, ...]) -> str | None:
        """The one source that the paragraph's short first sentence, else the nearest heading, is about."""
        stop = self.text.find("。", place.paragraph, place.paragraph + LEAD_REACH)
        named = self._sources(place.paragraph, stop) if 0 < stop < place.sentence else []
        if not named and section:
            named = list(dims.sources_of(section[-1]))
        return named[0] if len(set(named)) == 1 else None

    def _listed_source(self, place: Place, turn: tuple[int, int] | None) -> str | None:
        """The source that a list with 分别 pairs with the number."""
        if turn is None:
            return None
        for start in (place.clause, place.sentence, place.paragraph):
            listed = list(dict.fromkeys(self._sources(start, place.start)))
            if len(listed) >= turn[1]:
                return listed[len(listed) - turn[1] + turn[0]]
        return None

    def _sources(self, start: int, end: int) -> list[str]:
        known = dims.forms()["source"]
        hits = [hit for hit in self._known("source", start, end) if not OF_SOURCE.match(self.text, hit.end)]
        return [known[hit.word] for hit in sorted(hits, key=_last_and_longest)]


def _last_and_longest(hit: Hit) -> tuple[int, int]:
    """The order of forms by their ends; of two that share one the longer is meant: 新党员, not 党员."""
    return hit.end, hit.end - hit.start
