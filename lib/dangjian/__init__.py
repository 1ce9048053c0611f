"""dangjian reads the numbers of Chinese party work reports: as bounds, in place, with their names."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dangjian.bounds import Bounds
    from dangjian.errors import DangjianError
    from dangjian.indicators import Observation, explain, extract
    from dangjian.indicators.catalogue import load_catalogue as catalogue
    from dangjian.metrics import COLUMNS, evidence, frame, load, open_table, select, write
    from dangjian.reports import Corpus, Report, read_corpus, read_report

__version__ = "0.1.0"

_HOMES = {
    "Bounds": "dangjian.bounds",
    "COLUMNS": "dangjian.metrics",
    "Corpus": "dangjian.reports",
    "DangjianError": "dangjian.errors",
    "Observation": "dangjian.indicators",
    "Report": "dangjian.reports",
    "catalogue": "dangjian.indicators.catalogue:load_catalogue",
    "evidence": "dangjian.metrics",
    "explain": "dangjian.indicators",
    "extract": "dangjian.indicators",
    "frame": "dangjian.metrics",
    "load": "dangjian.metrics",
    "open_table": "dangjian.metrics",
    "read_corpus": "dangjian.reports",
    "read_report": "dangjian.reports",
    "select": "dangjian.metrics",
    "write": "dangjian.metrics",
}

__all__ = [
    "COLUMNS",
    "Bounds",
    "Corpus",
    "DangjianError",
    "Observation",
    "Report",
    "catalogue",
    "evidence",
    "explain",
    "extract",
    "frame",
    "load",
    "open_table",
    "read_corpus",
    "read_report",
    "select",
    "write",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that the command starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dangjian' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    value = getattr(importlib.import_module(module), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
