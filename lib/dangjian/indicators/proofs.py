"""What is wrong with the entries of a catalogue: keys and words first, then whether each proves itself.

Loading a catalogue stops at the first fault; this goes on and finds them all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files

from dangjian.errors import CatalogueError
from dangjian.indicators import dims as dimensions
from dangjian.indicators.catalogue import THEMES, Catalogue, Indicator, Proof, listed, read_entry
from dangjian.indicators.extract import extract
from dangjian.indicators.index import kind_of
from dangjian.indicators.relations import wrong_declarations
from dangjian.quantities import Quantity, units
from dangjian.reports import Report

HEAD = "2022年工作报告\n\n"
"""What stands before the text of an example, so that it is a report with a year."""
POINTS = {"分": "share"}
"""Units of a count that another kind may have too: satisfaction is given in points of a hundred."""


def entry_files() -> dict[str, str]:
    """The texts of the project's own catalogue, by file name, in the order of the themes."""
    folder = files(__package__).joinpath("entries")
    texts = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".toml")}
    order = [f"{theme}.toml" for theme in THEMES]
    return {name: texts[name] for name in (*order, *sorted(set(texts) - set(order))) if name in texts}


def check_entries(texts: Mapping[str, str]) -> tuple[int, list[CatalogueError]]:
    """How many entries the files hold, and every fault in them.

    Args:
        texts: the TOML text of each file, by its name.
    """
    entries: list[tuple[str, Indicator]] = []
    faults: list[CatalogueError] = []
    count = 0
    for name, text in texts.items():
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            faults.append(CatalogueError(name, "file", "TOML", f"cannot be read: {fault}"))
            continue
        theme = content.get("theme", "")
        if theme not in THEMES or name != f"{theme}.toml":
            faults.append(
                CatalogueError(name, "file", "theme", f"{theme!r} is not the theme that the file is named after")
            )
            continue
        try:
            written = listed(content, name)
        except CatalogueError as fault:
            faults.append(fault)
            continue
        count += len(written)
        for entry in written:
            try:
                entries.append((name, read_entry(entry, theme, name)))
            except CatalogueError as fault:
                faults.append(fault)
    known: set[str] = set()
    for name, indicator in entries:
        if indicator.id in known:
            faults.append(CatalogueError(name, indicator.id, "id", "stands twice; ids are unique"))
        known.add(indicator.id)
        faults += [CatalogueError(name, indicator.id, key, reason) for key, reason in _wrong_words(indicator)]
    entries = [(name, indicator) for name, indicator in entries if set(indicator.dims) <= set(dimensions.forms())]
    catalogue = Catalogue(tuple(indicator for _, indicator in entries), {})
    faults += wrong_declarations(catalogue)
    for name, indicator in entries:
        for id in indicator.follows:
            if id not in known and id.partition(".")[0] in {entry.theme for _, entry in entries}:
                faults.append(CatalogueError(name, indicator.id, "follows", f"{id!r} is no indicator"))
    for name, indicator in entries:
        if catalogue[indicator.id] is indicator:
            faults += [
                CatalogueError(name, indicator.id, key, reason) for key, reason in _unproven(indicator, catalogue)
            ]
    return count, faults


def _wrong_words(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Units, dimensions and cues that can never do what they are there for."""
    given = {units.unit_of(word) for word in units.measure_words()} | {""}
    for unit in sorted(indicator.units - given):
        yield "units", f"{unit!r} is no unit that a number is read with; the words are in units.toml"
    if indicator.kind != "change":
        for unit in sorted(indicator.units & given):
            kind = _kind(unit)
            if (
                kind != indicator.kind
                and POINTS.get(unit) != indicator.kind
                and (kind, indicator.kind) != ("count", "duration")
            ):
                yield "units", f"what is counted in {unit!r} is a {kind}, this is a {indicator.kind}"
    for dim in indicator.dims:
        if dim not in dimensions.forms():
            yield "dims", f"{dim!r} is none of {', '.join(dimensions.forms())}"
    for group in indicator.groups:
        for cue in group.cues:
            spoilt = next((word for word in group.no if word in cue), "")
            if spoilt:
                yield "cues", f"{cue!r} holds {spoilt!r}, a near miss of its own, so it never binds"


def _kind(unit: str) -> str:
    """The kind of a quantity with that unit which is no change."""
    return kind_of(Quantity(0, 0, "", 0, 0, 0, None, unit, "exact", False, None, None, False, ""))


def _unproven(indicator: Indicator, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Examples that do not bind as they say, counter-examples that do."""
    if not indicator.examples:
        yield "example", "is missing; an entry proves itself by at least one"
    for proof in (*indicator.examples, *indicator.counters):
        for dim, value in proof.dims.items():
            if dim not in indicator.dims or value not in dimensions.values(dim):
                yield "example", f"{dim} = {value!r} in {proof.text!r} is no value that the entry can carry"
    for proof in indicator.examples:
        bound, dims = _read(proof, catalogue)
        if bound != indicator.id:
            yield "example", f"{proof.quote!r} in {proof.text!r} binds to {bound}"
        elif dims != dict(proof.dims):
            yield "example", f"{proof.quote!r} in {proof.text!r} has the dimensions {dims}, not {dict(proof.dims)}"
    for proof in indicator.counters:
        bound, _ = _read(proof, catalogue)
        if bound == indicator.id:
            yield "counter", f"{proof.quote!r} in {proof.text!r} binds to it"


def _read(proof: Proof, catalogue: Catalogue) -> tuple[str, dict[str, str]]:
    """The indicator and the dimensions of the number inside a proof's quote, or why there is none."""
    start = len(HEAD) + proof.text.index(proof.quote)
    rows = extract(Report.from_text(HEAD + proof.text), "digits", catalogue).observations
    inside = [row for row in rows if start <= row.number.start and row.number.end <= start + len(proof.quote)]
    if len(inside) != 1:
        return f"nothing: {len(inside)} quantities are read in the quote", {}
    return inside[0].indicator or "nothing: no entry fits it", inside[0].dims
