"""Doubles inputs for every pattern of the package and for its reading as a whole; tells what takes more than twice.

    python scripts/doubling.py [--most 5000000] [--only WORD] [--whole]

Patterns are found by themselves: all that files of the package have compiled while everything is imported and samples
are read. Each is tried on repetitions of its own signs, of words it matches, and of what fails at their end. A
time counts as one that doubled too much where it does so again, on its least of several rounds, at the greatest size.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "lib/dangjian"
MOST_RATIO = 2.3
FIRST = 2_000
SCREEN = 8_000
"""Every input is tried up to this size; the slowest of a pattern goes on to the greatest."""
FLOOR = 0.004
"""Seconds below which a ratio says nothing."""
PATIENCE = 20.0
RUNS = [
    *"*×9一百万十，。“”《（ \n\t|〔第:+.-—半数成某每的年月a<>/", "*,", "1,", "1 ", "* ", "1\n", "一 ", "9.9", "百分之",
    "1、", "“1", "**名", "\t1", "增长", "同比", "1|", "、一", "分别为", "（一）", "第一", "《第", "a.", "12名，",
]  # fmt: skip


class Found(NamedTuple):
    """A pattern, the file and line that had it compiled, and the methods that the file calls on it."""

    pattern: re.Pattern[str]
    place: str
    methods: tuple[str, ...]


def patterns() -> list[Found]:
    """Every pattern that the package compiles."""
    compiler: Any = re
    known: dict[re.Pattern[str], str] = {}
    once = compiler._compile

    def compile_(pattern: Any, flags: Any) -> Any:
        made = once(pattern, flags)
        frame = sys._getframe(1)
        while frame and Path(frame.f_code.co_filename).parent.name == "re":  # re.py of the standard library
            frame = frame.f_back  # type: ignore[assignment]
        if frame and Path(frame.f_code.co_filename).is_relative_to(PACKAGE) and isinstance(made.pattern, str):
            known.setdefault(made, f"{Path(frame.f_code.co_filename).relative_to(PACKAGE)}:{frame.f_lineno}")
        return made

    compiler._compile = compile_
    try:
        exercise()
    finally:
        compiler._compile = once
    return [Found(pattern, place, methods_of(place)) for pattern, place in known.items()]


def exercise() -> None:
    """Import all of the package and read the samples, so that patterns made at first use are made too."""
    import dangjian

    importlib.import_module("papermill")  # it loads an engine of ours, which loads it
    for module in pkgutil.walk_packages(dangjian.__path__, "dangjian."):
        if not module.name.endswith(("__main__", ".warm.child", ".warm.server")):
            importlib.import_module(module.name)
    sys.path.insert(0, str(ROOT / "lib/tests"))
    from dangjian.indicators import extract
    from dangjian.reports import Report, read_corpus
    from dangjian.reports.formats import read_bytes
    from dangjian.reports.limits import Limits

    renderings: Any = importlib.import_module("renderings")
    for report in read_corpus(ROOT / "data/reports"):
        extract(report, mask="unknown")
    for row in importlib.import_module("test_laws").SENTENCES:
        extract(Report.from_text(row))
    text = next(iter(read_corpus(ROOT / "data/reports"))).text[:1_500] + "指标\t单位\n党员\t12\n"
    for suffix, made in ((".docx", renderings.as_docx), (".html", renderings.as_html), (".pdf", renderings.as_pdf)):
        read_bytes(made(text), suffix, Limits())


def methods_of(place: str) -> tuple[str, ...]:
    """How a pattern is used, told by the line that made it and by what its file, or others, call on its name."""
    path, _, number = place.partition(":")
    lines = (PACKAGE / path).read_text(encoding="utf-8").split("\n")
    line = lines[int(number) - 1]
    direct = re.search(r"\bre\.(match|search|finditer|findall|sub|split|fullmatch)\(", line)
    if direct:
        return (direct[1],)
    # One of a table, or handed on: whatever the file calls on what has a name of its own there.
    calls = set(re.findall(r"\b(?!re\.)[a-z_]+\.(match|search|finditer|findall|sub|fullmatch)\(", "\n".join(lines)))
    named = re.match(r"\s*(\w+)(?:\s*:[^=]*)?\s*=", line)
    if named:
        called = re.compile(rf"\b{named[1]}\.(match|search|finditer|findall|sub|split|fullmatch)\b")
        sources = ["\n".join(lines)]
        if not named[1].startswith("_"):
            sources = [file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py")]
        used = {method for source in sources for method in called.findall(source)}
        used |= {"finditer"} if any(f"last_match({named[1]}" in source for source in sources) else set()
        calls = used or calls
    return tuple(sorted(calls)) or ("match", "finditer")


def act_of(pattern: re.Pattern[str], method: str) -> Callable[[str], object]:
    """The call to be timed; what finds one match only is called on the whole, as its user does."""
    if method in ("finditer", "findall", "sub", "split"):
        return lambda text: sum(1 for _ in pattern.finditer(text))
    return getattr(pattern, method)  # type: ignore[no-any-return]


def probes(pattern: re.Pattern[str]) -> Iterator[str]:
    """What is repeated: the common runs, the pattern's own signs and pairs of them, and pieces that it may match."""
    signs = list(dict.fromkeys(literals(pattern)))
    chance = Random(repr(pattern.pattern))
    yield from RUNS
    yield from signs[:20]
    pairs = list(product(signs, signs))
    yield from ("".join(pair) for pair in chance.sample(pairs, min(10, len(pairs))))
    for _ in range(6):
        sample = matching(parsed(pattern), chance)
        if sample:
            yield sample
            yield sample[:-1] or sample


def parsed(pattern: re.Pattern[str]) -> Any:
    """The pattern as a tree."""
    parser = importlib.import_module("re._parser")
    return parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)


def literals(pattern: re.Pattern[str]) -> Iterator[str]:
    """The signs that stand in a pattern."""
    waiting: list[Any] = [parsed(pattern)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple) and len(node) == 2 and str(node[0]) in ("LITERAL", "NOT_LITERAL"):
            yield chr(node[1])
        elif isinstance(node, tuple) and len(node) == 2 and str(node[0]) == "RANGE":
            yield chr(node[1][0])
        elif not isinstance(node, str | int) and hasattr(node, "__iter__"):
            waiting.extend(node)


def matching(tree: Any, chance: Random) -> str:
    """A text that the pattern may match, looks around left out."""
    said = ""
    for kind, value in tree:
        name = str(kind)
        if name == "LITERAL":
            said += chr(value)
        elif name == "IN":
            said += _one_of(value, chance)
        elif name in ("ANY", "NOT_LITERAL"):
            said += chance.choice("党建1*")
        elif name == "BRANCH":
            said += matching(chance.choice(value[1]), chance)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            times = min(value[0] + chance.choice((0, 1, 3)), int(value[1]))
            said += "".join(matching(value[2], chance) for _ in range(times))
        elif name == "SUBPATTERN":
            said += matching(value[3], chance)
        elif name == "ATOMIC_GROUP":
            said += matching(value, chance)
    return said


def _one_of(members: Any, chance: Random) -> str:
    kind, value = chance.choice(members)
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(chance.randint(value[0], min(value[1], value[0] + 9)))
    return chance.choice("党建1* ")


def least(act: Callable[[str], object], text: str, rounds: int) -> float:
    """The least processor time of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act(text)
        times.append(time.process_time() - start)
        if times[-1] > 1:
            break
    return min(times)


def grows(act: Callable[[str], object], unit: str, end: str, most: int) -> tuple[float, int, float]:
    """The last ratio that says something, the size it was reached at, and the seconds of the greatest size."""
    size, before, ratio, at = FIRST, 0.0, 0.0, 0
    while size <= most:
        text = (unit * (size // len(unit) + 1))[: size - len(end)] + end
        spent = least(act, text, 3 if size < 500_000 else 2)
        if before > FLOOR:
            ratio, at = spent / before, size
            if ratio > MOST_RATIO and size < most:  # a busy machine, or more than linear: look once more
                half = (unit * (size // 2 // len(unit) + 1))[: size // 2 - len(end)] + end
                ratio = least(act, text, 3) / max(least(act, half, 5), 1e-9)
        before = spent
        if spent > PATIENCE or (ratio > MOST_RATIO and spent > 0.5):
            break
        size = size * 2 if size * 2 <= most or size == most else most
        if size == most and before and at == most:
            break
    return ratio, at, before


def try_pattern(found: Found, most: int) -> tuple[float, str]:
    """The worst ratio of a pattern, and a line that tells of it."""
    worst: tuple[float, str, str, str] = (-1.0, "", "", "")
    for method in found.methods:
        act = act_of(found.pattern, method)
        for unit in dict.fromkeys(probes(found.pattern)):
            for end in ("", "\x00"):
                text = (unit * (SCREEN // len(unit) + 1))[: SCREEN - len(end)] + end
                start = time.process_time()
                act(text)
                spent = time.process_time() - start
                if spent > worst[0]:
                    worst = spent, method, unit, end
    _, method, unit, end = worst
    ratio, at, seconds = grows(act_of(found.pattern, method), unit, end, most)
    told = f"{found.place} {method}: {ratio:.2f} at {at:,} signs of {unit[:12]!r}, {seconds:.2f} s at the end"
    return ratio, told


def whole(most: int) -> list[tuple[float, str]]:
    """The same for all that is done with a text."""
    from dangjian.indicators import extract
    from dangjian.metrics import dumps_jsonl
    from dangjian.reports import Report

    def act(text: str) -> int:
        report = Report.from_text(text, report_id="x")
        return sum(1 for _ in dumps_jsonl(extract(report).observations, (report,)))

    units = [
        *RUNS,
        "一、党建\n",
        "（一）发展党员12名。\n",
        "党员\t12\n",
        "12名\n",
        "“两个维护”",
        "全年发展党员**名，",
        "约",
        "由5%",
    ]
    told = []
    for unit in units:
        ratio, at, seconds = grows(act, unit, "", most)
        told.append((ratio, f"extract: {ratio:.2f} at {at:,} signs of {unit!r}, {seconds:.2f} s at the end"))
    return told


def main() -> int:
    """Try every pattern and all of the reading; 1 where something takes more than it may."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--most", type=int, default=5_000_000, help="signs of the greatest input (5,000,000)")
    options.add_argument("--only", default="", metavar="WORD", help="patterns of files whose path holds this")
    options.add_argument("--whole", action="store_true", help="only the reading as a whole")
    chosen = options.parse_args()
    known = [] if chosen.whole else [found for found in patterns() if chosen.only in found.place]
    gc.disable()
    told = []
    for found in known:
        ratio, line = try_pattern(found, chosen.most)
        told.append((ratio, line))
        if ratio > MOST_RATIO:
            print(f"{line}  {found.pattern.pattern[:90]!r}", flush=True)
    print(f"{len(known)} patterns, worst {max((ratio for ratio, _ in told), default=0):.2f}", flush=True)
    gc.enable()
    if not chosen.only:
        for ratio, line in whole(min(chosen.most, 1_000_000)):
            told.append((ratio, line))
            if ratio > MOST_RATIO or chosen.whole:
                print(line, flush=True)
    over = sum(ratio > MOST_RATIO for ratio, _ in told)
    print(f"{over} of {len(told)} take more than {MOST_RATIO} times as long for twice as much")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
