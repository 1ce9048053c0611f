"""A notebook in another language: its prose, and the phrases that its code shows, from a file beside it.

The file maps each Chinese paragraph and phrase to its own; what it lacks stays Chinese.
"""

from __future__ import annotations

import ast
import io
import tokenize
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dangjian.runs.parameters import ParameterError

CHINESE = "zh"
LANGUAGES = (CHINESE, "en")
PARAGRAPHS = "\n\n"
TRANSLATED = "translated"
"""In the metadata of a notebook: its language, where that is not its own."""


def read_languages(said: str) -> tuple[str, ...]:
    """The languages of a list such as "zh,en", each once.

    Raises:
        ParameterError: one of them is not spoken, or none is named.
    """
    asked = tuple(dict.fromkeys(each.strip() for each in said.split(",") if each.strip()))
    unknown = [each for each in asked if each not in LANGUAGES]
    if unknown or not asked:
        raise ParameterError(f"{', '.join(unknown) or 'nothing'} is not spoken; there are {', '.join(LANGUAGES)}")
    return asked


def translated(notebook: Any, place: Path, lang: str) -> Any:
    """The notebook in a language; its parameter ``lang`` is to be set besides.

    Args:
        notebook: as nbformat reads it; it is changed.
        place: its file; the translations stand beside it, in ``en.toml``.
        lang: "en".
    Raises:
        ParameterError: there is no such file, or it cannot be read.
    """
    if lang == CHINESE:
        return notebook
    told = read_translation(place.with_name(f"{lang}.toml"))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose = told.get("prose", {})
            cell.source = PARAGRAPHS.join(prose.get(part, part) for part in cell.source.split(PARAGRAPHS))
        elif cell.cell_type == "code":
            cell.source = _phrases(cell.source, told.get("phrases", {}))
    notebook.metadata[TRANSLATED] = lang
    return notebook


def read_translation(path: Path) -> dict[str, Any]:
    """The tables ``prose`` and ``phrases`` of a file of translations.

    Raises:
        ParameterError: there is no such file, or it cannot be read.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ParameterError(f"{path}: there is no such translation; leave out --lang {path.stem}") from None
    except (OSError, ValueError) as fault:
        raise ParameterError(f"{path}: cannot be read as a translation ({fault})") from None


def _phrases(source: str, phrases: Mapping[str, str]) -> str:
    """The code with its strings translated, all else as it stands."""
    lines = source.splitlines(keepends=True)
    found = [token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type == tokenize.STRING]
    for token in reversed(found):
        phrase = phrases.get(_value(token.string))
        if phrase is not None and token.start[0] == token.end[0]:
            line = lines[token.start[0] - 1]
            quoted = '"' + phrase.replace("\\", "\\\\").replace('"', '\\"') + '"'
            lines[token.start[0] - 1] = line[: token.start[1]] + quoted + line[token.end[1] :]
    return "".join(lines)


def _value(literal: str) -> str:
    try:
        return str(ast.literal_eval(literal))
    except (SyntaxError, ValueError):  # an f-string, or bytes
        return ""
