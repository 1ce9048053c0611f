"""Binding: which indicator a quantity measures, by the cue that stands nearest in its item, clause or sentence.

Where the number's own words say only a group or nothing (其中产业工人12名, 增长5%), the subject is carried
over from what the sentence, or else the paragraph, spoke of last.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.indicators.catalogue import CORE, Catalogue, CueGroup, Indicator
from dangjian.indicators.ellipsis import (
    BASE,
    is_base,
    names_group,
    names_no_subject,
    nouns,
    says_part,
    says_share,
    summed,
)
from dangjian.indicators.index import index_of
from dangjian.indicators.places import FIGURE, Place
from dangjian.indicators.words import Hit, Hits
from dangjian.quantities import Quantity

NEAREST_RIGHT = 12
"""A cue farther behind its unit speaks of something else."""
CONTEXT = 80
"""How far before its sentence the words that an indicator needs may stand."""
AHEAD = 8
"""How far behind its clause they may stand: 下达计划86名，发展党员85名."""
BEFORE = 200
"""How far before its paragraph a subject is carried over."""
PLACES = re.compile("(?:[一-龥]{0,4}(?:村|社区|街道|乡镇|镇|园区|小区|网格)|企业|单位|部门|社会组织|学校|学院)")
SORTS = frozenset(("方面", "类", "大类", "层面"))
SORTED = re.compile("(?:大?方面|大?类|层面)")
SUM = re.compile("[合总共]\\s*计|总\\s*数|全[省市县区镇乡街]")
"""What the row of a sum over all others is called."""
OF_YEAR = re.compile(r"[ |｜]{0,4}(?:19|20)\d\d ?(?:年度?)? ?[\t|｜]")
"""A row of a table that begins with its year."""
NEAR_ZONES = ("clause", "sentence")
"""Short cues, and cues of the themes around the core, carry no subject further than their sentence."""
BESIDE, NEEDED, AROUND, PER_SIGN_BEFORE, PER_SIGN_BEHIND = 3.0, 0.5, -0.5, -0.12, -0.4
"""Points of a cue besides one a character: right behind its unit, with words that it needs, outside the core, and
for each character that stands between it and the number."""


class Bound(NamedTuple):
    """An indicator found for a quantity and what found it."""

    indicator: Indicator
    cue: Hit
    zone: str


class Asked(NamedTuple):
    """A quantity to be bound: where it stands, the headings above it in one string, its kind."""

    quantity: Quantity
    place: Place
    headings: str
    kind: str


class Binder:
    """Binds the quantities of one text."""

    def __init__(self, text: str, catalogue: Catalogue, hits: Hits) -> None:
        self.text, self.index = text, index_of(catalogue)
        self.between = hits.between
        self._headings: dict[str, list[Hit]] = {}

    def by_own_words(self, asked: Asked, turn: tuple[int, int] | None = None) -> Bound | None:
        """The indicator that a quantity's own words name: its pair in a list with 分别, else the best cue.

        Args:
            turn: which one it is of how many in a list that 分别 pairs with subjects.
        """
        paired = self._paired(asked, turn, asked.place.clause) if turn is not None else None
        return paired or self._by_own_words(asked)

    def by_pair(self, asked: Asked, turn: tuple[int, int]) -> Bound | None:
        """The subject that a list with 分别 pairs with the number, named before its clause."""
        return self._paired(asked, turn, asked.place.sentence)

    def _by_own_words(self, asked: Asked) -> Bound | None:
        """The best cue in the number's item or right behind its unit, else among the nouns that its clause lists."""
        text, place = self.text, asked.place
        first = place.clause if summed().search(text, place.item, place.start) else place.item
        best = self._best(asked, first)
        if best is None and place.clause < first and not FIGURE.search(text, place.clause, place.item):
            best = self._best(asked, place.clause, shortest=3)  # 在院坝、车间跑了12场: 、 parts nouns here
        return Bound(best[1], best[2], "item") if best else None

    def _best(self, asked: Asked, first: int, shortest: int = 1) -> tuple[float, Indicator, Hit] | None:
        """The cue of most points between an offset and the number, or right behind its unit."""
        text, place = self.text, asked.place
        best: tuple[float, Indicator, Hit] | None = None
        counts_places = asked.quantity.unit in ("个", "家") and bool(PLACES.match(text, place.end))
        counts_places = counts_places or self._sorts(asked)
        own = text[place.item : min(place.right, place.end + 8)]
        for hit in self.between(first, place.end):  # 32学时 says in its unit what it measures
            if len(hit.word) < shortest:
                continue
            if asked.kind == "ratio" and (is_base(text, hit.end) or BASE.fullmatch(text[hit.end : place.start])):
                continue
            if counts_places and self._core(hit):
                continue
            points = PER_SIGN_BEFORE * max(place.start - hit.end, 0)
            best = self._better(best, asked, hit, points, own)
        for hit in self.between(first, place.right):  # 发现四十二个问题 as a whole is 发现*问题
            if hit.start < place.start and hit.end > place.end:
                best = self._better(best, asked, hit, 0, own)
        for hit in self.between(place.end, place.right):
            apart = hit.start - place.end
            if apart > NEAREST_RIGHT or (len(hit.word) < 3 and hit.word not in nouns()):
                continue
            if counts_places and apart and self._core(hit):
                continue  # 512个行政村已建立党组织 counts villages
            points = PER_SIGN_BEHIND * (apart + 2) + (BESIDE if apart <= 1 else 0)
            best = self._better(best, asked, hit, points, text[place.item : hit.end])
        return best

    def _sorts(self, asked: Asked) -> bool:
        """Whether kinds of things are counted: of 4个方面13类36个问题 only the last are problems."""
        return asked.quantity.unit in SORTS or bool(SORTED.match(self.text, asked.place.end))

    def _core(self, hit: Hit) -> bool:
        return self.index.by_cue[hit.word][0][0].theme in CORE

    def _better(
        self, best: tuple[float, Indicator, Hit] | None, asked: Asked, hit: Hit, points: float, own: str
    ) -> tuple[float, Indicator, Hit] | None:
        """The better of the best so far and what one cue offers."""
        points += len(hit.word) - hit.word.count("*")
        for indicator, group, subject in self.index.by_cue[hit.word]:
            if (subject and not self._of_subject(asked)) or not self._allows(indicator, group, asked, own):
                continue
            total = points + (NEEDED if group.needs else 0) + (0 if indicator.theme in CORE else AROUND)
            if best is None or total > best[0]:
                best = total, indicator, hit
        return best

    def by_subject(self, asked: Asked, listed: bool) -> Bound | None:
        """The subject spoken of last, for a number whose own words name none."""
        quantity, place, kind = asked.quantity, asked.place, asked.kind
        said = quantity.label or self.text[place.item : place.start]
        follows = "" if quantity.label else self.text[place.end : place.right]
        if not names_no_subject(said, follows, quantity.unit) or self._sorts(asked):
            return None
        part = listed or says_part(said + follows)
        grouped = kind == "count" and names_group(said + follows)
        of_subject = kind == "share" and (part or says_share(said))
        for zone, start, end in self._zones(place, said, kind, part):
            for hit in reversed(self.between(start, end)):
                if (not hit.word.startswith("占") and is_base(self.text, hit.end)) or (
                    len(hit.word) < 3 and zone not in NEAR_ZONES
                ):
                    continue
                found = self._fits(asked, hit, of_subject)
                if found and grouped and not {"group", "level"} & set(found.dims):
                    continue  # 产业工人43人 counts nothing that has no groups
                if found and (zone in NEAR_ZONES or found.theme in CORE):
                    return Bound(found, hit, zone)
                if hit.word in self.index.counted and kind != "count" and len(hit.word) > 2:
                    return None
        return self._by_heading(asked) if part or self._opens_section(place) else None

    def _opens_section(self, place: Place) -> bool:
        """Whether no figure stands between the heading and the number: 发展党员 above, 全年共86名 below."""
        above = self.text.rfind("\n", 0, max(place.paragraph - 1, 0)) + 1
        return not FIGURE.search(self.text, max(above, place.start - CONTEXT), place.item)

    def _zones(self, place: Place, said: str, kind: str, part: bool) -> list[tuple[str, int, int]]:
        """Where a subject may have been named, the nearest zone first."""
        zones = [("clause", place.clause, place.item), ("sentence", place.sentence, place.clause)]
        if kind != "count" or part or not said.strip():
            zones.append(("paragraph", place.paragraph, place.sentence))
        if part or "同期" in said:
            zones.append(("before", max(0, place.paragraph - BEFORE), place.paragraph))
        return zones

    def by_label(self, asked: Asked) -> Bound | None:
        """What the column of a sum, or of a row for each year, counts: the longest cue of its label.

        The rows of single towns and offices stay unbound, since their figures are none of the report's district.
        """
        label, place = asked.quantity.label, asked.place
        of_year = OF_YEAR.match(self.text, self.text.rfind("\n", 0, place.start) + 1) and not PLACES.search(label)
        return self.by_column(asked) if of_year or SUM.match(label) else None

    def by_column(self, asked: Asked) -> Bound | None:
        """What the longest cue of a cell's label names, in whatever row it stands."""
        label, place = asked.quantity.label, asked.place
        hits = self.index.cues.find(label)["cues"].all
        for hit in sorted(hits, key=lambda hit: (-len(hit.word), -hit.start)):
            for indicator, group, subject in self.index.by_cue[hit.word]:
                if not subject and self._allows(indicator, group, asked, label):
                    return Bound(indicator, Hit(place.paragraph, place.paragraph, hit.word), "column")
        return None

    def _by_heading(self, asked: Asked) -> Bound | None:
        """The subject that the headings name."""
        headings = asked.headings
        if headings not in self._headings:
            self._headings[headings] = self.index.cues.find(headings)["cues"].all
        for hit in reversed(self._headings[headings]):
            for indicator, group, subject in self.index.by_cue[hit.word]:
                if (not subject or self._of_subject(asked)) and self._allows(indicator, group, asked, ""):
                    return Bound(indicator, Hit(asked.place.paragraph, asked.place.paragraph, hit.word), "heading")
        return None

    def _fits(self, asked: Asked, hit: Hit, of_subject: bool = False, paired: bool = False) -> Indicator | None:
        """The indicator that a cue speaks for from afar; of a pair only what is beside it may speak against."""
        place = asked.place
        beside = self.text[max(place.paragraph, hit.start - 3) : min(hit.end + (0 if paired else 4), place.start)]
        own = beside if paired else f"{self.text[place.item : place.right]}|{beside}"
        for indicator, group, subject in self.index.by_cue[hit.word]:
            if subject and not self._of_subject(asked):
                continue
            if of_subject and not subject and not hit.word.startswith("占"):
                continue
            if self._allows(indicator, group, asked, own):
                return indicator
        return None

    def _of_subject(self, asked: Asked) -> bool:
        """Whether the number's own words say that it is a share, or part, of a subject."""
        said = self.text[asked.place.item : asked.place.start]
        return says_share(said) or not said.strip() or says_part(said)

    def _allows(self, indicator: Indicator, group: CueGroup, asked: Asked, own: str) -> bool:
        """Whether kind, unit and the words around let a cue speak; ``own`` must hold no near miss."""
        unit, place = asked.quantity.unit, asked.place
        if indicator.kind != asked.kind and not (
            asked.kind == "count" and indicator.kind == "duration" and unit in indicator.units
        ):
            return False
        if indicator.units and unit not in indicator.units:
            return False
        if group.no and any(map(own.__contains__, group.no)):
            return False
        if group.near and not any(map(self.text[place.sentence : place.right + 12].__contains__, group.near)):
            return False
        if not group.needs:
            return True
        wide = self.text[max(place.paragraph, place.sentence - CONTEXT) : place.right + AHEAD]
        return any(map(wide.__contains__, group.needs)) or any(map(asked.headings.__contains__, group.needs))

    def _paired(self, asked: Asked, turn: tuple[int, int], start: int) -> Bound | None:
        """The i-th subject named from an offset on, for the i-th number of a list."""
        at, many = turn
        subjects: list[Bound] = []
        for hit in self.between(start, asked.place.start):
            if is_base(self.text, hit.end) or BASE.match(self.text[hit.end : min(hit.end + 4, asked.place.start)]):
                continue
            found = self._fits(asked, hit, paired=True)
            if found and not (subjects and subjects[-1].indicator.id == found.id):
                subjects.append(Bound(found, hit, "分别"))
        return subjects[len(subjects) - many + at] if len(subjects) >= many else None
