"""Headings as offices write them, and which of them stand above a number."""

import pytest
from known_faults import params

from dangjian.reports.sections import Outline, find_sections
from dangjian.spans import Span

BODY = "这一年，全区各级党组织围绕中心任务扎实推进各项工作，取得了新的成效。"

HEADINGS = [
    # a line, its level, its wording as a heading
    ("一、夯实基层基础", 1, "一、夯实基层基础"),
    ("十二、存在的不足", 1, "十二、存在的不足"),
    ("一 、夯实基层基础", 1, "一 、夯实基层基础"),
    ("第一章 队伍建设", 1, "第一章 队伍建设"),
    ("第二部分 主要做法", 1, "第二部分 主要做法"),
    ("【整改情况】", 1, "【整改情况】"),
    ("# 党员发展", 1, "# 党员发展"),
    ("（一）把好入口关", 2, "（一）把好入口关"),
    ("(二)把好入口关", 2, "(二)把好入口关"),
    ("（ 三 ）把好入口关", 2, "（ 三 ）把好入口关"),
    (
        "（四）深化分层分类教育培训，着力提升党员干部队伍素质能力",
        2,
        "（四）深化分层分类教育培训，着力提升党员干部队伍素质能力",
    ),
    ("▲教育培训", 2, "▲教育培训"),
    ("■ 教育培训", 2, "■ 教育培训"),
    ("## 入口", 2, "## 入口"),
    ("第一节 入口", 2, "第一节 入口"),
    ("1.培训班次", 3, "1.培训班次"),
    ("2、培训班次", 3, "2、培训班次"),
    ("3．培训班次", 3, "3．培训班次"),
    ("### 班次", 3, "### 班次"),
    ("①班次安排", 3, "①班次安排"),
    ("（1）班次安排", 4, "（1）班次安排"),
    ("#### 安排", 4, "#### 安排"),
    ("　　一、夯实基层基础", 1, "一、夯实基层基础"),  # full-width blanks in front
    ("（一）把好入口关。全年发展党员128名，质量稳步提高。", 2, "（一）把好入口关"),  # runs into its paragraph
    ("一、队伍建设：全年发展党员128名，质量稳步提高。", 1, "一、队伍建设"),
]

NO_HEADINGS = [
    BODY,
    "一是抓学习，二是抓作风，三是抓落实。",
    "2022年，全区发展党员128名，比上年增加6名。",
    "1.5万名党员参加了学习",
    "12.8%的支部完成了换届",
    "（二）围绕中心，服务大局，全年发展党员128名，培训人员3000人次，整改问题42个，走访群众600户，建章立制18项。",
    "3名党员受到表彰，5个支部获评先进。",
    "二、" + "坚持把队伍建设作为全年工作的重中之重来谋划来部署来推进" * 2,  # too long for a heading
    "",
    "   ",
]


@pytest.mark.parametrize(("line", "level", "title"), params(HEADINGS))
def test_heading(line, level, title):
    text = f"某区工作总结\n{BODY}\n{line}\n{BODY}\n"
    found = find_sections(text)
    assert [(section.level, section.title) for section in found] == [(level, title)]
    assert found[0].heading.of(text) == title
    assert found[0].span == Span(found[0].heading.start, len(text))


@pytest.mark.parametrize("line", params(NO_HEADINGS))
def test_no_heading(line):
    assert find_sections(f"某区工作总结\n{BODY}\n{line}\n{BODY}\n") == ()


TEXT = """衡川区党建工作总结
开头的话讲到了这一年的总体情况，也讲到了面临的形势与任务。
一、队伍
甲
（一）发展
乙
（二）教育
丙
二、整改
丁
"""


@pytest.mark.parametrize(
    ("sign", "above"),
    [
        ("开头", ()),
        ("甲", ("一、队伍",)),
        ("乙", ("一、队伍", "（一）发展")),
        ("丙", ("一、队伍", "（二）教育")),
        ("丁", ("二、整改",)),
        ("（二）", ("一、队伍", "（二）教育")),  # a heading stands under itself
    ],
)
def test_what_stands_above(sign, above):
    assert Outline(find_sections(TEXT)).above(TEXT.index(sign)) == above


def test_a_section_ends_where_one_of_its_level_or_above_begins():
    spans = {section.title: section.span.of(TEXT) for section in find_sections(TEXT)}
    assert spans["一、队伍"].endswith("丙\n") and spans["（一）发展"].endswith("乙\n")
    assert spans["二、整改"] == "二、整改\n丁\n"


def test_a_short_line_of_its_own_before_a_paragraph_is_a_heading():
    text = f"某区工作总结\n{BODY}\n抓实教育培训\n{BODY}\n"
    assert [section.title for section in find_sections(text)] == ["抓实教育培训"]


def test_nothing_above_where_there_are_no_headings():
    assert Outline(find_sections("")).above(0) == ()
