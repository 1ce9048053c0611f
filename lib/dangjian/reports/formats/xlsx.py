""".xlsx and .xls: each sheet as a table, numbers as the sheet shows them, hidden rows and columns left out."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from dangjian.reports.formats.container import open_container
from dangjian.reports.formats.number_forms import Form
from dangjian.reports.formats.reading import Draft, Reading, Unreadable
from dangjian.reports.formats.sheet_looks import Look, check_size, read_looks
from dangjian.reports.limits import Limits

SHARE = re.compile(r"率|占比|比重|比例")
"""A column so named, all of its numbers from 0 to 1, holds shares that an old workbook shows in percent."""
IN_PERCENT = re.compile("[%％‰]|百分")
PERCENT = Form(after="%", divisor=0.01, decimals=1)
TOTAL = re.compile(r"[合总小共]\s*计")


def read_xlsx(data: bytes, limits: Limits) -> Reading:
    """The sheets of a workbook, one after the other, cells by tabs, hidden sheets left out.

    Raises:
        Unreadable: encrypted, damaged, past a limit, or without text.
    """
    packed = data.startswith(b"PK")
    looks: dict[str, Look] = {}
    if packed:
        with open_container(data, limits) as container:
            looks = read_looks(container, limits)
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
    notes: list[str] = []
    for name, rows in sheets:
        check_size(sum(map(len, rows)), limits)
        look = looks.get(name, Look())
        shares = {} if packed else _shares(rows)
        if shares:
            told = "、".join(shares[column] for column in sorted(shares))
            notes.append(f"sheet {name}: {told} hold fractions, read as percent: formats of an .xls are not read")
        if look.unvalued:
            notes.append(f"sheet {name}: {look.unvalued} formulas have no value; open it in Excel and save it anew")
        draft.blank()
        _write(draft, name, rows, look, shares)
    return draft.finish("xlsx" if packed else "xls", notes=notes)


def _write(draft: Draft, name: str, rows: Sequence[Sequence[Any]], look: Look, shares: dict[int, str]) -> None:
    """A sheet's rows, those between empty ones as one table; a sum below an empty row belongs to the table above."""
    block: list[list[tuple[str, str]]] = []
    apart = False
    for at, row in enumerate(rows):
        if at in look.hidden_rows:
            continue
        cells = [
            (shown(value, look.forms.get((at, column)) or (PERCENT if column in shares else None)), column)
            for column, value in enumerate(row)
            if column not in look.hidden_columns
        ]
        while cells and not cells[-1][0].strip():
            cells.pop()
        if not cells:
            apart = bool(block)
            continue
        if apart and not TOTAL.match(next(text for text, _ in cells if text.strip()).strip()):
            draft.table(block)
            draft.blank()
            block = []
        apart = False
        block.append([(text, f"{name}!{letters(column)}{at + 1}") for text, column in cells])
    draft.table(block)


def _shares(rows: Sequence[Sequence[Any]]) -> dict[int, str]:
    """The columns that hold shares as fractions, with their headers."""
    found = {}
    for column in range(max(map(len, rows), default=0)):
        values = [row[column] for row in rows if column < len(row)]
        numbers = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
        header = "".join(value for value in values if isinstance(value, str))
        fractions = numbers and all(0 <= value <= 1 for value in numbers) and any(value % 1 for value in numbers)
        if fractions and SHARE.search(header) and not IN_PERCENT.search(header):
            found[column] = next(value for value in values if isinstance(value, str) and SHARE.search(value))
    return found


def shown(value: Any, form: Form | None = None) -> str:
    """A cell as text, a number or a date by its format where it has one.

    >>> shown(0.984, PERCENT), shown(12.0), shown(0.1 + 0.2)
    ('98.4%', '12', '0.3')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        if form is not None:
            return form.shown(value)
        return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return (form or Form()).day(value)
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
