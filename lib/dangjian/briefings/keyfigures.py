"""What a reader sees first: the claims of a page's charts, and its main figures with their bounds in words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

import pandas as pd

from dangjian.briefings.page import Chart, Page

MOST, MOST_PLACES, MOST_CLAIMS = 8, 4, 12
"""Indicators, districts of each, and claims that are shown."""
CORE = ("membership", "rectification", "training")
"""The themes whose figures come first."""


class Key(NamedTuple):
    """One main figure in words: what it is of, where and when, and the id of its sentence's mark."""

    words: str
    of: str
    anchor: str


class Keys(NamedTuple):
    """The main figures of one indicator; ``more`` districts are left to the chart."""

    title: str
    figures: list[Key]
    more: int = 0
    chart: int = 0


def claims(page: Page) -> list[Chart]:
    """The charts that claim something."""
    return [chart for chart in page.charts if chart.claim][:MOST_CLAIMS]


def key_figures(page: Page) -> list[Keys]:
    """The last figures of each indicator that a chart follows over the years, else the first numbers listed."""
    found = [keys for chart in page.charts if chart.upright and (keys := _of_chart(chart, page))]
    named = {keys.title: keys for keys in reversed(found)}
    kept = [keys for keys in found if named[keys.title] is keys][:MOST]
    return kept or _of_list(page) or _of_rows(page)


def _of_chart(chart: Chart, page: Page) -> Keys | None:
    records = [record for record in chart.records if not record["category"]]
    if not records or len({record["indicator"] for record in records}) > 1:
        return None
    last = {str(record["district"]): record for record in sorted(records, key=_year)}
    title = page.say.indicator(records[0]["indicator"])
    shown = [_key(last[place], page, place) for place in list(last)[:MOST_PLACES]]
    return Keys(title, shown, max(0, len(last) - MOST_PLACES), chart.number)


def _year(record: Mapping[str, Any]) -> int:
    """The year to sort by; a figure without one comes first."""
    return 0 if pd.isna(record["period"]) else int(record["period"])


def _of_list(page: Page) -> list[Keys]:
    """The first figures of each theme by turns, those of the core themes first; wholes done, no parts, no plans."""
    charted = [record for chart in page.charts for record in chart.records] if page.listed else []
    themes: dict[str, dict[str, Mapping[str, Any]]] = {theme: {} for theme in CORE}
    for record in [*page.listed, *charted]:
        name = record.get("indicator")
        if name and "/" not in name and not record.get("dims") and not record.get("target"):
            themes.setdefault(name.partition(".")[0], {}).setdefault(name, record)
    turns = zip_longest(*(theme.values() for theme in themes.values()))
    chosen = [record for turn in turns for record in turn if record is not None][:MOST]
    return [Keys(page.say.indicator(record["indicator"]), [_key(record, page)]) for record in chosen]


def _of_rows(page: Page) -> list[Keys]:
    chart = next((chart for chart in page.charts if chart.records), None)
    if chart is None:
        return []
    chosen = [record for record in chart.records if "/" not in record["indicator"]][:MOST]
    return [
        Keys(record["category"] or page.say.indicator(record["indicator"]), [_key(record, page)]) for record in chosen
    ]


def _key(record: Mapping[str, Any], page: Page, place: str = "") -> Key:
    period = record.get("period")
    year = "" if period is None or pd.isna(period) else page.say("head.year", year=period)
    of = " ".join(part for part in (place, year) if part)
    return Key(page.say.words(record), of, page.quotations.link(record))
