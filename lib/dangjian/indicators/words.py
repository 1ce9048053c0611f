"""Fixed wordings found in a text in one pass: cues, dimension forms, theme words.

Thousands of wordings are found by an Aho-Corasick automaton, so that a text costs about the same however many there
are. A wording with ``*`` stands for a head, up to fourteen characters of the same clause, and a tail.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from dangjian.reports.sentences import hard_break

GAP = r"[^，。；：、\n0-9*×●○□]{1,14}?"
FEW = 1000
"""So many wordings at most become a DFA: it reads text twice as fast, but takes long to build for thousands."""
_HAN = "\u4e00-\u9fff"
_BROKEN = re.compile(
    rf"[ \u3000\n](?:(?<=[{_HAN}“”][ \u3000])\n[ \u3000]?(?=[{_HAN}“”])|(?<=[{_HAN}“”]\n)[ \u3000]?(?=[{_HAN}“”])"
    rf"|(?<=[{_HAN}][ \u3000])(?=[{_HAN}]))"
)
"""Begins with the blanks themselves, and looks back from there, so that plain text is skipped at full speed."""


class Hit(NamedTuple):
    """A wording found: where it stands and which it is."""

    start: int
    end: int
    word: str


_Found = tuple[int, int, int]
"""A hit as the automaton gives it: the number of its wording, where it starts and ends."""


class Hits:
    """The hits of one group in text order, to be sliced by offset; a hit becomes a record when it is asked for."""

    def __init__(self, words: tuple[str, ...], found: list[_Found], text: Unbroken) -> None:
        self._words, self._found, self._text = words, found, text
        self._starts = [start for _, start, _ in found]

    @property
    def all(self) -> list[Hit]:
        """Every hit."""
        return [self._hit(found) for found in self._found]

    def between(self, start: int, end: int) -> list[Hit]:
        """The hits that lie wholly within the offsets."""
        starts, words = self._starts, self._words
        if self._text.cuts:
            first, last = (bisect_left(starts, self._text.without(at)) for at in (start, end))
            return [hit for found in self._found[first:last] if (hit := self._hit(found)).end <= end]
        within = self._found[bisect_left(starts, start) : bisect_left(starts, end)]
        return [Hit(first, last, words[number]) for number, first, last in within if last <= end]

    def outermost(self) -> Hits:
        """The hits that lie within no longer one: 发展女党员 speaks of developing, not of 女党员.

        A wording with a gap gives way to a whole one that is longer than its head: 发展对象和预备党员 names 发展对象.
        """
        whole = {start: end for number, start, end in self._found if "*" not in self._words[number]}
        kept: list[_Found] = []
        farthest = -1
        for hit in self._found:
            number, start, end = hit
            if end <= farthest and hit[1:] != kept[-1][1:]:
                continue
            head = self._words[number].find("*")
            if head <= 0 or start + head >= whole.get(start, 0):
                kept.append(hit)
                farthest = end
        return Hits(self._words, kept, self._text)

    def _hit(self, found: _Found) -> Hit:
        number, start, end = found
        return Hit(self._text.place(start), self._text.place(end - 1) + 1, self._words[number])


class Words:
    """Groups of wordings, each found leftmost and longest, without overlaps within its group."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._groups = {name: _Group(words) for name, words in groups.items()}

    def find(self, text: str) -> dict[str, Hits]:
        """Every wording of each group, in text order; one that a page broke over two lines is found too."""
        unbroken = Unbroken(text)
        return {name: Hits(group.words, group.find(unbroken.text), unbroken) for name, group in self._groups.items()}


class _Group:
    """The wordings of one group: plain ones, and heads with the tails that may follow them."""

    def __init__(self, words: Iterable[str]) -> None:
        plain = sorted({word for word in words if "*" not in word})
        split = sorted({word for word in words if "*" in word})
        self.words = (*plain, *split)
        self._plain = _automaton(plain, MatchKind.LeftmostLongest)
        self._tails: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for number, word in enumerate(split, len(plain)):
            head, _, tail = word.partition("*")
            self._tails.setdefault(head, []).append((number, re.compile(GAP + re.escape(tail))))
        self._after_head = list(self._tails.values())
        self._heads = _automaton(list(self._tails), MatchKind.Standard) if self._tails else None

    def find(self, text: str) -> list[_Found]:
        """Every hit by its start, the longer first."""
        found = self._plain.find_matches_as_indexes(text)
        if self._heads is not None:
            after_head = self._after_head
            for head, start, end in self._heads.find_matches_as_indexes(text, overlapping=True):
                for number, tail in after_head[head]:
                    behind = tail.match(text, end)
                    if behind:
                        insort(found, (number, start, behind.end()), key=_by_start)
        return found


class Unbroken:
    """A text without the blanks and line breaks that a page put inside its words, and where each character was.

    ``cuts``: where in it something was taken out.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.cuts: list[int] = []
        self._taken = [0]
        gaps = [gap.span() for gap in _BROKEN.finditer(text) if _is_soft(text, gap)]
        if gaps:
            ends = [0, *(end for _, end in gaps)]
            starts = [*(start for start, _ in gaps), len(text)]
            self.text = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
            for start, end in gaps:
                self.cuts.append(start - self._taken[-1])
                self._taken.append(self._taken[-1] + end - start)

    def place(self, at: int) -> int:
        """Where a character of the unbroken text stands in the text itself."""
        return at + self._taken[bisect_right(self.cuts, at)] if self.cuts else at

    def without(self, at: int) -> int:
        """How many characters of the unbroken text stand before an offset of the text itself."""
        before = bisect_left(self.cuts, at, key=self.place)
        return min((at - self._taken[before], *self.cuts[before : before + 1]))


def _automaton(words: list[str], kind: MatchKind) -> AhoCorasick:
    return AhoCorasick(words, matchkind=kind, implementation=Implementation.DFA if len(words) <= FEW else None)


def _by_start(found: _Found) -> tuple[int, int]:
    return found[1], -found[2]


def _is_soft(text: str, gap: re.Match[str]) -> bool:
    """Whether a blank or a line break stands inside a sentence, put there by a page."""
    line_end = text.find("\n", gap.start(), gap.end())
    return line_end < 0 or not hard_break(text, line_end)
