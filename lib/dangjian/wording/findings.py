"""What figures show, in a sentence computed from their bounds: for chart titles and prose."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dangjian.analysis import bounds_of, changes, compare, measure, ranking, rows_of
from dangjian.wording.values import NO_YEAR, bounds_words, words

if TYPE_CHECKING:
    import pandas as pd

NOT_STATED = "未述及"
COURSES = {"rose": "上升", "fell": "下降", "equal": "持平", "cannot tell": "无法判断"}


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
        return f"{what or title_of(figures.attrs.get('indicator', '该指标'))}：{NOT_STATED}"
    what = what or title_of(str(figures["indicator"].iloc[0]))
    years = sorted(int(each) for each in figures["period"].dropna().unique())
    series = figures.groupby(["district", "category"]).ngroups
    if len(figures) == 1:
        row = figures.iloc[0]
        return f"{_joined(_named(row, what))}{f'{years[0]}年' if years else ''}{what}：{words(row, original=False)}"
    if not years:
        return f"{what}（{NO_YEAR}）：{_greatest_of_each(figures)}"
    figures = figures[figures["period"].notna()]
    if series == 1:
        told = rows_of(figures.sort_values("period"))
        return f"{_named(told[0], what)}{what}：{compared(told[0], told[-1])}"
    if len(figures) == series and len(years) > 1:  # each district's last year, and the years differ
        return f"{what}（各地最近一年）：{_greatest_of_each(figures)}"
    if len(years) == 1:
        return f"{years[0]}年{what}：{_greatest_of_each(figures)}"
    courses = changes(figures, ends=True)
    counted = "地区" if figures["category"].nunique() == 1 else "序列"
    counts = [
        f"{count}个{COURSES[course]}" for course in COURSES if (count := int((courses["course"] == course).sum()))
    ]
    once = series - len(courses)
    counts += [f"{once}个只有一年数字"] if once else []
    return f"{years[0]}至{years[-1]}年{what}：{series}个{counted}中{'、'.join(counts)}"


def findings(figures: pd.DataFrame, what: str = "") -> list[str]:
    """`finding` for each district and category on its own; those of one year are counted where others have more."""
    series = [own for _, own in figures.groupby(["district", "category"], sort=True)]
    told = [own for own in series if len(own) > 1]
    if not told:
        return [finding(own, what) for own in series] or [finding(figures, what)]
    rest = len(series) - len(told)
    return [finding(own, what) for own in told] + ([f"另有{rest}个序列只有一年的数字，无从比较"] if rest else [])


def against(figures: pd.DataFrame, what: str, reference: str) -> str:
    """Figures set beside a reference in a sentence: how many lie above it, below it, or cannot be told.

    Args:
        figures: as `analysis.beside` gives them.
        what: what they measure.
        reference: whose figures the others are set against.
    """
    own = figures[figures["course"] != ""]
    if own.empty:
        return f"{what}：没有可与{reference}比较的数字"
    named = {"rose": f"高于{reference}", "fell": f"低于{reference}", "equal": "相同", "cannot tell": "无法判断"}
    met = [(words, int((own["course"] == course).sum())) for course, words in named.items()]
    return f"{what}：{len(own)}项可比，{'、'.join(f'{words}{count}项' for words, count in met if count)}"


def _greatest_of_each(figures: pd.DataFrame) -> str:
    """Which is the greatest, district by district where each has several categories."""
    if figures["unit"].map(measure).nunique() > 1:
        return "单位不同，不比高低"
    if figures["category"].nunique() <= 1 or figures["district"].nunique() == 1:
        return _greatest(figures)
    places = [own for _, own in figures.groupby("district")]
    told = [_greatest(own) for own in places if len(own) > 1]
    certain = [words for words in told if "无法判断" not in words]
    if len(certain) == len(told) and len(places) <= 4:
        return "；".join(_greatest(own) for own in places)
    if not certain:
        return f"{len(told)}个地区可比，各自哪个最高都无法判断"
    shown = f"：{'；'.join(certain)}" if len(certain) <= 3 else ""
    return f"{len(told)}个地区可比，{len(certain)}个能判断哪个最高{shown}"


def _greatest(figures: pd.DataFrame) -> str:
    if len(figures) == 1:
        return f"{_name(figures.iloc[0])}{words(figures.iloc[0], original=False)}"
    ranked = ranking(figures)
    first = ranked.iloc[0]
    one_place = figures["district"].nunique() == 1 and figures["category"].nunique() > 1
    if first["worst"] == 1:
        return f"{_name(first)}最高（{words(first, original=False)}）"
    level = ranked[ranked["best"] == 1]
    names = [str(row["category"]) if one_place else _name(row) for _, row in level.iterrows()]
    shown = "、".join(names[:3]) + (f"等{len(names)}项" if len(names) > 3 else "")
    return f"哪个最高无法判断（{shown}的范围相接）"


def _name(row: Any) -> str:
    return f"{row['district']}{'·' if row['category'] else ''}{row['category']}"


def _named(row: Any, what: str) -> str:
    """The name before what is measured, which may name the category already."""
    return str(row["district"]) if row["category"] and str(row["category"]) in what else _name(row)


def _joined(name: str) -> str:
    """The name so that a year can follow: an id that ends in a digit needs a blank."""
    return f"{name} " if name[-1:].isascii() else name
