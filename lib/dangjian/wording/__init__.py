"""Figures in words, in Chinese or English: bounds, comparisons, findings for titles, sources. All of it plain text."""

from dangjian.wording.carried import MIME, carried, carried_counts, carried_shifts, restored
from dangjian.wording.comparing import (
    change_table,
    place_table,
    requirement_table,
    stated_table,
    together_table,
    verdicts,
)
from dangjian.wording.findings import COURSES, NOT_STATED, FindingList, against, compared, finding, findings, title_of
from dangjian.wording.language import LANGUAGES, language, say, speak, spoken, unit_words
from dangjian.wording.listing import chosen, count_table, counted_finding, number_table, said_title, theme_title
from dangjian.wording.reading import (
    agreement_table,
    coverage_finding,
    coverage_table,
    left_out_table,
    mask_table,
    unbound_table,
    unread_table,
)
from dangjian.wording.safe import bullets, plain
from dangjian.wording.sources import evidence_table, invented, provenance, source, text_source, year_table
from dangjian.wording.terms import near_table, read_finding, shift_finding, shift_table, term_table
from dangjian.wording.values import NO_YEAR, bounds_words, number, tick, words, year

__all__ = [
    "COURSES",
    "LANGUAGES",
    "MIME",
    "NOT_STATED",
    "NO_YEAR",
    "FindingList",
    "against",
    "agreement_table",
    "bounds_words",
    "bullets",
    "carried",
    "carried_counts",
    "carried_shifts",
    "change_table",
    "chosen",
    "compared",
    "count_table",
    "counted_finding",
    "coverage_finding",
    "coverage_table",
    "evidence_table",
    "finding",
    "findings",
    "invented",
    "language",
    "left_out_table",
    "mask_table",
    "near_table",
    "number",
    "number_table",
    "place_table",
    "plain",
    "provenance",
    "read_finding",
    "requirement_table",
    "restored",
    "said_title",
    "say",
    "shift_finding",
    "shift_table",
    "source",
    "speak",
    "spoken",
    "stated_table",
    "term_table",
    "text_source",
    "theme_title",
    "tick",
    "title_of",
    "together_table",
    "unbound_table",
    "unit_words",
    "unread_table",
    "verdicts",
    "words",
    "year",
    "year_table",
]
