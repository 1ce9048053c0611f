"""Markdown to runs of a Word paragraph; what is markup of another kind stays text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import mistune

from dangjian.briefings.visible import visible


class Piece(NamedTuple):
    """A stretch of text in one look."""

    text: str
    bold: bool = False


class Block(NamedTuple):
    """A heading (level 1 to 6), a paragraph (0), or a point of a list (-1)."""

    level: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its text without looks."""
        return "".join(piece.text for piece in self.pieces)


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text, in order."""
    yield from _blocks(_parser()(text))


@cache
def _parser() -> Any:
    return mistune.create_markdown(renderer=None)


def _blocks(tokens: Any, level: int = 0) -> Iterator[Block]:
    for token in tokens:
        kind = token["type"]
        if kind == "heading":
            yield Block(token["attrs"]["level"], tuple(_pieces(token["children"])))
        elif kind == "list":
            for item in token["children"]:
                yield from _blocks(item["children"], -1)
        elif kind in ("paragraph", "block_text"):
            yield Block(level, tuple(_pieces(token["children"])))
        elif "children" in token:
            yield from _blocks(token["children"], level)
        elif token.get("raw", "").strip():
            yield Block(level, (Piece(visible(token["raw"].strip())),))


def _pieces(tokens: Any, bold: bool = False) -> Iterator[Piece]:
    for token in tokens:
        if token["type"] in ("softbreak", "linebreak"):
            yield Piece(" ", bold)
        elif "children" in token:
            yield from _pieces(token["children"], bold or token["type"] == "strong")
        elif token.get("raw"):
            yield Piece(visible(token["raw"]), bold)
