"""A sheet is a table; its numbers read as the sheet shows them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import hostile
import pytest

from dangjian.reports.formats.number_forms import read_form
from dangjian.reports.formats.xlsx import letters, read_xlsx, shown
from dangjian.reports.limits import Limits

FILES = Path(__file__).parent / "files"
STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="9"/></cellXfs>'
)


def cell(place: str, value: str, style: int = 0, kind: str = "n") -> str:
    if kind == "s":
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def test_cells_rows_and_percents():
    rows = (
        f'<row r="1">{cell("A1", "指标", kind="s")}{cell("B1", "整改率", kind="s")}</row>'
        f'<row r="2">{cell("A2", "甲&#10;区", kind="s")}{cell("B2", "0.984", 1)}{cell("C2", "1", 2)}</row>'
        f'<row r="4">{cell("A4", "12")}</row>'
    )
    reading = read_xlsx(hostile.workbook(rows, styles=STYLES), Limits())
    assert reading.text == "指标\t整改率\n甲 区\t98.4%\t100%\n\n12\n"
    places = {reading.text[mark.start :][:2]: mark.where for mark in reading.marks}
    assert places["98"] == "整改!B2" and places["12"] == "整改!A4"


def test_what_is_hidden_is_left_out():
    rows = "".join(
        f'<row r="{at}" hidden="{at % 2 ^ 1}">{cell(f"A{at}", str(at))}{cell(f"B{at}", "99")}{cell(f"C{at}", "5")}'
        "</row>"
        for at in (1, 2, 3)
    )
    hidden = '<cols><col min="2" max="2" hidden="1"/></cols>'
    assert read_xlsx(hostile.workbook(rows, before=hidden), Limits()).text == "1\t5\n3\t5\n"


LEDGER: list[list[str | float]] = [
    ["泉沅县整改台账"], ["", "", "单位：个"], ["镇", "问题", "整改率"], ["甲镇", 47, 0.957],
    [], ["合计", 47, 0.957], ["注：略"],
]  # fmt: skip


def test_a_ledger_reads_as_a_person_reads_it():
    rows = ""
    for at, row in enumerate(LEDGER, 1):
        cells = [
            cell(f"{letters(to)}{at}", str(one), 1 if to == 2 else 0, "s" if isinstance(one, str) else "n")
            for to, one in enumerate(row)
            if one
        ]
        rows += f'<row r="{at}">{"".join(cells)}</row>'
    text = read_xlsx(hostile.workbook(rows, styles=STYLES), Limits()).text
    assert text == "泉沅县整改台账\n单位：个\n镇\t问题\t整改率\n甲镇\t47\t95.7%\n合计\t47\t95.7%\n注：略\n"


def test_a_formula_that_was_never_reckoned_is_told():
    rows = '<row r="1"><c r="A1"><v>12</v></c><c r="B1"><f>A1*2</f></c></row>'
    assert "1 formulas have no value" in read_xlsx(hostile.workbook(rows), Limits()).notes[0]


FORMS = [
    # a format, a number, what the sheet shows
    ("0%", 0.985, "99%"),  # half up, as a spreadsheet rounds
    ("0.0%", 0.984, "98.4%"),
    ('#,##0"名"', 1234, "1,234名"),
    ('0.0"万元"', 35.6, "35.6万元"),
    ('0!.0,"万元"', 356_000, "35.6万元"),
    ('#,##0.0,"千元"', 2_345_678, "2,345.7千元"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', -1234.5, "-1,234.50"),
    ('[Red]0"个";0', 3, "3个"),
    ('G/通用格式"人"', 7, "7人"),
    ("0.00_ ", 1.005, "1.01"),
    ("0", 1e300, "1e+300"),
]


@pytest.mark.parametrize(("form", "number", "text"), FORMS)
def test_number_formats(form, number, text):
    assert shown(number, read_form(form)) == text


@pytest.mark.parametrize("form", ["General", "@", "# ?/?", "0.00E+00", "[DBNum1]General", "", '"', "\\"])
def test_formats_that_change_nothing(form):
    assert read_form(form) is None


DATES = [
    ('yyyy"年"', "2022年"),
    ('yyyy"年"m"月"', "2022年3月"),
    ("yyyy/m/d", "2022年3月4日"),
    ("m/d/yy h:mm", "2022年3月4日"),
]


@pytest.mark.parametrize(("form", "text"), DATES)
def test_dates(form, text):
    assert shown(date(2022, 3, 4), read_form(form)) == text


def test_shares_of_an_old_workbook_are_percents():
    reading = read_xlsx((FILES / "ledger.xls").read_bytes(), Limits())
    assert "1\t甲镇\t47\t95.7%" in reading.text and reading.text.startswith("泉沅县2022年整改台账\n序号")
    assert reading.encoding == "xls" and "整改率" in reading.notes[0]


VALUES = [
    (12.0, "12"),
    (0.1 + 0.2, "0.3"),
    (237054.47, "237054.47"),
    ("*名", "*名"),
    (True, "是"),
    (1e20, "1e+20"),
    ("", ""),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_shown(value, text):
    assert shown(value) == text


def test_letters():
    assert [letters(column) for column in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
