"""Where figures come from: source lines, what was read, and tables that set each number beside its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from dangjian.analysis import figure_table, rows_of
from dangjian.metrics import evidence
from dangjian.wording.carried import ATTRIBUTE, carried
from dangjian.wording.findings import NOT_STATED, title_of
from dangjian.wording.language import say, titled
from dangjian.wording.values import NO_YEAR, words

if TYPE_CHECKING:
    from dangjian.reports import Report

INVENTED = "虚构示例"
MOST_PLACES = 4
"""So many paragraphs of one report a source line tells."""
UNBOUND = "（未归入指标）"
_DASH = "–"


def source(figures: pd.DataFrame, reports: Iterable[Report] = ()) -> str:
    """The source line under a chart: the reports by title with the places in them, or their number where many."""
    ids = list(dict.fromkeys(figures["report_id"])) if len(figures) else []
    known = {report.report_id: report for report in reports}
    made_up = (
        say("；均为虚构示例") if ids and all(invented(known[each]) for each in ids if each in known) and known else ""
    )
    if not ids:
        return say("资料来源：无")
    if len(ids) > 3:
        years = sorted({int(year) for year in figures["period"].dropna()})
        if not years:
            return say("资料来源：{count}份报告{more}", count=len(ids), more=made_up)
        return say("资料来源：{count}份报告（{span}年的数字）{more}", count=len(ids), span=_span(years), more=made_up)
    named = (f"《{known[each].title}》" if each in known and known[each].title else each for each in ids)
    where = (_places(figures, known[each]) if each in known else "" for each in ids)
    told = say("；").join(map("".join, zip(named, where, strict=True)))
    return say("资料来源：{reports}{more}", reports=told, more=made_up)


def _span(years: list[int]) -> str:
    return f"{years[0]}{_DASH}{years[-1]}" if len(years) > 1 else str(years[0])


def _places(figures: pd.DataFrame, report: Report) -> str:
    """The paragraphs of a report in which the figures stand; the first where they are many."""
    own = sorted(int(start) for start in figures.loc[figures["report_id"] == report.report_id, "start"])
    places = [str(number) for number in dict.fromkeys(map(report.paragraph_at, own))]
    told = say("、").join(places[:MOST_PLACES])
    if len(places) <= MOST_PLACES:
        return say("，第{places}段", places=told)
    return say("，第{places}等{count}段", places=told, count=len(places))


def text_source(reports: Iterable[Report]) -> str:
    """The source line of what is counted over whole texts: how many reports, of which years."""
    texts = list(reports)
    years = sorted({report.year for report in texts if report.year is not None})
    if not texts:
        return say("资料来源：无")
    span = say("（{span}年）", span=_span(years)) if years else ""
    made_up = say("；均为虚构示例") if all(map(invented, texts)) else ""
    return say("资料来源：{count}份报告{more}", count=len(texts), more=span + made_up)


def invented(report: Report) -> bool:
    """Whether a report is a made-up example: its manifest says so, or its opening does."""
    return report.invented or INVENTED in report.text[:300]


def provenance(reports: Iterable[Report], metrics: pd.DataFrame) -> str:
    """What was read, for the head of a notebook: how many reports, quantities, hidden ones, and whether invented."""
    texts = list(reports)
    count, bound = len(metrics), int(metrics["indicator"].notna().sum())
    hidden = int(metrics["masked"].sum())
    told = say(
        "共{reports}份报告有数字{count:,}个，其中{bound:,}个归入指标，{hidden:,}个被遮蔽。",
        reports=metrics["report_id"].nunique(),
        count=count,
        bound=bound,
        hidden=hidden,
    )
    if not texts:
        return told + say("原文不在本机，只有数字可用。")
    made_up = sum(invented(report) for report in texts)
    if made_up == len(texts):
        return told + say("这些报告均为虚构示例：地名、机构和数字都是编造的，仅供演示。")
    return told + (say("其中{count}份为虚构示例。", count=made_up) if made_up else "")


def year_table(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures as a table to read: a row a district (its index) and category, a column a year."""
    if figures.empty:
        return titled(pd.DataFrame({NOT_STATED: []}, dtype="str").rename_axis(columns="地区"))
    said = figures.assign(words=[words(row, original=False) for _, row in figures.iterrows()])
    for column in ("district", "category"):
        said[column] = [say(str(name)) for name in figures[column]]
    said["period"] = [say(NO_YEAR) if pd.isna(period) else str(period) for period in figures["period"]]
    wide = said.pivot_table(index=["district", "category"], columns="period", values="words", aggfunc="first")
    wide = wide.fillna(say(NOT_STATED)).reset_index("category").rename(columns={"category": "类别"})
    if not figures["category"].any():
        wide = wide.drop(columns="类别")
    wide.columns = pd.Index([str(name) for name in wide.columns], name="地区")  # named here it stands in the same line
    wide = wide.rename_axis(index=None)
    wide.attrs[ATTRIBUTE] = carried(figures, "table")
    return titled(wide)


def evidence_table(reports: Iterable[Report], *tables: pd.DataFrame) -> pd.DataFrame:
    """The proof of every figure in the tables: what it counts, its bounds in words, its wording, its sentence.

    Args:
        reports: the reports at hand.
        tables: tables of figures; a figure in several is told once, a computed one by the figure it counts with.
    Returns:
        Columns 报告, 年份, 指标, 标签, 数值, 原文, 位置 (in the document), 句子, by report and offset.
        All text is as it stands in the report: show it as a table, never as markup.
    """
    known = {report.report_id: report for report in reports}
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for figures in tables:
        for row in rows_of(figures):
            if "/" not in row["indicator"]:
                rows.setdefault((row["report_id"], row["start"]), row)
    told = [
        {
            "报告": row["report_id"],
            "年份": "" if pd.isna(row["period"]) else str(row["period"]),
            "指标": title_of(row["indicator"]) if row["indicator"] else say(UNBOUND),
            "标签": row["label"],
            "数值": words(row, original=False),
            "原文": row["text"],
            "位置": found.place,
            "句子": found.sentence if found.found else say(found.sentence),
        }
        for _, row in sorted(rows.items())
        for found in [evidence(row, known)]
    ]
    columns = ["报告", "年份", "指标", "标签", "数值", "原文", "位置", "句子"]
    proof = pd.DataFrame(told, columns=columns, index=pd.RangeIndex(1, len(told) + 1), dtype="str")
    proof = proof.rename_axis(columns="序号")
    shown = [row for _, row in sorted(rows.items())]
    proof.attrs[ATTRIBUTE] = carried(figure_table(shown), "evidence")
    return titled(proof)
