"""Numbers that take their name from the figures before them: 女性219名，占比46.8% is a share of what was developed.

Each entry of the catalogue says in ``follows`` which figures it may stand behind without words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dangjian.indicators.binding import Asked, Bound
from dangjian.indicators.catalogue import Catalogue, Indicator
from dangjian.indicators.ellipsis import names_group, names_no_subject, says_earlier, says_people
from dangjian.indicators.observation import Observation
from dangjian.indicators.words import Hit

BACK = 8
"""So many figures back a list of groups still speaks of its total."""
BESIDE = re.compile(r"(?:班次|班|场次)?[、，（(和]?(?:共|计|共计|合计|累计|约|近|超过?|达到?|有)*")
OF_MEMBERS = re.compile(r"(?:其中)?[\u4e00-\u9fff]{1,5}党员")
"""A group outside the closed list (教师党员6人) is counted all the same; it has no value in ``dims``."""
PEOPLE = frozenset(["名", "人", "位", ""])


class Following:
    """Finds the indicator of a number by the figures before it in its paragraph."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.text, self.catalogue = text, catalogue
        self._behind: dict[str, list[Indicator]] = {}
        for indicator in catalogue.values():
            for earlier in indicator.follows:
                self._behind.setdefault(earlier, []).append(indicator)

    def outweighs(self, own: Bound, asked: Asked) -> bool:
        """Whether its own words name but a group of people: 女党员 are counted as the figure before them says."""
        place = asked.place
        said = self.text[place.item : place.start]
        return asked.kind == "count" and says_people(own.cue.word, whole=True) and (names_group(said) or "其中" in said)

    def find(self, asked: Asked, rows: Sequence[Observation]) -> Bound | None:
        """What the nearest figure that allows it makes of a number, or None.

        Args:
            rows: the observations before it, in text order.
        """
        quantity, place = asked.quantity, asked.place
        if quantity.joined and rows and rows[-1].indicator and rows[-1].unit == quantity.unit:
            named = self.catalogue[rows[-1].indicator]
            if named.kind == asked.kind:
                return Bound(named, Hit(rows[-1].start, rows[-1].end, rows[-1].text), "figure")
        said = quantity.label or self.text[place.item : place.start]
        follows = "" if quantity.label else self.text[place.end : place.right]
        people = asked.kind == "count" and quantity.unit in PEOPLE
        grouped = people and (names_group(said + follows) or bool(OF_MEMBERS.fullmatch(said)))
        bare = names_no_subject(said, follows, quantity.unit)
        if not bare and not (grouped and says_people(said + follows)):
            return None
        if asked.kind == "count" and not grouped and not says_earlier(said):
            return self._beside(asked, rows[-1]) if rows else None
        for row in reversed(rows[-BACK:]):
            if row.start < place.paragraph:
                return None
            if row.indicator is None:
                continue
            found = self._of(row, asked, grouped)
            if found is not None:
                return Bound(found, Hit(row.start, row.end, row.text), "figure")
            if self.text.count("。", row.end, place.start) > 1 and not grouped:
                return None
        return None

    def _beside(self, asked: Asked, row: Observation) -> Bound | None:
        """What a count with no words of its own is right behind a count in another unit: 专题班9期、9,720人次."""
        between = self.text[row.end : asked.place.start]
        if not BESIDE.fullmatch(between) or row.indicator is None or row.unit == asked.quantity.unit:
            return None
        for indicator in self._behind.get(row.indicator, ()):
            if indicator.kind == "count" and asked.quantity.unit in indicator.units:
                return Bound(indicator, Hit(row.start, row.end, row.text), "figure")
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
