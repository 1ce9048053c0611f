"""What was read in each report, kept: a report that did not change is not read again.

Reports are read in batches. Each batch writes one Parquet file with the rows of each report in a row group of its
own, and one with the texts; an index line a report says where its rows are. A worker writes files of its own and
no other's, and the index is written by one process alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from dangjian.errors import ReportError
from dangjian.reports import Report, read_report
from dangjian.runs.corpora import Source
from dangjian.runs.folder import replacing
from dangjian.runs.journal import Journal, read_journal, rewrite
from dangjian.runs.keys import digest_of, report_key

BATCH = 32
"""Reports a task: one a task costs three times as much."""
MOST_UNREAD = 50
"""Unread numbers kept of one report; all are counted."""
FACTS = ("report_id", "title", "district", "year", "kind", "invented", "source")


class Reading(NamedTuple):
    """What one file gave: facts on its report, or the reason why there is none.

    ``facts`` are what ``run.json`` says of a report; ``part`` and ``group`` say where its rows and text are.
    """

    key: str
    source: str
    part: str
    group: int
    facts: dict[str, Any] | None
    skipped: str
    unread: list[dict[str, Any]]


def read_batch(sources: Sequence[Source], mask: str, folder: str) -> list[Reading]:
    """Read some files, write their rows and texts into a folder, say what they gave.

    Safe to call in any process of any machine that sees the folder: equal files give equal names and bytes.
    """
    from dangjian.indicators import extract
    from dangjian.metrics import dumps

    keys = [report_key(source.digest, source.known, mask) for source in sources]
    part = digest_of(keys)[:24]
    readings: list[Reading] = []
    tables: list[Any] = []
    texts: list[bytes] = []
    for source, key in zip(sources, keys, strict=True):
        try:
            report = open_report(source)
        except ReportError as fault:
            readings.append(Reading(key, source.name, "", 0, None, fault.reason, []))
            continue
        extraction = extract(report, mask=mask)
        facts = {name: getattr(report, name) for name in FACTS} | {
            "sha256": report.sha256,
            "found": extraction.found,
            "bound": extraction.bound,
            "unread": len(extraction.unread),
            "left_out": len(extraction.left_out),
            "masks": [{"sign": m.sign, "reading": m.reading, "evidence": m.evidence} for m in extraction.masks],
        }
        unread = [
            {"report_id": report.report_id, "start": one.start, "end": one.end}
            | {"text": report.text[one.start : one.end], "rule": one.rule}
            for one in extraction.unread[:MOST_UNREAD]
        ]
        readings.append(Reading(key, source.name, part, len(tables), facts, "", unread))
        tables.append((extraction.observations, report))
        texts.append(report.text.encode("utf-8", "surrogatepass"))
    if tables:
        rows = [row for observations, _ in tables for row in observations]
        data = dumps(rows, ".parquet", [report for _, report in tables])
        _write_part(Path(folder), part, data, [len(observations) for observations, _ in tables], texts)
    return readings


def open_report(source: Source) -> Report:
    """The report of a file that may lie in a remote store."""
    if "://" not in source.place:
        return read_report(source.place, **source.known)
    from dangjian.runs.stores import read_bytes

    with tempfile.TemporaryDirectory() as folder:
        near = Path(folder) / source.name
        near.write_bytes(read_bytes(source.place))
        return read_report(near, **source.known)


def _write_part(folder: Path, part: str, data: bytes, counts: list[int], texts: list[bytes]) -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    whole = pq.read_table(io.BytesIO(data))
    with replacing(folder / f"{part}.parquet") as beside, pq.ParquetWriter(beside, whole.schema) as writer:
        start = 0
        for count in counts:
            writer.write_table(whole.slice(start, count))
            start += count
            if not count:  # no row makes no row group, and the next report's would take its number
                writer.write_batch(pa.RecordBatch.from_pylist([], schema=whole.schema))
    with replacing(folder / f"{part}.texts.parquet") as beside:
        pq.write_table(pa.table({"text": pa.array(texts, pa.binary())}), beside, row_group_size=1)


class Readings:
    """All readings kept in a folder; use it in a ``with`` block, in one process at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = folder / "index.jsonl"
        self._journal = Journal(self._index)

    def __enter__(self) -> Readings:
        self._journal.__enter__()
        return self

    def __exit__(self, *fault: Any) -> None:
        self._journal.__exit__(*fault)

    @cached_property
    def known(self) -> dict[str, Reading]:
        """Every reading by its key; one whose files are gone is not among them."""
        there = {path.name.split(".")[0] for path in self.folder.glob("*.parquet")}
        found = (Reading(**event) for event in read_journal(self._index) if set(event) == set(Reading._fields))
        return {reading.key: reading for reading in found if not reading.part or reading.part in there}

    def missing(self, sources: Iterable[Source], mask: str) -> list[Source]:
        """The files that were not read yet in their present state."""
        return [one for one in sources if report_key(one.digest, one.known, mask) not in self.known]

    def add(self, readings: Iterable[Reading]) -> None:
        """Put readings, whose files stand, into the index."""
        fresh = [reading for reading in readings if reading.key not in self.known]
        self._journal.write(*(reading._asdict() for reading in fresh))
        self.known.update((reading.key, reading) for reading in fresh)

    def of(self, sources: Iterable[Source], mask: str) -> list[Reading]:
        """The reading of each file, in order, under the file's own name."""
        return [self.known[report_key(one.digest, one.known, mask)]._replace(source=one.name) for one in sources]

    def rows(self, readings: Iterable[Reading]) -> Iterable[Any]:
        """An Arrow table of the rows of each reading, in order."""
        import pyarrow.parquet as pq

        part, file = "", None
        for reading in readings:
            if reading.part != part or file is None:
                part, file = reading.part, pq.ParquetFile(self.folder / f"{reading.part}.parquet")
            yield file.read_row_group(reading.group)

    def report(self, reading: Reading) -> Report:
        """The report of a reading: its text and what is known of it."""
        import pyarrow.parquet as pq

        file = pq.ParquetFile(self.folder / f"{reading.part}.texts.parquet")
        data = file.read_row_group(reading.group).column("text")[0].as_py()
        assert reading.facts is not None
        facts = {name: reading.facts[name] for name in FACTS}
        return Report(text=data.decode("utf-8", "surrogatepass"), **facts)

    def forget(self, kept: Iterable[str]) -> None:
        """Drop every reading but these keys, and the files that no reading needs, where at least half is waste."""
        keep = {key: self.known[key] for key in kept if key in self.known}
        if len(keep) * 2 > len(self.known):
            return
        parts = {reading.part for reading in keep.values()}
        rewrite(self._index, [reading._asdict() for reading in keep.values()])
        for path in self.folder.glob("*.parquet"):
            if path.name.split(".")[0] not in parts:
                path.unlink()
        self.__dict__["known"] = keep
        self._journal.__exit__(None, None, None)  # the file that was open is no more the one in place
        self._journal.__enter__()
