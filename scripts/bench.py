"""Speed as ratios within one run, on one core: make bench, or scripts/bench.py with the names of some parts.

``bare`` is what no reader of numbers can be faster than: `re.finditer` over one class of digits, masks and Chinese
numerals. Each figure is the least of several rounds, in processor time, so that a busy machine distorts it least; on
one whose cores share their caches with other work the ratios still come out up to a third higher.
"""

from __future__ import annotations

import gc
import random
import re
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BARE = re.compile("[0-9０-９*＊×Xx●○□█#零〇一二三四五六七八九十百千万亿两]+")
FIGURES = re.compile("[0-9*]+[.0-9*%]*|[一二两三四五六七八九十百千万]+")
ROUNDS = 7
MEGABYTES = (1, 10, 100)
REPORTS = 1000


def seconds(*actions: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The least processor time of each action; they take turns, so that each meets the machine at its quietest."""
    least = [float("inf")] * len(actions)
    for _ in range(rounds):
        for at, action in enumerate(actions):
            gc.collect()
            start = time.process_time()
            action()
            least[at] = min(least[at], time.process_time() - start)
    return least


def sample() -> list[str]:
    """The reports of the sample corpus: documents that differ."""
    return [file.read_text(encoding="utf-8") for file in sorted((ROOT / "data/reports").glob("*.txt"))]


def seed() -> str:
    """The real report where it is at hand, "" elsewhere."""
    file = ROOT.parent / "shared/seed/report-2022.txt"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def prose() -> str:
    """A text about as rich in numbers as a real report: the sample, three parts of four without its figures."""
    return "\n".join(text + 3 * FIGURES.sub("", text) for text in sample())


def stages() -> None:
    """Bare against the quantity stage and the whole extract to JSON Lines."""
    from dangjian.indicators import extract
    from dangjian.metrics import dumps_jsonl
    from dangjian.quantities import scan
    from dangjian.quantities.patterns import pattern
    from dangjian.reports import Report

    def whole(text: str) -> int:
        found = extract(Report.from_text(text, report_id="x"), mask="digits")
        return sum(map(len, dumps_jsonl(found.observations)))

    texts = {"sample corpus": sample()}
    if seed():
        texts["real report, 2 MB"] = [seed() * (2_000_000 // len(seed().encode()))]
    for name, documents in texts.items():
        counted = sum(len(scan(text, mask="digits").quantities) for text in documents)
        times = seconds(
            lambda: [sum(1 for _ in BARE.finditer(text)) for text in documents],  # noqa: B023
            lambda: [sum(1 for _ in pattern().scan.finditer(text)) for text in documents],  # noqa: B023
            lambda: [scan(text, year=2022, mask="digits") for text in documents],  # noqa: B023
            lambda: [whole(text) for text in documents],  # noqa: B023
        )
        bare, matched, scanned, extracted = times
        print(
            f"{name}: quantity stage {scanned / bare:.1f} of bare (goal 4), its pattern alone {matched / bare:.1f}; "
            f"extract to JSON Lines {extracted / bare:.1f} (goal 15); {counted} quantities: "
            f"bare {bare / counted * 1e6:.2f} µs each, stage {scanned / counted * 1e6:.1f}, "
            f"extract {extracted / counted * 1e6:.1f}"
        )


def floor() -> None:
    """What no reader that gives Python objects gets below: records made and written that are read already.

    The records are copied field by field behind the plainest pattern, and the lines encoded from records at hand: all
    the reading, naming and labelling is left out.
    """
    from msgspec.json import Encoder

    from dangjian.indicators import Observation, extract
    from dangjian.metrics.lines import records_of
    from dangjian.quantities import Quantity, scan
    from dangjian.reports import Report

    documents = sample()
    scanned = [[_fields(row) for row in scan(text, mask="digits").quantities] for text in documents]
    reports = [Report.from_text(text, report_id="x") for text in documents]
    observed = [extract(report, mask="digits").observations for report in reports]
    copied = [[_fields(row) for row in rows] for rows in observed]
    records = [list(records_of(rows, (report,))) for rows, report in zip(observed, reports, strict=True)]
    encoder = Encoder()
    bare, made, named, written = seconds(
        lambda: [sum(1 for _ in BARE.finditer(text)) for text in documents],
        lambda: [[Quantity(*row) for row in rows] for rows in scanned],
        lambda: [[Observation(*row) for row in rows] for rows in copied],
        lambda: [[encoder.encode(record) for record in rows] for rows in records],
    )
    print(
        f"sample corpus, nothing read: making the records of the quantity stage takes {made / bare:.1f} of bare beside "
        f"bare itself (goal of the whole stage 4); making named ones {named / bare:.1f} more, encoding them as "
        f"lines {written / bare:.1f} more (goal of the whole extract 15)"
    )


def _fields(record: Any) -> list[Any]:
    return [getattr(record, name) for name in record.__struct_fields__]


def linear() -> None:
    """Megabytes a second of growing texts, in one line and in many; masks that no number ends."""
    from dangjian.indicators import extract
    from dangjian.quantities import scan
    from dangjian.reports import Report

    def whole(text: str) -> object:
        return extract(Report.from_text(text, report_id="x"), mask="digits")

    def read(text: str) -> object:
        return scan(text, mask="digits")

    for lines, text in {"one line": prose().replace("\n", ""), "many lines": prose()}.items():
        size = len(text.encode()) / 1e6
        for name, action, sizes in (("scan", read, MEGABYTES), ("extract", whole, MEGABYTES[:2])):
            rates = []
            for megabytes in sizes:
                long = text * round(megabytes / size)
                (taken,) = seconds(lambda: action(long), rounds=3 if megabytes < 10 else 1)  # noqa: B023
                rates.append(megabytes / taken)
            told = ", ".join(f"{rate:.1f} at {megabytes} MB" for rate, megabytes in zip(rates, sizes, strict=True))
            print(f"{name}, {lines}: MB/s {told}; fastest {max(rates) / min(rates):.2f} of the slowest (goal 1.2)")
    for sign in "*1一":
        print(f"a million {sign} in a row: {seconds(lambda: scan(sign * 1_000_000), rounds=1)[0]:.2f} s (goal 1)")  # noqa: B023


def memory() -> None:
    """What a scan needs beyond its text and its records, for growing texts."""
    from dangjian.quantities import scan

    scan("1名")  # the patterns are made
    for megabytes in (1, 10):
        text = prose() * round(megabytes * 1e6 / len(prose().encode()))
        tracemalloc.start()
        found = scan(text, mask="digits")
        kept, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(
            f"memory, {megabytes} MB of text: {kept / 1e6:.1f} MB of records ({len(found.quantities)} quantities, "
            f"{len(found.left_out)} left out), beyond them {(most - kept) / 1e6:.2f} MB at most"
        )


def peers() -> None:
    """Other readers of numbers beside the scan, where they are installed: on masked reports, and with digits shown."""
    from dangjian.quantities import scan

    others: dict[str, tuple[int, Callable[[str], object]]] = {}
    if find_spec("chinese2digits"):
        from chinese2digits.chinese2digits import takeNumberFromString

        others["chinese2digits"] = 10, takeNumberFromString
    if find_spec("recognizers_number"):
        from recognizers_number import recognize_number

        others["recognizers-text-number"] = 50, lambda text: recognize_number(text, "zh-cn")
    chance = random.Random(2022)
    masked = sample()
    shown = [re.sub(r"\*", lambda _: chance.choice("123456789"), text) for text in masked]
    for name in {"chinese2digits", "recognizers-text-number"} - set(others):
        print(f"{name}: not installed, left out (the group bench of pyproject.toml names it)")
    for name, (goal, read) in others.items():
        for kind, documents in {"masked": masked, "shown": shown}.items():
            ours, theirs = seconds(
                lambda: [scan(text, mask="digits") for text in documents],  # noqa: B023
                lambda: [read(text) for text in documents],  # noqa: B023
                rounds=3,
            )
            print(f"{name}, digits {kind}: {theirs / ours:.1f} times the time of ours (goal {goal})")


def varied(many: int) -> Iterator[tuple[str, str, str]]:
    """Reports made from the sample, each with other digits hidden: id, district and text; four years a district."""
    chance = random.Random(2022)
    number = re.compile(r"(?<![\d*.,])\d[\d,.]*\d(?![\d*年.,])")

    def hide(found: re.Match[str]) -> str:
        kept = chance.choice((0, 1, 99, 99))
        return "".join(sign if not sign.isdecimal() or at < kept else "*" for at, sign in enumerate(found.group()))

    files = sorted((ROOT / "data/reports").glob("*.txt"))
    for at in range(many):
        file = files[at % len(files)]
        district = f"{file.stem.split('-')[0]}{at // len(files)}"
        yield f"{file.stem}-{at}", district, number.sub(hide, file.read_text(encoding="utf-8"))


def joint() -> None:
    """Joint bounds of one report, and of a thousand: each by itself, and those of a district together."""
    from dangjian import analysis, metrics
    from dangjian.indicators import extract
    from dangjian.reports import Report

    def table(reports: list[Report]) -> Any:
        return metrics.frame([row for report in reports for row in extract(report, "digits").observations], reports)

    made = [Report.from_text(text, name, district=district) for name, district, text in varied(REPORTS)]
    one = table([Report.from_text(seed() or sample()[0], "one")])
    all_of_them = table(made)
    analysis.joint(one)  # the solver is loaded
    (alone,) = seconds(lambda: analysis.joint(one), rounds=3)
    (each,) = seconds(lambda: analysis.joint(all_of_them, by="report"), rounds=1)
    (together,) = seconds(lambda: analysis.joint(all_of_them, by="district"), rounds=1)
    print(f"joint bounds: one report {alone:.2f} s (goal 1)")
    print(f"joint bounds: {REPORTS} reports, {len(all_of_them)} numbers: each by itself {each:.1f} s (goal 60), "
          f"by districts {together:.1f} s (goal 60)")  # fmt: skip


PARTS = {part.__name__: part for part in (stages, floor, linear, memory, peers, joint)}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
        sys.stdout.flush()
