"""Reports: files to text, text to sections, folders to a corpus."""

from dangjian.reports.corpus import Corpus, Skipped, read_corpus
from dangjian.reports.report import Report, read_report
from dangjian.reports.sections import Section
from dangjian.reports.sentences import sentence_at

__all__ = ["Corpus", "Report", "Section", "Skipped", "read_corpus", "read_report", "sentence_at"]
