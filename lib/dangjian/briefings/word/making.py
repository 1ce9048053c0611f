"""An executed notebook and its page to a Word document: prose, charts, tables, and every number with its sentence."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from dangjian.briefings import keyfigures
from dangjian.briefings.evidence import SENTENCE, Mark, Passage
from dangjian.briefings.keyfigures import Keys
from dangjian.briefings.outputs import PLOTLY
from dangjian.briefings.page import HIDDEN, Page
from dangjian.briefings.tables import Table, find_tables
from dangjian.briefings.visible import visible
from dangjian.briefings.word.charted import Picture, picture
from dangjian.briefings.word.official import TYPE_AREA, counter, sheet
from dangjian.briefings.word.prose import Block, Piece, blocks
from dangjian.wording import MIME

STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file, so that the same input gives the same bytes."""
_SOURCE = re.compile("^(?:资料来源：|Source: ?)")


def document(
    notebook: Any, page: Page, facts: Mapping[str, Any], conflicting: Sequence[str] = (), most_unread: int = 40
) -> bytes:
    """The briefing of a notebook as a .docx file.

    Args:
        notebook: executed, as nbformat reads it.
        page: its page, every block of it made.
        facts: of the run, as ``run.json`` has them.
        conflicting: the conflicts that the page tells, as `doubts.of_page` gives them.
        most_unread: so many unread numbers are listed, as on the page.
    """
    paper = _Paper(page)
    paper.opening(facts)
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if cell.cell_type == "markdown":
            paper.prose(cell.source)
        elif cell.cell_type == "code" and not tags & HIDDEN:
            for output in cell.outputs:
                paper.output(output)
    paper.doubts(facts["unread"], conflicting, most_unread)
    paper.closing()
    return _same_bytes(paper.made)


class _Paper:
    """A document in the making: counts its headings, figures and tables as the page does."""

    def __init__(self, page: Page) -> None:
        self.page, self.say = page, page.say
        self.made = sheet(visible(page.title), page.say.tag)
        self.headings = [0, 0, 0]
        self.figures = self.tables = 0
        self.section = page.title
        self.titled = False

    def opening(self, facts: Mapping[str, Any]) -> None:
        """Title, what was read, and the claims of the charts."""
        self.made.add_paragraph(visible(self.page.title), style="Title")
        self.text(self.say("head.read", **facts["counts"]))
        invented = sum(bool(report["invented"]) for report in facts["reports"])
        if invented:
            whole = invented == facts["counts"]["reports"]
            self.text(self.say("head.all_invented") if whole else self.say("head.some_invented", count=invented))
        claims, keys = keyfigures.claims(self.page), keyfigures.key_figures(self.page)
        if claims or keys:
            self.heading(self.say("key.title"), 1)
        self.keys(keys)
        for chart in claims:
            end = "" if chart.claim.endswith(("。", ".")) else self.say("stop")
            where = self.say("bracket", text=self.say("key.figure", number=chart.number))
            self.text(f"{chart.claim}{where}{end}", "List Bullet")

    def keys(self, keys: Sequence[Keys]) -> None:
        """The main figures as a table: what each is, its bounds in words, and where and when."""
        if not keys:
            return
        rows = []
        for key in keys:
            more = self.say("key.more", count=key.more, figure=key.chart) if key.more else ""
            shown = [(figure.words, figure.of) for figure in key.figures] + [(more, "")] * bool(more)
            rows += [[key.title if at == 0 else "", *told] for at, told in enumerate(shown)]
        grid = self.made.add_table(0, 3, style="Table Grid")
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, True
        for row in rows:
            for at, (cell, told) in enumerate(zip(grid.add_row().cells, row, strict=True)):
                line = cell.paragraphs[0]
                line.style = "Cell"
                line.add_run(visible(told)).bold = (at == 1) or None
        self.made.add_paragraph(style="Cell")

    def doubts(self, unread: Sequence[Mapping[str, Any]], conflicting: Sequence[str], most: int) -> None:
        """Statements that cannot both be true, and numbers that were seen and not read, as the page tells them."""
        say = self.say
        self.heading(say("doubts.title"), 1)
        if conflicting:
            self.text(say("doubts.conflicts", count=len(conflicting)))
        else:
            self.text(say("doubts.no_conflicts"))
        for line in conflicting:
            self.text(unescape(re.sub(r"<[^>]*>", "", line)), "List Bullet")
        if not unread:
            self.text(say("doubts.no_unread"))
        elif len(unread) > most:
            self.text(say("doubts.unread_first", count=len(unread), shown=most))
        else:
            self.text(say("doubts.unread", count=len(unread)))
        for place in unread[:most]:
            where = say("doubts.place", report=place["report_id"], start=place["start"], end=place["end"])
            self.text(f"{where}{place['text']}{say('bracket', text=place['rule'])}", "List Bullet")

    def text(self, words: str, style: str = "Normal") -> None:
        """A paragraph of plain text."""
        self.pieces((Piece(visible(words)),), style)

    def pieces(self, pieces: tuple[Piece, ...], style: str = "Normal") -> None:
        """A paragraph of pieces."""
        line = self.made.add_paragraph(style=style)
        for piece in pieces:
            line.add_run(piece.text).bold = piece.bold or None

    def heading(self, words: str, level: int) -> None:
        """A numbered heading."""
        level = min(level, 3)
        self.headings[level - 1] += 1
        self.headings[level:] = [0] * (3 - level)
        number = counter(level, self.headings[level - 1]) if self.say.code == "zh" else f"{self.headings[level - 1]}. "
        self.made.add_heading(f"{number}{visible(words)}", level)

    def prose(self, source: str) -> None:
        """A cell of prose; the notebook's title stands above already."""
        for block in blocks(source):
            if block.level == 1 and not self.titled:
                self.titled = True
            elif block.level > 0:
                self.section = block.text
                self.heading(block.text, max(1, block.level - 1))
            else:
                self.pieces(block.pieces, "List Bullet" if block.level < 0 else "Normal")

    def output(self, output: Any) -> None:
        """What a cell shows: charts, tables, computed sentences."""
        if output.output_type == "error":
            self.text(f"{output.ename}: {output.evalue}")
        data = output.get("data", {})
        if PLOTLY in data or "image/svg+xml" in data or "image/png" in data:
            self.chart(data)
        elif "text/markdown" in data:
            for block in blocks("".join(data["text/markdown"])):
                self.pieces(_plain(block), "List Bullet" if block.level < 0 else "Normal")
        elif "text/html" in data:
            carried = data.get(MIME)
            whole = isinstance(carried, Mapping) and carried.get("form") == "evidence"
            for table in [] if whole else find_tables("".join(data["text/html"])):
                self.table(_without_sentences(table))

    def chart(self, data: Mapping[str, Any]) -> None:
        """A chart from what it carries, with its claim above and its caption below."""
        self.figures += 1
        meta = (data[PLOTLY].get("layout") or {}).get("meta") if PLOTLY in data else None
        carried = meta.get("carried") if isinstance(meta, Mapping) else data.get(MIME)
        drawn: Picture | None = None
        if isinstance(carried, Mapping):
            try:
                drawn = picture(carried)
            except (KeyError, TypeError, ValueError):
                drawn = None  # of another make
        if drawn is None:
            self.text(self.say("figure.broken"))
        else:
            shown = self.made.add_paragraph(style="Caption").add_run().add_picture(io.BytesIO(drawn.png), Mm(TYPE_AREA))
            told = shown._inline.docPr
            told.set("title", visible(drawn.claim))
            told.set("descr", visible(f"{drawn.claim}\n{drawn.words}"))
        caption = self.say("figure.caption", number=self.figures, what=self.section.rstrip("。？！?!."))
        source = _SOURCE.sub("", drawn.source) if drawn else ""
        self.text(caption + (self.say("figure.source", source=source) if source else ""), "Caption")

    def table(self, table: Table) -> None:
        """A table with its caption above; one without rows says so."""
        if not table.body:
            self.text(self.say("table.none"))
            return
        self.tables += 1
        self.text(self.say("table.caption", number=self.tables, what=self.section), "Caption")
        width = max(sum(cell.columns for cell in row) for row in [*table.head, *table.body])
        grid = self.made.add_table(0, width, style="Table Grid")
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, True
        for at, row in enumerate([*table.head, *table.body]):
            cells = grid.add_row().cells
            place = 0
            for cell in row:
                line = cells[place].paragraphs[0]
                line.style = "Cell"
                line.add_run(visible(cell.text)).bold = cell.head or None
                place = min(place + cell.columns, width - 1)
            if at < len(table.head):
                _repeated(grid.rows[at])
        self.made.add_paragraph(style="Cell")

    def closing(self) -> None:
        """How it was read, and every number in its sentence."""
        self.heading(self.say("method.title"), 1)
        for key in ("bounds", "masks", "overlap", "plans"):
            self.text(self.say(f"method.{key}"), "List Bullet")
        quotations = self.page.quotations
        if not quotations.count:
            return
        self.heading(self.say("appendix.title"), 1)
        for report_id, passages in quotations.by_report():
            report = quotations.reports.get(report_id)
            self.heading(report.title if report is not None and report.title else report_id, 2)
            for passage in (each for each in passages if any(map(_of_number, each.marks))):
                self.pieces(tuple(_quoted(passage, self.say)), "Cell")


def _plain(block: Block) -> tuple[Piece, ...]:
    """A computed sentence: it may quote a report, so nothing in it is set apart."""
    return (Piece(block.text),)


def _quoted(passage: Passage, say: Any) -> Iterator[Piece]:
    """A passage, its numbers bold."""
    if passage.paragraph:
        yield Piece(f"{say('appendix.paragraph', paragraph=passage.paragraph)}　", False)
    for sentence in passage.sentences:
        at = sentence.start
        for mark in sorted(filter(_of_number, sentence.marks), key=lambda mark: mark.start):
            yield Piece(visible(sentence.text[at : mark.start]))
            yield Piece(visible(sentence.text[mark.start : mark.end]), True)
            at = mark.end
        yield Piece(visible(sentence.text[at : sentence.end]))


def _of_number(mark: Mark) -> bool:
    """Whether a mark is of a number: terms are marked for links alone, which a paper has not."""
    return not mark.record.get("term")


def _without_sentences(table: Table) -> Table:
    """A list of numbers without their sentences, which stand in the appendix."""
    at = table.column(*SENTENCE)
    return table if at is None else table.without(at)


def _repeated(row: Any) -> None:
    """Let the head of a table stand on each of its pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    row._tr.trPr.find(qn("w:tblHeader")).set(qn("w:val"), "true")


def _same_bytes(made: Any) -> bytes:
    """The file without the times at which its parts were written."""
    first, out = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for part in read.infolist():
            info = zipfile.ZipInfo(part.filename, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, read.read(part))
    return out.getvalue()
