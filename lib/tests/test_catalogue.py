"""Every entry of the catalogue proves itself by examples and near misses; wrong entries are refused."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.errors import CatalogueError, DangjianError
from dangjian.indicators import Indicator, Observation, extract, load_catalogue
from dangjian.indicators.catalogue import THEMES, Proof, parse
from dangjian.indicators.dims import forms
from dangjian.quantities.units import DURATIONS
from dangjian.reports import Report

HEAD = "2022年工作报告\n\n"
ENTRIES = tuple(load_catalogue().values())
EXAMPLES = [(entry, proof) for entry in ENTRIES for proof in entry.examples]
COUNTERS = [(entry, proof) for entry in ENTRIES for proof in entry.counters]

FAULTS: dict[str, str] = {}
"""What does not hold yet, and why; strict, so that the one who mends it takes it out."""


def named(text: str, quote: str, place: int) -> Observation:
    """The observation whose number stands inside the quote, which begins at an offset of the text."""
    start = len(HEAD) + place
    rows = extract(Report.from_text(HEAD + text), mask="digits").observations
    inside = [row for row in rows if start <= row.number.start and row.number.end <= start + len(quote)]
    assert len(inside) == 1, f"{quote} in {text}: {[row.text for row in rows]}"
    return inside[0]


def quoted(proof: Proof) -> Observation:
    return named(proof.text, proof.quote, proof.text.index(proof.quote))


def marks(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=FAULTS[name])] if name in FAULTS else []


def cases(proofs: list[tuple[Indicator, Proof]]) -> list[object]:
    return [
        pytest.param(entry, proof, id=f"{entry.id}-{proof.text}", marks=marks(proof.text)) for entry, proof in proofs
    ]


@pytest.mark.parametrize(("entry", "example"), cases(EXAMPLES))
def test_an_example_binds_to_its_entry_with_its_dimensions(entry: Indicator, example: Proof) -> None:
    row = quoted(example)
    assert (row.indicator, row.dims, row.theme) == (entry.id, dict(example.dims), entry.theme)


@pytest.mark.parametrize(("entry", "counter"), cases(COUNTERS))
def test_a_near_miss_does_not_bind_to_the_entry(entry: Indicator, counter: Proof) -> None:
    assert quoted(counter).indicator != entry.id


def test_every_fault_listed_is_an_example_or_an_entry() -> None:
    assert set(FAULTS) <= {proof.text for _, proof in EXAMPLES} | set(load_catalogue())


DIGITS = "0123456789"
SOUND = [(entry, proof) for entry, proof in EXAMPLES if proof.text not in FAULTS]


@given(chosen=st.sampled_from(SOUND), hidden=st.sets(st.integers(0, 7)))
def test_hiding_digits_changes_no_name(chosen: tuple[Indicator, Proof], hidden: set[int]) -> None:
    entry, proof = chosen
    place = proof.text.index(proof.quote)
    masked = "".join("*" if at in hidden and sign in DIGITS else sign for at, sign in enumerate(proof.quote))
    text = proof.text[:place] + masked + proof.text[place + len(masked) :]
    assert named(text, masked, place).indicator == entry.id


# what a thing counted in a kind can be counted in; a count takes any unit but these
UNITS_OF = {
    "share": {"%", "分"},  # 满意度 is given in % and in points of a hundred
    "ratio": {"倍"},
    "amount": {"元"},
    "duration": set(DURATIONS) | {"天", "日", "工作日", "分钟", "月", "季度", "年", "个学时"},
}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_id_kind_units_and_dimensions_agree(entry: Indicator) -> None:
    noun = entry.id.removeprefix(entry.theme + ".")
    assert noun.replace("_", "").isalpha() and noun == noun.lower()
    assert entry.units and entry.examples
    assert set(entry.dims) <= set(forms())
    assert all(set(proof.dims) <= set(entry.dims) for proof in (*entry.examples, *entry.counters))
    assert (entry.kind == "change") == noun.endswith(("_change_rate", "_net_increase"))
    if noun.endswith("_change_rate"):
        assert entry.units == {"%"}
    elif entry.kind == "share":
        assert "%" in entry.units and noun.split("_")[-1] in ("rate", "share")
    elif entry.kind == "count":
        assert not entry.units & {"%", "倍", "元"}
    assert entry.units <= UNITS_OF.get(entry.kind, entry.units)


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id, marks=marks(entry.id)) for entry in ENTRIES])
def test_wordings_are_said_once_and_can_be_found(entry: Indicator) -> None:
    for group in entry.groups:
        assert [cue for cue, times in Counter(group.cues).items() if times > 1] == []
        for cue in group.cues:
            head, star, tail = cue.partition("*")
            assert head and (tail if star else True), f"{cue!r} has no head or no tail"
            # a number's item ends at these signs, so a cue across them would hide cues on both sides
            assert not set(cue) & set("，。；：、\n "), f"{cue!r} reaches across clauses"
            assert not [word for word in group.no if word in cue], f"{cue!r} is a near miss of itself"


def test_every_theme_has_a_file_and_titles_differ() -> None:
    catalogue = load_catalogue()
    assert tuple(catalogue.titles) == THEMES
    for said in ([entry.title for entry in ENTRIES], [entry.id for entry in ENTRIES]):
        assert [one for one, times in Counter(said).items() if times > 1] == []
    assert [entry.theme for entry in ENTRIES] == sorted((entry.theme for entry in ENTRIES), key=THEMES.index)


def test_an_id_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(DangjianError, match=r"law\.disputes"):
        load_catalogue()["law.dispute"]


ENTRY = """
theme = "law"
[[indicator]]
id = "law.trees"
title = "树"
title_en = "Trees"
kind = "count"
units = ["棵"]
cues = ["栽种银杏"]
dims = []
[[indicator.example]]
text = "栽种银杏12棵"
quote = "12棵"
"""
WRONG = [
    # written, put instead; id and key that the error names
    ('theme = "law"', 'theme = "forestry"', "file", "theme"),
    ('theme = "law"', "", "file", "theme"),
    ('id = "law.trees"', 'id = "law.trees', "file", "TOML"),
    ('id = "law.trees"', 'id = "service.trees"', "service.trees", "id"),
    ('id = "law.trees"\n', "", "entry without id", "id"),
    ('title = "树"\n', "", "law.trees", "title"),
    ('title_en = "Trees"\n', "", "law.trees", "title_en"),
    ('kind = "count"\n', "", "law.trees", "kind"),
    ('kind = "count"', 'kind = "number"', "law.trees", "kind"),
    ('kind = "count"', 'kind = "change"', "law.trees", "id"),  # a change is named as one
    ('cues = ["栽种银杏"]\n', "", "law.trees", "cues"),
    ('cues = ["栽种银杏"]', "cues = []", "law.trees", "cues"),
    ('cues = ["栽种银杏"]', 'cues = "栽种银杏"', "law.trees", "cues"),
    ('cues = ["栽种银杏"]', 'cues = ["栽种银杏"]\nalso = [{ needs = ["银杏"] }]', "law.trees", "also"),
    ('units = ["棵"]', "units = [12]", "law.trees", "units"),
    ("dims = []", 'dims = "group"', "law.trees", "dims"),
    ("dims = []", 'not = "香樟"', "law.trees", "not"),
    ("dims = []", 'cue = ["银杏"]', "law.trees", "cue"),  # no such key
    ('quote = "12棵"', 'quote = "13棵"', "law.trees", "example"),  # does not stand in its text
    ('quote = "12棵"', 'quote = ""', "law.trees", "example"),
    ('text = "栽种银杏12棵"', 'text = "12棵银杏、12棵香樟"', "law.trees", "example"),  # stands twice
    ('quote = "12棵"', 'quote = "12棵"\n[[indicator.counter]]\ntext = "香樟"\nquote = "3棵"', "law.trees", "counter"),
]  # fmt: skip


def test_the_entry_that_is_spoilt_below_is_right() -> None:
    title, (entry,) = parse(ENTRY, "law.toml")
    assert (title, entry.id, entry.examples) == ("law", "law.trees", (Proof("栽种银杏12棵", "12棵"),))


@pytest.mark.parametrize(("written", "instead", "name", "key"), WRONG)
def test_a_wrong_entry_is_refused_with_file_id_and_key(written: str, instead: str, name: str, key: str) -> None:
    assert ENTRY.count(written) >= 1
    with pytest.raises(CatalogueError) as refused:
        parse(ENTRY.replace(written, instead, 1), "law.toml")
    assert (refused.value.file, refused.value.entry, refused.value.key) == ("law.toml", name, key)
    assert str(refused.value).startswith(f"law.toml: {name}: {key}: ")
