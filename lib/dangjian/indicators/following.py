"""Numbers that take their name from the figures before them: 女性219名，占比46.8% is a share of what was developed.

Each entry of the catalogue says in ``follows`` which figures it may stand behind without words of its own.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from dangjian.indicators.binding import Asked, Bound
from dangjian.indicators.catalogue import CORE, Catalogue, Indicator
from dangjian.indicators.ellipsis import names_group, names_no_subject, says_earlier, says_people
from dangjian.indicators.index import index_of
from dangjian.indicators.observation import Observation
from dangjian.indicators.places import FIGURE, Place
from dangjian.indicators.words import Hit

BACK = 8
"""So many figures back a list of groups still speaks of its total."""
BESIDE = re.compile(r"(?:班次|班|场次)?[、，（(和]?(?:共计?|计|合计|累计|约|近|超过?|达到?|有|来了)*+")
ACTED = 6
LONGEST_GROUP = 8
COLUMN_REACH = 60
TABLE_CELL = "table cell"
OF_TWO = re.compile("前者|后者")
BOTH = re.compile("[二两]者[^，。；]{0,24}$")
GROUP = re.compile(
    r"^(?:其中)?(?!.*(?:不合格|困难|流动|失联|优秀|违[纪法]|除名|出党|去世|停止|志愿|合格))[\u4e00-\u9fff]{1,5}党员$|\d周?岁"
)
"""A group outside the closed list (教师党员6人) is counted all the same; it has no value in ``dims``."""
PEOPLE = frozenset(["名", "人", "位", ""])

SECOND_LEVEL = re.compile(r"[\u4e00-\u9fff]{0,4}(?:到|至|为)了?(?:20\d\d年的|今年的|目前的|现在的)?")
"""What stands between the two levels of one figure."""


class Following:
    """Finds the indicator of a number by the figures before it in its paragraph."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.text, self.catalogue = text, catalogue
        self._behind = index_of(catalogue).behind

    def same_level(self, asked: Asked, rows: Sequence[Observation]) -> Bound | None:
        """What the second of two levels measures: that of the first (由初期的88.4%上升到95.7%)."""
        if not rows or rows[-1].start < asked.place.sentence:
            return None
        between = self.text[rows[-1].end : asked.quantity.start]
        return self._listed(asked, rows[-1]) if SECOND_LEVEL.fullmatch(between) else None

    def acts_on_another(self, own: Bound, asked: Asked, rows: Sequence[Observation]) -> bool:
        """Whether what was done was done to the figure right before it: 问题线索8件已办结7件 rectifies no problem."""
        if not rows or own.indicator.theme != "rectification" or rows[-1].theme in CORE or rows[-1].indicator is None:
            return False
        between = self.text[rows[-1].end : asked.quantity.start]
        return len(between) <= ACTED and not any(sign in between for sign in "，、；。：\n")

    def outweighs(self, own: Bound, asked: Asked, rows: Sequence[Observation]) -> bool:
        """Whether its own words name but a group of people: 女党员 are counted as the figure before them says."""
        place = asked.place
        said = self.text[place.item : place.start]
        if asked.kind == "share" and rows and rows[-1].start >= place.sentence:
            return rows[-1].theme in CORE and own.indicator.theme not in CORE and names_group(own.cue.word)
        if asked.kind != "count":
            return False
        if own.indicator.theme == "other" and said == own.cue.word:
            return True  # 教职工38名 names but a group
        if rows and own.indicator.theme not in CORE and self._lists_groups(asked, rows[-1]):
            return True
        return says_people(own.cue.word, whole=True) and (names_group(said) or "其中" in said)

    def _lists_groups(self, asked: Asked, row: Observation) -> bool:
        """Whether a number goes on with the groups that a count is made of: 其中本科生812名、教职工36名."""
        place = asked.place
        if place.start - place.item > LONGEST_GROUP or row.indicator is None or row.unit != asked.quantity.unit:
            return False
        if self.text[row.end : place.item] not in ("", "、"):
            return False
        if self.text.startswith("其中", place.clause) or self.text.startswith("含", place.item):
            return True
        people = asked.quantity.unit in PEOPLE and "group" in self.catalogue[row.indicator].dims
        return people and "其中" in self.text[place.sentence : row.start]

    def find(
        self, asked: Asked, rows: Sequence[Observation], own: Bound | None = None, turn: tuple[int, int] | None = None
    ) -> Bound | None:
        """What the nearest figure that allows it makes of a number, or None.

        Args:
            rows: the observations before it, in text order.
            own: what its own words name, where they name but a group of people.
            turn: which one it is of how many in a list with 分别.
        """
        if not rows:
            return None
        quantity, place = asked.quantity, asked.place
        if turn is not None and turn[1] == 2 and BOTH.search(self.text, place.clause, place.start):
            return self._of_two(asked, rows, "前者" if turn[0] == 0 else "后者")
        if quantity.joined and (listed := self._listed(asked, rows[-1])):
            return listed
        said = quantity.label or self.text[place.item : place.start]
        follows = "" if quantity.label else self.text[place.end : place.right]
        if ordinal := OF_TWO.match(said):
            return self._of_two(asked, rows, ordinal.group())
        if asked.kind == "count" and self._lists_groups(asked, rows[-1]):
            return self._listed(asked, rows[-1])
        if asked.kind == "count" and self._says_part(place) and (part := self._part(asked, rows)):
            return part
        people = asked.kind == "count" and quantity.unit in PEOPLE
        grouped = people and (bool(GROUP.search(said)) or names_group(said + follows))
        if own is not None and own.indicator.theme == "other":
            grouped = people
        elif not names_no_subject(said, follows, quantity.unit) and not (grouped and says_people(said + follows)):
            return None
        if quantity.rule == TABLE_CELL:
            return self._in_column(asked, rows)
        if asked.kind == "count" and not grouped and not says_earlier(said):
            return self._beside(asked, rows[-1])
        return self._nearest(asked, rows, grouped)

    def _nearest(self, asked: Asked, rows: Sequence[Observation], grouped: bool) -> Bound | None:
        """By the nearest figure of its paragraph that leaves it a name; a count between them ends the search."""
        place = asked.place
        for row in reversed(rows[-BACK:]):
            if row.start < place.paragraph:
                return None
            if row.indicator is None:
                continue
            found = self._of(row, asked, grouped)
            if found is not None:
                return _figure(found, row)
            if not grouped and self.text.count("。", row.end, place.start) > 1:
                return None
            if asked.kind != "count" and self._ends(row, asked):
                return None
        return None

    def _ends(self, row: Observation, asked: Asked) -> bool:
        """Whether a figure that leaves the number no name hides what was counted before it."""
        kind = self.catalogue[row.indicator].kind if row.indicator else ""
        if kind in ("count", "amount"):
            return asked.quantity.unit in ("%", "倍", row.unit)
        return kind == asked.kind == "change" and row.unit != "%"

    def _listed(self, asked: Asked, row: Observation) -> Bound | None:
        """A number of a list measures what the one before it does."""
        if row.indicator is None or row.unit != asked.quantity.unit:
            return None
        named = self.catalogue[row.indicator]
        return _figure(named, row) if named.kind == asked.kind else None

    def _says_part(self, place: Place) -> bool:
        """Whether the number's clause begins with 其中, and no other figure stands in it."""
        return self.text.startswith("其中", place.clause) and not FIGURE.search(self.text, place.clause, place.item)

    def _part(self, asked: Asked, rows: Sequence[Observation]) -> Bound | None:
        """What 其中 makes of a count with no name of its own: a part of the last count in the same unit."""
        for row in reversed(rows[-BACK:]):
            if row.start < asked.place.paragraph or "。" in self.text[row.end : asked.place.start]:
                return None
            if row.unit == asked.quantity.unit:
                return self._listed(asked, row)
        return None

    def _of_two(self, asked: Asked, rows: Sequence[Observation], which: str) -> Bound | None:
        """What 前者 and 后者, and 二者分别 in turn, make of a number: the last two counts of its paragraph."""
        counts = [row for row in rows[-BACK:] if row.start >= asked.place.paragraph and self._counts(row)][-2:]
        if len(counts) < 2:
            return None
        row = counts[0 if which == "前者" else 1]
        found = self._of(row, asked, False)
        return _figure(found, row) if found else None

    def _counts(self, row: Observation) -> bool:
        return row.indicator is not None and self.catalogue[row.indicator].kind == "count"

    def _in_column(self, asked: Asked, rows: Sequence[Observation]) -> Bound | None:
        """In a table whose rows are groups, what the column's cells above measure."""
        column = self._column(asked.quantity.start)
        for row in reversed(rows[-COLUMN_REACH:]):
            if row.rule != TABLE_CELL:
                return None
            if row.indicator and self._column(row.start) == column:
                named = self.catalogue[row.indicator]
                return _figure(named, row) if named.kind == asked.kind and row.unit == asked.quantity.unit else None
        return None

    def _column(self, start: int) -> int:
        """How many columns stand before an offset in its line, which may be as long as the text."""
        lines, columns = self._breaks
        line = bisect_left(lines, start)
        return bisect_left(columns, start) - bisect_left(columns, lines[line - 1] if line else 0)

    @cached_property
    def _breaks(self) -> tuple[array[int], array[int]]:
        """Where lines end, and where a column does."""
        return _places("\\n", self.text), _places("[\\t|]", self.text)

    def _beside(self, asked: Asked, row: Observation) -> Bound | None:
        """What a count with no words of its own is right behind a count in another unit: 专题班9期、9,720人次."""
        between = self.text[row.end : asked.place.start]
        if not BESIDE.fullmatch(between) or row.indicator is None or row.unit == asked.quantity.unit:
            return None
        for indicator in self._behind.get(row.indicator, ()):
            if indicator.kind == "count" and asked.quantity.unit in indicator.units:
                return _figure(indicator, row)
        return None

    def _of(self, row: Observation, asked: Asked, grouped: bool) -> Indicator | None:
        """The indicator that one figure before it leaves for the number."""
        if row.indicator is None:
            return None
        named = self.catalogue[row.indicator]
        if asked.kind == "count":
            fits = named.kind == "count" and asked.quantity.unit == row.unit and (not grouped or "group" in named.dims)
            return named if fits else None
        for indicator in self._behind.get(row.indicator, ()):
            if indicator.kind == asked.kind and (not indicator.units or asked.quantity.unit in indicator.units):
                return indicator
        return None


def _figure(indicator: Indicator, row: Observation) -> Bound:
    return Bound(indicator, Hit(row.start, row.end, row.text), "figure")


def _places(sign: str, text: str) -> array[int]:
    return array("q", [found.start() for found in re.finditer(sign, text)])
