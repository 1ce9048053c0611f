"""What figures show, in a sentence computed from their bounds: for chart titles and prose."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dangjian.analysis import bounds_of, changes, compare, measure, ranking, rows_of
from dangjian.wording.carried import carried_lines
from dangjian.wording.language import CHINESE, language, say
from dangjian.wording.safe import bullets, plain
from dangjian.wording.values import bounds_words, words

if TYPE_CHECKING:
    import pandas as pd

NOT_STATED = "未述及"
COURSES = {"rose": "上升", "fell": "下降", "equal": "持平", "cannot tell": "无法判断"}


def title_of(indicator: str) -> str:
    """The catalogue's title of an indicator in the language that is spoken; of ``part/whole`` that of both."""
    return _titles(indicator, language())


@cache
def _titles(indicator: str, code: str) -> str:
    from dangjian.indicators.catalogue import load_catalogue

    entries = load_catalogue()
    titles = (_title(entries[name], code) if name in entries else name for name in indicator.split("/"))
    return ("与" if code == CHINESE else " and ").join(dict.fromkeys(titles))


def _title(entry: Any, code: str) -> str:
    return str(entry.title if code == CHINESE else entry.title_en)


def compared(earlier: Any, later: Any) -> str:
    """Two figures of one series in a clause: the course, both figures and the change, all with bounds.

    >>> a = {"period": 2020, "lower": 236.0, "upper": 236.0, "unit": "名", "modality": "exact", "masked": False}
    >>> compared(a, a | {"period": 2021, "lower": 240.0, "upper": 249.0})
    '2020年236名，2021年240–249名，上升（增加4–13名）'
    """
    before, after = bounds_of(earlier), bounds_of(later)
    found = compare(before, after)
    unit = say("个百分点") if later["unit"] == "%" else later["unit"]
    by = found.change if found.course != "fell" else before.minus(after)
    verb = {"rose": "（增加{by}）", "fell": "（减少{by}）"}.get(found.course)
    return say(
        "{since}年{earlier}，{until}年{later}，{course}{by}",
        since=earlier["period"],
        earlier=words(earlier, original=False),
        until=later["period"],
        later=words(later, original=False),
        course=say(COURSES[found.course]),
        by=say(verb, by=bounds_words(by, unit)) if verb else "",
    )


def finding(figures: pd.DataFrame, what: str = "") -> str:
    """The one sentence that a chart of these figures shows, computed from their bounds.

    Args:
        figures: a table of figures of one indicator.
        what: what they measure; the catalogue's title where it is left out.
    """
    if figures.empty:
        return say("{what}：未述及", what=what or title_of(figures.attrs.get("indicator", say("该指标"))))
    what = what or title_of(str(figures["indicator"].iloc[0]))
    years = sorted(int(each) for each in figures["period"].dropna().unique())
    series = figures.groupby(["district", "category"]).ngroups
    if len(figures) == 1:
        row = figures.iloc[0]
        only = {"name": _joined(_named(row, what)), "what": what, "words": words(row, original=False)}
        if years:
            return say("{name}{year}年{what}：{words}", year=years[0], **only)
        return say("{name}{what}：{words}", **only)
    if not years:
        return say("{what}（年份不明）：{said}", what=what, said=_greatest_of_each(figures))
    figures = figures[figures["period"].notna()]
    if series == 1:
        told = rows_of(figures.sort_values("period"))
        return say("{name}{what}：{said}", name=_named(told[0], what), what=what, said=compared(told[0], told[-1]))
    if len(figures) == series and len(years) > 1:  # each district's last year, and the years differ
        return say("{what}（各地最近一年）：{said}", what=what, said=_greatest_of_each(figures))
    if len(years) == 1:
        return say("{year}年{what}：{said}", year=years[0], what=what, said=_greatest_of_each(figures))
    courses = changes(figures, ends=True)
    counted = "{count}个地区" if figures["category"].nunique() == 1 else "{count}个序列"
    counts = [
        say("{count}个{course}", count=count, course=say(COURSES[course]))
        for course in COURSES
        if (count := int((courses["course"] == course).sum()))
    ]
    once = series - len(courses)
    counts += [say("{count}个只有一年数字", count=once)] if once else []
    return say(
        "{since}至{until}年{what}：{all}中{counts}",
        since=years[0],
        until=years[-1],
        what=what,
        all=say(counted, count=series),
        counts=say("、").join(counts),
    )


def findings(figures: pd.DataFrame, what: str = "") -> list[str]:
    """`finding` for each district and category on its own; those of one year are counted where others have more."""
    series = [own for _, own in figures.groupby(["district", "category"], sort=True)]
    told = [own for own in series if len(own) > 1]
    if not told:
        return [finding(own, what) for own in series] or [finding(figures, what)]
    rest = len(series) - len(told)
    return [finding(own, what) for own in told] + (
        [say("另有{count}个序列只有一年的数字，无从比较", count=rest)] if rest else []
    )


class FindingList:
    """`findings` as a list to read; a page links each number in it to its sentence."""

    def __init__(self, figures: pd.DataFrame, what: str = "") -> None:
        self._lines = findings(figures, what)
        series = [rows_of(own.sort_values("period")) for _, own in figures.groupby(["district", "category"], sort=True)]
        series = [own for own in series if len(own) > 1] or series
        self._told = [[own[0], own[-1]] if len(own) > 1 else own for own in series]

    def __repr__(self) -> str:
        return "\n".join(self._lines)  # no address: equal runs give equal notebooks

    def _repr_markdown_(self) -> str:
        return bullets(self._lines)

    def _repr_dangjian_(self) -> dict[str, Any]:
        return carried_lines([(plain(words(row, original=False)), row) for row in told] for told in self._told)


def against(figures: pd.DataFrame, what: str, reference: str) -> str:
    """Figures set beside a reference in a sentence: how many lie above it, below it, or cannot be told.

    Args:
        figures: as `analysis.beside` gives them.
        what: what they measure.
        reference: whose figures the others are set against.
    """
    own = figures[figures["course"] != ""]
    if own.empty:
        return say("{what}：没有可与{reference}比较的数字", what=what, reference=say(reference))
    named = {
        "rose": "高于{reference}{count}项",
        "fell": "低于{reference}{count}项",
        "equal": "相同{count}项",
        "cannot tell": "无法判断{count}项",
    }
    met = [(told, int((own["course"] == course).sum())) for course, told in named.items()]
    counts = say("、").join(say(told, reference=say(reference), count=count) for told, count in met if count)
    return say("{what}：{count}项可比，{counts}", what=what, count=len(own), counts=counts)


def _greatest_of_each(figures: pd.DataFrame) -> str:
    """Which is the greatest, district by district where each has several categories."""
    if figures["unit"].map(measure).nunique() > 1:
        return say("单位不同，不比高低")
    if figures["category"].nunique() <= 1 or figures["district"].nunique() == 1:
        return _greatest(figures)
    places = [own for _, own in figures.groupby("district")]
    told = [own for own in places if len(own) > 1]
    certain = [_greatest(own) for own in told if _is_certain(own)]
    if len(certain) == len(told) and len(places) <= 4:
        return say("；").join(_greatest(own) for own in places)
    if not certain:
        return say("{count}个地区可比，各自哪个最高都无法判断", count=len(told))
    shown = say("：{said}", said=say("；").join(certain)) if len(certain) <= 3 else ""
    return say("{count}个地区可比，{certain}个能判断哪个最高{said}", count=len(told), certain=len(certain), said=shown)


def _is_certain(figures: pd.DataFrame) -> bool:
    """Whether it can be told which of the figures is the greatest."""
    return bool(ranking(figures).iloc[0]["worst"] == 1)


def _greatest(figures: pd.DataFrame) -> str:
    if len(figures) == 1:
        only = figures.iloc[0]
        return say("{name}{words}", name=_name(only), words=words(only, original=False))
    ranked = ranking(figures)
    first = ranked.iloc[0]
    one_place = figures["district"].nunique() == 1 and figures["category"].nunique() > 1
    if first["worst"] == 1:
        return say("{name}最高（{words}）", name=_name(first), words=words(first, original=False))
    level = ranked[ranked["best"] == 1]
    names = [say(str(row["category"])) if one_place else _name(row) for _, row in level.iterrows()]
    shown = some(names)
    return say("哪个最高无法判断（{names}的范围相接）", names=shown)


def _name(row: Any) -> str:
    return f"{say(str(row['district']))}{'·' if row['category'] else ''}{say(str(row['category']))}"


def _named(row: Any, what: str) -> str:
    """The name before what is measured, which may name the category already."""
    return say(str(row["district"])) if row["category"] and str(row["category"]) in what else _name(row)


def _joined(name: str) -> str:
    """The name so that a year can follow: an id that ends in a digit needs a blank."""
    return f"{name} " if name[-1:].isascii() and language() == CHINESE else name


def some(names: list[str], most: int = 3) -> str:
    """The first names of a list, and how many there are where they are more."""
    shown = say("、").join(names[:most])
    return say("{names}等{count}项", names=shown, count=len(names)) if len(names) > most else shown
