"""Hand-read marks against records: the figures, the differences, and the project's own hand-read samples."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.analysis.agreement import agreement
from dangjian.analysis.handread import misplaced, read_marks
from dangjian.errors import TableError
from dangjian.indicators import extract
from dangjian.metrics.lines import records_of
from dangjian.reports import read_corpus, read_report

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "gold"
OWN = sorted((ROOT / "data" / "gold").glob("*.jsonl"))


def mark(start: int = 4, end: int = 7, **said: Any) -> dict[str, Any]:
    """A mark of 128名 in 发展党员128名."""
    return {
        "start": start, "end": end, "surface": "128", "lower": 128, "upper": 128, "unit": "名", "theme": "membership",
        "indicator": "membership.developed",
    } | said  # fmt: skip


def record(start: int = 4, end: int = 7, **said: Any) -> dict[str, Any]:
    """The record that agrees with it."""
    return {
        "number": [start, end], "text": "128名", "lower": 128.0, "upper": 128.0, "unit": "名", "modality": "exact",
        "change": None, "theme": "membership", "indicator": "membership.developed", "dims": {},
    } | said  # fmt: skip


ALIKE = [
    # a mark, and a record that says the same
    (mark(), record()),
    (mark(), record(unit="人")),
    (mark(unit="％"), record(unit="%")),
    (mark(), record(3, 6)),  # the numbers overlap
    (mark(lower=101, upper=199), record(lower=100, upper=199)),  # 余 may begin one above
    (mark(lower=66.67, upper=66.67), record(lower=66.7, upper=66.7)),
    (mark(upper=None), record(upper=None)),
    (mark(theme="other", theme_alt=["membership"]), record()),
    (mark(indicator=None, indicator_alt="membership.developed"), record()),
    (mark(lower=1, lenient_fields=["lower"]), record()),
    (mark(dims={"group": "女性"}, dims_alt=[{}]), record()),
    (mark(indicator=None), record(indicator="other.projects")),  # marks name core indicators alone
    (mark(modality="more", unit="", lenient=True), record()),  # whether it is a quantity is open
]
DIFFERENT = [
    # a mark, a record, the field that differs
    (mark(), record(lower=120), "lower"),
    (mark(), record(upper=None), "upper"),
    (mark(lower=12, upper=12), record(lower=13, upper=12), "lower"),  # below 100 a whole one is a difference
    (mark(), record(unit="人次"), "unit"),
    (mark(), record(modality="about"), "modality"),
    (mark(), record(change="increase"), "change"),
    (mark(), record(theme="training"), "theme"),
    (mark(), record(indicator=None), "indicator"),
    (mark(indicator=None), record(), "indicator"),
    (mark(dims={"group": "女性"}), record(), "dims"),
    (mark(), record(9, 12), "missed"),
]


@pytest.mark.parametrize(("read", "found"), ALIKE)
def test_what_counts_as_agreement(read: dict, found: dict) -> None:
    assert agreement([read], [found]).differences == ()


@pytest.mark.parametrize(("read", "found", "field"), DIFFERENT)
def test_each_difference_is_told(read: dict, found: dict, field: str) -> None:
    differences = agreement([read], [found]).differences
    assert [difference.field for difference in differences][:1] == [field]
    assert "'128'" in str(differences[0]) and "4-7" in str(differences[0])


def test_the_figures_of_a_small_table_that_can_be_counted_by_hand() -> None:
    marks = [mark(0, 3), mark(10, 13), mark(20, 23, indicator=None, theme="law"), mark(30, 33, lenient=True)]
    records = [record(0, 3), record(10, 13, lower=1, dims={"group": "女性"}), record(30, 33), record(40, 43)]
    figures = agreement(marks, records).figures
    assert figures == {
        "precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "bounds": 1 / 2, "unit": 1, "modality": 1, "change": 1,
        "theme": 1, "indicator_precision": 2 / 3, "indicator_recall": 1, "indicator_f1": 4 / 5, "dims": 1 / 2,
        "gold": 3, "records": 4, "core": 2,
    }  # fmt: skip


def test_the_larger_overlap_pairs_first_and_each_record_serves_once() -> None:
    found = agreement([mark(0, 4), mark(3, 9)], [record(3, 9), record(0, 1)])
    assert found.figures["f1"] == 1 and found.differences == ()


WRONG_LINES = [
    # a line, what its error names
    ("{", "line 1 is not JSON"),
    ("[]", "line 1: a mark is a JSON object"),
    ('{"end": 3, "lower": 1, "upper": 1}', "line 1: start and end"),
    ('{"start": 3, "end": 3, "lower": 1, "upper": 1}', "line 1: start and end"),
    ('{"start": 1, "end": 3, "lower": "1", "upper": 1}', "line 1: lower is '1'"),
    ('{"start": 1, "end": 3, "lower": 1}', "line 1: upper is 'missing'"),
]


@pytest.mark.parametrize(("line", "said"), WRONG_LINES)
def test_a_line_that_is_no_mark_is_named(line: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        read_marks(line, "g.jsonl")


def test_marks_of_another_text_are_told() -> None:
    assert misplaced([mark()], "发展党员128名") == []
    assert misplaced([mark()], "全年发展党员128名") == [mark()]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_clone_can_measure_itself(path: Path) -> None:
    report = read_corpus(ROOT / "data" / "reports")[path.stem]
    marks = read_marks(path.read_text("utf-8"), path.name)
    assert misplaced(marks, report.text) == []
    extraction = extract(report, mask="digits")
    figures = agreement(marks, list(records_of(extraction.observations, (report,)))).figures
    reached = {"f1": 0.99, "bounds": 0.99, "unit": 0.98, "modality": 0.98, "change": 0.98}
    assert {name: figures[name] >= least for name, least in reached.items()} == dict.fromkeys(reached, True), figures


def test_there_are_hand_read_samples_of_every_district_half_of_them_masked() -> None:
    assert len({path.stem.split("-")[0] for path in OWN}) == len(OWN) == 4
    texts = [(ROOT / "data" / "reports" / f"{path.stem}.txt").read_text("utf-8") for path in OWN]
    assert sum("**" in text for text in texts) == 2


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The scorer that the contract comes with, an independent implementation."""
    if not (SHARED / "score.py").is_file():
        pytest.skip("the contract's own scorer is not beside this clone")
    spec = importlib.util.spec_from_file_location("reference_score", SHARED / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("mask", ["digits", "unknown"])
def test_the_figures_are_those_of_the_contracts_scorer(reference: ModuleType, mask: str) -> None:
    for path in sorted((SHARED / "dev").glob("*.jsonl")):
        report = read_report(path.with_suffix(".txt"))
        marks = read_marks(path.read_text("utf-8"), path.name)
        records = list(records_of(extract(report, mask=mask).observations, (report,)))
        expected, misses = reference.score(marks, records)
        found = agreement(marks, records)
        assert found.figures == expected
        assert sum(difference.field != "dims" for difference in found.differences) == len(misses)


spans = st.tuples(st.integers(0, 40), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair)))
said = st.fixed_dictionaries(
    {
        "lower": st.sampled_from([0, 9, 10, 100, 101, 1e6]), "upper": st.sampled_from([None, 9.004, 100, 103, 1e6]),
        "unit": st.sampled_from(["名", "人", "%", "％", "场"]), "theme": st.sampled_from(["law", "training"]),
        "indicator": st.sampled_from([None, "training.hours", "law.cases", "membership.developed"]),
        "dims": st.sampled_from([{}, {"group": "女性"}]), "change": st.sampled_from([None, "increase"]),
        "modality": st.sampled_from(["exact", "about"]),
    }
)  # fmt: skip
left_open = st.lists(st.sampled_from(["*", "lower", "theme", "indicator", "dims"]))
open_to = {
    "lenient": st.booleans(),
    "lenient_fields": left_open,
    "theme_alt": st.sampled_from(["law", ["law", "training"]]),
    "indicator_alt": st.sampled_from(["training.hours", [None]]),
    "dims_alt": st.just([{}]),
}
leave = st.fixed_dictionaries({}, optional=open_to)


@given(st.lists(st.tuples(spans, said, leave), max_size=6), st.lists(st.tuples(spans, said), max_size=6))
def test_any_marks_and_records_give_the_scorers_figures(reference: ModuleType, read: list, found: list) -> None:
    marks = [{"start": place[0], "end": place[1], "surface": "1"} | one | open_ for place, one, open_ in read]
    records = [{"number": list(place), "text": "1"} | one for place, one in found]
    assert agreement(marks, records).figures == reference.score(marks, json.loads(json.dumps(records)))[0]
