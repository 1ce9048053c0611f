"""The one pattern of the scan: every number with its scale, modifiers and unit, and every exclusion.

It begins with a set of characters, so that the scan runs over plain text at full speed; what follows is
chosen by the class of that first character. Every run of numerals is matched once, whole.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dangjian.quantities import shapes
from dangjian.quantities.exclusions import CHINESE, DIGIT, Exclusion, exclusions, spelled_out
from dangjian.quantities.units import GAP

GROUPS = "nsmtua"
"""The groups of a number: core, scale, more, scale again, unit, after."""


class Pattern(NamedTuple):
    """The compiled scan: a match whose last group has a name is a number, another is an exclusion.

    ``digits``, ``chinese``, ``plain``: the indexes of a number's groups, in the order of ``GROUPS``.
    """

    scan: re.Pattern[str]
    digits: tuple[int, ...]
    chinese: tuple[int, ...]
    plain: tuple[int, ...]


@cache
def pattern() -> Pattern:
    """The pattern, built once from the units and the exclusions."""
    signs = {"D": set(spelled_out(DIGIT)), "C": set(CHINESE), "W": set(shapes.START_WORDS)}
    branches = _branches(exclusions(), signs)
    every_digit = re.escape("".join(sorted(signs["D"])))
    after_digits = _guarded(branches["D"], every_digit)
    parts = [
        f"(?<=[{every_digit}])(?:{_either(shapes.plain(), shapes.hidden(), after_digits, shapes.digits())})",
        f"(?<=[{CHINESE}])(?:{_either(shapes.word(), *branches['C'], shapes.chinese())})",
        f"(?<=[{shapes.START_WORDS}])(?:{_either(*branches['W'], shapes.words())})",
        *branches[""],
    ]
    first = set().union(*signs.values(), *(rule.at for rule in exclusions()))
    scan = re.compile(f"[{re.escape(''.join(sorted(first)))}](?:{_either(*parts)})")
    digits, chinese, plain = (tuple(scan.groupindex[kind + name] for name in GROUPS) for kind in "dcf")
    return Pattern(scan, digits, chinese, plain)


def _either(*parts: str) -> str:
    return "|".join(parts)


def _branches(known: tuple[Exclusion, ...], signs: dict[str, set[str]]) -> dict[str, list[str]]:
    """The exclusions by the kind of their first character: characters that begin the same rules share a branch."""
    begins: dict[str, list[int]] = {}
    for index, rule in enumerate(known):
        for sign in rule.at:
            begins.setdefault(sign, []).append(index)
    classes: dict[tuple[tuple[int, ...], str], str] = {}
    for sign, indexes in begins.items():
        kind = next((kind for kind, members in signs.items() if sign in members), "")
        key = tuple(dict.fromkeys(indexes)), kind
        classes[key] = classes.get(key, "") + sign
    branches: dict[str, list[str]] = {"D": [], "C": [], "W": [], "": []}
    for (shared, kind), members in classes.items():
        options = (f"(?:{known[index].then})" for index in shared)
        branches[kind].append(f"(?<=[{re.escape(members)}])(?:{_either(*options)})")
    return branches


def _guarded(branches: list[str], digits: str) -> str:
    """The exclusions of a run of digits, tried only where a sign of one of them follows the run."""
    return f"(?=(?:[ ]?[{digits}]){{0,24}}+{GAP}[{re.escape(shapes.DIGIT_TRIGGERS)}])(?:{_either(*branches)})"
