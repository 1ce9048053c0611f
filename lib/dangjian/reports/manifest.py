"""``corpus.toml``: what is known of each report of a folder, read from it and written anew."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from dangjian.errors import ReportError
from dangjian.reports.names import plain_name, safe_id
from dangjian.reports.report import Report
from dangjian.reports.titles import find_kind

MANIFEST = "corpus.toml"
KEYS = ("id", "file", "title", "district", "year", "kind", "source", "sha256", "invented", "same_as", "distinct")
_TYPES = {"year": int, "invented": bool, "distinct": bool}
"""What is no text. ``same_as`` names the file that holds the same report; ``distinct`` says that none does."""


def read_manifest(folder: Path) -> list[dict[str, Any]]:
    """The entries of a folder's manifest; none where there is none.

    Raises:
        ReportError: it cannot be read, or an entry has an unknown key, no file, or a value of the wrong type.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("report", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as fault:
        raise ReportError(str(path), f"the manifest cannot be read ({fault}); mend it or take it away") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ReportError(
            str(path), "the manifest cannot be read: entries begin with [[report]]; mend it or take it away"
        )
    for number, entry in enumerate(entries, 1):
        unknown = sorted(set(entry) - set(KEYS))
        if "file" not in entry or unknown:
            wrong = f"unknown key {unknown[0]!r}" if unknown else "no `file`"
            raise ReportError(str(path), f"entry {number}: {wrong}; an entry takes {', '.join(sorted(KEYS))}")
        for key, value in entry.items():
            wanted = _TYPES.get(key, str)
            if type(value) is not wanted:
                raise ReportError(str(path), f"entry {number}: {key} takes {_SAID[wanted]}, not {value!r}")
    return entries


_SAID = {str: "a text in quotes", int: "a number", bool: "true or false"}


def facts_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says of its report, by the names of ``Report``."""
    facts = {key: entry[key] for key in ("title", "district", "year", "kind", "invented") if key in entry}
    return facts | ({"report_id": entry["id"]} if "id" in entry else {})


def entry_of(report: Report, file: str, data: bytes, known: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of a report: what is known of it stays, what is missing is read from it.

    Args:
        data: the file's bytes, for its hash.
        known: the entry as it was, and what the caller says.
    """
    read = {"id": report.report_id, "title": report.title, "year": report.year, "kind": find_kind(report.title)}
    entry = {key: known.get(key, read.get(key)) for key in KEYS if key not in ("file", "sha256")}
    entry |= {"file": file, "id": safe_id(str(entry["id"])), "sha256": sha256(data).hexdigest()}
    return {key: entry[key] for key in KEYS if entry[key] not in (None, "")}


def dumps_manifest(entries: Iterable[Mapping[str, Any]], before: str = "") -> str:
    """The manifest's text; the comment that opened the one ``before`` is kept."""
    opening = []
    for line in before.removeprefix("\ufeff").split("\n"):
        if line.strip() and not line.startswith("#"):
            break
        opening.append(line)
    head = "\n".join(opening).strip()
    blocks = [
        "\n".join(["[[report]]", *(f"{key} = {_toml(value)}" for key, value in entry.items())]) for entry in entries
    ]
    return "\n\n".join(filter(None, [head, *blocks])) + "\n"


def _toml(value: object) -> str:
    """A value in TOML: JSON's escapes are TOML's, but for DEL."""
    if isinstance(value, str):
        return json.dumps(plain_name(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower()
