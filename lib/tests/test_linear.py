"""Texts made against the reader: what once took time in the square of the text, or for ever, reads as any other.

No time is asserted here: a pattern that goes over its text in every way there is would not end at all, and calls are
counted. How time grows is measured by ``scripts/doubling.py``.
"""

from __future__ import annotations

import sys

import pytest
from tables import record, table

from dangjian.analysis import above, ranking
from dangjian.analysis.figures import by_year
from dangjian.indicators import extract
from dangjian.indicators.labels import LONGEST_BACK, _words
from dangjian.metrics import evidence
from dangjian.reports import Report

MANY = 10_000
TITLE = "岚安县2022年工作总结\n"
UNENDING = [
    # text, the last number, its label, its indicator
    (f"较多的{'达到' * 60}党员3名。", "3名", "达到达到达到达到达到达到党员", None),
    (f"举办培训班9期、{'共计' * 60}仅9720人次。", "9720人次", "参训人", "training.participants"),
]
ALIKE = [
    # a piece, and the numbers that a line of it alone says
    ("1一", 0),
    ("○、", 0),
    ("某", 0),
    ("*", 0),
    ("一", 0),
    ("1 ", 0),
    ("“", 0),
    ("20", 0),
    ("、一", 0),
    ("1:", 0),
]


STEPS = [
    "12名，", "1一", "○、", "党员\t12\n", "\t乙\n", "单位\t党员\n", "全年发展党员12名、", "一、党建\n", "1、",
    "其中女性1名，", "2020年、2021年分别发展党员1名、2名，", "增长5%、", "甲乙丙12枚又", "发展女党员", "1名\n",
]  # fmt: skip
"""Repeated, each is read by another of the loops that Python itself runs over a text."""


@pytest.mark.parametrize(("text", "number", "label", "indicator"), UNENDING)
def test_words_that_can_be_parted_in_many_ways_end(text, number, label, indicator):
    last = extract(Report.from_text(TITLE + text)).observations[-1]
    assert (last.text, last.label, last.indicator) == (number, label, indicator)


@pytest.mark.parametrize(("piece", "numbers"), ALIKE)
def test_a_line_of_one_piece_says_what_a_short_one_does(piece, numbers):
    assert len(extract(Report.from_text(TITLE + piece * (MANY // len(piece)))).observations) == numbers


def calls_of(text: str) -> int:
    """How many calls, of Python's functions and of C's, reading a text takes: a count, the same on every machine."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        extract(Report.from_text(text))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", STEPS)
def test_twice_as_much_text_takes_twice_as_many_calls(piece):
    short, long = (TITLE + piece * (size // len(piece)) for size in (3_000, 6_000))
    extract(Report.from_text(short))  # what is made at first use is made
    assert calls_of(long) <= 2.3 * calls_of(short)


def test_the_longest_word_that_ends_no_label_is_looked_for():
    assert max(map(len, _words("back")["words"])) <= LONGEST_BACK


def test_a_table_of_one_long_row_reads_as_one_of_many():
    wide = "\t".join(["类别", *["发展党员（名）"] * 2_000]) + "\n" + "\t".join(["发展党员合计", *["3"] * 2_000]) + "\n"
    rows = extract(Report.from_text(f"{TITLE}{wide}")).observations
    assert len(rows) == 2_000
    assert {(row.lower, row.unit, row.label) for row in rows} == {(3, "名", "发展党员合计")}


def test_a_title_as_long_as_the_text_is_not_carried_into_each_row():
    rows = extract(Report.from_text(f"{TITLE}类别\t党{'员' * MANY}\n" + "女性\t3名\n" * 3)).observations
    assert [row.text for row in rows] == ["3名"] * 3


def test_evidence_far_into_a_line_is_its_own_sentence():
    report = Report.from_text(TITLE + "发展党员12名。 " * 5_000, report_id="r")
    last = extract(report).observations[-2]
    found = evidence(last, {"r": report})
    assert (found.before, found.sentence, found.after) == ("发展党员12名。",) * 3


def test_places_and_steps_are_those_of_every_pair():
    bounds = [(5, 9), (9, 9), (10, None), (1, 4), (2, 2), (9, 12), (0, None), (3, 3)]
    rows = [record(lower=lower, upper=upper, district=f"{at}区") for at, (lower, upper) in enumerate(bounds)]
    figures = by_year(table(*rows), "membership.developed")
    ends = [(row.lower, row.upper if row.upper == row.upper else float("inf")) for row in figures.itertuples()]
    pairs = {(one, other) for one, a in enumerate(ends) for other, b in enumerate(ends) if a[0] > b[1]}
    steps = {(a, b) for a, b in pairs if not any((a, c) in pairs and (c, b) in pairs for c in range(len(ends)))}
    found = above(figures)
    assert set(zip(found["higher"], found["lower"], strict=True)) == pairs
    assert set(zip(found["higher"][found["step"]], found["lower"][found["step"]], strict=True)) == steps
    ranked = ranking(figures)
    assert {at: row.best for at, row in zip(ranked.index, ranked.itertuples(), strict=True)} == {
        at: 1 + sum(other == at for _, other in pairs) for at in range(len(ends))
    }
    assert {at: row.worst for at, row in zip(ranked.index, ranked.itertuples(), strict=True)} == {
        at: len(ends) - sum(one == at for one, _ in pairs) for at in range(len(ends))
    }
