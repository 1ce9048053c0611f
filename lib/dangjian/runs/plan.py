"""``briefings.toml``: which notebooks run on which reports, with which parameters, when.

Everything in it is checked before anything runs: an unknown key, a parameter that the notebook does not take
and a value of the wrong type are refused, with the near match named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dangjian.errors import DangjianError, nearest
from dangjian.runs.folder import slug
from dangjian.runs.notebook import CELL_LIMIT, RUN_LIMIT, open_notebook
from dangjian.runs.parameters import Parameter, ParameterError, check_values, read_parameters
from dangjian.runs.when import read_when

EACH = "each"
FROM_REPORTS = ("district", "year", "years")
"""Grid keys whose values ``"each"`` takes from the reports themselves."""
OUTPUTS = ("html", "notebook")
MASKS = ("auto", "digits", "unknown")
SET_BY_US = ("reports", "metrics", "mask")
_KEYS: dict[str, tuple[type, ...]] = {
    "name": (str,),
    "notebook": (str,),
    "reports": (str,),
    "mask": (str,),
    "parameters": (dict,),
    "grid": (dict,),
    "each": (str,),
    "outputs": (list,),
    "inputs": (list,),
    "when": (str,),
    "cell_limit": (int, float),
    "run_limit": (int, float),
}
_DEFAULTS = {key: _KEYS[key] for key in ("reports", "mask", "outputs", "when", "cell_limit", "run_limit")}


class PlanError(DangjianError):
    """A plan of briefings is wrong; the file, the job and the key are named."""


@dataclass(frozen=True)
class Job:
    """One notebook and the sets of parameters that it runs with.

    Attributes:
        reports: a folder or a file, absolute, or a URL.
        grid: lists of values by parameter; the job runs once for each combination. "each" stands for all that
            the reports have.
        each_report: whether it runs once a report.
        outputs: what is kept: "html", "notebook".
        inputs: more files, by patterns beside the plan, whose change makes the job run again.
        when: as written, "" for never by itself.
    """

    name: str
    notebook: Path
    reports: str
    mask: str = "auto"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    grid: Mapping[str, Any] = field(default_factory=dict)
    each_report: bool = False
    outputs: tuple[str, ...] = OUTPUTS
    inputs: tuple[str, ...] = ()
    when: str = ""
    cell_limit: float = CELL_LIMIT
    run_limit: float = RUN_LIMIT


@dataclass(frozen=True)
class Plan:
    """The jobs of one file, and the folder that their results go to."""

    path: Path
    name: str
    out: Path
    jobs: tuple[Job, ...]


def read_plan(path: Path) -> Plan:
    """Read and check a plan; relative paths in it begin at its own folder.

    Raises:
        PlanError: the file cannot be read, or a key, a value, a notebook or a name is wrong.
        ParameterError: a notebook does not take a parameter, or not that value.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise PlanError(f"{path}: there is no such file; examples/briefings.toml is one to begin with") from None
    except IsADirectoryError:
        raise PlanError(f"{path}: is a folder; reports are read by `dangjian run --reports {path}`") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise PlanError(f"{path}: is no TOML ({fault})") from None
    _check_keys(content, {"out": (str,), "name": (str,), "defaults": (dict,), "job": (list,)}, f"{path}")
    defaults = content.get("defaults", {})
    _check_keys(defaults, _DEFAULTS, f"{path}: [defaults]")
    jobs: list[Job] = []
    for number, entry in enumerate(content.get("job", []), 1):
        where = f"{path}: job {entry.get('name', number)!r}" if isinstance(entry, dict) else f"{path}: job {number}"
        if not isinstance(entry, dict):
            raise PlanError(f"{where}: is no table; a job begins with [[job]]")
        _check_keys(entry, _KEYS, where)
        job = _job(defaults | entry, path, where)
        if job.name in {other.name for other in jobs}:
            raise PlanError(f"{where}: another job has this name; give it one of its own")
        jobs.append(job)
    if not jobs:
        raise PlanError(f"{path}: holds no [[job]]; examples/briefings.toml is one to begin with")
    name = content.get("name", path.stem)
    return Plan(path, slug(name), (path.parent / content.get("out", "outputs")).resolve(), tuple(jobs))


def pick(plan: Plan, only: tuple[str, ...]) -> tuple[Job, ...]:
    """The jobs named, in the order of the plan; all where none is named.

    Raises:
        PlanError: there is no job of a name.
    """
    known = [job.name for job in plan.jobs]
    for name in only:
        if name not in known:
            raise PlanError(f"{plan.path}: has no job {name!r}{nearest(name, known)}; it has {', '.join(known)}")
    return tuple(job for job in plan.jobs if not only or job.name in only)


def parameters_of(job: Job) -> dict[str, Parameter]:
    """What the job's notebook takes."""
    return read_parameters(open_notebook(job.notebook).cells, job.notebook.name)


def _job(entry: dict[str, Any], path: Path, where: str) -> Job:
    for key in ("notebook", "reports"):
        if key not in entry:
            raise PlanError(f"{where}: has no `{key}`")
    if entry.get("mask", "auto") not in MASKS:
        raise PlanError(f"{where}: mask is {entry['mask']!r}; it is one of {', '.join(MASKS)}")
    for output in entry.get("outputs", ()):
        if output not in OUTPUTS:
            hint = nearest(str(output), OUTPUTS)
            raise PlanError(f"{where}: {output!r} is no output{hint}; outputs are {', '.join(OUTPUTS)}")
    if entry.get("each", "report") != "report":
        raise PlanError(f'{where}: each = {entry["each"]!r}; the one thing it can be is "report"')
    if entry.get("when"):
        try:
            read_when(entry["when"])
        except DangjianError as fault:
            raise PlanError(f"{where}: {fault}") from None
    base = path.resolve().parent
    reports = entry["reports"]
    notebook = (base / entry["notebook"]).resolve()
    job = Job(
        name=slug(entry.get("name", notebook.stem)),
        notebook=notebook,
        reports=reports if "://" in reports else str((base / reports).resolve()),
        mask=entry.get("mask", "auto"),
        parameters=entry.get("parameters", {}),
        grid=entry.get("grid", {}),
        each_report="each" in entry,
        outputs=tuple(entry.get("outputs", OUTPUTS)),
        inputs=tuple(str(base / pattern) for pattern in entry.get("inputs", ())),
        when=entry.get("when", ""),
        cell_limit=entry.get("cell_limit", CELL_LIMIT),
        run_limit=entry.get("run_limit", RUN_LIMIT),
    )
    _check_parameters(job, where)
    return job


def _check_parameters(job: Job, where: str) -> None:
    """Hold names and values to what the notebook's ``parameters`` cell says."""
    try:
        takes = parameters_of(job)
        check_values(takes, job.parameters, job.notebook.name)
        for name in (*SET_BY_US[:2], *(("mask",) if job.mask != "auto" else ())):
            check_values(takes, {name: takes[name].default if name in takes else ""}, job.notebook.name)
        for name, values in job.grid.items():
            if name in job.parameters:
                raise PlanError(f"{where}: {name!r} stands in parameters and in grid; keep one")
            if name in SET_BY_US:
                raise PlanError(f"{where}: {name!r} is set by the job itself and cannot be in its grid")
            if values == EACH:
                if name not in FROM_REPORTS:
                    known = ", ".join(FROM_REPORTS)
                    raise PlanError(f'{where}: "each" is known of {known}; give {name!r} a list of values')
                if name not in takes:
                    check_values(takes, {name: ""}, job.notebook.name)
                continue
            if not isinstance(values, list) or not values:
                raise PlanError(f'{where}: grid {name!r} is a list of values, or "each"')
            for value in values:
                check_values(takes, {name: value}, job.notebook.name)
        for name in SET_BY_US:
            if name in job.parameters:
                raise PlanError(f"{where}: {name!r} is set by the job itself; write it beside `notebook`")
    except ParameterError as fault:
        raise ParameterError(f"{where}: {fault}") from None


def _check_keys(table: Mapping[str, Any], known: Mapping[str, tuple[type, ...]], where: str) -> None:
    for key, value in table.items():
        if key not in known:
            raise PlanError(f"{where}: takes no key {key!r}{nearest(key, known)}; it takes {', '.join(known)}")
        if not isinstance(value, known[key]) or isinstance(value, bool):
            wanted = " or ".join(kind.__name__ for kind in known[key])
            raise PlanError(f"{where}: {key} must be {wanted}, not {type(value).__name__} {value!r}")
        if key.endswith("_limit") and value <= 0:
            raise PlanError(f"{where}: {key} must be above 0 seconds, not {value!r}")
        if isinstance(value, list) and known[key] == (list,) and key != "job":
            wrong = [item for item in value if not isinstance(item, str)]
            if wrong:
                raise PlanError(f"{where}: {key} is a list of texts, and holds {wrong[0]!r}")
