"""The arithmetic of joint bounds as a check for authors: which hidden figures of a report its other figures reveal."""

from __future__ import annotations

from math import ceil, floor
from typing import NamedTuple

from dangjian.analysis.deriving import Derived, derive, rests_on
from dangjian.analysis.joint import printed
from dangjian.analysis.statements import Statement
from dangjian.analysis.ties import ties_of
from dangjian.analysis.withholding import Range, gives_away
from dangjian.bounds import Bounds, closed
from dangjian.indicators import extract
from dangjian.metrics import frame
from dangjian.reports import Report


class Place(NamedTuple):
    """A figure in a report."""

    report_id: str
    start: int
    end: int
    text: str
    label: str


class Revealed(NamedTuple):
    """A hidden figure that others reveal.

    Attributes:
        bounds: what follows for it, in its own unit.
        pinned: whether that is one value.
        rests_on: the other figures from which it follows, none of which can be left out.
    """

    place: Place
    bounds: Bounds
    pinned: bool
    rests_on: tuple[Place, ...]


class Audit(NamedTuple):
    """What an author should know before publishing: the hidden figures that are revealed, in text order."""

    revealed: tuple[Revealed, ...]
    hidden: int

    @property
    def pinned(self) -> tuple[Revealed, ...]:
        """Those of which one value is left."""
        return tuple(one for one in self.revealed if one.pinned)

    @property
    def sentence(self) -> str:
        """The outcome in one Chinese sentence."""
        if not self.revealed:
            return f"{self.hidden}个遮盖的数中，没有哪个可由同一文中的其他数推得过窄。"
        rest = len(self.revealed) - len(self.pinned)
        parts = [f"{len(self.pinned)}个可推定为唯一的值"] if self.pinned else []
        parts += [f"{rest}个人数可推到不超过9或相差不到五分之一"] if rest else []
        return f"{self.hidden}个遮盖的数中，{'，'.join(parts)}。"


def audit(*reports: Report, mask: str = "auto") -> Audit:
    """The hidden figures of reports that their other figures reveal.

    Several reports of one district are taken together, as a reader of all of them would. Shown are hidden figures
    of which one value is left, and hidden counts of people that come out at 9 or less or within a fifth.

    Args:
        reports: one report or more; those already published may be among them.
        mask: how hidden digits read, as for `extract`.
    Raises:
        SolverError: HiGHS is not installed.
    """
    seen = [row for report in reports for row in extract(report, mask=mask).observations]
    found = ties_of(frame(seen, reports))
    derived = derive(found)
    revealed = []
    for at, figure in enumerate(found.figures):
        for said in figure.statements:
            if not said.masked:
                continue
            bounds, pinned = _left(derived, at, said)
            alone = figure._replace(statements=(said,))
            if pinned or gives_away(alone, Range(bounds.lower, bounds.top)):
                rests = tuple(_place(other) for other in rests_on(found, derived, at, said))
                revealed.append((said.row, Revealed(_place(said), bounds, pinned, rests)))
    revealed.sort(key=lambda one: one[0])
    return Audit(tuple(one for _, one in revealed), sum(row.masked for row in seen))


def _left(derived: Derived, at: int, said: Statement) -> tuple[Bounds, bool]:
    """What is left of a hidden figure, and whether it is one value where its own text left more."""
    lower, upper = printed(derived, at, said)
    if said.half and upper - lower <= 4 * said.half:  # only what can be printed at its last place
        step = 2 * said.half
        lower = max(lower, round(ceil(lower / step - 1e-6) * step, 6))
        upper = min(upper, round(floor(upper / step + 1e-6) * step, 6))
    pinned = lower >= upper and said.lower < said.top
    if said.lower < 0:
        lower, upper = -upper, -lower
    return closed(lower, max(lower, upper)), pinned


def _place(said: Statement) -> Place:
    return Place(said.report_id, said.start, said.end, said.text, said.label)
