"""Doubles inputs for every pattern of the package, and for all that is done with a text or a table of many rows.

    python scripts/doubling.py [--most 5000000] [--only WORD] [--part patterns|stages] [--list]

A time counts as one that grew too much where it does so again, on its least of several rounds. Patterns are found by
themselves (``doublings/patterns.py``) and tried on texts made against each (``doublings/probes.py``); what is done with
a whole text or table stands in ``doublings/stages.py``.
"""

from __future__ import annotations

import argparse
import gc
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from doublings.growing import MOST_RATIO, PATIENCE, Growth, grows, least
from doublings.patterns import ALL, Found, bound_of, named, patterns
from doublings.probes import Probe, probes
from doublings.stages import stages

SCREEN, AGAIN = 2_000, 16_000
"""Every text is tried at the first size; those that took longest at the second too, and the worst at all."""
KEPT, WORST = 24, 2
SECONDS = 5
"""No call of a first try may take longer."""
MOST_BOUNDED = 0.02
"""Seconds that one call may take of a pattern that is given little."""


class TooLong(Exception):
    """A call took longer than it may."""


def _stop(*_: object) -> None:
    raise TooLong


def act_of(found: Found, method: str, text: str) -> Callable[[], object]:
    """The call to be timed, on a text."""
    said: Any = text if isinstance(found.pattern.pattern, str) else text.encode("utf-8", "surrogatepass")
    if method in ALL:
        return lambda: sum(1 for _ in found.pattern.finditer(said))
    call = getattr(found.pattern, method)
    return lambda: call(said)


def made_act(found: Found, method: str, probe: Probe, size: int) -> Callable[[], object]:
    """The call on a probe's text of a size."""
    return act_of(found, method, probe.text(size))


def first_time(found: Found, method: str, probe: Probe, size: int) -> float:
    """The time of one call, ``SECONDS`` where it took longer."""
    act = act_of(found, method, probe.text(size))
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        act()
    except TooLong:
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def first_times(found: Found, method: str, known: list[Probe], size: int) -> Iterator[tuple[float, Probe]]:
    """The time of one call on each text, up to one that takes too long."""
    for probe in known:
        spent = first_time(found, method, probe, size)
        yield spent, probe
        if spent >= SECONDS:
            return


def try_pattern(found: Found, most: int) -> tuple[bool, str]:
    """Whether a pattern takes no more than it may, and a line that tells of its worst text."""
    known = probes(found.pattern)
    bound = bound_of(found)
    worst: list[tuple[Growth, str, Probe]] = []
    for method in found.methods:
        size = min(SCREEN, bound[0]) if bound else SCREEN
        times = sorted(first_times(found, method, known, size), key=lambda one: -one[0])
        if bound or times[0][0] >= SECONDS:
            spent = min(times[0][0], least(act_of(found, method, times[0][1].text(size)), 5)) if bound else SECONDS
            ratio = 0.0 if bound and spent <= MOST_BOUNDED else 99.0
            worst.append((Growth(ratio, size, size, spent), method, times[0][1]))
            continue
        again = [
            (first_time(found, method, probe, AGAIN), spent, probe)
            for spent, probe in dict.fromkeys((max(spent, 1e-5), probe) for spent, probe in times[:KEPT])
        ]
        steepest = sorted(again, key=lambda one: -one[0] / one[1])[: WORST - 1]
        for _, _, probe in [*steepest, max(again, key=lambda one: one[0])]:
            worst.append((grows(partial(made_act, found, method, probe), most), method, probe))
            if worst[-1][0].ratio > MOST_RATIO or worst[-1][0].seconds > PATIENCE:
                break
    growth, method, probe = max(worst, key=lambda one: (one[0].ratio > MOST_RATIO, one[0].seconds / one[0].size))
    sound = growth.ratio <= MOST_RATIO and growth.seconds <= PATIENCE
    limit = f" (never more than {bound[0]}: {bound[1]})" if bound else ""
    shown = tuple(part if len(part) < 24 else part[:20] + "…" for part in probe)
    return sound, (
        f"{named(found)} {found.place.partition(':')[2]} {method}: {growth.ratio:.2f} at {growth.at:,}, "
        f"{growth.seconds:.2f} s for {growth.size:,} signs of {shown!r}{limit}"
    )


def main() -> int:
    """Try every pattern and every stage; 1 where something takes more than it may."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--most", type=int, default=5_000_000, help="signs of the greatest text (5,000,000)")
    options.add_argument("--only", default="", metavar="WORD", help="patterns and stages whose name holds this")
    options.add_argument("--part", choices=("patterns", "stages"), help="only the patterns, or only the stages")
    options.add_argument("--list", action="store_true", help="name what is tried, and try nothing")
    options.add_argument("--loud", action="store_true", help="a line for each, not only for those that take too long")
    chosen = options.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGVTALRM, _stop)
    found, missed = patterns() if chosen.part != "stages" else ([], [])
    found = [each for each in found if chosen.only in named(each)]
    doing = [stage for stage in stages() if chosen.part != "patterns" and chosen.only in stage.name]
    for site in missed:
        print(f"{site.path}:{site.first}: a pattern that nothing made; doublings/exercise.py must use it")
    if chosen.list:
        print(
            *(f"{named(each)} {' '.join(each.methods)}" for each in found), *(stage.name for stage in doing), sep="\n"
        )
        return len(missed) > 0
    over = 0
    gc.disable()  # its passes come by turns, and make ratios of what is linear
    for each in found:
        sound, line = try_pattern(each, chosen.most)
        over += not sound
        if chosen.loud or not sound:
            print("" if sound else "TOO LONG ", line, flush=True, sep="")
    for stage in doing:
        try:
            growth = grows(stage.made, min(chosen.most, stage.most), stage.first)
        except Exception as fault:  # of the others more can be told
            over += 1
            print(f"FAILED {stage.name}: {type(fault).__name__}: {str(fault)[:200]}", flush=True)
            continue
        sound = growth.ratio <= MOST_RATIO and growth.seconds <= PATIENCE
        over += not sound
        told = f"{stage.name}: {growth.ratio:.2f} at {growth.at:,}, {growth.seconds:.2f} s for {growth.size:,}"
        if chosen.loud or not sound:
            print("" if sound else "TOO LONG ", told, flush=True, sep="")
    tried = f"{len(found)} patterns and {len(doing)} stages"
    print(f"{over} of {tried} take more than {MOST_RATIO} times as long for twice as much")
    return 1 if over or missed else 0


if __name__ == "__main__":
    sys.exit(main())
