"""Corrections: what they change, what they keep, and which are refused with what line."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian import metrics
from dangjian.errors import CorrectionError, CorrectionWarning
from dangjian.indicators import extract
from dangjian.metrics.corrections import Correction, correct, corrected, find_corrections, read_corrections
from dangjian.metrics.lines import Record, records_of
from dangjian.reports import Report, read_corpus

ROOT = Path(__file__).resolve().parents[2]
REPORT = Report.from_text("2022年工作总结\n\n发展党员128名，其中女性36名。党员总数1**名。", "r")
AT = REPORT.text.index("128名")
ENTRY = {
    "report": REPORT.sha256, "start": AT, "end": AT + 4, "text": "128名", "field": "period", "value": 2021,
    "who": "甲", "why": "上文说的是上年", "when": "2024-05-01",
}  # fmt: skip


def entry(**other: Any) -> Correction:
    return Correction(**{"where": "c.toml: entry 1", "report_id": ""} | ENTRY | other)


@pytest.fixture(scope="module")
def rows() -> list[Record]:
    return list(records_of(extract(REPORT, "digits").observations, (REPORT,)))


CHANGES = [
    # field, value, what the row says then, what it said first
    ("period", 2021, {"period": 2021}, {"period": 2022}),
    ("period", "", {"period": None}, {"period": 2022}),
    ("lower", 100, {"lower": 100.0, "upper": 128.0, "value": None}, {"lower": 128.0}),
    ("upper", float("inf"), {"lower": 128.0, "upper": None, "value": None}, {"upper": 128.0}),
    ("value", 182, {"lower": 182.0, "upper": 182.0, "value": 182.0}, {"lower": 128.0, "upper": 128.0}),
    ("unit", "人", {"unit": "人"}, {"unit": "名"}),
    ("modality", "about", {"modality": "about"}, {"modality": "exact"}),
    ("change", "increase", {"change": "increase"}, {"change": None}),
    ("target", True, {"target": True}, {"target": False}),
    ("label", "新党员", {"label": "新党员"}, {"label": "发展党员"}),
    ("dims", {"group": "女性"}, {"dims": {"group": "女性"}}, {"dims": {}}),
    ("indicator", "", {"indicator": None, "theme": "membership"}, {"indicator": "membership.developed"}),
    ("indicator", "training.participants", {"indicator": "training.participants", "theme": "training"},
     {"indicator": "membership.developed", "theme": "membership"}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "then", "first"), CHANGES)
def test_a_correction_changes_its_row_alone_and_keeps_the_first_reading(
    rows: list[Record], field: str, value: Any, then: dict, first: dict
) -> None:
    found = correct(rows, [entry(field=field, value=value)], [REPORT])
    assert found.refused == () and len(found.applied) == 1
    assert {name: found.records[0][name] for name in then} == then
    assert found.records[0]["corrected"] == first
    assert found.records[1:] == rows[1:] and "corrected" not in rows[0]
    again = correct(found.records, [entry(field=field, value=value)], [REPORT])
    assert again.records == found.records


REFUSED = [
    # what differs from a right entry, what the line says
    ({"end": AT + 3}, "no quantity is read there; the report has '128' there"),
    ({"text": "182名"}, "the quantity there is '128名', not '182名'"),
    ({"report": "0" * 64, "report_id": "r"}, "the text of 'r' is not the one that was corrected"),
    ({"field": "lower", "value": 200}, "lower would leave the bounds 200 to 128"),
    ({"field": "lower", "value": -1}, "lower is -1; a bound is a number"),
    ({"field": "lower", "value": float("inf")}, "lower is inf"),
    ({"field": "upper", "value": "128"}, "upper is '128'"),
    ({"field": "period", "value": 22}, "period is 22; it is a year"),
    ({"field": "target", "value": 1}, "target is 1; it is true or false"),
    ({"field": "modality", "value": "abuot"}, "did you mean 'about'?"),
    ({"field": "unit", "value": 3}, "unit is 3; it is a text"),
    ({"field": "theme", "value": "law"}, "theme is its indicator's"),
    ({"field": "indicator", "value": "training.hour"}, "did you mean 'training.hours'?"),
    (
        {"field": "indicator", "value": "training.coverage_rate"},
        "is a share; the number with its unit and change is a count",
    ),
    ({"field": "dims", "value": "女性"}, "it is a table such as"),
    ({"field": "dims", "value": {"grup": "女性"}}, "did you mean 'group'?"),
    ({"field": "dims", "value": {"source": "审计"}}, "'source' is no dimension of membership.developed"),
    ({"field": "dims", "value": {"group": "男性"}}, "group '男性' is none of "),
]


@pytest.mark.parametrize(("other", "line"), REFUSED)
def test_what_cannot_be_is_refused_with_a_clear_line(rows: list[Record], other: dict, line: str) -> None:
    found = correct(rows, [entry(**other)], [REPORT])
    assert found.applied == () and found.records == rows
    assert len(found.refused) == 1
    assert found.refused[0].startswith("c.toml: entry 1: ") and line in found.refused[0]


def test_another_reports_correction_is_passed_over(rows: list[Record]) -> None:
    found = correct(rows, [entry(report="0" * 64), entry(report="0" * 64, report_id="s")], [REPORT])
    assert (found.records, found.applied, found.refused) == (rows, (), ())


def test_without_its_text_a_report_is_known_by_its_id(rows: list[Record]) -> None:
    assert len(correct(rows, [entry(report_id="r")]).applied) == 1
    assert correct(rows, [entry()]).applied == ()
    assert "is '128名'" in correct(rows, [entry(report_id="r", text="x")]).refused[0]


def test_the_first_of_two_readings_is_kept(rows: list[Record]) -> None:
    found = correct(rows, [entry(value=2020), entry(value=2021)], [REPORT])
    assert found.records[0]["period"] == 2021 and found.records[0]["corrected"] == {"period": 2022}


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_a_corrected_table_is_stored_and_read_back_exactly(tmp_path: Path, suffix: str) -> None:
    table = metrics.frame(extract(REPORT, "digits").observations, [REPORT])
    after, refused = corrected(table, [entry(), entry(field="upper", value=float("inf"))], [REPORT])
    assert refused == () and after.attrs == table.attrs
    assert after["corrected"].tolist() == [{"period": 2022, "upper": 128.0}, {}, {}]
    assert (
        metrics.load(metrics.write(after, tmp_path / f"m{suffix}"))["corrected"].tolist() == after["corrected"].tolist()
    )


def test_only_a_corrected_record_has_the_field(rows: list[Record]) -> None:
    lines = [metrics.lines.line_of(row) for row in correct(rows, [entry()], [REPORT]).records]
    assert ["corrected" in json.loads(line) for line in lines] == [True, False, False]


def toml(**other: Any) -> str:
    given = ENTRY | {"when": "2024-05-01"} | other
    kept = {key: value for key, value in given.items() if value is not None}
    return (
        "[[correction]]\n"
        + "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in kept.items())
        + "\n"
    )


WRONG_FILES = [
    # the file, what the error says
    ("[[correction", "cannot be read as TOML"),
    ("[[corection]]\n", "write each entry under"),
    ("correction = 3\n", "write each entry under"),
    (toml(who=None), "entry 1: who: is missing"),
    (toml(value=None), "entry 1: value: is missing"),
    (toml(who=""), "entry 1: who: is ''"),
    (toml(start="3"), "entry 1: start: is '3', not a number"),
    (toml(feild="x"), "entry 1: feild: is no key of a correction (did you mean 'field'?)"),
    (toml(field="text"), "entry 1: field: 'text' cannot be corrected"),
    (toml(when=3), "entry 1: when: is 3, not a date"),
    (toml() + toml(why=None), "entry 2: why: is missing"),
]


@pytest.mark.parametrize(("content", "said"), WRONG_FILES)
def test_a_file_that_cannot_be_read_is_named_with_entry_and_key(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "c.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(CorrectionError) as fault:
        read_corrections(path)
    assert str(fault.value).startswith(f"{path}: ") and said in str(fault.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="there is no such file"):
        read_corrections(tmp_path / "c.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one report with a file of corrections above it, as data/ has them."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "r.txt").write_text(REPORT.text, "utf-8")
    (tmp_path / "corrections.toml").write_text(toml(when="2024-05-01"), "utf-8")
    return tmp_path


def test_a_table_is_opened_corrected_and_the_report_is_as_it_was(folder: Path) -> None:
    assert find_corrections(folder / "reports" / "r.txt") == (folder / "corrections.toml").resolve()
    before = (folder / "reports" / "r.txt").read_bytes()
    _, table = metrics.open_table(folder / "reports")
    assert (table["period"][0], table["corrected"][0]) == (2021, {"period": 2022})
    assert (folder / "reports" / "r.txt").read_bytes() == before
    _, plain = metrics.open_table(folder / "reports", corrections=None)
    assert (plain["period"][0], plain["corrected"][0]) == (2022, {})
    stored = metrics.write(plain, folder / "table" / "metrics.jsonl")
    _, loaded = metrics.open_table(metrics=stored, reports=folder / "reports")
    assert loaded["corrected"][0] == {"period": 2022}


def test_a_refused_correction_is_warned_of(folder: Path) -> None:
    (folder / "corrections.toml").write_text(toml(text="182名"), "utf-8")
    with pytest.warns(CorrectionWarning, match="entry 1: r .*the quantity there is '128名', not '182名'"):
        _, table = metrics.open_table(folder / "reports")
    assert table["corrected"].tolist() == [{}, {}, {}]


def test_the_projects_own_corrections_all_fit_the_sample_corpus() -> None:
    corrections = read_corrections(ROOT / "data" / "corrections.toml")
    assert corrections
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        corpus, table = metrics.open_table(ROOT / "data" / "reports", mask="digits")
    rows = list(metrics.records(table))
    assert len(correct(rows, corrections, corpus).applied) == len(corrections)
    assert {correction.report for correction in corrections} <= {
        report.sha256 for report in read_corpus(ROOT / "data" / "reports")
    }


fields = st.sampled_from(
    ["lower", "upper", "value", "unit", "masked", "change", "theme", "indicator", "dims", "label", "period"]
)
tables_of_words = st.dictionaries(st.text(max_size=3), st.text(max_size=3))
values = st.one_of(st.text(max_size=4), st.integers(), st.floats(), st.booleans(), st.none(), tables_of_words)


@given(field=fields, value=values)
def test_no_value_whatever_breaks_the_table(rows: list[Record], field: str, value: Any) -> None:
    found = correct(rows, [entry(field=field, value=value)], [REPORT])
    assert len(found.applied) + len(found.refused) == 1
    for row in found.records:
        assert row["upper"] is None or row["lower"] <= row["upper"]
        metrics.lines.checked(json.loads(metrics.lines.line_of(row)), "row")
