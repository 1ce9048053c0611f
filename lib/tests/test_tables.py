"""Tables in a text: units from header, unit column or caption, years from headers, signs as changes."""

import pytest
from known_faults import params

from dangjian.indicators import extract
from dangjian.quantities.scan import scan
from dangjian.quantities.tables import find_tables
from dangjian.reports import Report

UP, DOWN = "increase", "decrease"

TABS = """主要指标完成情况
序号\t指标\t单位\t2021年\t2022年\t同比
1\t发展党员\t名\t1,200\t1,286\t+7.2%
2\t培训期数\t期\t28\t31\t+10.7%
3\t信访件\t件\t**\t*\t-12.5%
4\t党费投入\t万元\t318.5\t—\t—
"""

PIPES = """| 指标 | 单位 | 计划 | 完成 |
| --- | --- | --- | --- |
| 发展党员 | 名 | 130 | 128 |
| 集中轮训 | 期 | 9 | 8 |
| 参训率 | % | 95 | 98.6 |
"""

BRACKETS = """项目名称\t投资（万元）\t增长（%）
东片改造\t1,200\t8.5
西片改造\t*,***\t12
"""

CAPTION = """（单位：万元）
科目\t上年\t本年
培训费\t36.5\t40
差旅费\t12\t9
"""

CELLS = [
    # the table, its records: text, lower, upper, unit, change, period
    (TABS, [
        ("1,200", 1200, 1200, "名", None, 2021), ("1,286", 1286, 1286, "名", None, 2022),
        ("7.2%", 7.2, 7.2, "%", UP, 2022),
        ("28", 28, 28, "期", None, 2021), ("31", 31, 31, "期", None, 2022), ("10.7%", 10.7, 10.7, "%", UP, 2022),
        ("**", 10, 99, "件", None, 2021), ("*", 1, 9, "件", None, 2022), ("12.5%", 12.5, 12.5, "%", DOWN, 2022),
        ("318.5", 3185000, 3185000, "元", None, 2021),
    ]),
    (PIPES, [
        ("130", 130, 130, "名", None, 2022), ("128", 128, 128, "名", None, 2022),
        ("9", 9, 9, "期", None, 2022), ("8", 8, 8, "期", None, 2022),
        ("95", 95, 95, "%", None, 2022), ("98.6", 98.6, 98.6, "%", None, 2022),
    ]),
    (BRACKETS, [
        ("1,200", 1.2e7, 1.2e7, "元", None, 2022), ("8.5", 8.5, 8.5, "%", UP, 2022),
        ("*,***", 1e7, 9.999e7, "元", None, 2022), ("12", 12, 12, "%", UP, 2022),
    ]),
    (CAPTION, [
        ("36.5", 365000, 365000, "元", None, 2021), ("40", 400000, 400000, "元", None, 2022),
        ("12", 120000, 120000, "元", None, 2021), ("9", 90000, 90000, "元", None, 2022),
    ]),
    ("单位\t党员数\n第一支部\t36名\n第二支部\t28名\n", [
        ("36名", 36, 36, "名", None, 2022), ("28名", 28, 28, "名", None, 2022),
    ]),
    ("类别\t2021年\t\t2022年\t\n\t人数（名）\t占比（%）\t人数（名）\t占比（%）\n女性\t50\t39.8\t51\t39.8\n", [
        ("50", 50, 50, "名", None, 2021), ("39.8", 39.8, 39.8, "%", None, 2021),
        ("51", 51, 51, "名", None, 2022), ("39.8", 39.8, 39.8, "%", None, 2022),
    ]),
    ("类别\t情况\n\t人数（名）\t占比（%）\n女性\t50\t39.8\n男性\t78\t60.2\n", [
        ("50", 50, 50, "名", None, 2022), ("39.8", 39.8, 39.8, "%", None, 2022),
        ("78", 78, 78, "名", None, 2022), ("60.2", 60.2, 60.2, "%", None, 2022),
    ]),  # the second row of the header is the wider one
    ("（单位：个）\n单位\t问题数\t整改率\t完成时间\t编码\n甲镇\t47\t95.7%\t2022年\t007\n"
     "乙镇\t3\t100%\t2022年3月4日\t008\n", [
        ("47", 47, 47, "个", None, 2022), ("95.7%", 95.7, 95.7, "%", None, 2022),
        ("3", 3, 3, "个", None, 2022), ("100%", 100, 100, "%", None, 2022),
    ]),
    ("类别｜数量（个）\n党委｜12\n党支部｜**\n", [("12", 12, 12, "个", None, 2022), ("**", 10, 99, "个", None, 2022)]),
    ("来源\t问题数\t整改率\n巡察\t47个\t95.7%\n审计\t12个\t100%\n", [
        ("47个", 47, 47, "个", None, 2022), ("95.7%", 95.7, 95.7, "%", None, 2022),
        ("12个", 12, 12, "个", None, 2022), ("100%", 100, 100, "%", None, 2022),
    ]),
    ("指标\t数值\n参训率\t***%\n党费\t1.2万元\n走访\t300余户\n", [
        ("***%", 100, 100, "%", None, 2022), ("1.2万元", 12000, 12000, "元", None, 2022),
        ("300余户", 300, 399, "户", None, 2022),
    ]),
    ("单位：个、名、万元\n项目\t2021年\t2022年\n党支部\t12\t13\n预备党员\t20\t26\n党建经费\t5.5\t6\n", [
        ("12", 12, 12, "个", None, 2021), ("13", 13, 13, "个", None, 2022),
        ("20", 20, 20, "名", None, 2021), ("26", 26, 26, "名", None, 2022),
        ("5.5", 55000, 55000, "元", None, 2021), ("6", 60000, 60000, "元", None, 2022),
    ]),
    ("年份\t新党员（名）\t按期转正率\n2020\t98\t99%\n2021\t102\t100%\n", [
        ("98", 98, 98, "名", None, 2020), ("99%", 99, 99, "%", None, 2020),
        ("102", 102, 102, "名", None, 2021), ("100%", 100, 100, "%", None, 2021),
    ]),
    ("指标\t单位\t本年\t比上年增减\n党员总数\t名\t1280\t20\n支部总数\t个\t88\t-2\n", [
        ("1280", 1280, 1280, "名", None, 2022), ("20", 20, 20, "名", UP, 2022),
        ("88", 88, 88, "个", None, 2022), ("2", 2, 2, "个", DOWN, 2022),
    ]),  # beside a minus what has no sign has grown
    ("指标\t单位\t2022年\t比上年增长\n党员总数\t名\t１８，３９８\t１.６%\n", [
        ("１８，３９８", 18398, 18398, "名", None, 2022), ("１.６%", 1.6, 1.6, "%", UP, 2022),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "cells"), params((rows[0].split("\n")[0], *rows) for rows in CELLS))
def test_cells(name, text, cells):
    found = scan(text, year=2022, mask="digits").quantities
    seen = [
        (q.text, pytest.approx(q.bounds.lower), pytest.approx(q.bounds.upper), q.unit, q.change, q.period)
        for q in found
    ]
    assert seen == cells
    assert all(text[q.start : q.end] == q.text for q in found)


def test_a_plan_column_is_a_target():
    assert [q.target for q in scan(PIPES, year=2022).quantities] == [True, False] * 3


def test_ranks_and_dashes_are_left_out():
    texts = {q.text for q in scan(TABS, year=2022).quantities}
    assert "—" not in texts
    assert [TABS[left.start : left.end] for left in scan(TABS).left_out if left.rule == "rank column 序号"] == list(
        "1234"
    )


def test_a_table_between_paragraphs_leaves_their_numbers_as_they_are():
    text = f"全年发展党员128名。\n{PIPES}\n走访群众600户。"
    found = scan(text, year=2022).quantities
    assert [q.text for q in found] == ["128名", "130", "128", "9", "8", "95", "98.6", "600户"]


NO_TABLES = ["全年发展党员128名。", "只有一行\t没有表", "", "甲|乙"]


@pytest.mark.parametrize("text", params(NO_TABLES))
def test_no_table(text):
    assert find_tables(text) == ()


def test_a_tab_in_running_text_loses_no_number():
    assert [q.text for q in scan("全年\t发展党员128名。").quantities] == ["128名"]


CROSSED = """整改台账
（单位：个）
单位\t发现问题数\t整改情况\t
\t\t已整改\t未整改
甲镇\t47\t45\t2
乙镇\t38\t38\t0
合计\t85\t83\t2
"""


def test_a_column_names_what_a_row_of_organisations_counts():
    found = extract(Report.from_text(f"岚安县2022年{CROSSED}")).observations
    assert [seen.label for seen in found[:3]] == ["甲镇发现问题数", "甲镇整改情况已整改", "甲镇整改情况未整改"]
    bound = [(seen.text, seen.indicator) for seen in found if seen.indicator]
    assert bound == [  # of the sum alone: a town's figures are not the county's
        ("85", "rectification.problems_found"), ("83", "rectification.problems_rectified"),
        ("2", "rectification.problems_open"),
    ]  # fmt: skip


def test_a_row_for_each_year_is_bound_by_its_columns():
    found = extract(
        Report.from_text("党员发展情况\n年份\t发展党员数\t完成率\n2020年\t98名\t99%\n2021年\t102名\t100%\n")
    ).observations
    assert [(seen.text, seen.period, seen.indicator) for seen in found] == [
        ("98名", 2020, "membership.developed"), ("99%", 2020, "membership.plan_completion_rate"),
        ("102名", 2021, "membership.developed"), ("100%", 2021, "membership.plan_completion_rate"),
    ]  # fmt: skip
