"""Numbers that measure nothing: the contract's list in sentences, and each rule's own proofs."""

import tomllib
from importlib.resources import files

import pytest
from known_faults import marked, params
from sentences import hold

from dangjian.quantities.exclusions import exclusions, fill, spelled_out
from dangjian.quantities.scan import scan

NOT_QUANTITIES = [
    # years and dates
    "2022年是换届之年。",
    "****年度工作要点已经印发。",
    "20**年底前完成。",
    "7月1日召开大会。",
    "自2021年3月至2022年9月推进。",
    "三月五日集中开展志愿服务。",
    "十二月底前报送。",
    "2 0 2 2 年工作回顾",
    "二〇二二年工作总结",
    "2022年12月31日止。",
    "2022-07-01印发",
    "**月**日召开推进会。",
    "上午9:30签到。",
    "上世纪80年代建成。",
    "1—9月运行平稳。",
    "2019—2022年持续推进。",
    "年初、6月、12月各汇报情况。",
    # ordinals
    "完成市委第九轮巡察。",
    "区委十一届六次全会召开。",
    "中央纪委*次全会召开。",
    "第三季度推进。",
    "考核列全市第2位。",
    "第**次常委会研究审议。",
    "第一、第二党支部联合开展。",
    "落实第二十条规定。",
    # list markers
    "一是压实责任。二是细化举措。三是严格考核。",
    "（二）夯实基层基础",
    "（3）强化督导",
    "\n1.抓学习\n2.抓作风\n",
    "\n3、落实制度\n",
    "①坚持问题导向②坚持系统观念",
    "四、存在的不足",
    # numbers of a document, and numbers that only name
    "按照县委发〔2022〕15号要求推进。",
    "印发津组通〔20**〕*号文件。",
    "（区纪发[2021]7号）",
    "拨打12345热线。",
    "*****热线运行平稳。",
    "地铁3号线沿线治理。",
    "幸福路18号院改造。",
    "邮编300000",
    "联系电话：022-12345678",
    "推进H*项目建设。",
    "G104国道沿线",
    "5G基站建设",
    "A级景区提质",
    "三元街的老住户。",
    "八里桥修好了。",
    "个别3名以上正式党员的合作社尚未单独建支部。",
    "依据《关于规范管理的通知》（*组通〔****〕27号）。",
    "居民拨通12345，当天有回音。",
    "发现一起、查处一起。",
    "下了一番功夫。",
    "其中40岁以\n下干部。",
    # slogans, names, titles
    "学习贯彻党的二十大精神。",
    "坚决做到“两个维护”。",
    "严格执行三会一课制度。",
    "推行“一肩挑”。",
    "制定五年规划。",
    "“十四五”开局良好。",
    "落实中央八项规定精神。",
    "建立“两个清单”。",
    "开展“百名书记讲党课”活动。",
    "打造“1+3+N”平台。",
    "落实《干部教育培训三年规划》。",
    "运用四种形态。",
    "“三重一大”事项集体决策。",
    "践行四下基层。",
    "巩固两不愁成果。",
    "一线员工、万家灯火、千方百计。",
    "落实一岗双责、一案双查。",
    "建设一流企业，统一思想。",
    "进一步、唯一、专一。",
    # a mask before a noun or a verb, no measure word between: a name
    "**区召开大会。",
    "**日报刊发经验做法。",
    "走进*·****镇调研。",
    "**项目落地投产。",
    "其中**荣登榜单。",
    "**街道试点先行。",
    "***同志主持会议。",
    "与××集团签约。",
    "推广××经验。",
    "XX县委高度重视。",
    "副书记×××带队。",
    "在●●社区挂牌。",
    "获评**先进单位。",
    # thresholds, levels, frames, frequencies
    "党员3人以上的律师事务所单独组建。",
    "集体收入20万元以上的村继续壮大。",
    "50人以上非公企业应建尽建。",
    "三级书记一起抓。",
    "市县两级协同。",
    "区镇村三级联动。",
    "后两项持续推进。",
    "抓好三件事。",
    "从五个方面发力。",
    "这三个问题根源相同。",
    "每月至少开展一次主题党日。",
    "每季度召开1次专题会议。",
    "每年不少于两次。",
    "每半年听取一次汇报。",
    "5A级景区创建。",
    # vague words
    "选树一批先进典型。",
    "开展多场次宣讲。",
    "解决若干问题。",
    "一些支部、有些党员、不少单位。",
    "上述一系列举措见效。",
    # spans of time and age brackets
    "近3年持续向好。",
    "近三年来稳步提升。",
    "实施三年行动。",
    "庆祝建党一百周年。",
    "成立20周年之际。",
    "35岁及以下干部占多数。",
    "45岁以下年轻干部。",
    "36至45岁干部居多。",
    "五年来成效显著。",
    "党龄50年以上的老党员受到表彰。",
    # ratios and products
    "师生比为1∶350。",
    "坚持7×24小时值守。",
    "按1：500配备。",
    "产业结构为3.2：41.5：55.3。",
    # cells and signs without a number
    "——",
    "* * *",
    "***************",
    "\n- 3 -\n",
    "\n— 15 —\n",
    "",
]

COUNTED_NEVERTHELESS = [
    # a trap and a quantity side by side
    ("2022年发展党员{[128]名}。", (128, 128, "名")),
    ("7月1日慰问老党员{[60]人}。", (60, 60, "人")),
    ("第九轮巡察反馈问题{[31]个}。", (31, 31, "个")),
    ("县委发〔2022〕15号文件分解任务{[42]项}。", (42, 42, "项")),
    ("12345热线转办诉求{[5,120]件}。", (5120, 5120, "件")),
    ("*****热线受理诉求{[****]件}。", (1000, 9999, "件")),
    ("“两个维护”专题学习{[8]次}。", (8, 8, "次")),
    ("三会一课记录抽查{[90]本}。", (90, 90, "本")),
    ("**镇发展党员{[**]名}。", (10, 99, "名")),
    ("**日报刊稿{[*]篇}。", (1, 9, "篇")),
    ("**区新建驿站{[*]个}，**项目投资{[**万]元}。", (1, 9, "个"), (100000, 990000, "元")),
    ("培育{[五]个}清廉单元。", (5, 5, "个")),
    ("选树{[*]个}先进集体。", (1, 9, "个")),
    ("党员3人以上的律所{[12]家}，全部建立支部。", (12, 12, "家")),
    ("收入20万元以上的村达到{[36]个}。", (36, 36, "个")),
    ("35岁及以下党员{[412]名}。", (412, 412, "名")),
    ("近3年发展党员{[300]名}。", (300, 300, "名")),
    ("三年行动中投入{[2亿]元}。", (2e8, 2e8, "元")),
    ("改造危桥{[12]座}，比原定的{[7]座}多{[5]座}。", (12, 12, "座"), (7, 7, "座"), (5, 5, "座", "exact", "increase")),
    ("先后{[七]次}专题研究。", (7, 7, "次")),
    ("连续值守{[43]天}。", (43, 43, "天")),
    ("每月至少开展一次党日，全年共{[12]次}。", (12, 12, "次")),
    ("市县两级派出干部{[96]名}。", (96, 96, "名")),
    ("区委十二届三次全会以来，建章立制{[17]项}。", (17, 17, "项")),
    ("（二）全年举办培训{[9]期}。", (9, 9, "期")),
    ("\n1.举办培训{[9]期}。\n2.走访企业{[40]家}。", (9, 9, "期"), (40, 40, "家")),
    ("三是选派书记{[三]名}。", (3, 3, "名")),
    ("“百名书记讲党课”活动{[26]场}。", (26, 26, "场")),
    ("印发《村级事务三年规划》{[200]册}。", (200, 200, "册")),
    ("1∶350师生比，专职辅导员{[64]名}。", (64, 64, "名")),
    ("中央八项规定精神问题{[5]起}。", (5, 5, "起")),
    ("储备{[2]名以上}后备干部。", (2, None, "名", "at_least")),
]

NAMED = [
    # a sentence, the rule that `explain` names for what is left out of it
    ("推进十四五规划。", "five-year plan"),
    ("实施八五普法。", "five-year plan"),
    ("拨打12345热线。", "hotline or platform"),
    ("拨打*****热线。", "hotline or platform"),
    ("改造**G线路。", "name with a numeral"),
    ("**区召开大会。", "mask hides a name"),
    ("第九轮巡察。", "ordinal 第N"),
    ("坚持7×24小时值守。", "ratio or product"),
    ("列前三名。", "rank or frame 前N"),
    ("每月至少开展一次。", "frequency set as a rule"),
    ("党员3人以上的律师事务所。", "threshold of a class"),
    ("市县两级协同。", "level N级"),
]

EXAMPLES = [(text, rule.name) for rule in {rule.name: rule for rule in exclusions()}.values() for text in rule.examples]
COUNTERS = [(text, rule.name) for rule in {rule.name: rule for rule in exclusions()}.values() for text in rule.counter]


@pytest.mark.parametrize("text", params(NOT_QUANTITIES))
def test_measures_nothing(text):
    assert [quantity.text for quantity in scan(text, year=2022, mask="digits").quantities] == []


@pytest.mark.parametrize(("marked", "figures"), marked(COUNTED_NEVERTHELESS))
def test_a_trap_beside_a_quantity_takes_nothing_away(marked, figures):
    hold(marked, *figures)


@pytest.mark.parametrize(("text", "rule"), params(NAMED))
def test_what_is_left_out_is_named(text, rule):
    assert [left.rule for left in scan(text, mask="digits").left_out] == [rule]


@pytest.mark.parametrize(("text", "rule"), params(EXAMPLES))
def test_the_examples_of_a_rule_are_left_out_by_it(text, rule):
    found = scan(text, mask="digits")
    assert [quantity.text for quantity in found.quantities] == []
    assert rule in {left.rule for left in found.left_out}


@pytest.mark.parametrize(("text", "rule"), params(COUNTERS))
def test_the_counters_of_a_rule_are_read(text, rule):
    found = scan(text, mask="digits")
    assert found.quantities
    assert rule not in {left.rule for left in found.left_out}


def test_every_rule_of_a_pattern_proves_itself():
    worded = {"slogan"}  # its words are its examples
    assert {rule.name for rule in exclusions() if not rule.examples} <= worded


def test_templates_of_the_patterns():
    assert spelled_out("0-3a") == "0123a"
    assert fill("[上{c}]") == f"[上{fill('{c}')[1:-1]}]"


ENTRIES = tomllib.loads(files("dangjian.quantities").joinpath("exclusions.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("word", params(word for entry in ENTRIES["exclusion"] for word in entry.get("words", ())))
def test_a_slogan_of_the_list_is_left_out(word):
    assert scan(f"认真落实{word}。").quantities == ()
