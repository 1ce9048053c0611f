"""The columns of the metrics table: what each holds, in which unit, as which type."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """One column: its pandas type, its unit ("" for none), what it means, and whether a value may be missing."""

    type: str
    unit: str
    meaning: str
    optional: bool = False


COLUMNS: dict[str, Column] = {
    "report_id": Column("str", "", "the report the number stands in"),
    "district": Column("str", "", 'whose report it is, "" where unknown'),
    "year": Column("Int64", "year", "the report's own year", True),
    "start": Column("int64", "characters", "where the quantity begins in the report's text"),
    "end": Column("int64", "characters", "where it ends, not included"),
    "text": Column("str", "", "the quantity as written, with modifiers and unit"),
    "number_start": Column("int64", "characters", "where the bare number with its scale word begins"),
    "number_end": Column("int64", "characters", "where it ends, not included"),
    "lower": Column("float64", "unit", "the least true value that the wording allows"),
    "upper": Column("float64", "unit", "the greatest; missing where nothing bounds it", True),
    "value": Column("float64", "unit", "the true value where the bounds leave only one, else missing", True),
    "unit": Column("str", "", 'the unit as written, scale words folded into the bounds, "" for none'),
    "modality": Column("str", "", "exact, about, nearly, more, at_least or at_most"),
    "masked": Column("bool", "", "whether any digit is hidden"),
    "change": Column("str", "", "increase or decrease where it is a change against another time", True),
    "section": Column("object", "", "list: the headings above it, outermost first"),
    "theme": Column("str", "", "a theme of the catalogue"),
    "indicator": Column("str", "", "the catalogue's id; missing where it is bound to none", True),
    "dims": Column("object", "", "dict: the indicator's dimensions"),
    "label": Column("str", "", "a short Chinese noun phrase for what it counts"),
    "period": Column("Int64", "year", "the year it speaks of; missing for a span of years", True),
    "target": Column("bool", "", "planned or required, not done"),
    "rule": Column("str", "", "the rules that read and bound it, in words"),
    "place": Column("str", "", "where it stands in the document: line, page, paragraph or cell"),
    "confidence": Column(
        "float64", "0 to 1", "how sure its characters were recognised; missing where they were read", True
    ),
    "corrected": Column("object", "", "dict: what a field said first, for each that a correction changed"),
}
"""Every table of metrics has exactly these columns, in this order."""

RECORD = (
    *("report_id", "start", "end", "text", "number", "lower", "upper", "value", "unit", "modality", "masked", "change"),
    *("section", "theme", "indicator", "dims", "label", "period", "target", "district", "year", "rule"),
    *("place", "confidence"),
)
"""The fields of one record, in the order of the contract; the last five are ours.

A record that a correction changed has ``corrected`` behind them; no other has it.
"""

ADDED = {"district": "", "year": None, "rule": "", "place": "", "confidence": None}
"""What a record of another maker may lack, and what then stands in the table."""
