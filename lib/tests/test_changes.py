"""Changes told apart from levels and counts."""

import tomllib
from importlib.resources import files

import pytest
from known_faults import marked, params
from sentences import hold

from dangjian.quantities.changes import find_change
from dangjian.quantities.scan import scan

WORDS = tomllib.loads(files("dangjian.quantities").joinpath("changes.toml").read_text(encoding="utf-8"))
VERBS = [(word, direction) for direction, kinds in WORDS.items() for word in kinds["verb"]]
NOUNS = [(word, direction) for direction, kinds in WORDS.items() for word in kinds["noun"]]
BEHIND = [(word, direction) for direction, kinds in WORDS.items() for word in kinds["after"]]

UP, DOWN = "increase", "decrease"
CHANGES = [
    # the clause before the number, what follows, unit, direction
    ("参训人数增长", "", "%", UP),
    ("参训人数同比增长了", "", "%", UP),
    ("参训人数较上年增加", "", "人", UP),
    ("党员总数净增", "", "名", UP),
    ("党员净增长", "", "%", UP),
    ("增幅为", "", "%", UP),
    ("增速达到", "", "%", UP),
    ("经费较上年翻了", "", "倍", UP),
    ("轮训六成多，快于上年同期", "", "百分点", UP),
    ("信访量低于上年同期", "", "%", DOWN),
    ("总收入翻", "", "番", UP),
    ("同比上升", "", "%", UP),
    ("满意度提升", "", "百分点", UP),
    ("比上年多", "", "场", UP),
    ("比去年同期高", "", "百分点", UP),
    ("较2021年增长", "", "%", UP),
    ("信访总量下降", "", "%", DOWN),
    ("会议较上年压减", "", "%", DOWN),
    ("精简文件", "", "%", DOWN),
    ("减少会议", "", "次", DOWN),
    ("办理时限压缩", "", "天", DOWN),
    ("降幅达", "", "%", DOWN),
    ("环比回落", "", "百分点", DOWN),
    ("同比减少", "", "件", DOWN),
    ("比上年少", "", "件", DOWN),
    ("同比+", "", "%", UP),
    ("同比-", "", "%", DOWN),
    ("实现", "的增长", "%", UP),
    ("呈现", "的降幅", "%", DOWN),
    # levels, where things stand
    ("参训率提高到", "", "%", None),
    ("参训率提升至", "", "%", None),
    ("参训率上升为", "", "%", None),
    ("信访总量下降到", "", "件", None),
    ("参训率达到", "", "%", None),
    ("压减至", "", "项", None),
    ("空白村减至", "", "个", None),
    ("增加到", "", "个", None),
    # counts
    ("新增党支部", "", "个", None),
    ("增配专职干部", "", "名", None),
    ("新建阵地", "", "处", None),
    ("新增", "", "名", None),
    ("提高能力开展培训", "", "期", None),
    ("提升合格率", "", "%", None),
    ("发展党员", "", "名", None),
    ("高素质人才", "", "名", None),
    ("减税降费惠及企业", "", "家", None),
    ("下降通道整治", "", "处", None),
]

IN_SENTENCES = [
    ("由{[82]%}提升至{[96]%}。", (82, 82, "%"), (96, 96, "%")),
    ("由上年的{[97.3]%}提升到{[98.4]%}。", (97.3, 97.3, "%"), (98.4, 98.4, "%")),
    ("发展党员{[128]名}，增长{[6.7]%}。", (128, 128, "名"), (6.7, 6.7, "%", "exact", UP)),
    ("发展党员{[128]名}，较上年增加{[8]名}，增幅{[6.7]%}。",
     (128, 128, "名"), (8, 8, "名", "exact", UP), (6.7, 6.7, "%", "exact", UP)),
    ("申请人{[900]名}、同比增长{[**]%}，积极分子{[400]名}。",
     (900, 900, "名"), (10, 99, "%", "exact", UP), (400, 400, "名")),
    ("新增{[40]个}，覆盖率提高{[5.5]个百分点}。", (40, 40, "个"), (5.5, 5.5, "百分点", "exact", UP)),
    ("发文同比减少{[20]%}、会议同比减少{[15]%}。", (20, 20, "%", "exact", DOWN), (15, 15, "%", "exact", DOWN)),
    ("办理时间由{[15]天}缩短为{[7]天}。", (15, 15, "天"), (7, 7, "天")),
    ("培训{[12]期}，比去年多{[2]期}。", (12, 12, "期"), (2, 2, "期", "exact", UP)),
    ("粮食增产{[3.1]%}。", (3.1, 3.1, "%", "exact", UP)),
    ("增长{[*]倍}。", (1, 9, "倍", "exact", UP)),
    ("投诉量下降{近三成}。", (27, 30, "%", "nearly", DOWN)),
    ("产值增长{不低于[6]%}。", (6, None, "%", "at_least", UP)),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "unit", "direction"), params(CHANGES))
def test_find_change(left, right, unit, direction):
    found = find_change(left, right, unit)
    assert (found and found[0]) == direction


@pytest.mark.parametrize(("marked", "figures"), marked(IN_SENTENCES))
def test_changes_in_sentences(marked, figures):
    hold(marked, *figures)


@pytest.mark.parametrize(("word", "direction"), params(VERBS + NOUNS))
def test_each_word_makes_a_change(word, direction):
    (found,) = scan(f"该项指标同比{word}12%。").quantities
    assert found.change == direction


@pytest.mark.parametrize(("word", "direction"), params(row for row in VERBS if row[0][-1] not in "至了"))
def test_each_verb_with_to_makes_a_level(word, direction):
    (found,) = scan(f"该项指标{word}到12个。").quantities
    assert found.change is None


@pytest.mark.parametrize(("word", "direction"), params(BEHIND))
def test_each_word_behind_a_number_makes_a_change(word, direction):
    (found,) = scan(f"该项指标实现12%的{word}。").quantities
    assert found.change == direction
