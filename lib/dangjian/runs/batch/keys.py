"""What a run depends on, each part by its hash: where all are equal it stands; one that differs is why it runs."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dangjian.runs.batch.grids import Planned
from dangjian.runs.batch.jobs import GIVEN
from dangjian.runs.batch.stamps import Stamps
from dangjian.runs.batch.tables import Selection
from dangjian.runs.translated import CHINESE

Key = Mapping[str, Any]
LONGEST_PATH = 200


class Keys:
    """Makes the keys of runs; what many share is hashed once."""

    def __init__(self, stamps: Stamps, library: str) -> None:
        self._stamps, self._library = stamps, library
        self._named: dict[Path, list[str]] = {}

    def of(self, planned: Planned, selection: Selection) -> Key:
        """A run's key.

        ``notebook`` is the whole file, prose included, since a briefing shows it; ``data`` are the files that its
        code or its parameters name, such as a national series beside the reports.
        """
        notebook = planned.job.notebook
        values = {name: parameter.default for name, parameter in planned.job.declared.items()} | dict(planned.values)
        named = [value for name, value in values.items() if name not in GIVEN]
        return {
            "notebook": self._stamps.digest(notebook),
            "parameters": dict(planned.values),
            "outputs": list(planned.job.outputs),
            "lang": planned.lang,
            "mask": selection.mask,
            "reports": {facts["report_id"]: facts["key"] for facts in selection.reports},
            "corrections": selection.corrected,
            "data": self._data(notebook, named) | self._translation(notebook, planned.lang),
            "library": self._library,
        }

    def _translation(self, notebook: Path, lang: str) -> dict[str, str]:
        place = notebook.with_name(f"{lang}.toml")
        return {} if lang == CHINESE else {place.name: self._stamps.digest(place)}

    def _data(self, notebook: Path, values: list[Any]) -> dict[str, str]:
        if notebook not in self._named:
            self._named[notebook] = list(_literals(notebook))
        found = {}
        for said in [*self._named[notebook], *values]:
            if isinstance(said, str) and 0 < len(said) <= LONGEST_PATH and "\0" not in said:
                path = notebook.parent / said
                try:
                    if path.is_file():
                        found[said] = self._stamps.digest(path)
                    elif "/" in said and path.is_dir():
                        found[said] = self._stamps.tree(path)
                except (OSError, ValueError):
                    continue  # it cannot be read, and neither can the notebook
        return found


def reason(key: Key, before: Key) -> str:
    """Why a run is made again, in words; "" where nothing that it depends on has changed."""
    if not before:
        return "new"
    if key == before:
        return ""
    parts = [part for part in key if part != "reports" and key[part] != before.get(part)]
    old, new = before.get("reports") or {}, key["reports"]
    reports = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    if "library" in parts:  # reports are read anew by another library, though they are the same
        return f"{', '.join(parts)} changed"
    told = [f"report {name}" for name in reports[:3]] + ([f"{len(reports) - 3} more"] if len(reports) > 3 else [])
    return f"{', '.join(parts + told)} changed"


def _literals(notebook: Path) -> Iterator[str]:
    """The texts in quotes of a notebook's code, but for its parameters."""
    for cell in json.loads(notebook.read_bytes())["cells"]:
        if cell["cell_type"] != "code" or "parameters" in cell.get("metadata", {}).get("tags", []):
            continue
        try:
            tree = ast.parse("".join(cell["source"]))
        except (SyntaxError, ValueError):
            continue  # a magic, or a cell that fails
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
                yield node.value
