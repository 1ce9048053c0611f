"""Inputs that fuzzing found keep the promises: those that once failed, and those that reach what others do not."""

import json
from pathlib import Path

import pytest
from targets import TARGETS

FOUND = Path(__file__).parent / "found"


def inputs(target: str) -> list[bytes]:
    """What was found for a target, an input a line; bytes that are no UTF-8 stand as halves of pairs."""
    lines = (FOUND / f"{target}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line).encode("utf-8", "surrogateescape") for line in lines if line]


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_is_read_or_refused(target):
    found = inputs(target)
    assert found
    for data in found:
        TARGETS[target](data)
