"""How far records agree with records that a person read: found, bounds, units, names, and each difference.

Marks (see ``handread``) and records pair by the overlap of their bare numbers, one to one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import isclose
from typing import Any, NamedTuple

from dangjian.analysis.handread import Mark, number_of
from dangjian.indicators.catalogue import CORE
from dangjian.spans import Span

FIELDS = ("lower", "upper", "unit", "modality", "change", "theme", "indicator", "dims")
"""What is compared of a pair, in the order in which differences are told."""
ABSENT = {"unit": "", "modality": "exact", "dims": {}}
"""What a mark says that leaves a field out; all others are then None."""
SAME_UNIT = {"％": "%", "名": "人", "位": "人"}
SLACK, LARGE, RELATIVE, SMALL = 1.0, 100, 0.01, 0.005
"""Bounds agree within a hundredth; from 100 on within one (余 may begin at the number or one above it)."""
ALL = "*"


class Difference(NamedTuple):
    """One place where mark and record part: ``field`` is ``missed`` or ``spurious`` where only one of them is there."""

    field: str
    number: Span
    surface: str
    expected: Any
    got: Any

    def __str__(self) -> str:
        where = f"{self.field:10} {self.number.start}-{self.number.end} {self.surface!r}"
        return where if self.field in ("missed", "spurious") else f"{where}: expected {self.expected}, got {self.got}"


class Agreement(NamedTuple):
    """The figures by name, each share from 0 to 1, and every difference in text order."""

    figures: dict[str, float | int]
    differences: tuple[Difference, ...]


class _Pair:
    """A mark and the record that reads the same number."""

    def __init__(self, mark: Mark, record: Mapping[str, Any]) -> None:
        self.mark, self.record = mark, record

    def compares(self, field: str) -> bool:
        """Whether the mark leaves the field closed."""
        return field not in self.mark.get("lenient_fields", ())

    @cached_property
    def expected(self) -> dict[str, Any]:
        """What the mark says, field by field."""
        return {field: _said(self.mark, field) for field in FIELDS}

    @cached_property
    def agreed(self) -> dict[str, bool]:
        """For each field whether the record says the same."""
        said, record = self.expected, self.record
        return {
            "lower": _same_bound(said["lower"], record.get("lower")),
            "upper": _same_bound(said["upper"], record.get("upper")),
            "unit": _unit(said["unit"]) == _unit(record.get("unit")),
            "modality": said["modality"] == record.get("modality"),
            "change": said["change"] == record.get("change"),
            "theme": record.get("theme") in _answers(self.mark, "theme"),
            "indicator": record.get("indicator") in _answers(self.mark, "indicator"),
            "dims": said["dims"] == (record.get("dims") or {}),
        }


def agreement(marks: Sequence[Mark], records: Sequence[Mapping[str, Any]]) -> Agreement:
    """Compare records with hand-read ones of the same text.

    Args:
        marks: hand-read records, as `read_marks` gives them.
        records: records of the contract.
    Returns:
        Figures: ``precision``, ``recall`` and ``f1`` of the numbers found; of the pairs, the shares whose ``bounds``,
        ``unit`` (名 and 人 are one), ``modality``, ``change`` and ``theme`` agree; ``indicator_precision``, ``_recall``
        and ``_f1`` over the core themes; ``dims`` among the indicators that agree; the counts ``gold``, ``records``,
        ``core``. A share of nothing is 0; precision and recall of nothing are 1.
    """
    paired = _paired(marks, records)
    pairs = [_Pair(marks[at], records[other]) for at, other in paired.items() if not _doubtful(marks[at])]
    asked = [at for at, mark in enumerate(marks) if not _doubtful(mark)]
    missed = [marks[at] for at in asked if at not in paired]
    doubtful = _Starts([number_of(mark) for mark in marks if _doubtful(mark)])
    taken = set(paired.values())
    spurious = [
        record for at, record in enumerate(records) if at not in taken and not any(doubtful.meeting(number_of(record)))
    ]
    figures: dict[str, float | int] = {}
    figures["precision"], figures["recall"], figures["f1"] = _f1(len(pairs), len(asked), len(pairs) + len(spurious))
    for name in ("bounds", "unit", "modality", "change", "theme"):
        fields = ("lower", "upper") if name == "bounds" else (name,)
        scored = [pair for pair in pairs if all(map(pair.compares, fields))]
        figures[name] = _share([all(pair.agreed[field] for field in fields) for pair in scored])
    figures |= _named(pairs, missed, spurious)
    counts = {"gold": len(asked), "records": len(records), "core": int(figures.pop("core"))}
    return Agreement(figures | counts, _differences(pairs, missed, spurious))


def _named(pairs: list[_Pair], missed: list[Mark], spurious: list[Mapping[str, Any]]) -> dict[str, float | int]:
    """How well core quantities are bound, and with which dimensions."""
    scored = [pair for pair in pairs if pair.compares("indicator")]
    wanted = [pair for pair in scored if pair.mark.get("indicator")]
    right = [pair for pair in wanted if pair.agreed["indicator"]]
    lost = [mark for mark in missed if mark.get("indicator") and "indicator" not in mark.get("lenient_fields", ())]
    given = [pair for pair in scored if _is_core(pair.record)]
    given = [pair for pair in given if pair.mark.get("indicator") or not pair.agreed["indicator"]]
    core = len(wanted) + len(lost)
    precision, recall, f1 = _f1(len(right), core, len(given) + sum(map(_is_core, spurious)))
    with_dims = [pair for pair in right if pair.compares("dims") and "dims_alt" not in pair.mark]
    dims = _share([pair.agreed["dims"] for pair in with_dims])
    return {
        "indicator_precision": precision,
        "indicator_recall": recall,
        "indicator_f1": f1,
        "dims": dims,
        "core": core,
    }


def _differences(pairs: list[_Pair], missed: list[Mark], spurious: list[Mapping[str, Any]]) -> tuple[Difference, ...]:
    found = [Difference("missed", Span(*number_of(mark)), str(mark.get("surface", "")), mark, None) for mark in missed]
    found += [
        Difference("spurious", Span(*number_of(record)), str(record.get("text", "")), None, record)
        for record in spurious
    ]
    for pair in pairs:
        for field in FIELDS:
            if not pair.compares(field) or pair.agreed[field]:
                continue
            if field == "indicator" and not pair.mark.get("indicator") and not _is_core(pair.record):
                continue  # marks name indicators of the core themes alone
            if field == "dims" and (
                not pair.mark.get("indicator") or not pair.agreed["indicator"] or "dims_alt" in pair.mark
            ):
                continue
            place, surface = Span(*number_of(pair.mark)), str(pair.mark.get("surface", pair.record.get("text", "")))
            found.append(Difference(field, place, surface, pair.expected[field], pair.record.get(field)))
    return tuple(sorted(found, key=lambda difference: difference.number))


def _said(mark: Mark, field: str) -> Any:
    found = mark.get(field, ABSENT.get(field))
    return (found or {}) if field == "dims" else found


def _answers(mark: Mark, field: str) -> list[Any]:
    others = mark.get(f"{field}_alt", [])
    return [mark.get(field), *(others if isinstance(others, list) else [others])]


def _doubtful(mark: Mark) -> bool:
    """Whether the mark leaves open that there is a quantity at all."""
    return bool(mark.get("lenient")) and ALL in mark.get("lenient_fields", (ALL,))


def _is_core(record: Mapping[str, Any]) -> bool:
    return str(record.get("indicator") or "").partition(".")[0] in CORE


def _unit(written: str | None) -> str:
    return SAME_UNIT.get(written or "", written or "")


def _same_bound(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    slack = SLACK if max(abs(one), abs(other)) >= LARGE else SMALL
    return isclose(one, other, rel_tol=RELATIVE, abs_tol=slack)


def _share(held: list[bool]) -> float:
    return sum(held) / len(held) if held else 0.0


def _f1(hits: int, asked: int, given: int) -> tuple[float, float, float]:
    recall, precision = (hits / asked if asked else 1.0), (hits / given if given else 1.0)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class _Starts:
    """Spans by their starts, so that those that meet another are found without looking at all."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.order = sorted(range(len(spans)), key=lambda at: spans[at])
        self.spans = [spans[at] for at in self.order]
        self.longest = max((end - start for start, end in spans), default=0)

    def meeting(self, span: tuple[int, int]) -> Iterable[tuple[int, int]]:
        """Of each span that shares characters with this one: which it is, and how many they share."""
        for place in range(bisect_left(self.spans, (span[0] - self.longest, 0)), len(self.spans)):
            start, end = self.spans[place]
            if start >= span[1]:
                return
            shared = min(end, span[1]) - max(start, span[0])
            if shared > 0:
                yield self.order[place], shared


def _paired(marks: Sequence[Mark], records: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Which record reads each mark's number, one to one, the largest overlap first."""
    starts = _Starts([number_of(record) for record in records])
    meetings = [
        (-shared, at, other) for at, mark in enumerate(marks) for other, shared in starts.meeting(number_of(mark))
    ]
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, other in sorted(meetings):
        if at not in paired and other not in taken:
            paired[at] = other
            taken.add(other)
    return paired
