"""Charts for the screen: plotly's figures of a page as one block of JSON, and the smallest bundle that draws them all.

A bundle that lacks a trace's type draws something else without an error; so the types are collected and checked.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from dangjian.briefings.visible import visible
from dangjian.errors import DangjianError

HARMLESS = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "<>&$"}
"""What plotly takes for its few tags, for entities or for formulas; in full width it is text."""
TAGS = re.compile(r"(<br ?/?>|</?b>|<extra></extra>)")
"""Tags that our own charts put into texts; they make lines and weight and nothing else."""
DROPPED = {"images", "updatemenus", "sliders", "meta"}
"""Parts of a layout that fetch, call, or only repeat what the page holds already."""
LINKS = {"href", "target", "source"}
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class BundleError(DangjianError):
    """No bundle draws all that a page shows."""


class Bundle(NamedTuple):
    """A bundle of plotly.js: its name, its script, the same packed as a page carries it, and the types it draws."""

    name: str
    script: str
    packed: str
    traces: frozenset[str]


class Plot(NamedTuple):
    """One figure: the id of its place on the page, plotly's JSON, and for each hover text the id of its sentence."""

    place: str
    figure: Mapping[str, Any]
    links: Mapping[str, str]


@cache
def bundles() -> tuple[Bundle, ...]:
    """The bundles at hand, the smallest first."""
    place = files("dangjian.briefings") / "bundles"
    made = []
    for told in tomllib.loads((place / "bundles.toml").read_text("utf-8"))["bundle"]:
        packed = (place / told["file"]).read_bytes()
        script = gzip.decompress(packed).decode("utf-8")
        made.append(Bundle(told["name"], script, base64.b64encode(packed).decode("ascii"), frozenset(told["traces"])))
    return tuple(made)


def bundle_for(figures: Iterable[Mapping[str, Any]]) -> Bundle:
    """The smallest bundle that draws every trace of the figures.

    Raises:
        BundleError: there is none; the message names the types that are missing.
    """
    wanted = {str(trace.get("type") or "scatter") for figure in figures for trace in figure.get("data") or ()}
    fits = [bundle for bundle in bundles() if wanted <= bundle.traces]
    if fits:
        return fits[0]
    most = bundles()[-1]
    raise BundleError(
        f"no bundle of plotly.js here draws {', '.join(sorted(wanted - most.traces))}; "
        f"use {', '.join(sorted(most.traces))}, or make no interactive page"
    )


def block(plots: Iterable[Plot]) -> str:
    """The figures of a page as JSON that can stand in an HTML data block; a template that they share stands once."""
    told: list[dict[str, Any]] = []
    template: Any = None
    for place, figure, links in plots:
        layout = {name: value for name, value in (figure.get("layout") or {}).items() if name not in DROPPED}
        own = harmless(layout.pop("template", {}))
        template = template or own
        data = [harmless(trace) for trace in figure.get("data") or ()]
        told.append(
            {"id": place, "data": data, "layout": harmless(layout) | {"template": None if own == template else own}}
            | {"links": {_text(hover): anchor for hover, anchor in links.items()}}
        )
    written = json.dumps({"template": template, "figures": told}, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda sign: _ESCAPES[sign.group()], visible(written))


def harmless(value: Any) -> Any:
    """A part of a figure with its texts as texts, without what links or fetches."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {str(name): harmless(part) for name, part in value.items() if name not in LINKS}
    if isinstance(value, list | tuple):
        return [harmless(part) for part in value]
    return value


def _text(text: str) -> str:
    """A text in which only line breaks and the like are tags."""
    parts = TAGS.split(text)
    return "".join(part if TAGS.fullmatch(part) else part.translate(HARMLESS) for part in parts)
