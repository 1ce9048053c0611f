"""Quantities that no indicator names, grouped by label, each with a catalogue entry to paste and mend."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from dangjian.indicators import Observation
from dangjian.indicators.index import kind_of
from dangjian.reports import Report, sentence_at

ENDING = {"share": "_rate", "ratio": "_multiple", "duration": "_time", "amount": ""}
"""What an id ends in, by its kind."""
RELATIVE = {"%", "百分点", "倍"}
SHORTEST, LONGEST = 2, 10
_NOT_SAID = re.compile(r"[0-9０-９*＊×●○□█#%％\s，。；：、（）()“”‘’《》]")
_CLAUSE = re.compile(r"[，。；！？\n]")


class Unbound(NamedTuple):
    """Unbound quantities that share a label and a kind.

    Attributes:
        said: how often the label stands in the reports; ``report_ids``: in which.
        example: the one whose sentence serves as the entry's example.
        entry: a TOML entry for the catalogue's file of ``theme``.
    """

    label: str
    kind: str
    theme: str
    units: tuple[str, ...]
    said: int
    report_ids: tuple[str, ...]
    example: Observation
    entry: str


def unbound(
    observations: Iterable[Observation], reports: Iterable[Report], taken: Collection[str] = ()
) -> tuple[Unbound, ...]:
    """The unbound among observations, by label, most frequent first.

    Args:
        observations: as `extract` gives them, of one report or of many.
        reports: the reports they stand in.
        taken: ids that the catalogue has already; none is proposed twice.
    """
    texts = {report.report_id: report.text for report in reports}
    groups: dict[tuple[str, str], list[Observation]] = {}
    for seen in observations:
        if seen.indicator is None:
            kind = kind_of(seen)  # type: ignore[arg-type]  # it asks for unit and change alone
            groups.setdefault((seen.label, kind), []).append(seen)
    ids, numbers = set(taken), Counter[tuple[str, str]]()
    found = []
    for (label, kind), rows in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        theme = Counter(seen.theme for seen in rows).most_common(1)[0][0]
        units = tuple(dict.fromkeys(seen.unit for seen in rows))
        name = _free(f"{theme}.{_noun(label, units)}", _ending(kind, units), ids, numbers)
        ids.add(name)
        example = min(rows, key=lambda seen: len(_proof(seen, texts[seen.report_id])))
        entry = _entry(name, label, kind, units, example, texts[example.report_id])
        report_ids = tuple(dict.fromkeys(seen.report_id for seen in rows))
        found.append(Unbound(label, kind, theme, units, len(rows), report_ids, example, entry))
    return tuple(found)


def _entry(name: str, label: str, kind: str, units: tuple[str, ...], example: Observation, text: str) -> str:
    """The entry as TOML: JSON's strings are TOML's."""
    proof = _proof(example, text)
    title_en = name.partition(".")[2].replace("_", " ").capitalize()
    lines = ["[[indicator]]", f"id = {_toml(name)}", f"title = {_toml(label)}", f"title_en = {_toml(title_en)}"]
    lines += [f"kind = {_toml(kind)}", f"units = {_toml(list(units))}", f"cues = {_toml([_cue(example, proof)])}"]
    lines += [
        "dims = []",
        "[[indicator.example]]",
        f"text = {_toml(proof)}",
        f"quote = {_toml(example.text.replace(chr(10), ''))}",
    ]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _proof(seen: Observation, text: str) -> str:
    """The quantity's clause, or as much of its sentence as gives it words of its own; the quote stands in it once."""
    sentence = sentence_at(text, seen.start, seen.end)
    breaks = [sentence.start, *(found.end() for found in _CLAUSE.finditer(text, sentence.start, seen.start))]
    stop = _CLAUSE.search(text, seen.end, sentence.end)
    end = stop.start() if stop else sentence.end
    quote = seen.text.replace("\n", "")
    for start in reversed(breaks):
        proof = text[start:end].strip().replace("\n", "")
        if proof.count(quote) == 1 and len(_NOT_SAID.sub("", proof.replace(quote, ""))) >= SHORTEST:
            return proof
    return seen.label.replace(quote, "") + quote


def _cue(seen: Observation, proof: str) -> str:
    """The longest part of the label that stands in the example, else the characters before the number."""
    label = seen.label
    for size in range(min(len(label), LONGEST), SHORTEST - 1, -1):
        for at in range(len(label) - size, -1, -1):
            part = label[at : at + size]
            if part in proof and not _NOT_SAID.search(part):
                return part
    before = _NOT_SAID.split(proof.partition(seen.text)[0])
    return next((words[-LONGEST:] for words in reversed(before) if len(words) >= SHORTEST), label)


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("unbound.toml").read_text(encoding="utf-8"))


def _noun(label: str, units: tuple[str, ...]) -> str:
    """An English noun for an id: by the label's last known word, else by the unit."""
    said = [
        (label.rfind(word) + len(word), len(word), noun) for word, noun in _words()["nouns"].items() if word in label
    ]
    if said:
        return max(said)[2]
    return next((noun for noun, known in _words()["units"].items() if units[0] in known.split()), "unnamed")


def _ending(kind: str, units: tuple[str, ...]) -> str:
    """What an id ends in, by its kind; that of a change must."""
    if kind == "change":
        return "_change_rate" if RELATIVE & set(units) else "_net_increase"
    return ENDING.get(kind, "")


def _free(stem: str, ending: str, taken: Collection[str], numbers: Counter[tuple[str, str]]) -> str:
    """The id, with a number where another has it; ``numbers``: the last one that each stem and ending was given."""
    while True:
        numbers[stem, ending] += 1
        number = numbers[stem, ending]
        name = f"{stem}{'' if number == 1 else f'_{number}'}{ending}"
        if name not in taken:
            return name
