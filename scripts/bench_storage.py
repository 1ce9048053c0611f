"""Tables of a million records, and memory over many reports, as ratios within one run: part of make bench.

The records are those of the sample corpus, varied: other districts and years, offsets moved, digits drawn anew, places
put into headings and labels, so that they compress no better than those of reports that were really written.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ROWS = 1_000_000
COPIES = 40
"""Copies of the corpus that are varied word by word; the rest are drawn from these."""
TASK = 32 * 231
"""Records of 32 reports of a district's size."""
THEME, PERIOD = "training", 2021
FEW, MANY = 1_000, 10_000
PEAK = """
import resource, sys
from dangjian.cli import main
assert main(sys.argv[1:]) == 0
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def seconds(action: Callable[[], object], rounds: int = 3) -> float:
    """The least processor time of an action, in all its threads."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def varied() -> list[dict[str, Any]]:
    """The corpus's records over and over, no copy quite like another."""
    from dangjian.indicators import extract
    from dangjian.metrics.lines import records_of
    from dangjian.reports import read_corpus

    draw = random.Random(7)
    places = ["".join(draw.sample("东西南北安宁福林河湖江海山川桥塘岭源", 2)) for _ in range(200)]
    reports = read_corpus(ROOT / "data/reports")
    first = [record for report in reports for record in records_of(extract(report).observations, (report,))]
    found = []
    for _ in range(COPIES):
        heads: dict[str, str] = {}
        for record in first:
            if draw.random() < 0.15:
                continue
            text = re.sub("[0-9]", lambda digit: draw.choice("123456789"), record["text"])
            number = re.search("[0-9]+([.][0-9]+)?", text)
            lower, upper = record["lower"], record["upper"]
            if lower == upper and number:
                lower = upper = float(number[0])
            for head in record["section"]:
                heads.setdefault(head, head if draw.random() < 0.7 else head + draw.choice(places))
            label = record["label"] if draw.random() < 0.7 else draw.choice(places) + record["label"]
            value = lower if lower == upper else None
            section = [heads[head] for head in record["section"]]
            found.append(record | {"text": text, "lower": lower, "upper": upper, "value": value, "label": label})
            found[-1]["section"] = section
    return found


def million() -> tuple[Any, float]:
    """A million records as Arrow columns, and the seconds that a record took to become columns."""
    import numpy as np
    import pyarrow as pa

    from dangjian.metrics.columnar import to_arrow

    records = varied()
    each = seconds(lambda: to_arrow(records), 2) / len(records)
    table = to_arrow(records)
    draw = np.random.default_rng(7)
    times = -(-ROWS // len(table))
    table = table.take(np.tile(np.arange(len(table)), times)[:ROWS])
    ids = np.array(table["report_id"].to_pylist(), dtype=object)
    copy = np.cumsum(np.concatenate([[True], ids[1:] != ids[:-1]]))  # a number for each copy of a report
    district, year = draw.integers(0, 300, copy[-1] + 1)[copy], draw.integers(2014, 2024, copy[-1] + 1)[copy]
    moved = draw.integers(0, 25, ROWS)
    moved = np.cumsum(moved) - np.cumsum(moved)[np.flatnonzero(np.diff(copy, prepend=0))][copy - 1]
    later = year - table["year"].to_numpy()
    columns = {name: table[name] for name in table.column_names}
    columns |= {name: pa.array(table[name].to_numpy() + moved) for name in columns if name.endswith(("start", "end"))}
    columns["report_id"] = pa.array(
        [f"区{one}-{when}-{what}" for one, when, what in zip(district, year, copy, strict=True)]
    )
    columns["district"] = pa.array([f"区{one}" for one in range(300)]).take(district).dictionary_encode()
    columns["year"] = pa.array(year)
    period = table["period"].to_numpy(zero_copy_only=False) + later
    columns["period"] = pa.array(period, pa.int64(), from_pandas=True, safe=False)
    return pa.table(columns).combine_chunks(), each


def storage(folder: Path) -> None:
    """A million records written as a dataset, and one theme and year of them read."""
    import pandas as pd
    from pyarrow import csv

    from dangjian.metrics import load
    from dangjian.metrics.columnar import to_frame
    from dangjian.metrics.dataset import commit, write_pieces
    from dangjian.stores import open_store

    table, each = million()
    store = open_store(folder / "metrics")

    def written() -> None:
        commit(store, write_pieces(table, store, "bench"))

    cost = seconds(written)
    size = sum(file.stat().st_size for file in (folder / "metrics").rglob("*.parquet")) / ROWS
    print(f"a million records: written as a dataset in {cost:.2f} CPU s (goal 1), {size:.1f} bytes a record (goal 30);")
    print(f"  before that, {each * 1e6:.1f} CPU s to make columns of a million records")
    pieces, merged = tasks(table, open_store(folder / "tasks"))
    print(f"  by tasks of {TASK} records {pieces:.1f} CPU s, their files merged {merged:.1f}")
    plain = folder / "metrics.csv"
    csv.write_csv(table.cast(_plain(table.schema)), plain)
    ours = seconds(lambda: load(folder / "metrics", theme=THEME, period=PERIOD))
    found = load(folder / "metrics", theme=THEME, period=PERIOD)

    def by_pandas() -> Any:
        whole = pd.read_csv(plain)
        return whole[(whole["theme"] == THEME) & (whole["period"] == PERIOD)]

    theirs = seconds(by_pandas, 1)
    assert len(found) == len(by_pandas()) > 0
    print(f"one theme and year, {len(found)} rows: {ours:.3f} CPU s, pandas' CSV {theirs / ours:.0f} times (goal 15)")
    assert to_frame(table.slice(0, 1), "bench").shape[1] == found.shape[1]


def tasks(table: Any, store: Any) -> tuple[float, float]:
    """Seconds to write the same by tasks of some thirty reports, and to merge their files."""
    from dangjian.metrics.dataset import by_folder, merge, write_pieces

    start = time.process_time()
    pieces = []
    for at in range(0, len(table), TASK):
        pieces += write_pieces(table.slice(at, TASK), store, f"task-{at}")
    middle = time.process_time()
    for group in by_folder(pieces):
        merge(store, group, "merged")
    return middle - start, time.process_time() - middle


def memory(folder: Path) -> None:
    """Peak memory of a thousand and of ten thousand short reports, each form of table in a process of its own."""
    files = sorted((ROOT / "data/reports").glob("*.txt"))
    texts = [file.read_text(encoding="utf-8")[:500] for file in files]
    for number in (FEW, MANY):
        (folder / str(number)).mkdir()
        for at in range(number):
            (folder / str(number) / f"r{at:05}.txt").write_text(texts[at % len(texts)], encoding="utf-8")
    for form in ("jsonl", "csv", "parquet", "dataset"):
        few, many = (_peak(folder / str(number), form, folder) for number in (FEW, MANY))
        facts = f"{few:.0f} MB at {FEW} reports, {many:.0f} MB at {MANY}"
        print(f"peak memory of extract into {form}: {facts}: {many / few:.2f} (goal 1.10)")


def _peak(reports: Path, form: str, folder: Path) -> float:
    out = folder / f"{form}-{reports.name}"
    here = ["--jobs", "1"] if form == "dataset" else []
    command = [sys.executable, "-c", PEAK, "extract", "-q", reports, "--format", form, "--out", out, *here]
    said = subprocess.run(list(map(str, command)), capture_output=True, check=True, text=True).stdout
    return int(said.split()[-1]) / 1000


def _plain(schema: Any) -> Any:
    import pyarrow as pa

    return pa.schema([(field.name, getattr(field.type, "value_type", field.type)) for field in schema])


def main() -> None:
    """All of it, in a folder that is taken away again."""
    with tempfile.TemporaryDirectory(prefix="dangjian-bench-") as place:
        storage(Path(place))
        sys.stdout.flush()
        memory(Path(place))


if __name__ == "__main__":
    main()
    sys.stdout.flush()
