"""How the time of a call grows with its text, told by processor time on doubled texts."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

MOST_RATIO = 2.3
FIRST = 5_000
FLOOR = 0.05
"""Seconds below which a ratio says nothing."""
PATIENCE = 60.0
ONCE = 1_000_000
"""What is larger is timed once, and again only where its ratio is too great."""


class Growth(NamedTuple):
    """The worst ratio that says something and the size at which it was reached; the greatest size, its seconds."""

    ratio: float
    at: int
    size: int
    seconds: float


def least(act: Callable[[], object], rounds: int) -> float:
    """The least processor time of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
        if times[-1] > 5:
            break
    return min(times)


def grows(made: Callable[[int], Callable[[], object]], most: int, first: int = FIRST) -> Growth:
    """Doubles up to a size; a ratio that is too great is looked at again before it counts.

    Args:
        made: what is to be timed, for a size.
    """
    size, before, worst, at = first, 0.0, 0.0, 0
    sizes = [most]
    while sizes[0] // 2 >= first:
        sizes.insert(0, sizes[0] // 2)
    for size in sizes:
        spent = least(made(size), 2 if size < ONCE else 1)
        if before > FLOOR or (before and spent > 4 * MOST_RATIO * FLOOR):
            ratio = spent / max(before, 1e-6)
            if ratio > MOST_RATIO and spent < PATIENCE / 3:
                ratio = least(made(size), 3) / max(least(made(size // 2), 4), 1e-6)
            if ratio > worst:
                worst, at = ratio, size
        before = spent
        if spent > PATIENCE or worst > MOST_RATIO:
            break
    return Growth(worst, at, size, before)
