"""The catalogue turned around: for each cue the indicators that it speaks for, ready to be found in a text."""

from __future__ import annotations

from functools import cache

from dangjian.indicators import dims as dimensions
from dangjian.indicators.catalogue import CORE, Catalogue, CueGroup, Indicator
from dangjian.indicators.words import Words
from dangjian.quantities import Quantity
from dangjian.quantities.units import DURATIONS

AMOUNTS = frozenset(["元", "美元", "港元", "欧元"])
SPANS = frozenset(["天", "分钟", "年", *DURATIONS])


class Index:
    """The cues of a catalogue.

    Attributes:
        by_cue: for each cue the entries that it speaks for: indicator, group of cues, whether it only names the
            subject of which a share is taken.
        words: all cues and the forms of all dimensions, to be found in one pass.
        behind: for each indicator those that may stand behind its figure without words of their own.
        counted: cues of the core counts; a number of another kind never looks past one of them.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.by_cue: dict[str, list[tuple[Indicator, CueGroup, bool]]] = {}
        for indicator in catalogue.values():
            for group in indicator.groups:
                for cue in group.cues:
                    self.by_cue.setdefault(cue, []).append((indicator, group, False))
            for cue in indicator.subject:
                self.by_cue.setdefault(cue, []).append((indicator, indicator.groups[0], True))
        self.behind: dict[str, list[Indicator]] = {}
        for indicator in catalogue.values():
            for earlier in indicator.follows:
                self.behind.setdefault(earlier, []).append(indicator)
        self.words = Words({"cues": self.by_cue, "dims": dimensions.all_forms()}, outermost=("cues",))
        self.cues = Words({"cues": self.by_cue})
        self.counted = frozenset(
            cue
            for cue, served in self.by_cue.items()
            if any(one.kind == "count" and one.theme in CORE for one, _, _ in served)
        )


@cache
def index_of(catalogue: Catalogue) -> Index:
    """The index of a catalogue, made once."""
    return Index(catalogue)


def kind_of(quantity: Quantity) -> str:
    """The kind of indicator that a quantity can bind to."""
    return kind_in(quantity.unit, quantity.change)


def kind_in(unit: str, change: str | None) -> str:
    """The kind of what is told in a unit, as a change or not."""
    if change:
        return "change"
    if unit == "%":
        return "share"
    if unit == "倍":
        return "ratio"
    if unit in AMOUNTS:
        return "amount"
    return "duration" if unit in SPANS else "count"
