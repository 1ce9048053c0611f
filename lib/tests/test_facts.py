"""The data that a clone starts with: facts of a real report, and the sample corpus with its truth."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from dangjian import metrics
from dangjian.indicators import load_catalogue
from dangjian.metrics.sentences import ABSENT
from dangjian.reports import Corpus, read_corpus

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
FACTS = DATA / "metrics" / "report-2022.jsonl"
SEED = ROOT.parent / "shared" / "seed" / "report-2022.txt"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("facts", ROOT / "scripts" / "facts.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_facts_are_those_of_the_report(script: ModuleType) -> None:
    if not SEED.is_file():
        pytest.skip("the real report is not beside this clone")
    made = script.lines(SEED)
    assert made == FACTS.read_text("utf-8"), f"run: python scripts/facts.py {SEED.relative_to(ROOT.parent)}"


def test_facts_hold_no_prose() -> None:
    records = [json.loads(line) for line in FACTS.read_text("utf-8").splitlines()]
    assert len(records) > 200
    assert {len(record["section"]) for record in records} == {0}
    assert max(len(record["label"]) for record in records) <= 12
    assert max(len(record["text"]) for record in records) <= 12


def test_facts_open_as_a_table_and_say_that_the_text_is_not_at_hand() -> None:
    corpus, table = metrics.open_table(metrics=FACTS)
    assert len(corpus) == 0 and len(metrics.select(table, theme="training"))
    assert metrics.evidence(table.iloc[0], corpus).sentence == ABSENT


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(DATA / "reports")


@pytest.fixture(scope="module")
def truth() -> list[dict[str, str]]:
    with (DATA / "reports" / "truth.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_samples_are_four_districts_in_four_years_all_said_to_be_invented(corpus: Corpus) -> None:
    assert corpus.skipped == ()
    places = Counter((report.district, report.year) for report in corpus)
    assert len(places) == 16 == len({district for district, _ in places}) * len({year for _, year in places})
    assert all(report.invented and "虚构示例" in report.text[:80] and report.title in report.text for report in corpus)
    assert sum("**" in report.text for report in corpus) == 8


def test_every_true_value_is_inside_what_its_report_says(corpus: Corpus, truth: list[dict[str, str]]) -> None:
    for row in truth:
        start, end = int(row["start"]), int(row["end"])
        assert corpus[row["report_id"]].text[start:end] == row["written"]
        upper = float(row["upper"] or "inf")
        assert float(row["lower"]) <= float(row["true_value"]) <= upper, row
        assert row["indicator"] in load_catalogue()
    assert {row["report_id"] for row in truth} == {report.report_id for report in corpus}
    assert [(row["report_id"], int(row["start"])) for row in truth] == sorted(
        (row["report_id"], int(row["start"])) for row in truth
    )


def test_members_follow_from_year_to_year(truth: list[dict[str, str]]) -> None:
    """Members at the end of a year differ from those of the year before by the net increase that the report states."""
    value = {
        (row["district"], int(row["year"]), row["indicator"]): float(row["true_value"])
        for row in truth
        if row["dims"] == "{}" and row["target"] == "false" and row["year"] == row["period"]
    }
    compared = 0
    for (district, year, indicator), net in value.items():
        now, before = (value.get((district, when, "membership.members")) for when in (year, year - 1))
        if indicator == "membership.members_net_increase" and now is not None and before is not None:
            assert now - before == net, (district, year)
            compared += 1
    assert compared >= 4
