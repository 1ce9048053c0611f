"""Terms in words: what grew, what faded, what stands around an indicator."""

from __future__ import annotations

import pandas as pd

from dangjian.wording.values import number


def term_table(counted: pd.DataFrame, most: int = 20) -> pd.DataFrame:
    """Counts of `terms.by_report_year`: the most frequent terms, a column a year."""
    told = counted.head(most).astype("str")
    told.columns = pd.Index([str(year) for year in told.columns])
    return told.rename_axis(index=None, columns="词语")


def shift_table(moved: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Terms that grew or faded (`terms.shifts`), per 10,000 terms in the first and the last year."""
    years = [str(year) for year in counted.columns]
    names = [f"{years[0]}年", f"{years[-1]}年"] if len(years) > 1 else ["首年", "末年"]
    told = {
        name: [number(round(value, 1)) for value in moved[end]]
        for name, end in zip(names, ("first", "last"), strict=True)
    }
    told["变化"] = [f"{'+' if value > 0 else ''}{number(round(value, 1))}" for value in moved["change"]]
    return pd.DataFrame(told, index=moved.index, dtype="str").rename_axis(columns="词语（每万词）")


def shift_finding(grown: pd.DataFrame, faded: pd.DataFrame, counted: pd.DataFrame) -> str:
    """What grew and faded most, in a sentence."""
    years = [str(year) for year in counted.columns]
    if len(years) < 2:
        return "只有一年的报告，无从比较用词的变化。" if years else "原文不在本机，无从统计用词。"
    told = [
        f"{word}最多的是{_most(moved)}" if len(moved) else f"没有明显{word}的词"
        for moved, word in ((grown, "增加"), (faded, "减少"))
    ]
    return f"从{years[0]}年到{years[-1]}年（每万词的次数），{'，'.join(told)}。"


def _most(moved: pd.DataFrame) -> str:
    """The first terms with their frequencies in both years."""
    told = zip(moved.index[:3], moved["first"], moved["last"], strict=False)
    return "、".join(f"“{term}”（{number(round(one, 1))}→{number(round(other, 1))}）" for term, one, other in told)


def read_finding(counted: pd.DataFrame) -> str:
    """How many reports and terms were read of each year, in a sentence."""
    if not len(counted.columns):
        return "原文不在本机，或报告没有写明年份，无从统计用词。"
    terms, reports = counted.attrs["terms"], counted.attrs["reports"]
    return "；".join(f"{year}年{reports[year]}份报告，{terms[year]:,}个词" for year in counted.columns) + "。"


def near_table(near: pd.DataFrame) -> pd.DataFrame:
    """Terms around an indicator (`terms.around`)."""
    told = {"所在句子数": near["near"].astype("str"), "是全文的多少倍": [number(value) for value in near["ratio"]]}
    return pd.DataFrame(told, index=near.index, dtype="str").rename_axis(columns="词语")
