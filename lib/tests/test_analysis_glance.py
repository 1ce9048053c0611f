"""One report out of many, its numbers as said, and their counts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import record, table

from dangjian import analysis
from dangjian.analysis.glance import OPENING, sort_of
from dangjian.errors import UnknownNameError

CHOSEN = [
    # (report, year, numbers) of each, which is asked for, which is taken
    ([("a", 2021, 3), ("b", 2022, 1)], "", "b"),  # the latest year
    ([("a", 2022, 1), ("b", 2022, 3)], "", "b"),  # then the most numbers
    ([("b", 2022, 1), ("a", 2022, 1)], "", "a"),  # then the first name
    ([("a", None, 3), ("b", 2022, 1)], "", "b"),
    ([("a", 2021, 3), ("b", 2022, 1)], "a", "a"),
]


@pytest.mark.parametrize(("told", "asked", "taken"), CHOSEN)
def test_which_report_is_taken(told: list, asked: str, taken: str) -> None:
    rows = [record(report_id=name, year=year) for name, year, count in told for _ in range(count)]
    assert set(analysis.one_report(table(*rows), asked)["report_id"]) == {taken}


def test_a_report_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match=r"no report 'x'.*r"):
        analysis.one_report(table(record()), "x")
    assert analysis.one_report(table()).empty


def test_numbers_as_said_are_never_merged() -> None:
    rows = table(
        record(lower=9), record(lower=12), record(lower=20, target=True), record(None, 5, year=None, period=None)
    )
    said = analysis.as_said(rows)
    assert said["category"].tolist() == ["发展党员", "发展党员（2）", "发展党员（计划）", "发展党员（3）"]
    assert said["lower"].tolist() == [9, 12, 20, 5] and said["period"].isna().tolist() == [False, False, False, True]
    assert said["indicator"].tolist()[-1] == ""
    few = analysis.as_said(rows, most=3)
    assert len(few) == 3 and few.attrs["left_out"] == 1


def test_labels_that_repeat_are_told_apart_by_their_kind() -> None:
    rows = [record("rectification.rate", label="整改率", dims={"source": source}) for source in ("巡察", "审计")]
    assert analysis.as_said(table(*rows))["category"].tolist() == ["整改率（巡察）", "整改率（审计）"]


def test_money_is_an_amount_and_no_count() -> None:
    rows = table(record(unit="名"), record(unit="元"), record(unit="%"))
    assert analysis.counted(rows)["unit"].tolist() == ["名"]


def test_a_decrease_as_said_lies_below_zero() -> None:
    (said,) = analysis.as_said(table(record(lower=5, upper=9, change="decrease"))).to_dict("records")
    assert (said["lower"], said["upper"]) == (-9, -5)


SORTS = [
    # lower, upper, masked, sort
    (5, 5, False, "exact"),
    (100, 100, True, "exact"),  # ***% of a share
    (10, 99, True, "masked"),
    (10, None, True, "masked"),
    (90, 100, False, "range"),
    (32, None, False, "open"),
]


@pytest.mark.parametrize(("lower", "upper", "masked", "sort"), SORTS)
def test_how_a_number_is_known(lower: float, upper: float | None, masked: bool, sort: str) -> None:
    assert sort_of(record(lower=lower, upper=upper, masked=masked)) == sort


def test_counts_by_theme_and_by_heading_keep_the_order_of_the_text() -> None:
    rows = table(record("training.hours"), record(masked=True, upper=9), record(section=[]), record())
    assert analysis.counts(rows).to_dict("index") == {
        "training": {"exact": 1, "range": 0, "masked": 0, "open": 0},
        "membership": {"exact": 2, "range": 0, "masked": 1, "open": 0},
    }
    assert analysis.counts(rows, "section").sum(axis=1).to_dict() == {"一、队伍": 3, OPENING: 1}
    assert analysis.counts(table()).empty


@given(st.lists(st.sampled_from(["membership.developed", "training.hours", "law.disputes"]), max_size=12))
def test_every_number_is_counted_once(names: list) -> None:
    assert int(analysis.counts(table(*map(record, names))).to_numpy().sum()) == len(names)


KINDS = [
    # unit, change, target: is it a rate, is it a number
    ("%", None, False, True, False),
    ("%", None, True, False, False),
    ("%", "increase", False, False, False),
    ("名", None, False, False, True),
    ("名", None, True, False, True),
    ("名", "increase", False, False, False),
    ("倍", None, False, False, False),
]


@pytest.mark.parametrize(("unit", "change", "target", "rate", "number"), KINDS)
def test_rates_and_numbers(unit: str, change: str | None, target: bool, rate: bool, number: bool) -> None:
    rows = table(record(unit=unit, change=change, target=target))
    assert (len(analysis.rates(rows)) == 1, len(analysis.numbers(rows)) == 1) == (rate, number)


def test_a_report_without_a_year_is_charted_apart_from_all_years() -> None:
    rows = [record(year=None, period=None, lower=9), record(year=2022, period=None, lower=7), record(lower=5)]
    told = analysis.by_year(table(*rows), "membership.developed")
    assert [(period is pd.NA, lower) for period, lower in zip(told["period"], told["lower"], strict=True)] == [
        (True, 9),
        (False, 5),
    ]  # what a dated report says of a span of years is of none
    assert analysis.latest(told)["lower"].tolist() == [5]
    assert analysis.latest(told.iloc[:1])["lower"].tolist() == [9]
    assert analysis.changes(told).empty


def test_two_reports_of_a_district_without_years_are_never_taken_for_one_year() -> None:
    rows = [record(year=None, period=None, lower=low, report_id=name) for name, low in (("a", 9), ("b", 7))]
    told = analysis.by_year(table(*rows), "membership.developed")
    assert told["district"].tolist() == ["甲区（a）", "甲区（b）"] and told["agrees"].all()
