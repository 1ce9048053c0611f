"""All that is done with a whole text, a whole document or a table of many rows: what is doubled is their length."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any, NamedTuple

from doublings.probes import RUNS
from doublings.tables import table_stages

Act = Callable[[], object]

PIECES = [
    *RUNS, "一、党建\n", "（一）发展党员12名。\n", "党员\t12\n", "12名\n", "“两个维护”", "全年发展党员**名，", "约",
    "全年发展党员12名，对发展的35名女党员培训3期，", "2020年、2021年分别发展党员12名、13名，", "目标12名，", "由5%",
    "比上年增长5%、", "增长5个和6个百分点、", "党员达到达到", "某某", "〇", "二〇", "1○2名", "1万2千", "1/2", "数百",
    "教师党员6名、", "前者12名，后者13名，", "\u200b", "截至", "a1名", "[1]", "①", "——", "1-2名", "百分之一", "1;2",
    "占12%，", "12人\n\n", "其中12名，",
]  # fmt: skip
"""What texts are made of: repeated as one line, and as lines below each other."""
LONG = ("*", "1", "一", "、", "党", "1一", "○、", " ", "\n", "某", "12名，", "“", "（")
"""Those of which the scan reads 5,000,000."""


class Stage(NamedTuple):
    """What is timed, made for a size, and the greatest size that its cost allows."""

    name: str
    made: Callable[[int], Act]
    most: int = 5_000_000
    first: int = 5_000


def stages() -> list[Stage]:
    """Every stage."""
    return [*_reading(), *_parts(), *_tables_in_texts(), *_documents(), *(Stage(*stage) for stage in table_stages())]


def said(piece: str, size: int) -> str:
    """A report of one line below its title."""
    return "岚安县2022年工作总结\n" + (piece * (size // len(piece) + 1))[:size]


def _reading() -> Iterator[Stage]:
    """From a text to its records as lines, and the scan alone."""
    from dangjian.indicators import extract
    from dangjian.metrics import dumps_jsonl
    from dangjian.quantities import scan
    from dangjian.reports import Report

    def whole(text: str) -> Act:
        def act() -> int:
            report = Report.from_text(text, report_id="x")
            return sum(1 for _ in dumps_jsonl(extract(report).observations, (report,)))

        return act

    def line(piece: str, size: int) -> Act:
        return whole(said(piece, size))

    def line_and_lines(piece: str, size: int) -> Act:
        return whole(f"{said(piece, size // 2)}\n" + f"{piece}\n" * (size // 2 // len(piece)))

    def scanned(piece: str, size: int) -> Act:
        text = said(piece, size)
        return lambda: scan(text, year=2022)

    for piece in dict.fromkeys(PIECES):
        yield Stage(f"extract {piece!r}", partial(line, piece), 120_000)
        yield Stage(f"extract {piece!r} in one line, then in many", partial(line_and_lines, piece), 60_000)
    for piece in LONG:
        yield Stage(f"scan {piece!r}", partial(scanned, piece))


def _parts() -> Iterator[Stage]:
    """What else looks at a whole text."""
    from dangjian.analysis import quality, terms
    from dangjian.analysis.disclosure import audit
    from dangjian.analysis.unbound import unbound
    from dangjian.indicators import extract
    from dangjian.indicators.explain import explain
    from dangjian.metrics import evidence
    from dangjian.reports import Report, sentence_at
    from dangjian.reports.decoding import decode
    from dangjian.reports.sections import find_sections
    from dangjian.reports.titles import find_title, find_year
    from dangjian.reports.twins import fingerprint

    def read(piece: str, size: int) -> tuple[Report, Any]:
        report = Report.from_text(said(piece, size), report_id="x")
        return report, extract(report)

    def of_reading(size: int) -> Act:
        report, own = read("发展党员12名，今年是第3次，1*,*名", size)
        both = [report], [own]
        return lambda: (quality.coverage(*both), quality.left_out(*both), quality.unread(*both))

    def proofs(size: int) -> Act:
        report, own = read("发展党员12名、", size)
        return lambda: [evidence(row, {"x": report}) for row in own.observations]

    def proposals(piece: str, size: int) -> Act:
        report, own = read(piece, size)
        return lambda: unbound(own.observations, [report])

    def sections(piece: str, size: int) -> Act:
        text = said(piece, size)
        return lambda: find_sections(text)

    def heads(piece: str, size: int) -> Act:
        text = piece * (size // len(piece))
        return lambda: (find_title(text), find_year(text), find_year(said("党", 1) + text))

    def prints(piece: str, size: int) -> Act:
        text = said(piece, size)
        return lambda: fingerprint(text)

    def decoded(piece: str, encoding: str, size: int) -> Act:
        data = said(piece, size).encode(encoding)
        return lambda: decode(data)

    def sentences(piece: str, size: int) -> Act:
        text = said(piece, size)
        return lambda: [sentence_at(text, at, at + 1) for at in range(100, size, 400)]

    def explained(size: int) -> Act:
        report = Report.from_text(said("发展党员12名，", size))
        return lambda: explain(report, size // 2)

    def terms_of(size: int) -> Act:
        text, turns = said("党员教育培训工作", size), count()
        return lambda: terms.terms_of(f"{text}{next(turns)}")  # what was cut once is remembered

    def audited(size: int) -> Act:
        report = Report.from_text(said("发展党员**名，女性*名。", size))
        return lambda: audit(report)

    for piece in ("一、党建\n", "党建工作\n", "\n", " ", "（一）", "党"):
        yield Stage(f"sections {piece!r}", partial(sections, piece), 2_500_000)
    for piece in ("2020年", "20", "2 ", "截至2020 ", "\n", " \n", "（", "2020年1月\n"):
        yield Stage(f"title and year {piece!r}", partial(heads, piece), 2_500_000)
    for piece in ("党", "1。", "\n", "*", "a"):
        yield Stage(f"fingerprint {piece!r}", partial(prints, piece), 1_000_000)
        for encoding in ("utf-8", "gb18030"):
            yield Stage(f"decode {piece!r} as {encoding}", partial(decoded, piece, encoding), 2_500_000)
    for piece in ("党", "\n", " ", "，\n", "党，\n", "”"):
        yield Stage(f"sentences {piece!r}", partial(sentences, piece), 320_000)
    yield Stage("quality of reading", of_reading, 160_000)
    yield Stage("evidence of all records of one line", proofs, 160_000)
    yield Stage("entries for one unbound label", partial(proposals, "甲乙12枚，"), 80_000)
    yield Stage("entries for unbound numbers without commas", partial(proposals, "甲乙丙12枚又"), 80_000)
    yield Stage("explain", explained, 80_000)
    yield Stage("terms", terms_of, 320_000)
    yield Stage("audit", audited, 20_000, 2_500)


def _tables_in_texts() -> Iterator[Stage]:
    """Tables of every shape: as wide as the text, as long, and with cells as long."""
    from dangjian.indicators import extract
    from dangjian.reports import Report

    def read(made: Callable[[int], str], size: int) -> Act:
        text = "岚安县2022年工作总结\n" + made(size)
        return lambda: extract(Report.from_text(text))

    def cells(cell: str, count: int, sign: str = "\t") -> str:
        return sign.join([cell] * count)

    shapes: dict[str, Callable[[int], str]] = {
        "wide": lambda n: f"a\t{cells('党员', n // 6)}\n党\t{cells('1', n // 6)}\n",
        "wide with shares": lambda n: f"a\t{cells('党员率', n // 8)}\n党\t{cells('1%', n // 8)}\n",
        "wide with pipes": lambda n: f"|a|{cells('党员', n // 6, '|')}|\n|党|{cells('1', n // 6, '|')}|\n",
        "long": lambda n: "单位\t党员\n" + "甲村\t12\n" * (n // 6),
        "groups": lambda n: "类别\t发展党员（名）\n发展党员合计\t30\n" + "女性\t3\n" * (n // 5),
        "groups, wide": lambda n: f"类别\t{cells('发展党员（名）', n // 12)}\n女性\t{cells('3名', n // 12)}\n",
        "a long title over many rows": lambda n: f"a\t党{'员' * (n // 2)}\n" + "党\t1\n" * (n // 8),
        "a long name of a row": lambda n: f"a\t{cells('党', n // 6)}\n党{'员' * (n // 3)}\t{cells('1', n // 6)}\n",
        "a long unit": lambda n: f"单位\t{cells('党', n // 6)}\n{'员' * (n // 3)}\t{cells('1', n // 6)}\n",
        "many columns named 单位": lambda n: (
            f"{cells('单位', n // 9)}\n{cells('甲', n // 9)}\n" + "甲\t甲\n" * (n // 12)
        ),
        "header over header": lambda n: "甲\t乙\n" + "\t乙\n" * (n // 3) + "丙\t1\n",
        "header without words": lambda n: f"甲{cells('', n // 2)}\n{cells('', n // 4)}乙\n丙\t1\n丁\t2\n",
        "blanks in a cell": lambda n: f"a\tb\n党\t1{' ' * n}党员党员党员党\n",
        "blanks in a title": lambda n: f"a\t（{' ' * n}x\n党\t1\n党\t2\n",
        "a number as long as its cell": lambda n: f"a\tb\n党\t{'1' * n}\n党\t{'*' * n}党\n",
        "rules": lambda n: "|a|b|\n|---|---|\n" + "|---|---|\n" * (n // 10),
        "one separator after the other": lambda n: "a\tb\n1|2\n" * (n // 8),
    }
    for name, made in shapes.items():
        yield Stage(f"table: {name}", partial(read, made), 320_000)


def _documents() -> Iterator[Stage]:
    """Documents of every format read in this process, without the limits that a worker holds them to."""
    from dangjian.reports.formats import read_bytes
    from dangjian.reports.formats.scan import fullwidth
    from dangjian.reports.limits import Limits

    hostile: Any = importlib.import_module("hostile")
    renderings: Any = importlib.import_module("renderings")
    free = Limits(file=10**10, unpacked=10**10, ratio=10**9, nodes=10**9, depth=10**9, pages=10**9)

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    def row(count: int) -> str:
        cell = f"<w:tc>{hostile.paragraph('12')}</w:tc>"
        return f"<w:tr>{cell * count}</w:tr>"

    line = "全年发展党员12名。"
    docx: dict[str, Callable[[int], str]] = {
        "paragraphs": lambda n: hostile.paragraph(line) * (n // 10),
        "runs": lambda n: f"<w:p>{run('党员') * (n // 2)}</w:p>",
        "one run": lambda n: hostile.paragraph("党" * n),
        "rows": lambda n: f"<w:tbl>{row(2) * (n // 4)}</w:tbl>",
        "a row": lambda n: f"<w:tbl>{row(n // 2)}{row(2)}</w:tbl>",
        "tables": lambda n: f"<w:tbl>{row(2)}{row(2)}</w:tbl>" * (n // 8),
        "empty paragraphs": lambda n: hostile.paragraph(line) + "<w:p/>" * n,
    }
    html: dict[str, Callable[[int], str]] = {
        "paragraphs": lambda n: f"<p>{line}</p>" * (n // 10),
        "breaks": lambda n: f"<p>{f'{line}<br>' * (n // 10)}</p>",
        "rows": lambda n: f"<p>{line * 30}</p><table>{'<tr><td>党员<td>12</tr>' * (n // 4)}</table>",
        "cells": lambda n: f"<p>{line * 30}</p><table><tr>{'<td>党员' * (n // 2)}</tr></table>",
        "spans": lambda n: f"<p>{line * 30}</p><table>{'<tr><td rowspan=9 colspan=9>1<td>2</tr>' * (n // 20)}</table>",
        "nested": lambda n: f"{'<div>' * min(n // 10, 200)}<p>{line * (n // 10)}</p>",
        "spaces": lambda n: f"<p>{line * 30}</p>{' ' * n}<p>{line}</p>",
        "spaces first": lambda n: f"{' ' * n}<p>{line * 30}</p>",
        "links": lambda n: f"<p>{line * 30}</p><ul>{f'<li><a href=a>{line}</a></li>' * (n // 10)}</ul>",
        "leaves": lambda n: f"<p>{line * 30}</p>{'<div><span>党员</span>12</div>' * (n // 4)}",
        "a word": lambda n: f"<p>{'党' * n}</p>",
    }
    xlsx: dict[str, Callable[[int], str]] = {
        "rows": lambda n: "".join(f'<row r="{at}"><c r="A{at}"><v>12</v></c></row>' for at in range(1, n // 5)),
        "text cells": lambda n: "".join(
            f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>党员</t></is></c><c r="B{at}"><v>1</v></c></row>'
            for at in range(1, n // 8)
        ),
    }

    def document(suffix: str, body: str) -> bytes:
        if suffix == ".html":
            return f"<html><head><title>岚安县总结</title></head><body>{body}</body></html>".encode()
        made: bytes = hostile.docx(body) if suffix == ".docx" else hostile.workbook(body)
        return made

    def prepared(suffix: str, made: Callable[[int], str], size: int) -> Act:
        data = document(suffix, made(size))
        return lambda: read_bytes(data, suffix, free)

    def pages(size: int) -> Act:
        data = renderings.as_pdf(said(f"{line}\n", size))
        return lambda: read_bytes(data, ".pdf", free)

    def recognised(piece: str, size: int) -> Act:
        text = piece * (size // len(piece))
        return lambda: fullwidth(text)

    for suffix, shapes in ((".docx", docx), (".html", html), (".xlsx", xlsx)):
        for name, made in shapes.items():
            yield Stage(f"{suffix}: {name}", partial(prepared, suffix, made), 80_000, 2_500)
    yield Stage(".pdf: pages", pages, 20_000, 2_500)
    for piece in ("（", "(党", "党,", "1,"):
        yield Stage(f"scanned line {piece!r}", partial(recognised, piece))
