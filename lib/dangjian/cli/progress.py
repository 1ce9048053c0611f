"""What is seen of a batch while it runs: a line a job, and a line for each thing that goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TextIO


@dataclass
class _Job:
    due: int
    runs: int
    done: int = 0
    failed: int = 0

    def line(self, name: str, seconds: float) -> str:
        """What there is to say of it."""
        made = f"{self.done} of {self.due} run" if self.due else "nothing to run"
        failed = f", {self.failed} failed" if self.failed else ""
        unchanged = f", {self.runs - self.due} as they were" if self.runs > self.due else ""
        return f"{name}: {made}{failed}{unchanged}, {seconds:.0f} s"


class Progress:
    """Told of events; on a terminal the line of the job at work is drawn over, elsewhere it is written at its end."""

    def __init__(self, stream: TextIO, remark: Callable[[str], None]) -> None:
        self._stream, self._remark = stream, remark
        self._draws = stream.isatty()
        self._jobs: dict[str, _Job] = {}
        self._drawn = ""

    def __call__(self, line: dict[str, Any]) -> None:
        """Take an event of the log."""
        event, seconds = line["event"], line["elapsed"]
        if event in ("skipped", "missing", "refused"):
            self._say(line["said"])
        elif event == "reports" and line["read"]:
            self._say(f"{line['read']} of {line['reports'] + line['skipped']} reports read, {seconds:.0f} s")
        elif event == "planned":
            self._jobs[line["job"]] = _Job(line["due"], line["runs"])
            if not line["due"]:
                self._say(self._jobs[line["job"]].line(line["job"], seconds))
        elif event == "run":
            self._run(line)

    def _run(self, line: dict[str, Any]) -> None:
        job = self._jobs[line["job"]]
        job.done += 1
        if line["state"] == "failed":
            job.failed += 1
            where = f"cell {line['failed_cell']}: " if line["failed_cell"] else ""
            self._say(f"{line['name']} failed, {line['ran']} of {line['cells']} cells ran: {where}{line['error']}")
        said = job.line(line["job"], line["elapsed"])
        if job.done == job.due:
            self._say(said)
        elif self._draws:
            self._draw(said)

    def _draw(self, said: str) -> None:
        self._stream.write(f"\r{said}\x1b[K")
        self._stream.flush()
        self._drawn = said

    def _say(self, said: str) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._drawn = ""
        self._remark(said)
