"""Dimensions of an observation, from closed lists with their written forms (``dims.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from dangjian.indicators.words import Hit, Words


@cache
def forms() -> dict[str, dict[str, str]]:
    """For each dimension: each written form and the value that it stands for."""
    lists = tomllib.loads(files(__package__).joinpath("dims.toml").read_text(encoding="utf-8"))
    return {dim: {form: value for value, written in values.items() for form in written} for dim, values in lists.items()}


def values(dim: str) -> tuple[str, ...]:
    """The closed list of a dimension."""
    return tuple(dict.fromkeys(forms()[dim].values()))


@cache
def words() -> Words:
    """All written forms of all dimensions."""
    return Words(form for written in forms().values() for form in written)


def nearest(dim: str, hits: Sequence[Hit], wanted: int) -> str | None:
    """The value whose form stands last before, or else first behind, the offset ``wanted``."""
    known = forms()[dim]
    before = [hit for hit in hits if hit.word in known and hit.start < wanted]
    if before:
        # of forms that share an end, the longer one is meant: 新党员, not 党员
        last = max(before, key=lambda hit: (hit.end, hit.end - hit.start))
        return known[last.word]
    behind = [hit for hit in hits if hit.word in known]
    return known[min(behind, key=lambda hit: (hit.start, hit.start - hit.end)).word] if behind else None
