"""What no indicator names: grouped by label, each with an entry that the catalogue takes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dangjian.analysis.unbound import Unbound, unbound
from dangjian.indicators import Observation, extract, load_catalogue
from dangjian.indicators.catalogue import Catalogue, parse
from dangjian.reports import Report, read_corpus

ROOT = Path(__file__).resolve().parents[2]
TEXT = "栽种银杏12棵，栽种银杏30棵，银杏增长8%，香樟成活率97%，移栽香樟用时3天。"


def seen(quote: str, label: str, unit: str, change: str | None = None, indicator: str | None = None) -> Observation:
    start = TEXT.index(quote)
    return Observation(
        "r", start, start + len(quote), quote, start, start + len(quote), 1, 1, unit, "exact", False, change, (),
        "service", indicator, {}, label, 2022, False, "digits",
    )  # fmt: skip


ROWS = [
    seen("30棵", "栽种银杏", "棵"),
    seen("8%", "银杏", "%", "increase"),
    seen("12棵", "栽种银杏", "棵"),
    seen("97%", "香樟成活率", "%"),
    seen("3天", "移栽香樟用时", "天", indicator="service.trees"),
]


@pytest.fixture(scope="module")
def trees() -> tuple[Unbound, ...]:
    return unbound(ROWS, [Report.from_text(TEXT, "r")], {"service.unnamed"})


def test_labels_come_by_frequency_and_what_is_bound_not_at_all(trees: tuple[Unbound, ...]) -> None:
    assert [(group.label, group.kind, group.said) for group in trees] == [
        ("栽种银杏", "count", 2), ("银杏", "change", 1), ("香樟成活率", "share", 1),
    ]  # fmt: skip


def test_an_entry_has_id_kind_units_cues_and_an_example(trees: tuple[Unbound, ...]) -> None:
    entries = [tomllib.loads(group.entry)["indicator"][0] for group in trees]
    assert entries[0] == {
        "id": "service.unnamed_2", "title": "栽种银杏", "title_en": "Unnamed 2", "kind": "count", "units": ["棵"],
        "cues": ["栽种银杏"], "dims": [], "example": [{"text": "栽种银杏30棵", "quote": "30棵"}],
    }  # fmt: skip
    assert [entry["id"] for entry in entries[1:]] == ["service.unnamed_change_rate", "service.unnamed_rate"]


NAMED = [
    # a label, its unit, kind of change; the id that is proposed
    ("走访困难党员", "名", None, "service.members"),
    ("处置信访案件", "件", None, "service.cases"),
    ("栽种", "名", None, "service.people"),
    ("志愿者", "名", "increase", "service.volunteers_net_increase"),
    ("诉求满意", "%", None, "service.satisfaction_rate"),
    ("栽种", "元", None, "service.amount"),
    ("延误", "天", None, "service.unnamed_time"),
]


@pytest.mark.parametrize(("label", "unit", "change", "name"), NAMED)
def test_ids_are_guessed_from_label_unit_and_kind(label: str, unit: str, change: str | None, name: str) -> None:
    (group,) = unbound([seen("12棵", label, unit, change)], [Report.from_text(TEXT, "r")])
    assert tomllib.loads(group.entry)["indicator"][0]["id"] == name


def test_every_entry_of_the_sample_corpus_is_taken_and_most_bind_their_example() -> None:
    corpus = read_corpus(ROOT / "data" / "reports")
    rows = [row for report in corpus for row in extract(report).observations]
    catalogue = load_catalogue()
    groups = unbound(rows, corpus, catalogue)
    assert sum(group.said for group in groups) == sum(row.indicator is None for row in rows)
    ids = [tomllib.loads(group.entry)["indicator"][0]["id"] for group in groups]
    assert len(set(ids) | set(catalogue)) == len(ids) + len(catalogue)
    entries = [parse(f'theme = "{group.theme}"\n{group.entry}', "draft.toml")[1][0] for group in groups]
    draft = Catalogue((*catalogue.values(), *entries), catalogue.titles)
    binds = []
    for entry in entries:
        report = Report.from_text(f"2022年工作报告\n\n{entry.examples[0].text}")
        binds.append(any(row.indicator == entry.id for row in extract(report, "digits", draft).observations))
    assert sum(binds) * 3 >= len(binds) * 2, f"{sum(binds)} of {len(binds)} bind"
