"""Many figures at once: a mean, and who certainly stands above whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import record, table

from dangjian import analysis
from dangjian.analysis.orders import above, mean
from dangjian.bounds import Bounds

DEVELOPED = "membership.developed"
spans = st.tuples(st.integers(0, 500), st.integers(0, 300)).map(lambda drawn: Bounds(drawn[0], drawn[0] + drawn[1]))


@given(st.lists(spans, min_size=1, max_size=6), st.data())
def test_a_mean_of_true_values_lies_within_its_bounds(bounds: list, data: st.DataObject) -> None:
    true = [data.draw(st.integers(each.lower, each.upper)) for each in bounds]
    found = mean(bounds)
    assert found.lower - 1e-9 <= sum(true) / len(true) <= found.top + 1e-9


def test_a_mean_of_nothing_is_refused_and_one_open_end_stays_open() -> None:
    with pytest.raises(ValueError, match="at least one"):
        mean([])
    assert mean([Bounds(10, 20), Bounds(30, None)]) == Bounds(20, None)


def test_only_what_is_certain_is_ordered() -> None:
    said = {"甲区": (300, 399), "乙区": (100, 199), "丙区": (150, 320), "丁区": (10, 99)}
    rows = [record(DEVELOPED, *bounds, district=district, report_id=district) for district, bounds in said.items()]
    figures = analysis.by_year(table(*rows), DEVELOPED).set_index("district")
    found = above(figures)
    pairs = set(zip(found["higher"], found["lower"], strict=True))
    assert pairs == {("甲区", "乙区"), ("甲区", "丁区"), ("乙区", "丁区"), ("丙区", "丁区")}
    steps = found[found["step"]]
    assert ("甲区", "丁区") not in set(zip(steps["higher"], steps["lower"], strict=True)) and len(steps) == 3
