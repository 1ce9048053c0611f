"""The quick reading of the commonest numbers gives what the long way gives."""

import importlib
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_laws import CHARACTERS, SENTENCES

from dangjian.quantities.plain import read_plain
from dangjian.quantities.quantity import Quantity

SCAN = importlib.import_module("dangjian.quantities.scan")  # the room gives its function the same name


def quickly(text: str) -> list[Quantity]:
    return [replace(found, clause="") for found in SCAN.scan(text, year=2022, mask="digits").quantities]


def the_long_way(text: str) -> list[Quantity]:
    with patch.object(SCAN, "read_plain", return_value=None):
        return quickly(text)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.data())
@settings(max_examples=600, deadline=None)
def test_quick_and_long_agree(sentences, data):
    text = "".join(sentences)
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(text)))
        text = text[:start] + data.draw(st.text(CHARACTERS, max_size=3)) + text[start + data.draw(st.integers(0, 3)) :]
    assert quickly(text) == the_long_way(text)


LONG = [
    # what stands around a number for which the quick reading gives way
    ("。参训近", "100", "名", ""),
    ("。每月", "3", "次", ""),
    ("。前", "3", "名", ""),
    ("。分别为12、", "6", "期", ""),
    ("。至少开展培训", "6", "期", ""),
    ("。达到", "6", "个", "的目标"),
    ("。A", "6", "个", ""),
]


@pytest.mark.parametrize(("left", "core", "unit", "right"), LONG)
def test_gives_way_where_a_word_may_change_the_reading(left, core, unit, right):
    text = left + core + unit + right
    start = len(left)
    assert read_plain(text, start, start + len(core), "", "", unit, start + len(core) + len(unit), 2022) is None


def test_reads_a_plain_number():
    found = read_plain("。发展党员***余名，", 5, 8, "", "余", "名", 10, 2022)
    assert found is not None
    assert (found.text, found.bounds, found.modality, found.masked) == ("***余名", (100, 999), "more", True)
