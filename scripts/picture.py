"""The chart of the READMEs, from the sample reports: docs/developed.png. Made anew when samples or style change."""

from __future__ import annotations

import sys
from pathlib import Path

from matplotlib.figure import Figure

from dangjian import analysis, charts, metrics, wording

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "docs" / "developed.png"


def picture() -> Figure:
    """Members developed by district and year, as notebook 02 charts them."""
    corpus, table = metrics.open_table(ROOT / "data" / "reports")
    developed = analysis.by_year(table, "membership.developed")
    return charts.years(developed, source=wording.source(developed, corpus))


if __name__ == "__main__":
    PLACE.write_bytes(charts.png(picture()))
    sys.stdout.write(f"{PLACE.relative_to(ROOT)}\n")
