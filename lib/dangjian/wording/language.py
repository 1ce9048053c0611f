"""The language that figures are told in: Chinese as the sentences are written, another by its message file.

A message file maps each Chinese message to its own; what it lacks, such as the words of a report, stays as it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dangjian.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

CHINESE = "zh"
LANGUAGES = (CHINESE, "en")
UNIT = "单位 "
"""What the messages that name units begin with: 个 is also a word of its own."""
_SPOKEN = [CHINESE]
"""What is spoken now, last. No context variable: a notebook's cells run in contexts of their own."""


def speak(code: str) -> None:
    """Tell all that follows in this language.

    Raises:
        UnknownNameError: there is no message file for it.
    """
    _SPOKEN[:] = [_known(code)]


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """Tell what is said within the block in this language."""
    _SPOKEN.append(_known(code))
    try:
        yield
    finally:
        _SPOKEN.pop()


def language() -> str:
    """The code of the language that is spoken now, "zh" or "en"."""
    return _SPOKEN[-1]


def say(message: str, /, **values: Any) -> str:
    """A message in the language that is spoken, its fields filled in.

    >>> say("{count}项", count=3)
    '3项'
    """
    code = _SPOKEN[-1]
    told = message if code == CHINESE else messages(code).get(message, message)
    return told.format_map(values) if values else told


def unit_words(unit: str, *, one: bool = False) -> str:
    """A unit in the language that is spoken; what it has no word for, such as a rare measure word, stays as it is.

    Args:
        unit: as a metrics table has it.
        one: whether it stands behind the number 1.
    """
    if _SPOKEN[-1] == CHINESE:
        return unit
    many, _, single = messages(_SPOKEN[-1]).get(f"{UNIT}{unit}", unit).partition("|")
    return single if one and single else many


def titled(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the names of its columns and of its corner in the language that is spoken."""
    if _SPOKEN[-1] == CHINESE:
        return table
    kept = dict(table.attrs)
    told = table.rename(columns=lambda name: say(str(name)))
    for axis in ("index", "columns"):
        name = getattr(table, axis).name
        told = told.rename_axis(**{axis: None if name is None else say(str(name))})  # type: ignore[call-overload]
    told.attrs.update(kept)
    return told


@cache
def messages(code: str) -> dict[str, str]:
    """What a message file says for each Chinese message."""
    source = files(__package__).joinpath("messages", f"{code}.toml").read_text(encoding="utf-8")
    return {message: told for part in tomllib.loads(source).values() for message, told in part.items()}


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise UnknownNameError("language", code, LANGUAGES)
    return code
