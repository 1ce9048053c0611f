"""Reports: files to text, text to sections, folders to a corpus."""

from dangjian.reports.corpus import Corpus, Skipped, read_corpus
from dangjian.reports.files import read_report
from dangjian.reports.formats.reading import Mark
from dangjian.reports.limits import Limits, read_limits
from dangjian.reports.report import Report
from dangjian.reports.sections import Section
from dangjian.reports.sentences import sentence_at

__all__ = [
    "Corpus",
    "Limits",
    "Mark",
    "Report",
    "Section",
    "Skipped",
    "read_corpus",
    "read_limits",
    "read_report",
    "sentence_at",
]
