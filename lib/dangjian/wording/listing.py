"""Numbers of a report as tables to read: each in words, beside its own wording and the sentence that proves it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from dangjian.analysis import bounds_of, rows_of
from dangjian.metrics import evidence
from dangjian.wording.carried import ATTRIBUTE, carried, carried_members
from dangjian.wording.findings import some, title_of
from dangjian.wording.language import say, titled
from dangjian.wording.sources import UNBOUND
from dangjian.wording.values import NO_YEAR, bounds_words, number, words, year

if TYPE_CHECKING:
    from dangjian.reports import Report

SORT_NAMES = {"exact": "确数", "range": "范围", "masked": "被遮蔽", "open": "只有下限"}
FEW = 6
"""So many kinds of figures a title tells one by one."""
LONGEST = 16
"""Characters of a heading that a title quotes."""
LISTED = (
    *("report_id", "start", "end", "number_start", "number_end", "text", "lower", "upper", "unit", "modality"),
    *("masked", "indicator", "label", "period", "dims", "target"),
)
"""What a list of numbers carries of each."""
CHANGES = {"increase": "增加{words}", "decrease": "减少{words}"}


def theme_title(theme: str) -> str:
    """The catalogue's title of a theme."""
    from dangjian.indicators.catalogue import load_catalogue

    return say(load_catalogue().titles.get(theme, theme))


def chosen(rows: pd.DataFrame, reports: Iterable[Report]) -> str:
    """Which report the rows are of, and how much it holds, in a sentence."""
    if rows.empty:
        return say("没有可读的数字。")
    name = str(rows["report_id"].iloc[0])
    report = next((each for each in reports if each.report_id == name), None)
    dates = rows["year"].iloc[0]
    named = f"《{report.title}》（{name}）" if report is not None and report.title else name
    bound, hidden = int(rows["indicator"].notna().sum()), int(rows["masked"].sum())
    dated = say("没有写明年份") if pd.isna(dates) else year(dates)
    return say(
        "这里看的是{titled}，{dated}：数字{count:,}个，其中{bound:,}个归入指标，{hidden:,}个被遮蔽，{planned:,}个是计划或要求。",
        titled=named,
        dated=dated,
        count=len(rows),
        bound=bound,
        hidden=hidden,
        planned=int(rows["target"].sum()),
    )


def number_table(reports: Iterable[Report], rows: pd.DataFrame, *, most: int = 0) -> pd.DataFrame:
    """Rows of a metrics table to read, in their order.

    Args:
        reports: the reports at hand.
        rows: rows of a metrics table; a column ``system``, where there is one, is told first.
        most: so many rows, 0 for all.
    Returns:
        Columns 系统 (where told), 报告, 指标, 标签, 数值, 原文, 句子. All text is as it stands in the report: show it
        as a table, never as markup.
    """
    known = {report.report_id: report for report in reports}
    told = []
    for row in rows_of(rows)[: most or None]:
        line = {"系统": say(row["system"])} if "system" in row else {}
        told.append(line | _line(row, known))
    columns = [*(["系统"] if "system" in rows.columns else []), "报告", "指标", "标签", "数值", "原文", "句子"]
    index = pd.RangeIndex(1, len(told) + 1)
    listed = pd.DataFrame(told, columns=columns, index=index, dtype="str").rename_axis(columns="序号")
    listed.attrs[ATTRIBUTE] = carried(rows.head(len(told))[list(LISTED)], "numbers")
    return titled(listed)


def _line(row: dict[str, Any], known: dict[str, Report]) -> dict[str, str]:
    change = row["change"] if isinstance(row["change"], str) else ""
    title = title_of(row["indicator"]) if isinstance(row["indicator"], str) else say(UNBOUND)
    dims = say("、").join(map(say, row["dims"].values()))
    said = words(row, original=False)
    return {
        "报告": row["report_id"],
        "指标": say("{title}（{dims}）", title=title, dims=dims) if dims else title,
        "标签": say("{label}（计划或要求）", label=row["label"]) if row["target"] else row["label"],
        "数值": say(CHANGES[change], words=said) if change in CHANGES else said,
        "原文": row["text"],
        "句子": evidence(row, known).sentence,
    }


def count_table(counted: pd.DataFrame, what: str) -> pd.DataFrame:
    """Counts of numbers by sort (`analysis.counts`) as a table to read, with a column of sums.

    Args:
        counted: as `analysis.counts` gives it.
        what: the name of what the rows are.
    """
    told = counted.rename(columns=SORT_NAMES).assign(合计=counted.sum(axis=1).astype("int64"))
    shown = titled(told.rename_axis(columns=what))
    shown.attrs[ATTRIBUTE] = carried_members(counted, str(shown.columns[-1]))
    return shown


def counted_finding(counted: pd.DataFrame, what: str) -> str:
    """The one sentence that a chart of counts shows: how many in all, which has the most, how many are hidden."""
    sums = counted.sum(axis=1)
    every = int(sums.sum())
    if not every:
        return say("{what}：没有数字", what=what)
    most = [_short(str(name)) for name in sums[sums == sums.max()].index]
    hidden = int(counted["masked"].sum())
    return say(
        "{what}：共{every:,}个数字，{most}最多（{count:,}个），被遮蔽的占{share}%",
        what=what,
        every=every,
        most=some(most),
        count=int(sums.max()),
        share=number(round(100 * hidden / every, 1)),
    )


def _short(name: str) -> str:
    """A name that is not too long for a title; a Latin letter counts for half a character."""
    longest = LONGEST if any(sign > "\u2e80" for sign in name) else 2 * LONGEST
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _together(figures: pd.DataFrame) -> str:
    """What holds for all of some figures, in words."""
    rows = rows_of(figures)
    bounds = [bounds_of(row) for row in rows]
    hull = bounds[0]
    for each in bounds[1:]:
        hull = hull.hull(each)
    return words(rows[0], original=False) if len(rows) == 1 else bounds_words(hull, rows[0]["unit"])


def said_title(figures: pd.DataFrame, what: str) -> str:
    """A title for figures of several kinds, computed from them.

    Kinds that are few are each told with the bounds that hold all districts; of many it is said how many figures there
    are and how many of them are known to one value.
    """
    if figures.empty:
        return say("{what}：未述及", what=what)
    kinds = list(figures.groupby("category", sort=False))
    if len(kinds) <= FEW and not figures.attrs.get("left_out"):
        years = {year(each) for each in figures["period"]}
        when = years.pop() if len(years) == 1 and say(NO_YEAR) not in years else ""
        districts = figures["district"].nunique()
        among = say("（{count}个地区）", count=districts) if districts > 1 else ""
        order = figures.attrs.get("categories") or [name for name, _ in kinds]
        told = sorted(kinds, key=lambda kind: order.index(kind[0]))
        steps = say("，").join(say("{name}{words}", name=say(str(name)), words=_together(own)) for name, own in told)
        if when:
            return say("{when}{what}{among}：{said}", when=when, what=what, among=among, said=steps)
        return say("{what}{among}：{said}", what=what, among=among, said=steps)
    exact = int((figures["lower"] == figures["upper"]).sum())
    rest = int(figures.attrs.get("left_out", 0))
    known = ((exact, "都是确数", "{count}个是确数"), (len(figures) - exact, "都只知道范围", "{count}个只知道范围"))
    parts = [
        say(all_of if count == len(figures) else some_of, count=count) for count, all_of, some_of in known if count
    ]
    parts += [say("另有{count}个不在图中", count=rest)] if rest else []
    return say("{what}：{count}个数字，{parts}", what=what, count=len(figures), parts=say("，").join(parts))
