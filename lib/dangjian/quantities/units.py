"""Measure words: what may stand behind a number, and when it is part of a noun instead.

The words and the followers that spoil them are data (``units.toml``); here they become one pattern.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
          "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "": 1}  # fmt: skip
PLAIN_GROUPS = ("people", "times", "things", "measure", "share")
NOT_PLAIN = frozenset("部点样单两升度里成‰大小微毫")
"""First signs of measure words that need a closer look at what stands around them."""
SHARES = {"%", "％", "‰"}
POINTS = {"百分点", "基点"}
DURATIONS = ("月", "小时", "星期", "学时", "课时", "季度", "学期", "学年", "工作日", "自然日", "昼夜")
CONTINUOUS = frozenset(
    ("月", "小时", "年", "%", "百分点", "倍", "元", "美元", "港元", "亩", "公顷", "公里", "千米", "米", "平方米",
     "平米", "吨", "公斤", "岁", "分")
)  # fmt: skip
"""Units in which a value may lie between two whole numbers, so that 余 may add a fraction."""
GAP = r"[ \u3000]?\n?[ \u3000]?"
"""What a page may put between a number and its unit, or into a unit."""

PAGE = (
    r"[ \u3000]?\n[ \u3000]{0,24}[—－–-]{1,2}[ \u3000]?[0-9０-９]{1,3}[ \u3000]?[—－–-]{1,2}[ \u3000]{0,24}\n[ \u3000]?"
)
"""The end of a page inside a number or before its unit: a line with the page's number between dashes."""


@cache
def words() -> dict[str, Any]:
    """The content of ``units.toml``."""
    return tomllib.loads(files(__package__).joinpath("units.toml").read_text(encoding="utf-8"))


@cache
def measure_words(shown: bool = True, plain: bool = False) -> tuple[str, ...]:
    """Every measure word; without ``shown`` only those that count behind a hidden number too.

    ``plain``: only those that no date, age or rank holds, and that no follower makes fuzzy.
    """
    groups = [(name, group) for name, group in words().items() if name != "not_before"]
    if plain:
        kept = [word for name, group in groups if name in PLAIN_GROUPS for word in group["words"].split()]
        kept = [word for word in kept if word[0] not in NOT_PLAIN]
        begun = {word[0] for word in kept}  # 课时 is no 课, 个月 no 个
        return (*kept, *(word for word in words()["time"]["words"].split() if word[0] in begun))
    return tuple(word for _, group in groups if shown or not group.get("shown_only") for word in group["words"].split())


@cache
def pattern(shown: bool = True, plain: bool = False) -> str:
    """A pattern of all measure words as a trie, longest first, each with its forbidden followers."""
    tree: dict[str, Any] = {}
    for word in measure_words(shown, plain):
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = word
    return trie(tree, lambda word: _follower_guard(word))


def trie(node: dict[str, Any], ends: Callable[[str], str] = lambda word: "", depth: int = 0) -> str:
    """The pattern of a tree of signs, longest words first; a page may break a line inside a word.

    Args:
        ends: what must hold behind a word that ends here.
    """
    gap = "[ \\n]?" if depth else ""
    branches = [gap + re.escape(sign) + trie(below, ends, depth + 1) for sign, below in sorted(node.items()) if sign]
    if "" in node:
        branches.append(ends(node[""]))
    if len(branches) == 1:
        return branches[0]
    return f"(?:{'|'.join(branches)})"


def _follower_guard(word: str) -> str:
    followers = words()["not_before"].get(word, "").split()
    return f"(?!{'|'.join(followers)})" if followers else ""


def unit_of(written: str) -> str:
    """The unit as the contract names it.

    >>> [unit_of(word) for word in ("％", "个百分点", "个季度", "人次", "成八")]
    ['%', '百分点', '季度', '人次', '%']
    """
    plain = _NAMED.get(written)
    if plain is not None:
        return plain
    squeezed = written if written.isalnum() else re.sub(r"\s", "", written)
    if squeezed[:1] == "成" or squeezed in SHARES:
        return "%"
    if squeezed[:1] == "个":
        bare = squeezed[2:] if squeezed[1:2] in ("多", "半") else squeezed[1:]
        if bare in POINTS or bare in DURATIONS:
            return bare
    return {"元钱": "元", "块钱": "元"}.get(squeezed, squeezed)


_NAMED = {"%": "%", "个": "个", "名": "名", "项": "项", "次": "次", "人": "人"}
