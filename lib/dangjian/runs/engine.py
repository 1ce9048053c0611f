"""papermill's engine with a watch on it: limits of time, what ran, and a kernel that is gone when it ends."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

ENGINE = "dangjian"
INJECTED = "injected-parameters"
_GUARD = "import sys; sys.modules.setdefault('rfc3987_syntax', None)"


class Watch:
    """What is seen of a run from outside while papermill runs it."""

    def __init__(
        self, folder: Path, values: dict[str, Any], cell_limit: float, deadline: float, run_limit: float
    ) -> None:
        self.folder, self.values = folder, values
        self.cell_limit, self.deadline, self.run_limit = cell_limit, deadline, run_limit
        self.private = Path()
        self.notebook: Any = None
        self.ran: set[int] = set()
        self.current: int | None = None
        self.process_group: int | None = None

    def allowance(self, cell: Any) -> int:
        """Whole seconds that the cell may take; at least one, since nbclient takes 0 as no limit."""
        return max(1, round(min(self.cell_limit, self.deadline - time.monotonic())))

    def starts(self, cell: Any, cell_index: int) -> None:
        self.current = cell_index
        if time.monotonic() > self.deadline:
            raise TimeoutError

    def executed(self, cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
        if execute_reply["content"]["status"] == "ok":
            self.ran.add(cell_index)

    def reason(self, fault: Exception) -> str:
        """One line on what stopped the run."""
        name = type(fault).__name__
        if isinstance(fault, TimeoutError):
            if time.monotonic() >= self.deadline - 1:
                return f"the run took longer than {self.run_limit:g} s"
            return f"the cell took longer than {self.cell_limit:g} s"
        said = [line for line in self._kernel_said().splitlines() if line.strip()]
        last = f"; its last words: {said[-1].strip()[:200]}" if said else ""
        if name == "DeadKernelError":
            return f"the kernel died (out of memory, or killed){last}"
        first = next((line.strip() for line in str(fault).splitlines() if line.strip()), "")
        return f"{name}: {first[:200]}{last}"

    def _kernel_said(self) -> str:
        try:
            return (self.private / "stderr").read_text("utf-8", "replace")
        except OSError:
            return ""


def register() -> None:
    """Make the engine known to papermill under the name ``ENGINE``."""
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from traitlets.config import Config

    class Engine(NBClientEngine):  # type: ignore[misc]
        """papermill's own engine, with a watch on it and a kernel that is gone when it ends."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, watch: Watch, **_: Any) -> None:
            watch.notebook = nb_man.nb
            _write_values(nb_man.nb, watch.values)
            config = Config()
            if os.name == "posix":  # sockets in a private folder: no ports to collide, nobody listens in
                config.KernelManager.transport = "ipc"
                config.KernelManager.ip = str(watch.private / "k")
            client: Any = PapermillNotebookClient(
                nb_man,
                kernel_name=kernel_name,
                config=config,
                log=logging.getLogger("papermill"),
                startup_timeout=60,
                timeout_func=watch.allowance,
                on_cell_start=watch.starts,
                on_cell_executed=watch.executed,
                on_notebook_start=lambda notebook: _note_group(client, watch),
                shutdown_kernel="immediate",
                extra_arguments=[f"--IPKernelApp.exec_lines={_GUARD}"],
            )
            try:
                with (watch.private / "stderr").open("wb") as said:
                    client.execute(
                        cwd=str(watch.folder), env=_environment(watch.private), stdout=subprocess.DEVNULL, stderr=said
                    )
            finally:
                _end_group(watch.process_group)

    papermill_engines.register(ENGINE, Engine)


def _write_values(notebook: Any, values: Mapping[str, Any]) -> None:
    """The injected cell as a person would write it; papermill writes Chinese as escapes."""
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", []):
            cell.source = "\n".join(["# Parameters", *(f"{name} = {value!r}" for name, value in values.items())])


def _environment(private: Path) -> dict[str, str]:
    """The kernel's environment: the user's IPython profile and the hash seed change no output."""
    return os.environ | {
        "IPYTHONDIR": str(private / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
    }


def _note_group(client: Any, watch: Watch) -> None:
    watch.process_group = getattr(getattr(client.km, "provisioner", None), "pgid", None)


def _end_group(group: int | None) -> None:
    """End what cells left running: the kernel leads a process group of its own."""
    if group and os.name == "posix" and group != os.getpgrp():
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
