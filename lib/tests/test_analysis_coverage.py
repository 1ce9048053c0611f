"""Who says what, and what districts come to together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import record, table

from dangjian import analysis
from dangjian.bounds import Bounds
from dangjian.errors import UnitError, UnknownNameError

DEVELOPED = "membership.developed"


def test_what_is_stated_and_what_of_it_is_hidden() -> None:
    rows = table(
        record(period=2021, masked=True, upper=9),
        record(period=2022),
        record(period=2022, masked=True, upper=9),  # told openly besides
        record(period=2023, target=True),  # a plan
        record(None),
        record("training.hours", district="乙区"),
    )
    told = analysis.stated(rows).to_dict("records")
    assert told[0] == {"indicator": DEVELOPED, "district": "甲区", "years": [2021, 2022], "masked": [2021]}
    assert [row["indicator"] for row in told] == [DEVELOPED, "training.hours"]
    assert analysis.stated(rows, "training")["district"].tolist() == ["乙区"]
    assert analysis.stated(table()).empty
    with pytest.raises(UnknownNameError):
        analysis.stated(rows, "trainings")


def test_the_widest_indicators_take_turns_by_theme() -> None:
    rows = [record(DEVELOPED, period=year) for year in (2020, 2021, 2022)]
    rows += [record("membership.applicants", period=year) for year in (2021, 2022)]
    rows += [record("training.hours", period=2022), record("training.sessions", dims={"mode": "线上"})]
    rows += [record("membership.developed_change_rate", change="increase", period=year) for year in range(2010, 2022)]
    assert analysis.widest(table(*rows)) == [DEVELOPED, "training.hours", "membership.applicants"]
    assert analysis.widest(table(*rows), most=1) == [DEVELOPED]
    assert analysis.widest(table(*rows), "training") == ["training.hours"]


def told(*figures: tuple[str, int, float, float | None], **more: object) -> dict[tuple[int, str], Bounds]:
    rows = [record(lower=low, upper=top, district=name, period=year, **more) for name, year, low, top in figures]
    found = analysis.together_of(analysis.by_year(table(*rows), str(more.get("indicator", DEVELOPED))))
    return {(row["period"], row["category"]): analysis.bounds_of(row) for row in found.to_dict("records")}


def test_sum_and_mean_are_bounds_and_one_district_makes_none() -> None:
    figures = [("甲区", 2022, 100, 199), ("乙区", 2022, 50, 50), ("甲区", 2023, 9, 9)]
    assert told(*figures) == {(2022, "平均"): Bounds(75, 124.5), (2022, "合计"): Bounds(150, 249)}
    assert told(("甲区", 2022, 1, None), ("乙区", 2022, 5, 5))[2022, "合计"] == Bounds(6, None)
    assert told() == {}


def test_shares_have_a_mean_and_no_sum() -> None:
    rate = {"indicator": "rectification.rate", "unit": "%"}
    assert told(("甲区", 2022, 90, 90), ("乙区", 2022, 80, 90), **rate) == {(2022, "平均"): Bounds(85, 90)}


def test_different_measures_are_not_added() -> None:
    figures = analysis.by_year(table(record(), record(district="乙区")), DEVELOPED)
    with pytest.raises(UnitError):
        analysis.together_of(figures.assign(unit=["名", "人次"]))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=5))
def test_the_true_sum_lies_inside(drawn: list) -> None:
    bounds = [(min(three), sorted(three)[1], max(three)) for three in drawn]
    found = told(*((f"{at}区", 2022, low, top) for at, (low, _, top) in enumerate(bounds)))
    true = sum(value for _, value, _ in bounds)
    assert true in found[2022, "合计"]
    assert found[2022, "平均"].lower - 1e-9 <= true / len(bounds) <= found[2022, "平均"].top + 1e-9
