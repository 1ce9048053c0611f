"""Whether an entry of the catalogue has the shape of one: its keys, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

KINDS = ("count", "share", "change", "ratio", "amount", "duration")
REQUIRED = {"id", "title", "title_en", "kind", "cues"}
OPTIONAL = {"near", "units", "not", "needs", "also", "subject", "follows", "dims", "example", "counter", "check"}
WORDS = ("cues", "not", "needs", "near", "subject", "follows", "units", "dims")
ALSO = ("cues", "needs", "not", "near")
PROOF = ("text", "quote", "dims")
NOUN = re.compile("[a-z][a-z0-9_]*")


def wrong_shape(entry: object, theme: str) -> Iterator[tuple[str, str]]:
    """Each key of an entry that is wrong, and why.

    >>> list(wrong_shape({"id": "law.a b", "title": "甲", "title_en": "A", "kind": "count", "cues": ["甲"]}, "law"))
    [('id', "'law.a b' is not 'law.' and a noun of small letters, digits and _")]
    """
    if not isinstance(entry, Mapping):
        yield "indicator", f"is {entry!r}; an entry is a table, [[indicator]]"
        return
    for key in sorted(REQUIRED - set(entry)):
        yield key, "is missing"
    for key in sorted(set(entry) - REQUIRED - OPTIONAL):
        yield key, f"is no key of an entry; the keys are {', '.join(sorted(REQUIRED | OPTIONAL))}"
    if REQUIRED - set(entry):
        return
    name, kind = str(entry["id"]), entry["kind"]
    if not name.startswith(f"{theme}."):
        yield "id", f"does not begin with its file's theme, {theme + '.'!r}"
    elif not NOUN.fullmatch(name.removeprefix(f"{theme}.")):
        yield "id", f"{name!r} is not {theme + '.'!r} and a noun of small letters, digits and _"
    for key in ("title", "title_en"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            yield key, f"is {entry[key]!r}; it is a text"
    if kind not in KINDS:
        yield "kind", f"{kind!r} is none of {', '.join(KINDS)}"
    elif kind == "change" and not name.endswith(("_change_rate", "_net_increase")):
        yield "id", "of a change ends in _change_rate or _net_increase"
    for key in WORDS:
        yield from _wrong_words(key, entry.get(key, []))
    if entry["cues"] == []:
        yield "cues", "is empty; without a cue nothing binds"
    yield from _wrong_also(entry.get("also", []))
    for key in ("example", "counter"):
        yield from _wrong_proofs(key, entry.get(key, []))
    checks = entry.get("check", [])
    if not isinstance(checks, list) or not all(isinstance(check, Mapping) for check in checks):
        yield "check", "is a list of tables, [[indicator.check]]"


def _wrong_words(key: str, words: object) -> Iterator[tuple[str, str]]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        yield key, "is a list of words"
    elif key != "units" and not all(word.strip("* ") for word in words):
        yield key, "holds an empty word, which would stand everywhere"


def _wrong_also(also: object) -> Iterator[tuple[str, str]]:
    if not isinstance(also, list) or not all(isinstance(more, Mapping) and more.get("cues") for more in also):
        yield "also", "is a list of { cues = […], needs = […], not = […] }"
        return
    for more in also:
        for key in sorted(set(more) - set(ALSO)):
            yield f"also.{key}", f"is none of {', '.join(ALSO)}"
        for key in ALSO:
            yield from _wrong_words(f"also.{key}", more.get(key, []))


def _wrong_proofs(key: str, proofs: object) -> Iterator[tuple[str, str]]:
    if not isinstance(proofs, list) or not all(isinstance(proof, Mapping) for proof in proofs):
        yield key, f"is a list of tables, [[indicator.{key}]]"
        return
    for proof in proofs:
        text, quote, dims = proof.get("text", ""), proof.get("quote", ""), proof.get("dims", {})
        for name in sorted(set(proof) - set(PROOF)):
            yield f"{key}.{name}", f"is none of {', '.join(PROOF)}"
        if not isinstance(text, str) or not isinstance(quote, str):
            yield key, f"is {quote!r} of {text!r}; text and quote are texts"
        elif not quote or text.count(quote) != 1:
            yield key, f"the quote {quote!r} does not stand once in {text!r}"
        if not isinstance(dims, Mapping) or not all(isinstance(value, str) for value in dims.values()):
            yield f"{key}.dims", f'is {dims!r}; it is a table such as {{ group = "女性" }}'
