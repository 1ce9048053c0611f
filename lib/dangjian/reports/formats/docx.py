""".docx: the text as it stands accepted, with its automatic numbers, its tables as tables, its footnotes apart.

python-docx opens the parts; the walk is ours, because it drops inserted text and keeps hidden text, which would give
wrong numbers rather than an error.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from dangjian.reports.formats.container import open_container
from dangjian.reports.formats.contents import Contents
from dangjian.reports.formats.docx_blocks import (
    blocks_of,
    cells_of,
    content_of,
    continues,
    rows_of,
    skipped_by,
    span_of,
)
from dangjian.reports.formats.docx_styles import Style, W, numbering_of, on, read_styles
from dangjian.reports.formats.numbering import Lists, read_lists
from dangjian.reports.formats.reading import Draft, Reading, Unreadable
from dangjian.reports.limits import Limits

KEPT = {
    W + name
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "rubyBase", "ruby")
}
"""What may stand around runs and is read through; what is named in neither list is left out."""
_NARROW = re.compile(r"[\u4e00-\u9fff]{1,4}$")
SIGNS = {W + "tab": " ", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def read_docx(data: bytes, limits: Limits) -> Reading:
    """The text of a Word document.

    Raises:
        Unreadable: encrypted, damaged, another kind of file, past a limit, or without text.
    """
    open_container(data, limits).close()
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND
    from docx.opc.exceptions import OpcError
    from docx.oxml import parse_xml
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(data))
        parts = {
            relation.reltype: parse_xml(relation.target_part.blob)
            for relation in document.part.rels.values()
            if not relation.is_external
            and relation.reltype in (KIND.NUMBERING, KIND.STYLES, KIND.FOOTNOTES, KIND.ENDNOTES)
        }
        body = document.element.body
    except (KeyError, ValueError, AttributeError, OpcError, etree.XMLSyntaxError):
        raise Unreadable(
            "no Word document that can be read; open it in Word or WPS and save it anew as .docx"
        ) from None
    walk = _Walk(read_lists(parts.get(KIND.NUMBERING)), *read_styles(parts.get(KIND.STYLES)))
    walk.blocks(body)
    walk.rest()
    footnotes = [*walk.notes(parts.get(KIND.FOOTNOTES), "footnote"), *walk.notes(parts.get(KIND.ENDNOTES), "endnote")]
    pictures = sum(1 for _ in body.iter(_PICTURE))
    try:
        return walk.draft.finish("docx", footnotes, _unread(body))
    except Unreadable:
        if not pictures:
            raise
        raise Unreadable("its pages are pictures without text; print it to PDF to have them recognised") from None


def _unread(body: Any) -> list[str]:
    """What a reader of the document sees and this one does not."""
    chunks, objects = sum(1 for _ in body.iter(W + "altChunk")), sum(1 for _ in body.iter(_OBJECT))
    told = [f"{chunks} documents inside it were not read; open it in Word and save it anew"] if chunks else []
    return told + ([f"{objects} embedded objects, such as sheets, were not read"] if objects else [])


class _Walk:
    """One walk through a document's body."""

    def __init__(self, lists: Lists, styles: dict[str, Style], default: str) -> None:
        self.lists, self.styles, self.default = lists, styles, default
        self.draft = Draft()
        self.paragraphs = self.tables = 0
        self._contents = Contents()
        self._open = ""  # the text of a paragraph whose end is deleted: it runs on into the next
        self._fields: list[bool] = []  # one entry a field that is open: whether its result has begun

    def blocks(self, parent: Any) -> None:
        """Every paragraph and table of a body, in order."""
        for block in blocks_of(parent):
            if block.tag == W + "p":
                text = self.paragraph(block)
                if text is not None and not self._contents.holds(text):
                    self.paragraphs += bool(text.strip())
                    self.draft.line(text, f"第{self.paragraphs}段")
            else:
                self.rest()
                self.table(block)

    def rest(self) -> None:
        """What is left of a last paragraph whose end is deleted."""
        text, self._open = self._open, ""
        if text.strip():
            self.paragraphs += 1
            self.draft.line(text, f"第{self.paragraphs}段")

    def paragraph(self, element: Any, in_cell: bool = False) -> str | None:
        """What a reader sees of a paragraph, its number included; None where there is no such paragraph any more.

        Args:
            in_cell: whether a number stands for itself, as in a column of 序号.
        """
        properties = element.find(W + "pPr")
        style = self._style_of(properties)
        mark = properties.find(W + "rPr") if properties is not None else None
        text = "".join(self._runs(element, bool(style.hidden)))
        gone = mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)
        if gone or on(mark, "vanish"):  # it runs on into the next: deleted, or a heading that opens its paragraph
            if text.strip() and not self._open.strip() and not gone:
                text = self._number(properties, style) + text
            self._open += text
            return None
        text, self._open = self._open + text, ""
        if style.contents:
            return None
        number = self._number(properties, style)  # it counts though no text follows
        return number + text if text.strip() or in_cell else ""

    def _style_of(self, properties: Any) -> Style:
        named = properties.find(W + "pStyle") if properties is not None else None
        return self.styles.get(named.get(W + "val", "") if named is not None else self.default, Style())

    def _number(self, properties: Any, style: Style) -> str:
        list_id, level = numbering_of(properties)
        if list_id is None:
            list_id = style.number_id
        if list_id is None or list_id == "0":
            return ""
        named = properties.find(W + "pStyle") if properties is not None else None
        by_style = self.lists.styles.get((list_id, named.get(W + "val", ""))) if named is not None else None
        chosen = next((at for at in (level, by_style, style.level) if at is not None), 0)
        return self.lists.mark(list_id, chosen)

    def _runs(self, parent: Any, hidden: bool) -> Iterator[str]:
        for child in parent.iterchildren():
            if child.tag == W + "r":
                yield from self._run(child, hidden)
            elif child.tag in KEPT:
                yield from self._runs(child, hidden)
            elif child.tag == W + "sdt":
                content = content_of(child)
                if content is not None:
                    yield from self._runs(content, hidden)
            elif isinstance(child.tag, str) and child.tag.startswith(_MATH):
                yield from (part.text or "" for part in child.iter(_MATH + "t"))

    def _run(self, run: Any, hidden: bool) -> Iterator[str]:
        properties = run.find(W + "rPr")
        named = properties.find(W + "rStyle") if properties is not None else None
        styled = self.styles.get(named.get(W + "val", ""), Style()).hidden if named is not None else None
        own = on(properties, "vanish")
        unseen = next((said for said in (own, styled) if said is not None), hidden)
        for child in run.iterchildren():
            if child.tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif unseen or not all(self._fields):
                continue
            elif child.tag == W + "t":
                yield child.text or ""
            elif child.tag in SIGNS:
                yield SIGNS[child.tag]
            elif child.tag == W + "br":
                yield "\n"
            elif child.tag == W + "ruby":
                yield from (
                    self._runs(child.find(W + "rubyBase"), hidden) if child.find(W + "rubyBase") is not None else ()
                )

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def table(self, element: Any) -> None:
        """A table as rows of cells; one that only frames its text gives paragraphs."""
        rows = [(row, cells_of(row)) for row in rows_of(element)]
        if max((len(cells) for _, cells in rows), default=0) <= 1:
            for _, cells in rows:
                for cell in cells:
                    self.blocks(cell)
            return
        self.tables += 1
        number = self.tables
        told, within = [], []
        for at, (row, cells) in enumerate(rows, 1):
            texts = [("", "")] * skipped_by(row)
            for cell in cells:
                texts.append((self._cell(cell), f"表{number}第{at}行第{len(texts) + 1}列"))
                texts += [("", "")] * (span_of(cell) - 1)
                within += [block for block in blocks_of(cell) if block.tag == W + "tbl"]
            told.append(texts)
        self.draft.table(told)
        for table in within:
            self.draft.blank()
            self.table(table)

    def _cell(self, cell: Any) -> str:
        """The paragraphs of a cell; a word that was broken by hand to fit a narrow column is one word again."""
        if continues(cell):
            return ""
        text = ""
        for block in blocks_of(cell):
            more = (self.paragraph(block, in_cell=True) or "").strip() if block.tag == W + "p" else ""
            text += " " + more if text and more and not (_NARROW.match(text) and _NARROW.match(more)) else more
        more, self._open = self._open.strip(), ""
        return f"{text} {more}".strip() if more else text

    def notes(self, root: Any, kind: str) -> Iterator[str]:
        """The texts of footnotes or endnotes; Word's own separators are none."""
        for note in root.iterchildren(W + kind) if root is not None else ():
            if note.get(W + "type", "normal") == "normal":
                yield " ".join(filter(None, (self.paragraph(part) for part in note.iter(W + "p"))))
