"""The end of a page: every number that it shows, report by report, each under the sentence that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

import pandas as pd

from dangjian.analysis import rows_of
from dangjian.briefings.evidence import Mark, Passage
from dangjian.briefings.language import Language
from dangjian.briefings.page import Page
from dangjian.runs.folder import slug

LINE = re.compile(r"第\d+行")
"""The place of a number in a plain text; its paragraph says the same."""
Numbers = Mapping[tuple[str, int], Mapping[str, Any]]
"""Rows of a metrics table by report and start."""


class Group(NamedTuple):
    """One report's part of the appendix: name and id, the command that derives a number, and the HTML of its rows."""

    title: str
    report_id: str
    command: str
    body: str


def by_place(metrics: pd.DataFrame) -> Numbers:
    """The rows of a metrics table by the place that proves them."""
    return {(row["report_id"], row["start"]): row for row in rows_of(metrics)}


def groups(page: Page, numbers: Numbers, place: str = "reports", mask: str = "auto") -> Iterator[Group]:
    """The reports that a page quotes, with their passages and numbers.

    Args:
        page: a page whose every block is made.
        numbers: what is known of each number; what is not in it is told by the record that the page shows.
        place: where the texts are, seen from the folder that commands are called in.
        mask: how hidden digits were read in this run.
    """
    for report_id, passages in page.quotations.by_report():
        report = page.quotations.reports.get(report_id)
        title = report.title if report is not None and report.title else report_id or page.say("appendix.unnamed")
        reading = f" --mask {mask}" if mask != "auto" else ""
        command = f"dangjian explain {place}/{slug(report_id)}.txt{reading} --at N" if report is not None else ""
        yield Group(title, report_id, command, "".join(_passages(passages, numbers, page.say)))


def absent(page: Page, numbers: Numbers) -> str:
    """Rows of the numbers whose text is not at hand; "" where there are none."""
    return "".join(
        _row(escape(str(record["text"])), record, numbers.get(place), page.say)
        for place, record in sorted(page.quotations.absent.items(), key=lambda told: told[0])
        if place in numbers or "lower" in record
    )


def _passages(passages: list[Passage], numbers: Numbers, say: Language) -> Iterator[str]:
    """Passages with their numbers; headings are told from the first that changes."""
    above: tuple[str, ...] = ()
    for passage in passages:
        same = next(
            (at for at, (new, old) in enumerate(zip(passage.sections, above, strict=False)) if new != old), None
        )
        same = min(len(passage.sections), len(above)) if same is None else same
        yield _passage(passage, numbers, say, " › ".join(passage.sections[same:]))
        above = passage.sections


def _passage(passage: Passage, numbers: Numbers, say: Language, above: str) -> str:
    first = passage.marks[0].record
    known = numbers.get((first["report_id"], int(first.get("start", -1))), first)
    place = str(known.get("place") or "")
    if passage.paragraph:
        told = say("appendix.paragraph", paragraph=passage.paragraph)
        place = told if not place or LINE.fullmatch(place) else f"{told}{say('comma')}{place}"
    where = "　".join(escape(part) for part in (above, place) if part)
    where = f"<p class=from>{where}</p>" if where else ""
    quoted = f"<tr class=q><td colspan=7>{where}<p>{passage.html()}</p>"
    return quoted + "".join(_marked(mark, numbers, say) for mark in passage.marks)


def _marked(mark: Mark, numbers: Numbers, say: Language) -> str:
    record = mark.record
    if "start" not in record:  # known by its sentence's wording alone: the page says no more of it
        return ""
    known = numbers.get((record["report_id"], int(record["start"])))
    if known is None and "lower" not in record:
        return ""
    written = f"<a href=#{mark.anchor}>{escape(str(record['text']))}</a>"
    return _row(written, record, known, say)


def _row(written: str, record: Mapping[str, Any], known: Mapping[str, Any] | None, say: Language) -> str:
    """A number: as written, what it counts, its year, its bounds and unit, and where it stands."""
    if known is not None:
        record = known
    year = "" if pd.isna(record["period"]) else str(record["period"])
    lower, upper = (_bound(record[side], say) for side in ("lower", "upper"))
    cells = f"<td>{year}<td>{lower}<td>{upper}<td>{escape(say.unit(record['unit']))}<td>{record['start']}"
    return f"<tr><th>{written}<td>{_counted(record, say)}{cells}"


def _counted(record: Mapping[str, Any], say: Language) -> str:
    """What a number counts: the indicator with its dimensions, and the report's own name for it where that differs."""
    indicator, label = record["indicator"], str(record["label"] or "")
    title = say.indicator(indicator) if isinstance(indicator, str) and indicator else say("appendix.unbound")
    dims = say.joined([say.name(str(value)) for value in (record.get("dims") or {}).values()])
    title = say("appendix.dims", title=title, dims=dims) if dims else title
    plan = say("appendix.plan") if record.get("target") else ""
    own = f" <small>{escape(label)}</small>" if label and label not in title else ""
    return f"{escape(title)}{plan}{own}"


def _bound(value: Any, say: Language) -> str:
    if value is None or pd.isna(value) or abs(float(value)) == float("inf"):
        return say("appendix.unlimited")
    return f"{float(value):.12g}"
