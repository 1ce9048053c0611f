"""Speed as ratios within one run, on one core: make bench (the runs of notebooks: scripts/bench_runs.py).

``bare`` is what no reader of numbers can be faster than: `re.finditer` over one class of digits, masks and Chinese
numerals. Each figure is the least of several rounds, in processor time, so that a busy machine distorts it least.
"""

from __future__ import annotations

import gc
import re
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
BARE = re.compile("[0-9０-９*＊×Xx●○□█#零〇一二三四五六七八九十百千万亿两]+")
ROUNDS = 5


def seconds(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least processor time of an action."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def texts() -> dict[str, list[str]]:
    """The sample corpus, and the real report repeated to 2 MB where it is at hand."""
    files = sorted((ROOT / "data/reports").glob("*.txt"))
    found = {"sample corpus": [file.read_text(encoding="utf-8") for file in files]}
    seed = ROOT.parent / "shared/seed/report-2022.txt"
    if seed.is_file():
        text = seed.read_text(encoding="utf-8")
        found["real report, 2 MB"] = [text * (2_000_000 // len(text.encode()))]
    return found


def stages() -> None:
    """Bare against the quantity stage and the whole extract to JSON Lines."""
    from dangjian.indicators import extract
    from dangjian.metrics import dumps_jsonl
    from dangjian.quantities import scan
    from dangjian.reports import Report

    def whole(report: Report) -> int:
        found = extract(Report.from_text(report.text, report_id="x"), mask="digits")
        return sum(len(line) for line in dumps_jsonl(found.observations))

    for name, documents in texts().items():
        reports = [Report.from_text(text, report_id="x") for text in documents]
        bare = seconds(lambda: [sum(1 for _ in BARE.finditer(text)) for text in documents])  # noqa: B023
        scanned = seconds(lambda: [scan(report.text, year=report.year, mask="digits") for report in reports])  # noqa: B023
        extracted = seconds(lambda: [whole(report) for report in reports], 2)  # noqa: B023
        print(f"{name}: quantity stage {scanned / bare:.1f} of bare (goal 4), extract {extracted / bare:.1f} (goal 15)")


def linear() -> None:
    """Time a megabyte of text for growing texts, in one line and in many."""
    from dangjian.quantities import scan

    line = "全年发展党员***名，完成率达***%，培训近3000人次。" * 40
    for name, text in {"one line": line, "many lines": line.replace("。", "。\n")}.items():
        rates = [seconds(lambda: scan(text * size, mask="digits"), 2) / size for size in (20, 200, 1000)]  # noqa: B023
        spread = max(rates) / min(rates)
        print(f"{name}: slowest rate {spread:.2f} of the fastest, 20 to 1000 times {len(text)} characters (goal 1.2)")
    stars = seconds(lambda: scan("*" * 1_000_000), 1)
    print(f"a million masks in a row: {stars:.2f} s (goal 1)")


def peers() -> None:
    """Other readers of numbers on the sample corpus, where they are installed."""
    from dangjian.quantities import scan

    documents = texts()["sample corpus"]
    ours = seconds(lambda: [scan(text, mask="digits") for text in documents])
    if find_spec("chinese2digits"):
        import chinese2digits  # type: ignore[import-not-found]

        theirs = seconds(lambda: [chinese2digits.takeNumberFromString(text) for text in documents], 1)
        print(f"chinese2digits takes {theirs / ours:.1f} times as long (goal 10)")
    else:
        print("chinese2digits: not installed, left out")
    if find_spec("recognizers_number"):
        from recognizers_number import recognize_number  # type: ignore[import-not-found]

        theirs = seconds(lambda: [recognize_number(text, "zh-cn") for text in documents[:4]], 1)
        part = seconds(lambda: [scan(text, mask="digits") for text in documents[:4]])
        print(f"recognizers-text-number takes {theirs / part:.1f} times as long (goal 50)")
    else:
        print("recognizers-text-number: not installed, left out")


if __name__ == "__main__":
    for part in (stages, linear, peers):
        part()
        sys.stdout.flush()
