"""The national series as figures of the same table, so that local figures can be set beside them."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from dangjian.analysis.figures import rows_of
from dangjian.errors import TableError
from dangjian.metrics import from_records

NATION = "全国"
HALF_STEP = {"%": 0.05}
"""Half of the last place published: shares to 0.1 point, counts to 0.1万."""
HALF_COUNT = 500.0
GROUPS = {"35岁以下": "35岁及以下", "大专及以上学历": "大专及以上"}
"""The bulletins' names of groups, where the catalogue has another."""
_ID = re.compile(r"([\w.]+)(?:\[(\w+)=([^\]]+)\])?")


def national(series: pd.DataFrame) -> pd.DataFrame:
    """The published national statistics as a metrics table, district 全国.

    A published figure is rounded, so each has bounds: ±500 for counts, ±0.05 for shares.

    Args:
        series: columns ``year``, ``indicator`` (an id, its dimension in brackets), ``value``, ``unit``.
    Raises:
        TableError: a column is missing, or an indicator is not written so.
    """
    missing = [name for name in ("year", "indicator", "value", "unit") if name not in series.columns]
    if missing:
        raise TableError(f"the national series lacks {', '.join(missing)}; it has {', '.join(series.columns)}")
    return from_records(_record(row) for row in rows_of(series))


def _record(row: dict[str, Any]) -> dict[str, Any]:
    found = _ID.fullmatch(str(row["indicator"]))
    if found is None:
        raise TableError(
            f"the national series: {row['indicator']!r} is no indicator; write theme.noun[dimension=value]"
        )
    indicator, dim, value = found.groups()
    figure, half = float(row["value"]), HALF_STEP.get(row["unit"], HALF_COUNT)
    written = f"{figure:g}{row['unit']}" if row["unit"] == "%" else f"{figure / 10_000:g}万{row['unit']}"
    return {
        "report_id": "national",
        "district": NATION,
        "year": int(row["year"]),
        "start": 0,
        "end": len(written),
        "text": written,
        "number": [0, len(written) - len(row["unit"])],
        "lower": round(figure - half, 2),
        "upper": round(figure + half, 2),
        "value": None,
        "unit": row["unit"],
        "modality": "exact",
        "masked": False,
        "change": None,
        "section": [],
        "theme": indicator.split(".")[0],
        "indicator": indicator,
        "dims": {dim: GROUPS.get(value, value)} if dim else {},
        "label": indicator,
        "period": int(row["year"]),
        "target": False,
        "rule": "published national statistics",
    }
