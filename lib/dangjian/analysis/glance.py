"""One report out of many: which it is, its numbers as it says them, and how many it has of each sort."""

from __future__ import annotations

from collections import Counter
from math import isnan
from typing import Any, Literal

import pandas as pd

from dangjian.analysis.figures import as_columns, bounds_of, figure_table, place_namer, rows_of, signed
from dangjian.errors import UnknownNameError

SORTS = ("exact", "range", "masked", "open")
"""How a number may be known: to one value, within bounds, with hidden digits, from below alone."""
AMOUNTS = frozenset((*"元亩米吨字度", "美元", "平方米", "平米", "平方公里", "公顷", "公里", "千米", "公斤", "千克"))
"""Units of what is measured rather than counted."""
MEMBERS = 300
"""So many places of what is counted are kept at most: each is a sentence on the page that shows the counts."""
PLACED = ("report_id", "start", "end", "number_start", "number_end", "text", "indicator", "period")
OPENING = "（标题之前）"
"""The section of what stands before the first heading."""


def one_report(metrics: pd.DataFrame, report: str = "") -> pd.DataFrame:
    """The rows of one report of a metrics table.

    Args:
        metrics: a metrics table.
        report: its id; "" takes the report of the latest year, of several the one with the most numbers.
    Raises:
        UnknownNameError: there is no such report.
    """
    ids = set(metrics["report_id"])
    if report and report not in ids:
        raise UnknownNameError("report", report, ids)
    if not report and ids:
        years = metrics.groupby("report_id")["year"].first().fillna(0)
        sizes = metrics.groupby("report_id").size()
        report = max(sorted(ids), key=lambda name: (years[name], sizes[name]))
    return metrics[metrics["report_id"] == report]


def as_said(rows: pd.DataFrame, *, most: int = 0) -> pd.DataFrame:
    """Numbers as a report says them: a figure each, none merged, its label as category.

    Args:
        rows: rows of a metrics table, best of one report.
        most: keep so many, the first in the text; 0 keeps all.
    Returns:
        A table of figures in the order of the rows; ``attrs["left_out"]`` counts those not kept. Labels that a
        report uses more than once are numbered. A plan says so in its label. ``period`` is missing where neither the
        number nor its report names a year.
    """
    name_of = place_namer(rows)
    used: dict[tuple[str, str], int] = {}
    figures = []
    told_rows = rows_of(rows)[: most or None]
    often = Counter(str(row["label"]) for row in told_rows)
    for row in told_rows:
        label = f"{row['label']}（计划）" if row["target"] else str(row["label"])
        kind = "、".join(value for value in row["dims"].values() if value not in label)
        label += f"（{kind}）" if kind and often[str(row["label"])] > 1 else ""
        count = used[row["report_id"], label] = used.get((row["report_id"], label), 0) + 1
        figure = row | {"district": name_of(row), "category": label if count == 1 else f"{label}（{count}）"}
        figure |= {"period": row["year"] if pd.isna(row["period"]) else row["period"]}
        figure |= {"indicator": "" if _missing(row["indicator"]) else row["indicator"], "said": 1, "agrees": True}
        figures.append(figure | as_columns(signed(bounds_of(row), None if _missing(row["change"]) else row["change"])))
    told = figure_table(figures)
    told.attrs["categories"] = list(dict.fromkeys(told["category"]))
    told.attrs["left_out"] = len(rows) - len(figures)
    return told


def sort_of(row: Any) -> str:
    """How the number of a row is known, one of ``SORTS``."""
    bounds = bounds_of(row)
    if bounds.value is not None:
        return "exact"
    if row["masked"]:
        return "masked"
    return "open" if bounds.upper is None else "range"


def counts(rows: pd.DataFrame, by: Literal["theme", "section", "report_id", "system"] = "theme") -> pd.DataFrame:
    """How many numbers of each sort the rows hold.

    Args:
        rows: rows of a metrics table.
        by: what they are counted by; "section" is the outermost heading, "system" the column of `of_systems`.
    Returns:
        A row a value, its index: sections and systems in the order of the text, all else by size; a column a sort of
        ``SORTS``, whole numbers. ``attrs["members"]`` has for each row the places of what it counts, the first few
        where they are more than ``MEMBERS`` in all.
    """
    names = rows[by] if by != "section" else rows["section"].map(lambda above: above[0] if len(above) else OPENING)
    sorts = [sort_of(row) for row in rows_of(rows)]
    found = pd.DataFrame({"name": list(names), "sort": sorts}, dtype="str")
    order = list(dict.fromkeys(found["name"].dropna()))
    if by in ("theme", "report_id"):
        sizes = Counter(found["name"])
        order.sort(key=lambda name: -sizes[name])
    table = pd.crosstab(found["name"], found["sort"]).reindex(index=order, columns=list(SORTS), fill_value=0)
    table = table.astype("int64").rename_axis(index=None, columns=None)
    table.attrs["members"] = _members(rows, list(names), order)
    return table


def _members(rows: pd.DataFrame, names: list[Any], order: list[Any]) -> list[list[dict[str, Any]]]:
    """The places of what each name counts: all of them where they are few, else as many of each."""
    each = MEMBERS if len(rows) <= MEMBERS else max(1, MEMBERS // max(1, len(order)))
    found: dict[Any, list[int]] = {name: [] for name in order}
    for at, name in enumerate(names):
        own = found.get(name)
        if own is not None and len(own) < each:
            own.append(at)
    places = rows[list(PLACED)]
    return [rows_of(places.iloc[own]) for own in found.values()]


def rates(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that tell a share in %, neither a change nor a plan."""
    return rows[(rows["unit"] == "%") & rows["change"].isna() & ~rows["target"]]


def numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that tell how many or how much: neither shares and multiples nor changes."""
    return rows[~rows["unit"].isin(["%", "倍", "百分点"]) & rows["change"].isna()]


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of `numbers` that count people, things or events: money, area or weight share no axis with them."""
    told = numbers(rows)
    return told[~told["unit"].isin(AMOUNTS)]


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and isnan(value)) or value is pd.NA
