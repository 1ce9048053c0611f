"""Figures checked against each other: coherent ones raise no conflict, wrong ones are found, both places named."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tables import record, table

import dangjian
from dangjian.analysis.checks import CHECKS, checks, conflicts
from dangjian.reports import Report

SAMPLES = Path(__file__).parents[2] / "data" / "reports"


def said(text: str, year: int = 2022, district: str = "甲区", report_id: str = "r") -> pd.DataFrame:
    """What is read from one sentence."""
    report = Report.from_text(text=text, report_id=report_id, year=year, district=district)
    return dangjian.frame(dangjian.extract(report, mask="digits").observations, [report])


COHERENT = [
    # sentences whose figures agree
    "年末全区党员总数9657名。截至年底，全区共有党员9657名。",
    "全年发展党员214名，其中产业工人36名，青年农民12名，女性98名。",
    "基层党组织528个，其中党委31个，党总支41个，党支部456个。",
    "巡察反馈问题126个，已整改119个，其余7个正在推进，整改率94.4%。",
    "计划发展党员251名，实际发展党员250名，计划完成率99.6%。",
    "全年发展党员250名，入党申请人2764名，是发展党员数的11.1倍。",
    "发展党员250名，其中女性112名，女性占发展党员数的44.8%。",
    "全年发展党员***名，其中产业工人***名，青年农民**名。",  # hidden digits leave it open
    "年末全区党员总数2.4万名，全区共有党员24310名，基层党组织1316个。",  # rounded, not wrong
]


@pytest.mark.parametrize("text", COHERENT)
def test_coherent_sentences_raise_no_conflict(text: str) -> None:
    assert conflicts(said(text)).empty


PLANTED = [
    # a sentence, the kind of relation that its figures break, the two places that are named among others
    ("年末全区党员总数9657名。截至年底，全区共有党员9756名。", "repeat", {"9657名", "9756名"}),
    ("全年发展党员90名，其中女性98名。", "sum", {"90名", "98名"}),
    ("基层党组织528个，其中党委31个，党总支41个，党支部465个。", "sum", {"528个", "465个"}),
    ("巡察反馈问题126个，已整改119个，其余9个正在推进。", "difference", {"126个", "119个", "9个"}),
    ("巡察反馈问题126个，已整改119个，整改率96.4%。", "quotient", {"126个", "119个", "96.4%"}),
    ("计划发展党员251名，实际发展党员240名，计划完成率99.6%。", "quotient", {"251名", "240名", "99.6%"}),
    ("全年发展党员250名，入党申请人2764名，是发展党员数的12.1倍。", "quotient", {"250名", "2764名", "12.1倍"}),
    ("发展党员250名，其中女性112名，女性占发展党员数的48.4%。", "quotient", {"250名", "112名", "48.4%"}),
    (
        "巡察反馈问题1**个，已整改80个，整改率94.4%。",
        "quotient",
        {"1**个", "80个", "94.4%"},
    ),  # 100 at least: 80% at most
]


@pytest.mark.parametrize(("text", "kind", "places"), PLANTED)
def test_planted_conflicts_are_found_with_their_places(text: str, kind: str, places: set) -> None:
    found = conflicts(said(text))
    assert len(found) == 1 and found["kind"].item() == kind
    named = {place["text"]: place for place in found["places"].item()}
    assert places <= set(named)
    for written, place in named.items():
        assert text[place["start"] : place["end"]] == written and place["report_id"] == "r" and place["label"]


ACROSS = [
    # figures of two years that a report or the next tells, whether they are in conflict
    ("membership.members_net_increase", 106, "increase", "名", False),
    ("membership.members_net_increase", 160, "increase", "名", True),
    ("membership.members_net_increase", 106, "decrease", "名", True),
    ("membership.members_change_rate", 1.1, "increase", "%", False),
    ("membership.members_change_rate", 1.2, "increase", "%", True),
]


@pytest.mark.parametrize(("indicator", "value", "change", "unit", "conflict"), ACROSS)
def test_this_year_is_last_year_and_the_change(
    indicator: str, value: float, change: str, unit: str, conflict: bool
) -> None:
    text = f"{value}{unit}"
    rows = table(
        record("membership.members", 9551, text="9551名", end=9, number=[4, 8], period=2021, report_id="a"),
        record("membership.members", 9657, text="9657名", end=9, number=[4, 8], period=2022, report_id="b"),
        record(indicator, value, unit=unit, change=change, report_id="b", period=2022, text=text,
               start=20, end=20 + len(text), number=[20, 20 + len(text) - 1]),
    )  # fmt: skip
    assert (checks(rows)["verdict"] == "conflict").tolist() == [conflict]
    assert checks(rows, by="report").empty  # one report knows one year


CANNOT_TELL = [
    # two rows of one name (bounds, offset), and why they are no conflict
    ((1000, 9999), (10, 99), 100, "too far apart"),
    ((95, 95), (97, 97), 12, "began"),  # 由95名增至97名
    ((100, 199), (150, 160), 100, "open"),
]


@pytest.mark.parametrize(("one", "other", "start", "reason"), CANNOT_TELL)
def test_what_is_no_conflict_is_not_called_one(one: tuple, other: tuple, start: int, reason: str) -> None:
    rows = table(
        record("membership.members", *one, text="9名", start=4, end=6, number=[4, 5]),
        record("membership.members", *other, text="9名", start=start, end=start + 2, number=[start, start + 1]),
    )
    found = checks(rows)
    assert found["verdict"].tolist() == ["cannot tell"] and reason in found["reason"].item()


def test_the_sample_reports_are_coherent() -> None:
    _, metrics = dangjian.open_table(SAMPLES)
    found = checks(metrics)
    assert found[found["verdict"] == "conflict"].empty
    assert (found["verdict"] == "holds").sum() > 100 and set(found["kind"]) >= {"sum", "difference", "quotient"}


SPOILT = [
    # a figure of a sample report put wrong: report, as written, the wrong one, which relation must find it
    ("hengchuan-2021", "membership.developed", "458名", 448, "quotient"),
    ("hengchuan-2021", "rectification.problems_open", "17个", 19, "difference"),
    ("hengchuan-2021", "rectification.rate", "93.1%", 91.3, "quotient"),
    ("lanan-2020", "membership.organizations", "440个", 450, "sum"),
    ("tangchuan-2023", "rectification.problems_rectified", "84个", 82, "quotient"),
    ("songyuan-2022", "membership.members", "22,203名", 22302, "change"),
]


@pytest.mark.parametrize(("report", "indicator", "written", "wrong", "kind"), SPOILT)
def test_a_figure_put_wrong_in_a_sample_report_is_found(
    report: str, indicator: str, written: str, wrong: float, kind: str
) -> None:
    _, metrics = dangjian.open_table(SAMPLES)
    if kind == "change":  # what the year after tells of its growth is put in by hand
        more = record("membership.members_net_increase", 261, change="increase", report_id=report, text="261名",
                      district="松沅区", year=2022, period=2022, start=9000, end=9004, number=[9000, 9003])  # fmt: skip
        metrics = pd.concat([metrics, table(more)], ignore_index=True)
    own = (metrics["report_id"] == report) & (metrics["text"] == written) & (metrics["indicator"] == indicator)
    assert own.sum() == 1
    metrics.loc[own, ["lower", "upper", "value"]] = float(wrong)
    found = conflicts(metrics)
    assert kind in set(found["kind"])
    start = metrics.loc[own, "start"].item()
    for places in found["places"]:
        assert any((place["report_id"], place["start"]) == (report, start) for place in places)


def test_a_table_without_relations_gives_an_empty_table_of_the_same_shape() -> None:
    assert list(checks(table()).columns) == list(CHECKS) and checks(table()).empty
