"""Figures as Chinese: bounds in words, comparisons, findings for chart titles, sources.

All text is plain: nothing here is markup, and `plain` takes the meaning out of what could become some.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import ceil, floor, inf, isfinite
from typing import TYPE_CHECKING, Any

from dangjian.analysis import bounds_of, changes, compare, ranking
from dangjian.bounds import Bounds

if TYPE_CHECKING:
    import pandas as pd

    from dangjian.reports import Report

NOT_STATED = "未述及"
HIDDEN = "未公开"
COURSES = {"rose": "上升", "fell": "下降", "equal": "持平", "cannot tell": "无法判断"}
INVENTED = "虚构示例"
_FULL_WIDTH = {sign: chr(ord(sign) + 0xFEE0) for sign in "<>&[](){}*_`#|$~!@\\\"'"} | {"://": "：／／", "\n": " "}
_DASH = "–"
TEN_THOUSAND = 10_000


def plain(text: str) -> str:
    """The text with every sign that Markdown, HTML or formulas could act on made full-width.

    >>> plain("增长<b>*%")
    '增长＜b＞＊%'
    """
    for sign, harmless in _FULL_WIDTH.items():
        text = text.replace(sign, harmless)
    return "".join(character for character in text if character.isprintable())


def number(value: float) -> str:
    """A number to two places at most, thousands parted by commas.

    >>> number(1230.0), number(66.67), number(-5.5)
    ('1,230', '66.67', '-5.5')
    """
    shown = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def bounds_words(bounds: Bounds, unit: str = "") -> str:
    """Bounds in words, rounded outward to two places so that nothing true is shut out.

    >>> bounds_words(Bounds(100, 199), "名"), bounds_words(Bounds(32, None)), bounds_words(Bounds(0, None))
    ('100–199名', '≥32（不设上限）', '未公开')
    """
    if _in_ten_thousands(bounds):
        bounds, unit = bounds.scaled(1 / TEN_THOUSAND), f"万{unit}"
    if bounds.value is not None:
        return number(bounds.value) + unit
    lower = _outward(bounds.lower, floor)
    if bounds.upper is None:
        if bounds.lower == -inf:
            return "上下均不设限"
        return HIDDEN if bounds.lower == 0 else f"≥{number(lower)}{unit}（不设上限）"
    upper = _outward(bounds.upper, ceil)
    if bounds.lower == -inf:
        return f"≤{number(upper)}{unit}（不设下限）"
    dash = "至" if lower < 0 else _DASH
    return f"{number(lower)}{dash}{number(upper)}{unit}"


def words(row: Any, *, original: bool = True) -> str:
    """What a row says, bounds in words, and the wording of the report where that is not plain.

    Args:
        row: of a metrics table or a table of figures, or a record.
        original: whether the report's own wording may stand in it; it is text from outside.

    >>> words({"lower": 100.0, "upper": 199.0, "unit": "名", "modality": "exact", "masked": True, "text": "1**名"})
    '100–199名（原文 `1**名`）'
    """
    get = row.__getitem__ if hasattr(row, "keys") else lambda name: getattr(row, name)
    bounds, unit, modality = bounds_of(row), get("unit"), get("modality")
    said = bounds_words(bounds, unit)
    written = f"（原文 `{get('text')}`）" if original else ""
    if "agrees" in (row if hasattr(row, "keys") else dir(row)) and not get("agrees"):
        return f"{said}（说法不一）"
    if get("masked"):
        return said + written
    if modality in ("about", "nearly") and bounds.upper is not None and bounds.value is None:
        shown = _shown(get("text"))
        if shown:
            return f"{'约' if modality == 'about' else '近'}{shown}{unit}（{bounds_words(bounds)}）"
        return said + written
    return said + (written if modality == "more" else "")


@cache
def title_of(indicator: str) -> str:
    """The catalogue's Chinese title of an indicator; of ``part/whole`` that of both."""
    from dangjian.indicators.catalogue import load_catalogue

    entries = load_catalogue()
    return "与".join(dict.fromkeys(entries[name].title if name in entries else name for name in indicator.split("/")))


def compared(earlier: Any, later: Any) -> str:
    """Two figures of one series in a clause: the course, both figures and the change, all with bounds.

    >>> a = {"period": 2020, "lower": 236.0, "upper": 236.0, "unit": "名", "modality": "exact", "masked": False}
    >>> compared(a, a | {"period": 2021, "lower": 240.0, "upper": 249.0})
    '2020年236名，2021年240–249名，上升（增加4–13名）'
    """
    before, after = bounds_of(earlier), bounds_of(later)
    found = compare(before, after)
    told = f"{earlier['period']}年{words(earlier, original=False)}，{later['period']}年{words(later, original=False)}"
    unit = "个百分点" if later["unit"] == "%" else later["unit"]
    by = found.change if found.course != "fell" else before.minus(after)
    verb = {"rose": "增加", "fell": "减少"}.get(found.course)
    return f"{told}，{COURSES[found.course]}" + (f"（{verb}{bounds_words(by, unit)}）" if verb else "")


def finding(figures: pd.DataFrame, what: str = "") -> str:
    """The one sentence that a chart of these figures shows, computed from their bounds.

    Args:
        figures: a table of figures of one indicator.
        what: what they measure; the catalogue's title where it is left out.
    """
    if figures.empty:
        return f"{what or '该指标'}：{NOT_STATED}"
    what = what or title_of(str(figures["indicator"].iloc[0]))
    years = sorted(int(year) for year in figures["period"].unique())
    series = figures.groupby(["district", "category"]).ngroups
    if len(figures) == 1:
        row = figures.iloc[0]
        return f"{_name(row)}{years[0]}年{what}：{words(row, original=False)}"
    if series == 1:
        told = figures.sort_values("period").to_dict("records")
        return f"{_name(told[0])}{what}：{compared(told[0], told[-1])}"
    if len(years) == 1:
        return f"{years[0]}年{what}：{_greatest(figures)}"
    courses = changes(figures, ends=True)
    counts = [
        f"{count}个{COURSES[course]}" for course in COURSES if (count := int((courses["course"] == course).sum()))
    ]
    once = series - len(courses)
    counts += [f"{once}个只有一年数字"] if once else []
    return f"{years[0]}至{years[-1]}年{what}：{series}个序列中{'、'.join(counts)}"


def source(figures: pd.DataFrame, reports: Iterable[Report] = ()) -> str:
    """The source line under a chart: titles and years of the reports, or their number where they are many."""
    ids = list(dict.fromkeys(figures["report_id"])) if len(figures) else []
    known = {report.report_id: report for report in reports}
    made_up = "；均为虚构示例" if ids and all(invented(known[each]) for each in ids if each in known) and known else ""
    if not ids:
        return "资料来源：无"
    if len(ids) > 3:
        years = sorted({int(year) for year in figures["period"]})
        span = f"{years[0]}{_DASH}{years[-1]}年" if len(years) > 1 else f"{years[0]}年"
        return f"资料来源：{len(ids)}份报告（{span}的数字）{made_up}"
    named = (f"《{known[each].title}》" if each in known and known[each].title else each for each in ids)
    return f"资料来源：{'；'.join(named)}{made_up}"


def invented(report: Report) -> bool:
    """Whether a report is a made-up example: its manifest says so, or its opening does."""
    return report.invented or INVENTED in report.text[:300]


def provenance(reports: Iterable[Report], metrics: pd.DataFrame) -> str:
    """What was read, for the head of a notebook: how many reports, quantities, hidden ones, and whether invented."""
    texts = list(reports)
    count, bound = len(metrics), int(metrics["indicator"].notna().sum())
    hidden = int(metrics["masked"].sum())
    told = f"共{metrics['report_id'].nunique()}份报告有数字{count:,}个，其中{bound:,}个归入指标，{hidden:,}个被遮蔽。"
    if not texts:
        return told + "原文不在本机，只有数字可用。"
    made_up = sum(invented(report) for report in texts)
    if made_up == len(texts):
        return told + f"这些报告均为{INVENTED}：地名、机构和数字都是编造的，仅供演示。"
    return told + (f"其中{made_up}份为{INVENTED}。" if made_up else "")


def _greatest(figures: pd.DataFrame) -> str:
    ranked = ranking(figures)
    first = ranked.iloc[0]
    if first["worst"] == 1:
        return f"{_name(first)}最高（{words(first, original=False)}）"
    level = ranked[ranked["best"] == 1]
    names = [_name(row) for _, row in level.iterrows()]
    shown = "、".join(names[:3]) + (f"等{len(names)}项" if len(names) > 3 else "")
    return f"哪个最高无法判断（{shown}的范围相接）"


def _name(row: Any) -> str:
    return f"{row['district']}{'·' if row['category'] else ''}{row['category']}"


def _in_ten_thousands(bounds: Bounds) -> bool:
    """Whether the bounds are large and lose nothing when told in 万 with two places."""
    told = [abs(side) for side in bounds if side is not None]
    return all(isfinite(side) and side >= 10 * TEN_THOUSAND and side % 100 == 0 for side in told)


def _shown(text: str) -> str:
    """The digits of a quantity as written, "" where it has none."""
    digits = [at for at, sign in enumerate(text) if sign in "0123456789"]
    if not digits:
        return ""
    last = digits[-1] + 1
    while last < len(text) and text[last] in "十百千万亿":
        last += 1
    return text[digits[0] : last]


def _outward(value: float, rounded: Any) -> float:
    """To two places, away from the middle; what has two places already stays in spite of binary noise."""
    if not isfinite(value) or abs(value * 100 - round(value * 100)) < 1e-6 * max(1.0, abs(value)):
        return value
    return float(rounded(value * 100)) / 100
