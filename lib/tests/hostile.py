"""Files that damage, chance or malice made: each with the words that its one line must hold.

Run by hand it writes them into a folder: ``python hostile.py FOLDER``.
"""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import renderings

REPORT = "衡川区2021年工作报告\n\n全年发展党员12名，整改率95%。\n"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(body: str | bytes, before: str = "", level: int = zipfile.ZIP_DEFLATED, numbering: str = "") -> bytes:
    """A Word document with this body, and these lists where there are any."""
    body = body.encode() if isinstance(body, str) else body
    lists = {
        "word/_rels/document.xml.rels": LINKS.replace(
            'officeDocument" Target="word/document', 'numbering" Target="numbering'
        ),
        "word/numbering.xml": f'<w:numbering xmlns:w="{renderings.W}">{numbering}</w:numbering>',
    }
    head = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{renderings.W}"><w:body>'.encode()
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": LINKS,
            "word/document.xml": head + body + b"</w:body></w:document>",
            **(lists if numbering else {}),
        },
        level,
    )


def packed(parts: dict[str, str | bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip container of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", level) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return stream.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def workbook(cells: str, level: int = zipfile.ZIP_DEFLATED, styles: str = "", before: str = "") -> bytes:
    """A workbook of one sheet, 整改, with these rows."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    link = '<Relationship Id="{0}" Type="' + OFFICE + '/{1}" Target="{2}"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.split("<Override")[0]
        + f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": LINKS.replace("word/document.xml", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="整改" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": LINKS.split("<Relationship ")[0]
        + link.format("r1", "worksheet", "worksheets/sheet1.xml")
        + link.format("r2", "styles", "styles.xml")
        + "</Relationships>",
        "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}>{before}<sheetData>{cells}</sheetData></worksheet>",
    }
    return packed(parts, level)


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + table + end


def pdf_page(stream: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page with this content stream."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter %s >>\nstream\n" % (len(stream), filters) + stream + b"\nendstream",
    )


def encrypted_pdf(password: str) -> bytes:
    """A PDF that opens with a password; "" is one that readers open by themselves."""
    import fpdf

    made = fpdf.FPDF(unit="pt", format="A4")
    made.set_encryption("owner", password, permissions=fpdf.enums.AccessPermission.none())
    made.add_font("song", "", str(renderings.FONT))
    made.set_font("song", size=14)
    made.add_page()
    for at, line in enumerate(REPORT.split("\n")):
        made.text(72, 90 + 24 * at, line)
    return bytes(made.output())


def entities() -> bytes:
    """A .docx with entities that grow a thousand million fold."""
    declared = '<!ENTITY a0 "ha">'
    declared += "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
    return docx(paragraph("&a9;"), f"<!DOCTYPE x [{declared}]>")


def outside(path: str) -> bytes:
    """A .docx that asks for another file's text."""
    return docx(paragraph("&x;"), f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{path}">]>')


def bomb(size: int) -> bytes:
    """A deflated stream of this many blanks."""
    packer = zlib.compressobj(9)
    block = b" " * 1_000_000
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def half(data: bytes) -> bytes:
    """A file of which the second half never came."""
    return data[: len(data) // 2]


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CELLS = "<c><v>1</v></c>" * 1_000

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (lambda: docx(b" " * 80_000_000), "unpacks to more than"),
    "entities.docx": (entities, "DOCTYPE"),
    "neighbour.docx": (lambda: outside("/etc/passwd"), "DOCTYPE"),
    "deep.docx": (lambda: docx("<w:p>" * 3_000 + "</w:p>" * 3_000), "nests deeper"),
    "nodes.docx": (lambda: docx(b"<w:p/>" * 2_100_000, level=zipfile.ZIP_STORED), "XML elements"),
    "half.docx": (lambda: half(docx(paragraph(REPORT))), "damaged"),
    "not xml.docx": (lambda: docx("<w:p><w:r>"), "damaged"),
    "no words.docx": (lambda: docx("<w:p/>"), "no text"),
    "pdf named.docx": (lambda: pdf_page(bomb(1_000_000)), "PDF"),
    "picture named.docx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(900), "picture"),
    "zip named.docx": (lambda: workbook("<row r='1'/>"), "no Word document"),
    "encrypted.docx": (lambda: OLD_OFFICE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "million cells.xlsx": (lambda: workbook(f"<row>{CELLS}</row>" * 1_100, zipfile.ZIP_STORED), "XML elements"),
    "far corner.xlsx": (lambda: workbook("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "cells"),
    "no sheet.xlsx": (lambda: docx(paragraph(REPORT)), "no workbook"),
    "text named.xlsx": (lambda: REPORT.encode(), "named .xlsx"),
    "encrypted.pdf": (lambda: encrypted_pdf("secret"), "encrypted"),
    "half.pdf": (lambda: half(renderings.as_pdf(REPORT)), "damaged"),
    "blank.pdf": (lambda: pdf_page(zlib.compress(b" ")), "empty"),
    "bomb.pdf": (lambda: pdf_page(zlib.compress(bomb(300_000_000), 9), b"[/FlateDecode /FlateDecode]"), "unpacks"),
    "loop.pdf": (
        lambda: pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "damaged",
    ),
    "no pages.pdf": (lambda: b"%PDF-1.7\n%%EOF", "damaged"),
    "word named.pdf": (lambda: docx(paragraph(REPORT)), "ZIP container"),
    "deep.html": (lambda: b"<p>" + b"<b><div>" * 100_000 + REPORT.encode(), "nests deeper"),
    "tags.html": (lambda: b"<br>" * 2_100_000, "tags"),
    "no text.html": (lambda: "<html><script>var n='发展党员12名'</script></html>".encode(), "no text"),
    "pdf named.html": (lambda: b"%PDF-1.7 \n", "PDF"),
    "binary.html": (lambda: bytes(range(256)) * 100, "binary"),
    "archive.html": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive"),
    "nul.txt": (lambda: REPORT.encode() + b"\x00" * 100, "binary"),
    "word named.txt": (lambda: docx(paragraph(REPORT)), "ZIP container"),
    "empty.docx": (lambda: b"", "empty"),
    "zeros.pdf": (lambda: bytes(4096), "empty"),
    "other.rtf": (lambda: rb"{\rtf1}", ".rtf"),
}
"""Each is skipped with a line that holds these words."""


def write_all(folder: Path) -> None:
    """Write every hostile file."""
    for name, (make, _) in FILES.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
