"""What a workbook's parts say of how its cells look: number formats, hidden rows and columns, formulas without a value.

The reader of its values knows none of this, and 0.984 under 整改率 means 98.4%.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from dangjian.reports.formats.number_forms import BUILT_IN, Form, read_form
from dangjian.reports.formats.reading import Unreadable
from dangjian.reports.limits import Limits

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_COLUMNS = 16_384
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Look:
    """How one sheet looks, rows and columns counted from 0."""

    forms: dict[tuple[int, int], Form] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unvalued: int = 0
    """Cells whose formula was never reckoned."""


def read_looks(container: zipfile.ZipFile, limits: Limits) -> dict[str, Look]:
    """Each sheet's look, by its name.

    Raises:
        Unreadable: a sheet spreads over more cells than the limit.
    """
    try:
        forms = _forms(container)
        links = {
            link.get("Id"): (link.get("Target") or "").lstrip("/")
            for link in ElementTree.fromstring(container.read("xl/_rels/workbook.xml.rels"))
        }
        found = {}
        for sheet in ElementTree.fromstring(container.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
            target = links.get(sheet.get(LINK), "")
            part = target if target.startswith("xl/") else f"xl/{target}"
            if part in container.namelist():
                found[sheet.get("name", "")] = _look(container, part, forms, limits)
        return found
    except (KeyError, ElementTree.ParseError):
        return {}  # what is wrong with it, the reader of the workbook will say


def check_size(cells: int, limits: Limits) -> None:
    """Refuse a sheet of too many cells.

    Raises:
        Unreadable: it has them.
    """
    if cells > limits.nodes:
        raise Unreadable(f"a sheet spreads over more than {limits.nodes} cells (limit `nodes`)")


def _look(container: zipfile.ZipFile, part: str, forms: dict[str, Form], limits: Limits) -> Look:
    look = Look()
    wide = high = 0
    with container.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{MAIN}c":
                place = _PLACE.fullmatch(element.get("r", ""))
                if place:
                    row, column = int(place[2]) - 1, _column(place[1])
                    wide, high = max(wide, column + 1), max(high, row + 1)
                    if element.get("s") in forms:
                        look.forms[row, column] = forms[element.get("s", "")]
                value = element.find(f"{MAIN}v")
                look.unvalued += element.find(f"{MAIN}f") is not None and (value is None or not value.text)
            elif element.tag == f"{MAIN}row" and _is_on(element.get("hidden")) and element.get("r", "").isdecimal():
                look.hidden_rows.add(int(element.get("r", "")) - 1)
            elif element.tag == f"{MAIN}col" and _is_on(element.get("hidden")):
                first, last = element.get("min", ""), element.get("max", "")
                if first.isdecimal() and last.isdecimal():
                    look.hidden_columns.update(range(int(first) - 1, min(int(last), MOST_COLUMNS)))
            if element.tag in (f"{MAIN}c", f"{MAIN}row"):
                element.clear()
    check_size(wide * high, limits)  # one cell in the last corner makes a table of 17 thousand million
    return look


def _is_on(switch: str | None) -> bool:
    return (switch or "0").lower() in ("1", "true", "on")


def _forms(container: zipfile.ZipFile) -> dict[str, Form]:
    """The cell styles that change what is read, by their number."""
    if "xl/styles.xml" not in container.namelist():
        return {}
    root = ElementTree.fromstring(container.read("xl/styles.xml"))
    codes = BUILT_IN | {form.get("numFmtId", ""): form.get("formatCode", "") for form in root.iter(f"{MAIN}numFmt")}
    forms = {number: form for number, code in codes.items() if (form := read_form(code))}
    cells = root.find(f"{MAIN}cellXfs")
    return {
        str(at): forms[style.get("numFmtId", "")]
        for at, style in enumerate(cells if cells is not None else ())
        if style.get("numFmtId") in forms
    }


def _column(written: str) -> int:
    number = 0
    for letter in written:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
