"""Texts made against a pattern: what it repeats goes on and on behind what it asks for first, and then it fails.

A text is a head, a piece that is repeated, and an end.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any, NamedTuple

RUNS = [
    *"*×○●某一百万十半第12，。、；：“”《（〔【 \n\t\u3000|:.+-—~%年月日名党的数成每a<>/\"'\r",
    "*,", "1,", "1 ", "* ", "1\n", "一 ", "9.9", "百分之", "1、", "“1", "**名", "\t1", "增长", "同比", "1|", "、一",
    "分别为", "（一）", "第一", "《第", "a.", "12名，", "1一", "一1", "*一", "○、", "1:", "达到", "较", "20", "2020年",
    "20 ", "共计",
]  # fmt: skip
"""What reports are full of, and what has once taken too long."""
KINDS = [*"1*一某，、。 \n\t“（年名百党a○-"]
"""Signs of which all pairs are tried."""
SEVERAL = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
LONG = 30
"""A repetition of fewer can take but so much longer."""


class Probe(NamedTuple):
    """A head, a piece that is repeated, and an end."""

    head: str
    piece: str
    end: str

    def text(self, size: int) -> str:
        """The text of a size."""
        room = max(0, size - len(self.head) - len(self.end))
        return self.head + (self.piece * (room // len(self.piece) + 1))[:room] + self.end


def probes(pattern: re.Pattern[Any]) -> list[Probe]:
    """The texts to try against a pattern, none twice."""
    chance, tree = Random(repr(pattern.pattern)), parsed(pattern)
    signs = list(dict.fromkeys(literals(tree)))
    own = chance.sample(signs, min(16, len(signs)))
    pieces = [*RUNS, *own, *map("".join, product([*KINDS, *own[:4]], repeat=2))]
    for _ in range(10):
        sample = matching(tree, chance)
        if sample:
            pieces += [sample, sample[:-1] or sample, sample[1:] or sample]
    found = [Probe("", piece, end) for piece in dict.fromkeys(pieces) for end in ("", "\x00")]
    for _ in range(3):
        found += _against(tree, "", chance, [*KINDS, *own])
    return list(dict.fromkeys(found))


def _against(tree: Any, head: str, chance: Random, signs: list[str]) -> Iterator[Probe]:
    """For every repetition in the tree what stands before it, a piece that it takes, and what may make it fail."""
    before = head
    for at, (kind, value) in enumerate(tree):
        name = str(kind)
        if name in SEVERAL:
            if int(value[1]) >= LONG:
                behind = matching(tree[at + 1 :], chance)
                fitting = [sign for sign in signs if _fits(value[2], sign)]
                pieces = {*chance.sample(fitting, min(5, len(fitting))), matching(value[2], chance)}
                for piece in sorted(pieces - {""}):
                    yield from (Probe(before, piece, end) for end in ("", "\x00", behind[:-1] + "\x00", behind))
                    yield Probe("", before + piece, "\x00")
            yield from _against(value[2], before, chance, signs)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _against(branch, before, chance, signs)
        elif name == "SUBPATTERN":
            yield from _against(value[3], before, chance, signs)
        elif name == "ATOMIC_GROUP":
            yield from _against(value, before, chance, signs)
        elif name in ("ASSERT", "ASSERT_NOT") and value[0] > 0:
            yield from _against(value[1], before, chance, signs)
        if name == "ASSERT" and value[0] < 0:
            looked = matching(value[1], chance)
            before = before[: max(0, len(before) - len(looked))] + looked
        else:
            before += matching(tree[at : at + 1], chance)


def _fits(tree: Any, sign: str) -> bool:
    """Whether a tree matches a sign."""
    compiler = importlib.import_module("re._compiler")
    try:
        return compiler.compile(tree).fullmatch(sign) is not None
    except Exception:  # a group that stands elsewhere
        return False


def parsed(pattern: re.Pattern[Any]) -> Any:
    """The pattern as a tree."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    return importlib.import_module("re._parser").parse(written, pattern.flags & ~re.UNICODE)


def literals(tree: Any) -> Iterator[str]:
    """The signs that stand in a pattern."""
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple) and len(node) == 2 and str(node[0]) in ("LITERAL", "NOT_LITERAL"):
            yield chr(node[1])
        elif isinstance(node, tuple) and len(node) == 2 and str(node[0]) == "RANGE":
            yield chr(node[1][0])
        elif not isinstance(node, str | int) and hasattr(node, "__iter__"):
            waiting.extend(node)


def matching(tree: Any, chance: Random) -> str:
    """A text that the pattern may match; what it looks at is heeded only where it stands behind."""
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
        elif name in SEVERAL:
            times = min(value[0] + chance.choice((0, 1, 3)), int(value[1]))
            said += "".join(matching(value[2], chance) for _ in range(times))
        elif name == "SUBPATTERN":
            said += matching(value[3], chance)
        elif name == "ATOMIC_GROUP":
            said += matching(value, chance)
        elif name == "ASSERT" and value[0] < 0 and said:
            looked = matching(value[1], chance)
            said = said[: max(0, len(said) - len(looked))] + looked
    return said


def _one_of(members: Any, chance: Random) -> str:
    kind, value = chance.choice(members)
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(chance.randint(value[0], min(value[1], value[0] + 9)))
    return chance.choice("党建1* ")
