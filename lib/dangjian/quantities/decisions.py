"""Whether a number that the pattern found measures something: the rules that need the words around it."""

from __future__ import annotations

import re
from functools import cache

from dangjian.quantities import units
from dangjian.quantities.exclusions import excluded_behind
from dangjian.quantities.readings import Reading

TIME_UNITS = {"年", "月", "天", "日", "周", "星期", "季度", "小时", "学期"}
DURATION = re.compile(
    r"(?:连续|累计|历时|为期|延长|缩短|提前|满|长达|任期|持续|坚守|值守|工作|保持|不少于|至少|不超过|超过|未满|平均|用时|历经)[^，。；]{0,4}$|[\u4e00-\u9fff](?<![为])了$"
)
EACH = re.compile(r"(?:每|逐)(?:隔)?$")
FREQUENCY = re.compile(r"每(?:个)?(?:半?年|季度?|月|周|旬|天|日|学期|学年)(?:度)?[^，。；、：]{0,12}$")
FREQUENT = {"次", "场", "期", "回", "遍", "轮", "堂", "节", "讲", "课"}
ONE_COUNTS = {"人", "名", "位", "家", "户", "例", "座", "所", "宗"}
ONE_AT_END = frozenset("个名人项件期场次家处份座所支篇部例宗辆台套间位起")
"""Behind its noun and at the end of its phrase 一 counts: 示范支部一个。"""
ONE_MORE = re.compile(
    r"(?:共|仅|只有?|各有?|全年|累计|新增|新建|增加|减少|剩下?|还有|另有|(?:缩短|压缩|[降减压缩升增提])(?:到|至|为))$"
)
ONE_NEVER = re.compile(r"[每任同另某这那哪逐统唯不第万专单划均之就把漏落无]$|没有$")
LEFT_BEHIND = re.compile("(?:都)?(?:不|没有?|未)[落少漏掉]")
ONE_BY_ONE = re.compile(r"一[\u4e00-\u9fff]、[^，。；、]{1,4}$")
NAMING = frozenset("元里门台亭")
PLACE_NAME = re.compile("[街路巷桥村镇里弄坊]")
"""What makes a name of a small numeral and its unit: 三元街, 八里桥."""
DOUBLED = re.compile(r"翻了?(?:近|约)?$")
RANKED = re.compile("(?:前|首|头|(?<![先前])后)$")
SENTENCE_END = re.compile("[。；！？\n]")
DEMONSTRATIVE = re.compile(r"(?:这|那|上述|以上|下列|如下|以下|哪)$")
FRAME = re.compile(r"(?:(?<!提)前|[后首头]|最近|过去|未来|今后|近|这|上|下)$")
ROUND = frozenset("百千万亿")
ASPECTS = {"方面", "层面", "维度"}
DIRECTORY = re.compile(
    r"(?:邮编|邮政编码|附?表|附件|图|专栏|注|电话|手机|传真|邮箱|编号|账号|热线|拨通|拨打|致电|号码|QQ|微信号?|网址|代码)(?:为|是|：|:)*$"
)
THRESHOLD_OF = re.compile(r"的[0-9*×●□两三四五六七八九十]")
LATIN = re.compile(r"[A-Za-z]")
CLOSING = frozenset("，。；、）)！？!?;,\n ")
STATES = re.compile(r"(?:率|达|达到|为|共|计|数|约|有|占|是|超|近|于)$")
NOUN = re.compile(r"[\u4e00-\u9fff]$")
COUNTED = (
    "党员|党组织|党支部|支部|党委|干部|群众|人|居民|师生|职工|学生|教职工|村民|志愿者|企业|单位|项目|问题|村|镇|社区|小区|家庭|快递|外卖|青年|农民|"
    "基层|老党员|困难|农户|老人|儿童|学员|代表|委员|网格员|民警|医务|教师|公里|诉求|工单|线索|案件"
)
_COUNTED = re.compile(f"(?:名义上)?(?:{COUNTED})")


def refuse(reading: Reading, text: str, start: int, clause: str, right: str, kind: str) -> str:
    """The rule by which a number is no quantity, "" where it is one."""
    unit = reading.unit
    before = text[start - 1] if start else "\n"
    if unit is None:
        hotline = excluded_behind(text, reading.text_end, True)
        if hotline:
            return hotline
        if DIRECTORY.search(text[max(0, start - 8) : start]):
            return "number of a document"
        return _without_unit(reading, text, start, clause, right, kind)
    if reading.masked and not reading.shown and unit in _shown_only():
        return "mask hides a name"
    if (
        (reading.after or unit == "年")
        and unit != "%"
        and (threshold := excluded_behind(text, reading.text_end, False))
    ):
        return threshold
    if before in ".．:：∶" and start > 1 and text[start - 2].isdigit():
        return "ratio or product"
    if LATIN.match(before) and kind == "D":
        return "name with a numeral"
    if EACH.search(clause):
        return "each N"
    if unit in TIME_UNITS and (before in "近" or FRAME.search(clause)):
        return "span of time"
    if unit == "部" and reading.masked and before in "委局府司团":
        return "mask hides a name"
    if unit == "年" and "龄" in clause:
        return "party standing"
    if unit == "年" and not DURATION.search(clause):
        return "span of years"
    if unit in FREQUENT and FREQUENCY.search(clause) and reading.bounds.top <= 12:
        return "frequency set as a rule"
    if kind == "C":
        return _chinese_name(reading, unit, clause, right)
    if (
        FRAME.search(clause)
        and before in "前后首头"
        and reading.core.isdecimal()
        and unit in {"名", "位", "项", "个", "批", "次", "家"}
    ):
        return "rank or frame 前N" if before == "前" else ""
    return ""


def _chinese_name(reading: Reading, unit: str, clause: str, right: str) -> str:
    core = reading.core
    if core == "十" and unit == "分":
        return "word with a numeral"
    if unit == "番":
        return "" if DOUBLED.search(clause) else "figure of speech N番"
    if core == "一" and unit not in ("%", "倍"):
        if ONE_NEVER.search(clause) or "一" in SENTENCE_END.split(right[:6], maxsplit=1)[0] or "一" in clause[-4:]:
            return "figure of speech 一"
        if ONE_BY_ONE.search(clause) and clause.rfind(f"一{unit}", -8) >= 0:  # 发现一起、查处一起
            return "figure of speech 一"
        if right[:1] == unit or LEFT_BEHIND.match(right):  # 一户户, 一人不落
            return "figure of speech 一"
        ends = right[:1] in CLOSING and unit in ONE_AT_END and len(clause) > 1
        if unit not in ONE_COUNTS and not ends and not ONE_MORE.search(clause):
            return "figure of speech 一"
        return ""
    if unit in NAMING and not reading.scaled and len(core) <= 2 and PLACE_NAME.match(right):
        return "word with a numeral"  # 三元街
    if right[:1] in "“‘" and reading.bounds.top <= 10 and unit == "个":
        return "slogan N个某某"
    if (unit in ASPECTS or (unit == "个" and right[:2] in ASPECTS)) and reading.bounds.top <= 10:
        return "frame N方面"
    if DEMONSTRATIVE.search(clause) and reading.bounds.top <= 10:
        return "frame 这N"
    if RANKED.search(clause) and reading.bounds.top <= 10 and unit != "%":
        return "rank or frame 前N"
    if core[0] in ROUND and not reading.scaled and unit != "%" and all(sign in "十百千万亿" for sign in core):
        return "round word"  # unless a modifier stands before it, which is heard first
    if unit in ("分", "度", "里", "点", "面", "线", "头", "套") and len(core) == 1:
        return "word with a numeral"
    return ""


def _without_unit(reading: Reading, text: str, start: int, clause: str, right: str, kind: str) -> str:
    if kind == "C":
        if (
            reading.scaled
            and reading.core not in ("万", "亿", "千", "百")
            and (right[:1] in CLOSING or _COUNTED.match(right) or not right)
        ):
            return "" if len(reading.core) > 1 or reading.modality == "more" else "word with a numeral"
        return "word with a numeral"
    end = reading.text_end
    following = text[end : end + 1]
    before = text[start - 1] if start else "\n"
    if (
        LATIN.match(before)
        or LATIN.match(following)
        or (before in ".-/_·:：" and before != "：")
        or (following in "·/-_" and following)
    ):
        return "name with a numeral"
    closed = following in CLOSING or not following
    if reading.scaled or reading.after:
        if closed or _COUNTED.match(right) or (reading.shown and NOUN.match(following)):
            return ""
        return "mask hides a name" if reading.masked else "number without a measure word"
    if reading.masked and not reading.shown:
        return "" if closed and STATES.search(clause) and following != "\n" else "mask hides a name"
    if len(reading.core) > 7 and "." not in reading.core and "," not in reading.core:
        return "number of a document"
    if closed and (NOUN.search(before) or before in "：:") and not _is_year(reading) and before not in "第号":
        return ""
    if (
        NOUN.search(before)
        and _COUNTED.match(right)
        and not _is_year(reading)
        and len(reading.core) <= 5
        and reading.core[0] != "0"
    ):
        return ""
    return "number without a measure word"


def _is_year(reading: Reading) -> bool:
    value = reading.bounds.value
    return len(reading.core) == 4 and (value is None or 1900 <= value <= 2099)


@cache
def _shown_only() -> frozenset[str]:
    return frozenset(units.measure_words()) - frozenset(units.measure_words(False))
