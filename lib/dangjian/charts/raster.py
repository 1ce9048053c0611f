"""A matplotlib figure as pixels, for papers that take no SVG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib

from dangjian.charts.style import rc

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS = 200
"""Pixels an inch of the drawing: nearly 300 an inch of the paper that it is made to fit."""


def png(figure: Figure) -> bytes:
    """The figure as a PNG file, its text form in it as ``Description``; equal figures give equal bytes."""
    out = io.BytesIO()
    with matplotlib.rc_context(rc()):
        figure.savefig(out, format="png", dpi=DOTS, metadata={"Software": None, "Description": str(figure.get_label())})
    return out.getvalue()
