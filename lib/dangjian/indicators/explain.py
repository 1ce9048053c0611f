"""Why a number was read as it was, or left out: in lines that a researcher can check."""

from __future__ import annotations

from dangjian.indicators.extract import extract
from dangjian.reports import Report, sentence_at


def explain(report: Report, at: int, mask: str = "auto") -> list[str]:
    """The rules and cues behind the record, or the number left out, nearest to an offset.

    Args:
        at: an offset in the report's text; the record that holds it, or else the nearest, is explained.
    """
    found = extract(report, mask)
    places = [*found.observations, *found.left_out, *found.unread]
    if not places:
        return ["no number stands in this report"]
    nearest = min(places, key=lambda place: (max(place.start - at, at - place.end + 1, 0), place.start))
    sentence = sentence_at(report.text, nearest.start, nearest.end).of(report.text).replace("\n", " ")
    lines = [f"{report.text[nearest.start : nearest.end]!r} at {nearest.start}:{nearest.end}", f"sentence: {sentence}"]
    if nearest in found.left_out:
        return [*lines, f"left out by the rule: {nearest.rule}"]
    if nearest in found.unread:
        return [*lines, f"not read: {nearest.rule}"]
    return lines
