"""The table and the texts that a run is given: of the reports that its parameters select, and no others.

A selection has a folder of its own, named by what is in it; runs that select the same share it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dangjian.metrics import corrected, dumps, load
from dangjian.metrics.corrections import Correction
from dangjian.metrics.parts import gather
from dangjian.placing import replacing, write_text
from dangjian.reports import Report
from dangjian.reports.manifest import MANIFEST, dumps_manifest
from dangjian.runs.batch.stamps import digest_of
from dangjian.runs.batch.state import State
from dangjian.runs.folder import slug

SHARD = 64
"""Reports a file: a table is put together in so much memory, whatever its length."""
REFUSED = "corrections.refused"


@dataclass(frozen=True)
class Selection:
    """Reports that a run reads, as the roll tells of them, in the order of their ids, and what is corrected in them."""

    mask: str
    reports: tuple[Mapping[str, Any], ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def corrected(self) -> str:
        """The hash of the corrections, "" where there are none."""
        return digest_of([_said(one) for one in self.corrections]) if self.corrections else ""

    @property
    def name(self) -> str:
        """The name of its folder: a hash of what the table is made from."""
        made = [[facts["report_id"], facts["key"]] for facts in self.reports]
        return digest_of([self.mask, made, self.corrected])[:16]


def select(mask: str, reports: Sequence[Mapping[str, Any]], corrections: Sequence[Correction]) -> Selection:
    """The selection of some reports, with the corrections that speak of them."""
    known = {facts["sha256"] for facts in reports} | {facts["report_id"] for facts in reports}
    own = tuple(one for one in corrections if one.report in known or one.report_id in known)
    return Selection(mask, tuple(reports), own)


def write_selection(selection: Selection, tables: Path, state: State) -> tuple[str, ...]:
    """Write a selection's folder, unless it is there; a line for each correction that is refused.

    Raises:
        TableError, OSError, WriteError: it could not be written.
    """
    place = tables / selection.name
    if not place.is_dir():
        beside = tables / f".{selection.name}.{os.getpid()}.part"
        shutil.rmtree(beside, ignore_errors=True)
        try:
            _write(selection, beside, state)
            os.replace(beside, place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return refusals(place)


def refusals(place: Path) -> tuple[str, ...]:
    """Corrections that a selection's table refused, a line each."""
    with suppress(FileNotFoundError):
        return tuple(json.loads((place / REFUSED).read_bytes()))
    return ()


def table_of(place: Path) -> Path:
    """What a notebook is given as its stored table: a file, or the folder where the table has several."""
    one = place / "metrics.parquet"
    return one if one.is_file() else place


def _write(selection: Selection, place: Path, state: State) -> None:
    (place / "reports").mkdir(parents=True)
    parts = {facts["report_id"]: state.part(facts["part"], ".parquet") for facts in selection.reports}
    refused: list[str] = []
    shards = [selection.reports[at : at + SHARD] for at in range(0, len(selection.reports), SHARD)]
    for number, shard in enumerate(shards, 1):
        name = "metrics.parquet" if len(shards) == 1 else f"metrics-{number:05}.parquet"
        with replacing(place / name) as beside:
            beside.write_bytes(gather(parts, [facts["report_id"] for facts in shard]))
        own = select(selection.mask, shard, selection.corrections)
        if own.corrections:
            texts = [Report(facts["report_id"], _text(facts, state)) for facts in shard]
            table, lines = corrected(load(place / name), own.corrections, texts)
            refused += lines
            with replacing(place / name) as beside:
                beside.write_bytes(dumps(table, ".parquet"))
    for facts in selection.reports:
        _share(state.text(facts["sha256"]), place / "reports" / f"{slug(facts['report_id'])}.txt")
    write_text(place / "reports" / MANIFEST, dumps_manifest(map(_entry, selection.reports)))
    if refused:
        write_text(place / REFUSED, json.dumps(refused))


def _text(facts: Mapping[str, Any], state: State) -> str:
    return state.text(facts["sha256"]).read_bytes().decode("utf-8", "surrogatepass")


def _share(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        with replacing(target) as beside:
            shutil.copyfile(source, beside)


def _entry(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the manifest of the texts says of a report: all that the first one or the report itself said."""
    entry = {"file": f"{slug(facts['report_id'])}.txt", "id": facts["report_id"]}
    said = {key: facts[key] for key in ("title", "district", "year", "kind", "invented", "distinct")}
    return entry | {key: value for key, value in said.items() if value or key == "invented"}


def _said(correction: Correction) -> list[str]:
    return [str(part) for name, part in correction._asdict().items() if name != "where"]
