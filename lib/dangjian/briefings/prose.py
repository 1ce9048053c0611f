"""Markdown to HTML that holds no HTML of its author's, no scripts and no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import mistune

from dangjian.briefings.language import Language

Heading = Callable[[str, int], str]


def render(text: str, heading: Heading, say: Language, *, links: bool = False) -> str:
    """The text as HTML.

    Args:
        text: Markdown; raw HTML in it is shown as text.
        heading: makes a heading of inner HTML and a level; the page numbers them.
        say: the language of the page.
        links: whether web links work; computed text, which may quote a report, gets none.
    """
    made = _Prose(heading, say, links)
    markdown = mistune.create_markdown(renderer=made, plugins=["table", "strikethrough"])
    for name, cell in (("table_cell", _cell), ("table", _table)):
        made.register(name, cell)
    return str(markdown(text))


class _Prose(mistune.HTMLRenderer):
    def __init__(self, heading: Heading, say: Language, links: bool) -> None:
        super().__init__(escape=True)
        self._heading, self.say, self._links = heading, say, links

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return self._heading(text, level)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        works = url.startswith("#") or (self._links and url.startswith(("https://", "http://")))
        return f'<a href="{escape(url)}">{text}</a>' if works else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return escape(text)

    def block_html(self, html: str) -> str:
        return f"<p>{escape(html.strip())}</p>\n"

    def inline_html(self, html: str) -> str:
        return escape(html)


def _cell(renderer: Any, text: str, align: str | None = None, head: bool = False) -> str:
    # aligned by class: the page's policy lets no style attribute through
    kind = ' class="num"' if align == "right" else ""
    return f'<th scope="col"{kind}>{text}</th>\n' if head else f"<td{kind}>{text}</td>\n"


def _table(renderer: Any, text: str) -> str:
    region = renderer.say("table.region")
    return f'<div class="wide" tabindex="0" role="group" aria-label="{region}"><table>\n{text}</table></div>\n'
