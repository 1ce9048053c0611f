"""Saved web pages: the article without menus, scripts and footers, whatever encoding the page claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dangjian.reports.decoding import decode
from dangjian.reports.formats.article import INLINE, find_article, find_heading, lays_out, without_furniture
from dangjian.reports.formats.reading import Draft, Reading, Unreadable
from dangjian.reports.limits import Limits

_XML_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]*\?>")
MOST_COLUMNS = 200
_ENDED: tuple[str, Any] = ("", None)


def read_html(data: bytes, limits: Limits) -> Reading:
    """The text of a page's article, or of its whole body where no article can be told.

    Raises:
        Unreadable: its encoding cannot be told, past a limit, or without text.
    """
    import lxml.html

    try:
        markup, encoding = decode(data, markup=True)
    except ValueError as fault:
        raise Unreadable(str(fault)) from None
    if markup.count("<") + markup.count("=") > limits.nodes:
        raise Unreadable(f"holds more than {limits.nodes} tags and attributes (limit `nodes`)")
    markup = _XML_DECLARATION.sub("", markup.replace("\x00", ""), count=1)
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        page = lxml.html.document_fromstring(markup, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        raise Unreadable("the page holds no text; save it from the browser anew, or as .txt") from None
    _check_depth(page, limits.depth)
    body = page.find("body") if page.find("body") is not None else page
    footnotes = without_furniture(body)
    article = find_article(markup, body)
    draft, paragraphs = Draft(), 0
    for line in (find_heading(page, body, article), *_lines(article)):
        if isinstance(line, str):
            paragraphs += bool(line)
            draft.line(line, f"第{paragraphs}段") if line else None
        else:
            place = f"第{paragraphs}段后的表"
            draft.table([[(cell, place) for cell in row] for row in line])
    return draft.finish(encoding, footnotes)


def _check_depth(page: Any, most: int) -> None:
    from lxml.etree import iterwalk

    depth = 0
    for step, _ in iterwalk(page, events=("start", "end")):
        depth += 1 if step == "start" else -1
        if depth > most:
            raise Unreadable(f"nests deeper than {most} elements (limit `depth`)")


def _lines(element: Any) -> Iterator[str | list[list[str]]]:
    """The lines below an element: text, or the rows of a table, each the texts of its cells."""
    pending: list[str] = []

    def flush() -> Iterator[str]:
        for line in "".join(pending).split("\n"):
            if line.strip():
                yield " ".join(line.split(" ")).strip()
        pending.clear()

    for step, node in _events(element):
        if step == "text":
            pending.append(re.sub(r"[ \t\r\n\f]+", " ", node))
        elif step == "break":
            pending.append("\n")
        elif step == "block":
            yield from flush()
        else:
            yield from flush()
            yield list(_table(node))
    yield from flush()


def _events(top: Any) -> Iterator[tuple[str, Any]]:
    """The body in reading order, without recursion: texts, line breaks, block borders, tables."""
    stack: list[Iterator[tuple[str, Any]]] = [iter([("in", top)])]
    while stack:
        step, node = next(stack[-1], _ENDED)
        if not step:
            stack.pop()
        elif step != "in":
            yield step, node
        elif node is not top and node.tag == "table" and not lays_out(node):
            yield "table", node
        elif node.tag == "br":
            yield "break", None
        else:
            if node.tag not in INLINE:
                yield "block", None
                stack.append(iter([("block", None)]))
            stack.append(_steps(node))


def _steps(node: Any) -> Iterator[tuple[str, Any]]:
    """What an element holds, one after the other: of millions of children no list is made."""
    if node.text:
        yield "text", str(node.text)
    for child in node:
        if isinstance(child.tag, str):
            yield "in", child
        if child.tail:
            yield "text", str(child.tail)


def _table(table: Any) -> Iterator[list[str]]:
    """The rows of a table, each cell once: where it spreads, the other places stay empty."""
    waiting: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while waiting.get(len(cells), 0) > 0:
                waiting[len(cells)] -= 1
                cells.append("")
            across, down = _number(cell.get("colspan")), _number(cell.get("rowspan"))
            for at in range(len(cells), len(cells) + across):
                waiting[at] = down - 1
            text = " ".join(line for line in _lines(cell) if isinstance(line, str))
            cells += [text, *[""] * (across - 1)]
        while waiting.get(len(cells), 0) > 0:
            waiting[len(cells)] -= 1
            cells.append("")
        if any(cells):
            yield cells


def _number(written: str | None) -> int:
    return min(max(int(written), 1), MOST_COLUMNS) if written and written.isdecimal() and written.isascii() else 1
