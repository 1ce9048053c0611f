"""Fixed wordings found in a text in one pass: cues, dimension forms, theme words.

Thousands of wordings are found by an Aho-Corasick automaton, so that a text costs about the same however many there
are. A wording with ``*`` stands for a head, up to fourteen characters of the same clause, and a tail.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping
from operator import itemgetter
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

    def __init__(self, words: tuple[str, ...], found: list[_Found]) -> None:
        self._words, self._found = words, found
        self._starts = [start for _, start, _ in found]

    @property
    def all(self) -> list[Hit]:
        """Every hit."""
        return [Hit(start, end, self._words[number]) for number, start, end in self._found]

    def between(self, start: int, end: int) -> list[Hit]:
        """The hits that lie wholly within the offsets."""
        starts, words = self._starts, self._words
        within = self._found[bisect_left(starts, start) : bisect_left(starts, end)]
        return [Hit(first, last, words[number]) for number, first, last in within if last <= end]


class Words:
    """Groups of wordings, each found leftmost and longest, without overlaps within its group.

    Args:
        outermost: the groups of whose hits only those are wanted that lie within no longer one.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]], outermost: Container[str] = ()) -> None:
        self._groups = {name: _Group(words, name in outermost) for name, words in groups.items()}

    def find(self, text: str) -> dict[str, Hits]:
        """Every wording of each group, in text order; one that a page broke over two lines is found too."""
        unbroken = Unbroken(text)
        return {
            name: Hits(group.words, unbroken.placed(group.find(unbroken.text))) for name, group in self._groups.items()
        }


class Fixed:
    """Plain wordings of which only their being there is asked."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = _automaton(sorted(set(words)), MatchKind.LeftmostLongest)

    def within(self, text: str) -> bool:
        """Whether the text holds one of them."""
        return bool(self._words.find_matches_as_indexes(text))

    def without(self, text: str) -> str:
        """The text but for them, of two that begin together the longer."""
        kept, at = "", 0
        for _, start, end in self._words.find_matches_as_indexes(text):
            kept, at = kept + text[at:start], end
        return kept + text[at:]


class _Group:
    """The wordings of one group: plain ones, and heads with the tails that may follow them."""

    def __init__(self, words: Iterable[str], outermost: bool) -> None:
        plain = sorted({word for word in words if "*" not in word})
        split = sorted({word for word in words if "*" in word})
        self.words = (*plain, *split)
        self._outermost = outermost
        self._plain = _automaton(plain, MatchKind.LeftmostLongest)
        tails: dict[str, dict[str, int]] = {}
        for number, word in enumerate(split, len(plain)):
            head, _, tail = word.partition("*")
            tails.setdefault(head, {})[tail] = number
        self._any_tail = [re.compile(f"{GAP}(?:{'|'.join(map(re.escape, known))})") for known in tails.values()]
        self._tails = [
            [(number, re.compile(GAP + re.escape(tail))) for tail, number in known.items()] for known in tails.values()
        ]
        self._heads = _automaton(list(tails), MatchKind.Standard) if tails else None

    def find(self, text: str) -> list[_Found]:
        """The hits by their starts, the longer first."""
        plain = self._plain.find_matches_as_indexes(text)
        split = self._split(text) if self._heads else []
        if not split:
            return plain
        return self._outer(plain, split) if self._outermost else sorted([*plain, *split], key=_by_start)

    def _split(self, text: str) -> list[_Found]:
        """The hits of wordings with a gap."""
        assert self._heads
        return [
            (number, start, behind.end())
            for head, start, end in self._heads.find_matches_as_indexes(text, overlapping=True)
            if self._any_tail[head].match(text, end)
            for number, tail in self._tails[head]
            if (behind := tail.match(text, end))
        ]

    def _outer(self, plain: list[_Found], split: list[_Found]) -> list[_Found]:
        """The hits that lie within no longer one: 发展女党员 speaks of developing, not of 女党员.

        A wording with a gap gives way to a whole one that is longer than its head: 发展对象和预备党员 names 发展对象.
        """
        kept: list[_Found] = []  # what begins before the hit looked at; what does not is still ``ahead``, the next last
        ahead = plain[::-1]
        for hit in sorted(split, key=_by_start):
            number, start, end = hit
            head = self.words[number].index("*")
            whole = bisect_left(plain, start, key=_START)
            if whole < len(plain) and plain[whole][1] == start and plain[whole][2] > start + head > start:
                continue
            while ahead and ahead[-1][1] < start:
                kept.append(ahead.pop())
            if kept and kept[-1][2] >= end:
                continue
            within: list[_Found] = []
            while ahead and ahead[-1][2] <= end:
                within.append(ahead.pop())
            ahead.append(hit)
            ahead += reversed([other for other in within if other[1:] == hit[1:]])
        return kept + ahead[::-1]


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
        return at + self._taken[bisect_right(self.cuts, at)]

    def placed(self, found: list[_Found]) -> list[_Found]:
        """The hits, in the order of their starts, with their offsets in the text itself."""
        if not self.cuts:
            return found
        moved: list[_Found] = []
        first = 0
        for cut, taken in zip((*self.cuts, len(self.text)), self._taken, strict=True):
            last = bisect_left(found, cut, first, key=_START)
            moved += [
                (number, start + taken, end + taken if end <= cut else self.place(end - 1) + 1)
                for number, start, end in found[first:last]
            ]
            first = last
        return moved


def _automaton(words: list[str], kind: MatchKind) -> AhoCorasick:
    return AhoCorasick(words, matchkind=kind, implementation=Implementation.DFA if len(words) <= FEW else None)


_START = itemgetter(1)


def _by_start(found: _Found) -> tuple[int, int]:
    return found[1], -found[2]


def _is_soft(text: str, gap: re.Match[str]) -> bool:
    """Whether a blank or a line break stands inside a sentence, put there by a page."""
    line_end = text.find("\n", gap.start(), gap.end())
    return line_end < 0 or not hard_break(text, line_end)
