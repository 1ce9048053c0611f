"""What can go wrong, said so that a reader knows where, what, and what would help."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DangjianError(Exception):
    """The parent of every error that dangjian raises on purpose; its text is meant for people."""


class ReportError(DangjianError):
    """A file cannot be read as a report.

    Attributes:
        name: the file, as the caller named it.
        reason: what was wrong with it and what would help, one line.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class CatalogueError(DangjianError):
    """An entry of the catalogue is wrong: file, id and key are named."""

    def __init__(self, file: str, entry: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {entry}: {key}: {reason}")
        self.file, self.entry, self.key, self.reason = file, entry, key, reason


class TableError(DangjianError):
    """A stored metrics table does not hold what its columns promise."""


class UnitError(DangjianError):
    """Figures in different units were to be compared or divided."""


def nearest(unknown: str, known: Iterable[str]) -> str:
    """The hint ``(did you mean 'x'?)``, or nothing where no known name is near."""
    near = get_close_matches(unknown, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


class UnknownNameError(DangjianError):
    """A name that is not among those that exist.

    >>> str(UnknownNameError("unit", "hour", ["hours", "days"]))
    "there is no unit 'hour' (did you mean 'hours'?); there are days, hours"
    """

    def __init__(self, kind: str, unknown: str, known: Iterable[str]) -> None:
        choices = sorted(known)
        listed = ", ".join(choices[:12]) + (f" and {len(choices) - 12} more" if len(choices) > 12 else "")
        super().__init__(f"there is no {kind} {unknown!r}{nearest(unknown, choices)}; there are {listed}")


class CorrectionError(DangjianError):
    """A file of corrections cannot be read: file, entry and key are named."""


class CorrectionWarning(UserWarning):
    """A correction was refused: what it corrects does not stand in the report, or its value cannot be."""
