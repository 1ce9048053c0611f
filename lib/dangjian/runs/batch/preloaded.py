"""What the process imports from which workers are forked: the catalogue and its index are made once for all of them."""

from __future__ import annotations

import dangjian.runs.batch.extracting  # noqa: F401
from dangjian.indicators import extract
from dangjian.reports import Report

extract(Report.from_text("发展党员1名，整改率95%。"))
