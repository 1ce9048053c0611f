"""Tables of many rows: what is asked of them, said of them, drawn of them and written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

Act = Callable[[], object]
Row = dict[str, Any]
MOST, FIRST = 40_000, 2_500
"""Rows."""
KINDS = (
    ("membership.developed", "名", 10.0), ("membership.members", "名", 900.0), ("training.sessions", "期", 3.0),
    ("training.coverage_rate", "%", 95.0), ("rectification.rate", "%", 90.0), (None, "枚", 4.0),
)  # fmt: skip


def _row(at: int, report: str, start: int, kind: int, value: float, **more: Any) -> Row:
    indicator, unit, size = KINDS[kind]
    return {
        "report_id": report, "start": start, "end": start + 4, "text": "128名", "number": [start, start + 3],
        "lower": size + value, "upper": None if at % 7 == 0 else size + value + at % 3, "value": None, "unit": unit,
        "modality": "exact", "masked": at % 5 == 0, "change": None, "section": ["一、队伍"],
        "theme": (indicator or "other").partition(".")[0], "indicator": indicator, "dims": {},
        "label": f"发展党员{at % 50}", "period": 2020 + at % 4, "target": at % 11 == 0, "district": "甲区",
        "year": 2022, "rule": "digits", "place": "第2行", "confidence": None,
    } | more  # fmt: skip


def spread(rows: int) -> list[Row]:
    """Rows of many reports and districts, six a report."""
    return [
        _row(at, f"r{at // 6}", 20 + 9 * (at % 6), at % 6, at % 97, district=f"区{at // 24}", period=2020 + at // 6 % 4,
             year=2020 + at // 6 % 4)
        for at in range(rows)
    ]  # fmt: skip


def alike(rows: int) -> list[Row]:
    """Rows of one report that all say the same thing of the same year."""
    return [_row(at, "r", 20 + 9 * at, 0, at % 97, period=2022, target=False) for at in range(rows)]


def named(rows: int) -> list[Row]:
    """Rows of one report, each with a label of its own that no indicator names."""
    return [_row(at, "r", 20 + 9 * at, 5, at % 97, label=f"甲乙{at}", period=2022) for at in range(rows)]


def sourced(rows: int) -> list[Row]:
    """Rows that repeat themselves in every report of one district."""
    return [_row(at, f"r{at}", 20, at % 3, at % 3, year=2022, period=2022, target=False) for at in range(rows)]


SHAPES: dict[str, Callable[[int], list[Row]]] = {"spread": spread, "alike": alike, "named": named, "sourced": sourced}


def text_of(rows: int) -> str:
    """A text of one line whose numbers stand where ``alike`` says."""
    return "岚安县2022年工作总结\n".ljust(20, "党") + "128名、全年发展" * rows


def table_stages() -> Iterator[tuple[Any, ...]]:
    """Name, what is made for so many rows, the most rows and the fewest."""
    from dangjian import analysis, charts, wording
    from dangjian.analysis.agreement import agreement
    from dangjian.briefings.evidence import Quotations
    from dangjian.metrics import correct, dumps, from_records, records, select
    from dangjian.metrics.columnar import from_parquet
    from dangjian.metrics.corrections import Correction
    from dangjian.metrics.delimited import read_rows
    from dangjian.metrics.lines import line_of, read_lines
    from dangjian.reports import Report

    def figures(rows: list[Row]) -> Any:
        return analysis.by_year(from_records(rows), "membership.developed")

    asked: dict[str, Callable[[Any], object]] = {
        "by_year": lambda table: analysis.by_year(table, "membership.developed"),
        "together": lambda table: analysis.together(table, {"甲": "membership.developed", "乙": "membership.members"}),
        "stated": lambda table: analysis.stated(table),
        "widest": lambda table: analysis.widest(table),
        "share": lambda table: analysis.share(table, "membership.developed", "membership.members"),
        "ratios": lambda table: analysis.ratios(table, {"甲": ("membership.developed", "membership.members")}),
        "conflicts": lambda table: analysis.conflicts(table),
        "conflicts by report": lambda table: analysis.conflicts(table, by="report"),
        "checks": lambda table: analysis.checks(table),
        "one_report": lambda table: analysis.one_report(table),
        "as_said": lambda table: analysis.as_said(table),
        "counts": lambda table: [analysis.counts(table, by) for by in ("theme", "section", "report_id")],
        "of_systems": lambda table: analysis.of_systems(table),
        "select": lambda table: select(table, theme="membership", year=2022),
        "records": lambda table: list(records(table)),
        "dumps .jsonl": lambda table: dumps(table, ".jsonl"),
        "dumps .csv": lambda table: dumps(table, ".csv"),
        "dumps .parquet": lambda table: dumps(table, ".parquet"),
        "read .csv": lambda table: None,
        "provenance": lambda table: wording.provenance((), table),
        "source": lambda table: wording.source(analysis.as_said(table)),
    }
    for shape, make in SHAPES.items():
        for name, ask in asked.items():
            if name == "read .csv":
                continue

            def over(size: int, make: Any = make, ask: Any = ask) -> Act:
                table = from_records(make(size))
                return lambda: ask(table)

            yield f"{name}, rows {shape}", over, MOST, FIRST
    told: dict[str, Callable[[Any], object]] = {
        "latest": analysis.latest,
        "changes": analysis.changes,
        "ranking": lambda table: analysis.ranking(analysis.latest(table)),
        "narrowest": lambda table: analysis.narrowest(table, table),
        "beside": lambda table: analysis.beside(table, table),
        "met": lambda table: analysis.met(table, table),
        "findings": lambda table: wording.findings(table, "发展党员"),
        "finding": lambda table: wording.finding(table, "发展党员"),
        "title_of": lambda table: wording.said_title(table, "发展党员"),
        "year_table": wording.year_table,
        "change_table": lambda table: wording.change_table(analysis.changes(table)),
        "place_table": lambda table: wording.place_table(analysis.ranking(analysis.latest(table))),
        "requirement_table": lambda table: wording.requirement_table(analysis.met(table, table)),
        "evidence_table": lambda table: wording.evidence_table((), table),
        "carried": lambda table: wording.carried(table, "table"),
    }
    for name, tell in told.items():

        def of_figures(size: int, tell: Any = tell) -> Act:
            table = figures(spread(6 * size))
            return lambda: tell(table)

        yield f"{name}, figures", of_figures, 5_000, 1_250

    def joint(make: Any) -> Callable[[int], Act]:
        def made(size: int) -> Act:
            table = from_records(make(size))
            return lambda: analysis.joint(table)

        return made

    yield "joint, rows spread", joint(spread), 5_000, 1_250
    yield "joint, rows alike", joint(alike), 5_000, 1_250
    yield "joint, rows sourced", joint(sourced), 5_000, 1_250

    def lines(size: int) -> Act:
        text = "".join(line_of(row) + "\n" for row in spread(size))
        return lambda: read_lines(text, "a.jsonl")

    def rows_back(size: int) -> Act:
        data = dumps(from_records(spread(size)), ".csv")
        return lambda: read_rows(data, "a.csv")

    def parquet_back(size: int) -> Act:
        data = dumps(from_records(spread(size)), ".parquet")
        return lambda: from_parquet(data, "a.parquet")

    def made_right(size: int) -> Act:
        rows = alike(size)
        report = Report.from_text(text_of(size), report_id="r")
        said = [
            Correction(
                f"line {at}", report.sha256, row["start"], row["end"], row["text"], "unit", "人", "", "", "", "r"
            )
            for at, row in enumerate(rows[::10])
        ]
        return lambda: correct(rows, said, [report])

    def compared(size: int) -> Act:
        rows = alike(size)
        marks = [row | {"surface": row["text"]} for row in rows]
        return lambda: agreement(marks, rows)

    def quoted(many: bool) -> Callable[[int], Act]:
        def made(size: int) -> Act:
            rows = alike(size)
            sign = "。" if many else "、"
            report = Report.from_text(text_of(size).replace("、", sign), report_id="r")

            def act() -> object:
                page = Quotations({"r": report})
                for row in rows:
                    page.link(row | {"number_start": row["start"], "number_end": row["start"] + 3})
                return [passage for _, passages in page.by_report() for passage in passages]

            return act

        return made

    def drawn(size: int) -> Act:
        table = figures(spread(6 * size))
        return lambda: charts.png(charts.ranges(table)) if size else io.BytesIO()

    yield "read .jsonl", lines, MOST, FIRST
    yield "read .csv", rows_back, MOST, FIRST
    yield "read .parquet", parquet_back, MOST, FIRST
    yield "corrections", made_right, MOST, FIRST
    yield "agreement", compared, MOST, FIRST
    yield "quotations in one line", quoted(False), MOST, FIRST
    yield "quotations in sentences", quoted(True), MOST, FIRST
