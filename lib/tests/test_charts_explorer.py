"""The table to click through: filters, the row that is clicked, and text that stays text."""

from __future__ import annotations

from math import inf

import pytest
from payloads import PAYLOADS
from tables import record, table

from dangjian import charts, wording
from dangjian.charts import explorer
from dangjian.reports import Report

pytest.importorskip("ipywidgets")
pytest.importorskip("itables.widget")

TEXT = "甲区2022年\n前一句。发展党员128名，后半句。后一句。"
AT = TEXT.index("128")
REPORT = Report("r", TEXT, "甲区", 2022, "甲区")
ROWS = table(
    record(lower=128, start=AT, end=AT + 4, number=[AT, AT + 3]),
    record("training.hours", 40, unit="学时", text="40学时", district="乙区", report_id="s"),
    record(None, 1, None, text="一些", district="", period=None),
)


def test_the_listing_has_a_row_a_number_with_bounds_that_sort() -> None:
    told = explorer.listing(ROWS)
    assert told["下限"].tolist() == [128, 40, 1] and told["上限"].tolist() == [128, 40, inf]
    assert told["指标"].tolist() == ["发展党员数", "学时", "（未归入指标）"]
    assert told["地区"].tolist() == ["甲区", "乙区", "未述及"] and told["程度"].tolist()[2] == "只有下限"


def test_a_click_tells_the_sentence_with_the_number_marked() -> None:
    widget = charts.explore(ROWS, (REPORT,))
    _, shown, told = widget.children
    shown.selected_rows = [0]
    assert (
        "发展党员<mark>128</mark>名，后半句。" in told.value and "前一句。" in told.value and "后一句。" in told.value
    )
    shown.selected_rows = [1]
    assert "原文不在本机" in told.value


def test_a_box_leaves_what_it_names_and_a_click_then_means_the_row_that_is_seen() -> None:
    boxes, shown, told = charts.explore(ROWS, (REPORT,)).children
    place = next(box for box in boxes.children if "乙区" in box.options)
    shown.selected_rows = [0]
    place.value = "乙区"
    assert shown.selected_rows == [] and len(shown.df) == 1 and "mark" not in told.value
    shown.selected_rows = [0]
    assert told.value.startswith("<p>s，")
    place.value = explorer.EVERY
    assert len(shown.df) == 3


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_a_report_is_escaped(payload: str) -> None:
    text = f"{payload}，发展党员128名。"
    at = text.index("128")
    row = record(lower=128, start=at, end=at + 4, number=[at, at + 3], section=[payload], label=payload)
    told = explorer.sentence(table(row).iloc[0], (Report("r", text),))
    assert "<mark>128</mark>" in told
    for tag in ("<p>", "</p>", "<mark>", "</mark>", '<span style="opacity: 0.6">', "</span>"):
        told = told.replace(tag, "")
    assert "<" not in told and '"' not in told


def test_an_indicator_is_drawn_when_it_is_picked() -> None:
    box, drawing = charts.browse(ROWS, (REPORT,)).children
    first = bytes(drawing.value)
    assert first.startswith(b"<svg") and drawing.format == "svg+xml"
    box.value = "training.hours"
    assert "学时" in bytes(drawing.value).decode() and "学时" not in first.decode()
    assert charts.browse(table(), ()).children[1].value.tobytes() == b""


def test_the_explorer_in_english_keeps_the_reports_own_words() -> None:
    from test_language import HAN

    with wording.spoken("en"):
        boxes, shown, told = explorer.explore(ROWS, ()).children
        said = [box.description for box in boxes.children] + [box.options[0] for box in boxes.children]
        said += [told.value, *explorer.titled(explorer.listing(ROWS)).columns, str(explorer.look())]
    assert "How known" in said and not HAN.search("".join(said))
    assert shown is not None
