"""Questions to the metrics table: tables to tables, every result with bounds and the place that proves it."""

from dangjian.analysis.checks import checks, conflicts
from dangjian.analysis.compare import Comparison, beside, changes, compare, met, narrowest, ranking, total
from dangjian.analysis.coverage import stated, together_of, widest
from dangjian.analysis.disclosure import audit
from dangjian.analysis.figures import FIGURES, bounds_of, by_year, figure_table, latest, measure, rows_of, together
from dangjian.analysis.glance import SORTS, as_said, counted, counts, numbers, one_report, rates
from dangjian.analysis.joint import joint
from dangjian.analysis.national import NATION, national
from dangjian.analysis.orders import above, mean
from dangjian.analysis.share import composition, ratio, ratios, share, share_of
from dangjian.analysis.systems import of_systems

__all__ = [
    "FIGURES",
    "NATION",
    "SORTS",
    "Comparison",
    "above",
    "as_said",
    "audit",
    "beside",
    "bounds_of",
    "by_year",
    "changes",
    "checks",
    "compare",
    "composition",
    "conflicts",
    "counted",
    "counts",
    "figure_table",
    "joint",
    "latest",
    "mean",
    "measure",
    "met",
    "narrowest",
    "national",
    "numbers",
    "of_systems",
    "one_report",
    "ranking",
    "rates",
    "ratio",
    "ratios",
    "rows_of",
    "share",
    "share_of",
    "stated",
    "together",
    "together_of",
    "total",
    "widest",
]
