"""Comparisons as tables to read: who says what, what rose and fell, places as far as they are certain, requirements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from dangjian.analysis import rows_of
from dangjian.analysis.figures import bounds_of
from dangjian.bounds import Bounds
from dangjian.wording.carried import ATTRIBUTE, Cell, carried_cells
from dangjian.wording.findings import COURSES, NOT_STATED, title_of
from dangjian.wording.language import say, titled
from dangjian.wording.values import bounds_words, words

VERDICTS = {"met": "达到", "missed": "未达到", "cannot tell": "无法判断"}


def stated_table(stated: pd.DataFrame) -> pd.DataFrame:
    """Who says what (`analysis.stated`): a row an indicator, a column a district, in it the years.

    A year in which every number is hidden is put in brackets.
    """
    districts = sorted(set(stated["district"]))
    cells = {(row["indicator"], row["district"]): _years(row["years"], row["masked"]) for row in rows_of(stated)}
    order = list(dict.fromkeys(stated["indicator"]))
    columns = {name: [cells.get((each, name), say(NOT_STATED)) for each in order] for name in districts}
    told = pd.DataFrame(columns, index=pd.Index([title_of(each) for each in order], dtype="str"), dtype="str")
    return titled(told.rename_axis(columns="指标"))


def _years(years: list[int], masked: list[int]) -> str:
    """Years in a row as spans, hidden ones in brackets: 2020–2022、（2023）."""
    told = []
    marked = [(year, year in masked) for year in years]
    for (_, hidden), own in groupby(enumerate(marked), key=lambda pair: (pair[1][0] - pair[0], pair[1][1])):
        run = [year for _, (year, _) in own]
        span = str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
        told.append(f"（{span}）" if hidden else span)
    return say("、").join(told)


def change_table(*compared: pd.DataFrame) -> pd.DataFrame:
    """Changes from year to year (`analysis.changes`): a row a district and category, a column a step.

    Several tables are told in one, each row naming its indicator.
    """
    changes = pd.concat(compared, ignore_index=True)
    if changes.empty:
        return titled(pd.DataFrame({"没有可比的两年": []}, dtype="str").rename_axis(columns="地区"))
    said = changes.assign(
        step=[f"{row['since']}→{row['until']}" for row in rows_of(changes)],
        words=[_course(row["course"], bounds_of(row), row["unit"]) for row in rows_of(changes)],
    )
    keys = ["indicator", "district", "category"]
    said["indicator"] = [title_of(name) for name in changes["indicator"]]
    wide = said.pivot_table(index=keys, columns="step", values="words", aggfunc="first", sort=False)
    wide = wide[sorted(wide.columns)].fillna(say(NOT_STATED)).reset_index(["indicator", "category"])
    wide = wide.rename(columns={"indicator": "指标", "category": "类别"})
    if len(compared) == 1:
        wide = wide.drop(columns="指标")
    if not changes["category"].any():
        wide = wide.drop(columns="类别")
    wide.columns = pd.Index([str(name) for name in wide.columns], name="地区")
    return _linked(wide.rename_axis(index=None), _steps(said, list(wide.columns)))


def _steps(said: pd.DataFrame, columns: list[str]) -> Iterator[Cell]:
    """The cells of changes: each with its later figure, and with its earlier one under its year."""
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows_of(said):
        at = lines.setdefault((row["indicator"], row["district"], row["category"]), len(lines))
        yield at, columns.index(row["step"]), [("", row["later"]), (str(row["since"]), row["earlier"])]


def _linked(told: pd.DataFrame, cells: Iterable[Cell]) -> pd.DataFrame:
    """A table in the language that is spoken, with the figures that its cells tell."""
    shown = titled(told)
    shown.attrs[ATTRIBUTE] = carried_cells(shown, cells)
    return shown


def _course(course: str, change: Bounds, unit: str) -> str:
    unit = say("个百分点") if unit == "%" else unit
    if course == "fell":
        change = Bounds(-change.top, -change.lower)
    verb = {"rose": "（增加{by}）", "fell": "（减少{by}）"}.get(course)
    return say(COURSES[course]) + (say(verb, by=bounds_words(change, unit)) if verb else "")


def together_table(together: pd.DataFrame) -> pd.DataFrame:
    """All districts of a year together (`analysis.together_of`): which tell, their sum and their mean."""
    cells = {(row["period"], row["category"]): words(row, original=False) for row in rows_of(together)}
    counts = {row["period"]: row["said"] for row in rows_of(together)}
    told = {
        "年份": [str(year) for year in counts],
        "写明的地区": [say("{count}个", count=count) for count in counts.values()],
        "合计": [cells.get((year, "合计"), "–") for year in counts],
        "平均": [cells[year, "平均"] for year in counts],
    }
    frame = pd.DataFrame(told, index=pd.RangeIndex(1, len(counts) + 1), dtype="str").rename_axis(columns="序号")
    behind = dict(zip(counts, together.attrs.get("members", ()), strict=False))
    column = list(told).index("写明的地区")
    return _linked(
        frame,
        [(at, column, [(row["district"], row) for row in behind.get(year, ())]) for at, year in enumerate(counts)],
    )


def place_table(ranked: pd.DataFrame) -> pd.DataFrame:
    """Places (`analysis.ranking`): from which to which each may stand, certain where that is one."""
    rows = rows_of(ranked)
    told = {
        "地区": [row["district"] for row in rows],
        "年份": [str(row["period"]) for row in rows],
        "数值": [words(row, original=False) for row in rows],
        "位次": [
            say(
                "第{best}" if row["best"] == row["worst"] else "第{best}至第{worst}之间",
                best=row["best"],
                worst=row["worst"],
            )
            for row in rows
        ],
    }
    frame = pd.DataFrame(told, index=pd.RangeIndex(1, len(rows) + 1), dtype="str").rename_axis(columns="序号")
    column = list(told).index("数值")
    return _linked(frame, [(at, column, [("", row)]) for at, row in enumerate(rows)])


def requirement_table(met: pd.DataFrame) -> pd.DataFrame:
    """What was done against what was required (`analysis.met`), with the verdict."""
    rows = rows_of(met)
    asked = [
        Bounds(row["required_lower"], None if pd.isna(row["required_upper"]) else row["required_upper"]) for row in rows
    ]
    told = {
        "地区": [row["district"] for row in rows],
        "年份": [str(row["period"]) for row in rows],
        "对象": [say(row["category"]) for row in rows],
        "做到": [words(row, original=False) for row in rows],
        "要求": [bounds_words(bounds, row["unit"]) for bounds, row in zip(asked, rows, strict=True)],
        "判断": [say(VERDICTS[row["verdict"]]) for row in rows],
    }
    frame = pd.DataFrame(told, index=pd.RangeIndex(1, len(rows) + 1), dtype="str").rename_axis(columns="序号")
    done, required = (list(told).index(name) for name in ("做到", "要求"))
    both = [(at, column, [("", one)]) for at, row in enumerate(rows) for column, one in _sides(row, done, required)]
    return _linked(frame, both)


def _sides(row: dict[str, Any], done: int, required: int) -> tuple[tuple[int, dict[str, Any]], ...]:
    return (done, row), (required, row["required"])


def verdicts(met: pd.DataFrame, what: str) -> str:
    """How many of the requirements were met, in a sentence."""
    if met.empty:
        return say("{what}：没有同时写明做到与要求的数字", what=what)
    counts = {name: int((met["verdict"] == verdict).sum()) for verdict, name in VERDICTS.items()}
    told = say("、").join(
        say("{name}{count}项", name=say(name), count=count) for name, count in counts.items() if count
    )
    return say("{what}：{count}项可对照，{counts}", what=what, count=len(met), counts=told)
