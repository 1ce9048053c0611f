"""What a report's other figures reveal of its hidden ones, told to its author before it is published."""

from __future__ import annotations

import pytest

from dangjian.analysis.disclosure import audit
from dangjian.reports import Report


def report(text: str, year: int = 2022, report_id: str = "r") -> Report:
    return Report.from_text(text=text, report_id=report_id, year=year, district="甲区")


REVEALED = [
    # a report, its hidden figures that come out, as what, and how many other figures each rests on
    ("巡察反馈问题126个，已整改***个，其余7个正在推进。", [("***个", 119, 119, 2)]),
    ("巡察反馈问题126个，已整改119个，整改率**.*%。", [("**.*%", 94.4, 94.4, 2)]),
    ("基层党组织528个，其中党委31个，党总支**个，党支部456个。", [("**个", 41, 41, 3)]),
    ("全年发展党员112名，其中产业工人101名，青年农民**名。", [("**名", 10, 11, 2)]),  # people, and nearly told
    ("计划发展党员251名，实际发展党员***名，计划完成率99.6%。", [("***名", 250, 250, 2)]),
    ("全年发展党员***名，其中产业工人**名，青年农民**名。", []),
    ("巡察反馈问题***个，已整改***个，整改率**.*%。", []),
]


@pytest.mark.parametrize(("text", "expected"), REVEALED)
def test_hidden_figures_that_others_reveal(text: str, expected: list) -> None:
    found = audit(report(text), mask="digits")
    told = [(one.place.text, one.bounds.lower, one.bounds.upper, len(one.rests_on)) for one in found.revealed]
    assert told == [pytest.approx(one) if isinstance(one, float) else one for one in expected]
    for one in found.revealed:
        assert text[one.place.start : one.place.end] == one.place.text
        assert one.place not in one.rests_on
        assert one.pinned == (one.bounds.lower == one.bounds.upper)


def test_the_sentence_counts_what_is_revealed() -> None:
    text = "基层党组织***个，其中党委31个，党总支41个，党支部456个。巡察反馈问题126个，已整改***个，其余7个正在推进。"
    assert audit(report(text), mask="digits").sentence == "2个遮盖的数中，2个可推定为唯一的值。"
    assert "没有哪个" in audit(report("全年发展党员***名。"), mask="digits").sentence


def test_a_report_of_the_year_after_reveals_too() -> None:
    hidden = report("全区共有党员****名。", 2021, "a")
    clear = report("全区共有党员9657名，党员比上年净增106名。", 2022, "b")
    assert audit(hidden, mask="digits").revealed == ()
    (one,) = audit(hidden, clear, mask="digits").revealed
    assert (one.place.report_id, one.bounds.value) == ("a", 9551)
    assert {place.report_id for place in one.rests_on} == {"b"}
