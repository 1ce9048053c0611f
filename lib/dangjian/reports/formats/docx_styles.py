"""Styles of Word as far as they decide what is read: hidden, numbered, a line of the table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTENTS = re.compile(r"(?:toc|table of figures|目录)\s*\d*", re.I)
_OFF = ("0", "false", "off")
MOST_BASES = 50


@dataclass(frozen=True)
class Style:
    """What a style passes on to its paragraphs or runs; None says nothing of it."""

    hidden: bool | None = None
    number_id: str | None = None
    level: int | None = None
    contents: bool = False


def on(properties: Any, name: str) -> bool | None:
    """Whether a switch such as ``vanish`` is on; None where it is not named."""
    element = properties.find(W + name) if properties is not None else None
    if element is None:
        return None
    return element.get(W + "val", "1").lower() not in _OFF


def numbering_of(properties: Any) -> tuple[str | None, int | None]:
    """The list and the level that paragraph properties name."""
    number = properties.find(W + "numPr") if properties is not None else None
    if number is None:
        return None, None
    list_id, level = number.find(W + "numId"), number.find(W + "ilvl")
    return (
        list_id.get(W + "val") if list_id is not None else None,
        int(level.get(W + "val")) if level is not None and level.get(W + "val", "").isdecimal() else None,
    )


def read_styles(root: Any) -> tuple[dict[str, Style], str]:
    """Every style with what it takes from those it is based on, and the id of the default paragraph style."""
    if root is None:
        return {}, ""
    elements = {element.get(W + "styleId", ""): element for element in root.iterchildren(W + "style")}
    default = next(
        (key for key, one in elements.items() if one.get(W + "type") == "paragraph" and one.get(W + "default") == "1"),
        "",
    )
    return {key: _style(elements, key) for key in elements}, default


def _style(elements: dict[str, Any], key: str) -> Style:
    style = Style()
    for _ in range(MOST_BASES):  # a style may be based on itself in a damaged file
        element = elements.get(key)
        if element is None:
            break
        list_id, level = numbering_of(element.find(W + "pPr"))
        hidden = on(element.find(W + "rPr"), "vanish")
        name = element.find(W + "name")
        style = replace(
            style,
            hidden=style.hidden if style.hidden is not None else hidden,
            number_id=style.number_id if style.number_id is not None else list_id,
            level=style.level if style.level is not None else level,
            contents=style.contents or (name is not None and bool(_CONTENTS.fullmatch(name.get(W + "val", "")))),
        )
        base = element.find(W + "basedOn")
        if base is None:
            break
        key = base.get(W + "val", "")
    return style
