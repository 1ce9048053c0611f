"""One executed notebook as one page: prose, numbered figures and tables, evidence, nothing that runs."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from dangjian.briefings import plotted, redrawn, typeface
from dangjian.briefings.evidence import Sentences
from dangjian.briefings.pictures import Picture, clean
from dangjian.briefings.prose import render
from dangjian.briefings.tables import Cell, Table, find_tables
from dangjian.briefings.visible import visible

PLOTLY = "application/vnd.plotly.v1+json"
KINDS = (PLOTLY, "image/svg+xml", "image/png", "image/jpeg", "text/html", "text/markdown", "text/plain")
"""The forms of an output, the one that tells most first."""
HIDDEN = {"injected-parameters", "parameters", "hide"}
SILENT = re.compile(r"^<.* at 0x[0-9a-f]+>$|^<(Figure|Axes)\b.*>$|^Figure\(\{|^None$")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")


@dataclass
class Page:
    """A page in the making.

    Attributes:
        blocks: HTML of the body, in order.
        contents: the headings as (level, id, inner HTML).
        figures, interactive, drawn: charts found in the notebook, those of them by plotly, and those shown as drawings.
    """

    title: str
    blocks: list[str] = field(default_factory=list)
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    sentences: Sentences = field(default_factory=Sentences)
    code: list[str] = field(default_factory=list)
    figures: int = 0
    tables: int = 0
    interactive: int = 0
    drawn: int = 0

    def heading(self, inner: str, level: int) -> str:
        """A heading below the page's own, never more than one level under the last."""
        last = self.contents[-1][0] if self.contents else 1
        level = min(max(level, 2), last + 1, 4)
        anchor = f"s{len(self.contents) + 1}"
        self.contents.append((level, anchor, inner))
        return f'<h{level} id="{anchor}">{inner}</h{level}>\n'


def read_page(notebook: Any, fallback: str) -> Page:
    """The parts of a page, from an executed notebook."""
    page = Page(title="")
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if cell.cell_type == "markdown":
            page.blocks.append(render(_without_title(cell.source, page), page.heading, links=True))
        elif cell.cell_type == "code":
            if cell.source.strip() and not tags & HIDDEN:
                page.code.append(cell.source)
            for output in [] if "hide" in tags else cell.outputs:
                page.blocks.extend(_output(output, page))
    page.title = page.title or fallback
    return page


def _without_title(source: str, page: Page) -> str:
    """The prose without the notebook's title, which the page shows by itself."""
    if page.title:
        return source
    lines = source.split("\n")
    for at, line in enumerate(lines):
        if line.startswith("# "):
            page.title = line[2:].strip()
            return "\n".join(lines[:at] + lines[at + 1 :])
    return source


def _output(output: Any, page: Page) -> list[str]:
    """One output of a cell as blocks; standard error is never shown."""
    if output.output_type == "stream":
        text = output.text.strip("\n")
        return [f"<pre>{escape(text)}</pre>\n"] if output.name == "stdout" and text else []
    if output.output_type == "error":
        return [f'<p class="fault">{escape(output.ename)}: {escape(output.evalue)}</p>\n']
    data = output.get("data", {})
    kind = next((kind for kind in KINDS if kind in data), None)
    if kind is None:
        return []
    if kind == PLOTLY:
        return _interactive(data[kind], page)
    said = "".join(data[kind])
    if kind == "image/svg+xml":
        return _drawing(said, page)
    if kind.startswith("image/"):
        return _pixels(kind, said, data.get("text/plain", ""), page)
    if kind == "text/markdown":
        return [render(said, page.heading)]
    if kind == "text/html":
        tables = find_tables(said)
        if tables:
            return [_table(page.sentences.take(table), page) for table in tables]
        said = "".join(data.get("text/plain", ""))
    said = said.strip()
    return [f"<pre>{escape(said)}</pre>\n"] if said and not SILENT.match(said) else []


def _drawing(svg: str, page: Page) -> list[str]:
    page.figures += 1
    name = f"f{page.figures}"
    try:
        picture = clean(svg, name)
    except ValueError:
        return [_figure('<p class="fault">此图无法显示。</p>', "", page)]
    page.drawn += 1
    return [_figure(picture.html, picture.title, page)]


def _pixels(kind: str, data: str, text: str, page: Page) -> list[str]:
    page.figures += 1
    if not _BASE64.fullmatch(data):
        return [_figure('<p class="fault">此图无法显示。</p>', "", page)]
    page.drawn += 1
    alternative = "" if SILENT.match(text) else text
    address = f"data:{kind};base64,{''.join(data.split())}"
    return [_figure(f'<img alt="{escape(alternative or "图")}" src="{address}">', alternative, page)]


def _interactive(figure: Mapping[str, Any], page: Page) -> list[str]:
    """A plotly figure: drawn again where it can be, and its data as a table in any case."""
    page.figures += 1
    page.interactive += 1
    title = plotted.title_of(figure).replace("\n", "")
    table = _rows(plotted.data_table(figure))
    picture: Picture | None = None
    try:
        svg = redrawn.drawing(figure)
        if svg is not None:
            picture = clean(svg, f"f{page.figures}", title, plotted.description_of(figure).replace("\n", "；"))
    except (ValueError, TypeError, KeyError, IndexError):
        picture = None  # a figure of a make that is not known here: its table tells all of it
    if picture is None:
        inner = f'<p class="note">此图原为交互图，本页以数据表列出。</p><div class="wide">{table}</div>'
        return [_figure(inner, title, page)]
    page.drawn += 1
    inner = f'{picture.html}<details><summary>图中数据</summary><div class="wide">{table}</div></details>'
    return [_figure(inner, title, page)]


def _figure(inner: str, title: str, page: Page) -> str:
    """A numbered figure, named after its section where it has no title of its own."""
    named = escape(title) or _section(page)
    return f"<figure>{inner}<figcaption>图 {page.figures}　{named}</figcaption></figure>\n"


def _table(table: Table, page: Page) -> str:
    """A numbered table, named after the section it stands in; one without rows says so."""
    if not table.body:
        return '<p class="note">没有可列的数字。</p>\n'
    page.tables += 1
    caption = f"表 {page.tables}　{_section(page)}"
    label = f'tabindex="0" role="region" aria-label="{caption}"'
    return f'<div class="wide" {label}>{_rows(table, caption)}</div>\n'


def _section(page: Page) -> str:
    """The heading that stands above, as HTML without tags."""
    return re.sub(r"<[^>]*>", "", page.contents[-1][2]) if page.contents else escape(page.title)


def _rows(table: Table, caption: str = "") -> str:
    """The table as HTML; ``caption`` is HTML."""
    right = table.figures()
    head = "".join(_row(row, "col", right) for row in table.head)
    body = "".join(_row(row, "row", right) for row in table.body)
    head = f"<thead>{head}</thead>" if head else ""
    titled = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{titled}{head}<tbody>{body}</tbody></table>"


def _row(row: Sequence[Cell], scope: str, right: set[int]) -> str:
    made = ""
    for at, cell in enumerate(row):
        inner = escape(cell.text).replace("\n", "<br>")
        inner = f'<a href="#{cell.link}">{inner}</a>' if cell.link else inner
        looks = f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (cell.rows > 1)
        looks += ' class="num"' * (at in right)
        if cell.head and cell.text:
            made += f'<th scope="{scope}{"group" * (cell.columns > 1 and scope == "col")}"{looks}>{inner}</th>'
        else:
            made += f"<td{looks}>{inner}</td>"
    return f"<tr>{made}</tr>"


def finish(template: str, **facts: Any) -> str:
    """A whole page from a template of this room: its policy, its style, and the font cut to its characters.

    Equal facts give equal bytes: no date, no random name, no path.
    """
    style = _file("page.css").replace("FONTS", typeface.STACK)
    drawn = _environment().get_template(template).render(style="", font="", policy="", **facts)
    drawn = visible(drawn)
    font = typeface.face(drawn + style + "图中数据")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hash(font)} {_hash(style)}",
            "font-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    page = _environment().get_template(template).render(style=style, font=font, policy=policy, **facts)
    return visible(page)


def _hash(style: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(style.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _environment() -> Any:
    from jinja2 import DictLoader, Environment, StrictUndefined

    names = ("base.html.j2", "page.html.j2", "index.html.j2")
    return Environment(
        loader=DictLoader({name: _file(name) for name in names}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _file(name: str) -> str:
    return (files("dangjian.briefings") / "templates" / name).read_text("utf-8")
