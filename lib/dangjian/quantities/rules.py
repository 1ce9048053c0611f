"""What the rules mean that read a number or leave it out, in a sentence each (``rules.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def meanings() -> dict[str, dict[str, str]]:
    """For ``read``, ``left_out`` and ``unread``: each rule's name and its meaning."""
    return tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))


def meaning(rule: str) -> str:
    """What a rule means, "" where nothing is said of it.

    >>> meaning("ordinal 第N")
    '第 before it makes it an ordinal'
    """
    return next((kind[rule] for kind in meanings().values() if rule in kind), "")
