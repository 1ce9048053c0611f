"""Dimensions of an observation, from closed lists with their written forms (``dims.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from dangjian.indicators.words import Words


@cache
def forms() -> dict[str, dict[str, str]]:
    """For each dimension: each written form and the value that it stands for."""
    lists = tomllib.loads(files(__package__).joinpath("dims.toml").read_text(encoding="utf-8"))
    return {
        dim: {form: value for value, written in values.items() for form in written} for dim, values in lists.items()
    }


def values(dim: str) -> tuple[str, ...]:
    """The closed list of a dimension."""
    return tuple(dict.fromkeys(forms()[dim].values()))


def all_forms() -> tuple[str, ...]:
    """The written forms of all values of all dimensions."""
    return tuple(form for written in forms().values() for form in written)


@cache
def words() -> Words:
    """All written forms of all dimensions."""
    return Words({"dims": all_forms()})


@lru_cache(maxsize=4096)
def sources_of(heading: str) -> tuple[str, ...]:
    """The sources that a heading names, in its order."""
    known = forms()["source"]
    return tuple(known[hit.word] for hit in words().find(heading)["dims"].all if hit.word in known)
