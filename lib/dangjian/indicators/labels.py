"""A short noun phrase for what a quantity counts, from the words around it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dangjian.indicators.binding import Bound
from dangjian.indicators.ellipsis import RELATIVE
from dangjian.indicators.places import Place
from dangjian.indicators.segments import last_words, noun_phrase
from dangjian.quantities import Quantity

LONGEST = 14
FRONT = re.compile(
    r"^(?:(?:[一二三四五六七八九]是|[（(][\d一二三四五六七八九十]+[）)]|其中|同时|另有|另外|此外|并|又|还|也|已|先后|累计|共计?|全年|今年以来|一年来|本年度?|年内|截至[^，]{0,8}|目前|全区|全市|全县|全街道?|全校|当年|分别|均|平均|实际|直接|"
    r"[\d*×●○一二〇]{4}年度?(?:以来)?|推动|带动|引导|组织|指导|持续|深入|积极|大力|扎实|通过|利用|依托|对|将|把|为|向|在|从|由|与|和|及|至|等|了|，|、|：|▲|■|\s|“(?=[^”]*$)|”|》|）|\))+)"
)
BACK = re.compile(
    r"(?:(?:共计?|合计|累计|达到?|由|从|为|是|有|了|约|近|超过?|不少于|不低于|实现|均|各|分别|占比?|比例|的|至|到|在|等|—|：|:|较上年|较去年|比上年|比去年|同比|增长|下降|提高|上升|增加|减少|增幅|降幅|净增|"
    r"提升|保持|稳定|完成|仅|只有?|已|新|人均|平均|每期|总数|总量|较[^，]{0,6}|比[^，]{0,6}|全年|不足|至少|最多|逾|突破|其中|\s|“(?=[^”]*$)|（|\())+$"
)
BEHIND = 12
"""How much behind its unit may name what is counted."""
FIGURE = re.compile(r"[0-9０-９*×●□][0-9０-９*×●□.,]*")
BREAKS = re.compile(r"^.*[，。；：]")
OPENING = re.compile(r"^(?:余|多|的|、|，)+")


def label_of(text: str, quantity: Quantity, place: Place, bound: Bound | None, dims: Mapping[str, str]) -> str:
    """What the quantity counts: the words before it, what follows its unit, else its indicator's title.

    >>> from dangjian.spans import Span
    >>> from dangjian.bounds import exactly
    >>> q = Quantity(8, 12, "320册", Span(8, 11), exactly(320), "册", "exact", False, None, 2022, False, "digits")
    >>> label_of("抽查新党员档案320册。", q, Place(0, 0, 0, 0, 7, 11, 11), None, {})
    '抽查新党员档案'
    """
    if quantity.label:
        return quantity.label[:LONGEST]
    first = place.item if FIGURE.search(text, place.clause, place.item) else place.clause
    before = _before(text[first : place.start])
    behind = _behind(text[place.end : place.right])
    if before and quantity.unit in RELATIVE:
        behind = ""
    if not before and not behind:
        before = _before(FIGURE.split(text[place.clause : place.item])[0].rstrip("、")) or _last_phrase(
            text[place.sentence : place.clause]
        )
    elif len(before + behind) < 2 and not bound:
        before = _last_phrase(text[place.sentence : first]) or before
    phrase = before + behind if len(before) < 6 or not behind else before
    if bound and (len(phrase) < 2 or bound.zone != "item" or _begins(phrase, bound)):
        title = _title(bound)
        group = next((value for value in dims.values() if value not in title), "")
        phrase = group + title
    return phrase[:LONGEST] or quantity.unit or "数量"


def _begins(phrase: str, bound: Bound) -> bool:
    """Whether the words say no more than the first half of what is counted: 实际发展 for 发展党员."""
    title = bound.indicator.title
    return (
        len(phrase) <= 2 and bound.indicator.kind == "count" and title.startswith(phrase) and title[-2:-1] not in "件人"
    )


def _title(bound: Bound) -> str:
    """The indicator's title as a noun phrase; of alternatives that end alike the first."""
    title = bound.indicator.title
    parts = title.split("、")
    if all(part[-1] in "数次率量度" for part in parts):
        title = parts[0]
    return title if title.endswith("总数") else title.removesuffix("数")


def _before(said: str) -> str:
    said = said.replace("\n", "")
    phrase = FRONT.sub("", BREAKS.sub("", said))
    phrase = BACK.sub("", FIGURE.split(phrase)[0] or phrase)
    if len(phrase) > LONGEST:
        phrase = last_words(phrase.split("的")[-1] if len(phrase.split("的")[-1]) > 3 else phrase, LONGEST)
    return _balanced(phrase.strip("（）()、 "))


def _behind(said: str) -> str:
    said = OPENING.sub("", said.replace("\n", "")[:BEHIND])
    return noun_phrase(said).strip("（）()、 ") if said else ""


def _balanced(phrase: str) -> str:
    """The phrase without a quotation mark that lost its other half."""
    return phrase if phrase.count("“") == phrase.count("”") else phrase.replace("“", "").replace("”", "")


def _last_phrase(said: str) -> str:
    phrases = [phrase for phrase in re.split(r"[，、；：。\s]", said) if phrase]
    return _before(re.sub(r"[\d*×●○.%％]+.?$", "", phrases[-1])) if phrases else ""
