"""The year a quantity speaks of, and whether it is done or only planned."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence

from dangjian.quantities.clauses import SENTENCE_REACH, last_match, sentence_before

HINT = re.compile(
    r"[年期间划标争取务求定标额达拟预保步后](?:(?<=[年拟预])|(?<=[上本今同时]期)|(?<=期间|计划|目标|力争|争取|任务|要求|规定|指标|名额)"
    r"|(?<=下达|确保|下步|今后)|(?<=下一步))"
)
"""What may speak of time or plans. It begins with last signs, so that other text is skipped at full speed."""
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
NEXT = re.compile(r"明年|次年|来年|下一?年|翌年")
DATED = re.compile("年|五”?(?:期间|时期|以来)")
YEAR = re.compile(
    r"(?=[\d一二三五十两去上前明次来下翌今本当近“])(?:(?P<year>(?:19|20)\d\d)\s*年(?!以来|来|以前|以后|级|版)(?P<to>\s*(?:至|到|-|—|－)\s*(?:19|20)\d\d\s*年)?"
    r"|(?P<chinese>[一二][九〇○零][〇○零一二三四五六七八九]{2})年(?!以来|来|以前|以后)"
    r"|(?P<last>去年|上一?年度?|上一年|前一年)|(?P<before>前年)|(?P<next>明年|次年|来年|下一?年度?|翌年)|(?P<this>今年|本年度?|当年)"
    r"|(?P<span>(?:19|20)\d\d\s*(?:[-—–－~～至到]|——)\s*(?:19|20)\d\d\s*年|近[三五十两几\d]+年|[三五十两]年来|[三五]年累计|“?十[三四五]五”?(?:时期|期间|以来)|\d{4}年以来))"
)
COMPARING = re.compile(r"(?:比|较|同|与|从|由|是|为|占|相当于|自|距)\s*(?:上|本|我[市区县])?(?:20\d\d年?[、和与])*$")
BASE = re.compile(r"(?:年)?(?:末|底|初|同期|全年|度)?(?:的|为|是|有)?(?:约|近)?$")
OPENS = re.compile(r"(?:^|[，。；：:,、（(]|(?<!\s)\s)(?:截至|截止|到|至|在|力争|争取|计划|预计|确保)?\s*$")
CLAUSE_END = re.compile(r"[，。；：]")

TARGET = re.compile(
    r"(?=[力争打盘原拟预计目要规任指下])(?<![超于过])(?<!(?<!占)比)(?:力争|争取|打算|盘算|原想|拟|预计|预期|原定|(?<!人才)(?<!行动)计划(?!完成|率|的|内|外|生育|》|”|中|执行|情况)|原计划|目标(?!完成|任务完成|责任|考核|管理)(?:是|为|：|达)?|要求(?:达到|不少于|不低于|完成|每)?|(?<!项)规定(?:的)?|任务(?:数|为|是)|指标(?:为|是|数)|下达)"
    r"[^，。；]{0,18}$"
)
DONE = re.compile(
    r"实际|已|占(?:年度)?计划|办结|入选|超额|执行率|超过?计划|累计|(?:计划|目标|任务)[^，]{0,4}完成|(?<!规定)的$|差$|多$|多出$|超出$"
)
AHEAD = re.compile(
    r"^(?:下一?步|今后|接下来|下一?阶段|新的一年|下半年，?[^，。；]{0,8}(?:将|拟|打算|盘算|计划|力争|准备))"
)
HEADS = re.compile(
    r"(?:(?P<year>20\d\d)年|明年|来年|下一?年度?|下一?步|下一?阶段|今后)[^，。；]{0,14}(?:打算|计划|安排|思路|目标|任务|举措|措施|展望|重点|工作|谋划)[^，。；]{0,4}$"
)
SHORT = re.compile("问题|不足|短板|差距|困难")
"""A heading that tells of what is lacking too announces no plan for what stands below it."""
AFTER = re.compile(
    r"^(?:以上|以下|以内|左右)?(?:的)?(?:年度|全年|年初)?(?:目标|任务要求|任务指标|任务目标|年度任务|(?<!人才)(?<!行动)计划(?!完成|的)|指标|(?:规定)?要求|名额)"
)


def find_period(sentence: str, year: int | None, ratio: bool = False) -> tuple[int | None, str]:
    """The year that a number speaks of, and the words that say so ("" where none do).

    Args:
        sentence: the sentence up to the number.
        year: the report's own year.
        ratio: the number is a multiple or a change, so 去年 before it is its base, not its year.
    """
    if not DATED.search(sentence):
        return year, ""
    sentence = sentence.translate(FULL_WIDTH)
    found = None
    for match in YEAR.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        base = bool(COMPARING.search(before))
        adjacent = bool(BASE.match(after))
        opens = bool(OPENS.search(before))
        if match["to"] or match["span"]:
            governs = opens and not CLAUSE_END.search(after)
        elif base:
            governs = adjacent and not ratio
        else:
            governs = opens or not CLAUSE_END.search(after)
        if governs or (opens and not base):
            found = match
    if found is None:
        return year, ""
    kind = found.lastgroup
    if found["to"] or found["span"]:
        return None, found.group()
    if found["year"]:
        return int(found["year"]), found.group()
    if found["chinese"]:
        return int(found["chinese"].translate(CHINESE_DIGITS)), found.group()
    if year is None:
        return None, found.group()
    shift = {"last": -1, "before": -2, "next": 1, "this": 0}[kind or "this"]
    return year + shift, found.group()


def find_target(clause: str, right: str, sentence: str, period: int | None, year: int | None) -> str:
    """The words that make a quantity planned or required, "" where it is done.

    Args:
        clause: the clause up to the number; ``right``: what follows its unit; ``sentence``: the sentence up to it.
        period, year: the year it speaks of and the report's own: what lies ahead is planned.
    """
    behind = AFTER.match(right)
    if behind:
        return behind.group()
    if period is not None and year is not None and period > year:
        return "下一年"
    if AHEAD.match(sentence):
        return "下一步"
    planned = last_match(TARGET, clause)
    if planned is None:
        if sentence.find("目标") >= 0 and re.search(
            r"(?:今后|下一步|下一阶段|新的一年|工作|主要|发展)?目标(?:任务)?(?:是|为|：)", sentence
        ):
            return "目标"
        return ""
    return "" if DONE.search(clause[planned.start() :]) else planned.group()[:4]


def planned_by(headings: Sequence[str], year: int | None) -> tuple[int | None, bool]:
    """The year ahead that headings announce, and whether what stands below them is planned.

    >>> planned_by(["五、2023年打算"], 2022), planned_by(["三、下一步工作"], 2022), planned_by(["一、教育培训"], 2022)
    ((2023, True), (None, True), (None, False))
    """
    for heading in reversed(headings):
        squeezed = "".join(heading.split()).translate(FULL_WIDTH)
        ahead = None if SHORT.search(squeezed) else HEADS.search(squeezed)
        if not ahead:
            continue
        said = int(ahead["year"]) if ahead["year"] else None
        if said is None and NEXT.search(ahead.group()) and year is not None:
            return year + 1, True
        if said is None or year is None or said > year:
            return said, True
    return None, False


class Times:
    """The words of time and plans in one text, so that most numbers need not look for them again."""

    def __init__(self, text: str, year: int | None) -> None:
        self._text, self.year = text, year
        self._hints = array("q", [hint.start() for hint in HINT.finditer(text)])

    def of(self, start: int, clause: str, right: str, ratio: bool) -> tuple[int | None, bool]:
        """The year that the number at ``start`` speaks of, and whether it is planned.

        Args:
            clause: the clause up to the number; ``right``: what follows its unit.
            ratio: it is a multiple or a change.
        """
        sentence = self._sentence(start)
        if sentence is None:
            if not right or not HINT.search(right):
                return self.year, False
            sentence = sentence_before(self._text, start)
        period, said = find_period(sentence, self.year, ratio)
        planned = bool(find_target(clause, right, sentence, period, self.year)) or bool(NEXT.search(said))
        return period, planned

    def _sentence(self, start: int) -> str | None:
        """The sentence up to a number, None where no word in it speaks of time or plans."""
        last = bisect_left(self._hints, start) - 1
        if last < 0 or start - self._hints[last] > SENTENCE_REACH:
            return None
        stop = max(self._text.rfind("。", self._hints[last], start), self._text.rfind("；", self._hints[last], start))
        return None if stop >= 0 else sentence_before(self._text, start)
