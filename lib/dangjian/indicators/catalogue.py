"""The catalogue: what a quantity can measure, an entry an indicator, a TOML file a theme.

A researcher adds an indicator by adding an entry; every entry carries its own examples and near misses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from dangjian.errors import CatalogueError, UnknownNameError
from dangjian.indicators.shape import wrong_shape

THEMES = (
    "membership", "rectification", "training", "accountability", "propaganda", "organization", "cadres", "talent",
    "law", "united_front", "defence", "conduct", "inspection", "integrity", "service", "epidemic", "other",
)  # fmt: skip
CORE = ("membership", "rectification", "training")


@dataclass(frozen=True)
class CueGroup:
    """Cues that bind together: one of ``cues`` at the number, one of ``near`` (if any) in its clause, one of ``needs``
    (if any) in its sentence or headings, none of ``no`` between cue and number."""

    cues: tuple[str, ...]
    needs: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """An example of an entry: a text, the quantity quoted from it, and its dimensions."""

    text: str
    quote: str
    dims: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """What a quantity can measure.

    Attributes:
        id: ``theme.noun``; stable.
        kind: count, share (in %, at most 100), change, ratio (倍), amount (元) or duration.
        units: the units it may have; empty for any that fit the kind. "" is a count without a measure word.
        groups: the cues that bind a quantity to it.
        subject: what is spoken of where the number's own clause says only a group (女性占四成).
        follows: ids of the figures behind which a number of this kind needs no words of its own.
        dims: the dimensions it may carry.
    """

    id: str
    title: str
    title_en: str
    theme: str
    kind: str
    units: frozenset[str]
    groups: tuple[CueGroup, ...]
    subject: tuple[str, ...]
    dims: tuple[str, ...]
    examples: tuple[Proof, ...] = ()
    counters: tuple[Proof, ...] = ()
    checks: tuple[Mapping[str, Any], ...] = ()
    follows: tuple[str, ...] = ()


class Catalogue(Mapping[str, Indicator]):
    """All indicators by id, in the order of themes and entries."""

    def __init__(self, indicators: tuple[Indicator, ...], titles: Mapping[str, str]) -> None:
        self._by_id = {indicator.id: indicator for indicator in indicators}
        self.titles = dict(titles)

    def __getitem__(self, key: str) -> Indicator:
        try:
            return self._by_id[key]
        except KeyError:
            raise UnknownNameError("indicator", key, self._by_id) from None

    def __contains__(self, key: object) -> bool:
        return key in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __hash__(self) -> int:
        return id(self)  # one catalogue is one object: what is made from it is kept by it

    def __len__(self) -> int:
        return len(self._by_id)


@cache
def load_catalogue() -> Catalogue:
    """The project's catalogue.

    Raises:
        CatalogueError: an entry is wrong; file, id and key are named.
    """
    indicators: list[Indicator] = []
    titles: dict[str, str] = {}
    folder = files(__package__).joinpath("entries")
    sources = {entry.name: entry for entry in folder.iterdir() if entry.name.endswith(".toml")}
    for theme in THEMES:
        name = f"{theme}.toml"
        if name not in sources:
            continue
        content = parse(sources[name].read_text(encoding="utf-8"), name)
        titles[theme] = content[0]
        indicators.extend(content[1])
    seen: set[str] = set()
    for indicator in indicators:
        if indicator.id in seen:
            raise CatalogueError(f"{indicator.theme}.toml", indicator.id, "id", "stands twice; ids are unique")
        seen.add(indicator.id)
    return Catalogue(tuple(indicators), titles)


def parse(text: str, file: str) -> tuple[str, list[Indicator]]:
    """The theme's title and the indicators of one file of the catalogue."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise CatalogueError(file, "file", "TOML", f"cannot be read: {fault}") from None
    theme = content.get("theme", "")
    if theme not in THEMES:
        raise CatalogueError(file, "file", "theme", f"{theme!r} is none of {', '.join(THEMES)}")
    return content.get("title", theme), [read_entry(entry, theme, file) for entry in listed(content, file)]


def listed(content: Mapping[str, Any], file: str) -> list[Any]:
    """The entries of a file as they are written."""
    entries = content.get("indicator", [])
    if not isinstance(entries, list):
        raise CatalogueError(file, "file", "indicator", f"is {entries!r}; entries are tables, [[indicator]]")
    return entries


def read_entry(entry: dict[str, Any], theme: str, file: str) -> Indicator:
    """The indicator of one entry.

    Raises:
        CatalogueError: what is wrong with it; file, id and key are named.
    """
    name = str(entry.get("id", "entry without id")) if isinstance(entry, Mapping) else "entry without id"
    for key, reason in wrong_shape(entry, theme):
        raise CatalogueError(file, name, key, reason)
    no = tuple(entry.get("not", ()))
    groups = [CueGroup(tuple(entry["cues"]), tuple(entry.get("needs", ())), no, tuple(entry.get("near", ())))]
    for more in entry.get("also", ()):
        groups.append(
            CueGroup(
                tuple(more["cues"]),
                tuple(more.get("needs", ())),
                no + tuple(more.get("not", ())),
                tuple(more.get("near", ())),
            )
        )
    proofs = {
        key: tuple(Proof(proof["text"], proof["quote"], proof.get("dims", {})) for proof in entry.get(key, ()))
        for key in ("example", "counter")
    }
    return Indicator(
        name, entry["title"], entry["title_en"], theme, entry["kind"], frozenset(entry.get("units", ())), tuple(groups),
        tuple(entry.get("subject", ())), tuple(entry.get("dims", ())), proofs["example"], proofs["counter"],
        tuple(entry.get("check", ())), tuple(entry.get("follows", ())),
    )  # fmt: skip
