""".pdf: its characters as lines of a page, its ruled tables as tables; a scan is told apart and recognised.

Read by pdfplumber after pypdf has looked: of the readers of PDF, pypdf is the one that stops at limits.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dangjian.reports.formats.characters import not_struck, pieces_of
from dangjian.reports.formats.furniture import without_footnotes, without_furniture
from dangjian.reports.formats.pdf_references import stop_at_loops
from dangjian.reports.formats.reading import Draft, Reading, Unreadable, beside
from dangjian.reports.formats.rows import joined, paragraphs, right_column
from dangjian.reports.formats.sheets import Row, Sheet
from dangjian.reports.limits import MB, Limits

PICTURE = 0.3
"""A page without characters whose pictures cover this part of it is a scan."""
UNKNOWN = 0.1
"""A page with this part of characters that its fonts do not name is read as a picture."""
DAMAGED = "a damaged or cut-off PDF; ask for the file again, or print it anew to PDF"


def read_pdf(data: bytes, limits: Limits, progress: Callable[[], None] = lambda: None) -> Reading:
    """The text of a PDF.

    Args:
        progress: called before each page that must be recognised, since that takes its own time.
    Raises:
        Unreadable: encrypted, damaged, empty, a scan that cannot be recognised here, or past a limit.
    """
    _look(data, limits)
    import pdfplumber

    stop_at_loops()
    sheets: list[Sheet] = []
    scans: list[int] = []
    empty = 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number, page in enumerate(document.pages, 1):
                rows, state = _rows(page, number)
                sheets.append(Sheet(number, float(page.width), float(page.height), tuple(rows)))
                scans += [number] if state == "scan" else []
                empty += state == "empty"
                page.close()
    except MemoryError:
        raise
    except Exception as fault:  # a broken file can fail anywhere in the reader
        raise Unreadable(f"{DAMAGED} ({type(fault).__name__})") from None
    if empty == len(sheets):
        raise Unreadable("its pages are empty: neither text nor pictures; check that it is the right file")
    notes: list[str] = []
    if scans:
        try:
            sheets, notes = _recognised(data, sheets, scans, limits, progress)
        except ModuleNotFoundError:
            if 2 * len(scans) > len(sheets):
                raise Unreadable(
                    "a scan: pictures without text; pip install 'dangjian[ocr]' to read it, or ask for the Word file"
                ) from None
            notes = [f"page {number} is a picture and was not read; pip install 'dangjian[ocr]'" for number in scans]
    sheets, footnotes = without_footnotes(without_furniture(sheets))
    draft = Draft()
    for paragraph in paragraphs(sheets):
        draft.pieces((text, f"第{row.page}页", row.confidence) for text, row in joined(paragraph))
    return draft.finish("pdf", footnotes, notes)


def _look(data: bytes, limits: Limits) -> None:
    """A first look by the reader that stops at limits."""
    import pypdf
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted; open it with its password and print it to a PDF without one")
        if len(reader.pages) > limits.pages:
            raise Unreadable(f"has {len(reader.pages)} pages, the limit is {limits.pages} (limit `pages`)")
        unpacked = 0
        for page in reader.pages:
            content = page.get_contents()
            unpacked += len(content.get_data()) if content is not None else 0
            if unpacked > limits.unpacked:
                raise Unreadable(f"unpacks to more than {limits.unpacked // MB} MB (limit `unpacked`)")
    except (Unreadable, MemoryError):
        raise
    except LimitReachedError as fault:
        raise Unreadable(
            f"unpacks too far for its reader ({str(fault).rstrip('.')}); it may be made to do harm"
        ) from None
    except (DependencyError, NotImplementedError):
        raise Unreadable("encrypted in a way that cannot be read; print it to a PDF without a password") from None
    except Exception as fault:  # as above; an offset past all counting is an OverflowError
        raise Unreadable(f"{DAMAGED} ({type(fault).__name__})") from None


def _rows(page: Any, number: int) -> tuple[list[Row], str]:
    """The rows of a page and its state: "text", "scan" or "empty"."""
    chars = [char for char in page.dedupe_chars(tolerance=1).chars if char["upright"] and char["text"]]
    chars = not_struck(chars, page)
    written = [char for char in chars if char["text"].strip()]
    unknown = sum(char["text"].startswith("(cid:") or char["text"] == "\ufffd" for char in written)
    area = float(page.width) * float(page.height) or 1.0
    pictured = sum(float(image["width"]) * float(image["height"]) for image in page.images) > PICTURE * area
    if (len(written) < 10 and pictured) or (written and unknown > UNKNOWN * len(written)):
        return [], "scan"
    if not written:
        return [], "empty"
    rows: list[Row] = []
    for table in _tables(page):
        rows += _table_rows(table, chars, number)
        chars = [char for char in chars if not _within(char, table.bbox)]
    pieces = pieces_of(chars, number)
    edge = right_column(pieces)
    return rows + (pieces_of(chars, number, edge) if edge is not None else pieces), "text"


def _tables(page: Any) -> Iterator[Any]:
    """Ruled tables of two columns and two rows at least; a frame around text is none."""
    if len(page.edges) < 6:
        return
    for table in page.find_tables():
        rows = [[cell for cell in row.cells if cell] for row in table.rows]
        if len(rows) >= 2 and max(map(len, rows)) >= 2:
            yield table


def _within(char: dict[str, Any], box: Sequence[float]) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _table_rows(table: Any, chars: list[dict[str, Any]], number: int) -> Iterator[Row]:
    inside = [char for char in chars if _within(char, table.bbox)]
    rows = []
    for row in table.rows:
        cells = [
            _cell(pieces_of([char for char in inside if _within(char, cell)], number), cell[2]) if cell else ""
            for cell in row.cells
        ]
        if any(cells):
            rows.append((row.bbox, cells))
    within = [at for at, (_, cells) in enumerate(rows) if not beside(cells)]
    for at, ((x0, top, x1, bottom), cells) in enumerate(rows):
        inner = bool(within) and within[0] <= at <= within[-1]
        text = "\t".join(cells) if inner else " ".join(filter(None, cells))
        yield Row(number, x0, x1, top, bottom, text, bottom - top, table=True)


def _cell(lines: Sequence[Row], right: float) -> str:
    """The lines of a cell as one; two figures below one another stay two, unless the first fills its line."""
    text = ""
    for before, line in zip([None, *lines], lines, strict=False):
        apart = before and text[-1:].isdecimal() and line.text[:1].isdecimal() and right - before.x1 > before.size
        text += f" {line.text.strip()}" if apart else line.text.strip()
    return text


def _recognised(
    data: bytes, sheets: list[Sheet], scans: list[int], limits: Limits, progress: Callable[[], None]
) -> tuple[list[Sheet], list[str]]:
    """The sheets, those that are pictures recognised."""
    from dangjian.reports.formats.scan import recognise

    if len(scans) > limits.scan_pages:
        raise Unreadable(f"has {len(scans)} scanned pages, the limit is {limits.scan_pages} (limit `scan_pages`)")
    found = recognise(data, scans, progress)
    changed = [found.get(sheet.number, sheet) for sheet in sheets]
    known = [row.confidence for sheet in found.values() for row in sheet.rows if row.confidence is not None]
    if not known:
        raise Unreadable("a scan in which no characters were recognised; ask for the Word file")
    return changed, [
        f"{len(scans)} pages are pictures; their characters were recognised, {sum(known) / len(known):.0%} sure"
    ]
