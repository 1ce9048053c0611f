"""Which reports are one and the same, though their files differ: in format, in encoding, in a sign here and there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from zlib import crc32

ALIKE = 0.8
"""Part of the sentences that two texts must share ..."""
ALIKE_NUMBERS = 0.98
"""... and part of the numbers: reports of two years share their sentences, never their numbers."""
_SENTENCES = re.compile(r"[。；！？\n]+")
_NUMBERS = re.compile(r"[\d*×●○□█#.]+")
_SIGNS = re.compile(r"[^\w*×●○□█#%‰.]+")


@dataclass(frozen=True)
class Print:
    """What a text is compared by: its hash, its sentences, its numbers, all without blanks and punctuation."""

    whole: int
    sentences: frozenset[int]
    numbers: Counter[str]

    def as_json(self) -> list[Any]:
        """The print as JSON values, the same in every process."""
        return [self.whole, sorted(self.sentences), self.numbers]

    @classmethod
    def from_json(cls, stored: list[Any]) -> Print:
        """The print that ``as_json`` gave."""
        whole, sentences, numbers = stored
        return cls(whole, frozenset(sentences), Counter(numbers))


def fingerprint(text: str) -> Print:
    """The print of a text."""
    plain = unicodedata.normalize("NFKC", text)
    sentences = [squeezed for part in _SENTENCES.split(plain) if (squeezed := _SIGNS.sub("", part))]
    hashes = [crc32(sentence.encode("utf-8", "surrogatepass")) for sentence in sentences]
    numbers = Counter(number for sentence in sentences for number in _NUMBERS.findall(sentence))
    whole = sha256("".join(sentences).encode("utf-8", "surrogatepass")).digest()[:8]
    return Print(int.from_bytes(whole), frozenset(hashes), numbers)


def alike(one: Print, other: Print) -> bool:
    """Whether two texts are one report.

    >>> alike(fingerprint("发展党员12名。"), fingerprint("发展党员１２名"))
    True
    >>> alike(fingerprint("发展党员12名。"), fingerprint("发展党员13名。"))
    False
    """
    if one.whole == other.whole:
        return True
    shared = len(one.sentences & other.sentences)
    if shared < ALIKE * len(one.sentences | other.sentences):
        return False
    return (one.numbers & other.numbers).total() >= ALIKE_NUMBERS * (one.numbers | other.numbers).total()


@dataclass
class Twins:
    """The prints met so far, each with a name."""

    _prints: dict[str, Print] = field(default_factory=dict)
    _named: dict[int, str] = field(default_factory=dict)  # whole text: name
    _holding: dict[int, list[str]] = field(default_factory=dict)  # sentence: names

    def of(self, print_: Print) -> str:
        """The name of the report that is this one, "" where there is none."""
        if print_.whole in self._named:
            return self._named[print_.whole]
        votes = Counter(name for sentence in print_.sentences for name in self._holding.get(sentence, ()))
        return next((name for name, _ in votes.most_common(5) if alike(self._prints[name], print_)), "")

    def add(self, name: str, print_: Print) -> None:
        """Remember a report."""
        self._prints[name] = print_
        self._named.setdefault(print_.whole, name)
        for sentence in print_.sentences:
            names = self._holding.setdefault(sentence, [])
            if len(names) < 20:  # a slogan that all reports repeat tells none from another
                names.append(name)
