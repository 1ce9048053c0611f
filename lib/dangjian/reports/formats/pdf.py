""".pdf: its characters as lines of a page, its ruled tables as tables; a scan is told apart and recognised.

Read by pdfplumber after pypdf has looked: of the readers of PDF, pypdf is the one that stops at limits.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any

from dangjian.reports.formats.furniture import without_footnotes, without_furniture
from dangjian.reports.formats.pdf_references import stop_at_loops
from dangjian.reports.formats.reading import Draft, Reading, Unreadable, beside
from dangjian.reports.formats.rows import joined, paragraphs
from dangjian.reports.formats.sheets import Row, Sheet
from dangjian.reports.limits import MB, Limits

PICTURE = 0.3
"""A page without characters whose pictures cover this part of it is a scan."""
UNKNOWN = 0.1
"""A page with this part of characters that its fonts do not name is read as a picture."""
GAP = 0.9
"""A gap of this many heights of type may be that between two columns, with a comma hanging into it."""
MOST_STROKES, MOST_ON_LINE = 5_000, 50
"""A page of more lines is a drawing."""
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
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

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
    except Unreadable:
        raise
    except LimitReachedError:
        raise Unreadable(f"unpacks to more than {limits.unpacked // MB} MB (limit `unpacked`)") from None
    except (DependencyError, NotImplementedError):
        raise Unreadable("encrypted in a way that cannot be read; print it to a PDF without a password") from None
    except (PyPdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as fault:
        raise Unreadable(f"{DAMAGED} ({type(fault).__name__})") from None


def _rows(page: Any, number: int) -> tuple[list[Row], str]:
    """The rows of a page and its state: "text", "scan" or "empty"."""
    chars = [char for char in page.dedupe_chars(tolerance=1).chars if char["upright"] and char["text"]]
    chars = _not_struck(chars, page)
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
    return rows + _lines(chars, number), "text"


def _not_struck(chars: list[dict[str, Any]], page: Any) -> list[dict[str, Any]]:
    """The characters that no line goes through: what a print with changes shown has struck out is deleted."""
    strokes: dict[int, list[tuple[float, float, float]]] = {}
    for edge in page.edges:
        if edge["orientation"] == "h" and len(strokes) < MOST_STROKES:
            strokes.setdefault(int(edge["top"]), []).append((edge["top"], edge["x0"], edge["x1"]))
    if not strokes:
        return chars
    return [char for char in chars if not _is_struck(char, strokes)]


def _is_struck(char: dict[str, Any], strokes: dict[int, list[tuple[float, float, float]]]) -> bool:
    top, height = char["top"], char["bottom"] - char["top"]
    upper, lower, middle = top + 0.3 * height, top + 0.8 * height, char["x0"] + 0.5 * char["width"]
    return any(
        upper < at < lower and left <= middle <= right
        for line in range(int(upper), min(int(lower), int(upper) + 60) + 1)
        for at, left, right in strokes.get(line, ())[:MOST_ON_LINE]
    )


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
            _cell(_lines([char for char in inside if _within(char, cell)], number), cell[2]) if cell else ""
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


def _lines(chars: list[dict[str, Any]], number: int) -> list[Row]:
    """Characters as pieces of lines, cut where a wide gap stands between two."""
    lines: list[list[dict[str, Any]]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda char: (char["top"] + char["bottom"], char["x0"])):
        own = (char["top"] + char["bottom"]) / 2
        if not lines or own - middle > 0.4 * char["size"]:
            lines.append([])
            middle = own
        lines[-1].append(char)
    return [row for line in _raised(lines) for row in _cut(sorted(line, key=lambda char: char["x0"]), number)]


def _raised(lines: list[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    """The lines without the small raised numbers of footnotes, which would become digits of a number."""
    for line in lines:
        size = median(char["size"] for char in line)
        base = median(char["bottom"] for char in line)
        kept = [char for char in line if char["size"] > 0.75 * size or char["bottom"] > base - 0.1 * size]
        digits = all(char["text"].isdecimal() or char["text"] in "*[]①②③④⑤⑥⑦⑧⑨" for char in line)
        if kept and not (digits and size < 7 and len(line) <= 3):
            yield kept


def _cut(line: list[dict[str, Any]], number: int) -> Iterator[Row]:
    piece: list[dict[str, Any]] = []
    text = ""
    for char in line:
        if piece:
            gap, size = char["x0"] - piece[-1]["x1"], max(char["size"], piece[-1]["size"])
            if gap > GAP * size and char["text"].strip():
                yield from _row(piece, text, number)
                piece, text = [], ""
            elif gap > 0.25 * size and _latin(piece[-1]["text"]) and _latin(char["text"]):
                text += " "
        piece.append(char)
        text += char["text"] if char["text"].strip() else " "
    yield from _row(piece, text, number)


def _latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _row(piece: list[dict[str, Any]], text: str, number: int) -> Iterator[Row]:
    inked = [char for char in piece if char["text"].strip()]
    if inked:
        top, bottom = min(char["top"] for char in inked), max(char["bottom"] for char in inked)
        size = median(char["size"] for char in inked)
        yield Row(number, inked[0]["x0"], max(char["x1"] for char in inked), top, bottom, " ".join(text.split()), size)


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
