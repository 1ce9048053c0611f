"""Briefings as Word documents, laid out as official papers are (GB/T 9704), with the same figures as the page."""

from __future__ import annotations

from dangjian.briefings.word.making import document

__all__ = ["document"]
