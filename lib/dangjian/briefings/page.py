"""One executed notebook as the parts of a page, in order: prose, charts, tables, and the proofs of their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dangjian.briefings import plotted
from dangjian.briefings.archive import Archive
from dangjian.briefings.looks import Looks
from dangjian.briefings.messages import Messages, messages
from dangjian.briefings.proofs import Proofs
from dangjian.briefings.quoted import prove
from dangjian.briefings.shown import Shown
from dangjian.briefings.tables import Table, find_tables
from dangjian.wording import MIME

PLOTLY = "application/vnd.plotly.v1+json"
KINDS = (PLOTLY, "image/svg+xml", "image/png", "image/jpeg", "text/html", "text/markdown", "text/plain")
"""The forms of an output, the one that tells most first."""
HIDDEN = {"injected-parameters", "parameters", "hide"}
SILENT = re.compile(r"^<.* at 0x[0-9a-f]+>$|^<(Figure|Axes)\b.*>$|^Figure\(\{|^None$")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")


@dataclass
class Prose:
    """Markdown: of the notebook's author, or computed."""

    text: str
    computed: bool = False


@dataclass
class Plain:
    """Text as it was printed, or what went wrong."""

    text: str
    fault: bool = False


@dataclass
class Chart:
    """A chart: a plotly figure, or a picture as ``kind`` says, and the figures behind it where they are known."""

    number: int
    kind: str
    content: Any
    section: str
    shown: Shown | None = None
    alternative: str = ""

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"f{self.number}"


@dataclass
class Listing:
    """A table, and the figures behind it where they are known."""

    number: int
    table: Table
    section: str
    shown: Shown | None = None


@dataclass
class Pointer:
    """Where the notebook lists its evidence: the page has it in its appendix."""


Item = Prose | Plain | Chart | Listing | Pointer


@dataclass
class Page:
    """What a page shows, in order, with the section (a level-2 heading's place) that each item stands in.

    Attributes:
        drawn: how many charts came out as drawings; counted while the page is written.
        live: plotly figures by the number of their chart.
    """

    say: Messages
    proofs: Proofs
    title: str = ""
    items: list[tuple[int, Item]] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    looks: Looks = field(default_factory=Looks)
    figures: int = 0
    tables: int = 0
    drawn: int = 0
    live: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    section: str = ""
    sections: int = 0

    @property
    def charts(self) -> list[Chart]:
        """The charts, in order."""
        return [item for _, item in self.items if isinstance(item, Chart)]

    @property
    def listings(self) -> list[Listing]:
        """The tables, in order."""
        return [item for _, item in self.items if isinstance(item, Listing)]

    def shown(self, section: int | None = None) -> list[Shown]:
        """The figures behind the charts and tables of a section, or of the page."""
        parts = [item for at, item in self.items if section in (None, at) and isinstance(item, Chart | Listing)]
        return [part.shown for part in parts if part.shown is not None]

    def add(self, item: Item) -> None:
        """Put an item at the end."""
        self.items.append((self.sections, item))


def read_page(notebook: Any, fallback: str, archive: Archive | None = None, language: str = "zh") -> Page:
    """The parts of a page, from an executed notebook.

    Args:
        notebook: as nbformat reads it.
        fallback: the title where the notebook has none.
        archive: the texts and records that prove its numbers.
        language: of what the page says itself.
    """
    page = Page(messages(language), Proofs(archive or Archive()))
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if cell.cell_type == "markdown":
            _prose(cell.source, page)
        elif cell.cell_type == "code":
            if cell.source.strip() and not tags & HIDDEN:
                page.code.append(cell.source)
            for output in [] if "hide" in tags else cell.outputs:
                _output(output, page)
    page.title = page.title or fallback
    return page


def _prose(source: str, page: Page, computed: bool = False) -> None:
    """Prose, the notebook's title taken out, which the page shows by itself; headings begin sections."""
    lines: list[str] = []
    fenced = False
    for line in source.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        heading = None if fenced else _HEADING.match(line)
        if heading and not computed and not page.title and line.startswith("# "):
            page.title = heading.group(1)
            continue
        if heading:
            if line.startswith("## "):
                _close(lines, page, computed)
                page.sections += 1
            page.section = re.sub(r"[*_`]", "", heading.group(1))
        lines.append(line)
    _close(lines, page, computed)


def _close(lines: list[str], page: Page, computed: bool) -> None:
    text = "\n".join(lines).strip("\n")
    lines.clear()
    if text.strip():
        page.add(Prose(text, computed))


def _output(output: Any, page: Page) -> None:
    """One output of a cell; standard error is never shown."""
    if output.output_type == "stream":
        text = output.text.strip("\n")
        if output.name == "stdout" and text:
            page.add(Plain(text))
        return
    if output.output_type == "error":
        page.add(Plain(f"{output.ename}: {output.evalue}", fault=True))
        return
    data = output.get("data", {})
    kind = next((kind for kind in KINDS if kind in data), None)
    if kind is None:
        return
    if kind == PLOTLY:
        layout = data[kind].get("layout") or {}
        meta = layout.get("meta")
        carried = meta.get("carried") if isinstance(meta, Mapping) else None
        _chart(kind, data[kind], carried, plotted.title_of(data[kind]).replace("\n", ""), page)
        return
    said = "".join(data[kind])
    if kind.startswith("image/"):
        text = "".join(data.get("text/plain", ""))
        _chart(kind, said, data.get(MIME), "" if SILENT.match(text) else text, page)
        return
    if kind == "text/markdown":
        _prose(said, page, computed=True)
        return
    if kind == "text/html":
        tables = find_tables(said)
        for table in tables:
            _table(table, data.get(MIME) if len(tables) == 1 else None, page)
        if tables:
            return
        said = "".join(data.get("text/plain", ""))
    said = said.strip()
    if said and not SILENT.match(said):
        page.add(Plain(said))


def _chart(kind: str, content: Any, carried: Any, alternative: str, page: Page) -> None:
    page.figures += 1
    shown = _shown(carried, page.say("figure", number=page.figures), page)
    chart = Chart(page.figures, kind, content, page.section or page.title, shown, alternative)
    if kind == PLOTLY:
        page.live[page.figures] = content
    page.add(chart)


def _table(table: Table, carried: Any, page: Page) -> None:
    place = page.say("table", number=page.tables + 1)
    if isinstance(carried, Mapping) and carried.get("form") == "evidence":
        shown = _shown(carried, "", page)
        if shown and all(shown.links):  # the appendix says all that the table does
            page.add(Pointer())
            return
    shown = _shown(carried, place, page)
    if shown and shown.form == "table" and shown.rows:
        table = shown.matrix()
    elif table.body:
        table = prove(table, page.proofs, place)
        shown = None
    page.tables += bool(table.body)
    page.add(Listing(page.tables, table, page.section or page.title, shown))


def _shown(carried: Any, place: str, page: Page) -> Shown | None:
    if not isinstance(carried, Mapping):
        return None
    try:
        return Shown(carried, page.proofs, place, page.say)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # a notebook of another version: what it shows can still be read
