"""Pages made for tests: charts that carry figures, of a report whose every text field is hostile."""

from __future__ import annotations

from typing import Any

from dangjian import wording
from dangjian.analysis import figure_table
from dangjian.charts import ranges_interactive, years
from dangjian.charts.carrying import recall
from dangjian.charts.vector import svg
from dangjian.reports import Report

NUMBERS = ["12名", "1**名", "近300名", "20余名"]
BOUNDS = [(12.0, 12.0), (100.0, 199.0), (270.0, 300.0), (20.0, float("nan"))]


def hostile(texts: list[str]) -> tuple[Report, Any]:
    """A report that holds each text in a sentence of its own beside a number, and the figures of these numbers."""
    text, rows = "某区2021年工作报告\n一、队伍\n", []
    for at, said in enumerate(texts):
        written, (lower, upper) = NUMBERS[at % 4], BOUNDS[at % 4]
        text += f"{said}发展党员"
        start = len(text)
        text += f"{written}。\n"
        row = {"district": said, "period": 2021 - at % 2, "category": f"{said}组" if at % 3 else "", "unit": "名"}
        row |= {"indicator": "membership.developed", "lower": lower, "upper": upper, "value": float("nan")}
        row |= {"modality": "exact", "masked": "*" in written, "said": 1, "agrees": at % 5 != 4, "text": written}
        row |= {"label": said, "report_id": "某区", "start": start, "end": start + len(written)}
        rows.append(row | {"number_start": start, "number_end": start + len(written) - 1})
    return Report.from_text(text, "某区"), figure_table(rows)


def charts_of(figures: Any, title: str, source: str) -> list[dict[str, Any]]:
    """Outputs as a notebook saves them: a chart by matplotlib over the years, one by plotly side by side."""
    drawn = years(figures, title=title, source=source)
    plotted = ranges_interactive(figures, title=title, source=source)
    return [
        {"image/svg+xml": svg(drawn), wording.MIME: recall(drawn)},
        {
            "application/vnd.plotly.v1+json": plotted.to_plotly_json()
            | {"data": [t.to_plotly_json() for t in plotted.data]}
        },
    ]
