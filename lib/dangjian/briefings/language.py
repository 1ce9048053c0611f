"""The language of a page: its fixed strings from one message file, figures as the wording of it says them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from dangjian import wording


class Language:
    """What a page says of itself, in one language.

    Attributes:
        code: the name of the message file, "zh".
        tag: the language tag of the page, "zh-CN".
    """

    def __init__(self, code: str, messages: dict[str, Any]) -> None:
        self.code = code
        self._messages = messages
        self.tag = self("language")

    def __call__(self, key: str, /, **values: Any) -> str:
        """A message by its dotted key, with the values filled in.

        Raises:
            KeyError: the message file has no such key, or the message wants a value that is not given.
        """
        found: Any = self._messages
        for part in key.split("."):
            found = found[part]
        return str(found).format_map(values)

    def words(self, row: Any) -> str:
        """Bounds in words, without the report's own wording."""
        with wording.spoken(self.code):
            return wording.words(row, original=False)

    def indicator(self, name: str) -> str:
        """The catalogue's title of an indicator."""
        with wording.spoken(self.code):
            return wording.title_of(name)

    def name(self, name: str) -> str:
        """The name of a place, a group or a step; what is not known to the language stays as it is."""
        with wording.spoken(self.code):
            return wording.say(name)

    def unit(self, unit: str) -> str:
        """A unit; a rare one without a word of its own stays as it is."""
        with wording.spoken(self.code):
            return wording.unit_words(unit)

    def finding(self, figures: Any) -> str:
        """What figures show, in a sentence."""
        with wording.spoken(self.code):
            return wording.finding(figures)

    def ticks(self, values: list[float]) -> list[str]:
        """The numbers of an axis, large ones in the steps of the language."""
        return [wording.tick(value) if self.code == "zh" else wording.number(value) for value in values]

    def joined(self, parts: list[str]) -> str:
        """Parts as an enumeration."""
        return self("list").join(parts)


@cache
def language(code: str = "zh") -> Language:
    """The language of a code; its message file must be there."""
    source = (files("dangjian.briefings") / "messages" / f"{code}.toml").read_text("utf-8")
    return Language(code, tomllib.loads(source))
