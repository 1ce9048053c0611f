"""Tables of a page: numbered, their figures linked to the sentences that say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dangjian.briefings import behind
from dangjian.briefings.evidence import REPORT, SENTENCE, WRITTEN
from dangjian.briefings.page import Page
from dangjian.briefings.tables import Cell, Table
from dangjian.wording import say

GROUP = ("系统", "System")
"""Columns by which the rows of a list of numbers are grouped."""


def block(table: Table, carried: Any, page: Page) -> str:
    """A numbered table, named after the section it stands in; one without rows says so.

    The table of all evidence is not shown twice: the page has one of its own at its end.
    """
    if not table.body:
        return f'<p class="note">{page.say("table.none")}</p>\n'
    fold = ""
    if isinstance(carried, Mapping):
        try:
            if carried["form"] == "evidence":
                return _evidence(carried["figures"], page)
            if carried["form"] == "members":
                fold = _with_members(table, carried, page)
            else:
                table = _linked(table, carried, page)
        except (KeyError, TypeError, ValueError):
            pass  # of another make: the table stands without links
    table = _without_one_report(page.quotations.take(table), page)
    page.tables += 1
    caption = page.say("table.caption", number=page.tables, what=page.section)
    label = f' tabindex="0" role="group" aria-label="{caption}"'
    label += f' data-name="{page.say("table.name", number=page.tables)}"'
    return f'<div class="wide"{label}>{rows(table, caption)}</div>{fold}\n'


def _with_members(table: Table, carried: Mapping[str, Any], page: Page) -> str:
    """The fold of what each row counts, the row's count, or where none is named its name, linked to it.

    What a chart or a table above lists or folds out already is linked there.
    """
    members = carried["members"]
    column = table.column(carried["column"]) if carried["column"] else 0
    if column is None or len(members) != len(table.body):
        return ""
    known, made = behind.key_of(members), ""
    above = [page.groups.get((own[0]["report_id"], own[0]["start"]), "") if own else "" for own in members]
    if all(above):
        for row, anchor in zip(table.body, above, strict=True):
            row[column].link = anchor
        return ""
    if known not in page.folds:
        head = [cell.text for cell in table.head[0]][:1]
        counted = [
            behind.Counted(row[0].text, (), own, int(row[column].text) if column else 0)
            for row, own in zip(table.body, members, strict=True)
        ]
        anchor = f"t{page.tables + 1}r"
        made = behind.fold(anchor, head, counted, page.say, page.quotations.links)
        if not made:
            return ""
        page.folds[known] = anchor
    for at, (row, own) in enumerate(zip(table.body, members, strict=True)):
        if own:
            row[column].link = behind.row_id(page.folds[known], at)
    return made


def _evidence(figures: Sequence[Mapping[str, Any]], page: Page) -> str:
    for record in figures:
        page.quotations.link(record)
    head, _, tail = page.say("appendix.here", count=len(figures)).partition("<")
    inner, _, rest = tail.partition(">")
    here = f'{head}<a href="#appendix">{inner}</a>{rest}'
    return f'<p class="note">{here}</p>\n'


def _linked(table: Table, carried: Mapping[str, Any], page: Page) -> Table:
    if carried["form"] == "cells":
        _cell_by_cell(table, carried["cells"], page)
        return table
    figures = carried["figures"]
    if carried["form"] == "numbers":
        return _row_by_row(table, figures, page)
    if carried["form"] == "table":
        _by_year(table, figures, page)
    return table


def _row_by_row(table: Table, figures: Sequence[Mapping[str, Any]], page: Page) -> Table:
    """A list of numbers: each row's own wording linked; the sentence, which the link shows, is taken out."""
    written, quoted = table.column(*WRITTEN), table.column(*SENTENCE)
    if written is None or len(figures) != len(table.body):
        return table
    group = table.column(*GROUP)
    for at, (row, record) in enumerate(zip(table.body, figures, strict=True)):
        row[written].link = page.quotations.links(record)[0]
        if group is not None and (at == 0 or row[group].text != table.body[at - 1][group].text):
            row[group].anchor = behind.row_id(f"t{page.tables + 1}r", at)
            page.groups[record["report_id"], int(record["start"])] = row[group].anchor
    page.listed = page.listed or [dict(record) for record in figures]
    return table if quoted is None or not all(row[written].link for row in table.body) else table.without(quoted)


def _cell_by_cell(table: Table, cells: Sequence[Mapping[str, Any]], page: Page) -> None:
    """A table whose cells are told one by one: each linked to its figure, and to the others that it comes from."""
    for told in cells:
        column, at = table.column(told["column"]), told["row"]
        if column is None or at >= len(table.body) or column >= len(table.body[at]):
            continue
        cell = table.body[at][column]
        for words, record in told["figures"]:
            part, whole = page.quotations.links(record)
            if not words:
                cell.link = part
            elif part:
                cell.more.append((words, part))
            if whole:
                cell.more.append(("÷", whole))


def _by_year(table: Table, figures: Sequence[Mapping[str, Any]], page: Page) -> None:
    """A table of years: the cell of each district, category and year linked."""
    if len(table.head) != 1:
        return
    titles = [cell.text for cell in table.head[0]]
    places = {(say(record["district"]), say(record["category"]), str(record["period"])): record for record in figures}
    categories = any(record["category"] for record in figures)
    for row in table.body:
        names = [cell.text for cell in row]
        category = names[1] if categories else ""
        for at, cell in enumerate(row):
            record = places.get((names[0], category, titles[at])) if at < len(titles) else None
            if record is not None:
                cell.link = page.quotations.links(record)[0]


def _without_one_report(table: Table, page: Page) -> Table:
    """The table without its column of reports, where the page is of one report alone."""
    at = table.column(*REPORT)
    if (
        at is None
        or len(page.quotations.reports) != 1
        or len({row[at].text for row in table.body if at < len(row)}) > 1
    ):
        return table
    return table.without(at)


def rows(table: Table, caption: str = "") -> str:
    """The table as HTML; ``caption`` is HTML."""
    right = table.figures()
    head = "".join(_row(row, "col", right) for row in table.head)
    body = "".join(_row(row, "row", right) for row in table.body)
    head = f"<thead>{head}" if head else ""
    titled = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{titled}{head}<tbody>{body}</table>"


def _row(row: Sequence[Cell], scope: str, right: set[int]) -> str:
    made = ""
    for at, cell in enumerate(row):
        inner = escape(cell.text).replace("\n", "<br>")
        inner = f"<a href=#{cell.link}>{inner}</a>" if cell.link else inner
        inner += "".join(f" <a href=#{anchor}>{escape(words)}</a>" for words, anchor in cell.more)
        looks = f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (cell.rows > 1)
        looks += " class=num" * (at in right) + f" id={cell.anchor}" * bool(cell.anchor)
        if cell.head and cell.text:
            looks += " class=no" * cell.text.isdecimal()
            kind = f" scope={scope}group" if max(cell.columns, cell.rows) > 1 else ""
            made += f"<th{kind}{looks}>{inner}"
        else:
            made += f"<td{looks}>{inner}"
    return f"<tr>{made}"
