"""What `check_entries` finds wrong in a catalogue: every fault at once, each with file, id and key."""

from __future__ import annotations

import pytest

from dangjian.indicators import load_catalogue
from dangjian.indicators.proofs import check_entries, entry_files

SOUND = """
theme = "service"
title = "为民办事"
[[indicator]]
id = "service.ginkgos"
title = "栽种银杏数"
title_en = "Ginkgos planted"
kind = "count"
units = ["棵", ""]
cues = ["栽种银杏"]
not = ["移栽"]
dims = []
[[indicator.example]]
text = "全年栽种银杏12棵"
quote = "12棵"
[[indicator.counter]]
text = "全年修剪香樟12棵"
quote = "12棵"
"""
SECOND = SOUND.replace('theme = "service"\ntitle = "为民办事"\n', "")
WRONG = [
    # what is changed to what, then the key and the reason of the one fault
    ('id = "service.ginkgos"', "", "id", "is missing"),
    ('kind = "count"', 'kind = "number"', "kind", "'number' is none of"),
    ('kind = "count"', 'kind = "count"\ncolour = "绿"', "colour", "is no key"),
    ('cues = ["栽种银杏"]', "cues = []", "cues", "is empty"),
    (
        'cues = ["栽种银杏"]',
        'cues = ["栽种银杏", "移栽银杏"]',
        "cues",
        "'移栽银杏' holds '移栽', a near miss of its own",
    ),
    ('units = ["棵", ""]', 'units = ["棵", "余棵"]', "units", "'余棵' is no unit that a number is read with"),
    ('units = ["棵", ""]', 'units = ["棵", "%"]', "units", "what is counted in '%' is a share, this is a count"),
    ("dims = []", 'dims = ["colour"]', "dims", "'colour' is none of group"),
    ('quote = "12棵"\n[[', 'quote = "13棵"\n[[', "example", "the quote '13棵' does not stand once"),
    ("全年栽种银杏12棵", "全年修剪香樟12棵", "example", "binds to nothing: no entry fits it"),
    ("全年栽种银杏12棵", "全年“栽种银杏12棵”", "example", "binds to nothing: 0 quantities are read in the quote"),
    ("全年修剪香樟12棵", "今年栽种银杏12棵", "counter", "binds to it"),
    (
        'quote = "12棵"\n[[',
        'quote = "12棵"\ndims = { group = "女性" }\n[[',
        "example",
        "is no value that the entry can carry",
    ),
    ('id = "service.ginkgos"', 'id = "service.gink gos"', "id", "a noun of small letters"),
    ('title = "栽种银杏数"', "title = 3", "title", "it is a text"),
    ('title_en = "Ginkgos planted"', 'title_en = " "', "title_en", "it is a text"),
    ('cues = ["栽种银杏"]', 'cues = ["栽种银杏", ""]', "cues", "an empty word"),
    ('cues = ["栽种银杏"]', 'cues = ["*"]', "cues", "an empty word"),
    ("dims = []", 'subject = [""]', "subject", "an empty word"),
    ("dims = []", 'also = [{ cues = "银杏" }]', "also.cues", "a list of words"),
    ("dims = []", 'also = [{ cues = ["银杏"], need = ["树"] }]', "also.need", "none of cues"),
    ("dims = []", 'follows = ["service.oaks"]', "follows", "'service.oaks' is no indicator"),
    ("dims = []", 'check = "repeat"', "check", "a list of tables"),
    ("dims = []", 'check = [{ kind = "again" }]', "check.kind", "'again' is none of repeat"),
    ("dims = []", 'check = [{ kind = "sum", dim = 3 }]', "check.dim", "is a text"),
    ('text = "全年栽种银杏12棵"\nquote = "12棵"', 'text = 12\nquote = "12"', "example", "text and quote are texts"),
    ('quote = "12棵"\n[[', 'quote = "12棵"\ndims = "女性"\n[[', "example.dims", "it is a table"),
    ('quote = "12棵"\n[[', 'quote = "12棵"\nunit = "棵"\n[[', "example.unit", "none of text, quote, dims"),
    (SOUND[-1:], SECOND, "id", "stands twice"),
]


def test_a_sound_entry_has_no_fault() -> None:
    assert check_entries({"service.toml": SOUND}) == (1, [])


@pytest.mark.parametrize(("old", "new", "key", "reason"), WRONG, ids=lambda case: case[:24].strip())
def test_a_fault_names_file_id_and_key(old: str, new: str, key: str, reason: str) -> None:
    assert old in SOUND
    text = SOUND[:-1] + new if old == "\n" else SOUND.replace(old, new)
    _, faults = check_entries({"service.toml": text})
    fault = faults[0]
    assert (fault.file, fault.key) == ("service.toml", key) and reason in fault.reason
    assert fault.entry in ("service.ginkgos", "service.gink gos", "entry without id")
    assert str(fault) == f"service.toml: {fault.entry}: {key}: {fault.reason}"


WRONG_FILES = [
    ("[[indicator", "TOML", "cannot be read"),
    (SOUND.replace('"service"', '"services"'), "theme", "'services' is not the theme that the file is named after"),
    (SOUND.replace('"service"', '"law"'), "theme", "'law' is not the theme"),
]


@pytest.mark.parametrize(("text", "key", "reason"), WRONG_FILES)
def test_a_file_that_is_wrong_as_a_whole_is_named(text: str, key: str, reason: str) -> None:
    count, (fault,) = check_entries({"service.toml": text})
    assert (count, fault.entry, fault.key) == (0, "file", key) and reason in fault.reason


def test_all_faults_are_found_not_the_first_alone() -> None:
    text = SOUND.replace('units = ["棵", ""]', 'units = ["余棵", "株株"]').replace("dims = []", 'dims = ["colour"]')
    _, faults = check_entries({"service.toml": text, "law.toml": "[[indicator"})
    assert [(fault.file, fault.key) for fault in faults] == [
        ("law.toml", "TOML"), ("service.toml", "units"), ("service.toml", "units"), ("service.toml", "dims"),
    ]  # fmt: skip


def test_the_projects_own_entries_say_nothing_that_can_never_hold() -> None:
    count, faults = check_entries(entry_files())
    assert count == len(load_catalogue())
    words = [str(fault) for fault in faults if fault.key in ("TOML", "theme", "id", "units", "dims", "kind")]
    assert words == []
