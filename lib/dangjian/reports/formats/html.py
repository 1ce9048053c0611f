"""Saved web pages: the article without menus, scripts and footers, whatever encoding the page claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dangjian.reports.decoding import decode
from dangjian.reports.formats.reading import Draft, Reading, Unreadable
from dangjian.reports.limits import Limits

LEFT_OUT = {
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "select", "option",
    "textarea", "input", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "map", "dialog", "del",
    "s", "strike", "rp", "rt", "datalist", "label",
}  # fmt: skip
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "o:p", "q", "rb", "ruby", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
}  # fmt: skip
BESIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|menu|foot|footer|sidebar|crumbs?|breadcrumbs?|copyright|share|related|comments?"
    r"|pager|pagination|toolbar|visits?|counter|hits)(?:$|[\s_-])",
    re.I,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SHORTEST = 12
"""A block of fewer signs may stand in a menu as well as in the article, so it does not place the article."""
MOST = 0.9
FEWEST = 0.5
_TAGS = re.compile(r"<[A-Za-z!?]")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
MOST_COLUMNS = 200


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
    if len(_TAGS.findall(markup)) > limits.nodes:
        raise Unreadable(f"holds more than {limits.nodes} tags (limit `nodes`)")
    markup = _XML_DECLARATION.sub("", markup.replace("\x00", ""), count=1)
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        page = lxml.html.document_fromstring(markup, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        raise Unreadable("the page holds no text; save it from the browser anew, or as .txt") from None
    _check_depth(page, limits.depth)
    body = page.find("body") if page.find("body") is not None else page
    article = _article(markup, body)
    draft, paragraphs = Draft(), 0
    for line in (*_title(body, article), *_lines(article)):
        if isinstance(line, str):
            paragraphs += bool(line)
            draft.line(line, f"第{paragraphs}段")
        else:
            place = f"第{paragraphs}段后的表"
            draft.table([[(cell, place) for cell in row] for row in line])
    return draft.finish(encoding)


def _check_depth(page: Any, most: int) -> None:
    level, depth = [page], 0
    while level:
        depth += 1
        if depth > most:
            raise Unreadable(f"nests deeper than {most} elements (limit `depth`)")
        level = [child for element in level for child in element]


def _article(markup: str, body: Any) -> Any:
    """The smallest element around what trafilatura takes for the article; the body where that is too little.

    Only the place is taken from it: its own text lacks small tables and short lines.
    """
    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(markup, include_comments=False, favor_recall=True)
    except Exception:  # it reads what it was never shown; the whole body is there then
        return body
    if found is None or found.body is None:
        return body
    wanted = {
        squeezed
        for element in found.body.iter("p", "head", "item", "cell")
        if len(squeezed := _squeezed("".join(element.itertext()))) >= SHORTEST
    }
    blocks = [
        (element, text)
        for element in body.iter()
        if _is_leaf(element) and len(text := _squeezed(_inside(element))) >= SHORTEST
    ]
    placed = [element for element, text in blocks if text in wanted]
    if not placed:
        return body
    around = _common(placed)
    inside = {id(element) for element in around.iter()}
    total = sum(len(text) for element, text in blocks if "。" in text or "，" in text)
    covered = sum(len(text) for element, text in blocks if id(element) in inside and ("。" in text or "，" in text))
    return around if covered >= FEWEST * total else body


def _common(elements: list[Any]) -> Any:
    """The smallest element that holds nearly all of these."""
    counts: dict[Any, int] = {}
    for element in elements:
        for above in (element, *element.iterancestors()):
            counts[above] = counts.get(above, 0) + 1
    enough = [element for element, count in counts.items() if count >= MOST * len(elements)]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))


def _is_leaf(element: Any) -> bool:
    """Whether it is a block that holds no other block."""
    return (
        isinstance(element.tag, str)
        and element.tag not in INLINE
        and element.tag not in LEFT_OUT
        and all(child.tag in INLINE or child.tag == "br" for child in element)
    )


def _inside(element: Any) -> str:
    return "".join(str(part) for part in element.itertext())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _unseen(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in LEFT_OUT or "hidden" in element.attrib:
        return True
    if HIDDEN.search(element.get("style", "")):
        return True
    if element.tag == "header":  # a site's own, or the article's with its title
        return not element.xpath("ancestor::article")
    said = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return bool(BESIDE.search(said)) or "navigation" in said or "contentinfo" in said


def _title(body: Any, article: Any) -> list[str]:
    """The page's one first heading, where it stands outside of the article."""
    headings = list(body.iter("h1"))
    if len(headings) != 1 or article in headings[0].iterancestors() or article is headings[0]:
        return []
    return ["".join(_inside(headings[0]).split())]


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
    stack: list[tuple[str, Any]] = [("in", top)]
    while stack:
        step, node = stack.pop()
        if step != "in":
            yield step, node
            continue
        inline = node.tag in INLINE
        if node is not top and node.tag == "table" and not _frames(node):
            yield "table", node
            continue
        if node.tag == "br":
            yield "break", None
            continue
        if not inline:
            yield "block", None
            stack.append(("block", None))
        for child in reversed(node):
            if child.tail:
                stack.append(("text", str(child.tail)))
            if not _unseen(child):
                stack.append(("in", child))
        if node.text:
            yield "text", str(node.text)


def _frames(table: Any) -> bool:
    """Whether a table only lays out the page: it holds another, or rows of one cell."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return all(len(row) <= 1 for row in table.iter("tr"))


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
            text = " ".join(line for line in _lines(cell) if isinstance(line, str)) if not _unseen(cell) else ""
            cells += [text, *[""] * (across - 1)]
        while waiting.get(len(cells), 0) > 0:
            waiting[len(cells)] -= 1
            cells.append("")
        if any(cells):
            yield cells


def _number(written: str | None) -> int:
    return min(max(int(written), 1), MOST_COLUMNS) if written and written.isdecimal() and written.isascii() else 1
