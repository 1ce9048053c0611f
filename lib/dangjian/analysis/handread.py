"""Marks: records that a person read in a report, one JSON object a line.

A mark has the bare number's offsets in ``start`` and ``end``, its ``surface``, ``lower`` and ``upper``, and what else
was read of it, named as the contract names it. Where the text leaves something open, the mark says so: ``lenient``
without ``lenient_fields`` is neither asked for nor held against a record; ``lenient_fields`` names single fields that
are not compared; ``theme_alt`` and ``indicator_alt`` name answers as good as the first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from dangjian.errors import TableError

Mark = Mapping[str, Any]


def read_marks(text: str, name: str) -> list[dict[str, Any]]:
    """The marks of a JSON Lines text.

    Raises:
        TableError: a line is no mark; file, line and field are named.
    """
    marks = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}: line {number}"
        try:
            mark = json.loads(line)
        except ValueError as fault:
            raise TableError(f"{where} is not JSON ({fault})") from None
        if not isinstance(mark, dict):
            raise TableError(f"{where}: a mark is a JSON object, this is {type(mark).__name__}")
        _check(mark, where)
        marks.append(mark)
    return marks


def _check(mark: Mark, where: str) -> None:
    start, end = mark.get("start"), mark.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise TableError(f"{where}: start and end are the bare number's offsets, these are {start} and {end}")
    for field, none in (("lower", ""), ("upper", " or null")):
        bound = mark.get(field, "missing")
        if type(bound) not in (int, float) and not (none and bound is None):
            raise TableError(f"{where}: {field} is {bound!r}; it is a number{none}")


def misplaced(marks: Iterable[Mark], text: str) -> list[Mark]:
    """The marks whose ``surface`` does not stand at their offsets: they were read in another text."""
    return [mark for mark in marks if "surface" in mark and text[slice(*number_of(mark))] != mark["surface"]]


def number_of(record: Mapping[str, Any]) -> tuple[int, int]:
    """The bare number's offsets: a record of the contract has them in ``number``, a mark in ``start`` and ``end``."""
    start, end = record.get("number") or (record["start"], record["end"])
    return start, end
