"""Gives every hostile file to the command line, alone and held to a limit, and tells what it cost.

    python scripts/hostile.py [WORD]   # only files whose name holds it

These are the tests' files and larger ones: bombs of gigabytes, millions of paragraphs, lines of millions of signs. Each
must be read, or refused with one line, within the limits that `dangjian doctor` prints, the finding of figures
included; then all together, sound ones among them. What passes 5 s or 300 MB is marked, so that it can be looked at.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SECONDS, MEMORY = 25.0, 1_600.0
"""What the worst file may cost: processor time of its processes, MB of the largest of them; the limits of the reader,
and what the command takes around it."""
DEAR_SECONDS, DEAR_MEMORY = 5.0, 300.0
RECORD_SECONDS, RECORD_MEMORY = 60e-6, 0.001
"""A file that does hold figures may cost so much more for each."""
WAIT = 900
"""Seconds after which a call is ended."""
MB = 1_000_000
HOLD = 2_500 * MB
"""Address space that no process may pass, so that a fault ends a process and not the machine."""
_RUN = """
import json, resource, sys
from dangjian.cli import main
status = main(sys.argv[1:])
sys.stdout.flush()
uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
from dangjian.reports.formats import worker
if worker._Worker._one is not None:
    worker._Worker._one.end()
uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([status, sum(use.ru_utime + use.ru_stime for use in uses), max(use.ru_maxrss for use in uses)]),
      file=sys.stderr)
"""


class Told(NamedTuple):
    """What became of a file: exit code, records, processor seconds, wall seconds, MB, what was said."""

    status: int
    records: int
    seconds: float
    waited: float
    memory: float
    said: str


def larger() -> dict[str, Callable[[], bytes]]:
    """Files too large for the tests."""
    hostile: Any = import_module("hostile")
    report = hostile.REPORT

    def pages(count: int) -> bytes:
        kids = b" ".join(b"3 0 R" for _ in range(count))
        tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
        return bytes(hostile.pdf(b"<< /Type /Catalog /Pages 2 0 R >>", tree, b"<< /Type /Page /Parent 2 0 R >>"))

    def nested(levels: int) -> bytes:
        data = hostile.docx(hostile.paragraph(report))
        for _ in range(levels):
            data = hostile.packed({"word/document.xml": data})
        return bytes(data)

    def table(rows: int) -> bytes:
        row = f"<w:tr>{'<w:tc><w:p/></w:tc>' * 1_000}</w:tr>"
        return bytes(hostile.docx(f"<w:tbl>{row * rows}</w:tbl>{hostile.paragraph(report)}", level=zipfile.ZIP_STORED))

    def overlapping() -> bytes:
        """A container whose directory names one block of zeros ten thousand times."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
            container.writestr("word/document.xml", bytes(5 * MB))
            first = container.infolist()[0]
            container.filelist += [first] * 9_000
        return stream.getvalue()

    return {
        "gigabytes.docx": lambda: hostile.docx(b" " * 1_900 * MB),
        "paragraphs.docx": lambda: hostile.docx(b"<w:p/>" * 15_000_000),
        "overlapping.docx": overlapping,
        "in itself.docx": lambda: nested(50),
        "entities squared.docx": lambda: hostile.docx(
            hostile.paragraph("&a;" * 50_000), f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
        ),
        "attributes.docx": lambda: hostile.docx("<w:p " + " ".join(f'a{n}="1"' for n in range(500_000)) + "/>"),
        "one text.docx": lambda: hostile.docx(hostile.paragraph("*" * 5 * MB), level=zipfile.ZIP_STORED),
        "table.docx": lambda: table(1_000),
        "table under the limit.docx": lambda: table(600),
        "paragraphs under the limit.docx": lambda: hostile.docx(
            b"<w:p/>" * 1_900_000 + hostile.paragraph("12").encode(), level=zipfile.ZIP_STORED
        ),
        "tables inside.docx": lambda: hostile.docx("<w:tbl><w:tr><w:tc>" * 450 + "</w:tc></w:tr></w:tbl>" * 450),
        "million cells.xlsx": lambda: hostile.workbook(f"<row>{hostile.CELLS}</row>" * 1_000),
        "gigabytes.pdf": lambda: hostile.pdf_page(
            zlib.compress(hostile.bomb(1_200 * MB), 9), b"[/FlateDecode /FlateDecode]"
        ),
        "pages.pdf": lambda: pages(200_000),
        "operators.pdf": lambda: hostile.pdf_page(zlib.compress(b"q " * 15 * MB)),
        "lines.pdf": lambda: hostile.pdf_page(zlib.compress(b"0 0 m 9 9 l S " * 400_000)),
        "itself.pdf": lambda: hostile.pdf(b"1 0 R"),
        "deep array.pdf": lambda: hostile.pdf_page(zlib.compress(b"[" * 2 * MB)),
        "deep.html": lambda: b"<div>" * 1_000_000 + report.encode(),
        "attributes.html": lambda: b"<p " + b"a=1 " * 5_000_000 + b">" + report.encode(),
        "comments.html": lambda: b"<!--" * 5_000_000 + report.encode(),
        "table.html": lambda: b"<table>" + (b"<tr>" + b"<td>1" * 1_000) * 1_000 + report.encode(),
        "cells.html": lambda: b"<table><tr><td colspan=99999999 rowspan=99999999>1" * 2_000 + report.encode(),
        "58 MB.html": lambda: ("<p>" + report * 3).encode() * 300_000,
        "60 MB.txt": lambda: (report * 12).encode() * 60_000,
        "200 MB.txt": lambda: b"x" * 200 * MB,
        "5 million stars.txt": lambda: b"*" * 5 * MB,
        "5 million digits.txt": lambda: b"1" * 5 * MB,
        "5 million units.txt": lambda: "名".encode() * 5 * MB,
        "5 million brackets.txt": lambda: "（".encode() * 5 * MB,
        "5 million tabs.txt": lambda: b"\t1" * 2_500_000,
        "5 million headings.txt": lambda: "一、\n".encode() * 1_700_000,
        "300,000 figures.txt": lambda: ("发展党员12名，" * 300_000).encode(),
        "half a pair.txt": lambda: report.encode() + b"\xed\xa0\x80",
        "unseen.txt": lambda: ("\u202e\u200b\ufeff\u2066\u2028\x85" * 100_000 + report).encode(),
        "utf-16.txt": lambda: b"\xff\xfe" + report.encode("utf-16-le") + b"\x00",
        "zeros.html": lambda: bytes(10 * MB),
    }


def given(files: list[Path]) -> Told:
    """One call of the command line with these files."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(
                [sys.executable, "-c", _RUN, "extract", "-q", *map(str, files)],
                stdout=out, stderr=subprocess.PIPE, check=False, preexec_fn=_held, timeout=WAIT,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Told(-1, 0, WAIT, WAIT, 0.0, f"did not end in {WAIT} s")
        waited = time.monotonic() - start
        out.seek(0)
        records = sum(1 for _ in out)
    *said, last = done.stderr.decode("utf-8", "replace").rstrip("\n").split("\n")
    try:
        status, seconds, memory = json.loads(last)
    except ValueError:
        return Told(done.returncode, records, waited, waited, 0.0, f"ENDED {last[-300:]}")
    size = 1 if sys.platform == "darwin" else 1_000
    return Told(status, records, seconds, waited, memory * size / MB, "\n".join(said))


def _held() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (HOLD, HOLD))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(2)


def main() -> int:
    """Try each file, then all; 1 where one cost too much, was not told of, or stopped the others."""
    sys.path.insert(0, str(ROOT / "lib/tests"))
    hostile: Any = import_module("hostile")
    makers = larger() | {f"kinds {name}": make for name, (make, _) in hostile.FILES.items()}
    if sys.argv[1:2] == ["--make"]:
        Path(sys.argv[3]).write_bytes(makers[sys.argv[2]]())
        return 0
    word, over = sys.argv[1] if len(sys.argv) > 1 else "", 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sound = [folder / f"sound-{number}.txt" for number in range(3)]
        for number, path in enumerate(sound):
            path.write_text(hostile.REPORT.replace("12", str(40 + number)), encoding="utf-8")
        kept: list[Path] = []
        for name in makers:
            if word not in name:
                continue
            path = folder / name.replace(",", "")
            # Elsewhere: what this process once held would be counted as its children's.
            subprocess.run([sys.executable, __file__, "--make", name, str(path)], check=True)
            told = given([path])
            clear = told.status in (0, 1) and told.said.count("\n") == 0 and bool(told.said) == (told.status == 1)
            right = (
                clear
                and told.seconds <= SECONDS + told.records * RECORD_SECONDS
                and told.memory <= MEMORY + told.records * RECORD_MEMORY
            )
            dear = told.seconds > DEAR_SECONDS or told.memory > DEAR_MEMORY
            over += not right
            line = told.said.removeprefix(f"dangjian: {path}: ") or f"read, {told.records} records"
            verdict = "WORSE " if not right else "dear  " if dear else "      "
            print(f"{verdict}{name[:28]:28} {told.seconds:5.1f} s {told.memory:5.0f} MB  {line[:110]}", flush=True)
            if path.stat().st_size < 20 * MB and told.status == 1:
                kept.append(path)
            else:
                path.unlink()
        told = given([sound[0], *kept, sound[1], sound[2]])
        lines = told.said.split("\n") if told.said else []
        whole = told.records == 6 and len(lines) == len(kept)
        print(f"together: {len(kept) + 3} given, 3 read, {len(lines)} refused, {told.records} records")
    print(f"{over} cost more than {SECONDS:.0f} s or {MEMORY:.0f} MB, or said nothing clear")
    return 1 if over or not whole else 0


if __name__ == "__main__":
    sys.exit(main())
