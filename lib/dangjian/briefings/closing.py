"""What stands behind a page's numbers: conflicts, unread numbers, the appendix of all numbers used, their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from dangjian.briefings.messages import Messages
from dangjian.briefings.page import Page
from dangjian.briefings.proofs import Proofs
from dangjian.briefings.shown import finite
from dangjian.briefings.tables import Cell, Table
from dangjian.briefings.workbook import Rows, Value
from dangjian.bounds import Bounds
from dangjian.wording import bounds_words, english, words
from dangjian.wording.findings import title_of

MOST_CONFLICTS, MOST_UNREAD = 40, 100
"""As many a page lists; the rest are counted."""


@dataclass(frozen=True)
class Quoted:
    """A passage as the page shows it: its paragraph in words, its sentences as HTML, the commands behind it."""

    paragraph: str
    html: str
    commands: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A report whose sentences the page quotes."""

    anchor: str
    title: str
    passages: tuple[Quoted, ...]


def conflict_lines(page: Page, found: Iterable[Mapping[str, Any]]) -> list[str]:
    """The conflicts that touch a number which the page uses, as HTML with a link to every place.

    Args:
        found: rows of `analysis.checks.conflicts`.
    """
    lines: list[str] = []
    used = set(page.proofs.used)
    for row in found:
        places = [place for place in row["places"] if isinstance(place, Mapping)]
        if used & {(place["report_id"], place["start"]) for place in places}:
            lines.append(_conflict(row, places, page))
    return lines


def _conflict(row: Mapping[str, Any], places: list[Mapping[str, Any]], page: Page) -> str:
    say, told = page.say, []
    for place in places:
        anchor = page.proofs.of(place["report_id"], int(place["start"]), int(place["end"]), place["text"])
        name = f"{escape(page.proofs.archive.title(place['report_id']))}：{escape(place['label'])} "
        number = escape(str(place["text"]))
        told.append(name + (f'<a href="#{anchor}">{number}</a>' if anchor else number))
    title = (title_of if say.language == "zh" else english.title_of)(str(row["indicator"]))
    spans = [_span(row, name, say) for name in ("told", "computed")]
    line = say(
        "conflict_line",
        district=escape(str(row["district"])),
        period=row["period"],
        indicator=escape(title),
        kind=escape(say.name("kind", str(row["kind"]))),
        places=say("joiner").join(told),
    )
    return line + escape(say("conflict_between", told=spans[0], computed=spans[1])) + say("stop")


def _span(row: Mapping[str, Any], name: str, say: Messages) -> str:
    upper = finite(row[f"{name}_upper"])
    bounds = Bounds(float(row[f"{name}_lower"]), upper)
    return bounds_words(bounds) if say.language == "zh" else english.bounds_words(bounds)


def unread_lines(page: Page, unread: Iterable[Mapping[str, Any]]) -> list[str]:
    """The numbers that could not be read, as HTML."""
    say, archive = page.say, page.proofs.archive
    return [
        say(
            "unread_line",
            report=escape(archive.title(place["report_id"])),
            start=place["start"],
            end=place["end"],
            text=escape(place["text"]),
            rule=escape(say.told(place["rule"])),
        )
        for place in unread
    ]


def appendix(page: Page) -> Table:
    """Every number that the page uses: a row each, by report and place, linked to its sentence."""
    say, archive = page.say, page.proofs.archive
    keys = ("number", "report", "paragraph", "period", "indicator", "value", "written", "used_in")
    body: list[list[Cell]] = []
    for number, (report_id, start) in enumerate(_used(page.proofs), 1):
        record = archive.records[report_id, start]
        title = _indicator(record, say)
        value = words(record, original=False) if say.language == "zh" else english.words(record)
        told = [str(number), report_id, str(archive.paragraph(report_id, start) or ""), str(record["period"] or ""), title]
        places = page.proofs.used[report_id, start]
        link = page.proofs.anchor(report_id, start) or ""
        row = [*map(Cell, told), Cell(value), Cell(str(record["text"]), link=link), Cell(say("list_joiner").join(places))]
        body.append(row)
    return Table([[Cell(say(key), True) for key in keys]], body)


def appendix_data(page: Page) -> Rows:
    """The same as data, with label, theme, bounds as numbers and offsets."""
    say, archive = page.say, page.proofs.archive
    keys = ("report", "paragraph", "start", "end", "district", "period", "indicator", "label", "written")
    rows: list[list[Value]] = [[say(key) for key in (*keys, "lower", "upper", "unit", "used_in")]]
    for report_id, start in _used(page.proofs):
        record = archive.records[report_id, start]
        told: list[Value] = [report_id, archive.paragraph(report_id, start), start, int(record["end"])]
        told += [str(record["district"]), record["period"], _indicator(record, say)]
        told += [str(record["label"]), str(record["text"]), finite(record["lower"]), finite(record["upper"])]
        rows.append([*told, str(record["unit"]), say("list_joiner").join(page.proofs.used[report_id, start])])
    return rows


def _indicator(record: Mapping[str, Any], say: Messages) -> str:
    """The indicator with its dimensions, the label where it is bound to none."""
    if not record["indicator"]:
        return str(record["label"])
    title = (title_of if say.language == "zh" else english.title_of)(str(record["indicator"]))
    return "·".join([title, *map(str, record["dims"].values())])


def _used(proofs: Proofs) -> list[tuple[str, int]]:
    return sorted(proofs.used, key=lambda key: (proofs.archive.order.get(key[0], 0), *key))


def sources(page: Page) -> list[Source]:
    """The reports quoted, each with its passages."""
    say, archive = page.say, page.proofs.archive
    found = []
    for report_id, passages in page.proofs.passages():
        told = [
            Quoted(
                say("paragraph_of", number=passage.paragraph) if passage.paragraph else "",
                passage.html(),
                tuple(passage.commands),
            )
            for passage in passages
        ]
        found.append(Source(report_anchor(page, report_id), archive.title(report_id), tuple(told)))
    return found


def report_anchor(page: Page, report_id: str) -> str:
    """The id under which a page quotes a report."""
    return f"e{page.proofs.archive.order.get(report_id, -1) + 1}"
