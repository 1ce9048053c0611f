"""Notebooks made for tests: a list of cells to a file."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook(*cells: str) -> Any:
    """A notebook: a text that begins with ``md:`` is prose, ``par:`` the parameters cell, all else code."""
    made = []
    for cell in cells:
        kind, _, rest = cell.partition(":")
        if kind == "md":
            made.append(new_markdown_cell(textwrap.dedent(rest).strip()))
        elif kind == "par":
            made.append(new_code_cell(textwrap.dedent(rest).strip(), metadata={"tags": ["parameters"]}))
        else:
            made.append(new_code_cell(textwrap.dedent(cell).strip()))
    return new_notebook(cells=made, metadata={"kernelspec": KERNEL})


def saved(folder: Path, name: str, *cells: str) -> Path:
    """The same, written to a file."""
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook(*cells), path)
    return path


def shown(**data: Any) -> Any:
    """An output of a cell: ``html=``, ``svg=``, ``plotly=``, ``plain=``, ``markdown=``, ``png=``."""
    kinds = {
        "html": "text/html",
        "svg": "image/svg+xml",
        "png": "image/png",
        "plotly": "application/vnd.plotly.v1+json",
        "plain": "text/plain",
        "markdown": "text/markdown",
    }
    return new_output("display_data", {kinds[kind]: value for kind, value in data.items()})


def executed(*cells: Any) -> Any:
    """A notebook as if run: a text is prose, a list holds the outputs of a code cell."""
    made = []
    for cell in cells:
        if isinstance(cell, str):
            made.append(new_markdown_cell(cell))
        else:
            made.append(new_code_cell("shown()", outputs=cell, execution_count=1))
    return new_notebook(cells=made, metadata={"kernelspec": KERNEL})
