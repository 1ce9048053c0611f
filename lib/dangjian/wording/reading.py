"""How well reports are read, as tables to read: coverage, masks, numbers left out, unread and unbound, agreement."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pandas as pd

from dangjian.analysis import rows_of
from dangjian.wording.language import CHINESE, language, say, titled
from dangjian.wording.listing import theme_title
from dangjian.wording.values import number

if TYPE_CHECKING:
    from dangjian.analysis.unbound import Unbound

READINGS = {
    "digits": "一位遮蔽就是一位数字",
    "unknown": "遮蔽的位数不可信，只知道不小于0",
    "zero": "圆圈就是零，不是遮蔽",
}
FIGURES = {
    "gold": "人工标注",
    "records": "读出",
    "precision": "读出的有多少是对的",
    "recall": "该读的读出多少",
    "f1": "两者综合",
    "bounds": "上下限一致",
    "unit": "单位一致",
    "modality": "语气一致",
    "change": "增减一致",
    "theme": "主题一致",
    "indicator_f1": "指标一致（综合）",
    "dims": "维度一致",
}
"""The figures of `analysis.agreement` that are shown, with their names."""


_EVIDENCE = re.compile(r"masked years (none|\[[^\]]*\]) wide, numbers (none|\[[^\]]*\]) wide")


def _percent(part: float, whole: float) -> str:
    return f"{number(round(100 * part / whole, 1))}%" if whole else "–"


def coverage_table(coverage: pd.DataFrame) -> pd.DataFrame:
    """What was found in each report (`quality.coverage`), with shares, and a last row for all."""
    kinds = ("found", "bound", "unbound", "left_out", "unread")
    every = {"report_id": say("合计"), **{name: int(coverage[name].sum()) for name in kinds}}
    rows = [*rows_of(coverage), every] if len(coverage) else []
    told = {
        "报告": [row["report_id"] for row in rows],
        "读出": [str(row["found"]) for row in rows],
        "归入指标": [str(row["bound"]) for row in rows],
        "归入占比": [_percent(row["bound"], row["found"]) for row in rows],
        "不是数量": [str(row["left_out"]) for row in rows],
        "读不出": [str(row["unread"]) for row in rows],
    }
    return titled(pd.DataFrame(told, index=pd.RangeIndex(1, len(rows) + 1), dtype="str").rename_axis(columns="序号"))


def coverage_finding(coverage: pd.DataFrame) -> str:
    """Coverage in a sentence."""
    found, bound, unread = (int(coverage[name].sum()) for name in ("found", "bound", "unread"))
    if not len(coverage):
        return say("原文不在本机，无从统计。")
    share = _percent(bound, found)
    lost = say("{unread:,}个读不出", unread=unread) if unread else say("没有读不出的数字")
    return say(
        "{reports}份报告共读出{found:,}个数字，{bound:,}个归入指标（{share}），{lost}。",
        reports=len(coverage),
        found=found,
        bound=bound,
        share=share,
        lost=lost,
    )


def mask_table(masks: pd.DataFrame) -> pd.DataFrame:
    """How masks read in each report (`quality.masks`), with the evidence."""
    told = {
        "报告": masks["report_id"],
        "遮蔽符号": masks["sign"],
        "读法": masks["reading"].map(READINGS).map(say),
        "依据": masks["evidence"].map(_evidence),
    }
    return titled(pd.DataFrame(told, dtype="str").set_axis(range(1, len(masks) + 1)).rename_axis(columns="序号"))


def _evidence(said: str) -> str:
    """The evidence of a decision in Chinese."""
    if said == "as asked for":
        return say("按参数 mask 指定")
    told = _EVIDENCE.fullmatch(said)
    if told is None:
        return said
    years, widths = (part.strip("[]").replace(", ", "、") for part in told.groups())
    parts = [say("没有遮蔽的年份") if years == "none" else say("遮蔽的年份是{years}位", years=years)]
    parts.append(say("没有遮蔽的计数") if widths == "none" else say("遮蔽的计数有{widths}位", widths=widths))
    return say("，").join(parts)


@cache
def _rules() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))


def rule_name(rule: str) -> str:
    """A rule of the scan in Chinese, its own name where it has none."""
    return _rules().get(rule, rule) if language() == CHINESE else rule


def left_out_table(left_out: pd.DataFrame) -> pd.DataFrame:
    """The rules that left numbers out (`quality.left_out`): how often, and an example."""
    told = {
        "规则": left_out["rule"].map(rule_name),
        "个数": left_out["count"].astype("str"),
        "例子": left_out["example"],
    }
    return titled(pd.DataFrame(told, dtype="str").set_axis(range(1, len(left_out) + 1)).rename_axis(columns="序号"))


def unread_table(unread: pd.DataFrame) -> pd.DataFrame:
    """The numbers that could not be read (`quality.unread`), each in its line."""
    told = {
        "报告": unread["report_id"],
        "原文": unread["text"],
        "为什么": unread["rule"].map(rule_name),
        "前后文": unread["line"],
    }
    return titled(pd.DataFrame(told, dtype="str").set_axis(range(1, len(unread) + 1)).rename_axis(columns="序号"))


def unbound_table(unbound: Iterable[Unbound], most: int = 30) -> pd.DataFrame:
    """The labels of numbers that no indicator names (`analysis.unbound`), the commonest first."""
    rows = list(unbound)[:most]
    told = {
        "标签": [row.label for row in rows],
        "次数": [str(row.said) for row in rows],
        "单位": [say("、").join(unit or say("（无）") for unit in row.units) for row in rows],
        "主题": [theme_title(row.theme) for row in rows],
        "例子": [row.example.text for row in rows],
    }
    return titled(pd.DataFrame(told, index=pd.RangeIndex(1, len(rows) + 1), dtype="str").rename_axis(columns="序号"))


def agreement_table(compared: pd.DataFrame) -> pd.DataFrame:
    """Agreement with hand-read files (`quality.hand_read`): a row a report, shares in %."""
    names = {"report_id": "报告"} | {name: title for name, title in FIGURES.items() if name in compared.columns}
    told = pd.DataFrame(
        {title: [_cell(name, value) for value in compared[name]] for name, title in names.items()}, dtype="str"
    )
    return titled(told.set_axis(range(1, len(told) + 1)).rename_axis(columns="序号"))


def _cell(name: str, value: object) -> str:
    if name in ("gold", "records", "report_id"):
        return str(value)
    return _percent(float(str(value)), 1)
