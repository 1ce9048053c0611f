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
from dangjian.indicators.words import Hit, Hits, Words
from dangjian.quantities import Quantity
from dangjian.quantities.units import DURATIONS

FILLER = re.compile(
    r"^(?:其中|里面|包括|分别|均|各|约|近|超过?|达到?|为|是|有|共计?|合计|占比?|比例|比重|的|了|和|及|与|较|比|同比|环比|上年|去年|上一?年度?|同期|年初|年末|年底|末|底|"
    r"增长|下降|增加|减少|提高|上升|增幅|净增|降幅|多|少|全年|全区|全市|全县|全部|累计|实际|计划|目标|力争|仅|只|共|数|总数|总量|人数|数量|总|新|名|又|已|也|还|另有|另|即|"
    r"不低于|不少于|不超过|至少|以上|左右|完成|本年|今年|当年|保持在|稳定在|控制在|占到|党员|干部|学历|从业人员|职工|群体|同志|人员|身份|性|者|员|"
    r"\d{1,2}(?:至|-|—|到)?\d{0,2}周?岁(?:及?以[上下])?|过|大约|约是|发展的|爬到|(?:提高|提升|上升|增加|增长|下降|降低|减少|升|降|增|减)(?:到|至|为)|相当于|本年度|发展党员(?:总)?(?:数量?)?|发展总数|等|年初|年末|定下的|规定|市里|上级|名额|距离|：|接近|约占|按[^，]{1,4}看|比上年末|发了|下发|发出|制发|设|下设|由|从|其他|剩下|其余|主要|全部|中|里|仅占|只占|偏少|（|）|\(|\)|“|”|\d{4}年|[*×●○]{4}年|\s|—|▲|·|全年发展数|发展数|一线|每名|每个|拟|下达|全体|正式|预备|女|男|在|比上|后|前|线|办了|办|新增|新建|召开|举办|开展|到)*$"
)
BASE = re.compile(r"(?:党员)?(?:总)?(?:数|人数|数量)?的$")
ORDERED = re.compile(r"分别|依次|各")
LECTURES = re.compile(r"(?:分别|带头)*(?:讲|上|授|领学|带头|宣讲)")
NEAREST_RIGHT = 12
CONTEXT = 80
BEFORE = 200
"""How far before its sentence the words that an indicator needs may stand."""
NOUNS = frozenset(["党员", "问题", "诉求", "工单", "党课", "参训", "参学", "宣讲", "讲座"])
"""Short cues that may follow a unit: 12名党员; short verbs may not, since they begin what is said next."""
SHARES = re.compile("占|比例|比重")
NEAR_ZONES = ("clause", "sentence")
"""Short cues carry no subject further than their sentence."""
SUMMED = re.compile("等(?:各类|各种|系列|多种|各级|多项|方式|形式|活动|$)")


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
        self.words = Words({"cues": self.by_cue, "dims": dimensions.all_forms()})
        self.cues = Words({"cues": self.by_cue})
        self.counted = {
            cue
            for cue, served in self.by_cue.items()
            if any(one.kind == "count" and one.theme in CORE for one, _, _ in served)
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

    def __init__(self, text: str, catalogue: Catalogue, hits: Hits) -> None:
        self.text, self.index = text, index_of(catalogue)
        self.hits = _outermost(hits.all)
        self.starts = [hit.start for hit in self.hits]
        self.headings: dict[str, list[Hit]] = {}

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
        first = place.clause if SUMMED.search(text, place.item, place.start) else place.item
        local = self.between(first, place.end)  # 32学时 says in its unit what it measures
        behind = [hit for hit in self.between(place.end, place.right) if hit.start - place.end <= NEAREST_RIGHT]
        best = self._best(quantity, kind, place, headings, local, behind)
        if best:
            return best
        said = quantity.label or text[place.item : place.start]
        follows = "" if quantity.label else text[place.end : place.right]
        if not self._elliptic(said, follows, quantity):
            return None
        group = turn is not None or self._says_group(said + follows)
        zones = [("clause", place.clause, place.item), ("sentence", place.sentence, place.clause)]
        if kind != "count" or group or not said.strip():
            zones.append(("paragraph", place.paragraph, place.sentence))
        if group or "其中" in said or "同期" in said:
            zones.append(("before", max(0, place.paragraph - BEFORE), place.paragraph))
        grouped = kind == "count" and bool(_subgroup_forms().search(said + follows))
        only_subjects = kind == "share" and (group or bool(SHARES.search(said)))
        for zone, start, end in zones:
            hits = self.between(start, end)
            for hit in reversed(hits):
                if (not hit.word.startswith("占") and self._is_base(hit)) or (
                    len(hit.word) < 3 and zone not in NEAR_ZONES
                ):
                    continue
                found = self._fits(hit, quantity, kind, place, headings, only_subjects)
                if found and (grouped and not {"group", "level"} & set(found.dims)):
                    found = None  # 产业工人43人 counts nothing that has no groups
                if found and zone not in NEAR_ZONES and found.theme not in CORE:
                    found = None  # only the core subjects are carried over a full stop
                if found:
                    return Bound(found, hit, zone)
                if hit.word in self.index.counted and kind != "count" and len(hit.word) > 2:
                    return None
        return self._by_heading(quantity, kind, place, headings) if group else None

    def _by_heading(self, quantity: Quantity, kind: str, place: Place, headings: str) -> Bound | None:
        """The subject that the headings name, for a number that names only a group."""
        for hit in reversed(self._in_headings(headings)):
            for indicator, group, subject in self.index.by_cue[hit.word]:
                if (not subject or self._shares(hit, place)) and self._allows(
                    indicator, group, quantity, kind, place, headings, ""
                ):
                    return Bound(indicator, Hit(place.paragraph, place.paragraph, hit.word), "heading")
        return None

    def _in_headings(self, headings: str) -> list[Hit]:
        if headings not in self.headings:
            self.headings[headings] = self.index.cues.find(headings)["cues"].all
        return self.headings[headings]

    def _is_base(self, hit: Hit) -> bool:
        """Whether a cue only names what a number is compared with: 是全年发展数的14倍."""
        return self.text[hit.end : hit.end + 1] == "的" and self.text[hit.end + 1 : hit.end + 2] in "0123456789*×●○近约"

    def _best(
        self, quantity: Quantity, kind: str, place: Place, headings: str, local: list[Hit], behind: list[Hit]
    ) -> Bound | None:
        best: tuple[float, Indicator, Hit] | None = None
        for hits, back in ((local, True), (behind, False)):
            for hit in hits:
                if (
                    back
                    and kind == "ratio"
                    and (self._is_base(hit) or BASE.fullmatch(self.text[hit.end : place.start]))
                ):
                    continue
                distance = max(place.start - hit.end, 0) if back else hit.start - place.end + 2
                if not back and len(hit.word) < 3 and hit.word not in NOUNS:
                    continue
                for indicator, group, subject in self.index.by_cue[hit.word]:
                    if subject and not self._shares(hit, place):
                        continue
                    own = self.text[place.item : min(place.right, place.end + 8) if back else hit.end]
                    if not self._allows(indicator, group, quantity, kind, place, headings, own):
                        continue
                    beside = 3.0 if not back and hit.start - place.end <= 1 else 0.0
                    points = (
                        beside
                        + len(hit.word.replace("*", ""))
                        + (0.5 if group.needs else 0)
                        - (0.12 if back else 0.4) * distance
                    )
                    points -= 0.5 if indicator.theme not in CORE else 0
                    if best is None or points > best[0]:
                        best = points, indicator, hit
        return Bound(best[1], best[2], "item") if best else None

    def _fits(
        self, hit: Hit, quantity: Quantity, kind: str, place: Place, headings: str, only_subjects: bool = False
    ) -> Indicator | None:
        own = (
            self.text[place.item : place.right]
            + "|"
            + self.text[max(place.paragraph, hit.start - 3) : min(hit.end + 4, place.start)]
        )
        for indicator, group, subject in self.index.by_cue[hit.word]:
            if (subject and not self._shares(hit, place)) or (
                only_subjects and not subject and not hit.word.startswith("占")
            ):
                continue
            if self._allows(indicator, group, quantity, kind, place, headings, own):
                return indicator
        return None

    def _shares(self, hit: Hit, place: Place) -> bool:
        """Whether 占 stands between a subject and the number: it is a share of the subject."""
        said = self.text[place.item : place.start]
        return bool(SHARES.search(said)) or not said.strip() or self._says_group(said)

    def _allows(
        self,
        indicator: Indicator,
        group: CueGroup,
        quantity: Quantity,
        kind: str,
        place: Place,
        headings: str,
        own: str,
    ) -> bool:
        """Whether kind, unit and the words around let a cue speak for an indicator; ``own`` must hold no near miss."""
        if indicator.kind != kind and not (
            kind == "count" and indicator.kind == "duration" and quantity.unit in indicator.units
        ):
            return False
        if indicator.units and quantity.unit not in indicator.units:
            return False
        if group.no and any(word in own for word in group.no):
            return False
        if group.near and not any(word in self.text[place.sentence : place.right + 12] for word in group.near):
            return False
        if not group.needs:
            return True
        wide = self.text[max(place.paragraph, place.sentence - CONTEXT) : place.right]
        return any(word in wide for word in group.needs) or any(word in headings for word in group.needs)

    def _elliptic(self, said: str, follows: str, quantity: Quantity) -> bool:
        """Whether the words around a number name no subject of their own."""
        said, follows = _without_groups(said), _without_groups(follows)
        return bool(FILLER.match(said)) and (
            not follows or bool(FILLER.match(follows)) or quantity.unit in ("%", "倍", "百分点")
        )

    def _says_group(self, said: str) -> bool:
        return bool(_subgroup_forms().search(said)) or "其中" in said or "占" in said or "岁" in said

    def _paired(
        self, quantity: Quantity, place: Place, headings: str, kind: str, turn: tuple[int, int]
    ) -> Bound | None:
        """The i-th subject for the i-th number of a list."""
        at, many = turn
        for start in (place.clause, place.sentence, place.paragraph):
            subjects: list[tuple[Hit, Indicator]] = []
            for hit in self.between(start, place.start):
                if self._is_base(hit) or BASE.match(self.text[hit.end : hit.end + 4] if hit.end < place.start else ""):
                    continue
                found = self._fits(hit, quantity, kind, place, headings)
                if found and not (subjects and subjects[-1][1].id == found.id):
                    subjects.append((hit, found))
            if len(subjects) >= many:
                hit, found = subjects[len(subjects) - many + at]
                return Bound(found, hit, "分别")
        return None


@cache
def _groups() -> re.Pattern[str]:
    forms = sorted(
        (form for dim in ("group", "audience", "level", "mode") for form in dimensions.forms()[dim]),
        key=len,
        reverse=True,
    )
    return re.compile("|".join(map(re.escape, forms)))


@cache
def _subgroup_forms() -> re.Pattern[str]:
    forms = sorted((form for dim in ("group", "level") for form in dimensions.forms()[dim]), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, forms)))


def _without_groups(said: str) -> str:
    return _groups().sub("", said.replace("\n", ""))


def _outermost(hits: list[Hit]) -> list[Hit]:
    """The hits that lie within no longer one: 发展女党员 speaks of developing, not of 女党员."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.end > kept[-1].end or (hit.start == kept[-1].start and hit.end == kept[-1].end):
            kept.append(hit)
    return kept
