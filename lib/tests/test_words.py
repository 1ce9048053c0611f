"""Fixed wordings in a text: the longest at each place, heads with their tails, words that a page broke."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.indicators.words import Unbroken, Words

GROUPS = {"cues": ["党员", "发展党员", "发展", "发展*入党", "党员*入党", "整改"], "dims": ["女党员", "党员"]}
WORDS, OUTERMOST = Words(GROUPS), Words(GROUPS, outermost=("cues",))

FOUND = [
    # text, the cues in it, the outermost of them
    ("全年发展党员12名", ["发展党员"], ["发展党员"]),
    ("发展女党员", ["发展", "党员"], ["发展", "党员"]),
    ("发展工人入党", ["发展*入党", "发展"], ["发展*入党"]),
    ("发展工人，申请入党", ["发展"], ["发展"]),
    ("工作报告\n各单位持续抓好整\n改", ["整改"], ["整改"]),
    ("党\u3000员", ["党员"], ["党员"]),
    ("（一）整\n改", [], []),
    ("", [], []),
]


@pytest.mark.parametrize(("text", "cues", "outermost"), FOUND)
def test_the_longest_wording_is_found(text: str, cues: list[str], outermost: list[str]) -> None:
    hits = WORDS.find(text)["cues"]
    assert [hit.word for hit in hits.all] == cues
    assert [hit.word for hit in OUTERMOST.find(text)["cues"].all] == outermost


def test_each_group_finds_its_own() -> None:
    found = WORDS.find("发展女党员")
    assert [(hit.start, hit.end) for hit in found["dims"].all] == [(2, 5)]


texts = st.text(alphabet="发展党员整改女 \n\u3000，12入党工人", max_size=60)


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_a_slice_of_the_hits_holds_those_within_it(text: str, start: int, end: int) -> None:
    text = "党员发展工作报告\n" + text
    for hits in OUTERMOST.find(text).values():
        assert hits.between(start, end) == [hit for hit in hits.all if start <= hit.start and hit.end <= end]


@given(texts)
def test_the_outermost_hits_lie_within_no_longer_one(text: str) -> None:
    every, kept = WORDS.find(text)["cues"].all, OUTERMOST.find(text)["cues"].all
    whole = {hit.start: hit.end for hit in every if "*" not in hit.word}
    every = [hit for hit in every if "*" not in hit.word or hit.start + hit.word.index("*") >= whole.get(hit.start, 0)]
    assert kept == [
        hit
        for hit in every
        if not any(other.start <= hit.start and hit.end <= other.end and other[:2] != hit[:2] for other in every)
    ]


@given(texts)
def test_each_character_keeps_its_place(text: str) -> None:
    text = "党员发展工作报告\n" + text
    unbroken = Unbroken(text)
    places = [unbroken.place(at) for at in range(len(unbroken.text))]
    assert "".join(text[place] for place in places) == unbroken.text
