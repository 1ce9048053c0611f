"""Fixed wordings found in a text in one pass: cues, dimension forms, theme words.

Thousands of wordings are looked up by their first two characters, so that a text costs about the same however
many there are; an alternation of them all would be tried one by one at every character. A wording with ``*``
stands for a head, up to fourteen characters of the same clause, and a tail.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dangjian.reports.sentences import hard_break

GAP = r"[^，。；：、\n0-9*×●○□]{1,14}?"
_BROKEN = re.compile(
    r"(?<=[\u4e00-\u9fff“”])[ \u3000]?\n[ \u3000]?(?=[\u4e00-\u9fff“”])"
    r"|(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff])"
)


class Hit(NamedTuple):
    """A wording found: where it stands and which it is."""

    start: int
    end: int
    word: str


class Hits:
    """The hits of one group in text order, to be sliced by offset."""

    def __init__(self, hits: list[Hit]) -> None:
        self.all = hits
        self.starts = [hit.start for hit in hits]

    def between(self, start: int, end: int) -> list[Hit]:
        """The hits that lie wholly within the offsets."""
        starts = self.starts
        return [hit for hit in self.all[bisect_left(starts, start) : bisect_left(starts, end)] if hit.end <= end]


class Words:
    """Groups of wordings, each found leftmost and longest, without overlaps within its group."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._names = tuple(groups)
        self._plain: dict[str, int] = {}
        self._split: dict[str, list[tuple[int, re.Pattern[str], str]]] = {}
        for bit, words in enumerate(groups.values()):
            for word in set(words):
                head, star, tail = word.partition("*")
                if star:
                    self._split.setdefault(head, []).append((1 << bit, re.compile(f"{GAP}{re.escape(tail)}"), word))
                else:
                    self._plain[word] = self._plain.get(word, 0) | 1 << bit
        tails: dict[str, set[str]] = {}
        for word in (*self._plain, *self._split):
            tails.setdefault(word[:2], set()).add(word[2:])
        self._tails = {pair: None if rest == {""} else _longest_of(rest) for pair, rest in tails.items()}
        self._parts = {word: self._within(word) for word in (*self._plain, *self._split)}
        first = "".join(sorted({pair[0] for pair in tails if len(pair) > 1}))
        second = "".join(sorted({pair[1] for pair in tails if len(pair) > 1}))
        single = "".join(sorted({pair for pair in tails if len(pair) == 1}))
        pairs = [f"[{re.escape(first)}](?=[{re.escape(second)}])"] if first else []
        self._begin = re.compile("|".join([*pairs, *([f"[{re.escape(single)}]"] if single else [])]) or "(?!)")

    def _within(self, word: str) -> tuple[tuple[str, int], ...]:
        """What a longest word says of each group: itself, or the longest wording of the group that begins it."""
        left = (1 << len(self._names)) - 1
        said: list[tuple[str, int]] = []
        for size in range(len(word), 0, -1):
            part = word[:size]
            bits = self._plain.get(part, 0) & left
            if bits or part in self._split:
                said.append((part, bits))
                left &= ~bits
        return tuple(said)

    def find(self, text: str) -> dict[str, Hits]:
        """Every wording of each group, in text order; one that a page broke over two lines is found too."""
        if not any(_is_soft(text, gap) for gap in _BROKEN.finditer(text)):
            return {name: Hits(hits) for name, hits in zip(self._names, self._find(text), strict=True)}
        flat, places = _flattened(text)
        found = self._find(flat)
        placed = ([Hit(places[hit.start], places[hit.end - 1] + 1, hit.word) for hit in hits] for hits in found)
        return {name: Hits(hits) for name, hits in zip(self._names, placed, strict=True)}

    def _find(self, text: str) -> list[list[Hit]]:
        tails, parts, split = self._tails, self._parts, self._split
        found: list[list[Hit]] = [[] for _ in self._names]
        free = [0] * len(found)
        for match in self._begin.finditer(text):
            start = match.start()
            pair = text[start : start + 2]
            if pair in tails:
                rest = tails[pair]
                longest = None if rest is None else rest.match(text, start + 2)
                word = pair if rest is None else pair + longest.group() if longest is not None else pair[0]
            else:
                word = pair[0]
            for part, bits in parts.get(word, ()):
                end = start + len(part)
                group = 0
                while bits:
                    if bits & 1 and start >= free[group]:
                        found[group].append(Hit(start, end, part))
                        free[group] = end
                    bits >>= 1
                    group += 1
                if part in split:
                    for bit, tail, name in split[part]:
                        behind = tail.match(text, end)
                        if behind:
                            found[bit.bit_length() - 1].append(Hit(start, behind.end(), name))
        return found


def _longest_of(rest: set[str]) -> re.Pattern[str]:
    """A pattern of the tails that may follow two characters, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(rest, key=len, reverse=True))))


def _is_soft(text: str, gap: re.Match[str]) -> bool:
    """Whether a blank or a line break stands inside a sentence, put there by a page."""
    line_end = text.find("\n", gap.start(), gap.end())
    return line_end < 0 or not hard_break(text, line_end)


def _flattened(text: str) -> tuple[str, list[int]]:
    """The text without the blanks and line breaks that stand inside its words, and where each character was."""
    places: list[int] = []
    parts: list[str] = []
    at = 0
    for gap in _BROKEN.finditer(text):
        if not _is_soft(text, gap):
            continue
        parts.append(text[at : gap.start()])
        places.extend(range(at, gap.start()))
        at = gap.end()
    parts.append(text[at:])
    places.extend(range(at, len(text)))
    return "".join(parts), places
