"""What a report says of itself in its first lines: its title, the year it speaks of, what kind of report it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

KINDS = (
    "整改通报", "整改情况报告", "统计公报", "工作总结", "情况总结", "工作报告", "述职报告", "情况通报", "情况报告",
    "工作要点", "小结", "总结", "通报", "公报", "报告",
)  # fmt: skip
"""What a title calls its report: the first of these that it names last."""
GENERAL = {
    "总结": "工作总结",
    "情况总结": "工作总结",
    "小结": "工作总结",
    "通报": "情况通报",
    "公报": "统计公报",
    "报告": "工作报告",
}
LONGEST, LONGEST_LINE = 80, 40
OPENING = 15
"""A title stands within this many lines, below what a cover says of secrecy, number and date."""
OVER = 3
"""A title goes over at most so many lines."""
_YEAR = re.compile(r"(?<![\d〔\[(（])((?:19|20)\d\d)\s*年")
_DATED = re.compile(r"[（(]?\s*(?P<year>20\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*\d{1,2}\s*日)?\s*[)）]?")
"""A line that holds nothing but a date."""
_COUNTED = re.compile(r"截[至止]\s*(20\d\d)\s*年")
LOOKS_BACK = 3
"""A report given in the first months of a year tells of the year before."""
_SPAN = re.compile(r"(?:19|20)\d\d\s*年?\s*(?:[-—–－~～至到]|——)\s*(?:19|20)\d\d\s*年")
"""The years of a plan that a title names are not the year that it speaks of."""
_CHINESE_YEAR = re.compile(r"([一二][九〇○零][〇○零一二三四五六七八九]{2})\s*年")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
LONGEST_DATE = 12
_TEN = re.compile(r"(\d?)十(\d?)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NUMBER = "[0-9０-９〇○零一二三四五六七八九十*＊×●]"
_DATE = rf"[（(]?\s*{_NUMBER}{{2,4}}\s*年(?:\s*{_NUMBER}{{1,3}}\s*月)?(?:\s*{_NUMBER}{{1,3}}\s*日)?\s*[）)]?"
COVER = (
    r"内部(?:资料|文件|材料).*",
    r"(?:秘密|机密|绝密)(?:\s*[★☆].*)?",
    r"[特加平]急|注意保[密存]|密级.*|份号.*|签发人.*|目\s*录",
    r".{0,20}文件",
    rf"附件\s*+{_NUMBER}{{0,2}}\s*[:：]?",
    rf"[-—–\s]*{_NUMBER}{{1,8}}[-—–\s]*",  # a page, the number of a copy
    rf"[^〔\[（(]{{1,16}}[〔\[（(]\s*{_NUMBER}{{4}}\s*[〕\]）)]\s*第?{_NUMBER}{{1,4}}号",
    rf"[（(]?\s*(?:第\s*)?{_NUMBER}+\s*期\s*(?:总第.*)?[）)]?",
    _DATE,
    r"[（(].*[）)]",
    r"(?:索引号|发布(?:时间|日期|机构)|发文(?:机关|字号)|来源|文号|主题词|成文日期)\s*[:：].*",
)
"""Lines that stand above a title and are none: secrecy, the organisation's name in red, number, issue, date."""
_COVER = re.compile("|".join(COVER))
_INSIDE = re.compile("[。；！？：:!?，]")
_OPENS = re.compile(r"关于|[委部局办府会组室院校镇乡区县市处司心队校]$|街道$|年度?$|工作$|建设$|情况$|整改$|落实$")
"""What goes on in the next line: an organisation's name, or a title cut in two."""
_HEADING = re.compile(
    r"[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十]+[章部编]|\d+[.、]"
)
_ENDS = re.compile(
    rf"(?:{'|'.join(KINDS)}|综述|纪实|材料|讲话|摘要|简报|汇报|计划|方案|意见|台账|统计表|一览表)[》”）)]?$"
)


def find_title(text: str) -> str:
    """The title in a report's first lines, joined where it goes over several; else the first line of its own.

    >>> find_title("内部资料\\n中共岚安县委\\n关于2021年党建工作\\n情况的报告\\n各镇：")
    '中共岚安县委关于2021年党建工作情况的报告'
    """
    lines = list(_opening(text))
    own = [line for line in lines if not _COVER.fullmatch(line)]
    for first in range(min(OVER, len(own))):
        joined = ""
        for line in own[first : first + OVER]:
            if len(line) > LONGEST_LINE or _INSIDE.search(line) or _HEADING.match(line):
                return own[0][:LONGEST]
            joined += line
            if _ENDS.search(joined):
                return joined[:LONGEST]
            if not _OPENS.search(joined):
                break
        if _YEAR.search(joined):
            break
    return next(iter([*own, *lines]), "")[:LONGEST]


def is_title(line: str) -> bool:
    """Whether a line calls itself a report and is no sentence.

    >>> is_title("岚安县2021年党建工作总结"), is_title("现将情况总结如下：")
    (True, False)
    """
    return len(line) <= LONGEST_LINE and not _INSIDE.search(line) and bool(_ENDS.search(line))


def _opening(text: str) -> Iterator[str]:
    """The first lines that are not empty, without the blanks and signs around them."""
    found = 0
    for line in text[:6000].split("\n"):
        stripped = line.strip(" \t#\u3000\ufeff")
        if stripped:
            yield stripped
            found += 1
        if found == OPENING:
            return


def find_year(text: str) -> int | None:
    """The year that a report speaks of: that of its title, else the one it names most often, None if none.

    >>> find_year("衡川区2021年党建工作报告\\n与2020年相比……")
    2021
    """
    first = [
        line
        for line in list(_opening(text))[:2]
        if not _COVER.fullmatch(line) and "。" not in line and len(line) < LONGEST
    ]
    head = "\n".join([find_title(text), *first]).translate(_WIDE)
    head = _SPAN.sub("", head)
    squeezed = re.sub(r"(?<=\d)[ \u3000](?=\d|年)", "", head).translate(_DIGITS if "〇" in head or "○" in head else {})
    for place in (squeezed, head):
        found = _YEAR.findall(place)
        if found:
            return int(found[0])
    chinese = _CHINESE_YEAR.search(head)
    if chinese:
        return int(chinese.group(1).translate(_DIGITS))
    dated = _dated(text) or _counted_to(text)
    if dated:
        return dated
    years = _YEAR.findall(text) or _YEAR.findall(re.sub(r"(?<=\d)[ \u3000](?=\d|年)", "", text))
    said = Counter(years)
    return int(max(sorted(said, reverse=True), key=said.__getitem__)) if years else None


def _counted_to(text: str) -> int | None:
    """The year up to which a report says that it counts: 截至2024年7月15日."""
    said = _COUNTED.findall(text.translate(_WIDE))
    return int(max(said)) if said else None


def _dated(text: str) -> int | None:
    """The year that a report dated at its head, or else at its end, speaks of: early in a year it is the year before.

    >>> _dated("党委工作报告\\n（2025年1月10日）\\n2024年以来……")
    2024
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in (*lines[:6], *reversed(lines[-3:])):
        date = _DATED.fullmatch(_arabic(line))
        if date:
            year, month = int(date["year"]), int(date["month"])
            early = month == 1 or (month <= LOOKS_BACK and text.count(f"{year - 1}年") > 0)
            return year - 1 if early else year
    return None


def _arabic(date: str) -> str:
    """A line that is a date in arabic digits, other lines as they are: 二〇二四年十二月八日 gives 2024年12月8日."""
    if not _CHINESE_YEAR.match(date) or len(date) > LONGEST_DATE:
        return date.translate(_WIDE)
    return _TEN.sub(lambda ten: str(10 * int(ten[1] or 1) + int(ten[2] or 0)), date.translate(_DIGITS))


def find_kind(title: str) -> str:
    """What kind of report a title says it is, "" where it does not say.

    >>> find_kind("衡川区2021年度组织工作和整改落实情况总结"), find_kind("关于巡察整改情况的通报")
    ('工作总结', '整改通报')
    """
    tail = title[-12:]
    if re.search("整改.{0,6}通报", title):
        return "整改通报"
    found = [(tail.rfind(kind) + len(kind), len(kind), kind) for kind in KINDS if kind in tail]
    kind = max(found)[2] if found else ""
    return GENERAL.get(kind, kind)
