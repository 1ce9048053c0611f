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

WRITTEN = (
    # measure words that reports count by
    "名 人 位 人次 户 家 次 场 场次 期 批 批次 轮 班次 节 堂 个 项 条 件 份 册 篇 处 起 例 宗 笔 张 幅 本 卷 "
    "部 套 台 辆 座 栋 幢 间 所 块 支 组 种 类 门 科 道 天 小时 学时 课时 倍 分 岁 元 平方米 亩 公里 吨 公斤 "
    "封 株 面 对 件套 人份 车次 台次 桌 餐 枚 米 立方米 千瓦时"
)

SPOILED = (
    # behind a hidden number each is a noun or a verb, so the mask is a name
    "名城 名校 人大 人民法院 项目 条例 条件 家庭 家园 次要 场所 场馆 期间 期望 批准 批示 班子 节日 节点 节能 "
    "处理 处级 起来 起步 例如 案例 面向 面积 本地 本级 部门 部署 套餐 台账 座谈 所有 片区 支部 支持 队员 组织 "
    "种植 门户 科级 科技 道路 题材 首次 版本 档案 双方 副书记 把握 包括 单位 线索 线上 头条 只有 根据 列入 "
    "车间 封闭 通过 股份 样本 周年 天然 日常 分类 分别 元旦 里程 升级 成果 成立 成员 对口 对象 村居 镇域 区委 "
    "街道 社区 轮训 回应 集中 讲话 讲座 课程 步骤 个性化 户外 口岸 份额 位于 张家"
)

STILL = [
    # the same words where they do measure, behind a hidden number
    ("**名城管队员", "名"), ("**个一线岗位", "个"), ("**对夫妻", "对"), ("**场宣讲", "场"), ("**期培训班", "期"),
    ("**次会议", "次"), ("**家企业", "家"), ("**项任务", "项"), ("**条措施", "条"), ("**支队伍", "支"),
    ("**处点位", "处"), ("**部法规", "部"), ("**件案卷", "件"), ("**组数据", "组"), ("**种模式", "种"),
    ("**门课程", "门"), ("**人次", "人次"), ("**天", "天"), ("**分", "分"), ("**倍", "倍"), ("**万元", "元"),
    ("**个支部", "个"), ("**位委员", "位"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "unit"), params(NAMES))
def test_unit_of(written, unit):
    assert units.unit_of(written) == unit


@pytest.mark.parametrize("written", params(WRITTEN.split()))
def test_a_measure_word_makes_a_number_a_quantity(written):
    (found,) = scan(f"全年合计9{written}。").quantities
    assert (found.text, found.unit, found.bounds) == (f"9{written}", written, (9, 9))


@pytest.mark.parametrize("written", params(WRITTEN.split()))
def test_it_does_so_behind_a_hidden_number(written):
    (found,) = scan(f"全年合计**{written}。", mask="digits").quantities
    assert (found.text, found.unit, found.bounds) == (f"**{written}", written, (10, 99))


@pytest.mark.parametrize("written", params(SPOILED.split()))
def test_a_noun_is_no_measure_word(written):
    assert scan(f"推进**{written}工作。", mask="digits").quantities == ()


@pytest.mark.parametrize(("written", "unit"), params(STILL))
def test_a_measure_word_before_a_noun_still_counts(written, unit):
    assert [found.unit for found in scan(f"合计{written}。", mask="digits").quantities] == [unit]


NOT_BEFORE = units.words()["not_before"]
NOUNS = [word + follower for word, said in NOT_BEFORE.items() for follower in said.split() if follower.isalpha()]


@pytest.mark.parametrize("word", params(NOT_BEFORE))
def test_followers_are_forbidden_to_measure_words_only(word):
    assert word in units.measure_words()


def test_no_forbidden_follower_lets_a_hidden_name_through():
    hidden = {noun: f"推进**{noun}。" for noun in NOUNS if noun not in units.measure_words()}
    found = {noun: scan(text, mask="digits").quantities for noun, text in hidden.items()}
    assert [noun for noun, quantities in found.items() if any(q.text.startswith("**") for q in quantities)] == []


def test_measure_words_behind_masks_are_fewer():
    assert set(units.measure_words(False)) < set(units.measure_words())
    assert {"镇", "区", "街道"} & set(units.measure_words(False)) == set()
