"""Writes the records of real reports as facts alone into data/metrics/, without the reports' sentences.

    python scripts/facts.py REPORT... [--into FOLDER]

A record keeps what it is about a number: its own words, offsets, bounds, unit, indicator and a short label. What would
repeat the report's prose is left out: headings, and labels of more than a few characters. The tables are charted like
any other; where a sentence would stand as evidence, pages say that the text is not at hand.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from dangjian.indicators import extract
from dangjian.metrics.lines import Record, line_of, records_of
from dangjian.reports import read_report

LABEL = 12
"""The longest label, in characters; its end names what is counted."""
FOLDER = Path(__file__).resolve().parents[1] / "data" / "metrics"


def facts(record: Record) -> Record:
    """A record without headings and with a short label."""
    return record | {"section": [], "label": record["label"][-LABEL:]}


def lines(path: Path) -> str:
    """The facts of a report as JSON Lines."""
    report = read_report(path)
    return "".join(line_of(facts(record)) + "\n" for record in records_of(extract(report).observations, (report,)))


def main() -> None:
    """Write a file for each report named on the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", nargs="+", type=Path, metavar="REPORT")
    options.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER")
    chosen = options.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    for path in chosen.reports:
        place = chosen.into / f"{path.stem}.jsonl"
        beside = place.with_suffix(".part")
        beside.write_text(lines(path), encoding="utf-8", newline="\n")
        beside.replace(place)


if __name__ == "__main__":
    main()
