"""What a result depends on, as hashes: where none of them changed, nothing is done again."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping
from functools import cache
from glob import glob
from hashlib import sha256
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

_READING = ("bounds.py", "spans.py", "errors.py", "reports/", "quantities/", "indicators/", "metrics/")
"""The rooms that decide what is read in a report."""
_CATALOGUE = "indicators/"
_NO_PART = ("cli/",)
_DRAWING = ("pandas", "numpy", "matplotlib", "plotly", "pyarrow", "ipykernel", "ipython", "jieba")


def digest_of(value: Any) -> str:
    """A hash of any JSON value; the order of keys does not matter."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(text.encode("ascii")).hexdigest()


@cache
def _code() -> dict[str, str]:
    """A hash of every file of this package that decides a result, by its path in the package."""
    root = Path(str(files("dangjian")))
    kinds = {".py", ".toml", ".j2", ".css", ".js", ".json", ".ttf", ".woff2"}
    found = {}
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root).as_posix()
        if path.suffix in kinds and not place.startswith(_NO_PART) and path.is_file():
            found[place] = sha256(path.read_bytes()).hexdigest()
    return found


@cache
def reading_version() -> str:
    """What stands for the code and the catalogue that read reports."""
    return digest_of({place: value for place, value in _code().items() if place.startswith(_READING)})


@cache
def catalogue_version() -> str:
    """What stands for the catalogue: its entries, dimensions, themes."""
    return digest_of({place: value for place, value in _code().items() if _is_catalogue(place)})


@cache
def library_version() -> str:
    """What stands for the library but its catalogue, and for the packages that compute and draw."""
    code = {place: value for place, value in _code().items() if not _is_catalogue(place)}
    return digest_of([code, {name: _version(name) for name in _DRAWING}])


def _is_catalogue(place: str) -> bool:
    return place.startswith(_CATALOGUE) and place.endswith(".toml")


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def report_key(digest: str, known: Mapping[str, Any], mask: str) -> str:
    """What the reading of one file depends on."""
    return digest_of([digest, dict(known), mask, reading_version()])


def notebook_version(cells: Iterable[Mapping[str, Any]], folder: Path, inputs: Iterable[str] = ()) -> str:
    """What stands for a notebook: its cells, the files that its code names, and those of the patterns given."""
    sources = [(cell["cell_type"], "".join(cell["source"]), cell.get("metadata", {}).get("tags", [])) for cell in cells]
    named = {path for kind, source, _ in sources if kind == "code" for path in _named(source, folder)}
    named |= {path for pattern in inputs for path in map(Path, glob(pattern, recursive=True)) if path.is_file()}
    return digest_of([sources, {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(named)}])


def _named(source: str, folder: Path) -> Iterable[Path]:
    """The files beside a notebook that texts in its code name; a cell of magics names none."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value[-8:-1]:
            path = folder / node.value
            try:
                if len(node.value) < 300 and path.is_file():
                    yield path
            except (OSError, ValueError):
                continue


def changed(before: Mapping[str, str] | None, now: Mapping[str, str]) -> list[str]:
    """Which parts of a key are not what they were; "first run" where there is no earlier one."""
    if before is None:
        return ["first run"]
    return [part for part in now if before.get(part) != now[part]]
