"""Tables in a text, by tabs or pipes: units from header or unit column, years from headers."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.quantities import modifiers, units
from dangjian.quantities.captions import YEAR, fold, is_unit, unit_of_caption, year_of_row
from dangjian.quantities.numerals import read_chinese, read_digits
from dangjian.quantities.quantity import LeftOut, Quantity
from dangjian.spans import Span

FEWEST_COLUMNS = 2
LONGEST, LONGEST_UNIT = 120, 16
"""So much at most of a row's or a column's name is looked at, for each of its cells; of its unit so much."""
HEADER_ROWS, UNIT_COLUMNS = 4, 4
"""So many rows at most make up a header, and so many columns named 单位 are looked into for units."""
UNIT_COLUMN = re.compile(r"^(?:计量)?单位$")
RANK_COLUMN = re.compile(
    r"^(?:序号|编号|No\.?|排名|位次|.{0,4}(?:编码|代码|编号|文号)|(?:联系|办公)?电话|手机(?:号码?)?|身份证号?码?|邮编)$",
    re.I,
)
DATE = re.compile(
    r"(?:19|20)\d\d\s*(?:年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日?)?)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)\s*(?:前|底|初|末)?"
)
"""A cell that holds a date, and no number."""
CHANGE_COLUMN = re.compile(r"同比|增减|增幅|增长|环比|较上年|比上年|升降|变化|变动")
TARGET_COLUMN = re.compile(r"计划|目标|任务数|指标")
LAST_YEAR = re.compile(r"上年|去年|同期")
ORGANISATION = re.compile(
    r".{1,12}(?:省|市|县|区|镇|乡|街道|村|社区|园区|局|委|办|部|组|院|校|学校|中心|公司|集团|企业|支部|总支|党委|党组|单位)"
    r"|[合总小共]\s*计|总\s*数|全[省市县区镇乡街]"
)
"""A row so named says whose figures it holds; what they count stands above them."""
IN_BRACKETS = re.compile(r"[（(]\s*+(?:单位[:：]\s*+)?([^（）()\s](?:[^（）()]{0,6}[^（）()\s])?)\s*+[）)]\s*+$")
SIGN = re.compile(r"^\s*([+＋\-－−±]|增|减|升|降|上升|下降|增长|增加|减少)?\s*")
CELL = re.compile(
    r"(?P<number>[0-9０-９*＊×Xx●○〇□█#]+(?:[,，][0-9０-９*＊×Xx●○□█#]{3})*(?:[.．][0-9０-９*＊×Xx●○□█#]+)?|[零一二三四五六七八九十百千两]+)"
    r"\s*+(?P<scale>[百千万亿]*)(?P<more>[余多])?(?P<unit>[^\d\s，。；]{0,6}?)(?P<after>以上|以下|左右|以内)?\s*+$"
)
CAPTION_UNIT = re.compile(r"单位[:：]\s*([^\s。；）)]{1,16})")


MINUS = re.compile(r"[-－−]\s*[0-9０-９*×●○]")
COUNTS = re.compile(r"[^\u4e00-\u9fff]*[0-9０-９*×●○]")
HAN = re.compile(r"[\u4e00-\u9fff]")


class Cell(NamedTuple):
    """One cell: its text without blanks at the ends, and where that stands."""

    text: str
    span: Span


class Table(NamedTuple):
    """Consecutive lines with the same separator: the header's cells and the rows'."""

    span: Span
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str


def find_tables(text: str) -> tuple[Table, ...]:
    """Every run of two lines or more that tabs or pipes divide into columns."""
    if "\t" not in text and "|" not in text and "｜" not in text:
        return ()
    tables, lines, start, block = [], [], 0, ""
    for line in [*text.split("\n"), ""]:
        separator = _separator(line)
        if separator and (not block or separator == block):
            block = separator
            lines.append((start, line))
        else:
            if len(lines) >= 2:
                table = _table(text, lines, block)
                if table:
                    tables.append(table)
            lines, block = ([(start, line)], separator) if separator else ([], "")
        start += len(line) + 1
    return tuple(tables)


def _separator(line: str) -> str:
    for sign in ("\t", "|", "｜"):
        if line.strip(" " if sign == "\t" else " |｜").count(sign) >= FEWEST_COLUMNS - 1 and line.strip():
            return sign
    return ""


def _table(text: str, lines: list[tuple[int, str]], separator: str) -> Table | None:
    rows = [row for row in (_cells(start, line, separator) for start, line in lines) if not _is_rule(row)]
    if len(rows) < 2:
        return None
    span = Span(lines[0][0], lines[-1][0] + len(lines[-1][1]))
    above = text[max(0, span.start - 60) : span.start]
    caption = CAPTION_UNIT.findall(above)
    header, under = rows[0], 1
    ruled = len(lines) > 1 and _is_rule(_cells(*lines[1], separator))
    while not ruled and under < min(len(rows) - 1, HEADER_ROWS) and _goes_under(header, rows[under]):
        header = _both(header, rows[under])
        under += 1
    return Table(span, header, tuple(rows[under:]), caption[-1].rstrip("，、") if caption else "")


def _goes_under(header: tuple[Cell, ...], row: tuple[Cell, ...]) -> bool:
    """Whether a row divides columns of the header above it: words only, the first cells left to the header."""
    if not row or row[0].text or not any(cell.text for cell in row):
        return False
    fits = all(cell.text or at >= len(header) or header[at].text for at, cell in enumerate(row[: len(header)]))
    return fits and not any(CELL.match(cell.text) and not YEAR.fullmatch(cell.text) for cell in row if cell.text)


def _both(header: tuple[Cell, ...], row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Two rows of a header as one: a title stands over all columns to its right that have none."""
    told, over = [], ""
    for at in range(max(len(header), len(row))):
        upper = header[at].text if at < len(header) else ""
        lower = row[at] if at < len(row) else Cell("", row[-1].span)
        over = upper or over
        own = lower.text or at >= len(header)
        told.append(Cell(f"{over}{lower.text}" if lower.text else upper, lower.span if own else header[at].span))
    return tuple(told)


def _is_rule(row: tuple[Cell, ...]) -> bool:
    return all(set(cell.text) <= set(":-—=") for cell in row)


def _cells(start: int, line: str, separator: str) -> tuple[Cell, ...]:
    cells, at = [], start
    for part in line.split(separator):
        stripped = part.strip()
        begin = at + (part.index(stripped) if stripped else 0)
        cells.append(Cell(stripped, Span(begin, begin + len(stripped))))
        at += len(part) + 1
    if separator != "\t":  # | a | b | has an empty cell at either end
        cells = cells[1:] if cells and not cells[0].text else cells
        cells = cells[:-1] if cells and not cells[-1].text else cells
    return tuple(cells)


def scan_table(
    text: str, table: Table, year: int | None, known: dict[str, bool]
) -> tuple[list[Quantity], list[LeftOut]]:
    """The quantities of a table's cells, in text order, and the numbers in it that measure nothing."""
    quantities: list[Quantity] = []
    left_out: list[LeftOut] = []
    unit_columns = [at for at, cell in enumerate(table.header) if UNIT_COLUMN.match(cell.text)][:UNIT_COLUMNS]
    unit_column = next((at for at in unit_columns if _holds_units(table.rows, at)), None)
    headers = [cell.text[:LONGEST] for cell in table.header]
    minus = {at for row in table.rows for at, cell in enumerate(row) if MINUS.match(cell.text)}
    for row in table.rows:
        dated = year_of_row([cell.text for cell in row[:UNIT_COLUMNS]], headers)
        of_year, year_column = dated or (year, -1)
        words = (cell.text for at, cell in enumerate(row) if at != year_column)
        first = next((cell for cell in words if HAN.search(cell) and not (dated and COUNTS.match(cell))), "")
        label = first[:LONGEST]
        crossed = bool(ORGANISATION.fullmatch(label))
        row_unit = row[unit_column].text[:LONGEST_UNIT] if unit_column is not None and unit_column < len(row) else ""
        for at, cell in enumerate(row):
            header = headers[at] if at < len(headers) else ""
            if (
                at == unit_column
                or not re.search(r"[\d０-９*＊×●○□█一二三四五六七八九十两]", cell.text)
                or cell.text == first
            ):
                continue
            if RANK_COLUMN.match(header):
                left_out.append(LeftOut(*cell.span, "rank column 序号"))
                continue
            if at == year_column or DATE.fullmatch(cell.text):
                left_out.append(LeftOut(*cell.span, "year and date"))
                continue
            named = f"{label}{_heading(header)}" if crossed or dated else label
            unit = row_unit or unit_of_caption(table.unit, header, label)
            read = _read_cell(text, cell, named, header, unit, of_year, known, at in minus)
            if read is None:
                left_out.append(LeftOut(*cell.span, "cell without a number"))
            else:
                quantities.append(read)
    return quantities, left_out


def _read_cell(
    text: str,
    cell: Cell,
    label: str,
    header: str,
    row_unit: str,
    year: int | None,
    known: dict[str, bool],
    below: bool,
) -> Quantity | None:
    """A cell's quantity, None where it holds none.

    Args:
        row_unit: of its row or its table; ``year``: of its row or its report.
        below: another cell of its column has a minus, so that one without a sign has grown.
    """
    sign = SIGN.match(cell.text)
    signed = sign[1] if sign else None
    body = cell.text[sign.end() :] if sign else cell.text
    found = CELL.match(body)
    if not found:
        return None
    number = found["number"]
    width = all(map(known.get, number, (True,) * len(number))) if known else True
    numeral = read_digits(number, width) or read_chinese(number)
    if numeral is None:
        return None
    start = cell.span.start + (sign.end() if sign else 0)
    bracket = IN_BRACKETS.search(header) or IN_BRACKETS.search(label)
    in_change = bool(CHANGE_COLUMN.search(header))
    written = found["unit"] or (bracket[1] if bracket else "") or ("%" if in_change and not row_unit else row_unit)
    if found["unit"] and not is_unit(found["unit"]):
        return None
    if in_change and not found["unit"] and not bracket:
        written = (
            "%" if re.search(r"[率%％幅]|占比|比[例重]|同比|环比|增长", header) and row_unit != "%" else written or "%"
        )
    folded, unit = fold(written)
    scale = folded * (units.SCALES.get(found["scale"], 1) if found["scale"] else 1)
    bounds, modality = numeral.bounds.scaled(scale) if scale != 1 else numeral.bounds, "exact"
    if found["more"]:
        bounds, modality = modifiers.more(numeral, scale, unit in units.CONTINUOUS and scale == 1), "more"
    behind = modifiers.AFTER.get(found["after"] or "")
    if behind:
        bounds, modality = modifiers.widened(bounds, behind), behind
    change = None
    if signed in ("+", "＋", "增", "升", "上升", "增长", "增加") and (in_change or signed not in "+＋"):
        change = "increase"
    elif signed in ("-", "－", "−", "减", "降", "下降", "减少") and (in_change or signed not in "-－−"):
        change = "decrease"
    elif in_change and signed is None and numeral.bounds.lower and (below or re.search(r"增长|增幅|增加", header)):
        change = "increase"
    if unit == "%" and change is None and numeral.bounds.lower <= 100:
        bounds = bounds.capped(100.0)
    years = YEAR.findall(header)
    period = int(years[0]) if years else (year - 1 if LAST_YEAR.search(header) and not in_change and year else year)
    end = start + len(found["number"]) + len(found["scale"] or "")
    return Quantity(
        start, cell.span.end, text[start : cell.span.end], start, end, *bounds, unit, modality,
        numeral.masked, change, period, bool(TARGET_COLUMN.search(header)), "table cell", f"{label} {header}",
        False, label,
    )  # fmt: skip


def _heading(header: str) -> str:
    """A column's name without its year and unit."""
    return YEAR.sub("", IN_BRACKETS.sub("", header)).strip()


def _holds_units(rows: tuple[tuple[Cell, ...], ...], at: int) -> bool:
    """Whether most cells of a column are units: 单位 heads a column of organisations too."""
    cells = [row[at].text for row in rows if at < len(row) and row[at].text]
    return 2 * sum(is_unit(fold(cell)[1]) or cell in "%％‰" for cell in cells) >= len(cells)
