"""Tables as files for spreadsheets, made of bytes that are the same every time: CSV, and a workbook of sheets.

A text never becomes a formula: a CSV cell that looks like one gets an apostrophe, and a workbook's texts are stored
as texts, which no spreadsheet evaluates.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from xml.sax.saxutils import escape

from dangjian.briefings.visible import visible
from dangjian.metrics.storage import FORMULA, SHOWN

Value = str | float | int | None
Rows = Sequence[Sequence[Value]]

LONGEST_NAME, LONGEST_TEXT = 31, 32_767
"""What a spreadsheet allows for a sheet's name and for a cell."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_OFFICE = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def csv_bytes(rows: Iterable[Sequence[Value]]) -> bytes:
    """The rows as CSV that a spreadsheet in China opens right: UTF-8 with a byte order mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        value = visible(value)
        return SHOWN + value if value.lstrip(" \u3000").startswith((*FORMULA, SHOWN)) else value
    return _number(value)


def _number(value: float) -> str:
    """A number as spreadsheets read it; "" where it is none or endless."""
    if not isfinite(value):
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def workbook_bytes(sheets: Mapping[str, Rows]) -> bytes:
    """The sheets as an .xlsx workbook, by name; the first row of each is its head.

    Names are cut to what is allowed and told apart by a number where they meet.
    """
    names = _names(sheets)
    numbers = range(1, len(names) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + _override("/xl/workbook.xml", "sheet.main")
        + _override("/xl/styles.xml", "styles")
        + "".join(_override(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers)
        + "</Types>",
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main" '
        f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"><sheets>'
        + "".join(
            f'<sheet name="{escape(name, _QUOTE)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in zip(numbers, names, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_OFFICE}/spreadsheetml/2006/main">'
        '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
    }
    parts |= {
        f"xl/worksheets/sheet{number}.xml": _sheet(rows) for number, rows in zip(numbers, sheets.values(), strict=True)
    }
    return zipped({name: (_HEAD + text).encode("utf-8") for name, text in parts.items()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of the parts, without a date: equal parts give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


_QUOTE = {'"': "&quot;"}


def _override(part: str, kind: str) -> str:
    return (
        f'<Override PartName="{part}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
    )


def _relations(pairs: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{told}</Relationships>'


def _names(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        plain = _NOT_IN_NAMES.sub(" ", visible(name)).strip(" '")[:LONGEST_NAME] or "Sheet"
        tried, number = plain, 2
        while tried.lower() in {other.lower() for other in found}:
            tried = f"{plain[: LONGEST_NAME - 4]} {number}"
            number += 1
        found.append(tried)
    return found


def _sheet(rows: Rows) -> str:
    looks = ['s="1" ', *[""] * len(rows)]
    body = "".join(
        f"<row>{''.join(_sheet_cell(value, look) for value in row)}</row>"
        for row, look in zip(rows, looks, strict=False)
    )
    frozen = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
    return (
        f'<worksheet xmlns="{_OFFICE}/spreadsheetml/2006/main">{frozen}</sheetViews>'
        f"<sheetData>{body}</sheetData></worksheet>"
    )


def _sheet_cell(value: Value, look: str) -> str:
    if value is None or (not isinstance(value, str) and not isfinite(value)):
        return f"<c {look}/>" if look else "<c/>"
    if isinstance(value, str):
        text = escape(visible(value)[:LONGEST_TEXT])
        return f'<c {look}t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c {look}><v>{_number(value)}</v></c>"
