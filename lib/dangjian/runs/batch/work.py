"""One run as a task: what whoever runs it must know, and the record that it leaves when all its files stand."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dangjian.runs import kernels
from dangjian.runs.batch.keys import Key
from dangjian.runs.batch.stamps import Stamps
from dangjian.runs.batch.state import read_json, write_json
from dangjian.runs.notebook import NotebookRun, run_notebook


@dataclass(frozen=True)
class Work:
    """A run to be made.

    Attributes:
        values: all parameters, the paths of reports and table among them.
        selection: the folder of the table and the texts that it reads.
        output, page, record: where the executed notebook, the briefing and the record go.
        facts: what the briefing tells of the reports read.
    """

    name: str
    job: str
    notebook: Path
    values: Mapping[str, Any]
    selection: Path
    output: Path
    page: Path
    record: Path
    key: Key
    facts: Mapping[str, Any]
    outputs: tuple[str, ...]
    cell_limit: float
    run_limit: float
    cold: bool = False
    lang: str = "zh"

    @property
    def interactive(self) -> Path:
        """Where the page with charts to hover over goes."""
        return self.page.with_suffix(f".interactive{self.page.suffix}")

    @property
    def paper(self) -> Path:
        """Where the briefing as a Word document goes."""
        return self.page.with_suffix(".docx")


@dataclass(frozen=True)
class Record:
    """What a run was made from, what became of it, and the hashes of its files by their names.

    Attributes:
        shown: counts of what the briefing shows, and what its first chart claims, for the index.
    """

    name: str
    job: str
    key: Key
    run: NotebookRun
    shown: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "name": self.name,
            "job": self.job,
            "key": dict(self.key),
            "run": self.run.as_json(),
            "shown": dict(self.shown),
            "files": dict(self.files),
        }


def read_record(path: Path) -> Record | None:
    """The record that a run left, None where there is none that can be read."""
    stored = read_json(path)
    try:
        return Record(**(stored | {"run": NotebookRun(**stored["run"])}))
    except (KeyError, TypeError):
        return None


def stands(record: Record, folder: Path, stamps: Stamps) -> bool:
    """Whether a run is done and its files are as it left them."""
    if not record.run.done:
        return False
    try:
        return all(stamps.digest(folder / name) == digest for name, digest in record.files.items())
    except (OSError, ValueError):
        return False


def execute(work: Work) -> NotebookRun:
    """Run the notebook; a page of an earlier run is taken away first, so that none stands beside a failed one.

    Raises:
        ParameterError, OSError, WriteError: see `run_notebook`.
    """
    for stale in (work.record, work.page, work.interactive, work.paper):
        with suppress(FileNotFoundError):
            stale.unlink()
    with _loop_closed():
        return run_notebook(
            work.notebook,
            work.output,
            work.values,
            cell_limit=work.cell_limit,
            run_limit=work.run_limit,
            lang=work.lang,
            **kernels.choose(cold=work.cold),
        )


@contextmanager
def _loop_closed() -> Iterator[None]:
    """In a thread that works for others: close the event loop that the kernel's client leaves open there."""
    try:
        yield
    finally:
        if threading.current_thread() is not threading.main_thread():
            from jupyter_core.utils import ensure_event_loop

            ensure_event_loop().close()


def leave_record(work: Work, run: NotebookRun, shown: Mapping[str, Any]) -> Record:
    """Take away what is not asked for, and write the record, last of all."""
    if run.done and "notebook" not in work.outputs:
        work.output.unlink(missing_ok=True)
    stamps = Stamps(Path(os.devnull))
    made = [path for path in (work.output, work.page, work.interactive, work.paper) if path.is_file()]
    files = {f"{path.parent.name}/{path.name}": stamps.digest(path) for path in made}
    record = Record(work.name, work.job, work.key, run, shown, files)
    write_json(work.record, record.as_json())
    return record
