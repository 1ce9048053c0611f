"""How figures depend on each other, as the catalogue declares it beside its indicators (``[[indicator.check]]``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dangjian.errors import CatalogueError
from dangjian.indicators import dims as dimensions
from dangjian.indicators.catalogue import Catalogue, Indicator, load_catalogue

KEYS: dict[str, tuple[set[str], set[str]]] = {
    "repeat": (set(), set()),
    "sum": ({"dim"}, {"disjoint", "complete"}),
    "difference": ({"parts"}, set()),
    "quotient": ({"of", "by"}, {"plan", "within"}),
    "change": ({"of"}, set()),
}
"""For each kind of relation the keys that it needs and those that it may have."""

LISTS = ("disjoint", "complete", "parts")


@dataclass(frozen=True)
class Relation:
    """One relation, told of the indicator beside which it stands.

    Attributes:
        indicator: the catalogue's id.
        kind: ``repeat``: said again for the same year and dimensions, it is the same figure. ``sum``: every value of
            the dimension ``dim`` is at most the undivided figure; those in ``disjoint`` together are at most it;
            those in ``complete`` together are it. ``difference``: the figures ``parts`` told with it add up to it.
            ``quotient``: it is ``of`` divided by ``by``. ``change``: by it ``of`` differs from the year before.
        plan: the divisor is the plan (a target), not what was done.
        within: the divisor is the undivided figure, without this dimension.
    """

    indicator: str
    kind: str
    dim: str = ""
    disjoint: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    of: str = ""
    by: str = ""
    plan: bool = False
    within: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """The ids of all indicators that it ties together."""
        return tuple(dict.fromkeys(name for name in (self.indicator, self.of, self.by, *self.parts) if name))


def read_relations(catalogue: Catalogue) -> tuple[Relation, ...]:
    """The relations that a catalogue declares, in its order.

    Raises:
        CatalogueError: a declaration is wrong; file, id and key are named.
    """
    return tuple(_relation(check, entry, catalogue) for entry in catalogue.values() for check in entry.checks)


def wrong_declarations(catalogue: Catalogue) -> list[CatalogueError]:
    """Every declaration of a catalogue that is wrong, a fault each."""
    faults = []
    for entry in catalogue.values():
        for check in entry.checks:
            try:
                _relation(check, entry, catalogue)
            except CatalogueError as fault:
                faults.append(fault)
    return faults


@cache
def relations() -> tuple[Relation, ...]:
    """The relations of the project's own catalogue."""
    return read_relations(load_catalogue())


def _relation(check: Mapping[str, Any], entry: Indicator, catalogue: Catalogue) -> Relation:
    def wrong(key: str, reason: str) -> CatalogueError:
        return CatalogueError(f"{entry.theme}.toml", entry.id, f"check.{key}", reason)

    kind = str(check.get("kind", ""))
    if kind not in KEYS:
        raise wrong("kind", f"{kind!r} is none of {', '.join(KEYS)}")
    needed, allowed = KEYS[kind]
    for key in sorted(needed - set(check)):
        raise wrong(key, f"is missing; a {kind} needs it")
    for key in sorted(set(check) - needed - allowed - {"kind"}):
        raise wrong(key, f"is no key of a {kind}; its keys are {', '.join(sorted(needed | allowed)) or 'none'}")
    for key, value in check.items():
        if key in LISTS and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            raise wrong(key, "is a list of words")
        if key not in LISTS and not isinstance(value, bool if key == "plan" else str):
            raise wrong(key, "is true or false" if key == "plan" else "is a text")
    for key in ("of", "by"):
        if key in check and check[key] not in catalogue:
            raise wrong(key, f"{check[key]!r} is no indicator")
    for part in check.get("parts", ()):
        if part not in catalogue:
            raise wrong("parts", f"{part!r} is no indicator")
    for key in ("dim", "within"):
        base = entry if key == "dim" else catalogue[check["of"]] if "of" in check else entry
        if key in check and check[key] not in base.dims:
            raise wrong(key, f"{check[key]!r} is no dimension of {base.id}")
    for key in ("disjoint", "complete"):
        known = dimensions.values(check["dim"]) if key in check else ()
        for value in check.get(key, ()):
            if value not in known:
                raise wrong(key, f"{value!r} is no value of {check['dim']}; its values are {', '.join(known)}")
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in check.items()}
    return Relation(entry.id, **given)
