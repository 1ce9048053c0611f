"""Questions to the metrics table: tables to tables, every result with bounds and the place that proves it."""

from dangjian.analysis.compare import Comparison, beside, changes, compare, narrowest, ranking, total
from dangjian.analysis.figures import FIGURES, bounds_of, by_year, figure_table, latest, measure, rows_of, together
from dangjian.analysis.national import NATION, national
from dangjian.analysis.share import composition, ratio, share, share_of

__all__ = [
    "FIGURES",
    "NATION",
    "Comparison",
    "beside",
    "bounds_of",
    "by_year",
    "changes",
    "compare",
    "composition",
    "figure_table",
    "latest",
    "measure",
    "narrowest",
    "national",
    "ranking",
    "ratio",
    "rows_of",
    "share",
    "share_of",
    "together",
    "total",
]
