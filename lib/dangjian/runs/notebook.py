"""One notebook run by papermill in a kernel of its own, and a true verdict on it.

papermill reports success after ``sys.exit(0)``, and after a dead kernel or a time-out its saved notebook
calls every cell completed. Here a run is done when every code cell ran, by count, and the saved notebook
says of each cell whether it ran, failed or was never reached.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dangjian.placing import replacing
from dangjian.runs.engine import ENGINE, INJECTED, end_group, kernel_environment, register
from dangjian.runs.parameters import ParameterError, check_values, read_parameters
from dangjian.runs.private import private_folder, remove
from dangjian.runs.translated import CHINESE, TRANSLATED, translated
from dangjian.runs.watch import Watch

CELL_LIMIT = 120
RUN_LIMIT = 600
MARKED = "papermill-error-cell-tag"


@dataclass(frozen=True)
class NotebookRun:
    """What became of one notebook.

    Attributes:
        state: "done" where every code cell ran, else "failed".
        cells, ran: code cells that have source, and those of them that ran to their end.
        failed_cell: place of the cell that stopped the run in the source notebook, 1 is the first.
        error: one line on why, "" where it is done.
        lang: the language it was run in.
    """

    notebook: str
    title: str
    state: str
    cells: int
    ran: int
    seconds: float
    failed_cell: int | None = None
    error: str = ""
    output: str = ""
    lang: str = "zh"

    @property
    def done(self) -> bool:
        """Whether every code cell ran."""
        return self.state == "done"

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return asdict(self)


def skip_slow_import() -> None:
    """Keep ``rfc3987_syntax`` out of this process: 1.45 s of grammars that no notebook needs.

    jsonschema, which nbformat imports, takes it where it is there and does without it where not.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def open_notebook(path: Path) -> Any:
    """The notebook as nbformat reads it.

    Raises:
        ParameterError: it is not there or no notebook.
    """
    skip_slow_import()
    import nbformat

    read: Any = nbformat.read
    try:
        return read(path, as_version=4)
    except FileNotFoundError:
        raise ParameterError(f"{path}: there is no such notebook") from None
    except Exception as fault:  # nbformat raises many kinds: bad JSON, no cells, wrong encoding
        raise ParameterError(
            f"{path}: cannot be read as a notebook ({type(fault).__name__}); open it in JupyterLab and save it anew"
        ) from None


def title_of(notebook: Any, fallback: str) -> str:
    """The first heading of a notebook's prose, else its file's name."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.split("\n"):
                if line.startswith("# "):
                    return str(line[2:].strip())
    return fallback


def is_by_hand(notebook: Any) -> bool:
    """Whether a notebook says of itself, in its metadata, that somebody must sit before it."""
    return bool(notebook.metadata.get("dangjian", {}).get("by_hand", False))


def check_notebook(path: Path, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as the notebook may be given them; nothing runs.

    Raises:
        ParameterError: the notebook, a name or a value is refused, and the message says why.
    """
    notebook = open_notebook(path)
    if is_by_hand(notebook):
        raise ParameterError(f"{path.name} is for use by hand and never runs by itself; open it with `make lab`")
    return check_values(read_parameters(notebook.cells, path.name), parameters, path.name)


def run_notebook(
    path: Path,
    output: Path,
    parameters: Mapping[str, Any],
    *,
    cell_limit: float = CELL_LIMIT,
    run_limit: float = RUN_LIMIT,
    warm: bool = False,
    lang: str = "zh",
) -> NotebookRun:
    """Run one notebook with its own folder as working folder, and save it where it was told to.

    What goes wrong inside the notebook is no exception here: it is in the result, in the saved
    notebook's metadata, and nowhere else.

    Args:
        path: the notebook; it is not changed.
        output: where the executed notebook is moved to, whole.
        parameters: values by name; paths should be absolute.
        cell_limit, run_limit: seconds that one cell, and the whole run, may take.
        warm: whether to fork the kernel from a server of this process that has everything imported, which is started
            where there is none yet; an ordinary kernel runs where that cannot be, and a warning says why.
        lang: the language to run it in; another than Chinese needs a file of translations beside the notebook.
    Raises:
        ParameterError: before any kernel starts.
        OSError: the executed notebook could not be written.
    """
    values = check_notebook(path, parameters if lang == CHINESE else {**parameters, "lang": lang})
    source = translated(open_notebook(path), path, lang)
    title = title_of(source, path.stem)
    server = warm_server(wait=True) if warm else None
    watch = Watch(path.resolve().parent, values, cell_limit, time.monotonic() + run_limit, run_limit, server)
    started = time.monotonic()
    error = ""
    with _QUIET, _live(watch), _private(server) as private:
        import papermill
        from papermill.exceptions import PapermillExecutionError

        watch.private = private
        register()
        try:
            papermill.execute_notebook(
                str(_written(source, private, path))
                .replace("{", "{{")
                .replace("}", "}}"),  # papermill formats its paths
                None,
                parameters=values,
                engine_name=ENGINE,
                progress_bar=False,
                autosave_cell_every=0,
                watch=watch,
            )
        except PapermillExecutionError as fault:
            error = f"{fault.ename}: {fault.evalue}"
        except Exception as fault:  # dead kernel, time-out, a kernel that never came: all kinds, all told
            error = watch.reason(fault)
    notebook = watch.notebook if watch.notebook is not None else source
    # papermill points at an error by two cells of HTML, which would shift every place; we say it in metadata
    notebook.cells = [cell for cell in notebook.cells if MARKED not in cell.metadata.get("tags", [])]
    run = replace(_verdict(path, title, notebook, watch, error, time.monotonic() - started), lang=lang)
    _save(notebook, run, watch, output)
    return run


def _written(source: Any, private: Path, path: Path) -> Path:
    """Where the notebook to be run stands: a translated one in the run's own folder, any other in its own place."""
    import nbformat

    if not source.metadata.get(TRANSLATED):
        return path.resolve()
    writes: Any = nbformat.writes
    place = private / path.name
    place.write_text(writes(source), "utf-8")
    return place


def stop_running() -> None:
    """Kill the kernels of all runs that other threads of this process are at; those runs fail then."""
    for watch in tuple(_LIVE):
        watch.deadline = 0.0  # no further cell begins, also where the kernel is not there yet
        end_group(watch.process_group)


_LIVE: set[Watch] = set()


@contextmanager
def _live(watch: Watch) -> Iterator[None]:
    _LIVE.add(watch)
    try:
        yield
    finally:
        _LIVE.discard(watch)


def _verdict(path: Path, title: str, notebook: Any, watch: Watch, error: str, seconds: float) -> NotebookRun:
    wanted = [at for at, cell in enumerate(notebook.cells) if _runs(cell)]
    missing = [at for at in wanted if at not in watch.ran]
    injected = [at for at, cell in enumerate(notebook.cells) if INJECTED in cell.metadata.get("tags", [])]
    if missing and not error:
        stopped = missing[0]
        error = "the cell ended the kernel's run (sys.exit or the like)" if stopped == watch.current else "never ran"
    stopped_at = watch.current if error and watch.current in missing else (missing[0] if missing else None)
    return NotebookRun(
        notebook=path.name,
        title=title,
        state="failed" if missing or error else "done",
        cells=len(set(wanted) - set(injected)),
        ran=len(set(wanted) - set(injected) - set(missing)),
        seconds=round(seconds, 2),
        failed_cell=None if stopped_at is None else stopped_at + 1 - sum(at < stopped_at for at in injected),
        error=" ".join(error.split()),
    )


def _runs(cell: Any) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip())


def _save(notebook: Any, run: NotebookRun, watch: Watch, output: Path) -> None:
    """Write the executed notebook with what is true of it, whole or not at all."""
    import nbformat

    writes: Any = nbformat.writes
    stopped = False
    for at, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)  # its times: equal runs leave equal files, and run.json has them
        if not _runs(cell):
            continue
        state = "completed" if at in watch.ran else "not run" if stopped else "failed"
        stopped = stopped or state == "failed"
        cell.metadata["papermill"] = {"status": state}
    facts = {key: getattr(run, key) for key in ("state", "cells", "ran", "failed_cell", "error")}
    notebook.metadata["dangjian"] = facts
    papermill = notebook.metadata.setdefault("papermill", {})
    papermill.update(input_path=run.notebook, output_path=output.name, exception=None if run.done else True)
    for name in ("start_time", "end_time", "duration"):
        papermill.pop(name, None)
    with replacing(output) as beside:
        beside.write_bytes((writes(notebook) + "\n").encode("utf-8", "backslashreplace"))


def warm_server(*, wait: bool = False) -> Any:
    """Have a server of this process begin to import what kernels need, if it has none yet.

    Args:
        wait: until it has, so that a run's own time does not count the server's.
    Returns:
        The server, None where there is none to be had; a warning says why.
    """
    from dangjian.runs.warm.process import ServerGone
    from dangjian.runs.warm.shared import failed, shared_server

    server = shared_server(kernel_environment())
    if server is not None and wait:
        try:
            server.await_ready()
        except ServerGone as fault:
            failed(server, fault)
            return None
    return server


@contextmanager
def _private(server: Any) -> Iterator[Path]:
    """A folder of this run's own for sockets and the kernel's profile; a server removes it where we are killed."""
    folder = private_folder(server.folder if server is not None else None)
    try:
        yield folder
    finally:
        remove(folder)


class _Quiet:
    """No log lines of papermill's on the user's terminal while any thread runs a notebook; the result says it all."""

    def __init__(self) -> None:
        self._lock, self._depth = threading.Lock(), 0
        self._levels: dict[str, int] = {}

    def __enter__(self) -> None:
        skip_slow_import()
        with self._lock:
            self._depth += 1
            for name in ("papermill", "traitlets", "nbclient") if self._depth == 1 else ():
                logger = logging.getLogger(name)
                self._levels[name] = logger.level
                logger.setLevel(logging.CRITICAL + 1)

    def __exit__(self, *fault: object) -> None:
        with self._lock:
            self._depth -= 1
            for name, level in self._levels.items() if self._depth == 0 else ():
                logging.getLogger(name).setLevel(level)


_QUIET = _Quiet()
