"""Spans are half-open and count characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.spans import Span

OVERLAPS = [
    ((0, 3), (2, 5), True),
    ((0, 3), (3, 5), False),  # the end is not in it
    ((0, 9), (4, 5), True),
    ((4, 5), (0, 9), True),
    ((2, 2), (2, 5), False),  # an empty span shares no character
]


@pytest.mark.parametrize(("first", "second", "share"), OVERLAPS)
def test_overlaps(first, second, share):
    assert Span(*first).overlaps(Span(*second)) is share
    assert Span(*second).overlaps(Span(*first)) is share


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_what_stands_there_is_a_slice(text, start, length):
    assert Span(start, start + length).of(text) == text[start : start + length]
