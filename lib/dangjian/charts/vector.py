"""A matplotlib figure as SVG that can stand in a page: text kept, titled for those who cannot see it, and light."""

from __future__ import annotations

import io
import re
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any

import matplotlib

from dangjian.charts.style import rc

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TAG = re.compile(r"<[^<>]*>")
_FAMILY = re.compile(r"font-family: ([^;\"]*);? ?")
_SLIMMER = (
    (re.compile(r"<metadata>[^<]*+(?:<(?!/?metadata>)[^<]*+)*+</metadata>"), ""),
    # names of matplotlib's own that every figure would repeat; what is referred to keeps its id, a hash of its content
    (re.compile(r' id="(?:figure|axes|patch|line2d|text|legend|[xy]tick|matplotlib\.axis)_[\d.]+"'), ""),
    (re.compile(r' transform="rotate\(-0 [^)]*\)"'), ""),
    (re.compile(r">[^\S\n]*+\n\s*+<"), "><"),
)
_EMPTY = re.compile(r"<g/>|<g></g>")
_FINE = re.compile(r"(\d\.\d\d)\d+")
"""Coordinates finer than a hundredth of a point are only weight."""


_CLIP = re.compile(r'<clipPath id="(\w+)">([^<]*+(?:<(?!/?clipPath\b)[^<]*+)*+)</clipPath>')
"""matplotlib names it by a hash of exact figures, whose last bit the layout's solver does not settle."""


def svg(figure: Figure) -> str:
    """The figure as one SVG element; equal figures, each drawn for the first time, give equal text.

    The figure's label (``figure.get_label()``) is its text form: the first line its title, the rest its description.
    """
    with matplotlib.rc_context(rc()):
        drawn = rendered(figure)
    drawn = drawn[drawn.index("<svg") :].strip()
    for pattern, instead in _SLIMMER:
        drawn = pattern.sub(instead, drawn)
    while _EMPTY.search(drawn):
        drawn = _EMPTY.sub("", drawn)
    families = _FAMILY.findall(drawn)
    drawn = _TAG.sub(lambda tag: _FINE.sub(r"\1", _FAMILY.sub("", tag.group())), drawn)
    drawn = _by_content(drawn)
    title, _, description = str(figure.get_label()).partition("\n")
    head, end, body = drawn.partition(">")
    spoken = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>" if title else ""
    family = f' font-family="{families[0]}"' if families else ""
    return f'{head}{family} role="img" aria-label="{escape(title)}"{end}{spoken}{body}'


def rendered(figure: Figure) -> str:
    """The figure as matplotlib writes it, drawn once: ``savefig`` draws it twice, to find a layout that the second
    drawing finds again."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out, before, dpi = io.StringIO(), figure.canvas, figure.dpi
    try:
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(out, metadata={"Date": None, "Creator": None})
    finally:
        figure.set_canvas(before)
        figure.dpi = dpi
    return out.getvalue()


def _by_content(drawn: str) -> str:
    """The drawing with its clips named by what they hold once it is rounded, so that equal drawings are equal text."""
    for old, content in dict(_CLIP.findall(drawn)).items():
        drawn = drawn.replace(old, "p" + sha256(content.encode()).hexdigest()[:10])
    return drawn
