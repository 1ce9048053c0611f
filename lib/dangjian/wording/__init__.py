"""Figures as Chinese: bounds in words, comparisons, findings for chart titles, sources. All of it plain text."""

from dangjian.wording.findings import COURSES, NOT_STATED, against, compared, finding, findings, title_of
from dangjian.wording.safe import bullets, plain
from dangjian.wording.sources import evidence_table, invented, provenance, source, year_table
from dangjian.wording.values import bounds_words, number, words

__all__ = [
    "COURSES",
    "NOT_STATED",
    "against",
    "bounds_words",
    "bullets",
    "compared",
    "evidence_table",
    "finding",
    "findings",
    "invented",
    "number",
    "plain",
    "provenance",
    "source",
    "title_of",
    "words",
    "year_table",
]
