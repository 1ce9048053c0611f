"""Small metrics tables for tests, a line a row."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dangjian.metrics import from_records


def record(
    indicator: str | None = "membership.developed", lower: float = 1, upper: float | None = ..., **more: Any
) -> dict:
    """One record of the contract; what is not given is plain."""
    upper = lower if upper is ... else upper
    found = {
        "report_id": "r", "start": 4, "end": 8, "text": "128名", "number": [4, 7], "lower": float(lower),
        "upper": None if upper is None else float(upper), "unit": "名", "modality": "exact", "masked": False,
        "change": None, "section": ["一、队伍"], "theme": (indicator or "other").split(".")[0], "indicator": indicator,
        "dims": {}, "label": "发展党员", "period": 2022, "target": False, "district": "甲区", "year": 2022, "rule": "",
        "place": "第2行", "confidence": None,
    } | more  # fmt: skip
    found["value"] = found["lower"] if found["lower"] == found["upper"] else None
    return found


def table(*records: dict) -> pd.DataFrame:
    """Records as the metrics table."""
    return from_records(records)
