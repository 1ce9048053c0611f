"""Which figures of a table are tied, and which are kept apart."""

from __future__ import annotations

import pytest
from tables import record, table

from dangjian.analysis.statements import apart
from dangjian.analysis.ties import Product, Sum, ties_of

FOUND, RECTIFIED, OPEN = (f"rectification.problems_{name}" for name in ("found", "rectified", "open"))
RATE, RESOLVED, SATISFIED = (f"rectification.{name}rate" for name in ("", "resolution_", "satisfaction_"))


def passage(*said: tuple) -> list:
    """Rows of one source at their offsets: indicator, offset, unit, and what else differs."""
    rows = []
    for indicator, start, unit, *more in said:
        given = {"unit": unit, "dims": {"source": "巡察"}, "text": f"9{unit}", "start": start, "end": start + 2}
        rows.append(record(indicator, 9, **given | {"number": [start, start + 1]} | (more[0] if more else {})))
    return rows


PASSAGES = [
    # what is told, and which indicators are tied
    ([(FOUND, 0, "个"), (RECTIFIED, 20, "个"), (OPEN, 40, "个")], [{FOUND, RECTIFIED, OPEN}]),
    ([(FOUND, 0, "个"), (RECTIFIED, 20, "个"), (RATE, 40, "%")], [{FOUND, RECTIFIED}, {RATE, RECTIFIED, FOUND}]),
    ([(FOUND, 0, "个"), (RECTIFIED, 90, "个")], []),  # too far off
    ([(FOUND, 0, "个"), (RECTIFIED, 20, "件")], []),  # counted in something else
    ([(FOUND, 0, "个"), (RECTIFIED, 20, "个", {"dims": {"source": "审计"}})], []),
    ([(FOUND, 0, "个"), (RECTIFIED, 20, "个", {"period": 2021})], []),
    ([(FOUND, 0, "个"), (RECTIFIED, 20, "个", {"target": True})], []),
    ([(FOUND, 0, "个"), (RECTIFIED, 20, "个", {"report_id": "s"})], []),
    ([(FOUND, 0, "件"), (SATISFIED, 10, "%"), (RECTIFIED, 20, "件"), (RESOLVED, 30, "%")], []),  # of another list
    ([(FOUND, 0, "个"), (RECTIFIED, 20, "个"), (RECTIFIED, 40, "个")], []),  # which of the two?
    ([(FOUND, 0, "个"), (FOUND, 20, "个"), (RECTIFIED, 40, "个")], [{FOUND, RECTIFIED}]),  # the nearer one
]


@pytest.mark.parametrize(("said", "tied"), PASSAGES)
def test_figures_of_one_passage(said: list, tied: list) -> None:
    found = ties_of(table(*passage(*said)))
    names = [{found.figures[at].first.indicator for at in tie.figures} for tie in found.ties]
    assert sorted(map(sorted, names)) == sorted(map(sorted, tied))


def test_the_nearer_list_is_meant() -> None:
    found = ties_of(table(*passage((FOUND, 0, "个"), (FOUND, 20, "个"), (RECTIFIED, 40, "个"))))
    assert found.figures[found.ties[0].figures[0]].first.start == 20


def developed(value: float, **more: object) -> dict:
    return record("membership.developed", value, **more)


def group(name: str) -> dict:
    return {"dims": {"group": name}}


def test_groups_that_do_not_overlap_add_up_and_others_are_each_a_part() -> None:
    rows = [
        developed(90),
        developed(30, **group("产业工人")),
        developed(20, **group("学生")),
        developed(40, **group("女性")),
    ]
    found = ties_of(table(*rows))
    sums = [tie for tie in found.ties if isinstance(tie, Sum)]
    values = sorted(tuple(sorted(found.figures[at].first.lower for at in tie.parts)) for tie in sums)
    assert values == [(20,), (20, 30), (30,), (40,)] and not any(tie.exact for tie in sums)


LEVELS = [("党委", "总支部", "支部"), ("党委", "支部")]


@pytest.mark.parametrize("levels", LEVELS)
def test_a_sum_is_exact_only_where_all_its_parts_are_told(levels: tuple) -> None:
    name = "membership.organizations"
    rows = [record(name, 90, unit="个")] + [record(name, 20, unit="个", dims={"level": level}) for level in levels]
    largest = max((tie for tie in ties_of(table(*rows)).ties if isinstance(tie, Sum)), key=lambda tie: len(tie.parts))
    assert len(largest.parts) == len(levels) and largest.exact == (len(levels) == 3)


def test_completion_is_of_the_plan_and_a_plan_is_never_taken_for_what_was_done() -> None:
    rate = record("membership.plan_completion_rate", 99.6, unit="%", text="99.6%", end=9, number=[4, 8])
    found = ties_of(table(developed(251, target=True), developed(250), rate))
    (tie,) = found.ties
    assert isinstance(tie, Product)
    assert [found.figures[at].first.lower for at in tie.figures] == [99.6, 250, 251]
    assert not ties_of(table(developed(250), rate)).ties


def test_a_share_needs_its_group_and_the_same_measure() -> None:
    share = record("membership.developed_share", 40, unit="%", **group("女性"))
    assert len(ties_of(table(developed(100), developed(40, **group("女性")), share)).ties) == 2
    assert not ties_of(table(developed(100), developed(40), record("membership.developed_share", 40, unit="%"))).ties
    visits = developed(40, unit="人次", **group("女性"))
    assert not ties_of(table(developed(100), visits, share)).ties


def test_districts_and_years_are_not_mixed() -> None:
    for other in ({"district": "乙区"}, {"period": 2021}):
        assert not ties_of(table(developed(90), developed(30, **group("学生"), **other))).ties


APART = [
    ((100, 200), (350, 360), False),
    ((100, 200), (351, 360), True),
    ((0, 0), (0.5, 1), False),
    ((5, 9), (1, 3), False),
]


@pytest.mark.parametrize(("one", "other", "far"), APART)
def test_far_apart(one: tuple, other: tuple, far: bool) -> None:
    assert apart(one, other) == apart(other, one) == far
