"""Texts made by chance from the constructions that the contract decides, for two readers to be held against each other.

What it leaves open is not made: 余 behind decimals that hide, four hidden digits of a share, 一 before a measure word.
"""

from __future__ import annotations

from random import Random

COUNTS = ["名", "人", "个", "件", "项", "场", "次", "期", "户", "家", "篇", "册", "份", "人次", "场次", "批次"]
MONEY = ["元", "亩", "公里"]
TIMES = ["天", "小时", "学时", "个工作日", "工作日", "个季度", "季度", "个月"]
NOUNS = {"名": "党员 群众", "个": "支部 先进集体", "项": "任务 制度", "家": "企业", "户": "群众", "期": "培训班"}
LEADS = [
    "走访慰问", "新增各类", "全年办结", "累计整改", "组织开展", "共有", "年内完成", "其中女性", "另有", "先后化解",
    "印发材料", "新建"
]  # fmt: skip
SHARES = ["整改率为", "满意率达", "参学率", "占", "占比为", "覆盖面达", "完成率为"]
RISES = ["同比增长", "同比下降", "比上年提高", "较上年减少", "案件下降", "申请人数增加", "同比增长了", "满意率同比提升"]
SPELLS = ["连续值守", "为期", "累计工作"]
BEFORE = [
    "约", "大约", "近", "将近", "接近", "超", "超过", "突破", "逾", "不少于", "不低于", "至少", "不足", "不到",
    "不超过"
]  # fmt: skip
AFTER = ["以上", "以下", "以内", "左右", "上下"]
SIGNS = "*＊×Xx●○□█#"
NOTHING = [
    "2022年", "****年", "20**年度", "二〇二二年", "2_0_2_2_年", "7月1日", "*月*日", "近3年", "三年行动",
    "建党一百周年", "第九轮", "第3次", "第十一届", "十一届", "〔2022〕15号", "二十大", "“两个维护”", "三会一课",
    "“一肩挑”", "“两个清单”", "五年规划", "《三项制度》", "**区", "**日报", "***镇", "**项目", "其中**荣登",
    "3人以上的律师事务所", "20万元以上的村", "三级书记", "市县两级", "后两项", "前10名", "三件事",
    "每月至少开展2次", "每年召开一次", "一批", "多场次", "若干", "1∶350", "7×24小时", "35岁及以下", "（二）",
    "3号楼", "H*"
]  # fmt: skip
SLOGANS = [
    "深入学习贯彻", "坚持党建引领", "做实做细群众工作", "落实主体责任", "推动高质量发展", "一是强化担当",
    "二是抓实整改"
]  # fmt: skip
CHINESE = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def made_text(chance: Random) -> str:
    """One text of one to three sentences."""
    sentences = ("，".join(_item(chance) for _ in range(chance.randint(1, 3))) for _ in range(chance.randint(1, 3)))
    return "".join(f"{sentence}。{chance.choice(('', '', chr(10)))}" for sentence in sentences)


def _item(chance: Random) -> str:
    kind = chance.choices(
        (_count, _share, _change, _spell, _range, _list, _between, _bare, _nothing, _slogan),
        (34, 12, 12, 5, 9, 8, 4, 2, 10, 4),
    )[0]
    return kind(chance)


def _slogan(chance: Random) -> str:
    return chance.choice(SLOGANS)


def _nothing(chance: Random) -> str:
    said = chance.choice(NOTHING).replace("_", " ")
    return f"{chance.choice(('坚持', '印发', '推进', '按照', '赴'))}{said}{chance.choice(('', '工作', '有关要求'))}"


def _count(chance: Random) -> str:
    unit = chance.choice(COUNTS * 2 + MONEY + ["倍"])
    noun = chance.choice(NOUNS[unit].split()) if unit in NOUNS and chance.random() < 0.3 else ""
    if unit == "倍":
        return f"申请人是发展数的{_modified(chance, _decimal(chance), unit, True)}"
    said = _modified(chance, _number(chance, unit), unit, True)
    return f"{chance.choice(LEADS)}{said}{noun if said.endswith(unit) else ''}"  # 50人以上企业 is a class


def _share(chance: Random) -> str:
    lead = chance.choice(SHARES)
    kind = chance.random()
    if kind < 0.03:
        return f"{lead.removesuffix('为')}过半"
    if kind < 0.25:
        return lead + _before(chance) + _fraction(chance)
    return lead + _modified(chance, _percent(chance), chance.choice("%%%％"), True)


def _change(chance: Random) -> str:
    lead = chance.choice(RISES)
    unit = chance.choice(("%", "%", "％", "个百分点", "名", "件", "个", "元"))
    number = _number(chance, unit) if unit in "名件个元" else _percent(chance)
    return lead + _modified(chance, number, unit, unit in "名件个")


def _spell(chance: Random) -> str:
    return chance.choice(SPELLS) + _digits(chance, 2) + chance.choice(TIMES)


def _bare(chance: Random) -> str:
    return f"党员合计{chance.randint(10, 999)}"


def _between(chance: Random) -> str:
    low, high = sorted(chance.sample(range(10, 99), 2))
    return chance.choice((f"覆盖面由{low}%提升至{high}%", f"覆盖面由{high}%下降到{low}%", f"支部从{low}个增至{high}个"))


def _range(chance: Random) -> str:
    sign = chance.choice("至至到-—～")
    low, high = sorted(chance.sample(range(2, 99), 2))
    if chance.random() < 0.3:
        return f"{chance.choice(SHARES)}{low}{chance.choice(('%', ''))}{sign}{high}%"
    unit = chance.choice("名个件项场家户")
    ends = [str(low), str(high)]
    if chance.random() < 0.3:
        ends = [_hidden(chance, "*" * width) for width in sorted((chance.randint(1, 2), chance.randint(2, 3)))]
        ends = [end.replace("×", "*") for end in ends]
    elif chance.random() < 0.3:
        ends = [_spelt(low), _spelt(high)]
    scale = chance.choice(("", "", "万"))
    before = chance.choice(("", "", "", "约"))
    return f"{chance.choice(LEADS)}{before}{ends[0]}{sign}{ends[1]}{scale}{unit}"


def _list(chance: Random) -> str:
    unit = chance.choice(("期", "名", "件", "项", "%", "个百分点", "元"))
    scale, in_parts = "万" if unit == "元" else "", unit in ("%", "个百分点")
    numbers = [_percent(chance) if in_parts else _digits(chance, 3) for _ in range(chance.randint(2, 4))]
    each = chance.random() < 0.4
    said = [f"{number}{scale}{unit if each or at == len(numbers) - 1 else ''}" for at, number in enumerate(numbers)]
    lead = "分别增长" if in_parts and chance.random() < 0.6 else "分别为"
    joint = chance.choice("、和")
    return f"夜校、讲座、研讨等{lead}{'、'.join(said[:-1])}{joint}{said[-1]}"


def _modified(chance: Random, number: str, unit: str, more: bool) -> str:
    """A number with its unit, one time in two with a word before or behind that makes it fuzzy."""
    gap = chance.choice((" ", "\n")) if chance.random() < 0.04 and number[-1] not in "余多来" else ""
    said = chance.random()
    if said < 0.25:
        return f"{_word(chance, unit)}{number}{gap}{unit}"
    if said < 0.4:
        return f"{number}{gap}{unit}{chance.choice(AFTER)}"
    if said < 0.55 and more and unit not in ("%", "％", "倍") and _takes_more(number):
        return f"{_before(chance)}{_with_more(chance, number)}{unit}"
    return f"{number}{gap}{unit}"


def _before(chance: Random) -> str:
    return chance.choice(BEFORE) if chance.random() < 0.3 else ""


def _word(chance: Random, unit: str) -> str:
    return chance.choice([word for word in BEFORE if word[-1] != "近" or unit not in TIMES])


def _takes_more(number: str) -> bool:
    """Whether 余 can stand behind it: no vague word, no decimals but before a scale, no blanks."""
    fuzzy = any(sign in "数几上余多来点\n 七八" for sign in number)
    decimals = "." in number or "．" in number
    return not fuzzy and not (decimals and (not number.endswith(("万", "亿")) or number[-2] in "0０*＊" + SIGNS))


def _with_more(chance: Random, number: str) -> str:
    word = chance.choice("余余多")
    if number[-1] in "万亿" and len(number) > 1 and chance.random() < 0.5 and "." not in number and "．" not in number:
        return f"{number[:-1]}{word}{number[-1]}"
    return number + word


def _number(chance: Random, unit: str) -> str:
    kind = chance.random()
    if kind < 0.4:
        return _digits(chance, 6)
    if kind < 0.55:
        return _spelt(chance.choice((chance.randint(2, 99), chance.randint(2, 9_999), 100 * chance.randint(2, 90_000))))
    if kind < 0.62:
        return chance.choice(("数百", "几十", "上千", "数千", "上百", "几百", "数十万", "上万", "几千", "数万"))
    if kind < 0.66:
        return chance.choice(("千余", "百余", "十余", "十来", "二十余", "三百多", "百余", "万余"))
    if kind < 0.7:
        return chance.choice(("七八", "四五十", "两三百", "十七八", "二三十", "六七千"))
    if kind < 0.85:
        return (_digits(chance, 4) if chance.random() < 0.6 else _decimal(chance)) + chance.choice("万万亿")
    return _decimal(chance) if unit in MONEY else _noisy(chance)


def _digits(chance: Random, longest: int) -> str:
    """Digits, some of them hidden one time in two."""
    number = str(chance.randint(1, 10 ** chance.randint(1, longest) - 1))
    if chance.random() < 0.2 and len(number) < 6:
        number = str(chance.randint(1, 9)) + "0" * (len(number) - 1)
    if chance.random() < 0.5:
        number = _hidden(chance, number)
    if len(number) > 3 and chance.random() < 0.4:
        number = f"{number[:-3]},{number[-3:]}"
    return number.translate(WIDE) if chance.random() < 0.1 else number


def _hidden(chance: Random, number: str) -> str:
    """The number with all its digits, its last ones, or any of them behind masks of one kind."""
    sign = chance.choice("****" + SIGNS)
    kind = chance.random()
    if kind < 0.6:
        return sign * min(len(number), 5)
    shown = chance.randint(1, len(number))
    if kind < 0.8 or sign in "×Xx○":  # × between digits multiplies, ○ between digits is a zero
        return number[:shown] + sign * (len(number) - shown)
    return "".join(sign if chance.random() < 0.5 else digit for digit in number)


def _decimal(chance: Random) -> str:
    whole, decimals = str(chance.randint(1, 999)), str(chance.randint(1, 99)).zfill(2)[: chance.randint(1, 2)]
    if chance.random() < 0.4:
        sign = chance.choice("***＊●□#")
        whole, decimals = sign * len(whole), sign * len(decimals)
    written = f"{whole}{chance.choice(('.', '.', '.', '．'))}{decimals}"
    return written.translate(WIDE) if chance.random() < 0.1 else written


def _percent(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.3:
        return str(chance.randint(1, 100))
    if kind < 0.5:
        return f"{chance.randint(1, 99)}.{chance.randint(1, 9)}"
    return chance.choice(("*", "**", "***", "*.*", "**.*", "9*", "9*.*", "**.**", "X.X", "××", "●●", "100.7", "1**"))


def _fraction(chance: Random) -> str:
    tens = chance.randint(2, 9)
    return chance.choice(
        (
            f"百分之{_spelt(chance.randint(11, 99))}",
            f"百分之{_spelt(chance.randint(11, 99))}点{CHINESE[tens]}",
            f"百分之{chance.randint(2, 99)}",
            "百分之**",
            f"千分之{CHINESE[tens]}",
            "三分之二",
            "四分之三",
            "五分之一",
            f"{CHINESE[tens]}成",
            f"{CHINESE[tens]}成{CHINESE[chance.randint(1, 9)]}",
            "半数",
            "一半",
        )
    )


def _spelt(number: int) -> str:
    """A number in Chinese: 一百零五, 十二, 两千三百."""
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            rest = number % size
            return (
                _spelt(number // size) + word + ("零" if 0 < rest < size // 10 else "") + (_spelt(rest) if rest else "")
            )
    said, zero = "", False
    for size, word in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // size % 10
        if figure:
            said += ("零" if zero and said else "") + CHINESE[figure] + word
        zero = not figure
    said = said.removeprefix("一") if said.startswith("一十") else said
    return "两" + said[1:] if said[:2] in ("二千", "二百") or said == "二" else said


def _noisy(chance: Random) -> str:
    """Digits that a page pulled apart."""
    number = chance.randint(10, 9_999)
    written = str(number)
    return chance.choice(
        (
            " ".join(written),
            f"{number} {chance.randint(100, 999)}" if number < 1_000 else written,
            f"{written[:1]}\n{written[1:]}",
            f"{written[:1]}〇{written[1:]}",
            f"{chance.randint(1, 99)}，{chance.randint(100, 999)}",
            f"{chance.randint(1, 9)},{chance.randint(100, 999)},{chance.randint(100, 999)}",
            "* *",
        )
    )
