"""Many reports to one dataset: some thirty files a task, each task's records written by whoever read them.

Nothing but short lists comes back from a task, so the calling process holds no record of any report. A task that is
done leaves a receipt beside the dataset: a call that was broken off is gone on with by the next, and one that finds
nothing changed reads nothing.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dangjian.errors import DangjianError, ReportError
from dangjian.indicators import extract
from dangjian.metrics.columnar import to_arrow
from dangjian.metrics.dataset import Piece, by_folder, commit, made_from, merge, pieces_of, sweep, write_pieces
from dangjian.metrics.lines import Record, records_of
from dangjian.reports import Limits
from dangjian.reports.corpus import read_listed
from dangjian.reports.names import safe_id
from dangjian.runs.batch.executors import AHEAD, spread
from dangjian.runs.batch.stamps import Stamps, digest_of, reading_code
from dangjian.runs.sources import Source, at_hand
from dangjian.stores import Store

SIZE = 32
"""Files a task: fewer, and handing them over costs more than reading them."""
TASKS = "_tasks"
"""The folder of receipts; names that begin with ``_`` are passed over by readers of Parquet."""
LOST = "the worker that read it ended (out of memory, or killed)"


@dataclass(frozen=True)
class Share:
    """Files that one task reads, and where it writes their records.

    Attributes:
        source: the files, with what the manifest says of them.
        name: what the files of records and the receipt are called: a hash of all that the records are made from.
    """

    source: Source
    mask: str
    limits: Limits
    target: Store
    name: str


@dataclass(frozen=True)
class Done:
    """What a task came to.

    Attributes:
        remarks: a line for each file that was not read.
    """

    pieces: tuple[Piece, ...] = ()
    reports: int = 0
    records: int = 0
    remarks: tuple[str, ...] = ()


def collect(
    sources: Iterable[Source],
    target: Store,
    executor: Executor,
    *,
    workers: int,
    mask: str = "auto",
    limits: Limits | None = None,
    note: Callable[[str], None] = lambda line: None,
) -> Done:
    """Read reports into a dataset, which replaces the one that was there when all of it is written.

    Args:
        target: the dataset's folder.
        executor: threads, processes or a cluster, which all must see the reports and the target.
        workers: how many tasks it does at once.
        note: told a line for each file that was not read.
    Returns:
        The dataset's files, and counts.
    Raises:
        ReportError: not one file could be read; what was there before stands.
        TableError, OSError: a file of the dataset could not be written.
    """
    before = pieces_of(target) or []
    shares = list(_shares(sources, target, mask, limits or Limits(), note))
    of, run = digest_of([share.name for share in shares]), uuid.uuid4().hex[:12]
    made = made_from(target)
    if made.get("of") == of:  # it stands
        _forget(target)
        sweep(target, before)
        return Done(tuple(before), made["reports"], made["records"])
    receipts = {*(target / TASKS).names()}
    done = Done()
    for share in [share for share in shares if f"{share.name}.json" in receipts]:
        done = _with(done, _receipt(share), note)
    due = [share for share in shares if f"{share.name}.json" not in receipts]
    for share, future in spread(executor, read_share, due, AHEAD * workers):
        try:
            told: Done = future.result()
        except (OSError, DangjianError):
            raise
        except Exception:  # the worker is gone
            told = Done(remarks=tuple(f"{share.source.store.place(name)}: {LOST}" for name in share.source.names))
        done = _with(done, told, note)
    if not done.reports:
        _forget(target)
        raise ReportError(
            str(target), f"nothing is written: none of {len(done.remarks)} files could be read, see above"
        )
    pieces: list[Piece] = []
    tasks = ((target, tuple(group), run) for group in by_folder(done.pieces))
    for _, merged in spread(executor, _merged, tasks, AHEAD * workers):
        pieces += merged.result()
    whole = {} if done.remarks else {"of": of, "reports": done.reports, "records": done.records}
    commit(target, pieces, whole)  # where a file was not read, the next call tries again
    _forget(target)
    sweep(target, pieces, before)
    return Done(tuple(pieces), done.reports, done.records)


def _with(done: Done, more: Done, note: Callable[[str], None]) -> Done:
    for line in more.remarks:
        note(line)
    counts = done.reports + more.reports, done.records + more.records
    return Done(done.pieces + more.pieces, *counts, done.remarks + more.remarks)


def _receipt(share: Share) -> Done:
    stored = json.loads((share.target / TASKS).read(f"{share.name}.json"))
    pieces = tuple(Piece(str(path), int(rows)) for path, rows in stored["pieces"])
    return Done(pieces, stored["reports"], stored["records"], tuple(stored["remarks"]))


def _forget(target: Store) -> None:
    """Take the receipts away: the files that they tell of go next."""
    tasks = target / TASKS
    for name in tasks.names():
        tasks.remove(name)


def read_share(share: Share) -> Done:
    """Read the files of a task and write their records.

    Raises:
        OSError: they could not be written.
    """
    records: list[Record] = []
    remarks = []
    reports = 0
    source = share.source
    with at_hand(source.store, source.names, share.limits) as files:
        for name, file in files.items():
            try:
                if isinstance(file, ReportError):
                    raise file
                report = read_listed(file, source.entries.get(name, {}), share.limits)
            except ReportError as fault:
                remarks.append(f"{source.store.place(name)}: {fault.reason}")
                continue
            records += records_of(extract(report, mask=share.mask).observations, (report,))
            reports += 1
    pieces = write_pieces(to_arrow(records), share.target, share.name) if records else []
    done = Done(tuple(pieces), reports, len(records), tuple(remarks))
    (share.target / TASKS).write(f"{share.name}.json", json.dumps(asdict(done)).encode())
    return done


def _shares(
    sources: Iterable[Source], target: Store, mask: str, limits: Limits, note: Callable[[str], None]
) -> Iterator[Share]:
    """Tasks, one after another; of files that would have the same id the first is read."""
    taken: set[str] = set()
    known: dict[str, dict[str, str]] = {}
    way = [mask, list(limits.lines()), reading_code(Stamps(Path(os.devnull)))]
    for source in sources:
        names = [name for name in source.names if _take(name, source, taken, note)]
        place = str(source.store)
        stamps = known[place] = known[place] if place in known else source.store.stamps()
        for start in range(0, len(names), SIZE):
            some = tuple(names[start : start + SIZE])
            own: Mapping[str, Any] = {name: source.entries[name] for name in some if name in source.entries}
            made = [place, [[name, stamps.get(name), own.get(name)] for name in some], way]
            yield Share(Source(source.store, some, own), mask, limits, target, digest_of(made)[:24])


def _take(name: str, source: Source, taken: set[str], note: Callable[[str], None]) -> bool:
    report_id = safe_id(source.entries.get(name, {}).get("id") or name.rpartition(".")[0] or name)
    if report_id in taken:
        note(f"{source.store.place(name)}: its id {report_id!r} is taken by another file, which is read")
        return False
    taken.add(report_id)
    return True


def _merged(task: tuple[Store, tuple[Piece, ...], str]) -> list[Piece]:
    return merge(*task)
