"""The message file: every key that is asked for is there, and none is left over."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from dangjian.briefings.language import language

PLACE = files("dangjian.briefings")


def messages(name):
    """Keys with dots to texts; that languages have the same ones is tested with the rest of each language."""
    flat = {}
    for key, value in tomllib.loads((PLACE / "messages" / name).read_text("utf-8")).items():
        flat |= {f"{key}.{part}": text for part, text in value.items()} if isinstance(value, dict) else {key: value}
    return flat


def asked():
    """Every key that the room's code and templates ask for; those made up at run time are by their table."""
    sources = [file for folder in (PLACE, PLACE / "templates", PLACE / "word") for file in folder.iterdir()]
    text = "".join(file.read_text("utf-8") for file in sources if file.name.endswith((".py", ".j2")))
    return set(re.findall(r"""(?:say|self)\(\s*["']([a-z_]+(?:\.[a-z_]+)?)["']""", text))


def test_every_key_that_is_asked_for_is_there_and_none_is_left_over():
    there = set(messages("zh.toml"))
    made_up = {key for key in there if key.startswith("kinds.")}
    assert asked() - there == set()
    assert there - asked() - made_up == set()


def test_a_message_is_filled_in():
    say = language()
    assert say("head.year", year=2021) == "2021 年"
    with pytest.raises(KeyError):
        say("head.nothing")
    with pytest.raises(KeyError):
        say("head.year")
