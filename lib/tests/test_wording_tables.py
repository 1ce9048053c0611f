"""Tables to read and the sentences above them: numbers, comparisons, quality, terms."""

from __future__ import annotations

import pandas as pd
import pytest
from tables import record, table

from dangjian import analysis, wording
from dangjian.analysis import quality, terms
from dangjian.quantities.rules import meanings
from dangjian.reports import Report
from dangjian.wording.reading import rule_name

DEVELOPED = "membership.developed"
TEXT = "甲区2022年\n发展党员128名。"
REPORT = Report("r", TEXT, "甲区工作报告", 2022, "甲区")
AT = TEXT.index("128")
ROW = record(lower=128, start=AT, end=AT + 4, number=[AT, AT + 3])


def test_numbers_stand_beside_their_sentence() -> None:
    (line,) = wording.number_table((REPORT,), table(ROW)).to_dict("records")
    assert line == {
        "报告": "r",
        "指标": "发展党员数",
        "标签": "发展党员",
        "数值": "128名",
        "原文": "128名",
        "句子": "发展党员128名。",
    }


LINES = [
    # what differs, column, what it says
    ({"indicator": None}, "指标", "（未归入指标）"),
    ({"dims": {"group": "女性"}}, "指标", "发展党员数（女性）"),
    ({"target": True}, "标签", "发展党员（计划或要求）"),
    ({"change": "decrease"}, "数值", "减少128名"),
    ({"upper": None, "modality": "at_least"}, "数值", "≥128名（不设上限）"),
]


@pytest.mark.parametrize(("more", "column", "said"), LINES)
def test_what_a_number_is_told_with(more: dict, column: str, said: str) -> None:
    assert wording.number_table((), table(ROW | more))[column].tolist() == [said]


def test_numbers_of_systems_name_the_system_first_and_few_can_be_asked_for() -> None:
    rows = analysis.of_systems(table(record("inspection.rounds"), record("inspection.units")))
    assert wording.number_table((), rows, most=1)["系统"].tolist() == ["巡察轮次与覆盖"]
    assert list(wording.number_table((), table()).columns) == ["报告", "指标", "标签", "数值", "原文", "句子"]


def test_which_report_is_shown() -> None:
    told = wording.chosen(table(ROW, ROW | {"indicator": None, "masked": True}), (REPORT,))
    assert told.startswith("这里看的是《甲区工作报告》（r），2022年：数字2个，其中1个归入指标，1个被遮蔽")
    assert wording.chosen(table(ROW | {"year": None}), ()).startswith("这里看的是r，没有写明年份：")
    assert wording.chosen(table(), ()) == "没有可读的数字。"


COUNTED = [
    # rows, the sentence
    (
        [ROW, ROW, record("training.hours", masked=True, upper=9)],
        "各主题：共3个数字，membership最多（2个），被遮蔽的占33.3%",
    ),
    ([ROW, record("training.hours")], "各主题：共2个数字，membership、training最多（1个），被遮蔽的占0%"),
    ([], "各主题：没有数字"),
]


@pytest.mark.parametrize(("rows", "said"), COUNTED)
def test_the_finding_of_counts(rows: list, said: str) -> None:
    assert wording.counted_finding(analysis.counts(table(*rows)), "各主题") == said


SAID = [
    # rows, how many at most, the title
    ([ROW, ROW | {"upper": 200.0}], 0, "2022年数量：发展党员128名，发展党员（2）128–200名"),
    ([ROW] * 7, 0, "数量：7个数字，都是确数"),
    ([ROW] * 6 + [ROW | {"upper": 200.0}], 0, "数量：7个数字，6个是确数，1个只知道范围"),
    ([ROW, ROW], 1, "数量：1个数字，都是确数，另有1个不在图中"),
    ([], 0, "数量：未述及"),
]


@pytest.mark.parametrize(("rows", "most", "title"), SAID)
def test_the_title_of_numbers_as_said(rows: list, most: int, title: str) -> None:
    assert wording.said_title(analysis.as_said(table(*rows), most=most), "数量") == title


def test_the_title_of_steps_tells_each_with_the_bounds_that_hold_all_districts() -> None:
    rows = [record(lower=100, upper=199), record(lower=150, district="乙区", period=2023, year=2023)]
    steps = {"申请人": "membership.applicants", "发展党员": DEVELOPED}
    path = analysis.latest(analysis.together(table(*rows, record("membership.applicants", lower=900)), steps))
    assert wording.said_title(path, "各步") == "各步（2个地区）：申请人900名，发展党员100–199名"


def test_who_says_what_in_spans_of_years_hidden_ones_in_brackets() -> None:
    rows = [record(period=year) for year in (2019, 2020, 2022)] + [record(period=2021, masked=True, upper=9)]
    rows += [record("training.hours", district="乙区")]
    told = wording.stated_table(analysis.stated(table(*rows)))
    assert told.loc["发展党员数"].to_dict() == {"乙区": "未述及", "甲区": "2019–2020、（2021）、2022"}


def test_changes_and_places_as_far_as_they_are_certain() -> None:
    rows = [record(lower=low, upper=top, period=year, district=name) for name, year, low, top in (
        ("甲区", 2021, 100, 110), ("甲区", 2022, 128, 128), ("甲区", 2023, 100, 199), ("乙区", 2023, 150, 150),
        ("丙区", 2023, 20, 30))]  # fmt: skip
    figures = analysis.by_year(table(*rows), DEVELOPED)
    told = wording.change_table(analysis.changes(figures))
    assert told.loc["甲区"].tolist() == ["上升（增加18–28名）", "无法判断"]
    places = wording.place_table(analysis.ranking(analysis.latest(figures)))
    assert dict(zip(places["地区"], places["位次"], strict=True)) == {
        "甲区": "第1至第2之间",
        "乙区": "第1至第2之间",
        "丙区": "第3",
    }
    fell = analysis.changes(
        analysis.by_year(table(record(lower=9, period=2021), record(lower=4, period=2022)), DEVELOPED)
    )
    assert wording.change_table(fell).loc["甲区"].tolist() == ["下降（减少5名）"]
    assert wording.change_table(analysis.changes(analysis.figure_table([]))).empty
    both = wording.change_table(fell.assign(indicator="training.hours"), analysis.changes(figures))
    assert both["指标"].tolist() == ["学时", "发展党员数"]


def test_districts_together() -> None:
    figures = analysis.by_year(table(record(lower=10), record(lower=20, district="乙区")), DEVELOPED)
    (row,) = wording.together_table(analysis.together_of(figures)).to_dict("records")
    assert row == {"年份": "2022", "写明的地区": "2个", "合计": "30名", "平均": "15名"}
    assert wording.together_table(analysis.together_of(analysis.figure_table([]))).empty


HOURS = [
    # done (lower, upper), required (lower, upper, modality, masked), verdict
    ((40, 40), (32, None, "at_least", False), "达到"),
    ((32, 32), (32, None, "at_least", False), "达到"),
    ((20, 30), (32, None, "at_least", False), "未达到"),
    ((30, 40), (32, None, "at_least", False), "无法判断"),
    ((40, 40), (10, None, "at_least", True), "无法判断"),  # 不少于**学时: the requirement is hidden
    ((5, 9), (10, None, "at_least", True), "未达到"),
    ((40, 40), (10, 99, "exact", True), "无法判断"),
    ((99, 99), (10, 99, "exact", True), "达到"),
]


@pytest.mark.parametrize(("done", "asked", "verdict"), HOURS)
def test_hours_against_the_required(done: tuple, asked: tuple, verdict: str) -> None:
    shared = {"indicator": "training.hours", "unit": "学时", "dims": {"audience": "党员"}}
    lower, upper, modality, masked = asked
    plan = record(lower=lower, upper=upper, modality=modality, masked=masked, target=True, **shared)
    rows = table(record(lower=done[0], upper=done[1], **shared), plan)
    found = [analysis.by_year(rows, "training.hours", by="audience", target=target) for target in (False, True)]
    met = analysis.met(*found)
    assert wording.requirement_table(met)["判断"].tolist() == [verdict]
    assert wording.verdicts(met, "学时") == f"学时：1项可对照，{verdict}1项"


def test_nothing_is_judged_without_a_requirement_of_the_same_place_and_year() -> None:
    shared = {"indicator": "training.hours", "unit": "学时", "dims": {"audience": "党员"}}
    rows = table(record(lower=40, **shared), record(lower=32, target=True, period=2021, **shared))
    found = [analysis.by_year(rows, "training.hours", by="audience", target=target) for target in (False, True)]
    assert wording.verdicts(analysis.met(*found), "学时") == "学时：没有同时写明做到与要求的数字"
    assert wording.requirement_table(analysis.met(*found)).empty


def test_coverage_in_words_and_with_a_last_row_for_all() -> None:
    read = quality.readings([REPORT])
    covered = quality.coverage([REPORT], read)
    assert wording.coverage_finding(covered) == "1份报告共读出1个数字，1个归入指标（100%），没有读不出的数字。"
    assert wording.coverage_table(covered)["报告"].tolist() == ["r", "合计"]
    nothing = quality.coverage([], [])
    assert wording.coverage_finding(nothing) == "原文不在本机，无从统计。" and wording.coverage_table(nothing).empty


EVIDENCE = [
    ("as asked for", "按参数 mask 指定"),
    ("masked years [4] wide, numbers [1, 2, 3] wide", "遮蔽的年份是4位，遮蔽的计数有1、2、3位"),
    ("masked years none wide, numbers [2] wide", "没有遮蔽的年份，遮蔽的计数有2位"),
    ("masked years [4] wide, numbers none wide", "遮蔽的年份是4位，没有遮蔽的计数"),
    ("another reason", "another reason"),
]


@pytest.mark.parametrize(("english", "chinese"), EVIDENCE)
def test_the_evidence_of_a_mask_in_chinese(english: str, chinese: str) -> None:
    masks = pd.DataFrame({"report_id": ["r"], "sign": ["*"], "reading": ["digits"], "evidence": [english]}, dtype="str")
    assert wording.mask_table(masks)["依据"].tolist() == [chinese]


def test_every_rule_has_a_chinese_name() -> None:
    rules = [*meanings()["left_out"], *meanings()["unread"]]
    assert [rule for rule in rules if rule_name(rule) == rule] == []


def test_shifts_in_words() -> None:
    counted = terms.by_report_year(
        [Report("a", "疫情防控。" * 6, "", 2021), Report("b", "主题教育。" * 6, "", 2022), Report("c", "", "", 2023)][
            :2
        ]
    )
    grown, faded = terms.shifts(counted)
    assert wording.shift_finding(grown, faded, counted).startswith(
        "从2021年到2022年（每万词的次数），增加最多的是“主题教育”（0→10,000），减少最多的是"
    )
    assert wording.shift_table(grown, counted).loc["主题教育", "2021年"] == "0"
    assert wording.shift_table(grown, counted).loc["主题教育", "变化"].startswith("+")
    one = counted[[2021]]
    one.attrs.update(counted.attrs)
    assert wording.shift_finding(*terms.shifts(one), one) == "只有一年的报告，无从比较用词的变化。"
    none = terms.by_report_year([])
    assert "原文不在本机" in wording.shift_finding(*terms.shifts(none), none) + wording.read_finding(none)
    assert wording.read_finding(counted).startswith("2021年1份报告，")


SOURCES = [
    ([], "资料来源：无"),
    ([REPORT], "资料来源：1份报告（2022年）"),
    ([REPORT, Report("s", "", "", 2020)], "资料来源：2份报告（2020–2022年）"),
    ([Report("s", "", "", None, invented=True)], "资料来源：1份报告；均为虚构示例"),
]


@pytest.mark.parametrize(("reports", "line"), SOURCES)
def test_the_source_of_whole_texts(reports: list, line: str) -> None:
    assert wording.text_source(reports) == line
