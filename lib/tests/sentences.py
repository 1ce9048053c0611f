"""Sentences with their quantities marked: ``{不少于[32]学时}`` is a record's text, ``[32]`` its bare number."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

import pytest

from dangjian.quantities.quantity import Quantity
from dangjian.quantities.scan import scan

Figure = tuple[Any, ...]
"""lower, upper, unit, then modality and change where they are not "exact" and None."""


def unmark(marked: str) -> tuple[str, list[tuple[int, int, Any]]]:
    """The sentence itself, and for each mark start, end and the number's span (ANY where it is not marked)."""
    text, spans, opened, number = "", [], 0, ANY
    for sign in marked:
        if sign == "{":
            opened, number = len(text), ANY
        elif sign == "[":
            number = (len(text), len(text))
        elif sign == "]":
            number = (number[0], len(text))
        elif sign == "}":
            spans.append((opened, len(text), number))
        else:
            text += sign
    return text, spans


def hold(marked: str, *figures: Figure, year: int | None = 2022, mask: str = "digits") -> list[Quantity]:
    """Assert that the scan finds what is marked, no more and no less, with these figures; give its records."""
    text, spans = unmark(marked)
    assert len(spans) == len(figures), "the row itself: as many marks as figures"
    found = list(scan(text, year=year, mask=mask).quantities)
    wanted = []
    for (start, end, number), (lower, upper, unit, *rest) in zip(spans, figures, strict=True):
        modality, change = (*rest, *("exact", None)[len(rest) :])
        wanted.append((text[start:end], start, number, _near(lower), _near(upper), unit, modality, change))
    assert [(q.text, q.start, tuple(q.number), *q.bounds, q.unit, q.modality, q.change) for q in found] == wanted
    return found


def _near(bound: float | None) -> Any:
    """A bound but for the dust of binary fractions; 余 of 元 may reach to the last cent."""
    return None if bound is None else pytest.approx(bound, rel=1e-5)
