"""Terms in words: what grew, what faded, what stands around an indicator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from dangjian.wording.carried import ATTRIBUTE, carried_cells, carried_members
from dangjian.wording.language import say, titled
from dangjian.wording.values import number

if TYPE_CHECKING:
    from dangjian.reports import Report


def term_table(counted: pd.DataFrame, reports: Iterable[Report] = (), most: int = 20) -> pd.DataFrame:
    """Counts of `terms.by_report_year`: the most frequent terms, a column a year.

    Args:
        counted: as `terms.by_report_year` gives it.
        reports: the texts that were counted; each count is proven by the first sentence that holds the term.
        most: so many terms.
    """
    from dangjian.analysis import terms

    head = counted.head(most)
    told = head.astype("str")
    told.columns = pd.Index([str(year) for year in told.columns])
    shown = titled(told.rename_axis(index=None, columns="词语"))
    found = terms.places(reports, head.index, [int(year) for year in head.columns], each=1)
    columns = {int(year): at for at, year in enumerate(head.columns)}
    cells = [
        (row, columns[year], [("", own[0])])
        for row, term in enumerate(head.index)
        for year in columns
        if (own := found[term, year])
    ]
    shown.attrs[ATTRIBUTE] = carried_cells(shown, cells)
    return shown


def shift_table(moved: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Terms that grew or faded (`terms.shifts`), per 10,000 terms in the first and the last year."""
    years = [str(year) for year in counted.columns]
    names = [say("{year}年", year=each) for each in (years[0], years[-1])] if len(years) > 1 else ["首年", "末年"]
    told = {
        name: [number(round(value, 1)) for value in moved[end]]
        for name, end in zip(names, ("first", "last"), strict=True)
    }
    told["变化"] = [f"{'+' if value > 0 else ''}{number(round(value, 1))}" for value in moved["change"]]
    return _with_members(
        pd.DataFrame(told, index=moved.index, dtype="str").rename_axis(columns="词语（每万词）"), moved
    )


def _with_members(told: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """The table in the language that is spoken, with places where each of its terms stands."""
    shown = titled(told)
    shown.attrs[ATTRIBUTE] = carried_members(counted, "")
    return shown


def shift_finding(grown: pd.DataFrame, faded: pd.DataFrame, counted: pd.DataFrame) -> str:
    """What grew and faded most, in a sentence."""
    years = [str(year) for year in counted.columns]
    if len(years) < 2:
        return say("只有一年的报告，无从比较用词的变化。" if years else "原文不在本机，无从统计用词。")
    told = [
        say(most, terms=_most(moved)) if len(moved) else say(none)
        for moved, most, none in (
            (grown, "增加最多的是{terms}", "没有明显增加的词"),
            (faded, "减少最多的是{terms}", "没有明显减少的词"),
        )
    ]
    moves = say("，").join(told)
    return say("从{since}年到{until}年（每万词的次数），{moves}。", since=years[0], until=years[-1], moves=moves)


def _most(moved: pd.DataFrame) -> str:
    """The first terms with their frequencies in both years."""
    told = zip(moved.index[:3], moved["first"], moved["last"], strict=False)
    return say("、").join(f"“{term}”（{number(round(one, 1))}→{number(round(other, 1))}）" for term, one, other in told)


def read_finding(counted: pd.DataFrame) -> str:
    """How many reports and terms were read of each year, in a sentence."""
    if not len(counted.columns):
        return say("原文不在本机，或报告没有写明年份，无从统计用词。")
    terms, reports = counted.attrs["terms"], counted.attrs["reports"]
    told = (
        say("{year}年{reports}份报告，{terms:,}个词", year=year, reports=reports[year], terms=terms[year])
        for year in counted.columns
    )
    return say("；").join(told) + say("。")


def near_table(near: pd.DataFrame) -> pd.DataFrame:
    """Terms around an indicator (`terms.around`)."""
    told = {"所在句子数": near["near"].astype("str"), "是全文的多少倍": [number(value) for value in near["ratio"]]}
    return _with_members(pd.DataFrame(told, index=near.index, dtype="str").rename_axis(columns="词语"), near)
