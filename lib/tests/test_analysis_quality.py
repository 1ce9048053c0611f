"""How well reports are read: counts that add up, rules with examples, agreement with hand-read files."""

from __future__ import annotations

import json
from pathlib import Path

from dangjian.analysis import quality
from dangjian.reports import Report

TEXT = "甲区2022年工作报告\n\n一、队伍\n第九轮巡察结束。发展党员1**名，植树300棵，完成计划的98.5%。坚持“四个意识”。"
REPORT = Report.from_text(TEXT, "r")


def test_every_number_is_counted_once() -> None:
    read = quality.readings([REPORT])
    (row,) = quality.coverage([REPORT], read).to_dict("records")
    assert row["found"] == row["bound"] + row["unbound"] == len(read[0].observations) == 3
    assert row["left_out"] == int(quality.left_out([REPORT], read)["count"].sum()) > 0
    assert row["unread"] == len(quality.unread([REPORT], read)) == 0
    assert row["characters"] == len(TEXT)


def test_rules_come_with_their_meaning_and_an_example_of_the_text() -> None:
    told = quality.left_out([REPORT], quality.readings([REPORT]))
    assert told["count"].is_monotonic_decreasing
    assert "第九轮" in told.set_index("rule").loc["ordinal 第N", "example"]
    assert all(example in TEXT.replace("\n", "") or example in TEXT for example in told["example"])
    assert told["meaning"].map(bool).all()


def test_masks_are_told_with_their_evidence() -> None:
    (row,) = quality.masks(quality.readings([REPORT], "digits")).to_dict("records")
    assert row == {"report_id": "r", "sign": "*", "reading": "digits", "evidence": "as asked for"}


def test_hand_read_files_are_compared_where_they_are_of_this_text(tmp_path: Path) -> None:
    at = TEXT.index("300")
    mark = {"start": at, "end": at + 3, "surface": "300", "lower": 300, "upper": 300, "unit": "棵", "theme": "other"}
    (tmp_path / "r.jsonl").write_text(json.dumps(mark, ensure_ascii=False) + "\n", "utf-8")
    compared = quality.hand_read([REPORT, Report.from_text("乙", "s")], tmp_path)
    assert compared["report_id"].tolist() == ["r"] and compared["recall"].tolist() == [1.0]
    (tmp_path / "r.jsonl").write_text(json.dumps(mark | {"start": 0, "end": 3}) + "\n", "utf-8")
    moved = quality.hand_read([REPORT], tmp_path)
    assert moved.empty and moved.attrs["elsewhere"] == ["r"]


def test_a_folder_that_is_not_there_holds_nothing_and_a_name_leads_nowhere_else(tmp_path: Path) -> None:
    assert quality.hand_read([REPORT], tmp_path / "none").empty
    (tmp_path / "x.jsonl").write_text("{}", "utf-8")
    assert quality.hand_read([Report.from_text(TEXT, "../x")], tmp_path / "gold").empty


def test_nothing_read_gives_empty_tables() -> None:
    assert quality.coverage([], []).empty and quality.left_out([], []).empty and quality.unread([], []).empty
    assert quality.masks([]).empty
