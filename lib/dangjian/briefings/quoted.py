"""Tables that quote sentences: each number linked to its sentence, which then stands once, below."""

from __future__ import annotations

from dangjian.briefings.proofs import Proofs
from dangjian.briefings.tables import Table

SENTENCE = ("原句", "所在句子", "句子", "原文句子", "原文依据", "依据", "sentence")
WRITTEN = ("原文", "原文数字", "text")
REPORT = ("报告", "来源", "report_id")


def prove(table: Table, proofs: Proofs, place: str = "") -> Table:
    """The table with its numbers linked; its column of sentences is taken out where every row is linked.

    A table that quotes no sentences comes back as it was.
    """
    quoted, written = table.column(*SENTENCE), table.column(*WRITTEN)
    if quoted is None or written is None:
        return table
    reports = table.column(*REPORT)
    linked = 0
    for row in table.body:
        if max(quoted, written) >= len(row):
            continue
        report = row[reports].text if reports is not None else ""
        anchor = proofs.quote(report, row[quoted].text, row[written].text.strip("`"), place)
        if anchor:
            row[written].link = anchor
            linked += 1
    return table.without(quoted) if linked == len(table.body) else table
