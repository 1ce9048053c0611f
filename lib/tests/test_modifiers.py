"""The words that make a number fuzzy: each word of the list, and what it makes of the bounds."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_faults import params

from dangjian.bounds import Bounds
from dangjian.quantities import modifiers
from dangjian.quantities.numerals import read_chinese, read_digits
from dangjian.quantities.scan import scan

WORDS = tomllib.loads(files("dangjian.quantities").joinpath("modifiers.toml").read_text(encoding="utf-8"))

TOUCHING = [
    # the clause up to the number, the number, modality and the characters that say it
    ("参训", "100", None),
    ("参训约", "100", ("about", 1)),
    ("参训人数约为", "100", ("about", 2)),
    ("参训人数近", "100", ("nearly", 1)),
    ("参训人数超过", "100", ("at_least", 2)),
    ("参训人数超过了", "100", ("at_least", 3)),
    ("参训人数不低于", "100", ("at_least", 3)),
    ("参训人数不足", "100", ("at_most", 2)),
    ("附近", "100", None),  # 附近 is a place
    ("最近", "3", None),
    ("经过", "100", None),
    ("票数过", "半", ("at_least", 1)),
]

MORE = [
    # written, scale, whether fractions count, lower, upper
    ("500", 1, False, 500, 599),
    ("520", 1, False, 520, 529),
    ("***", 1, False, 100, 999),
    ("**0", 1, False, 100, 999),
    ("*", 10**4, False, 10000, 99999),
    ("1.5", 10**4, False, 15000, 15999),
    ("220", 10**4, False, 2200000, 2299999),
    ("1000", 1, False, 1000, 1999),
    ("10", 1, False, 10, 19),
]

WIDENED = [
    (Bounds(300, 300), "about", Bounds(270, 330)),
    (Bounds(100, 100), "nearly", Bounds(90, 100)),
    (Bounds(10, 99), "nearly", Bounds(9, 99)),
    (Bounds(32, 32), "at_least", Bounds(32, None)),
    (Bounds(20, 20), "at_most", Bounds(0, 20)),
    (Bounds(10, 99), "at_most", Bounds(0, 99)),
    (Bounds(10, 99), "exact", Bounds(10, 99)),
    (Bounds(0, None), "about", Bounds(0, None)),
]

APART = [
    ("实践课不低于总课时的", "at_least"),
    ("女性不少于总数的", "at_least"),
    ("机关党员不超过总数的", "at_most"),
    ("农民党员约占总数的", "about"),
    ("至少开展培训", "at_least"),
    ("总课时的", None),
    ("会期", None),
]


@pytest.mark.parametrize(("left", "number", "said"), params(TOUCHING))
def test_touching(left, number, said):
    assert modifiers.touching(left, number) == said


@pytest.mark.parametrize(("written", "scale", "continuous", "lower", "upper"), params(MORE))
def test_more(written, scale, continuous, lower, upper):
    assert modifiers.more(read_digits(written), scale, continuous) == Bounds(lower, upper)


@pytest.mark.parametrize(("bounds", "modality", "result"), params(WIDENED))
def test_widened(bounds, modality, result):
    assert modifiers.widened(bounds, modality) == result


@pytest.mark.parametrize(("left", "modality"), params(APART))
def test_apart(left, modality):
    found = modifiers.apart(left)
    assert (found and found[0]) == modality


BEFORE = [(word, modality) for modality, places in WORDS.items() for word in places.get("touching", ())]
AFTER = [
    (word, modality) for modality, places in WORDS.items() if modality != "more" for word in places.get("after", ())
]


@pytest.mark.parametrize(("word", "modality"), params([row for row in BEFORE if row[0] != "过"]))
def test_each_word_before_a_number_is_heard(word, modality):
    text = f"全年走访群众{word}600户。"
    (found,) = scan(text).quantities
    assert (found.modality, found.text) == (modality, f"{word}600户")
    assert found.bounds == modifiers.widened(Bounds(600, 600), modality)


@pytest.mark.parametrize(("word", "modality"), params([row for row in AFTER if row[0] != "内"]))
def test_each_word_behind_a_unit_is_heard(word, modality):
    text = f"全年走访群众600户{word}。"
    (found,) = scan(text).quantities
    assert (found.modality, found.text) == (modality, f"600户{word}")
    assert found.bounds == modifiers.widened(Bounds(600, 600), modality)


@pytest.mark.parametrize("modality", ["about", "nearly", "at_least", "at_most", "exact"])
@given(value=st.integers(1, 10**8), data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_modifier_keeps_the_bare_value(modality, value, data):
    wide = data.draw(st.integers(value, 10**9))
    assert value in modifiers.widened(Bounds(value, wide), modality)


@given(st.integers(1, 10**6), st.sampled_from([1, 100, 10**4, 10**8]))
@settings(max_examples=100, deadline=None)
def test_more_starts_at_the_number_and_stays_below_the_next_round_one(number, scale):
    numeral = read_digits(str(number))
    found = modifiers.more(numeral, scale, False)
    assert found.lower == number * scale
    assert number * scale <= found.top < (number + numeral.place) * scale


def test_more_of_a_spelled_number():
    assert modifiers.more(read_chinese("三百"), 1, False) == Bounds(300, 399)
    assert modifiers.more(read_chinese("十"), 1, False) == Bounds(10, 19)
