"""The metrics table: its columns, its files, its selections, its evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import record, table

from dangjian import metrics
from dangjian.errors import DangjianError, TableError, UnknownNameError
from dangjian.metrics import COLUMNS
from dangjian.reports import Report

SUFFIXES = [".jsonl", ".csv", ".parquet"]
FORMULAS = ["=1+1", "+5%", "-3名", "@SUM", "\t5", "\r5", "＝1", "＋1", "－1", "＠1", "'5", "''=5"]
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
years = st.none() | st.integers(1900, 2100)
bounds = st.floats(0, 1e12, allow_nan=False)
rows = st.builds(
    lambda text, lower, wide, unit, dims, section, period, year, indicator, change, flag: record(
        indicator, lower, wide if wide is None else lower + wide, text=text, unit=unit, dims=dims, section=section,
        period=period, year=year, change=change, masked=flag, target=not flag, label=text, district=unit, theme="other",
    ),
    words, bounds, st.none() | bounds, words, st.dictionaries(words, words, max_size=2), st.lists(words, max_size=2),
    years, years, st.none() | st.just("membership.developed"), st.sampled_from([None, "increase", "decrease"]),
    st.booleans(),
)  # fmt: skip


def test_the_columns_have_the_same_types_with_and_without_rows() -> None:
    full, empty = table(record()), metrics.frame([])
    assert list(full.columns) == list(empty.columns) == list(COLUMNS)
    assert [str(kind) for kind in full.dtypes] == [column.type for column in COLUMNS.values()]
    assert [str(kind) for kind in empty.dtypes] == [column.type for column in COLUMNS.values()]


@settings(deadline=None)
@given(st.lists(rows, max_size=4))
def test_every_format_gives_back_what_was_written(records: list[dict]) -> None:
    stored = table(*records)
    for suffix in SUFFIXES:
        data = metrics.dumps(stored, suffix)
        again = metrics.storage._READERS[suffix](data, "x")
        assert list(metrics.records(again)) == list(metrics.records(stored))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_files_give_back_the_frame(suffix: str, tmp_path: Path) -> None:
    written = table(
        record(lower=32, upper=None, unit="学时"), record(None, 0.1 + 0.2, dims={"group": "女性"}, period=None)
    )
    again = metrics.load(metrics.write(written, tmp_path / f"m{suffix}"))
    pd.testing.assert_frame_equal(written, again, check_exact=True)
    assert [file.name for file in tmp_path.iterdir()] == [f"m{suffix}"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_spreadsheet_shows_text_that_looks_like_a_formula(text: str) -> None:
    data = metrics.dumps(table(record(text=text)), ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    cell = data.decode("utf-8-sig").split(",", 5)[5:] or [""]
    assert f"'{text[0]}" in data.decode("utf-8-sig") and cell
    assert metrics.storage._from_csv(data, "x")["text"].tolist() == [text]


def test_lines_hold_the_contracts_fields_in_order_and_never_break() -> None:
    line = metrics.lines.line_of(record(text="一\u2028二\u2029三\x85四"))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == "一\u2028二\u2029三\x85四"
    assert list(next(metrics.records(table(record())))) == [
        *("report_id", "start", "end", "text", "number", "lower", "upper", "value", "unit", "modality", "masked"),
        *("change", "section", "theme", "indicator", "dims", "label", "period", "target", "district", "year", "rule"),
        *("place", "confidence"),
    ]


def test_a_record_of_another_maker_needs_the_contracts_fields_alone(tmp_path: Path) -> None:
    plain = {name: value for name, value in record().items() if name not in metrics.columns.ADDED}
    (tmp_path / "m.jsonl").write_text(json.dumps(plain) + "\n", encoding="utf-8")
    loaded = metrics.load(tmp_path / "m.jsonl")
    assert loaded["district"].tolist() == loaded["place"].tolist() == [""] and loaded["year"].isna().all()


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_table_written_before_places_were_kept_is_read(suffix: str, tmp_path: Path) -> None:
    path = metrics.write(table(record(place="第3页", confidence=0.97)), tmp_path / f"m{suffix}")
    if suffix == ".csv":
        old = pd.read_csv(path, dtype="str").drop(columns=["place", "confidence"])
        old.to_csv(path, index=False)
    else:
        old = pd.read_parquet(path).drop(columns=["place", "confidence"])
        old.to_parquet(path)
    loaded = metrics.load(path)
    assert loaded["place"].tolist() == [""] and loaded["confidence"].isna().all()
    assert loaded["text"].tolist() == ["128名"]


WRONG = [
    # content of a .jsonl file, a part of the message
    ("{", "line 1 is not JSON"),
    ("[]", "a record is a JSON object"),
    (json.dumps({"report_id": "r"}), "lacks start"),
    (json.dumps(record(weight=3)), "has weight"),
    (json.dumps(record() | {"start": "4"}), "start is '4'"),
    (json.dumps(record() | {"masked": 1}), "masked is 1"),
    (json.dumps(record() | {"lower": None}), "lower is None"),
    (json.dumps(record() | {"dims": {"group": None}}), "dims is"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_a_broken_table_says_where_and_what(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "m.jsonl").write_text(content + "\n", encoding="utf-8")
    with pytest.raises(TableError, match=rf"(?s)m\.jsonl: .*{message}"):
        metrics.load(tmp_path / "m.jsonl")


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_other_files_are_refused(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"m{suffix}").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TableError, match=f"m{suffix}"):
        metrics.load(tmp_path / f"m{suffix}")


def test_places_without_a_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="holds no table"):
        metrics.load(tmp_path)
    with pytest.raises(TableError, match="no such table"):
        metrics.load(tmp_path / "m.jsonl")
    with pytest.raises(TableError, match=r"\.jsonl, \.csv, \.parquet"):
        metrics.write(table(), tmp_path / "m.xls")


def test_a_folder_is_read_once_where_it_holds_a_table_twice(tmp_path: Path) -> None:
    for name in ("metrics.jsonl", "metrics.parquet", "other.csv"):
        metrics.write(table(record(report_id=name.split(".")[0])), tmp_path / name)
    assert metrics.load(tmp_path)["report_id"].tolist() == ["metrics", "other"]


ROWS = [
    record(lower=128),
    record(lower=30, dims={"group": "女性"}),
    record("membership.applicants_change_rate", 8, unit="%", change="increase"),
    record(None, 5, period=None),
    record(lower=140, target=True, district="乙区"),
]
SELECTED = [
    # conditions, rows that meet them
    ({}, [0, 1, 2, 3, 4]),
    ({"indicator": "membership.developed"}, [0, 1, 4]),
    ({"indicator": ["membership.developed", None]}, [0, 1, 3, 4]),
    ({"indicator": None}, [3]),
    ({"group": "女性"}, [1]),
    ({"group": None, "theme": "membership"}, [0, 2, 4]),
    ({"group": ["女性", None], "target": False}, [0, 1, 2, 3]),
    ({"change": "increase"}, [2]),
    ({"change": None, "period": 2022}, [0, 1, 4]),
    ({"district": "乙区"}, [4]),
    ({"district": "丙区", "group": None}, []),
    ({"unit": "%"}, [2]),
]


@pytest.mark.parametrize(("conditions", "met"), SELECTED)
def test_select(conditions: dict, met: list[int]) -> None:
    found = metrics.select(table(*ROWS), **conditions)
    assert list(found.index) == met
    assert list(found.columns) == list(COLUMNS)


@pytest.mark.parametrize("unknown", [{"indicator": "membership.develop"}, {"grop": "女性"}, {"theme": "member"}])
def test_select_names_the_nearest_of_what_it_does_not_know(unknown: dict) -> None:
    with pytest.raises(UnknownNameError, match="did you mean"):
        metrics.select(table(*ROWS), **unknown)


TEXT = "甲区2022年工作报告\n\n注重质量。全年发展党员128名，完成计划。队伍有了新面貌！\n"
AT = TEXT.index("128名")


def test_evidence_is_the_sentence_with_its_neighbours() -> None:
    report = Report.from_text(TEXT, "r")
    row = table(record(start=AT, end=AT + 4, number=[AT, AT + 3])).iloc[0]
    for form in (row, next(table(record(start=AT, end=AT + 4, number=[AT, AT + 3])).itertuples())):
        found = metrics.evidence(form, [report])
        assert found.sentence == "全年发展党员128名，完成计划。" and found.place == "第3行"
        assert found.sentence[found.start : found.end] == "128"
        assert (found.before, found.after) == ("注重质量。", "队伍有了新面貌！")


def test_evidence_says_where_there_is_none() -> None:
    row = record(start=AT, end=AT + 4, number=[AT, AT + 3])
    assert metrics.evidence(row, []) == ("原文不在本机", "", "", 0, 0, "第2行")
    assert metrics.evidence(row, [Report.from_text("另一份文本", "r")]).sentence == "原文与记录不符"
    assert not metrics.evidence(row, []).found


def test_a_stored_run_opens_with_its_texts(tmp_path: Path) -> None:
    stored = record(start=AT, end=AT + 4, number=[AT, AT + 3])
    metrics.write(table(stored, record(report_id="s", district="乙区", year=2021)), tmp_path / "metrics.parquet")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "r.txt").write_text(TEXT, encoding="utf-8")
    corpus, opened = metrics.open_table(metrics=tmp_path)
    assert [(report.report_id, report.district) for report in corpus] == [("r", "甲区")]
    assert metrics.evidence(opened.iloc[0], corpus).found and not metrics.evidence(opened.iloc[1], corpus).found
    assert len(metrics.open_table(metrics=tmp_path, district="乙区")[1]) == 1
    assert len(metrics.open_table(metrics=tmp_path, years=[2022])[1]) == 1
    with pytest.raises(UnknownNameError, match="district '丙区'"):
        metrics.open_table(metrics=tmp_path, district="丙区")
    with pytest.raises(UnknownNameError, match="2021, 2022"):
        metrics.open_table(metrics=tmp_path, years=[1999])


def test_opening_nothing_is_refused() -> None:
    with pytest.raises(DangjianError, match="nothing to read"):
        metrics.open_table()
