"""A sheet is a table; its numbers read as the sheet shows them."""

from __future__ import annotations

import hostile
import pytest

from dangjian.reports.formats.xlsx import letters, read_xlsx, shown
from dangjian.reports.limits import Limits

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
