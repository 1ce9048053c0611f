"""The page over all briefings of a run: by topic, by district and year, and what failed, was skipped or not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from dangjian.briefings import doubts
from dangjian.briefings.finishing import finish
from dangjian.briefings.language import Language, language
from dangjian.briefings.page import Page
from dangjian.runs.notebook import NotebookRun
from dangjian.runs.run import suffix_of

MOST_UNREAD, MOST_CONFLICTS = 200, 100
"""Unread numbers and conflicts that the index lists; the rest are counted."""


class Entry(NamedTuple):
    """One notebook of the run: its page and the page's file, where it was done, and the interactive one's."""

    run: NotebookRun
    page: Page | None = None
    link: str = ""
    interactive: str = ""

    @property
    def claim(self) -> str:
        """What the first chart of its page claims."""
        return next((chart.claim for chart in self.page.charts if chart.claim), "") if self.page else ""


class Other(NamedTuple):
    """An index in another language: the language's tag, its own words for it, and the file's name."""

    tag: str
    words: str
    link: str


def index_in(code: str) -> Other:
    """The index in a language."""
    say = language(code)
    return Other(say.tag, say("index.all"), f"index{suffix_of(code)}.html")


def overview(
    entries: Sequence[Entry],
    facts: Mapping[str, Any],
    conflicting: Sequence[Mapping[str, Any]] = (),
    say: Language | None = None,
    others: Sequence[Other] = (),
) -> str:
    """The index page; ``others`` are the same in other languages."""
    say = say or language()
    ordered = sorted(
        facts["reports"], key=lambda report: (report["district"], report["year"] or 0, report["report_id"])
    )
    reports = [report | {"place": place} for place, report in enumerate(ordered, 1)]
    districts = [(name, list(group)) for name, group in groupby(reports, key=lambda report: report["district"])]
    years = sorted({report["year"] for report in reports if report["year"] is not None})
    grid = [
        (name, [[report for report in own if report["year"] == year] for year in [*years, None]])
        for name, own in districts
    ]
    return finish(
        "index.html.j2",
        say,
        title=say("index.title", subject=facts["subject"]),
        briefings=[entry for entry in entries if entry.page],
        failed=[entry.run for entry in entries if not entry.page],
        districts=districts,
        years=years,
        grid=grid,
        undated=any(report["year"] is None for report in reports),
        facts=facts,
        conflicting=[Markup(doubts.told(found, say)) for found in conflicting[:MOST_CONFLICTS]],
        conflicts=len(conflicting),
        unread=facts["unread"][:MOST_UNREAD],
        others=others,
    )
