"""Text from outside as text: nothing in it is markup any more."""

from __future__ import annotations

from collections.abc import Iterable

_FULL_WIDTH = {sign: chr(ord(sign) + 0xFEE0) for sign in "<>&[](){}*_`#|$~!@\\\"'"} | {"://": "：／／", "\n": " "}


def plain(text: str) -> str:
    """The text with every sign that Markdown, HTML or formulas could act on made full-width.

    >>> plain("增长<b>*%")
    '增长＜b＞＊%'
    """
    for sign, harmless in _FULL_WIDTH.items():
        text = text.replace(sign, harmless)
    return "".join(character for character in text if character.isprintable() or character == "\u3000")


def bullets(lines: Iterable[str]) -> str:
    """Sentences as a Markdown list, each made plain first.

    >>> bullets(["甲区上升", "乙区<下降>"])
    '- 甲区上升\\n- 乙区＜下降＞'
    """
    return "\n".join(f"- {plain(line)}" for line in lines)
