"""Which reports there are, each read once: what is known of a file by its hash is not read again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dangjian.errors import DangjianError, ReportError
from dangjian.placing import write_text
from dangjian.reports import Limits, Skipped
from dangjian.reports.corpus import ABSENT, SUFFIXES, Taking, given, in_order
from dangjian.reports.manifest import read_manifest
from dangjian.reports.names import plain_name
from dangjian.reports.twins import Print
from dangjian.runs.batch.executors import AHEAD, processes, spread
from dangjian.runs.batch.extracting import SIZE, Listed, Part, Task, read_facts, read_part
from dangjian.runs.batch.stamps import Stamps, digest_of, reading_code
from dangjian.runs.batch.state import State, read_json

LOST = "the process that read it ended (out of memory, or killed); run again to try it anew"


@dataclass(frozen=True)
class Roll:
    """The reports at hand, in the order of their ids, and the files that could not be read.

    Attributes:
        reports: facts of each report; ``key`` is what its records were made from, ``part`` where they are.
        read: how many files were read in this call.
    """

    reports: tuple[Mapping[str, Any], ...]
    skipped: tuple[Skipped, ...]
    read: int = 0


@dataclass(frozen=True)
class Reading:
    """How reports are read.

    Attributes:
        place: a folder of reports, or one file.
        workers: processes to read with.
        executor: where to read instead of processes of this machine.
        force: read everything again.
    """

    place: Path
    mask: str
    limits: Limits
    workers: int = 1
    executor: Executor | None = None
    force: bool = False


def call_roll(reading: Reading, state: State, stamps: Stamps) -> Roll:
    """Look at every file, read those that are new or changed, and remember what there is.

    Raises:
        ReportError: the folder is not there, holds no report, or its manifest cannot be read.
    """
    files, absent = _listed(reading, stamps)
    of = digest_of([[file.path.name, file.key] for file in files] + [[skipped.name] for skipped in absent])
    stored = {} if reading.force else read_json(state.roll(reading.mask))
    if stored.get("of") == of and _parts_stand(stored, state):
        # what could not be read is tried again: a converter may have been installed since
        failed = [file for file in files if file.key in stored["failed"]]
        tried = _read(failed, reading, state)
        if not tried.facts:
            return _roll(stored, len(failed))
    known: dict[str, tuple[str, Mapping[str, Any]]] = {} if reading.force else dict(_known(state))
    missing = [file for file in files if file.key not in known]
    fresh = _read(missing, reading, state)
    known = {key: entry for key, entry in _known(state) if key in fresh.facts or key in known}
    taken = _take(
        files, known, fresh.failed, _prints(state, {known[file.key][0] for file in files if file.key in known})
    )
    found = {
        "of": of,
        "reports": [taken.reports[key] for key in sorted(taken.reports)],
        "skipped": [[skipped.name, skipped.reason] for skipped in (*absent, *taken.skipped)],
        "failed": sorted(fresh.failed),
    }
    write_text(state.roll(reading.mask), json.dumps(found, ensure_ascii=False))
    return _roll(found, len(missing))


def foresee(reading: Reading, state: State, stamps: Stamps) -> Roll:
    """The roll as `call_roll` would find it, with nothing written and no number read; twins are not told."""
    files, absent = _listed(reading, stamps)
    known = {} if reading.force else dict(_known(state))
    reports: dict[str, Mapping[str, Any]] = {}
    skipped, read = list(absent), 0
    for file in files:
        try:
            facts = known[file.key][1] if file.key in known else read_facts(file, reading.limits)
        except ReportError as fault:
            skipped.append(Skipped(plain_name(file.path.name), fault.reason))
            continue
        read += file.key not in known
        reports.setdefault(facts["report_id"], {**facts, "key": file.key})
    return Roll(tuple(reports[key] for key in sorted(reports)), tuple(skipped), read)


def _listed(reading: Reading, stamps: Stamps) -> tuple[list[Listed], list[Skipped]]:
    """The files in the order in which they are taken, and the names that only the manifest has."""
    place = reading.place
    if place.is_file():
        entries, files = {}, [place]
    elif place.is_dir():
        entries = {entry["file"]: entry for entry in read_manifest(place)}
        files = given(place)
    else:
        raise ReportError(str(place), "there is no such folder; name a folder that holds reports")
    if not files and not entries:
        raise ReportError(str(place), f"the folder holds no reports; put files into it ({' '.join(SUFFIXES)})")
    here = {file.name for file in files}
    absent = [Skipped(plain_name(name), ABSENT) for name in entries if name not in here]
    way = [reading.mask, list(reading.limits.lines()), reading_code(stamps)]
    listed = []
    for file in in_order(files):
        entry = entries.get(file.name, {})
        try:
            content = stamps.digest(file, reading.limits.file)
        except (OSError, ValueError):
            content = ""  # reading it says what is wrong
        listed.append(Listed(file, digest_of([content, file.name, entry, way]), entry))
    return listed, absent


def _parts_stand(stored: Mapping[str, Any], state: State) -> bool:
    return all(state.part(part, ".parquet").is_file() for part in {facts["part"] for facts in stored["reports"]})


def _known(state: State) -> Iterator[tuple[str, tuple[str, Mapping[str, Any]]]]:
    """Facts of every report that a part holds, by the key of its file, with the part's name."""
    for place in sorted((state.folder / "parts").glob("*.json")):
        if place.with_suffix(".parquet").is_file() and place.with_suffix(".prints").is_file():
            for key, facts in read_json(place).items():
                yield key, (place.stem, facts)


def _prints(state: State, parts: set[str]) -> dict[str, Print]:
    return {
        key: Print.from_json(stored) for part in parts for key, stored in read_json(state.part(part, ".prints")).items()
    }


class _Taken:
    def __init__(self) -> None:
        self.reports: dict[str, Mapping[str, Any]] = {}
        self.skipped: list[Skipped] = []


def _take(
    files: Sequence[Listed],
    known: Mapping[str, tuple[str, Mapping[str, Any]]],
    failed: Mapping[str, str],
    prints: Mapping[str, Print],
) -> _Taken:
    """The reports without twins and doubled ids, as `read_corpus` takes them."""
    taking, taken = Taking(), _Taken()
    for file in files:
        name = file.path.name
        if file.key not in known:
            taken.skipped.append(Skipped(plain_name(name), failed.get(file.key, LOST)))
            continue
        part, facts = known[file.key]
        try:
            told = (name, facts["report_id"], facts["source"], facts["length"])
            taking.take(*told, prints[file.key], distinct=facts["distinct"])
        except ReportError as fault:
            taken.skipped.append(Skipped(plain_name(name), fault.reason))
            continue
        taken.reports[facts["report_id"]] = {**facts, "key": file.key, "part": part}
    return taken


def _roll(stored: Mapping[str, Any], read: int) -> Roll:
    return Roll(tuple(stored["reports"]), tuple(Skipped(*one) for one in stored["skipped"]), read)


def _read(files: Sequence[Listed], reading: Reading, state: State) -> Part:
    """Read files in tasks; a task whose worker died is done again in smaller ones, one at a time."""
    facts: dict[str, Mapping[str, Any]] = {}
    failed: dict[str, str] = {}
    suspects: list[Task] = []
    tasks = [_task(files[at : at + SIZE], reading, state) for at in range(0, len(files), SIZE)]
    count = min(reading.workers, len(tasks))
    with ExitStack() as stack:
        executor = reading.executor or stack.enter_context(processes(count))
        for task, future in spread(executor, read_part, tasks, AHEAD * max(count, reading.workers)):
            try:
                part = future.result()
            except (OSError, DangjianError):
                raise  # it could not be written: no other will fare better
            except Exception:  # the worker is gone: whose fault it was is found below
                suspects.append(task)
                continue
            facts |= part.facts
            failed |= part.failed
    while suspects:
        task = suspects.pop()
        with ExitStack() as stack:
            executor = reading.executor or stack.enter_context(processes(2))  # apart: it may take its process with it
            try:
                part = executor.submit(read_part, task).result()
                facts |= part.facts
                failed |= part.failed
            except (OSError, DangjianError):
                raise
            except Exception:
                if len(task.files) == 1:
                    failed[task.files[0].key] = LOST
                else:
                    half = len(task.files) // 2
                    suspects += [_task(some, reading, state) for some in (task.files[:half], task.files[half:])]
    return Part(facts, failed)


def _task(files: Sequence[Listed], reading: Reading, state: State) -> Task:
    name = digest_of([file.key for file in files])[:24]
    return Task(state.folder, name, tuple(files), reading.mask, reading.limits)
