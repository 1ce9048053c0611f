"""Reads many made reports with bad files among them, and watches memory: python scripts/soak.py [--reports 10000].

The reports are the samples with other numbers, a third of them in GB18030; the bad ones are the tests' hostile files.
Every bad one must be named with its reason, every other one read, and memory must not grow with their number.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
SLOPE = 1.0
"""MB that a thousand reports more may take."""
WARM = 0.2
"""This part of the reports is read before memory is held to anything."""
_NUMBER = re.compile(r"(?<![\d〔])(?!(?:19|20)\d\d年)\d+")


def reports(count: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of made reports: the samples in turn, their numbers drawn anew."""
    samples = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data/reports").glob("*.txt"))]
    for number in range(count):
        chance = Random(number)

        def drawn(found: re.Match[str], chance: Random = chance) -> str:
            return str(chance.randint(10 ** (len(found[0]) - 1), 10 ** len(found[0]) - 1))

        text = _NUMBER.sub(drawn, samples[number % len(samples)])
        yield f"report-{number:05}.txt", text.encode("gb18030" if number % 3 == 0 else "utf-8")


def bad(count: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of files that cannot be read: the kinds of the tests in turn."""
    sys.path.insert(0, str(ROOT / "lib/tests"))
    kinds = import_module("hostile").FILES
    for number in range(count):
        kind = list(kinds)[number % len(kinds)]
        yield f"bad-{number:03}-{kind.replace(' ', '-')}", kinds[kind][0]()


def made(folder: Path, count: int, harmful: int) -> list[Path]:
    """All the files, the bad ones spread among the others."""
    files = [folder / name for name, data in reports(count - harmful) if (folder / name).write_bytes(data) >= 0]
    step = count // max(harmful, 1)
    for at, (name, data) in enumerate(bad(harmful)):
        (folder / name).write_bytes(data)
        files.insert(min(at * step, len(files)), folder / name)
    return files


def resident(process: int) -> float:
    """MB of memory that a process holds; 0 where it is gone or the system does not tell."""
    try:
        said = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+) kB", said)
    return int(found[1]) / 1_000 if found else 0.0


def slope(seen: list[tuple[int, float]]) -> float:
    """MB for each thousand reports, by least squares."""
    if len(seen) < 2:
        return 0.0
    mean_x, mean_y = (sum(pair[axis] for pair in seen) / len(seen) for axis in (0, 1))
    spread = sum((x - mean_x) ** 2 for x, _ in seen) or 1
    return 1_000 * sum((x - mean_x) * (y - mean_y) for x, y in seen) / spread


def main() -> int:
    """Make the files, read them in one process, and hold what came out to what was given."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=10_000, help="files in all (10,000)")
    options.add_argument("--bad", type=int, default=100, help="of them bad (100)")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        files = made(Path(place), chosen.reports, chosen.bad)
        code = "import sys; from dangjian.cli import main; sys.exit(main())"
        start = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-c", code, "extract", "-q", *map(str, files)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        refused: list[str] = []
        listening = threading.Thread(target=lambda: refused.extend(process.stderr or ()), daemon=True)
        listening.start()
        read: dict[str, int] = {}
        seen: list[tuple[int, float]] = []
        for line in process.stdout or ():
            name = json.loads(line)["report_id"]
            if name not in read and len(read) % 50 == 0:
                seen.append((len(read), resident(process.pid)))
            read[name] = read.get(name, 0) + 1
        status = process.wait()
        listening.join()
        seconds = time.monotonic() - start
    named = {name for line in refused for name in re.findall(r"bad-\d{3}-[^:]*", line)}
    later = [(at, memory) for at, memory in seen if at >= WARM * chosen.reports]
    grown = slope(later)
    most = max((memory for _, memory in seen), default=0)
    settled = later[0][1] if later else 0
    print(f"{len(files):,} files in {seconds:.0f} s: {len(read):,} read, {len(named)} named with their reason")
    print(f"{sum(read.values()):,} records, exit code {status}")
    print(f"memory {settled:.0f} MB after the first fifth, {most:.0f} at most, {grown:+.2f} MB a thousand reports")
    right = len(read) == chosen.reports - chosen.bad and len(named) == len(refused) == chosen.bad
    for line in refused[:3]:
        print(f"  {line.rstrip()}")
    return 0 if right and grown < SLOPE and status == (1 if chosen.bad else 0) else 1


if __name__ == "__main__":
    sys.exit(main())
