"""The message files: every key that is asked for is there, none is left over, and languages say the same."""

from __future__ import annotations

import re
import string
import tomllib
from importlib.resources import files

import pytest

from dangjian.briefings.language import language

PLACE = files("dangjian.briefings")
FILES = sorted(file.name for file in (PLACE / "messages").iterdir() if file.name.endswith(".toml"))


def messages(name):
    """Keys with dots to texts."""
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


@pytest.mark.parametrize("name", FILES)
def test_languages_have_the_same_keys_with_the_same_values_to_fill_in(name):
    def fields(text):
        return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field)

    chinese, other = messages("zh.toml"), messages(name)
    assert list(other) == list(chinese)
    assert {key: fields(text) for key, text in other.items()} == {key: fields(text) for key, text in chinese.items()}


def test_a_message_is_filled_in():
    say = language()
    assert say("head.year", year=2021) == "2021 年"
    with pytest.raises(KeyError):
        say("head.nothing")
    with pytest.raises(KeyError):
        say("head.year")
