""".xlsx and .xls: each sheet as a table, numbers as the sheet shows them where that changes their meaning."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

from dangjian.reports.formats.container import open_container
from dangjian.reports.formats.reading import Draft, Reading, Unreadable
from dangjian.reports.limits import Limits

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PERCENT = re.compile(r"^[^;%]*?0(?:\.(0+))?[^;%]*%")
BUILT_IN = {"9": 0, "10": 2}
"""Number formats that every workbook knows: 0% and 0.00%."""


def read_xlsx(data: bytes, limits: Limits) -> Reading:
    """The sheets of a workbook, one after the other, cells by tabs, hidden sheets left out.

    Raises:
        Unreadable: encrypted, damaged, past a limit, or without text.
    """
    percents: dict[str, dict[tuple[int, int], int]] = {}
    if data.startswith(b"PK"):
        with open_container(data, limits) as container:
            percents = _percents(container, limits)
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        sheets = [
            (sheet.name, book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
        ]
    except calamine.PasswordError:
        raise Unreadable("encrypted; save it without a password and try again") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise Unreadable("no workbook that can be read; open it in Excel or WPS and save it anew as .xlsx") from None
    draft = Draft()
    for name, rows in sheets:
        draft.blank()
        _check_size(sum(map(len, rows)), limits)
        block: list[list[tuple[str, str]]] = []
        for at, row in enumerate(rows):
            last = max((column for column, value in enumerate(row) if value != ""), default=-1)
            cells = [
                (shown(value, percents.get(name, {}).get((at, column))), f"{name}!{letters(column)}{at + 1}")
                for column, value in enumerate(row[: last + 1])
            ]
            if cells:
                block.append(cells)
                continue
            draft.table(block)
            draft.blank()
            block = []
        draft.table(block)
    return draft.finish("xlsx" if percents or data.startswith(b"PK") else "xls")


def shown(value: Any, decimals: int | None = None) -> str:
    """A cell as text; ``decimals`` are those of a format in percent.

    >>> shown(0.984, 1), shown(12.0), shown(0.1 + 0.2)
    ('98.4%', '12', '0.3')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        if decimals is not None:
            return f"{value * 100:.{decimals}f}%"
        return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)


def letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _check_size(cells: int, limits: Limits) -> None:
    if cells > limits.nodes:
        raise Unreadable(f"a sheet spreads over more than {limits.nodes} cells (limit `nodes`)")


def _percents(container: zipfile.ZipFile, limits: Limits) -> dict[str, dict[tuple[int, int], int]]:
    """By sheet and place, the decimals of each cell that shows its number in percent.

    The numbers come without their formats, and 0.984 under 整改率 means 98.4%.
    """
    try:
        styles = _styles(container)
        links = {
            link.get("Id"): (link.get("Target") or "").lstrip("/")
            for link in ElementTree.fromstring(container.read("xl/_rels/workbook.xml.rels"))
        }
        found = {}
        for sheet in ElementTree.fromstring(container.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
            target = links.get(sheet.get(LINK), "")
            part = target if target.startswith("xl/") else f"xl/{target}"
            if part in container.namelist():
                found[sheet.get("name", "")] = _percents_of(container, part, styles, limits)
        return found
    except (KeyError, ElementTree.ParseError):
        return {}  # what is wrong with it, the reader of the workbook will say


def _percents_of(
    container: zipfile.ZipFile, part: str, styles: dict[str, int], limits: Limits
) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    wide = high = 0
    with container.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{MAIN}c":
                place = _PLACE.fullmatch(element.get("r", ""))
                if place:
                    row, column = int(place[2]) - 1, _column(place[1])
                    wide, high = max(wide, column + 1), max(high, row + 1)
                    if element.get("s") in styles:
                        found[row, column] = styles[element.get("s", "")]
            if element.tag in (f"{MAIN}c", f"{MAIN}row"):
                element.clear()
    _check_size(wide * high, limits)  # one cell in the last corner makes a table of 17 thousand million
    return found


def _styles(container: zipfile.ZipFile) -> dict[str, int]:
    """The cell styles that show percents, by their number, with their decimals."""
    if "xl/styles.xml" not in container.namelist():
        return {}
    root = ElementTree.fromstring(container.read("xl/styles.xml"))
    formats = dict(BUILT_IN)
    for form in root.iter(f"{MAIN}numFmt"):
        percent = _PERCENT.match(form.get("formatCode", ""))
        if percent:
            formats[form.get("numFmtId", "")] = len(percent[1] or "")
    cells = root.find(f"{MAIN}cellXfs")
    return {
        str(at): formats[style.get("numFmtId", "")]
        for at, style in enumerate(cells if cells is not None else ())
        if style.get("numFmtId") in formats
    }


def _column(written: str) -> int:
    number = 0
    for letter in written:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
