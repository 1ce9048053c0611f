"""Numbers that measure nothing, as named rules: dates, ordinals, slogans, names, thresholds, levels.

The rules are data (``exclusions.toml``); this module is the one place that turns them into patterns.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from dangjian.quantities.units import GAP, trie

SHOWN = "0-9０-９"
DIGIT = SHOWN + "*＊×Xx●○〇□█#"
CHINESE = "零〇○一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億"
TEMPLATE = {
    "d": f"[{DIGIT}]",
    "n": f"[{SHOWN}]",
    "c": f"[{CHINESE}]",
    "N": f"[{DIGIT}{CHINESE}]",
    "_": GAP,
    "2": f"[{DIGIT}](?:[ ]?[{DIGIT}])?",
}
AT = {"{d}": DIGIT, "{n}": SHOWN, "{c}": CHINESE, "{N}": DIGIT + CHINESE}


class Exclusion(NamedTuple):
    """A rule that leaves numbers out.

    ``at``: the characters at which it begins, as a set written out; ``then``: what follows that character.
    """

    name: str
    at: str
    then: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@cache
def exclusions() -> tuple[Exclusion, ...]:
    """Every rule of ``exclusions.toml``, in the order in which they are tried."""
    entries = tomllib.loads(files(__package__).joinpath("exclusions.toml").read_text(encoding="utf-8"))["exclusion"]
    return tuple(rule for entry in entries for rule in _rules(entry))


def _rules(entry: dict[str, Any]) -> list[Exclusion]:
    proofs = tuple(entry.get("examples", ())), tuple(entry.get("counter", ()))
    if "behind" in entry:
        return []
    if "words" not in entry:
        at = entry["at"]
        for name, signs in AT.items():
            at = at.replace(name, signs)
        return [Exclusion(entry["name"], spelled_out(at), fill(entry["then"]), *proofs)]
    rest: dict[str, dict[str, Any]] = {}
    for word in entry["words"]:
        node = rest.setdefault(word[0], {})
        for sign in word[1:]:
            node = node.setdefault(sign, {})
        node[""] = word
    return [Exclusion(entry["name"], first, trie(tree), *proofs) for first, tree in rest.items()]


def fill(pattern: str) -> str:
    """The pattern with {d}, {n}, {c}, {N} and {_} written out; inside a set only the signs themselves."""
    inside_set = re.sub(r"(?<=\[)([^\]\[]*)\{c\}([^\]\[]*)(?=\])", rf"\g<1>{CHINESE}\g<2>", pattern)
    return re.sub(r"\{([dncN_2])\}", lambda name: TEMPLATE[name.group(1)], inside_set)


def spelled_out(signs: str) -> str:
    """A character set with its ranges written out: ``0-3`` gives ``0123``."""
    return re.sub(r"(.)-(.)", lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), signs)


class Behind(NamedTuple):
    """A rule by what follows a number; ``bare`` ones hold for numbers without a measure word."""

    name: str
    pattern: re.Pattern[str]
    bare: bool


@cache
def behind() -> tuple[Behind, ...]:
    """The rules of ``exclusions.toml`` that look at what follows the number and its unit."""
    entries = tomllib.loads(files(__package__).joinpath("exclusions.toml").read_text(encoding="utf-8"))["exclusion"]
    return tuple(
        Behind(entry["name"], re.compile(entry["behind"]), bool(entry.get("bare")))
        for entry in entries
        if "behind" in entry
    )


def excluded_behind(text: str, end: int, bare: bool) -> str:
    """The name of the rule that what stands at ``end`` fulfils, "" where none does."""
    return next((rule.name for rule in behind() if rule.bare == bare and rule.pattern.match(text, end)), "")


@cache
def _compiled() -> tuple[tuple[Exclusion, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rule.then)) for rule in exclusions())


def rule_at(text: str, start: int) -> str:
    """The name of the exclusion that begins at an offset, "" where none does.

    The scan does not name its exclusions, since most are never asked for: a name a rule would cost every match.
    """
    sign = text[start]
    return next((rule.name for rule, then in _compiled() if sign in rule.at and then.match(text, start + 1)), "")
