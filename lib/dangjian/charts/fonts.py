"""The bundled Chinese font: where it is, and how matplotlib comes to know it.

It is registered at every start, whatever fonts the machine has, so that charts look the same everywhere.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Noto Sans SC"
FONT = Path(str(files("dangjian.charts") / "fonts" / "NotoSansSC-subset.ttf"))
"""A static TrueType subset; briefings cut theirs from it."""
FALLBACKS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
"""What a page may take where the embedded font lacks a character."""


@cache
def register() -> list[str]:
    """Make the font known to matplotlib; the families to draw with, first choice first."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(FONT)
    return [FAMILY, "DejaVu Sans"]


def stack() -> str:
    """The families as CSS and plotly write them."""
    return ", ".join(f'"{name}"' if " " in name else name for name in (FAMILY, *FALLBACKS))
