"""What a plotly figure says, read from its data without plotly: its words, and every point as a row of a table.

A page that runs nothing cannot show such a figure, and one left out would vanish without a word: so each
gets a table of its data, whether it can be drawn again or not.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dangjian.briefings.tables import Cell, Table
from dangjian.briefings.visible import visible


def title_of(figure: Mapping[str, Any]) -> str:
    """The figure's title as plain text."""
    title = (figure.get("layout") or {}).get("title") or ""
    return plain(title.get("text") or "" if isinstance(title, Mapping) else title)


def description_of(figure: Mapping[str, Any]) -> str:
    """What the figure says of itself in words (``layout.meta.description``), "" where it says nothing."""
    meta = (figure.get("layout") or {}).get("meta")
    return str(meta.get("description", "")) if isinstance(meta, Mapping) else ""


def plain(text: Any) -> str:
    """plotly's text without its few tags: a line break for ``<br>``, nothing for the rest."""
    text = visible(str(text))
    return re.sub(r"</?(b|i|sup|sub|span|em|strong)(\s[^>]*)?>", "", re.sub(r"<br\s*/?>", "\n", text))


def data_table(figure: Mapping[str, Any]) -> Table:
    """Every point of a figure as a row: series, place, value, and what hovering would tell."""
    rows = []
    for trace in figure.get("data") or []:
        name = plain(trace.get("name") or trace.get("type") or "")
        sideways = trace.get("orientation") == "h"
        places, values = (values_of(trace.get(key)) for key in (("y", "x") if sideways else ("x", "y")))
        places = places or values_of(trace.get("labels"))
        values = values or values_of(trace.get("values"))
        if isinstance(trace.get("z"), Sequence | Mapping):
            rows += _grid(name, trace)
            continue
        bases, told = values_of(trace.get("base")), values_of(trace.get("customdata")) or values_of(trace.get("text"))
        for at in range(max(len(places), len(values))):
            value = written_as(_item(values, at))
            base = _item(bases, at)
            if isinstance(base, int | float) and isinstance(_item(values, at), int | float):
                value = f"{written_as(base)}–{written_as(base + values[at])}"
            rows.append([name, written_as(_item(places, at)), value, plain(written_as(_item(told, at)))])
    head = ["系列", "类目", "数值", "说明"]
    kept = [at for at in range(4) if at < 3 or any(row[at] for row in rows)]
    return Table([[Cell(head[at], True) for at in kept]], [[Cell(row[at]) for at in kept] for row in rows])


def _grid(name: str, trace: Mapping[str, Any]) -> list[list[str]]:
    """The cells of a heat map or the like, a row each."""
    across, up = values_of(trace.get("x")), values_of(trace.get("y"))
    rows = []
    for line, values in enumerate(values_of(trace.get("z"))):
        for at, value in enumerate(values_of(values)):
            place = f"{written_as(_item(up, line)) or line + 1}，{written_as(_item(across, at)) or at + 1}"
            rows.append([name, place, written_as(value), ""])
    return rows


def values_of(written: Any) -> list[Any]:
    """A list as plotly stores it: plain, or numbers packed as base64."""
    if isinstance(written, Mapping) and "bdata" in written:
        import numpy as np

        packed = np.frombuffer(base64.b64decode(written["bdata"]), dtype=np.dtype(str(written["dtype"])))
        shape = [int(side) for side in str(written.get("shape") or packed.size).split(",")]
        return list(packed.reshape(shape).tolist())
    if isinstance(written, str | bytes) or written is None:
        return []
    return list(written) if isinstance(written, Sequence) else [written]


def _item(values: list[Any], at: int) -> Any:
    return values[at] if at < len(values) else None


def written_as(value: Any) -> str:
    """One value of a figure as text, "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    if isinstance(value, list | tuple):
        return "；".join(map(written_as, value))
    return visible(str(value))
