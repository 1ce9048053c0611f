"""The theme of a quantity that no indicator names: the words near it, then its headings."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from dangjian.indicators.catalogue import THEMES
from dangjian.indicators.words import Hit, Words

NEAR, CLAUSE, SENTENCE, HEADING, LEAD = 4.0, 3.0, 1.2, 1.6, 1.4
"""What a word weighs in the number's item, its clause, its sentence, its headings, its paragraph's first sentence."""
WEAK = 0.2
"""Words that stand in every theme (学生, 企业, 项目, 群众) say little against what is around them."""
PART = 5.0
"""What the figure before a number weighs where 其中 makes the number a part of it."""
DONE = 3.6
"""What a paragraph's 整改情况： weighs for rectification: the figures behind it tell how a problem was put right."""
DONE_LEAD = re.compile(r"\s*(?:整改(?:情况|进展|落实|措施|成效|结果)(?:情况)?|落实情况|进展情况)\s*[:：]")
PARAGRAPH = 0.8
"""What the figure before a number weighs where it stands in an earlier sentence of the paragraph."""


@cache
def theme_words() -> dict[str, tuple[str, ...]]:
    """The themes that each word speaks for."""
    lists = tomllib.loads(files(__package__).joinpath("themes.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for theme in THEMES:
        for word in lists.get(theme, "").split():
            found[word] = (*found.get(word, ()), theme)
    return found


@cache
def weak_words() -> frozenset[str]:
    """The words that stand in every theme."""
    lists = tomllib.loads(files(__package__).joinpath("themes.toml").read_text(encoding="utf-8"))
    return frozenset(lists["weak"].split())


@cache
def words() -> Words:
    """All theme words."""
    return Words({"themes": theme_words()})


@lru_cache(maxsize=4096)
def of_heading(heading: str) -> tuple[tuple[str, float], ...]:
    """What a heading says of the theme: headings are few and stand above many numbers."""
    weights: dict[str, float] = {}
    weigh(weights, words().find(heading)["themes"].all, HEADING)
    return tuple(weights.items())


def weigh(weights: dict[str, float], hits: list[Hit], weight: float) -> None:
    """Add what the hits say to the weights, longer words counting for more."""
    known, weak = theme_words(), weak_words()
    for hit in hits:
        word = hit.word
        points = weight * (0.4 + 0.3 * len(word)) * (WEAK if word in weak else 1)
        for theme in known[word]:
            weights[theme] = weights.get(theme, 0.0) + points


def heaviest(weights: dict[str, float], fallback: str = "other") -> str:
    """The theme that most speaks for."""
    return max(weights, key=lambda theme: weights[theme]) if weights else fallback
