"""Records, one JSON object a line: observations to lines and lines to records, without pandas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec.json import Encoder

from dangjian.errors import TableError
from dangjian.metrics.columns import ADDED, COLUMNS, RECORD

if TYPE_CHECKING:
    from dangjian.indicators import Observation
    from dangjian.reports import Report

Record = dict[str, Any]

_ENCODER = Encoder()
_SPLITTING = "\x85\u2028\u2029"
"""Line ends to some readers of text, though not to JSON."""
_ESCAPED = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in _SPLITTING})
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a pair, which UTF-8 cannot hold."""
_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int64": (int,), "Int64": (int,), "bool": (bool,)}
_TYPES |= {"float64": (int, float)}


def record_of(observation: Observation, report: Report | None = None) -> Record:
    """One observation as the contract's record; district, year and place come from its report."""
    seen = observation
    lower, upper = float(seen.lower), None if seen.upper is None else float(seen.upper)
    return {
        "report_id": seen.report_id,
        "start": seen.start,
        "end": seen.end,
        "text": seen.text,
        "number": [seen.number_start, seen.number_end],
        "lower": lower,
        "upper": upper,
        "value": lower if lower == upper else None,
        "unit": seen.unit,
        "modality": seen.modality,
        "masked": seen.masked,
        "change": seen.change,
        "section": [*seen.section],
        "theme": seen.theme,
        "indicator": seen.indicator,
        "dims": {**seen.dims},
        "label": seen.label,
        "period": seen.period,
        "target": seen.target,
        "district": report.district if report else "",
        "year": report.year if report else None,
        "rule": seen.rule,
        "place": report.source_at(seen.number_start) if report else "",
        "confidence": report.confidence_of(seen.number_start, seen.number_end) if report else None,
    }


def records_of(observations: Iterable[Observation], reports: Iterable[Report] = ()) -> Iterator[Record]:
    """Observations as records, in the order given."""
    known = {report.report_id: report for report in reports}
    for observation in observations:
        yield record_of(observation, known.get(observation.report_id))


def line_of(record: Record) -> str:
    """One record as one line of JSON, without its line end.

    Characters that some readers take for a line end are written as escapes.
    """
    try:
        line = _ENCODER.encode(record).decode()
    except UnicodeEncodeError:
        line = _HALVES.sub(lambda half: f"\\u{ord(half.group()):04x}", json.dumps(record, ensure_ascii=False))
    if any(map(line.__contains__, _SPLITTING)):
        line = line.translate(_ESCAPED)
    return line


def dumps_jsonl(observations: Iterable[Observation], reports: Iterable[Report] = ()) -> Iterator[str]:
    """Observations as lines of JSON, line ends included, each as soon as it is asked for."""
    for record in records_of(observations, reports):
        yield line_of(record) + "\n"


def read_lines(text: str, name: str) -> list[Record]:
    """The records of a JSON Lines text.

    Raises:
        TableError: a line is not a record; file, line and field are named.
    """
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError as fault:
            raise TableError(f"{name}: line {number} is not JSON ({fault}); write the table anew") from None
        records.append(checked(found, f"{name}: line {number}"))
    return records


def checked(found: object, where: str) -> Record:
    """The record, fields in their order, where each is there and of its type.

    Raises:
        TableError: which field of which record is wrong.
    """
    if not isinstance(found, dict):
        raise TableError(f"{where}: a record is a JSON object, this is {type(found).__name__}")
    record = ADDED | found
    missing = [field for field in RECORD if field not in record]
    unknown = sorted(set(record) - {*RECORD, "corrected"})
    if missing or unknown:
        wrong = f"lacks {', '.join(missing)}" if missing else f"has {', '.join(unknown)}, which no record has"
        raise TableError(f"{where}: the record {wrong}; its fields are {', '.join(RECORD)}")
    for field in RECORD:
        check_field(record[field], field, where)
    kept = {field: record[field] for field in RECORD}
    if record.get("corrected"):
        check_field(record["corrected"], "corrected", where)
        kept["corrected"] = record["corrected"]
    return kept


def check_field(value: object, field: str, where: str) -> None:
    """Refuse what a field cannot be.

    Raises:
        TableError: field and value are named.
    """
    if field == "number":
        right = isinstance(value, list) and len(value) == 2 and all(type(offset) is int for offset in value)
    elif field == "section":
        right = isinstance(value, list) and all(isinstance(heading, str) for heading in value)
    elif field == "dims":
        right = isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
    elif field == "corrected":
        right = isinstance(value, dict) and set(value) <= set(RECORD)
    elif value is None:
        right = COLUMNS[field].optional
    else:
        kind = COLUMNS[field].type
        right = isinstance(value, _TYPES[kind]) and (kind == "bool" or not isinstance(value, bool))
    if not right:
        raise TableError(f"{where}: {field} is {value!r}, which it cannot be")
