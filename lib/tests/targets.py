"""What any bytes at all may be fed to: each target keeps a promise of the project or raises.

``test_found.py`` runs every input that fuzzing found through its target; ``scripts/fuzz.py`` finds them.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from math import isfinite

import hostile

from dangjian.indicators import extract
from dangjian.metrics import dumps_jsonl
from dangjian.metrics.lines import read_lines
from dangjian.quantities.quantity import Scan
from dangjian.quantities.scan import scan
from dangjian.reports import Report
from dangjian.reports.decoding import decode
from dangjian.reports.formats import Reading, Unreadable
from dangjian.reports.formats.docx import read_docx
from dangjian.reports.formats.html import read_html
from dangjian.reports.formats.pdf import read_pdf
from dangjian.reports.limits import Limits

LIMITS = replace(Limits(), scan_pages=0)  # recognising characters is another's code, and slow
MASKS = ("auto", "digits", "unknown")
BORDER = b"<!-- next part -->"
"""Between the parts of a .docx in one input: body, numbering, styles, footnotes."""
MODALITIES = {"exact", "about", "nearly", "more", "at_least", "at_most"}


def sound(text: str, found: Scan) -> None:
    """Assert all that holds of any scan of any text."""
    end = 0
    for quantity in found.quantities:
        assert end <= quantity.start < quantity.end <= len(text)  # in order, none overlapping
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start <= quantity.number.start < quantity.number.end <= quantity.end
        lower, upper = quantity.bounds
        assert isfinite(lower) and lower >= 0
        assert upper is None or (isfinite(upper) and lower <= upper)
        assert quantity.modality in MODALITIES
        assert quantity.change in {None, "increase", "decrease"}
        end = quantity.end
    for left in (*found.left_out, *found.unread):
        assert 0 <= left.start < left.end <= len(text) and left.rule


def decoding(data: bytes) -> None:
    """Bytes are a text or refused; a text that is read is read alike when it is written as UTF-8."""
    try:
        text, encoding = decode(data)
    except ValueError as fault:
        assert str(fault) and "\n" not in str(fault)
        return
    assert text.strip()
    text.encode(encoding)


def scanning(data: bytes) -> None:
    """Any text is scanned, however its masks read."""
    text = data.decode("utf-8", "replace")
    for mask in MASKS:
        sound(text, scan(text, year=2022, mask=mask))


def extracting(data: bytes) -> None:
    """Any text gives records, each one line that reads back as it was."""
    report = Report.from_text(data.decode("utf-8", "replace"), report_id="found")
    found = extract(report).observations
    lines = list(dumps_jsonl(found, (report,)))
    for seen, line in zip(found, lines, strict=True):
        assert report.text[seen.start : seen.end] == seen.text
        assert seen.label and seen.theme
        assert line.endswith("\n") and len(line.splitlines()) == 1
    assert read_lines("".join(lines), "found") == [json.loads(line) for line in lines]


def html(data: bytes) -> None:
    """A page is read or refused."""
    _read(lambda: read_html(data, LIMITS))


def docx(data: bytes) -> None:
    """A Word document whose XML parts hold these bytes is read or refused."""
    _read(lambda: read_docx(_container(*data.split(BORDER)[:4]), LIMITS))


def _container(body: bytes, *others: bytes) -> bytes:
    """A .docx of these parts: its body, and its numbering, styles and footnotes where they are given."""
    names = ("numbering", "styles", "footnotes")[: len(others)]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{name}+xml"/>' for name in names)
    links = "".join(
        f'<Relationship Id="n{name}" Type="{hostile.OFFICE}/{name}" Target="{name}.xml"/>' for name in names
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": hostile.TYPES.replace("</Types>", f"{types}</Types>"),
        "_rels/.rels": hostile.LINKS,
        "word/document.xml": body,
        "word/_rels/document.xml.rels": hostile.LINKS.split("<Relationship ")[0] + links + "</Relationships>",
    }
    parts |= {f"word/{name}.xml": content for name, content in zip(names, others, strict=True)}
    return hostile.packed(parts, zipfile.ZIP_STORED)


def pdf(data: bytes) -> None:
    """A PDF is read or refused."""
    _read(lambda: read_pdf(data, LIMITS))


def _read(reading: Callable[[], Reading]) -> None:
    try:
        found = reading()
    except Unreadable as fault:
        assert str(fault) and "\n" not in str(fault)
        return
    assert found.text.strip()
    starts = [mark.start for mark in found.marks]
    assert starts == sorted(set(starts)) and starts[0] >= 0 and starts[-1] < len(found.text)
    assert Reading.from_json(json.loads(json.dumps(found.as_json()))) == found


TARGETS: dict[str, Callable[[bytes], None]] = {
    "decode": decoding,
    "scan": scanning,
    "extract": extracting,
    "html": html,
    "docx": docx,
    "pdf": pdf,
}
