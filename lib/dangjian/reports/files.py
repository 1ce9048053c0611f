"""A file to a report: its size first, then its kind, then its text; every fault as one line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from dangjian.errors import ReportError
from dangjian.reports.formats import FORMATS, TEXT, Reading
from dangjian.reports.limits import MB, Limits
from dangjian.reports.report import Report

TEXTS = (".txt", ".md")
SUFFIXES = (*TEXTS, *FORMATS)
"""The names of files that can be read; among twins the first is kept."""
KNOWN_OTHERS = (
    ".rtf",
    ".odt",
    ".ofd",
    ".ods",
    ".et",
    ".caj",
    ".ceb",
    ".pages",
    ".mht",
    ".mhtml",
    ".zip",
    ".rar",
    ".7z",
)
"""Names under which reports come too, but which are not read: they are said, not passed over."""
LIMITS = Limits()


def read_report(path: str | Path, limits: Limits = LIMITS, **known: object) -> Report:
    """Read one file as a report.

    Args:
        path: .txt or .md (UTF-8, UTF-16 with a byte order mark, or GB18030), .docx, .pdf, .html, .xlsx, .xls, and
            .doc or .wps where LibreOffice is installed. A file of another name is read as text.
        limits: what reading it may cost; it is read in a process of its own, held to them.
        known: what is known of it beforehand (``report_id``, ``year``, ``district``, …).
    Raises:
        ReportError: it is not there, empty, damaged, encrypted, past a limit, or its encoding cannot be told.
    """
    path = Path(path)
    reading = _reading(path, read_file(path, limits), limits)
    facts: dict[str, object] = {
        "report_id": path.stem,
        "source": path.name,
        "encoding": reading.encoding,
        "marks": reading.marks,
        "footnotes": reading.footnotes,
        "notes": reading.notes,
    }
    return Report.from_text(reading.text, **(facts | known))  # type: ignore[arg-type]


def read_file(path: Path, limits: Limits = LIMITS) -> bytes:
    """A file's bytes, its size looked at before.

    Raises:
        ReportError: it is not there, no ordinary file, or larger than the limit.
    """
    try:
        # Without waiting: a pipe under a report's name would never answer.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as stream:
            found = os.fstat(stream.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise ReportError(str(path), "this is no ordinary file; name a file that holds a report")
            if found.st_size > limits.file:
                size = f"{found.st_size / MB:.0f} MB"
                raise ReportError(str(path), f"is {size} large, the limit is {limits.file // MB} MB (limit `file`)")
            data = stream.read(limits.file + 1)
    except FileNotFoundError:
        raise ReportError(str(path), "there is no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise ReportError(str(path), "this is a folder; name a file, or give the folder to `dangjian run`") from None
    except (OSError, ValueError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise ReportError(str(path), f"cannot be opened ({why}); check its name and its permissions") from None
    if len(data) > limits.file:
        raise ReportError(str(path), f"is larger than the limit of {limits.file // MB} MB (limit `file`)")
    return data


def _reading(path: Path, data: bytes, limits: Limits) -> Reading:
    from dangjian.reports.formats.worker import read_apart

    suffix = path.suffix.lower()
    try:
        return read_apart(data, suffix if suffix in FORMATS else TEXT, limits)
    except ValueError as fault:
        raise ReportError(str(path), str(fault)) from None
