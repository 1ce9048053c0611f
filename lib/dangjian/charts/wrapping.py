"""Breaking titles into lines: Chinese has no blanks, but numbers and Latin words must stay whole."""

from __future__ import annotations

import re

PIECES = re.compile(r"[（《]*(?:[\x21-\x7e–≥≤]+(?:[万亿]?[名个件项条份期场次人倍])?|.)[，；：、。）》]*|\n")
"""What is never broken: a run of digits or letters with its unit, and brackets and stops from what they belong to."""


def wrapped(text: str, ems: float) -> list[str]:
    """The text in lines of at most so many ems, a Latin character taking a little over half of one.

    >>> wrapped("发展党员2020年236名，上升", 8)
    ['发展党员2020年', '236名，上升']
    """
    lines = [""]
    for piece in PIECES.findall(text):
        if lines[-1] and width(lines[-1] + piece) > ems:
            lines.append("")
        lines[-1] += piece
    return lines


def width(text: str) -> float:
    """The width of a line in ems.

    >>> width("共12名")
    3.12
    """
    return round(sum(1.0 if sign > "\u2e80" else 0.56 for sign in text), 2)


def printable(text: str) -> str:
    """The text without control characters and the like, for which no font has a shape.

    >>> printable("甲\x00区")
    '甲区'
    """
    return "".join(sign for sign in text if sign.isprintable() or sign == "\u3000")
