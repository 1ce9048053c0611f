"""From jobs and reports to what has to be done: every run with its key, and why it is made, if it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dangjian.metrics import find_corrections, read_corrections
from dangjian.runs.batch.grids import Laid, Planned, lay, masks_of
from dangjian.runs.batch.jobs import Job, Jobs
from dangjian.runs.batch.keys import Key, Keys, reason
from dangjian.runs.batch.roll import Roll
from dangjian.runs.batch.stamps import Stamps, all_code
from dangjian.runs.batch.state import State
from dangjian.runs.batch.tables import Selection, select
from dangjian.runs.batch.work import Record, read_record, stands


@dataclass(frozen=True)
class Step:
    """One planned run.

    Attributes:
        record: what an earlier call left of it.
        why: the reason to make it, "" where it stands as it is.
    """

    planned: Planned
    selection: Selection
    key: Key
    record: Record | None
    why: str


@dataclass(frozen=True)
class Plan:
    """All runs of all jobs, in the order of the file."""

    steps: tuple[Step, ...]
    laid: Mapping[str, Laid]


def needed_masks(jobs: Sequence[Job]) -> list[str]:
    """Every reading of hidden digits that some job needs."""
    return sorted({mask for job in jobs for mask in masks_of(job)})


def make_plan(
    jobs: Jobs, rolls: Mapping[str, Roll], folder: Path, state: State, stamps: Stamps, *, force: bool = False
) -> Plan:
    """Lay out every job and compare each run with what stands.

    Args:
        rolls: the reports at hand, by the reading of hidden digits.
        folder: where the batch's outputs are.
        force: make every run again.
    Raises:
        JobsError, CorrectionError: a value that no report has, or a file of corrections that cannot be read.
    """
    place = find_corrections(jobs.reports)
    corrections = read_corrections(place) if place else ()
    keys = Keys(stamps, all_code(stamps))
    selections: dict[tuple[str, tuple[str, ...]], Selection] = {}
    facts = {mask: {one["report_id"]: one for one in roll.reports} for mask, roll in rolls.items()}
    steps, laid = [], {}
    names: set[str] = set()
    for job in jobs.jobs:
        laid[job.name] = lay(job, rolls[sorted(masks_of(job))[0]].reports, names)  # which reports: alike for all masks
        for planned in laid[job.name].runs:
            asked = (planned.mask, planned.reports)
            if asked not in selections:
                chosen = [facts[planned.mask][name] for name in planned.reports]
                selections[asked] = select(planned.mask, chosen, corrections)
            key = keys.of(planned, selections[asked])
            record = read_record(state.run(planned.name))
            why = "asked for" if force else reason(key, record.key if record else {})
            if not why and record is not None and not stands(record, folder, stamps):
                why = "its files are gone or changed" if record.run.done else "failed before"
            steps.append(Step(planned, selections[asked], key, record, why))
    return Plan(tuple(steps), laid)


def changed_since(step: Step, reports: Path, since: datetime) -> bool:
    """Whether a file that a run reads has been written since then."""
    folder = reports if reports.is_dir() else reports.parent
    return any(_written(folder / facts["file"]) >= since.timestamp() for facts in step.selection.reports)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")
