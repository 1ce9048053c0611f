"""Tables to tables: figures by year, shares, comparisons, ranks, all as bounds."""

from __future__ import annotations

from math import inf

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import record, table

from dangjian import analysis
from dangjian.bounds import Bounds
from dangjian.errors import TableError, UnitError, UnknownNameError

DEVELOPED, FOUND, RECTIFIED = "membership.developed", "rectification.problems_found", "rectification.problems_rectified"
spans = st.tuples(st.integers(0, 500), st.integers(0, 300), st.booleans()).map(
    lambda drawn: Bounds(drawn[0], None if drawn[2] else drawn[0] + drawn[1])
)


def inside(bounds: Bounds, data: st.DataObject) -> int:
    return data.draw(
        st.integers(int(bounds.lower), int(bounds.lower) + 300 if bounds.upper is None else int(bounds.upper))
    )


KEPT = [
    # what is said of one figure (lower, upper), what is kept, whether all can be true
    ([(128, 128)], (128, 128), True),
    ([(100, 199), (128, 128)], (128, 128), True),  # an exact one wins
    ([(100, 199), (120, 129)], (120, 129), True),  # then the narrower one
    ([(100, 150), (140, 199)], (100, 150), True),  # never a meet: no sentence says 140 to 150
    ([(100, None), (100, 199)], (100, 199), True),
    ([(128, 128), (130, 130)], (128, 130), False),  # both held where they contradict
    ([(128, 128), (200, None)], (128, None), False),
]


@pytest.mark.parametrize(("said", "kept", "agrees"), KEPT)
def test_a_figure_said_more_than_once(said: list, kept: tuple, agrees: bool) -> None:
    found = analysis.by_year(table(*(record(lower=lower, upper=upper) for lower, upper in said)), DEVELOPED)
    assert [analysis.bounds_of(row) for _, row in found.iterrows()] == [Bounds(*kept)]
    assert (found["said"].item(), found["agrees"].item()) == (len(said), agrees)


LEFT_OUT = [
    record(lower=9, target=True),  # a plan
    record(lower=9, change="increase"),  # a change under an id that counts
    record(lower=9, dims={"group": "女性"}),  # a part
    record(lower=9, period=None),  # a span of years
    record("membership.members", 9),
]


@pytest.mark.parametrize("other", LEFT_OUT)
def test_what_is_not_the_figure_asked_for_is_left_out(other: dict) -> None:
    assert analysis.by_year(table(record(lower=128), other), DEVELOPED)["lower"].tolist() == [128]


def test_plans_groups_and_changes_are_given_where_asked_for() -> None:
    said = table(
        record(lower=130, target=True),
        record(lower=50, dims={"group": "女性"}),
        record("membership.developed_change_rate", 5, unit="%", change="decrease"),
    )
    assert analysis.by_year(said, DEVELOPED, target=True)["lower"].tolist() == [130]
    assert analysis.by_year(said, DEVELOPED, by="group")["category"].tolist() == ["女性"]
    assert analysis.by_year(said, DEVELOPED, group="女性")["lower"].tolist() == [50]
    assert analysis.by_year(said, "membership.developed_change_rate")["upper"].tolist() == [-5]


def test_figures_in_another_measure_are_counted_not_mixed() -> None:
    said = table(*(record("training.participants", 9, unit=unit) for unit in ("人次", "人次", "名")))
    found = analysis.by_year(said, "training.participants")
    assert found["unit"].tolist() == ["人次"] and found.attrs["left_out"] == 1


def test_an_absent_indicator_gives_an_empty_table_of_the_same_shape() -> None:
    absent = analysis.by_year(table(), DEVELOPED)
    assert list(absent.columns) == list(analysis.FIGURES) and absent.empty
    assert analysis.changes(absent).empty and analysis.ranking(absent).empty and analysis.latest(absent).empty
    assert analysis.share(table(), RECTIFIED, FOUND).empty


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean 'membership\.developed'"):
        analysis.by_year(table(), "membership.develope")


COURSES = [
    # earlier, later, course, bounds of the change
    ((236, 236), (265, 265), "rose", (29, 29)),
    ((10, 99), (100, 199), "rose", (1, 189)),
    ((100, 199), (10, 99), "fell", (-189, -1)),
    ((128, 128), (128, 128), "equal", (0, 0)),
    ((100, 199), (100, 199), "cannot tell", (-99, 99)),  # the same mask is not the same figure
    ((100, 199), (199, 199), "cannot tell", (0, 99)),
    ((32, None), (40, 40), "cannot tell", (-inf, 8)),
    ((10, 20), (32, None), "rose", (12, None)),
]


@pytest.mark.parametrize(("earlier", "later", "course", "change"), COURSES)
def test_compare(earlier: tuple, later: tuple, course: str, change: tuple) -> None:
    assert analysis.compare(Bounds(*earlier), Bounds(*later)) == (course, Bounds(*change))


@given(earlier=spans, later=spans, data=st.data())
def test_what_is_told_of_a_comparison_is_true(earlier: Bounds, later: Bounds, data: st.DataObject) -> None:
    before, after = inside(earlier, data), inside(later, data)
    found = analysis.compare(earlier, later)
    assert after - before in found.change
    assert {"rose": after > before, "fell": after < before, "equal": after == before, "cannot tell": True}[found.course]


@given(part=spans, rest=spans, data=st.data())
def test_a_share_holds_every_true_share(part: Bounds, rest: Bounds, data: st.DataObject) -> None:
    some, others = inside(part, data), inside(rest, data)
    found = analysis.share_of(part, part.plus(rest))
    if some + others:
        assert found.lower - 1e-9 <= 100 * some / (some + others) <= found.top + 1e-9
    assert found.top <= 100


def test_shares_stand_source_by_source_and_prove_both_figures() -> None:
    said = table(
        record(FOUND, 100, 199, unit="个", dims={"source": "巡察"}, text="1**个", masked=True),
        record(RECTIFIED, 90, unit="条", dims={"source": "巡察"}, text="90条"),
        record(RECTIFIED, 30, unit="个", dims={"source": "审计"}),  # nothing to divide by
    )
    found = analysis.share(said, RECTIFIED, FOUND, by="source").iloc[0]
    assert (found["category"], found["lower"], found["upper"]) == ("巡察", pytest.approx(9000 / 199), 90)
    assert found["masked"] and (found["text"], found["whole_text"]) == ("90条÷1**个", "1**个")
    with pytest.raises(UnitError, match="'人次'"):
        analysis.share(table(record(FOUND, 9, unit="个"), record(RECTIFIED, 9, unit="人次")), RECTIFIED, FOUND)


def test_a_part_greater_than_its_whole_is_left_out_and_counted() -> None:
    said = [record(FOUND, 30, unit="个"), record(RECTIFIED, 31, unit="个")]
    found = analysis.share(table(*said), RECTIFIED, FOUND)
    assert found.empty and found.attrs["contradicting"] == 1
    capped = analysis.share(table(said[0], record(RECTIFIED, 10, 99, unit="个")), RECTIFIED, FOUND)
    assert capped["upper"].tolist() == [100]


def test_composition_and_ratio() -> None:
    said = table(
        record(lower=200), record(lower=86, dims={"group": "女性"}), record("membership.applicants", 2000, 2999)
    )
    assert analysis.composition(said, DEVELOPED, by="group")["value"].tolist() == [43]
    multiple = analysis.ratio(said, "membership.applicants", DEVELOPED).iloc[0]
    assert (multiple["lower"], multiple["upper"], multiple["unit"]) == (10, 14.995, "倍")


def test_a_rank_is_told_only_as_far_as_it_is_certain() -> None:
    said = table(
        *(record(lower=a, upper=b, district=name) for name, a, b in [("甲", 100, 199), ("乙", 150, 150), ("丙", 9, 9)])
    )
    ranked = analysis.ranking(analysis.by_year(said, DEVELOPED))
    assert list(zip(ranked["district"], ranked["best"], ranked["worst"], strict=True)) == [
        ("乙", 1, 2),
        ("甲", 1, 2),
        ("丙", 3, 3),
    ]


@given(st.lists(spans, max_size=5), st.data())
def test_a_total_holds_the_true_sum(parts: list[Bounds], data: st.DataObject) -> None:
    assert sum(inside(part, data) for part in parts) in analysis.total(parts)


def test_changes_go_from_year_to_year_or_from_end_to_end() -> None:
    said = [record(lower=n, period=year) for year, n in [(2020, 9), (2021, 9), (2023, 12)]]
    figures = analysis.by_year(table(*said), DEVELOPED)
    assert analysis.changes(figures)["course"].tolist() == ["equal", "rose"]
    whole = analysis.changes(figures, ends=True).iloc[0]
    assert (whole["since"], whole["until"], whole["lower"]) == (2020, 2023, 3)


def test_national_figures_are_bounds_and_stand_beside_local_ones() -> None:
    series = pd.DataFrame(
        [
            (2022, "membership.developed", 2449000, "名"),
            (2022, "membership.developed_share[group=35岁以下]", 83.2, "%"),
        ],
        columns=["year", "indicator", "value", "unit"],
    )
    national = analysis.national(series)
    assert analysis.by_year(national, DEVELOPED)[["lower", "upper"]].values.tolist() == [[2448500, 2449500]]
    shares = analysis.by_year(national, "membership.developed_share", by="group")
    local = table(
        *(record("membership.developed_share", 80, unit="%", dims={"group": name}) for name in ("35岁及以下", "女性"))
    )
    both = analysis.beside(analysis.by_year(local, "membership.developed_share", by="group"), shares)
    assert both[["district", "category", "course"]].values.tolist() == [
        ["甲区", "35岁及以下", "fell"],
        ["全国", "35岁及以下", ""],
    ]
    with pytest.raises(TableError, match="lacks value"):
        analysis.national(series.drop(columns="value"))


def test_of_two_tables_the_narrower_figure_is_kept() -> None:
    wide, narrow = (analysis.by_year(table(record(lower=9, upper=top)), DEVELOPED) for top in (99, 10))
    assert analysis.narrowest(wide, narrow)["upper"].tolist() == [10]


def test_together_keeps_the_order_given() -> None:
    said = table(record(lower=9), record("membership.applicants", 90))
    found = analysis.together(said, {"申请人": "membership.applicants", "发展党员": DEVELOPED})
    assert found["category"].tolist() == found.attrs["categories"] == ["申请人", "发展党员"]
