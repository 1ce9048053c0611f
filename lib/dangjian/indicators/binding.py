"""Binding: which indicator a quantity measures, by the cue that stands nearest in its item, clause or sentence.

Where the number's own words say only a group or nothing (其中产业工人12名, 增长5%), the subject is carried
over from what the sentence, or else the paragraph, spoke of last.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from dangjian.indicators import dims as dimensions
from dangjian.indicators.catalogue import CORE, Catalogue, CueGroup, Indicator
from dangjian.indicators.places import Place
from dangjian.indicators.words import Hit, Words
from dangjian.quantities import Quantity
from dangjian.quantities.units import DURATIONS

FILLER = re.compile(
    r"^(?:其中|里面|包括|分别|均|各|约|近|超过?|达到?|为|是|有|共计?|合计|占比?|比例|比重|的|了|和|及|与|较|比|同比|环比|上年|去年|上一?年度?|同期|年初|年末|年底|末|底|"
    r"增长|下降|增加|减少|提高|上升|增幅|净增|降幅|多|少|全年|全区|全市|全县|全部|累计|实际|计划|目标|力争|仅|只|共|数|总数|总量|人数|数量|总|新|名|又|已|也|还|另有|另|即|"
    r"不低于|不少于|不超过|至少|以上|左右|完成|本年|今年|当年|保持在|稳定在|控制在|占到|党员|干部|组织|学历|从业人员|职工|群体|同志|人员|身份|性|者|员|"
    r"（|）|\(|\)|“|”|\d{4}年|[*×●○]{4}年|\s|—|▲|·|全年发展数|发展数|一线|每名|每个|拟|下达|全体|正式|预备|女|男|在|比上|后|前|线|办了|办|新增|新建|召开|举办|开展|到)*$"
)
BASE = re.compile(r"(?:党员)?(?:总)?(?:数|人数|数量)?的$")
ORDERED = re.compile(r"分别|依次|各")
LECTURES = re.compile(r"(?:带头)?(?:讲|上|授|领学|带头|宣讲)")
NEAREST_RIGHT = 12


class Bound(NamedTuple):
    """An indicator found for a quantity and what found it."""

    indicator: Indicator
    cue: Hit
    zone: str


class Index:
    """The catalogue turned around: for each cue the indicators and cue groups that it speaks for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.by_cue: dict[str, list[tuple[Indicator, CueGroup, bool]]] = {}
        for indicator in catalogue.values():
            for group in indicator.groups:
                for cue in group.cues:
                    self.by_cue.setdefault(cue, []).append((indicator, group, False))
            for cue in indicator.subject:
                self.by_cue.setdefault(cue, []).append((indicator, indicator.groups[0], True))
        self.words = Words(self.by_cue)
        self.counted = {
            cue for cue, served in self.by_cue.items() if any(one.kind == "count" and one.theme in CORE for one, _, _ in served)
        }


@cache
def index_of(catalogue: Catalogue) -> Index:
    """The index of a catalogue, made once."""
    return Index(catalogue)


Catalogue.__hash__ = object.__hash__  # type: ignore[assignment]  # one catalogue is one object


def kind_of(quantity: Quantity) -> str:
    """The kind of indicator that a quantity can bind to."""
    if quantity.change:
        return "change"
    if quantity.unit == "%":
        return "share"
    if quantity.unit == "倍":
        return "ratio"
    if quantity.unit in ("元", "美元", "港元"):
        return "amount"
    return "duration" if quantity.unit in DURATIONS or quantity.unit in ("天", "分钟", "年") else "count"


class Binder:
    """Binds the quantities of one text."""

    def __init__(self, text: str, catalogue: Catalogue, headings: tuple[str, ...] = ()) -> None:
        self.text, self.index = text, index_of(catalogue)
        self.hits = self.index.words.find(text)
        self.starts = [hit.start for hit in self.hits]

    def between(self, start: int, end: int) -> list[Hit]:
        """The cue hits that lie wholly within the offsets."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return [hit for hit in self.hits[first:last] if hit.end <= end]

    def bind(self, quantity: Quantity, place: Place, headings: str, turn: tuple[int, int] | None) -> Bound | None:
        """The indicator of a quantity, or None.

        Args:
            headings: the headings above it, in one string.
            turn: which one it is of how many in a list that 分别 pairs with subjects.
        """
        text, kind = self.text, kind_of(quantity)
        if turn is not None:
            paired = self._paired(quantity, place, headings, kind, turn)
            if paired:
                return paired
        local = self.between(place.item, place.start)
        behind = [hit for hit in self.between(place.end, place.right) if hit.start - place.end <= NEAREST_RIGHT]
        best = self._best(quantity, kind, place, headings, local, behind)
        if best:
            return best
        said = text[place.item : place.start]
        follows = text[place.end : place.right]
        if not self._elliptic(said, follows, quantity):
            return None
        for zone, start, end in (("clause", place.clause, place.item), ("sentence", place.sentence, place.clause), ("paragraph", place.paragraph, place.sentence)):
            hits = self.between(start, end)
            for hit in reversed(hits):
                if BASE.search(text[hit.start : min(place.start, hit.end + 6)]) or self._is_base(hit):
                    continue
                found = self._fits(hit, quantity, kind, place, headings, far=True)
                if found:
                    return Bound(found, hit, zone)
                if hit.word in self.index.counted and kind != "count":
                    return None
            if zone == "sentence" and kind == "count" and not self._says_group(said + follows):
                return None
        return None

    def _is_base(self, hit: Hit) -> bool:
        """Whether a cue only names what a number is compared with: 是全年发展数的14倍."""
        return self.text[hit.end : hit.end + 1] == "的" and self.text[hit.end + 1 : hit.end + 2] in "0123456789*×●○近约"

    def _best(
        self, quantity: Quantity, kind: str, place: Place, headings: str, local: list[Hit], behind: list[Hit]
    ) -> Bound | None:
        best: tuple[float, Indicator, Hit] | None = None
        for hits, back in ((local, True), (behind, False)):
            for hit in hits:
                if back and kind == "ratio" and (self._is_base(hit) or BASE.search(self.text[hit.end : place.start])):
                    continue
                distance = place.start - hit.end if back else hit.start - place.end + 2
                for indicator, group, subject in self.index.by_cue[hit.word]:
                    if subject or not self._allows(indicator, group, quantity, kind, place, headings, place.item):
                        continue
                    points = len(hit.word.replace("*", "")) + (0.5 if group.needs else 0) - 0.12 * distance
                    points -= 0.5 if indicator.theme not in CORE else 0
                    if best is None or points > best[0]:
                        best = points, indicator, hit
        return Bound(best[1], best[2], "item") if best else None

    def _fits(self, hit: Hit, quantity: Quantity, kind: str, place: Place, headings: str, far: bool) -> Indicator | None:
        for indicator, group, _ in self.index.by_cue[hit.word]:
            if self._allows(indicator, group, quantity, kind, place, headings, hit.start if far else place.item, hit):
                return indicator
        return None

    def _allows(
        self, indicator: Indicator, group: CueGroup, quantity: Quantity, kind: str, place: Place, headings: str, start: int, hit: Hit | None = None
    ) -> bool:
        if indicator.kind != kind and not (kind == "count" and indicator.kind == "duration" and quantity.unit in indicator.units):
            return False
        if indicator.units and quantity.unit not in indicator.units:
            return False
        own = self.text[place.item : place.right]
        if group.no and any(word in own for word in group.no):
            return False
        if hit is not None and group.no:
            after = self.text[hit.start : min(hit.end + 8, place.start)]
            if any(word in after for word in group.no):
                return False
        if not group.needs:
            return True
        wide = self.text[place.paragraph : place.right]
        return any(word in wide for word in group.needs) or any(word in headings for word in group.needs)

    def _elliptic(self, said: str, follows: str, quantity: Quantity) -> bool:
        """Whether the words around a number name no subject of their own."""
        said, follows = _without_groups(said), _without_groups(follows)
        return bool(FILLER.match(said)) and (not follows or bool(FILLER.match(follows)) or quantity.unit in ("%", "倍", "百分点"))

    def _says_group(self, said: str) -> bool:
        return bool(dimensions.words().find(said)) or "其中" in said or "占" in said

    def _paired(self, quantity: Quantity, place: Place, headings: str, kind: str, turn: tuple[int, int]) -> Bound | None:
        """The i-th subject for the i-th number of a list."""
        at, many = turn
        for start in (place.clause, place.sentence, place.paragraph):
            subjects: list[tuple[Hit, Indicator]] = []
            for hit in self.between(start, place.start):
                if self._is_base(hit) or BASE.match(self.text[hit.end : hit.end + 4] if hit.end < place.start else ""):
                    continue
                found = self._fits(hit, quantity, kind, place, headings, far=False)
                if found and not (subjects and subjects[-1][1].id == found.id):
                    subjects.append((hit, found))
            if len(subjects) >= many:
                hit, found = subjects[len(subjects) - many + at]
                return Bound(found, hit, "分别")
        return None


@cache
def _group_forms() -> re.Pattern[str]:
    forms = sorted((form for dim in ("group", "audience", "level", "mode") for form in dimensions.forms()[dim]), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, forms)))


def _without_groups(said: str) -> str:
    return _group_forms().sub("", said.replace("\n", ""))
