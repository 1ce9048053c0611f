"""What a Word document is made of: paragraphs and tables, rows and cells, those that a change took away left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dangjian.reports.formats.docx_styles import W, on

BLOCKS = {W + name for name in ("ins", "moveTo", "customXml")}


def content_of(control: Any) -> Any:
    """What a content control holds; None for a hint to the writer and for the table of contents."""
    properties = control.find(W + "sdtPr")
    if properties is not None:
        gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
        if properties.find(W + "showingPlcHdr") is not None:
            return None
        if gallery is not None and gallery.get(W + "val") == "Table of Contents":
            return None
    return control.find(W + "sdtContent")


def blocks_of(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body or a cell, in order."""
    for child in parent.iterchildren():
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in BLOCKS:
            yield from blocks_of(child)
        elif child.tag == W + "sdt":
            content = content_of(child)
            if content is not None:
                yield from blocks_of(content)


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table, without deleted and hidden ones."""
    for child in table.iterchildren():
        if child.tag == W + "tr":
            if child.find(f"{W}trPr/{W}del") is None and not on(child.find(W + "trPr"), "hidden"):
                yield child
        elif child.tag == W + "sdt" and child.find(W + "sdtContent") is not None:
            yield from rows_of(child.find(W + "sdtContent"))


def cells_of(row: Any) -> list[Any]:
    """The cells of a row, without deleted ones."""
    cells: list[Any] = []
    for child in row.iterchildren():
        if child.tag == W + "tc":
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                cells.append(child)
        elif child.tag == W + "sdt" and child.find(W + "sdtContent") is not None:
            cells += cells_of(child.find(W + "sdtContent"))
    return cells


def span_of(cell: Any) -> int:
    """How many columns a cell takes."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    width = span.get(W + "val", "1") if span is not None else "1"
    return min(int(width), 100) if width.isdecimal() and int(width) else 1


def skipped_by(row: Any) -> int:
    """Columns that a row leaves out at its left."""
    skipped = row.find(f"{W}trPr/{W}gridBefore")
    width = skipped.get(W + "val", "0") if skipped is not None else "0"
    return min(int(width), 100) if width.isdecimal() else 0


def continues(cell: Any) -> bool:
    """Whether the cell is the lower or the right part of one that began above or to the left."""
    merges = (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
    return any(merge is not None and merge.get(W + "val", "continue") == "continue" for merge in merges)
