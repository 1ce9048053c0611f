"""What is seen of a run from outside: which cells ran, which one it is at, how long it may still take."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any


class Watch:
    """One run, watched.

    Attributes:
        folder: the kernel's working folder.
        private: a folder of this run's own, for sockets and what the kernel says on standard error.
        ran: places of the cells that ran to their end.
        current: place of the cell that it is at.
        warm: whether the kernel was forked from the server.
    """

    def __init__(
        self,
        folder: Path,
        values: dict[str, Any],
        cell_limit: float,
        deadline: float,
        run_limit: float,
        server: Any = None,
    ) -> None:
        self.folder, self.values = folder, values
        self.cell_limit, self.deadline, self.run_limit = cell_limit, deadline, run_limit
        self.server = server
        self.private = Path()
        self.notebook: Any = None
        self.ran: set[int] = set()
        self.current: int | None = None
        self.process_group: int | None = None
        self.warm = False

    def allowance(self, cell: Any) -> int:
        """Whole seconds that the cell may take; at least one, since nbclient takes 0 as no limit."""
        return max(1, round(min(self.cell_limit, self.deadline - time.monotonic())))

    def starts(self, cell: Any, cell_index: int) -> None:
        """A cell is about to start.

        Raises:
            TimeoutError: the run's own time is over.
        """
        self.current = cell_index
        if time.monotonic() > self.deadline:
            raise TimeoutError

    def executed(self, cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
        """A cell has answered."""
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
