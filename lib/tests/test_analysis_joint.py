"""Joint bounds: the truth is always inside, and what is withheld does not follow from what is told."""

from __future__ import annotations

import csv
from math import inf, isnan
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import Made, made_table
from tables import record, table

import dangjian
from dangjian import analysis
from dangjian.analysis.joint import JOINT, joint
from dangjian.analysis.programme import solve
from dangjian.analysis.ties import Ties, ties_of
from dangjian.analysis.tightening import Ranges
from dangjian.analysis.withholding import REASONS, Range, gives_away, own_range

DATA = Path(__file__).parents[2] / "data" / "reports"
DEVELOPED, SHARE = "membership.developed", "membership.developed_share"
FOUND, RECTIFIED, OPEN, RATE = (
    *(f"rectification.problems_{name}" for name in ("found", "rectified", "open")),
    "rectification.rate",
)


def at(start: int, text: str, number: str, **more: object) -> dict:
    return {"start": start, "end": start + len(text), "text": text, "number": [start, start + len(number)]} | more


def passage(*figures: tuple[str, str, float, float]) -> list[dict]:
    """Figures told one after the other of one source."""
    rows = []
    for place, (name, text, lower, upper) in enumerate(figures):
        unit = text[-1]
        rows.append(
            record(name, lower, upper, unit=unit, dims={"source": "巡察"}, masked="*" in text)
            | at(20 * place, text, text[:-1])
        )
    return rows


TIGHTENED = [
    # rows, which one, its joint bounds, which others it rests on
    (passage((FOUND, "126个", 126, 126), (RECTIFIED, "***个", 100, 999), (OPEN, "*个", 1, 9)), 1, (117, 125), [0, 2]),
    (passage((FOUND, "126个", 126, 126), (RECTIFIED, "***个", 100, 999), (OPEN, "7个", 7, 7)), 1, (119, 119), [0, 2]),
    (passage((FOUND, "**个", 10, 99), (RECTIFIED, "40个", 40, 40), (RATE, "95.2%", 95.2, 95.2)), 0, (42, 42), [1, 2]),
    # 40 of 42 to 44 is 90.9 to 95.2, and what may be printed for that lies half a point farther
    (passage((FOUND, "4*个", 42, 44), (RECTIFIED, "40个", 40, 40), (RATE, "**%", 10, 99)), 2, (90.4, 95.7), [0, 1]),
]


@pytest.mark.parametrize(("rows", "which", "bounds", "rests"), TIGHTENED)
def test_bounds_that_follow_and_what_they_rest_on(rows: list, which: int, bounds: tuple, rests: list) -> None:
    found = joint(table(*rows)).loc[which]
    assert found["joint_lower"] == pytest.approx(bounds[0], abs=0.06)
    assert found["joint_upper"] == pytest.approx(bounds[1], abs=0.06)
    assert found["rests_on"] == [("r", rows[other]["start"], rows[other]["end"]) for other in rests]


def test_a_part_told_after_the_rate_is_of_another_list() -> None:
    rows = passage((FOUND, "126个", 126, 126), (RATE, "95.2%", 95.2, 95.2), (RECTIFIED, "***个", 100, 999))
    assert 2 not in joint(table(*rows)).index


WITHHELD = [
    # the total, the part in clear, the hidden part, and whether its joint bounds are told
    ((212, 212), (200, 200), ("**名", 10, 99), False),  # 10 to 12
    ((209, 209), (200, 200), ("*名", 0, 99), False),  # at most 9
    ((290, 290), (200, 200), ("**名", 10, 99), True),  # 10 to 90 is still wide
    ((211, 211), (200, 200), ("1*名", 10, 12), True),  # its own text was narrow already
]


@pytest.mark.parametrize(("whole", "part", "hidden", "told"), WITHHELD)
def test_counts_of_people_that_come_out_too_narrow(whole: tuple, part: tuple, hidden: tuple, told: bool) -> None:
    text, *bounds = hidden
    rows = table(
        record(DEVELOPED, *whole, **at(0, "***名", "***")),
        record(DEVELOPED, *part, dims={"group": "学生"}, **at(20, "***名", "***")),
        record(DEVELOPED, *bounds, dims={"group": "产业工人"}, masked=True, **at(40, text, text[:-1])),
    )
    found = joint(rows).loc[2]
    assert (found["withheld"] == "") == told and isnan(found["joint_upper"]) == (not told)
    assert found["rests_on"] == [] or told
    free = joint(rows, release=True).loc[2]
    assert free["withheld"] == "" and free["joint_upper"] <= bounds[1]


def test_problems_are_not_people() -> None:
    rows = passage((FOUND, "126个", 126, 126), (RECTIFIED, "119个", 119, 119), (OPEN, "**个", 1, 99))
    found = joint(table(*rows)).loc[2]
    assert (found["joint_lower"], found["joint_upper"], found["withheld"]) == (7, 7, "")


def test_figures_that_contradict_each_other_keep_their_own_bounds() -> None:
    rows = passage((FOUND, "126个", 126, 126), (RECTIFIED, "***个", 100, 110), (OPEN, "*个", 1, 9))
    found = joint(table(*rows))
    assert found["joint_lower"].tolist() == [126, 100, 1] and found["joint_upper"].tolist() == [126, 110, 9]


def test_the_metrics_table_is_left_as_it_was_and_the_columns_are_those_promised() -> None:
    rows = table(*passage((FOUND, "126个", 126, 126), (RECTIFIED, "***个", 100, 999), (OPEN, "*个", 1, 9)))
    copy = rows.copy(deep=True)
    assert list(joint(rows).columns) == list(JOINT)
    assert rows.equals(copy)
    assert list(joint(table()).columns) == list(JOINT) and joint(table()).empty


def test_reports_of_a_district_are_taken_together_only_where_asked() -> None:
    rows = table(
        record("membership.members", 1000, 9999, period=2021, report_id="a", masked=True, **at(0, "****名", "****")),
        record("membership.members", 4321, period=2021, report_id="b", **at(0, "4321名", "4321")),
    )
    assert joint(rows, release=True)["joint_lower"].tolist() == [4321, 4321]
    assert joint(rows, by="report", release=True).empty


def told_to_a_reader(made: Made, told: dict) -> tuple[dict[int, Range], dict[int, str], Ties]:
    """What the table of joint bounds tells of each figure, and nothing else."""
    found = ties_of(made.metrics)
    ranges, reasons = {}, {}
    for name in {name for tie in found.ties for name in tie.figures}:
        figure = found.figures[name]
        rows = [(told[said.key], said) for said in figure.statements]
        reasons[name] = rows[0][0]["withheld"]
        if reasons[name]:
            kind = figure.first.kind
            ranges[name] = Range(-inf if kind == "change" else 0, 100 if kind == "share" else inf)
            continue
        ends = [(row["joint_lower"], row["joint_upper"], said.lower < 0) for row, said in rows]
        signs = [(-high, -low) if fell else (low, high) for low, high, fell in ends]
        halves = [said.half for _, said in rows]
        lower = max(low - half for (low, _), half in zip(signs, halves, strict=True))
        upper = min((inf if isnan(high) else high) + half for (_, high), half in zip(signs, halves, strict=True))
        ranges[name] = Range(lower, upper)
    return ranges, reasons, found


@pytest.mark.parametrize("batch", range(10))
def test_a_thousand_made_tables(batch: int) -> None:
    tightened = withheld = 0
    for seed in range(batch * 100, batch * 100 + 100):
        made = made_table(seed)
        owns = made.metrics.to_dict("index")
        told = joint(made.metrics).to_dict("index")
        free = joint(made.metrics, release=True).to_dict("index") if seed % 4 == 0 else {}
        for index, row in [*told.items(), *free.items()]:
            withheld += bool(row["withheld"])
            if row["withheld"]:
                assert isnan(row["joint_lower"]) and isnan(row["joint_upper"]) and row["rests_on"] == []
                continue
            own = owns[index]
            upper = inf if isnan(row["joint_upper"]) else row["joint_upper"]
            assert row["joint_lower"] - 1e-6 <= made.truth[index] <= upper + 1e-6, (seed, index)
            assert own["lower"] <= row["joint_lower"] and upper <= own["upper"]
            narrower = row["joint_lower"] > own["lower"] or upper < own["upper"]
            assert bool(row["rests_on"]) == narrower
            tightened += narrower
        ranges, reasons, found = told_to_a_reader(made, told)
        for asked in [name for name, reason in reasons.items() if reason == REASONS["people"]]:
            figure = found.figures[asked]
            known = ranges | {asked: own_range(figure)}  # the count's own text stands in the report
            whole = {name: found.figures[name].whole for name in known}
            lower, upper = ({name: each[end] for name, each in known.items()} for end in (0, 1))
            seen = Ranges(lower, upper, whole)
            solve(list(enumerate(found.ties)), seen)
            assert not gives_away(figure, Range(seen.lower[asked], seen.upper[asked])), (seed, figure.first)
    assert tightened > 100 and withheld > 50  # the tables put both to the test


small = st.integers(0, 6)


@settings(max_examples=60, deadline=None)
@given(whole=st.tuples(small, small), parts=st.lists(st.tuples(small, small), min_size=1, max_size=3))
def test_bounds_of_sums_are_all_that_follows_and_no_more(whole: tuple, parts: list) -> None:
    """Against every combination of whole numbers, counted out."""
    names = ("党委", "总支部", "支部")[: len(parts)]
    spans = [(low, low + wide) for low, wide in (whole, *parts)]
    rows = [record("membership.organizations", *spans[0], unit="个", **at(0, "**个", "**"))]
    rows += [
        record("membership.organizations", *span, unit="个", dims={"level": name}, **at(20 * place, "**个", "**"))
        for place, (name, span) in enumerate(zip(names, spans[1:], strict=True), 1)
    ]
    worlds = [()]
    for low, high in spans:
        worlds = [(*world, value) for world in worlds for value in range(low, high + 1)]
    fits = [w for w in worlds if (w[0] == sum(w[1:]) if len(parts) == 3 else w[0] >= sum(w[1:]))]
    found = joint(table(*rows), release=True)
    if fits:
        expected = [(min(w[i] for w in fits), max(w[i] for w in fits)) for i in range(len(spans))]
        assert list(zip(found["joint_lower"], found["joint_upper"], strict=True)) == expected
    else:
        assert list(zip(found["joint_lower"], found["joint_upper"], strict=True)) == spans


def test_nothing_of_this_is_in_the_figures_of_other_analyses() -> None:
    rows = table(*passage((FOUND, "126个", 126, 126), (RECTIFIED, "***个", 100, 999), (OPEN, "7个", 7, 7)))
    assert analysis.by_year(rows, RECTIFIED, source="巡察")["upper"].tolist() == [999]


def test_the_figures_of_the_sample_reports_before_they_were_hidden_lie_within() -> None:
    truth: dict[tuple, set[float]] = {}
    with (DATA / "truth.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key = (row["report_id"], int(row["start"]), row["indicator"])
            truth.setdefault(key, set()).add(float(row["true_value"]))
    _, metrics = dangjian.open_table(DATA, mask="digits")
    owns, compared, tightened = metrics.to_dict("index"), 0, 0
    for index, row in joint(metrics, release=True).to_dict("index").items():
        own = owns[index]
        for value in truth.get((own["report_id"], own["number_start"], own["indicator"]), ()):
            upper = inf if isnan(row["joint_upper"]) else row["joint_upper"]
            assert row["joint_lower"] - 1e-6 <= value <= upper + 1e-6, own
            compared += 1
            tightened += bool(row["rests_on"])
    assert compared > 400 and tightened > 100
