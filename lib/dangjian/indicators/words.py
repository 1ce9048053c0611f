"""Fixed wordings found in a text in one pass: cues, dimension forms, theme words.

One pattern holds them all as a trie, longest first, so that finding a thousand wordings costs about as much
as finding ten. A wording with ``*`` stands for a head, up to fourteen characters of the same clause, and a tail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

GAP = r"[^，。；：、\n0-9*×●○□]{1,14}?"
BREAK = "\n?"


class Hit(NamedTuple):
    """A wording found: where it stands and which it is."""

    start: int
    end: int
    word: str


class Words:
    """A set of wordings, compiled once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._split: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        tree: dict[str, dict] = {}  # type: ignore[type-arg]
        wordings = set(words)
        for word in wordings:
            head, star, tail = word.partition("*")
            if star:
                pattern = re.compile(f"{GAP}{re.escape(tail)}")
                self._split.setdefault(head, []).append((pattern, word))
            node = tree
            for sign in head:
                node = node.setdefault(sign, {})
            if not star:
                node[""] = {}
            else:
                node.setdefault("*", {})
        self._plain = {word for word in wordings if "*" not in word}
        self._pattern = re.compile(_trie(tree)) if tree else None

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Every wording in ``text[start:end]``, in order."""
        if self._pattern is None:
            return []
        hits: list[Hit] = []
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            word = match.group()
            if "\n" in word:
                word = word.replace("\n", "")
            for tail, name in self._split.get(word, ()):
                found = tail.match(text, match.end())
                if found:
                    hits.append(Hit(match.start(), found.end(), name))
            if word in self._plain:
                hits.append(Hit(match.start(), match.end(), word))
        return hits


def _trie(node: dict) -> str:  # type: ignore[type-arg]
    branches = [re.escape(sign) + _inner(below) for sign, below in sorted(node.items()) if sign not in ("", "*")]
    return f"(?:{'|'.join(branches)})"


def _inner(node: dict) -> str:  # type: ignore[type-arg]
    branches = [BREAK + re.escape(sign) + _inner(below) for sign, below in sorted(node.items()) if sign not in ("", "*")]
    if not branches:
        return ""
    ends = "" in node or "*" in node
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"
