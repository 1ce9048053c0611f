"""A use of all that makes a pattern only when it is used."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def use_everything() -> None:
    """Read a sample, name and explain; patterns of a module are made by importing it."""
    from dangjian.briefings.outputs import _line
    from dangjian.briefings.pictures import _unnamed
    from dangjian.indicators import extract
    from dangjian.indicators.explain import explain
    from dangjian.reports import Report, read_corpus
    from dangjian.reports.formats import read_bytes
    from dangjian.reports.limits import Limits
    from dangjian.reports.titles import find_kind

    sample = next(iter(read_corpus(ROOT / "data/reports")))
    extract(sample, mask="unknown")
    find_kind("整改通报")
    extract(Report.from_text("标题\n某某社区发展党员某名，1○8名，**名。"))
    extract(Report.from_text("标题\n类别\t发展党员（名）\n发展党员合计\t30\n女性\t12\n"))
    _unnamed("<g></g>", "a")
    _line("12", [("13", {})], None)  # type: ignore[arg-type]
    said = Report.from_text("标题\n《党员12名》，发展党员12名")
    explain(said, 5)
    renderings: Any = importlib.import_module("renderings")
    read_bytes(renderings.as_html(sample.text[:1_500]), ".html", Limits())
