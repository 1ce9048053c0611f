"""One report in every format, made with what offices make reports with: the tests read each and compare."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FONT = Path(__file__).resolve().parents[1] / "dangjian" / "charts" / "fonts" / "NotoSansSC-subset.ttf"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SECOND = re.compile(r"（[一二三四五六七八九十]{1,3}）")


def as_docx(text: str, footnote: str = "据内部台账，另有77名未计入。") -> bytes:
    """A Word document: headings numbered by Word, a tracked insertion and deletion, hidden text, a footnote."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.clear()
    for element in parse_xml(_NUMBERING):
        numbering.append(element)
    document.sections[0].header.paragraphs[0].text = "内部资料 共99页"
    document.sections[0].footer.paragraphs[0].text = "第88页"
    for line, rows in blocks(text):
        if rows:
            _word_table(document, rows)
            continue
        paragraph = document.add_paragraph()
        for level, marker in ((0, _FIRST), (1, _SECOND)):
            found = marker.match(line)
            if found:
                line = line[found.end() :]
                properties = paragraph._p.get_or_add_pPr()
                properties.append(
                    parse_xml(f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')
                )
        _runs(paragraph._p, line, parse_xml)
    notes = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="1">'
        f"<w:p><w:r><w:t>{footnote}</w:t></w:r></w:p></w:footnote></w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(notes, KIND.FOOTNOTES)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def blocks(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The lines of a text, those that tabs divide gathered as the rows of tables."""
    rows: list[list[str]] = []
    for line in [*text.rstrip("\n").split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            yield "", rows
            rows = []
        yield line, []


def _word_table(document: Any, rows: list[list[str]]) -> None:
    """A table whose last row says a remark over all its columns, in one merged cell."""
    table = document.add_table(len(rows) + 1, len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=False):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    last = table.rows[-1].cells
    last[0].merge(last[-1]).text = "注：口径同上年。"


def _runs(paragraph: Any, line: str, parse: Any) -> None:
    """A line in runs: its first number an insertion that replaced another, hidden text and a footnote after it."""
    number = re.search(r"\d+", line)
    pieces = [("", line)] if number is None else [
        ("", line[: number.start()]),
        ("del", "666"),
        ("ins", number.group()),
        ("hidden", "555"),
        ("note", ""),
        ("box", "444名"),
        ("", line[number.end() :]),
    ]  # fmt: skip
    for kind, piece in pieces:
        run = {
            "del": '<w:del w:id="1" w:author="a"><w:r><w:delText>%s</w:delText></w:r></w:del>',
            "ins": '<w:ins w:id="2" w:author="a"><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:ins>',
            "hidden": '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>',
            "note": '<w:r><w:footnoteReference w:id="1"/></w:r>%s',
            "box": "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
            "": '<w:r><w:t xml:space="preserve">%s</w:t></w:r>',
        }[kind]
        wrapped = parse(f'<w:body xmlns:w="{W}">{run % piece.replace("&", "&amp;").replace("<", "&lt;")}</w:body>')
        for element in list(wrapped):
            paragraph.append(element)


_NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"""


def as_html(text: str, encoding: str = "gb18030", label: str = "gb2312") -> bytes:
    """A saved page of a government's site: menus, scripts, visits counted in its footer, a label that says less."""
    (title, _), *pieces = [(line, rows) for line, rows in blocks(text) if line.strip() or rows]
    body = "\n".join(_html_table(rows) if rows else f"<p>　　{line}</p>" for line, rows in pieces)
    return f"""<!DOCTYPE html><html><head><meta charset="{label}"><title>{title}_某区人民政府</title>
<script>var visits = "访问12345人次";</script><style>.n{{width:301px}}</style></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">党建要闻36条</a></li>
<li><a href="/b">服务事项128个</a></li></ul></div>
<div id="main"><div class="crumbs">首页 &gt; 总结 &gt; 共999篇</div><h1>{title}</h1>
<div class="article">{body}</div></div>
<div class="share">已分享521次</div>
<footer>版权所有，今日访问量3456人次，累计接待来访群众789人。</footer></body></html>""".encode(encoding)


def _html_table(rows: list[list[str]]) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{lines}<tr><td colspan={len(rows[0])}>注：口径同上年。</td></tr></table>"


def as_pdf(text: str, columns: int = 2, size: float = 10.5, head: str = "衡川区总结汇编 2022年印发500册") -> bytes:
    """A typeset PDF: lines broken anywhere, columns, a running head, page numbers."""
    import fpdf

    pdf = fpdf.FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("song", "", str(FONT))
    margin, gap, leading = 60.0, 24.0, size * 1.7
    width = (pdf.w - 2 * margin - gap * (columns - 1)) / columns
    column, y = columns, 0.0
    for index, (line, rows) in enumerate(one for one in blocks(text) if one[0].strip() or one[1]):
        pdf.set_font("song", size=size)
        if rows and column < columns:
            y = _pdf_table(pdf, rows, margin + column * (width + gap), y, width, leading, size)
            continue
        for number, piece in enumerate(_broken(pdf, line if index == 0 else f"　　{line}", width)):
            if column >= columns or y + leading > pdf.h - 80:
                column += 1
                y = 90.0 if column < columns or pdf.page == 0 or column > columns else y
                if column >= columns:
                    _page(pdf, head)
                    column, y = 0, 90.0
                pdf.set_font("song", size=size)
            indent = 2 * size if number == 0 and index else 0.0
            pdf.text(margin + column * (width + gap) + indent, y + size, piece.lstrip("　"))
            y += leading
    return bytes(pdf.output())


def _pdf_table(
    pdf: Any, rows: list[list[str]], left: float, y: float, width: float, leading: float, size: float
) -> float:
    """A ruled table; cells that are too long break into lines."""
    each = width / len(rows[0])
    for row in rows:
        broken = [_broken(pdf, cell, each - 4) for cell in row]
        height = leading * max(map(len, broken))
        for at, lines in enumerate(broken):
            pdf.rect(left + at * each, y, each, height)
            for down, line in enumerate(lines):
                pdf.text(left + at * each + 2, y + size + down * leading, line)
        y += height
    return y + leading


def _page(pdf: Any, head: str) -> None:
    pdf.add_page()
    pdf.set_font("song", size=8)
    pdf.text(60, 48, head)
    pdf.text(pdf.w / 2 - 10, pdf.h - 40, f"— {pdf.page} —")


def _broken(pdf: Any, line: str, width: float) -> list[str]:
    """A paragraph in lines that fill the width, broken inside numbers too."""
    pieces, piece = [], ""
    for sign in line:
        if pdf.get_string_width(piece + sign) > width and sign not in "，。；：、”）":
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def as_scan(text: str, dpi: int = 150) -> bytes:
    """The pages of a PDF in one column as pictures in a PDF."""
    import fpdf
    import pypdfium2

    pdf = fpdf.FPDF(unit="pt", format="A4")
    document = pypdfium2.PdfDocument(as_pdf(text, columns=1, size=14))
    for page in document:
        pdf.add_page()
        pdf.image(page.render(scale=dpi / 72, grayscale=True).to_pil(), 0, 0, pdf.w, pdf.h)
    document.close()
    return bytes(pdf.output())
