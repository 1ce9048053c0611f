"""``briefings.toml``: which notebooks run, with which parameters, over which districts, years, themes or reports.

Everything that can be wrong in it is found here, before a report is read or a kernel started.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dangjian.errors import DangjianError, nearest
from dangjian.indicators.catalogue import THEMES
from dangjian.runs.batch.schedule import ScheduleError, When, read_when
from dangjian.runs.folder import slug
from dangjian.runs.mirror import place_of
from dangjian.runs.notebook import CELL_LIMIT, RUN_LIMIT
from dangjian.runs.parameters import Parameter, ParameterError, check_values, read_parameters
from dangjian.runs.translated import CHINESE, read_languages
from dangjian.stores import is_url

EACH = "each"
"""A grid's word for all values that the reports, or the catalogue, have."""
FOUND = ("district", "years", "report", "theme")
"""Parameters whose values a grid can find by itself."""
GIVEN = ("reports", "metrics")
"""Parameters that the batch gives itself: the reports that the others select, and their table."""
KEPT = ("html", "notebook")
MADE = (*KEPT, "interactive", "docx")
"""What a run leaves where its job does not say, and what it can leave."""
MASKS = ("auto", "digits", "unknown")
_FILE = {"reports": str, "out": str, "name": str, "cell_limit": float, "run_limit": float, "job": list}
_JOB = {
    "name": str,
    "notebook": str,
    "parameters": dict,
    "grid": dict,
    "outputs": list,
    "lang": str,
    "when": str,
    "cell_limit": float,
    "run_limit": float,
}
_SAID = {
    str: "a text in quotes",
    float: "a number of seconds above 0",
    list: "a list",
    dict: "a table",
}


class JobsError(DangjianError):
    """The file of jobs is wrong: file, job and key are named. Nothing has run then."""


@dataclass(frozen=True)
class Job:
    """One notebook and what it is run with.

    Attributes:
        parameters: values for every run of it, checked against the notebook.
        grid: values of a parameter that runs differ in, "each" for all that are found.
        declared: the parameters that the notebook takes.
        outputs: what is kept of a run that is done; the notebook of one that failed is kept in any case.
        lang: the languages it is run in, each a run of its own.
        cell_limit, run_limit: seconds that a cell, and a run, may take.
    """

    name: str
    notebook: Path
    parameters: Mapping[str, Any]
    grid: Mapping[str, Any]
    declared: Mapping[str, Parameter]
    outputs: tuple[str, ...] = KEPT
    lang: tuple[str, ...] = (CHINESE,)
    when: When | None = None
    cell_limit: float = CELL_LIMIT
    run_limit: float = RUN_LIMIT


@dataclass(frozen=True)
class Jobs:
    """A file of jobs; its paths are absolute.

    Attributes:
        urls: where reports are fetched from (``reports``) and outputs are put (``out``), where that is a store
            elsewhere; ``reports`` and ``out`` are the folders of this machine that stand for them.
    """

    path: Path
    reports: Path
    out: Path
    name: str
    jobs: tuple[Job, ...] = field(default=())
    urls: Mapping[str, str] = field(default_factory=dict)


def read_jobs(path: Path) -> Jobs:
    """The jobs of a file; paths in it are taken from the file's own folder.

    Raises:
        JobsError: the file, a key or a value is wrong, or a notebook does not take a parameter.
    """
    content = _content(path)
    _check_keys(content, _FILE, str(path))
    if not content.get("job"):
        raise JobsError(f"{path}: holds no job; each begins with [[job]] and names a notebook")
    folder = path.resolve().parent
    name = content.get("name", path.stem)
    if slug(name) != name:
        raise JobsError(f"{path}: name: {name!r} cannot name a folder; {slug(name)!r} can")
    jobs: list[Job] = []
    for number, entry in enumerate(content["job"], 1):
        if not isinstance(entry, dict):
            raise JobsError(f"{path}: job {number} is no table; write it under [[job]]")
        job = _job(entry, f"{path}: job {entry.get('name', number)}", folder, content)
        if job.name in [other.name for other in jobs]:
            raise JobsError(f"{path}: two jobs are named {job.name!r}; give one of them another `name`")
        jobs.append(job)
    places = {key: content.get(key, standard) for key, standard in (("reports", "reports"), ("out", "outputs"))}
    urls = {key: place for key, place in places.items() if is_url(place)}
    here = {key: place_of(place) if key in urls else folder / place for key, place in places.items()}
    return Jobs(path, here["reports"], here["out"], name, tuple(jobs), urls)


def chosen(jobs: Jobs, names: Iterable[str]) -> tuple[Job, ...]:
    """The jobs of these names, all where none is named.

    Raises:
        JobsError: there is no job of a name; the nearest is named.
    """
    known = [job.name for job in jobs.jobs]
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise JobsError(
                f"{jobs.path}: there is no job {name!r}{nearest(name, known)}; the jobs are {', '.join(known)}"
            )
    return tuple(job for job in jobs.jobs if not wanted or job.name in wanted)


def declared(path: Path) -> dict[str, Parameter]:
    """The parameters that a notebook takes, read without a notebook library, so that it takes a millisecond.

    Raises:
        ParameterError: it is not there, is no notebook, or is one for use by hand.
    """
    try:
        stored = json.loads(path.read_bytes())
        cells, by_hand = stored["cells"], stored.get("metadata", {}).get("dangjian", {}).get("by_hand", False)
    except FileNotFoundError:
        raise ParameterError(f"{path}: there is no such notebook") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ParameterError(
            f"{path}: cannot be read as a notebook ({type(fault).__name__}); open it in JupyterLab and save it anew"
        ) from None
    if by_hand:
        raise ParameterError(f"{path.name} is for use by hand and never runs by itself; open it with `make lab`")
    return read_parameters(cells, path.name)


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise JobsError(f"{path}: there is no such file; examples/briefings.toml shows one") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as fault:
        raise JobsError(f"{path}: cannot be read as TOML ({fault})") from None


def _check_keys(content: Mapping[str, Any], known: Mapping[str, type], where: str) -> None:
    for key, value in content.items():
        if key not in known:
            raise JobsError(f"{where}: {key!r} is no key here{nearest(key, known)}; the keys are {', '.join(known)}")
        wanted = known[key]
        right = type(value) is wanted or (wanted is float and type(value) is int)
        if not right or (wanted is float and not 0 < value < float("inf")):
            raise JobsError(f"{where}: {key} takes {_SAID[wanted]}, not {value!r}")


def _job(entry: Mapping[str, Any], where: str, folder: Path, content: Mapping[str, Any]) -> Job:
    _check_keys(entry, _JOB, where)
    if "notebook" not in entry:
        raise JobsError(f'{where}: names no notebook; write notebook = "…/03_rectification.ipynb"')
    notebook = folder / entry["notebook"]
    name = entry.get("name", notebook.stem)
    if slug(name) != name:
        raise JobsError(f"{where}: name: {name!r} cannot name files; {slug(name)!r} can")
    outputs = tuple(entry.get("outputs", KEPT))
    for output in outputs:
        if output not in MADE:
            near = nearest(str(output), MADE)
            raise JobsError(f"{where}: outputs: {output!r} cannot be made{near}; {', '.join(MADE)} can")
    if "docx" in outputs and find_spec("docx") is None:
        raise JobsError(f"{where}: outputs: docx needs the package 'python-docx'; pip install 'dangjian[docs]'")
    parameters, grid = entry.get("parameters", {}), entry.get("grid", {})
    if any("lang" in entry.get(key, {}) for key in ("parameters", "grid")):
        raise JobsError(f'{where}: \'lang\' is no parameter here; write lang = "en" or "zh,en" in the job itself')
    try:
        when = read_when(entry["when"]) if "when" in entry else None
        takes = declared(notebook)
        checked = _parameters(parameters, takes, notebook.name)
        spread = {key: _spread(key, values, takes, notebook.name) for key, values in grid.items()}
    except (ParameterError, ScheduleError) as fault:
        raise JobsError(f"{where}: {fault}") from None
    spoken = _languages(entry, takes, notebook, where)
    twice = sorted(set(parameters) & set(grid))
    if twice:
        raise JobsError(f"{where}: {twice[0]!r} stands under parameters and in the grid; take one away")
    limits = {key: entry.get(key, content.get(key, most)) for key, most in _LIMITS.items()}
    return Job(name, notebook, checked, spread, takes, outputs, spoken, when, **limits)


def _languages(entry: Mapping[str, Any], takes: Mapping[str, Parameter], notebook: Path, where: str) -> tuple[str, ...]:
    """The languages of a job: those of its key ``lang``, "zh", "en" or both with a comma between them.

    Raises:
        JobsError: one is not spoken, or the notebook cannot be told in it.
    """
    try:
        asked = read_languages(entry.get("lang", CHINESE))
    except ParameterError as fault:
        raise JobsError(f"{where}: lang: {fault}") from None
    for each in asked:
        if each == CHINESE:
            continue
        if "lang" not in takes:
            raise JobsError(f"{where}: lang: {notebook.name} takes no parameter 'lang', so it speaks Chinese alone")
        if not notebook.with_name(f"{each}.toml").is_file():
            raise JobsError(f"{where}: lang: there is no {each}.toml beside {notebook.name} that translates it")
    return asked


_LIMITS = {"cell_limit": CELL_LIMIT, "run_limit": RUN_LIMIT}


def _parameters(given: Mapping[str, Any], takes: Mapping[str, Parameter], notebook: str) -> dict[str, Any]:
    """The values as the notebook may be given them: name, type and choice.

    Raises:
        ParameterError: one is refused, and the message says why.
    """
    for key in given:
        if key in GIVEN:
            raise ParameterError(f"{key!r} is given by the run itself; name the reports at the head of the file")
    checked = check_values(takes, given, notebook)
    for key, choices in (("mask", MASKS), ("theme", ("", *THEMES))):
        value = checked.get(key)
        if isinstance(value, str) and value not in choices:
            listed = ", ".join(filter(None, choices))
            raise ParameterError(
                f"{notebook}: there is no {key} {value!r}{nearest(value, choices)}; there are {listed}"
            )
    return checked


def _spread(key: str, values: Any, takes: Mapping[str, Parameter], notebook: str) -> Any:
    """The values of a grid's parameter, each checked; "each" stays as it is."""
    if key == "report" and key not in takes:  # it selects the reports, and the notebook reads what is selected
        takes = {**takes, key: Parameter(key, "", ("str",))}
    if values == EACH:
        if key not in FOUND:
            listed = ", ".join(FOUND)
            raise ParameterError(f"grid: {key!r} has no values that could be found; {listed} have. Give a list")
        _parameters({key: [0] if key == "years" else ""}, takes, notebook)
        return EACH
    if not isinstance(values, list) or not values:
        raise ParameterError(f'grid: {key} takes a list of values, or "each", not {values!r}')
    if key in takes and takes[key].kinds == ("list",):
        values = [value if isinstance(value, list) else [value] for value in values]
    for value in values:
        _parameters({key: value}, takes, notebook)
    return values
