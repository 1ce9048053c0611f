"""From a job and what its reports are to its runs: one a combination of the grid, each with the reports it selects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from dangjian.runs.folder import LONGEST, slug
from dangjian.runs.keys import digest_of
from dangjian.runs.plan import EACH, Job
from dangjian.runs.readings import Reading


@dataclass(frozen=True)
class Task:
    """One run of a notebook.

    Attributes:
        name: the stem of its files; no two tasks of a plan have the same.
        title: what sets it apart from the others of its job, in words.
        parameters: those of the job and of this combination.
        readings: what was read in the reports that it selects.
    """

    job: Job
    name: str
    title: str
    parameters: Mapping[str, Any]
    readings: tuple[Reading, ...]


def tasks_of(job: Job, readings: Sequence[Reading]) -> tuple[list[Task], list[str]]:
    """The runs of a job, and the combinations that select no report, in words.

    Args:
        readings: of all reports of the job, those that could be read.
    """
    known = [reading for reading in readings if reading.facts]
    choices = {name: _each(name, known) if values == EACH else values for name, values in job.grid.items()}
    tasks: list[Task] = []
    empty: list[str] = []
    taken: set[str] = set()
    for combination in product(*choices.values()):
        values = dict(zip(choices, combination, strict=True))
        parameters = dict(job.parameters) | values
        selected = tuple(reading for reading in known if _selects(parameters, reading))
        words = "-".join(_word(value) for value in values.values())
        if not selected:
            empty.append(words or job.name)
            continue
        for group in [(reading,) for reading in selected] if job.each_report else [selected]:
            facts = group[0].facts or {}
            title = "-".join(part for part in (words, facts["report_id"] if job.each_report else "") if part)
            name = _name(job, title)
            if name in taken:
                mark = digest_of([parameters, [reading.key for reading in group]])[:8]
                name = f"{name[: LONGEST - 9]}-{mark}"
            taken.add(name)
            tasks.append(Task(job, name, title, parameters, group))
    return tasks, empty


def _name(job: Job, title: str) -> str:
    return slug(f"{job.name}-{title}" if title else job.name)


def _each(name: str, readings: Iterable[Reading]) -> list[Any]:
    """Every value that the reports have, sorted."""
    facts = [reading.facts or {} for reading in readings]
    if name == "district":
        return sorted({one["district"] for one in facts if one["district"]})
    years = sorted({one["year"] for one in facts if one["year"] is not None})
    return [[year] for year in years] if name == "years" else years


def _selects(parameters: Mapping[str, Any], reading: Reading) -> bool:
    """Whether a run with these parameters reads the report: district and years are what notebooks choose by."""
    facts = reading.facts or {}
    district, years = parameters.get("district"), parameters.get("years") or parameters.get("year") or []
    years = years if isinstance(years, list) else [years]
    return (not district or facts["district"] == district) and (not years or facts["year"] in years)


def _word(value: Any) -> str:
    if isinstance(value, list):
        return "+".join(map(_word, value)) or "all"
    return str(value) if value not in ("", None) else "all"
