"""Measure words: what counts, how it is called, and when it is part of a noun."""

import pytest
from known_faults import params

from dangjian.quantities import units
from dangjian.quantities.scan import scan

NAMES = [
    # written behind the number, the unit of the contract
    ("名", "名"),
    ("人次", "人次"),
    ("%", "%"),
    ("％", "%"),
    ("‰", "%"),
    ("成", "%"),
    ("成五", "%"),
    ("个百分点", "百分点"),
    ("百分点", "百分点"),
    ("个季度", "季度"),
    ("个月", "月"),
    ("个工作日", "工作日"),
    ("个小时", "小时"),
    ("个学时", "学时"),
    ("个", "个"),
    ("倍", "倍"),
    ("场次", "场次"),
    ("元", "元"),
]

WRITTEN = [
    # a sentence's number with its unit, and the unit of the record
    "9名", "9人", "9位", "9人次", "9户", "9家", "9次", "9场", "9场次", "9期", "9批", "9批次", "9轮", "9班次", "9节", "9堂",
    "9个", "9项", "9条", "9件", "9份", "9册", "9篇", "9处", "9起", "9例", "9宗", "9笔", "9张", "9幅", "9本", "9卷", "9部",
    "9套", "9台", "9辆", "9座", "9栋", "9幢", "9间", "9所", "9块", "9支", "9组", "9种", "9类", "9门", "9科", "9道",
    "9天", "9小时", "9学时", "9课时", "9倍", "9分", "9岁", "9元", "9平方米", "9亩", "9公里", "9吨", "9公斤", "9封", "9株",
    "9面", "9对", "9批次", "9件套", "9人份", "9车次", "9台次", "9桌", "9餐", "9枚", "9米", "9立方米", "9千瓦时",
]  # fmt: skip

SPOILED = [
    # behind a hidden number each begins a noun or a verb, so the mask is a name
    "**名城", "**名校", "**人大", "**人民法院", "**项目", "**条例", "**条件", "**家庭", "**家园", "**次要", "**场所", "**场馆",
    "**期间", "**期望", "**批准", "**批示", "**班子", "**节日", "**节点", "**节能", "**处理", "**处级", "**起来", "**起步",
    "**例如", "**案例", "**面向", "**面积", "**本地", "**本级", "**部门", "**部署", "**套餐", "**台账", "**座谈", "**所有",
    "**片区", "**支部", "**支持", "**队员", "**组织", "**种植", "**门户", "**科级", "**科技", "**道路", "**题材",
    "**首次", "**版本", "**档案", "**双方", "**副书记", "**把握", "**包括", "**单位", "**线索", "**线上", 
    "**头条", "**只有", "**根据", "**列入", "**车间", "**封闭", "**通过", "**股份", "**样本", "**周年", "**天然", "**日常",
    "**分类", "**分别", "**元旦", "**里程", "**升级", "**成果", "**成立", "**成员", "**对口", "**对象", "**村居", "**镇域",
    "**区委", "**街道", "**社区", "**轮训", "**回应", "**集中", "**讲话", "**讲座", "**课程", "**步骤", "**个性化",
    "**户外", "**口岸", "**份额", "**位于", "**张家",
]  # fmt: skip

STILL = [
    # the same words where they do measure, behind a hidden number
    ("**名城管队员", "名"), ("**个一线岗位", "个"), ("**对夫妻", "对"), ("**场宣讲", "场"), ("**期培训班", "期"),
    ("**次全会", "次"), ("**家企业", "家"), ("**项任务", "项"), ("**条措施", "条"), ("**支队伍", "支"), ("**处点位", "处"),
    ("**部法规", "部"), ("**件案卷", "件"), ("**组数据", "组"), ("**种模式", "种"), ("**门课程", "门"), ("**人次", "人次"),
    ("**天", "天"), ("**分", "分"), ("**倍", "倍"), ("**万元", "元"), ("**个支部", "个"), ("**位委员", "位"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "unit"), params(NAMES))
def test_unit_of(written, unit):
    assert units.unit_of(written) == unit


@pytest.mark.parametrize("written", params(WRITTEN))
def test_a_measure_word_makes_a_number_a_quantity(written):
    (found,) = scan(f"全年合计{written}。").quantities
    assert (found.text, found.unit, tuple(found.bounds)) == (written, written[1:], (9, 9))


@pytest.mark.parametrize("written", params(WRITTEN))
def test_it_does_so_behind_a_hidden_number(written):
    (found,) = scan(f"全年合计**{written[1:]}。", mask="digits").quantities
    assert (found.text, found.unit, tuple(found.bounds)) == ("**" + written[1:], written[1:], (10, 99))


@pytest.mark.parametrize("written", params(SPOILED))
def test_a_noun_is_no_measure_word(written):
    assert scan(f"推进{written}工作。", mask="digits").quantities == ()


@pytest.mark.parametrize(("written", "unit"), params(STILL))
def test_a_measure_word_before_a_noun_still_counts(written, unit):
    assert [found.unit for found in scan(f"合计{written}。", mask="digits").quantities] == [unit]


def test_every_forbidden_follower_belongs_to_a_measure_word():
    unused = set(units.words()["not_before"]) - set(units.measure_words())
    assert unused == set()


FOLLOWERS = [(word + follower) for word, said in units.words()["not_before"].items() for follower in said.split() if follower.isalpha()]


def test_no_forbidden_follower_lets_a_hidden_name_through():
    nouns = [word for word in FOLLOWERS if word not in units.measure_words()]
    through = [word for word in nouns if any(q.text.startswith("**") for q in scan(f"推进**{word}。", mask="digits").quantities)]
    assert through == []


def test_measure_words_behind_masks_are_fewer():
    assert set(units.measure_words(False)) < set(units.measure_words())
    assert {"镇", "区", "街道"} & set(units.measure_words(False)) == set()
