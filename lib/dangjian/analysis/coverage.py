"""Who says what: which indicators a corpus tells of, in which districts and years, and what they come to together."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dangjian.analysis.compare import total
from dangjian.analysis.figures import (
    CHANGES,
    as_columns,
    bounds_of,
    figure_table,
    place_namer,
    require_one_measure,
    rows_of,
)
from dangjian.indicators.catalogue import load_catalogue
from dangjian.metrics import select


def stated(metrics: pd.DataFrame, theme: str = "") -> pd.DataFrame:
    """Which indicators each district tells of, in which years.

    Args:
        metrics: a metrics table; plans and rows bound to no indicator do not count.
        theme: one theme alone; "" for all.
    Returns:
        One row an indicator and district, by the catalogue's order: ``indicator``, ``district``, ``years`` (a sorted
        list), ``masked`` (the list of those years in which every such number has hidden digits).
    Raises:
        UnknownNameError: there is no such theme.
    """
    rows = select(metrics, target=False, **({"theme": theme} if theme else {}))
    name_of = place_namer(metrics)
    said: dict[tuple[str, str], dict[int, bool]] = {}
    for row in rows_of(rows[rows["indicator"].notna() & rows["period"].notna()]):
        years = said.setdefault((row["indicator"], name_of(row)), {})
        years[int(row["period"])] = years.get(int(row["period"]), True) and bool(row["masked"])
    order = {name: at for at, name in enumerate(load_catalogue())}
    keys = sorted(said, key=lambda key: (order.get(key[0], len(order)), key[1]))
    columns: dict[str, Any] = {
        "indicator": pd.Series([key[0] for key in keys], dtype="str"),
        "district": pd.Series([key[1] for key in keys], dtype="str"),
        "years": pd.Series([sorted(said[key]) for key in keys], dtype="object"),
        "masked": pd.Series(
            [sorted(year for year, hidden in said[key].items() if hidden) for key in keys], dtype="object"
        ),
    }
    return pd.DataFrame(columns)


def widest(metrics: pd.DataFrame, theme: str = "", most: int = 6) -> list[str]:
    """The indicators that most districts and years tell of as a whole, without dimensions, the themes taking turns.

    Args:
        metrics, theme: as `stated` has them.
        most: so many indicators.
    Returns:
        Their ids: first the widest of each theme, the widest theme first; then the second of each; changes against
        another time are none. Of equals the catalogue's first.
    """
    told = stated(metrics[metrics["dims"].map(len) == 0], theme)
    sizes: dict[str, int] = {}
    for row in rows_of(told):
        if not row["indicator"].endswith(CHANGES):
            sizes[row["indicator"]] = sizes.get(row["indicator"], 0) + len(row["years"])
    ranked = sorted(sizes, key=lambda name: -sizes[name])
    turns: dict[str, list[str]] = {}
    for name in ranked:
        turns.setdefault(name.split(".")[0], []).append(name)
    order = sorted(ranked, key=lambda name: turns[name.split(".")[0]].index(name))
    return order[:most]


def together_of(figures: pd.DataFrame) -> pd.DataFrame:
    """All districts of a year together: bounds of their mean and, for counts, of their sum.

    Args:
        figures: a table of figures of one indicator.
    Returns:
        A table of figures, categories 平均 and 合计, ``said`` the number of districts; a year that one district alone
        tells of gives none, and shares have no sum. A district that says nothing counts as nothing, not as 0: sums of
        years with other districts in them are no series. ``attrs["members"]`` has the figures of each year that enter.
    Raises:
        UnitError: the figures count different things.
    """
    require_one_measure(list(figures["unit"]), "a sum over districts")
    rows, members = [], []
    for year, own in figures.groupby("period", sort=True):
        told = rows_of(own)
        if len(told) < 2:
            continue
        members.append(told)
        added = total(bounds_of(row) for row in told)
        shared = told[0] | {"district": f"{len(told)}个地区", "period": year, "said": len(told), "modality": "exact"}
        shared |= {"text": "", "label": "", "agrees": all(row["agrees"] for row in told)}
        shared |= {"masked": any(row["masked"] for row in told), "indicator": f"{told[0]['indicator']}/"}
        rows.append(shared | {"category": "平均"} | as_columns(added.scaled(1 / len(told))))
        if told[0]["unit"] not in ("%", "倍", "百分点"):
            rows.append(shared | {"category": "合计"} | as_columns(added))
    table = figure_table(rows)
    table.attrs["members"] = members
    return table
