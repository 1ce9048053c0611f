"""Corrections that people make to single readings: on the table, never on the report, the first reading kept.

A correction names the report by the hash of its text, so that it can never strike another text, and the quantity by
its offsets and its words. Where those no longer agree it is refused, with a line that says why.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dangjian.errors import CorrectionError, nearest
from dangjian.indicators import dims as dimensions
from dangjian.indicators.catalogue import THEMES, load_catalogue
from dangjian.indicators.index import kind_in
from dangjian.metrics.lines import Record
from dangjian.metrics.table import from_records, records

if TYPE_CHECKING:
    import pandas as pd

    from dangjian.reports import Report

NAME = "corrections.toml"
MODALITIES = ("exact", "about", "nearly", "more", "at_least", "at_most")
BOUNDS = ("lower", "upper", "value")
FIELDS = (*BOUNDS, "unit", "modality", "masked", "change", "theme", "indicator", "dims", "label", "period", "target")
"""What can be corrected. ``value`` sets both bounds; ``upper`` inf is unbounded; "" takes an indicator, a change or a
period away."""
MOST = 1e18
"""No figure of a report is larger."""
REQUIRED = {"report": str, "start": int, "end": int, "text": str, "field": str, "who": str, "why": str}
OPTIONAL = {"report_id", "when", "value"}


class Correction(NamedTuple):
    """One correction, as its file has it; ``where`` names file and entry for messages."""

    where: str
    report: str
    start: int
    end: int
    text: str
    field: str
    value: Any
    who: str
    why: str
    when: str
    report_id: str


class Corrected(NamedTuple):
    """Records with corrections applied, those applied, and a line for each that was refused."""

    records: list[Record]
    applied: tuple[Correction, ...]
    refused: tuple[str, ...]


def find_corrections(place: str | Path) -> Path | None:
    """The file ``corrections.toml`` of a folder or a file's folder, else of the folder above it, else None."""
    folder = Path(place).resolve()
    folder = folder if folder.is_dir() else folder.parent
    return next((one for one in (folder / NAME, folder.parent / NAME) if one.is_file()), None)


def read_corrections(path: str | Path) -> tuple[Correction, ...]:
    """The corrections of a file, in its order.

    Raises:
        CorrectionError: it cannot be read, or an entry lacks a key, has an unknown one, or one of a wrong type.
    """
    try:
        content = tomllib.loads(Path(path).read_text("utf-8"))
    except FileNotFoundError:
        raise CorrectionError(
            f"{path}: there is no such file; a file of corrections holds [[correction]] entries"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise CorrectionError(f"{path}: cannot be read as TOML ({fault})") from None
    unknown = sorted(set(content) - {"correction"})
    if unknown or not isinstance(content.get("correction", []), list):
        raise CorrectionError(f"{path}: holds {unknown or 'one correction'}; write each entry under [[correction]]")
    return tuple(_correction(entry, f"{path}: entry {at}") for at, entry in enumerate(content.get("correction", []), 1))


def _correction(entry: dict[str, Any], where: str) -> Correction:
    for key in sorted({*REQUIRED, "when", "value"} - set(entry)):
        raise CorrectionError(f"{where}: {key}: is missing")
    for key in sorted(set(entry) - set(REQUIRED) - OPTIONAL):
        raise CorrectionError(f"{where}: {key}: is no key of a correction{nearest(key, [*REQUIRED, *OPTIONAL])}")
    for key, kind in REQUIRED.items():
        if type(entry[key]) is not kind or entry[key] == "":
            raise CorrectionError(f"{where}: {key}: is {entry[key]!r}, not {'a number' if kind is int else 'a text'}")
    if entry["field"] not in FIELDS:
        raise CorrectionError(f"{where}: field: {entry['field']!r} cannot be corrected; {', '.join(FIELDS)} can")
    if not isinstance(entry["when"], date | str):
        raise CorrectionError(f"{where}: when: is {entry['when']!r}, not a date")
    return Correction(where=where, report_id=entry.get("report_id", ""), when=str(entry["when"]), **{
        key: entry[key] for key in (*REQUIRED, "value")
    })  # fmt: skip


def correct(rows: Iterable[Record], corrections: Sequence[Correction], reports: Iterable[Report] = ()) -> Corrected:
    """Apply corrections to records.

    A correction of a report that is not among them is passed over. One of a report at hand whose hash, offsets or
    words disagree, or whose value cannot be, is refused. Where a report's text is not at hand, its correction is
    known by its ``report_id``, and its offsets and words must agree with a record.

    Args:
        rows: records of the contract; those given are not changed.
        reports: the reports at hand, whose hashes decide.
    """
    found = [dict(row) for row in rows]
    by_place = {(row["report_id"], row["start"], row["end"]): at for at, row in enumerate(found)}
    texts = {report.report_id: report for report in reports}
    hashes: dict[str, list[str]] = {}
    for name, report in texts.items() if corrections else ():
        hashes.setdefault(report.sha256, []).append(name)
    known = {str(row["report_id"]) for row in found} | set(texts)
    applied, refused = [], []
    for correction in corrections:
        ids = hashes.get(correction.report, [])
        named = correction.report_id
        if not ids and named in known:
            if named in texts:
                refused.append(
                    f"{correction.where}: the text of {named!r} is not the one that was corrected; read it again"
                )
                continue
            ids = [named]
        for report_id in ids:
            wrong = _apply(
                found, by_place.get((report_id, correction.start, correction.end)), correction, texts.get(report_id)
            )
            if wrong:
                refused.append(f"{correction.where}: {report_id} {correction.start}-{correction.end}: {wrong}")
            else:
                applied.append(correction)
    return Corrected(found, tuple(applied), tuple(refused))


def corrected(
    table: pd.DataFrame, corrections: Sequence[Correction], reports: Iterable[Report] = ()
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """A metrics table with corrections applied, and a line for each that was refused; see `correct`."""
    if not corrections:
        return table, ()
    outcome = correct(records(table), corrections, reports)
    return (from_records(outcome.records) if outcome.applied else table), outcome.refused


def _apply(rows: list[Record], at: int | None, correction: Correction, report: Report | None) -> str:
    """Put a correction into its row; what is wrong with it, "" where nothing is."""
    if at is None:
        stands = f"; the report has {report.text[correction.start : correction.end]!r} there" if report else ""
        return f"no quantity is read there{stands}"
    row = rows[at]
    if row["text"] != correction.text:
        return f"the quantity there is {row['text']!r}, not {correction.text!r}"
    said, wrong = _said(correction, row)
    if wrong:
        return f"{correction.field} {wrong}"
    after = row | said
    if after["upper"] is not None and after["lower"] > after["upper"]:
        return f"{correction.field} would leave the bounds {after['lower']:g} to {after['upper']:g}"
    after["value"] = after["lower"] if after["lower"] == after["upper"] else None
    first = {field: row[field] for field in said if row[field] != after[field]}
    if first:
        rows[at] = after | {"corrected": first | row.get("corrected", {})}
    return ""


def _said(correction: Correction, row: Record) -> tuple[dict[str, Any], str]:
    """The fields that a correction sets, or what is wrong with its value."""
    field, value = correction.field, correction.value
    if field in BOUNDS:
        if type(value) not in (int, float) or not (0 <= value <= MOST or (value == inf and field == "upper")):
            return {}, f"is {value!r}; a bound is a number, 0 or more" + (", or inf" if field == "upper" else "")
        bound = None if value == inf else float(value)
        return ({"lower": bound, "upper": bound} if field == "value" else {field: bound}), ""
    if field in ("masked", "target"):
        return {field: value}, "" if type(value) is bool else f"is {value!r}; it is true or false"
    if field == "period":
        right = value == "" or (type(value) is int and 1900 <= value <= 2100)
        return {field: value or None}, "" if right else f'is {value!r}; it is a year, or "" for a span of years'
    if field == "dims":
        return {field: value}, _wrong_dims(value, row["indicator"])
    if not isinstance(value, str) or (field == "label" and not value.strip()):
        return {}, f"is {value!r}; it is a text"
    if field == "indicator":
        return _indicator(value, row)
    choices = {"modality": MODALITIES, "change": ("increase", "decrease", ""), "theme": THEMES}.get(field, (value,))
    if value not in choices:
        return {}, f"is {value!r}, none of {', '.join(filter(None, choices))}{nearest(value, choices)}"
    if field == "theme" and row["indicator"]:
        return {}, "is its indicator's; correct the indicator"
    return {field: value or None if field == "change" else value}, ""


def _indicator(value: str, row: Record) -> tuple[dict[str, Any], str]:
    """An indicator with its theme and those of the dimensions that it may carry, or none."""
    if not value:
        return {"indicator": None, "dims": {}}, ""
    catalogue = load_catalogue()
    if value not in catalogue:
        return {}, f"{value!r} is not in the catalogue{nearest(value, catalogue)}"
    indicator, kind = catalogue[value], kind_in(row["unit"], row["change"])
    if indicator.kind != kind and row["unit"] not in indicator.units:
        return (
            {},
            f"{value!r} is a {indicator.kind}; the number with its unit and change is a {kind}, correct those first",
        )
    dims = {dim: said for dim, said in row["dims"].items() if dim in catalogue[value].dims}
    return {"indicator": value, "theme": catalogue[value].theme, "dims": dims}, ""


def _wrong_dims(value: object, indicator: str | None) -> str:
    if not isinstance(value, Mapping):
        return f'is {value!r}; it is a table such as {{ group = "女性" }}'
    allowed = load_catalogue()[indicator].dims if indicator else ()
    for dim, said in value.items():
        if dim not in dimensions.forms():
            return f"{dim!r} is no dimension{nearest(dim, dimensions.forms())}"
        if dim not in allowed:
            return f"{dim!r} is no dimension of {indicator or 'a number without indicator'}"
        if said not in dimensions.values(dim):
            return f"{dim} {said!r} is none of {'、'.join(dimensions.values(dim))}"
    return ""
