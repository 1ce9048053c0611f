"""Charts: tables of figures to figures of matplotlib and plotly, in one style; nothing here saves a file.

Bounds are bars without a middle, exact values dots, open ends arrows, hidden figures hatched, and what is not
stated is a gap that says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dangjian.charts.counted import counts
    from dangjian.charts.explorer import browse, explore
    from dangjian.charts.interactive import ranges_interactive, years_interactive
    from dangjian.charts.moved import shifts
    from dangjian.charts.printed import ranges, years
    from dangjian.charts.raster import png
    from dangjian.charts.style import apply
    from dangjian.charts.vector import svg

_HOMES = {
    "apply": "style",
    "browse": "explorer",
    "counts": "counted",
    "explore": "explorer",
    "png": "raster",
    "shifts": "moved",
    "svg": "vector",
    "ranges": "printed",
    "years": "printed",
    "ranges_interactive": "interactive",
    "years_interactive": "interactive",
}

__all__ = [
    "apply",
    "browse",
    "counts",
    "explore",
    "png",
    "ranges",
    "ranges_interactive",
    "shifts",
    "svg",
    "years",
    "years_interactive",
]


def __getattr__(name: str) -> Any:
    """Load a chart's module when it is first asked for: either library takes its time."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
