"""The items of a page as HTML: sections, numbered figures with claim, source and data, numbered tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from dangjian.briefings import plotted, redrawn
from dangjian.briefings.linking import Candidate, candidates, link_items, linked
from dangjian.briefings.markup import CSV, download, table_html, wide
from dangjian.briefings.page import PLOTLY, Chart, Listing, Page, Plain, Pointer, Prose
from dangjian.briefings.pictures import clean
from dangjian.briefings.prose import render
from dangjian.briefings.shown import plain_data
from dangjian.briefings.workbook import Rows, csv_bytes

_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
_TAG = re.compile(r"<[^>]*>")


@dataclass
class Body:
    """The page's body.

    Attributes:
        blocks: HTML, in order.
        contents: the headings as (level, id, inner HTML).
        data: what can be downloaded, by the name of its figure or table.
        claims: the figures' names, anchors and claims as HTML.
    """

    blocks: list[str] = field(default_factory=list)
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    data: dict[str, Rows] = field(default_factory=dict)
    claims: list[tuple[str, str, str]] = field(default_factory=list)


def write_body(page: Page, stem: str, *, live: bool = False) -> Body:
    """The items as HTML.

    Args:
        page: its charts are counted as drawn, and their looks kept for the style sheet.
        stem: begins the names of downloaded files.
        live: whether plotly figures get a place that the page's program draws them in.
    """
    body = Body()
    page.drawn = 0
    everywhere = candidates(page.shown())
    near: dict[int, list[Candidate]] = {}
    for at, item in page.items:
        if at not in near:
            near[at] = candidates(page.shown(at)) or everywhere
        match item:
            case Prose(text, computed):
                html = render(text, _headings(body, page), links=not computed, say=page.say)
                body.blocks.append(link_items(html, near[at]) if computed else html)
            case Plain(text, fault):
                body.blocks.append(f'<p class="fault">{escape(text)}</p>\n' if fault else f"<pre>{escape(text)}</pre>\n")
            case Pointer():
                body.blocks.append(f'<p class="note">{page.say("see_appendix")}</p>\n')
            case Listing():
                body.blocks.append(_listing(item, page, body, stem))
            case Chart():
                body.blocks.append(_chart(item, page, body, stem, live))
    return body


def _headings(body: Body, page: Page) -> Callable[[str, int], str]:
    """Makes headings below the page's own, never more than one level under the last."""

    def heading(inner: str, level: int) -> str:
        last = body.contents[-1][0] if body.contents else 1
        level = min(max(level, 2), last + 1, 4)
        anchor = f"s{len(body.contents) + 1}"
        known = page.say.heading(_TAG.sub("", inner))
        if known is None:
            shown = f'<span lang="zh-CN">{inner}</span>'
        else:
            shown = inner if page.say.language == "zh" else escape(known)
        body.contents.append((level, anchor, shown))
        return f'<h{level} id="{anchor}">{shown}</h{level}>\n'

    return heading


def _named(words: str, page: Page) -> str:
    """A heading of the notebook as a caption says it."""
    known = page.say.heading(words)
    return escape(known) if known is not None else f'<span lang="zh-CN">{escape(words)}</span>'


def _listing(item: Listing, page: Page, body: Body, stem: str) -> str:
    """A numbered table, named after the section it stands in, with its data; one without rows says so."""
    say = page.say
    if not item.table.body:
        return f'<p class="note">{escape(say("empty_table"))}</p>\n'
    name = say("table", number=item.number)
    caption = f"{name}　{_named(item.section, page)}"
    rows = item.shown.data() if item.shown and item.shown.rows else plain_data(item.table)
    body.data[name] = rows
    saved = download(csv_bytes(rows), CSV, f"{stem}-t{item.number}.csv", say("download_csv", name=name))
    return wide(table_html(item.table, say, caption), _TAG.sub("", caption)) + f'<p class="note">{saved}</p>\n'


def _chart(item: Chart, page: Page, body: Body, stem: str, live: bool) -> str:
    say, shown = page.say, item.shown
    name = say("figure", number=item.number)
    known = candidates([shown]) if shown else []
    table = shown.matrix() if shown and shown.rows else None
    inner, title = _picture(item, page)
    drawn = inner is not None
    page.drawn += drawn
    claim = (shown.claim if shown else "") or title
    told = linked(escape(claim), known) if claim else _named(item.section, page)
    if table is None and item.kind == PLOTLY:
        table = plotted.data_table(item.content, say)
    if inner is None:
        note = "static_of_interactive" if item.kind == PLOTLY else "broken_figure"
        inner = f'<p class="{"note" if table else "fault"}">{escape(say(note))}</p>'
    if live and item.kind == PLOTLY:
        inner = f'<div class="live" id="live{item.number}" data-figure="{item.number}">{inner}</div>'
    if claim:
        body.claims.append((name, item.anchor, told))
    caption = f'<span class="name">{name}</span>　{told}{_stop(told, say("stop"))}'
    caption += escape(shown.source()) if shown and shown.rows else ""
    made = f'<figure id="{item.anchor}">{inner}<figcaption>{caption}</figcaption>'
    if table is not None and table.body:
        rows = shown.data() if shown and shown.rows else plain_data(table)
        body.data[name] = rows
        label = escape(say("figure_data", name=name))
        saved = download(csv_bytes(rows), CSV, f"{stem}-f{item.number}.csv", say("download_csv", name=name))
        opened = "" if drawn else " open"
        listed = wide(table_html(table, say), label)
        made += f"<details{opened}><summary>{label}</summary>{listed}<p>{saved}</p></details>"
    return made + "</figure>\n"


def _stop(told: str, stop: str) -> str:
    """The stop after a claim that has none."""
    return "" if told.endswith(("。", "？", "！", ".", "?", "!")) else stop + (" " if stop == "." else "")


def _picture(item: Chart, page: Page) -> tuple[str | None, str]:
    """The chart as HTML, None where it cannot be drawn, and its title."""
    if item.kind in ("image/png", "image/jpeg"):
        if not _BASE64.fullmatch(item.content):
            return None, ""
        address = f"data:{item.kind};base64,{''.join(item.content.split())}"
        words = escape(item.alternative or page.say("figure_alone"))
        return f'<img alt="{words}" src="{address}">', item.alternative
    description, svg = "", item.content
    if item.kind == PLOTLY:
        description = plotted.description_of(item.content).replace("\n", "；")
        svg = _redrawn(item)
    if not isinstance(svg, str):
        return None, item.alternative
    english = page.say.language != "zh"
    title = item.shown.claim if item.shown and english else item.alternative
    wanted: dict[str, Any] = {"looks": page.looks}
    if english:
        wanted |= {"told": page.say.told, "titled": item.shown is None}
        description = page.say.told(description) if description else ""
    try:
        picture = clean(svg, item.anchor, title, description, **wanted)
    except ValueError:
        return None, item.alternative
    return picture.html, picture.title


def _redrawn(item: Chart) -> str | None:
    import json

    try:
        return _drawing(json.dumps(item.content, sort_keys=True))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None  # a figure of a make that is not known here: its table tells all of it


@lru_cache(maxsize=64)
def _drawing(figure: str) -> str | None:
    """The same figure is drawn once, however many pages show it."""
    import json

    return redrawn.drawing(json.loads(figure))


