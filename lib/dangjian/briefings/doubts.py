"""What a reader must know before relying on a page: statements that cannot both be true, numbers that were not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from dangjian.analysis import conflicts, rows_of
from dangjian.briefings.appendix import Numbers
from dangjian.briefings.language import Language
from dangjian.briefings.page import Page


def found_conflicts(metrics: pd.DataFrame) -> list[dict[str, Any]]:
    """Every relation of a run's figures that no true values can fulfil, as `analysis.conflicts` finds them."""
    return rows_of(conflicts(metrics))


def of_page(conflicting: Sequence[Mapping[str, Any]], page: Page, numbers: Numbers) -> list[str]:
    """The conflicts in which a number of the page takes part, as HTML, each place linked."""
    shown = page.quotations.places
    own = [found for found in conflicting if any((at["report_id"], at["start"]) in shown for at in found["places"])]
    return [told(found, page.say, page, numbers) for found in own]


def told(found: Mapping[str, Any], say: Language, page: Page | None = None, numbers: Numbers | None = None) -> str:
    """One conflict in a line of HTML: the indicator, and every statement with its place."""
    told = []
    for at in found["places"]:
        record = (numbers or {}).get((at["report_id"], at["start"]))
        anchor = page.quotations.link(record) if page is not None and record is not None else ""
        written = escape(str(at["text"]))
        written = f'<a href="#{anchor}">{written}</a>' if anchor else f"<b>{written}</b>"
        told.append(f"{escape(str(at['label']))} {written}{say('bracket', text=escape(str(at['report_id'])))}")
    where = " ".join(str(part) for part in (found["district"], found["period"]) if part)
    named = say("comma").join((escape(say.indicator(found["indicator"])), escape(where)))
    return f"{named}{say('colon')}{say('clause').join(told)}"
