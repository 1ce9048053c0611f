"""A table to click through: filters, sorting and search offline, and the sentence of the number that is chosen.

For a notebook at hand: widgets need a kernel, so no scheduled run holds one. Every text of a report is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from math import inf, isinf, isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from dangjian import wording
from dangjian.analysis import rows_of
from dangjian.analysis.glance import sort_of
from dangjian.metrics import evidence
from dangjian.wording import say, unit_words
from dangjian.wording.language import titled
from dangjian.wording.listing import SORT_NAMES
from dangjian.wording.sources import UNBOUND

if TYPE_CHECKING:
    from dangjian.reports import Report

EVERY = "全部"
FILTERS = {"主题": "主题", "指标": "指标", "地区": "地区", "年份": "年份", "程度": "怎样知道的"}
"""Columns that can be filtered by, with the names of their boxes."""
MOST = "16MB"
"""What of a table goes to the browser, some 100,000 numbers; itables says so where it is more."""
HINT = "点一行，看它所在的句子。"


def look() -> dict[str, Any]:
    """How the table is shown, said again each time that it changes; ``MOST`` keeps huge tables from the browser."""
    return {
        "select": "single",
        "showIndex": False,
        "language": _language(),
        "maxBytes": MOST,
        "maxRows": 0,
        "maxColumns": 0,
        "classes": "display compact nowrap",
        "style": "width:100%; max-width:100%; margin:0",
        "scrollX": True,
    }


def _language() -> dict[str, Any]:
    """What the table says of itself, in the language that is spoken; _NAMES_ are filled in by itself."""
    none = say("没有数字")
    return {
        "search": say("搜索："),
        "lengthMenu": say("每页 _MENU_ 行"),
        "info": say("第 _START_ 至 _END_ 行，共 _TOTAL_ 行"),
        "infoEmpty": none,
        "infoFiltered": say("（从 _MAX_ 行中筛出）"),
        "zeroRecords": say("没有这样的数字"),
        "emptyTable": none,
        "select": {"rows": {"_": say("，选中 %d 行"), "0": "", "1": say("，选中 1 行")}},
        "paginate": {"first": say("首页"), "last": say("末页"), "next": say("下一页"), "previous": say("上一页")},
    }


def listing(metrics: pd.DataFrame) -> pd.DataFrame:
    """A metrics table as people read it: one row a number, bounds as numbers so that they sort.

    Returns:
        Columns 地区, 年份, 指标, 标签, 原文, 下限, 上限, 单位, 程度, 主题, 报告, in the order of the rows; what has
        no upper bound is ``inf`` there, so that it sorts as the greatest.
    """
    rows = rows_of(metrics)
    told = {
        "地区": [row["district"] or say(wording.NOT_STATED) for row in rows],
        "年份": ["" if pd.isna(row["period"]) else str(row["period"]) for row in rows],
        "指标": [_indicator(row) for row in rows],
        "标签": [say("{label}（计划或要求）", label=row["label"]) if row["target"] else row["label"] for row in rows],
        "原文": [row["text"] for row in rows],
        "下限": [row["lower"] for row in rows],
        "上限": [inf if isnan(row["upper"]) else row["upper"] for row in rows],
        "单位": [unit_words(row["unit"]) for row in rows],
        "程度": [say(SORT_NAMES[sort_of(row)]) for row in rows],
        "主题": [wording.theme_title(row["theme"]) for row in rows],
        "报告": [row["report_id"] for row in rows],
    }
    kinds = {name: "float64" if name in ("下限", "上限") else "str" for name in told}
    return pd.DataFrame({name: pd.Series(told[name], dtype=kind) for name, kind in kinds.items()})


def _indicator(row: dict[str, Any]) -> str:
    title = wording.title_of(row["indicator"]) if isinstance(row["indicator"], str) else say(UNBOUND)
    dims = say("、").join(map(say, row["dims"].values()))
    return say("{title}（{dims}）", title=title, dims=dims) if dims else title


def sentence(row: Any, reports: Iterable[Report] | Mapping[str, Report]) -> str:
    """The sentence of a row as HTML, the number marked, its neighbours in grey; text of the report is escaped."""
    found = evidence(row, reports)
    place = found.place or say("第{start}至{end}字", start=row["start"], end=row["end"])
    where = f"{row['report_id']}{say('，')}{place}　{wording.words(row)}"
    if not found.found:
        return f"<p>{escape(where)}</p><p>{escape(say(found.sentence))}</p>"
    before, number, after = (
        found.sentence[: found.start],
        found.sentence[found.start : found.end],
        found.sentence[found.end :],
    )
    above = " &gt; ".join(escape(str(heading)) for heading in row["section"])
    middle = f"{escape(before)}<mark>{escape(number)}</mark>{escape(after)}"
    aside = (f'<span style="opacity: 0.6">{escape(text)}</span>' for text in (found.before, found.after))
    return f"<p>{escape(where)}</p><p>{above}</p><p>{next(aside)}{middle}{next(aside)}</p>"


def explore(metrics: pd.DataFrame, reports: Iterable[Report]) -> Any:
    """Boxes to filter by, the table, and below it the sentence of the row that is clicked.

    Args:
        metrics: a metrics table.
        reports: the texts at hand.
    Returns:
        A widget of ipywidgets; ``.children`` are the boxes, the table and the sentence.
    """
    import ipywidgets
    from itables.widget import ITable

    texts = {report.report_id: report for report in reports}
    whole, every, hint = listing(metrics), say(EVERY), escape(say(HINT))
    boxes = {
        column: ipywidgets.Dropdown(
            options=[every, *_values(whole, column)], description=say(name), layout={"width": "280px"}
        )
        for column, name in FILTERS.items()
    }
    with pd.option_context("display.float_format", _bound):
        shown = ITable(titled(whole), **look())
    told = ipywidgets.HTML(hint)
    kept: list[Any] = list(whole.index)

    def narrow(_: Any) -> None:
        """Filter, and offer in each box what the others leave."""
        found = whole
        for column, box in boxes.items():
            if box.value != every:
                found = found[found[column] == box.value]
        kept[:] = list(found.index)
        shown.selected_rows = []
        with pd.option_context("display.float_format", _bound):
            shown.update(titled(found), **look())
        told.value = hint

    def choose(change: dict[str, Any]) -> None:
        """Tell the sentence of the row that was clicked."""
        if change["new"]:
            told.value = sentence(metrics.iloc[kept[change["new"][0]]], texts)

    for box in boxes.values():
        box.observe(narrow, "value")
    shown.observe(choose, "selected_rows")
    row = ipywidgets.HBox(list(boxes.values()), layout={"flex_flow": "row wrap"})
    return ipywidgets.VBox([row, shown, told])


def _bound(value: float) -> str:
    """A bound in a cell; cells sort by the number behind it."""
    return say("不设") if isinf(value) else wording.number(value)


def _values(whole: pd.DataFrame, column: str) -> list[str]:
    """What a column holds: years sorted, all else as it comes."""
    values = [value for value in dict.fromkeys(whole[column]) if value]
    return sorted(values) if column in ("年份", "地区") else values


def browse(metrics: pd.DataFrame, reports: Iterable[Report]) -> Any:
    """A box to pick an indicator, and its figures over the years as a drawing, in which nothing can run.

    Args:
        metrics: a metrics table.
        reports: the texts at hand, for the source line.
    Returns:
        A widget of ipywidgets; ``.children`` are the box and the drawing.
    """
    import ipywidgets

    from dangjian import charts
    from dangjian.analysis import by_year, stated

    texts = list(reports)
    names = list(dict.fromkeys(stated(metrics)["indicator"]))
    box = ipywidgets.Dropdown(options=[(wording.title_of(name), name) for name in names], description=say("指标"))
    drawing = ipywidgets.Image(format="svg+xml", width="100%")

    def draw(_: Any) -> None:
        """Draw the indicator that is picked."""
        if box.value:
            figures = by_year(metrics, box.value)
            drawing.value = charts.svg(charts.years(figures, source=wording.source(figures, texts))).encode("utf-8")

    box.observe(draw, "value")
    draw(None)
    return ipywidgets.VBox([box, drawing])
