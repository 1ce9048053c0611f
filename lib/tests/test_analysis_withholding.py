"""What gives a count of people away, and what is withheld with it."""

from __future__ import annotations

from math import inf

import pytest
from tables import record, table

from dangjian.analysis.joint import joint
from dangjian.analysis.statements import Figure
from dangjian.analysis.ties import ties_of
from dangjian.analysis.withholding import REASONS, Range, gives_away


def figure(lower: float, upper: float | None, unit: str = "名", name: str = "membership.developed") -> Figure:
    return ties_of(table(record(name, lower, upper, unit=unit))).figures[0]


GIVEN_AWAY = [
    # own bounds, joint bounds, whether they give the count away
    ((10, 99), (10, 99), False),  # nothing but its own text
    ((1, 9), (1, 9), False),
    ((1, 9), (2, 9), True),  # small, and narrowed
    ((0, 99), (0, 9), True),
    ((0, 99), (0, 10), False),
    ((100, 999), (400, 499), True),  # 99 of 499 is less than a fifth
    ((100, 999), (400, 501), False),
    ((100, None), (400, inf), False),
    ((100, None), (400, 450), True),
    ((400, 450), (410, 420), False),  # was as narrow before
    ((7, 7), (7, 7), False),  # printed in clear
]


@pytest.mark.parametrize(("own", "found", "away"), GIVEN_AWAY)
def test_what_gives_a_count_of_people_away(own: tuple, found: tuple, away: bool) -> None:
    assert gives_away(figure(*own), Range(*found)) == away


@pytest.mark.parametrize(
    ("unit", "name", "away"),
    [
        ("名", "membership.members", True),
        ("人次", "membership.developed", True),
        ("个", "membership.organizations", False),
    ],
)
def test_only_people_are_protected(unit: str, name: str, away: bool) -> None:
    assert gives_away(figure(0, 99, unit, name), Range(3, 3)) == away


def test_what_a_withheld_count_follows_from_is_withheld_with_it() -> None:
    def at(start: int, text: str) -> dict:
        return {"start": start, "end": start + len(text), "text": text, "number": [start, start + len(text) - 1]}

    rows = table(
        record("membership.developed", 112, **at(0, "112名")),
        record("membership.developed", 101, dims={"group": "产业工人"}, **at(20, "101名")),
        record("membership.developed", 10, 99, dims={"group": "学生"}, masked=True, **at(40, "**名")),
        record("membership.developed", 50, dims={"group": "女性"}, **at(60, "50名")),
    )
    withheld = joint(rows)["withheld"].tolist()
    assert withheld[2] == REASONS["people"]
    assert REASONS["complement"] in withheld[:2]  # the whole, or the other part
    assert withheld[3] == ""  # 50 women say nothing of students
    assert not any(sign.isdigit() for reason in withheld for sign in reason)  # the reason itself tells no number
    assert set(joint(rows, release=True)["withheld"]) == {""}
