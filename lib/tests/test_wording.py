"""Figures as Chinese sentences."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import record, table

from dangjian import analysis, wording
from dangjian.bounds import Bounds
from dangjian.reports import Report

DEVELOPED = "membership.developed"

BOUNDS = [
    # lower, upper, unit, in words
    (128, 128, "名", "128名"),
    (1230, 1230, "", "1,230"),
    (100, 199, "名", "100–199名"),
    (10.0, 99.9, "%", "10–99.9%"),
    (32, None, "学时", "≥32学时（不设上限）"),
    (0, None, "名", "未公开"),
    (0, 20, "件", "0–20件"),
    (66.67, 66.67, "%", "66.67%"),
    (100 / 3, 200 / 3, "%", "33.33–66.67%"),  # outward: 33.33 below, 66.67 above
    (-5, 8, "名", "-5至8名"),
    (-inf, 8, "名", "≤8名（不设下限）"),
    (-inf, None, "名", "上下均不设限"),
    (2448500, 2449500, "名", "244.85–244.95万名"),
    (2448551, 2448551, "名", "2,448,551名"),  # nothing is rounded away
    (2370544700, 2370544700, "元", "237,054.47万元"),
]


@pytest.mark.parametrize(("lower", "upper", "unit", "words"), BOUNDS)
def test_bounds_in_words(lower: float, upper: float | None, unit: str, words: str) -> None:
    assert wording.bounds_words(Bounds(lower, upper), unit) == words


ROWS = [
    # what differs from an exact count, in words
    ({"lower": 100, "upper": 199, "masked": True, "text": "1**名"}, "100–199名（原文 `1**名`）"),
    ({"lower": 270, "upper": 330, "modality": "about", "text": "约300人", "unit": "人"}, "约300人（270–330）"),
    ({"lower": 90, "upper": 100, "modality": "nearly", "text": "近100场"}, "近100名（90–100）"),
    ({"lower": 200, "upper": 999, "modality": "about", "text": "数百人", "unit": "人"}, "200–999人（原文 `数百人`）"),
    ({"lower": 500, "upper": 599, "modality": "more", "text": "500余名"}, "500–599名（原文 `500余名`）"),
    ({"lower": 32, "upper": None, "modality": "at_least", "unit": "学时"}, "≥32学时（不设上限）"),
    ({"lower": 0, "upper": 20, "modality": "at_most", "unit": "件"}, "0–20件"),
    ({"lower": 128}, "128名"),
]


@pytest.mark.parametrize(("more", "words"), ROWS)
def test_a_row_in_words(more: dict, words: str) -> None:
    row = record(**more)
    assert wording.words(row) == wording.words(table(row).iloc[0]) == words
    assert row["text"] not in wording.words(row, original=False) or not (row["masked"] or row["modality"] == "more")


def test_figures_that_contradict_each_other_are_called_so() -> None:
    figures = analysis.by_year(table(record(lower=128), record(lower=130)), DEVELOPED)
    assert wording.words(figures.iloc[0]) == "128–130名（说法不一）"


def over(*told: tuple[str, int, float, float | None]) -> str:
    """The finding from (district, year, lower, upper)."""
    rows = (record(lower=low, upper=top, district=name, period=year, year=year) for name, year, low, top in told)
    return wording.finding(analysis.by_year(table(*rows), DEVELOPED), "发展党员数")


FINDINGS = [
    ([], "发展党员数：未述及"),
    ([("甲区", 2022, 128, 128)], "甲区2022年发展党员数：128名"),
    (
        [("甲区", 2021, 100, 110), ("甲区", 2022, 128, 128)],
        "甲区发展党员数：2021年100–110名，2022年128名，上升（增加18–28名）",
    ),
    (
        [("甲区", 2021, 200, 200), ("甲区", 2022, 128, 128)],
        "甲区发展党员数：2021年200名，2022年128名，下降（减少72名）",
    ),
    ([("甲区", 2021, 100, 199), ("甲区", 2022, 128, 128)], "甲区发展党员数：2021年100–199名，2022年128名，无法判断"),
    ([("甲区", 2022, 128, 128), ("乙区", 2022, 10, 99)], "2022年发展党员数：甲区最高（128名）"),
    (
        [("甲区", 2022, 128, 128), ("乙区", 2022, 100, 199)],
        "2022年发展党员数：哪个最高无法判断（甲区、乙区的范围相接）",
    ),
    ([("甲区", 2021, 9, 9), ("乙区", 2022, 10, 10)], "发展党员数（各地最近一年）：乙区最高（10名）"),
    (
        [
            ("甲区", 2021, 9, 9),
            ("甲区", 2022, 10, 10),
            ("乙区", 2021, 10, 99),
            ("乙区", 2022, 10, 99),
            ("丙区", 2022, 1, 1),
        ],
        "2021至2022年发展党员数：3个地区中1个上升、1个无法判断、1个只有一年数字",
    ),
]


@pytest.mark.parametrize(("told", "sentence"), FINDINGS)
def test_findings(told: list, sentence: str) -> None:
    assert over(*told) == sentence


def test_figures_in_different_measures_are_not_ranked() -> None:
    said = table(record("rectification.measures", 30, unit="条"), record("rectification.notices", 9, unit="份"))
    found = analysis.together(said, {"措施": "rectification.measures", "整改单": "rectification.notices"})
    assert wording.finding(found, "推动整改") == "2022年推动整改：单位不同，不比高低"


def test_an_absent_indicator_is_named_by_the_catalogue() -> None:
    assert wording.finding(analysis.by_year(table(), DEVELOPED)) == f"{wording.title_of(DEVELOPED)}：未述及"
    assert wording.findings(analysis.by_year(table(), DEVELOPED)) == [f"{wording.title_of(DEVELOPED)}：未述及"]


@given(st.text(max_size=40))
def test_plain_text_holds_no_sign_of_markup(text: str) -> None:
    assert not set(wording.plain(text)) & set("<>&[](){}*_`#|$~!@\\\"'\n\r\t")
    assert "://" not in wording.plain(text)


def test_the_source_line_names_few_reports_and_counts_many() -> None:
    rows = [record(report_id=f"r{year}", period=year, year=year) for year in range(2019, 2024)]
    reports = [
        Report.from_text(f"甲区{year}年总结\n正文。", f"r{year}", invented=year == 2019) for year in range(2019, 2024)
    ]
    figures = analysis.by_year(table(*rows), DEVELOPED)
    assert wording.source(figures, reports) == "资料来源：5份报告（2019–2023年的数字）"
    assert wording.source(figures.iloc[:1], reports) == "资料来源：《甲区2019年总结》，第1段；均为虚构示例"
    assert wording.source(figures.iloc[:1]) == "资料来源：r2019"
    assert wording.source(figures.iloc[:0]) == "资料来源：无"


def test_what_was_read_is_told_with_what_is_invented() -> None:
    said = table(record(), record(None, masked=True))
    real, made_up = Report.from_text("甲区总结", "r"), Report.from_text("乙区总结\n（虚构示例：数字为编造）", "s")
    start = "共1份报告有数字2个，其中1个归入指标，1个被遮蔽。"
    assert wording.provenance([], said) == start + "原文不在本机，只有数字可用。"
    assert wording.provenance([real], said) == start
    assert wording.provenance([real, made_up], said) == start + "其中1份为虚构示例。"
    assert "均为虚构示例" in wording.provenance([made_up], said)


def test_tables_to_read() -> None:
    text = "甲区2022年总结\n\n全年发展党员128名。"
    at = text.index("128")
    rows = [record(start=at, end=at + 4, number=[at, at + 3], lower=128), record(lower=9, period=2020, report_id="s")]
    figures = analysis.by_year(table(*rows), DEVELOPED)
    assert wording.year_table(figures).to_dict("index") == {"甲区": {"2020": "9名", "2022": "128名"}}
    proof = wording.evidence_table([Report.from_text(text, "r")], figures, figures)
    assert proof[["报告", "数值", "原文", "位置", "句子"]].values.tolist() == [
        ["r", "128名", "128名", "第3行", "全年发展党员128名。"],
        ["s", "9名", "128名", "", "原文不在本机"],
    ]
    assert wording.evidence_table([], figures.iloc[:0]).empty and wording.year_table(figures.iloc[:0]).empty
