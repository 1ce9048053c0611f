"""Notebooks and their text twins: each .ipynb holds no outputs and says what its reviewed .py (percent format) says.

notebooks.py build [NAME…]   the .ipynb from the .py
notebooks.py strip [NAME…]   outputs out of the .ipynb, and the .py from what is left
notebooks.py check           exit 1 and a line for each pair that is out of step
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
KEPT = "dangjian"
"""Metadata of the project's own, kept in both twins."""


def clean(notebook: Any) -> Any:
    """The notebook with sources, tags and our own metadata alone; a cell's id follows from its source."""
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    if KEPT in notebook.metadata:
        metadata[KEPT] = dict(notebook.metadata[KEPT])
    used: dict[str, int] = {}
    cells = []
    for cell in notebook.cells:
        source = cell.source.strip("\n")
        if not source:
            continue
        name = hashlib.sha256(source.encode("utf-8")).hexdigest()[:8]
        count = used[name] = used.get(name, 0) + 1
        made = {"cell_type": cell.cell_type, "id": name if count == 1 else f"{name}-{count}", "source": source}
        made["metadata"] = {"tags": list(cell.metadata["tags"])} if cell.metadata.get("tags") else {}
        if cell.cell_type == "code":
            made |= {"execution_count": None, "outputs": []}
        cells.append(nbformat.from_dict(made))  # type: ignore[no-untyped-call]
    return nbformat.from_dict(  # type: ignore[no-untyped-call]
        {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    )


def as_ipynb(notebook: Any) -> str:
    """The notebook as the file holds it."""
    return str(nbformat.writes(clean(notebook))) + "\n"  # type: ignore[no-untyped-call]


def as_text(notebook: Any) -> str:
    """The notebook in percent format, its header naming the kernel and our own metadata alone."""
    told = clean(notebook)
    told.metadata["jupytext"] = {"notebook_metadata_filter": f"kernelspec,{KEPT},-jupytext.text_representation"}
    return str(jupytext.writes(told, fmt="py:percent"))


def built(text: Path) -> str:
    """What the .ipynb beside a .py must hold."""
    return as_ipynb(jupytext.read(text))


def write(path: Path, text: str) -> None:
    """Write beside the file and move there, so that nobody reads half of it; an equal file stays untouched."""
    if path.is_file() and path.read_text("utf-8") == text:
        return
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)


def strip(path: Path) -> None:
    """Take outputs out of a notebook and bring its text twin up to it."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    write(path, as_ipynb(notebook))
    write(path.with_suffix(".py"), as_text(notebook))


def apart() -> list[str]:
    """A line for each notebook that holds outputs, lacks its twin, or says something else than it."""
    found = []
    for path in sorted({*FOLDER.glob("*.ipynb"), *(text.with_suffix(".ipynb") for text in FOLDER.glob("*.py"))}):
        text = path.with_suffix(".py")
        if not path.is_file() or not text.is_file():
            found.append(f"{path.name}: its twin {(text if path.is_file() else path).name} is missing")
        elif path.read_text("utf-8") != built(text):
            found.append(f"{path.name}: does not say what {text.name} says; `make strip` takes the notebook for true")
    return found


def main(arguments: list[str]) -> int:
    """Do what the first word says, for the notebooks named or for all."""
    command, *names = arguments or ["check"]
    if command == "check":
        lines = apart()
        sys.stderr.writelines(f"{line}\n" for line in lines)
        return 1 if lines else 0
    if command not in ("build", "strip"):
        sys.stderr.write(__doc__ or "")
        return 2
    suffix = ".py" if command == "build" else ".ipynb"
    places = [Path(name).with_suffix(suffix) for name in names] or sorted(FOLDER.glob(f"*{suffix}"))
    for place in places:
        if command == "build":
            write(place.with_suffix(".ipynb"), built(place))
        else:
            strip(place)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
