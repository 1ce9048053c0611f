"""Systems that reports describe (a supervision platform, a hotline, ledgers …): which numbers belong to which.

A system is an entry of ``systems.toml``: indicators, and words that may stand in a number's label or sentence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd

from dangjian.analysis.figures import rows_of
from dangjian.metrics import evidence

if TYPE_CHECKING:
    from dangjian.reports import Report


@dataclass(frozen=True)
class System:
    """One system: its name, the indicators that speak of it alone, words that name it, and dimensions it is told by."""

    title: str
    indicators: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    dims: tuple[tuple[str, str], ...] = ()

    def holds(self, row: dict[str, Any], sentence: str) -> bool:
        """Whether a row belongs to it: by its indicator, by a dimension, or by a word of its label or sentence."""
        if row["indicator"] in self.indicators or any(row["dims"].get(dim) == value for dim, value in self.dims):
            return True
        return any(word in row["label"] or word in sentence for word in self.words)


@cache
def load_systems() -> tuple[System, ...]:
    """The systems of ``systems.toml``, in its order."""
    entries = tomllib.loads(files(__package__).joinpath("systems.toml").read_text(encoding="utf-8"))["system"]
    return tuple(
        System(
            entry["title"],
            tuple(entry.get("indicators", ())),
            tuple(entry.get("words", ())),
            tuple(entry.get("dims", {}).items()),
        )
        for entry in entries
    )


def of_systems(rows: pd.DataFrame, reports: Iterable[Report] = ()) -> pd.DataFrame:
    """The rows that belong to some system, with the system's name in ``system``.

    Args:
        rows: rows of a metrics table.
        reports: texts at hand; where a text is not, words are looked for in the label alone.
    Returns:
        The rows, system by system; one that belongs to several stands in the first.
    """
    known = {report.report_id: report for report in reports}
    systems = load_systems()
    found: dict[int, str] = {}
    for at, row in enumerate(rows_of(rows)):
        seen = evidence(row, known)
        sentence = seen.sentence if seen.found else ""
        name = next((system.title for system in systems if system.holds(row, sentence)), None)
        if name is not None:
            found[at] = name
    order = [system.title for system in systems]
    places = sorted(found, key=lambda at: (order.index(found[at]), at))
    told = rows.iloc[places]
    return told.assign(system=pd.Series([found[at] for at in places], dtype="str", index=told.index))
