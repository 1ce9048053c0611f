"""Charts: what is drawn for which bounds, in words too, and the same bytes for the same figures."""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import record, table

from dangjian import analysis, charts
from dangjian.charts import fonts, marks, style
from dangjian.charts.wrapping import width, wrapped

DEVELOPED = "membership.developed"
ALL = [charts.years, charts.ranges, charts.years_interactive, charts.ranges_interactive]
Chart = Callable[..., object]


@pytest.fixture(autouse=True)
def _headless() -> None:
    matplotlib.use("agg")


def drawn(chart: object) -> str:
    """All that a chart shows, as text."""
    if isinstance(chart, matplotlib.figure.Figure):
        return charts.svg(chart)
    return json.dumps(chart.to_plotly_json(), ensure_ascii=False, default=list)


def figures(*told: tuple[str, int, float, float | None], **more: object) -> pd.DataFrame:
    """Figures from (district, year, lower, upper)."""
    rows = (
        record(lower=low, upper=top, district=name, period=year, year=year, **more) for name, year, low, top in told
    )
    return analysis.by_year(table(*rows), DEVELOPED)


KINDS = [
    # lower, upper, masked, how it is drawn
    (128, 128, False, "exact"),
    (270, 330, False, "range"),
    (100, 199, True, "masked"),
    (128, 128, True, "exact"),  # a mask that leaves one value, as in a share of ***%
    (32, None, False, "open"),
    (0, None, True, "masked"),
]


@pytest.mark.parametrize(("lower", "upper", "masked", "kind"), KINDS)
def test_each_sort_of_figure_has_its_mark(lower: float, upper: float | None, masked: bool, kind: str) -> None:
    (mark,) = marks.over_years(figures(("甲区", 2022, lower, upper), masked=masked)).marks
    assert mark.kind == kind
    assert mark.open_above == (upper is None)


def test_contradicting_figures_have_a_mark_of_their_own() -> None:
    (mark,) = marks.over_years(figures(("甲区", 2022, 9, 9), ("甲区", 2022, 12, 12))).marks
    assert (mark.kind, mark.lower, mark.upper) == ("doubtful", 9, 12)


def test_a_year_without_figure_is_a_gap_and_never_a_zero() -> None:
    grid = marks.over_years(figures(("甲区", 2020, 9, 9), ("甲区", 2022, 9, 9), ("乙区", 2021, 9, 9)))
    assert grid.places == ["2020", "2021", "2022"] and grid.panels == ["乙区", "甲区"]
    assert sorted(grid.gaps) == [(0, 0), (0, 2), (1, 1)]
    assert not any(mark.lower == 0 for mark in grid.marks)
    assert "2021 未述及" in grid.spoken()


def test_the_axis_begins_at_zero_and_turns_logarithmic_where_sizes_differ_much() -> None:
    near, far = figures(("甲区", 2022, 100, 199)), figures(("甲区", 2021, 1, 9), ("甲区", 2022, 20000, 29999))
    assert marks.over_years(near).ends[0] == 0 and not marks.over_years(near).logarithmic
    assert marks.over_years(far).logarithmic and marks.over_years(far).ends[0] > 0


def test_round_numbers_of_a_logarithmic_axis_are_few_and_short() -> None:
    grid = marks.over_years(figures(("甲区", 2021, 1, 9), ("甲区", 2022, 10_000_000, 99_999_999)))
    assert grid.decades() == [1, 100, 10_000, 1_000_000, 100_000_000]
    chart = charts.years(figures(("甲区", 2021, 1, 9), ("甲区", 2022, 10_000_000, 99_999_999)))
    svg = charts.svg(chart)
    assert all(f">{said}<" in svg for said in ("1", "100", "1万", "100万", "1亿"))


def test_a_report_without_a_year_has_a_place_of_its_own() -> None:
    undated = figures(("甲区", 2021, 9, 9), ("甲区", 2022, 5, 5))
    undated.loc[1, "period"] = pd.NA
    grid = marks.over_years(undated)
    assert grid.places == ["2021", "年份不明"] and grid.gaps == []
    assert "年份不明" in charts.svg(charts.years(undated))


def test_bars_run_from_bound_to_bound_and_have_no_middle() -> None:
    chart = charts.years(figures(("甲区", 2021, 100, 199), ("甲区", 2022, 150, 150)))
    axes = chart.axes[0]
    assert [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in axes.patches] == [(100, 199)]
    assert [list(line.get_ydata()) for line in axes.lines] == [[150]]
    gap = charts.years_interactive(figures(("甲区", 2020, 9, 9), ("甲区", 2022, 9, 9))).layout.annotations
    assert ("2021", "未述及", "y domain") in [(note.x, note.text, note.yref) for note in gap]
    across = charts.ranges(figures(("甲区", 2022, 100, 199), ("乙区", 2022, 150, 150)))
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in across.axes[0].patches] == [(100, 199)]


def test_interactive_bars_run_from_bound_to_bound_too() -> None:
    chart = charts.years_interactive(figures(("甲区", 2021, 100, 199), ("甲区", 2022, 150, 150), masked=True))
    bars = [trace for trace in chart.data if trace.type == "bar"]
    assert [(bar.base, bar.y, bar.marker.pattern.shape) for bar in bars] == [((100,), (99,), "/")]
    assert [trace.y for trace in chart.data if trace.type == "scatter"] == [(150,)]


@pytest.mark.parametrize("draw", [charts.years, charts.years_interactive])
def test_an_open_end_has_an_arrow(draw: Chart) -> None:
    closed, opened = (draw(figures(("甲区", 2022, 32, top))) for top in (40, None))
    arrows = [
        sum(line.get_marker() == "^" for line in chart.axes[0].lines)
        if isinstance(chart, matplotlib.figure.Figure)
        else sum(trace.type == "scatter" and trace.marker.symbol == "triangle-up" for trace in chart.data)
        for chart in (closed, opened)
    ]
    assert arrows == [0, 1]


@pytest.mark.parametrize("draw", ALL)
def test_a_chart_of_nothing_says_so(draw: Chart) -> None:
    assert "未述及" in drawn(draw(figures()))


@pytest.mark.parametrize("draw", ALL)
@pytest.mark.parametrize("title", ["", "自拟标题"])
def test_titles_state_the_finding(draw: Chart, title: str) -> None:
    chart = draw(figures(("甲区", 2021, 9, 9), ("甲区", 2022, 10, 19)), title=title, source="资料来源：测试")
    shown = drawn(chart)
    assert (title or "上升（增加1–10名）") in shown and "资料来源：测试" in shown


SVG = "{http://www.w3.org/2000/svg}"


def test_svg_keeps_text_has_a_title_and_is_the_same_every_time() -> None:
    told = figures(("甲区", 2021, 100, 199), ("甲区", 2022, 150, 150), masked=True)
    first, second = (charts.svg(charts.years(told)) for _ in range(2))
    assert first == second
    root = ElementTree.fromstring(first)
    assert root.get("role") == "img" and root.find(f"{SVG}title").text == root.get("aria-label")
    assert "2021 100–199名" in root.find(f"{SVG}desc").text
    assert "100–199名" in [element.text for element in root.iter(f"{SVG}text")]
    assert "date" not in first.lower()


PAYLOADS = [
    "<script>alert(1)</script>",
    "$\\href{javascript:alert(1)}{x}$",
    '"><img src=x onerror=alert(1)>',
    "a&b<c>",
    "%{x}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("draw", ALL)
def test_text_from_reports_is_drawn_as_text(draw: Chart, payload: str) -> None:
    rows = [
        record(lower=1, upper=9, masked=True, district=payload, text=payload, dims={"group": payload}, period=year)
        for year in (1, 2)
    ]
    told = analysis.by_year(table(*rows), DEVELOPED, by="group")
    chart = draw(told, title=payload, source=payload)
    if isinstance(chart, matplotlib.figure.Figure):
        root = ElementTree.fromstring(charts.svg(chart))
        assert not {element.tag.split("}")[-1] for element in root.iter()} & {"script", "img", "a"}
    else:
        values = re.findall(
            r'"((?:[^"\\]|\\.)*)"', json.dumps(chart.to_dict()["data"], default=list, ensure_ascii=False)
        )
        assert not any(set(value) & set("<>&$") for value in values if value != "%{customdata}<extra></extra>")


def test_every_character_that_the_project_draws_is_in_the_font() -> None:
    told = figures(("甲区", 2021, 100, 199), ("甲区", 2022, 32, None), masked=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind in style.KINDS.values():
            chart = charts.years(told, title=kind.label + "未述及不设上限（对数刻度）–≥≤", source="资料来源：《》；")
            chart.savefig(io.BytesIO(), format="png", dpi=40)
    assert fonts.FONT.is_file() and fonts.register()[0] == fonts.FAMILY == "Noto Sans SC"


def test_drawing_leaves_the_callers_settings_alone() -> None:
    before = dict(matplotlib.rcParams)
    charts.years(figures(("甲区", 2022, 9, 9)))
    assert dict(matplotlib.rcParams) == before


@given(st.text("发展党员，。ab12–%", max_size=60), st.integers(8, 30))
def test_wrapping_loses_nothing_and_keeps_numbers_whole(text: str, ems: int) -> None:
    lines = wrapped(text, ems)
    assert "".join(lines) == text
    joints = [left[-1] + right[0] for left, right in pairwise(lines) if left and right]
    assert not any(pair[0] in "ab12–%" and pair[1] in "ab12–%" for pair in joints)
    assert width("") == 0


@pytest.mark.parametrize("chart", [charts.years, charts.ranges])
@pytest.mark.parametrize("districts", [1, 2, 3, 5])
def test_panels_are_of_one_size_and_no_label_meets_another_panel_or_the_edge(chart, districts):
    names = ["甲区", "名字很长很长的乙区", "丙区", "丁区", "戊区"][:districts]
    told = [(name, year, 100 * (at + 1), 9_999.0) for at, name in enumerate(names) for year in (2021, 2022)]
    figure = chart(figures(*told), title="一个不短的标题：" * 8, source="某报告")
    figure.draw_without_rendering()
    panels = [axes for axes in figure.axes if axes.get_visible()]
    assert len({tuple(round(side, 6) for side in axes.get_position().size) for axes in panels}) == 1
    taken = [axes.get_tightbbox() for axes in panels]
    title = figure.texts[0].get_window_extent()
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width and box.y0 > 0 and box.y1 < title.y0 for box in taken)
    assert not any(one.overlaps(other) for at, one in enumerate(taken) for other in taken[:at])
