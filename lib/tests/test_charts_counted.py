"""Charts of counts and of terms: every part drawn, told in words, and safe."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest
from payloads import PAYLOADS
from tables import record, table

from dangjian import analysis, charts


@pytest.fixture(autouse=True)
def _headless() -> None:
    matplotlib.use("agg")


def ends(*rows: tuple[str, float, float]) -> pd.DataFrame:
    names, first, last = zip(*rows, strict=True) if rows else ((), (), ())
    return pd.DataFrame(
        {"first": list(first), "last": list(last)}, index=pd.Index(list(names), dtype="str"), dtype="float64"
    )


def test_a_bar_is_as_long_as_its_counts_and_parts_follow_each_other() -> None:
    counted = analysis.counts(table(record(), record(), record(masked=True, upper=9), record("training.hours")))
    chart = charts.counts(counted, title="题", source="资料来源：测试")
    bars = [(bar.get_x(), bar.get_width()) for bar in chart.axes[0].patches if bar.get_y() < 0]
    assert bars == [(0, 2), (2, 1)]
    drawn = charts.svg(chart)
    assert "资料来源：测试" in drawn and "membership：确数2，数字被遮蔽1" in chart.get_label()


def test_terms_run_from_the_first_year_to_the_last() -> None:
    chart = charts.shifts(ends(("主题教育", 0, 82)), ends(("疫情", 74, 0)), title="题", source="资料来源：测试")
    assert [list(line.get_xdata()) for line in chart.axes[0].lines] == [[0], [82], [74], [0]]
    assert "主题教育：0，82" in chart.get_label() and "资料来源：测试" in charts.svg(chart)


@pytest.mark.parametrize(
    "draw", [lambda: charts.counts(analysis.counts(table())), lambda: charts.shifts(ends(), ends())]
)
def test_nothing_says_so(draw: Callable[[], object]) -> None:
    assert "未述及" in charts.svg(draw())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_headings_of_reports_are_drawn_as_text(payload: str) -> None:
    counted = analysis.counts(table(record(section=[payload])), "section")
    for chart in (
        charts.counts(counted, title=payload, source=payload),
        charts.shifts(ends((payload, 1, 2)), ends(), title=payload),
    ):
        root = ElementTree.fromstring(charts.svg(chart).replace("\x00", ""))
        assert not {element.tag.split("}")[-1] for element in root.iter()} & {"script", "img", "a", "iframe"}
