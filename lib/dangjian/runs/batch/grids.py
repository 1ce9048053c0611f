"""A job's grid laid out over the reports at hand: one planned run for each point of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from typing import Any

from dangjian.errors import nearest
from dangjian.indicators.catalogue import THEMES
from dangjian.runs.batch.jobs import EACH, Job, JobsError
from dangjian.runs.folder import LONGEST, slug
from dangjian.runs.translated import CHINESE

Facts = Mapping[str, Any]
"""What is known of a report: ``report_id``, ``district``, ``year`` and more."""


@dataclass(frozen=True)
class Planned:
    """One run that a job asks for.

    Attributes:
        name: the name of its files, alone in the batch.
        values: parameters of the notebook, without those that name the reports and their table.
        reports: ids of the reports that the values select, sorted.
        lang: the language it is run in.
    """

    job: Job
    name: str
    values: Mapping[str, Any]
    reports: tuple[str, ...]
    lang: str = CHINESE

    @property
    def mask(self) -> str:
        """How hidden digits read in its table."""
        return mask_of(self.job, self.values)


@dataclass(frozen=True)
class Laid:
    """The runs of a job.

    Attributes:
        gaps: points of the grid that no report belongs to, such as a district's year without a report.
        missing: what there is no report of though the job names it; it is told, since somebody expects it.
    """

    runs: tuple[Planned, ...]
    gaps: int
    missing: tuple[str, ...]


def mask_of(job: Job, values: Mapping[str, Any]) -> str:
    """How hidden digits read in the tables of runs with these values."""
    own = job.declared["mask"].default if "mask" in job.declared else "auto"
    mask = values.get("mask", own)
    return mask if mask in ("auto", "digits", "unknown") else "auto"


def masks_of(job: Job) -> set[str]:
    """Every reading of hidden digits that the job's runs need."""
    return (
        {mask_of(job, {**job.parameters, "mask": mask}) for mask in job.grid["mask"]}
        if "mask" in job.grid
        else {mask_of(job, job.parameters)}
    )


def lay(job: Job, reports: Sequence[Facts], names: set[str]) -> Laid:
    """Lay a job's grid over reports.

    Args:
        names: those that runs of other jobs have; the new ones are added.
    Raises:
        JobsError: a district, a year or a report that no report at hand has; the nearest is named.
    """
    _check_known(job, reports)
    axes = {key: _values(key, values, reports) for key, values in job.grid.items()}
    runs: list[Planned] = []
    gaps = 0
    missing = [f"no report names its {key.removesuffix('s')}" for key, values in axes.items() if not values]
    for point in product(*axes.values()):
        own = dict(zip(axes, point, strict=True))
        values = {**job.parameters, **own}
        selected = tuple(sorted(str(facts["report_id"]) for facts in _selected(reports, values)))
        if not selected:
            gaps += 1
            if EACH not in job.grid.values():
                missing.append(f"there is no report of {' '.join(_shown(own)) or 'any kind'}")
            continue
        if "report" not in job.declared:
            values.pop("report", None)
        for lang in job.lang:
            name = _name(job.name, own if lang == CHINESE else {**own, "lang": lang}, names)
            names.add(name)
            runs.append(Planned(job, name, values, selected, lang))
    return Laid(tuple(runs), gaps, tuple(missing))


def _values(key: str, values: Any, reports: Sequence[Facts]) -> list[Any]:
    if values != EACH:
        return list(values)
    if key == "theme":
        return list(THEMES)
    if key == "years":
        return [[year] for year in sorted({facts["year"] for facts in reports if facts["year"] is not None})]
    fact = {"report": "report_id"}.get(key, key)
    return sorted({str(facts[fact]) for facts in reports if facts[fact]})


def _selected(reports: Sequence[Facts], values: Mapping[str, Any]) -> Iterator[Facts]:
    district, years, report = (values.get(key) for key in ("district", "years", "report"))
    for facts in reports:
        if (
            (not district or facts["district"] == district)
            and (not years or facts["year"] in years)
            and (not report or facts["report_id"] == report)
        ):
            yield facts


def _check_known(job: Job, reports: Sequence[Facts]) -> None:
    """Refuse a district or a report that nobody has: most likely its name is misspelt."""
    for key, fact in (("district", "district"), ("report", "report_id")):
        said = job.grid.get(key, [job.parameters[key]] if key in job.parameters else [])
        known = {str(facts[fact]) for facts in reports if facts[fact]}
        for value in said if said != EACH else []:
            if value and value not in known:
                listed = ", ".join(sorted(known)[:12])
                raise JobsError(
                    f"job {job.name}: {key}: no report at hand is of {value!r}{nearest(str(value), known)}; "
                    f"there are {listed or 'none that say it'}"
                )


def _name(job: str, own: Mapping[str, Any], taken: set[str]) -> str:
    """A file name that tells of the point, alone among those taken."""
    name = slug("-".join([job, *_shown(own)]))
    if name in taken:
        mark = sha256(json.dumps([job, own], ensure_ascii=True, sort_keys=True).encode()).hexdigest()[:8]
        name = f"{name[: LONGEST - 9]}-{mark}"
    return name


def _shown(own: Mapping[str, Any]) -> list[str]:
    return [
        "-".join(map(str, value)) if isinstance(value, list) else str(value)
        for value in own.values()
        if value not in ("", [])
    ]
