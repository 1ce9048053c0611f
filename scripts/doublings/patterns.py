"""Every pattern of the package, found by itself, and where it stands in the source.

Patterns are taken from ``re`` while the whole package is imported and exercised, so that those made of words kept as
data are among them; where they are written is read from the syntax tree. What is written and was never made is told.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lib/dangjian"
ONE = ("match", "search", "fullmatch")
ALL = ("finditer", "findall", "sub", "subn", "split")
MAKES = ("compile", *ONE, *ALL)
PASSED = {"last_match": "finditer", "_after": "match", "_last": "match", "_before": "match"}
"""Functions that a pattern is handed to, and what they call on it."""

CALLED = {
    "quantities/patterns.py:scan": ("finditer",),
    "reports/sections.py:MARKERS": ("match",),
    "quantities/exclusions.py:compile": ("match",),
    "indicators/words.py:compile": ("match",),
    "indicators/ellipsis.py:compile": ("match", "search"),
    "charts/vector.py:_SLIMMER": ("sub",),
}
"""What is called on patterns that have no name of their own: those of a table, or made for words."""
ALIKE = 6
"""Of the patterns that one call makes of words so many are tried, the longest."""
MANY = "indicators/words.py:compile"
SHORT_CODE = 255, "no longer code of a number's form can be written in a spreadsheet"
SHORT_LINE = 200, "no longer line can be one of a table of contents"
BOUNDED: dict[str, tuple[int, str]] = {
    "reports/formats/contents.py:LED": SHORT_LINE,
    "reports/formats/contents.py:ENTRY": SHORT_LINE,
    "reports/formats/contents.py:BARE": SHORT_LINE,
    "reports/formats/number_forms.py:_PART": SHORT_CODE,
}
"""Patterns that take more than twice as long for twice as much, but are never given more than so many signs."""


class Found(NamedTuple):
    """A pattern, the file and line that had it made, and the methods that are called on it."""

    pattern: re.Pattern[Any]
    place: str
    methods: tuple[str, ...]


class Site(NamedTuple):
    """A call in the source that makes a pattern: its file, its first and last line, what it is named, how it is called,
    and the pattern where it is written there.
    """

    path: str
    first: int
    last: int
    name: str
    method: str
    written: str | bytes | None = None


@cache
def sites() -> tuple[Site, ...]:
    """Every call of ``re`` in the package."""
    return tuple(site for file in sorted(PACKAGE.rglob("*.py")) for site in _sites(file))


def _sites(file: Path) -> Iterator[Site]:
    tree = ast.parse(file.read_text("utf-8"))
    path = str(file.relative_to(PACKAGE))
    named: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.AST):
            named |= dict.fromkeys(ast.walk(value), target.id)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in MAKES
        ):
            said = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            written = said if isinstance(said, str | bytes) and not node.keywords else None
            yield Site(path, node.lineno, node.end_lineno or node.lineno, named.get(node, ""), node.func.attr, written)


@cache
def _calls() -> dict[str, dict[str, set[str]]]:
    """For each file the names on which a pattern's methods are called, or which are handed to who calls them."""
    found: dict[str, dict[str, set[str]]] = {}
    for file in PACKAGE.rglob("*.py"):
        own = found.setdefault(str(file.relative_to(PACKAGE)), {})
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in (*ONE, *ALL):
                owner = node.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                own.setdefault(name, set()).add(node.attr)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PASSED:
                for argument in node.args:
                    if isinstance(argument, ast.Name):
                        own.setdefault(argument.id, set()).add(PASSED[node.func.id])
    return found


@cache
def _imports() -> dict[str, set[tuple[str, str]]]:
    """For each file the names that it takes from others: module and name."""
    found: dict[str, set[tuple[str, str]]] = {}
    for file in PACKAGE.rglob("*.py"):
        nodes = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        names = {(str(node.module), name.name) for node in nodes for name in node.names}
        found[str(file.relative_to(PACKAGE))] = names
    return found


def methods_of(site: Site) -> tuple[str, ...]:
    """What is called on a pattern: told by the call itself, by its name here and elsewhere, else by all its file's."""
    if site.method != "compile":
        return (site.method,)
    calls = _calls()
    known = CALLED.get(f"{site.path}:{site.name or site.method}")
    if known:
        return known
    used: set[str] = set(calls[site.path].get(site.name, ()))
    module = "dangjian." + site.path.removesuffix(".py").replace("/", ".")
    for path, other in calls.items():
        if (module, site.name) in _imports()[path]:
            used |= other.get(site.name, set())
    used = used or {method for name, called in calls[site.path].items() if name != "re" for method in called}
    used = used or {method for other in calls.values() for method in other.get("pattern", ())}
    kinds = {"finditer" if method in ALL else method for method in used}
    return tuple(sorted(kinds)) or ("finditer", "match")


def patterns() -> tuple[list[Found], list[Site]]:
    """Every pattern that the package makes, and the calls in its source that made none."""
    compiler: Any = re
    known: dict[tuple[Any, Site], None] = {}
    once = compiler._compile
    by_file: dict[str, list[Site]] = {}
    for site in sites():
        by_file.setdefault(site.path, []).append(site)

    def compile_(pattern: Any, flags: Any) -> Any:
        made = once(pattern, flags)
        frame = sys._getframe(1)
        while frame and Path(frame.f_code.co_filename).parent.name == "re":  # re.py of the standard library
            frame = frame.f_back  # type: ignore[assignment]
        file = Path(frame.f_code.co_filename) if frame else PACKAGE.parent
        if file.is_relative_to(PACKAGE):
            path = str(file.relative_to(PACKAGE))
            here = [site for site in by_file.get(path, ()) if site.first <= frame.f_lineno <= site.last]
            known.setdefault((made, here[-1] if here else Site(path, frame.f_lineno, frame.f_lineno, "", "")))
        return made

    compiler._compile = compile_
    try:
        exercise()
    finally:
        compiler._compile = once
    made = {site for _, site in known}
    for site in sites():
        if site not in made and site.written is not None and site.method != "compile":
            known.setdefault((once(site.written, 0), site))
            made.add(site)
    missed = [site for site in sites() if site not in made]
    found = [Found(pattern, f"{site.path}:{site.first}", methods_of(site)) for pattern, site in known]
    alike = sorted((each for each in found if named(each) == MANY), key=lambda each: -len(each.pattern.pattern))[ALIKE:]
    return [each for each in found if each not in alike], missed


def exercise() -> None:
    """Import all of the package and use it, so that patterns made at first use are made too."""
    import dangjian

    importlib.import_module("papermill")  # it loads an engine of ours, which loads it
    for module in pkgutil.walk_packages(dangjian.__path__, "dangjian."):
        if not module.name.endswith(("__main__", ".warm.child", ".warm.server")):
            importlib.import_module(module.name)
    sys.path.insert(0, str(ROOT / "lib/tests"))
    from doublings.exercise import use_everything

    use_everything()


def bound_of(found: Found) -> tuple[int, str] | None:
    """The most that a pattern is given where that is known to be little, and why."""
    return BOUNDED.get(named(found))


def named(found: Found) -> str:
    """A pattern's file and name, which its line does not change."""
    path, _, line = found.place.partition(":")
    site = next((site for site in sites() if site.path == path and site.first == int(line)), None)
    return f"{path}:{site.name or site.method}" if site else found.place
