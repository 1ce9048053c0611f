"""Files added to a manifest one by one: each with what it says of itself, and whether another holds the same report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from dangjian.errors import DangjianError, ReportError
from dangjian.reports.corpus import SHORTEST_TWIN, rank
from dangjian.reports.files import LIMITS, read_file, read_report
from dangjian.reports.limits import Limits
from dangjian.reports.manifest import MANIFEST, entry_of
from dangjian.reports.names import plain_name, safe_id
from dangjian.reports.report import Report
from dangjian.reports.twins import Twins, fingerprint

Entry = dict[str, Any]


class TakenError(DangjianError):
    """An id is that of another file."""


class List:
    """The entries of a folder's manifest, by file, in their order, and the reports met while adding to them."""

    def __init__(self, folder: Path, entries: Iterable[Entry], limits: Limits = LIMITS) -> None:
        self.folder, self.limits = folder, limits
        self.entries: dict[str, Entry] = {entry["file"]: entry for entry in entries}
        self._twins = Twins()
        self._printed: set[str] = set()

    def rank(self, file: Path) -> tuple[int, str]:
        """The order in which twins are met: the first is the one that a run reads."""
        return rank(file), file.name

    def add(self, file: Path, said: Mapping[str, object]) -> Entry:
        """List a file: what the manifest says of it stays, what is said now outranks it, the rest is read from it.

        Raises:
            ReportError: it cannot be read, or its name is no text.
            TakenError: its id is another file's, and the two are not the same report.
        """
        if plain_name(file.name) != file.name:
            raise ReportError(str(file), "its name is no text in this system's encoding; rename it")
        report, data = read_report(file, self.limits), read_file(file, self.limits)
        known = {key: value for key, value in self.entries.get(file.name, {}).items() if key != "same_as"}
        entry = entry_of(report, file.name, data, {**known, **said})
        twin = "" if entry.get("distinct") else self._twin(file.name, entry, report)
        if twin:
            entry["same_as"] = twin
        holder = self._holder(entry["id"], file.name)
        if holder and twin and "id" not in known:
            entry["id"] = safe_id(f"{entry['id']}-{file.suffix.lstrip('.')}")
            holder = self._holder(entry["id"], file.name)
        if holder:
            raise TakenError(
                f"its id {entry['id']!r} is that of {holder}; give one of the two another id in {MANIFEST}"
            )
        self.entries[file.name] = entry
        return entry

    def _holder(self, report_id: str, file: str) -> str:
        return next((name for name, one in self.entries.items() if one.get("id") == report_id and name != file), "")

    def _twin(self, file: str, entry: Entry, report: Report) -> str:
        """The file that holds the same report: the same bytes, or nearly the same text under the same year."""
        if len(report.text) < SHORTEST_TWIN:
            return ""
        self._print_others(file, entry)
        print_ = fingerprint(report.text)
        twin = self._twins.of(print_)
        if not twin:
            self._twins.add(file, print_)
            self._printed.add(file)
        return twin if twin != file else ""

    def _print_others(self, file: str, entry: Entry) -> None:
        """Read again the listed reports that this one may be: by hash, or by year."""
        for name, other in list(self.entries.items()):
            likely = other.get("sha256") == entry["sha256"] or other.get("year") == entry.get("year")
            if name == file or name in self._printed or other.get("same_as") or not likely:
                continue
            self._printed.add(name)
            place = self.folder / name
            try:
                if other.get("sha256") == sha256(read_file(place, self.limits)).hexdigest():
                    self._twins.add(name, fingerprint(read_report(place, self.limits).text))
            except ReportError:
                continue  # it is not there any more: a run will say so
