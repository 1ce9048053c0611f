"""What a page says of itself, in one file a language (``messages/*.toml``); a report's own words stay Chinese."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from dangjian.errors import UnknownNameError

LANGUAGES = ("zh", "en")
"""The languages of pages, the usual one first."""
TAGS = {"zh": "zh-CN", "en": "en"}


class Messages:
    """The messages of one language.

    Attributes:
        language: a member of ``LANGUAGES``.
        tag: the same as a page's ``lang`` says it.
    """

    def __init__(self, language: str, content: Mapping[str, Any]) -> None:
        self.language, self.tag = language, TAGS[language]
        self._texts: dict[str, str] = content["texts"]
        self._headings: dict[str, str] = content.get("headings", {})
        self._names: dict[str, dict[str, str]] = content.get("names", {})
        self._phrases = [(re.compile(phrase["find"]), phrase["put"]) for phrase in content.get("phrase", [])]

    def __call__(self, key: str, /, **values: Any) -> str:
        """One message, its places filled.

        Raises:
            UnknownNameError: there is no such message.
        """
        if key not in self._texts:
            raise UnknownNameError("message", key, self._texts)
        return self._texts[key].format(**values)

    @property
    def keys(self) -> frozenset[str]:
        """The messages that there are."""
        return frozenset(self._texts)

    def told(self, text: str) -> str:
        """A computed text of another language in this one, phrase by phrase; what is not known stays as it is."""
        for pattern, instead in self._phrases:
            text = pattern.sub(instead, text)
        return text

    def heading(self, text: str) -> str | None:
        """A heading of a notebook in this language, None where the file does not have it."""
        return text if self.language == "zh" else self._headings.get(text)

    def name(self, kind: str, word: str) -> str:
        """A word of a closed list, such as a mask reading; itself where the file does not have it."""
        return self._names.get(kind, {}).get(word, word)


@cache
def messages(language: str = "zh") -> Messages:
    """The messages of a language.

    Raises:
        UnknownNameError: there is no such language.
    """
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    found = (files("dangjian.briefings") / "messages" / f"{language}.toml").read_text("utf-8")
    return Messages(language, tomllib.loads(found))
