"""The scan held against the slow reference, figure by figure."""

from __future__ import annotations

from random import Random

from made_texts import made_text
from reference_reader import Figure, read

from dangjian.quantities import Quantity, scan

CONTINUOUS = ("元", "亩", "公里")
MASKS = ("digits", "unknown")
DUST = 1e-6
"""Of binary fractions, as a part of the bound."""
UNIT = 1.2
"""Behind 余 the reference ends at a whole unit, and the scan, in units that have parts, just below the next."""


def differences(text: str, mask: str) -> list[str]:
    """What the two readers say differently of a text, a line each."""
    scanned = scan(text, year=2022, mask=mask).quantities
    figures = read(text, mask)
    if len(scanned) == len(figures) and all(map(agree, scanned, figures)):
        return []
    only_scanned = [said(found) for found in scanned if not any(agree(found, figure) for figure in figures)]
    only_read = [f"{figure}" for figure in figures if not any(agree(found, figure) for found in scanned)]
    return [
        f"{mask}: {text!r}",
        *(f"  scan {line}" for line in only_scanned),
        *(f"  read {line}" for line in only_read),
    ]


def agree(found: Quantity, figure: Figure) -> bool:
    """Whether both say the same of a number."""
    one = (found.start, found.end, found.unit, found.modality, found.masked, found.change)
    other = (figure.start, figure.end, figure.unit, figure.modality, figure.masked, figure.change)
    more = figure.unit in CONTINUOUS and ("余" in found.text or "多" in found.text)
    return (
        one == other
        and figure.number in (None, tuple(found.number))
        and _near(found.bounds.lower, figure.lower, 0)
        and _near(found.bounds.upper, figure.upper, UNIT if more else 0)
    )


def said(found: Quantity) -> str:
    """What the scan says of a number, on a line."""
    return (
        f"{found.text!r} {found.start}:{found.end} {tuple(found.number)} {tuple(found.bounds)} {found.unit} "
        f"{found.modality} {'masked ' if found.masked else ''}{found.change or ''} by {found.rule}"
    )


def differing(seed: str, count: int) -> list[str]:
    """The differences of so many texts made from a seed, their masks read in one of two ways by turns."""
    return [
        line
        for number in range(count)
        for line in differences(made_text(Random(f"{seed}-{number}")), MASKS[number % len(MASKS)])
    ]


def _near(one: float | None, other: float | None, apart: float) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= apart + DUST * abs(other)
