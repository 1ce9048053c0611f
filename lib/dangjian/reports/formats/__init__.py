"""Formats of reports: which there are, and what their first bytes must be.

A parser of a format runs in a process of its own (``worker``), never in the caller's.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from dangjian.reports.decoding import decode
from dangjian.reports.formats.reading import Mark, Reading, Unreadable
from dangjian.reports.limits import Limits

__all__ = ["FORMATS", "Format", "Mark", "Reading", "Unreadable", "kind_of", "read_bytes", "read_text"]

PACKED, OLD, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
KINDS = {
    PACKED: "a ZIP container (.docx, .xlsx, .zip)",
    OLD: "an old Office file (.doc, .wps, .xls)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a rich text file (.rtf)",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"MIME-Version": "a web archive (.mht)",
}


class Format(NamedTuple):
    """A format: the module and function that read it, and the first bytes that its files may have."""

    module: str
    function: str
    begins: tuple[bytes, ...]


FORMATS = {
    ".docx": Format("docx", "read_docx", (PACKED,)),
    ".html": Format("html", "read_html", ()),
    ".htm": Format("html", "read_html", ()),
    ".xlsx": Format("xlsx", "read_xlsx", (PACKED,)),
    ".xls": Format("xlsx", "read_xlsx", (OLD, PACKED)),
    ".pdf": Format("pdf", "read_pdf", (PDF,)),
    ".doc": Format("docx", "read_docx", (OLD, PACKED)),
    ".wps": Format("docx", "read_docx", (OLD, PACKED)),
}
CONVERTED = (".doc", ".wps")
TEXT = ".txt"
"""Plain text, and what is read as such whatever its name."""


def kind_of(data: bytes) -> str:
    """What the first bytes say a file is, "" where they say nothing."""
    if PDF in data[:1024]:
        return "a PDF file"
    return next((kind for begin, kind in KINDS.items() if data.startswith(begin)), "")


def check_kind(data: bytes, suffix: str) -> None:
    """See that a file is what its name says.

    Raises:
        Unreadable: empty, encrypted, or another kind of file.
    """
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise Unreadable("the file is empty")
    if suffix in (".docx", ".xlsx") and data.startswith(OLD):
        if ENCRYPTED in data:
            raise Unreadable("encrypted; save it without a password and try again")
        raise Unreadable(f"this is {KINDS[OLD]}, not a {suffix}; save it anew as {suffix}")
    begins = FORMATS[suffix].begins
    if PDF in begins and PDF in data[:1024]:
        return
    if begins and not data.startswith(begins):
        what = kind_of(data) or "none, or its beginning is damaged"
        raise Unreadable(f"named {suffix}, but this is {what}; give it its own name, or ask for the file again")
    if not begins and kind_of(data):
        raise Unreadable(f"this is {kind_of(data)}, not text; give it its own name and try again")


def read_text(data: bytes) -> Reading:
    """Read the bytes of a plain text.

    Raises:
        Unreadable: another kind of file, empty, or in an encoding that cannot be told.
    """
    kind = kind_of(data)
    if kind and data.strip():
        raise Unreadable(f"this is {kind}, not text; give it its own name, or save the report as .txt (UTF-8)")
    try:
        text, encoding = decode(data)
    except ValueError as fault:
        raise Unreadable(str(fault)) from None
    return Reading(text, encoding=encoding)


def read_bytes(data: bytes, suffix: str, limits: Limits, progress: Callable[[], None] = lambda: None) -> Reading:
    """Read a file's bytes in this process: for the worker, and for whoever has nothing to lose.

    Raises:
        Unreadable: they cannot be read; the line says why.
    """
    if suffix == TEXT:
        return read_text(data)
    form = FORMATS[suffix]
    read = getattr(import_module(f"dangjian.reports.formats.{form.module}"), form.function)
    reading = read(data, limits, progress) if form.module == "pdf" else read(data, limits)
    assert isinstance(reading, Reading)
    return reading
