"""Numbers that take their name from the figures before them, as a reader of the sentence would give it."""

from __future__ import annotations

import pytest

from dangjian.indicators import extract
from dangjian.indicators.observation import Observation
from dangjian.reports import Report

YEAR = "全年实际发展党员1,602名，计划完成率99.6%；上年同期为1,598名。"
GROUPS = "全年发展党员468名，完成率为99.6%。车间里走出118名产业工人党员。青年农民51名。女性219名，占比46.8%。"
MEMBERS = "全区22,203名党员，分布在1,280个基层党组织里。比上年末多了261名，增幅1.2%。"
ONLINE = "网上专题班9期、9,720人次，订发辅导读本3万册。"
SOURCES = "审计提出问题12个，销号9个；督查发现问题30个，解决27个，整改率分别为75%和90%。"
WOMEN = "全校发展党员1,024名，比上年增长8.5%，其中女党员560名，占54.69%；教师党员6名。"
PAIR = "年末有入党申请人412名，入党积极分子183名，前者微降0.7%，后者略增1.8%，分别相当于发展党员数的10.7倍和4.8倍。"
FOUND = "检视问题，累计列入问题清单126个，其中区级领导班子21个、处级班子35个。"
BY_YEARS = "党员集中轮训覆盖率2021年、2022年分别为92.3%和97.1%，提高4.8个百分点。"
CLASSES = "办党员轮训班9期、培训5,200余人次，轮训率96%以上。"
BOTH = "入党申请人583名，入党积极分子297名，二者分别为当年发展党员数的8.2倍和4.2倍。"
LEVELS = "受理信访38件，群众满意率由整改初期的88.4%上升到95.7%。"
NEW = "对新党员，举办岗前教育培训班3期，覆盖率100%。"
FIRST_LINE = "全年接收预备党员3,206名，其中，来自生产和工作第一线的1,702名、35岁以下的2,688名。"
TAKEN_IN = "年内吸收入党1,020人，女性占四成八。"
BELOW = "一、发展党员工作\n（一）总体情况。全年共86名，其中女性40名。"
SEMINAR = "举办处级干部专题研讨班2期，参训120人次。"
NAMED = [
    # text, the number quoted, indicator, dims
    (GROUPS, "118名", "membership.developed", {"group": "产业工人"}),
    (GROUPS, "51名", "membership.developed", {"group": "青年农民"}),
    (GROUPS, "46.8%", "membership.developed_share", {"group": "女性"}),
    (YEAR, "1,598名", "membership.developed", {}),
    (MEMBERS, "261名", "membership.members_net_increase", {}),
    (MEMBERS, "1.2%", "membership.members_change_rate", {}),
    (ONLINE, "9,720人次", "training.participants", {"mode": "线上"}),
    (WOMEN, "560名", "membership.developed", {"group": "女性"}),
    (WOMEN, "54.69%", "membership.developed_share", {"group": "女性"}),
    (WOMEN, "6名", "membership.developed", {}),  # a group that the closed list lacks
    (PAIR, "0.7%", "membership.applicants_change_rate", {}),
    (PAIR, "1.8%", "membership.activists_change_rate", {}),
    (PAIR, "4.8倍", "membership.activists_per_developed", {}),
    (FOUND, "35个", "rectification.problems_found", {}),
    (NEW, "3期", "training.sessions", {"audience": "新党员"}),
    (LEVELS, "95.7%", "rectification.satisfaction_rate", {"source": "信访"}),
    (BOTH, "8.2倍", "membership.applicants_per_developed", {}),
    (BOTH, "4.2倍", "membership.activists_per_developed", {}),
    (BY_YEARS, "97.1%", "training.coverage_rate", {"audience": "党员"}),
    (CLASSES, "96%以上", "training.coverage_rate", {"audience": "党员"}),
    (SOURCES, "75%", "rectification.rate", {"source": "审计"}),
    (SOURCES, "90%", "rectification.rate", {"source": "督查"}),
    (FIRST_LINE, "1,702名", "membership.developed", {"group": "生产工作一线"}),
    (TAKEN_IN, "四成八", "membership.developed_share", {"group": "女性"}),
    (BELOW, "86名", "membership.developed", {}),
    (BELOW, "40名", "membership.developed", {"group": "女性"}),
    (SEMINAR, "2期", "training.sessions", {"audience": "处级干部"}),
]
UNNAMED = [
    ("一、发展党员工作\n收到申请书12份。全年共86名。", "86名"),
    ("市委巡察组反馈4个方面、17类、136个具体问题，已整改130个。", "4个"),
    ("市委巡察组反馈4个方面、17类、136个具体问题，已整改130个。", "17类"),
    ("生产一线党员占党员总数的六成以上。全年实现营业收入28亿元，同比增长12%。", "12%"),
    ("全年发展党员468名。慰问困难群众51名。", "51名"),
    ("新发展党员12名。提拔干部30名，40岁左右的年轻干部占40%。", "40%"),
    ("基层党组织9,408个，净增131个，增长1.4%。", "1.4%"),
    ("全年发展党员468名。参观的有219名，都很满意。", "219名"),
    ("发展党员468名。\n养老服务中心入住女性32名。", "32名"),
]


def _one(text: str, quote: str) -> Observation:
    found = extract(Report.from_text(text))
    return next(row for row in found.observations if row.start == text.index(quote))


@pytest.mark.parametrize(("text", "quote", "indicator", "dims"), NAMED)
def test_a_figure_names_the_next(text: str, quote: str, indicator: str, dims: dict[str, str]) -> None:
    row = _one(text, quote)
    assert (row.indicator, row.dims) == (indicator, dims)


@pytest.mark.parametrize(("text", "quote"), UNNAMED)
def test_a_number_of_something_else_takes_no_name(text: str, quote: str) -> None:
    row = _one(text, quote)
    assert row.indicator is None or not row.indicator.startswith(("membership.", "rectification."))


HEADED = [
    # what stands below the title 巡视整改进展情况的通报, the number quoted, its source
    ("（一）开好专题民主生活会。会前谈心谈话160人次，梳理问题29个，会后改了24个。", "29个", "民主生活会"),
    ("（一）审计整改情况\n问题共27个，整改到位25个。", "27个", "审计"),
    ("会前谈心谈话160人次，梳理问题29个，会后改了24个。", "29个", "巡视"),
]


@pytest.mark.parametrize(("text", "quote", "source"), HEADED)
def test_what_heads_a_paragraph_names_its_source_before_the_title_does(text: str, quote: str, source: str) -> None:
    report = Report.from_text(f"某县2024年巡视整改进展情况的通报\n\n{text}\n", report_id="x")
    (row,) = [row for row in extract(report).observations if row.text == quote]
    assert row.dims == {"source": source}
