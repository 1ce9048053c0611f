"""Word boundaries for the few characters around a quantity: jieba's dictionary and the project's own terms.

rjieba gives jieba's cuts at a fraction of its time and writes no cache file.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dangjian.indicators import dims

if TYPE_CHECKING:
    from rjieba import Jieba

NOUNS = ("n", "vn", "an", "a", "b", "j", "l", "i", "s", "f", "t", "nz", "eng", "k", "h", "ng", "tg")
"""Tags of the words that a noun phrase may hold."""
FREQUENT = 100_000
"""High enough that a term of the project is never cut apart."""
TERMS = (
    "党组织", "党支部", "党建", "积极分子", "发展对象", "轮训率", "参训率", "整改率", "办结率", "满意率", "覆盖率",
    "主体班次", "中心组", "督办单", "提示函", "建议书", "公众号", "志愿者", "外卖员", "快递员", "网格员", "宣讲团",
    "民情", "党课", "主题党日", "软弱涣散", "第一书记", "联系点", "先进集体", "点位", "电子显示屏", "专题专栏",
)  # fmt: skip


@cache
def _segmenter() -> Jieba:
    from rjieba import Jieba

    segmenter = Jieba()
    for term in (*TERMS, *(form for form in dims.all_forms() if form.isalpha() and len(form) > 2)):
        segmenter.add_word(term, FREQUENT, "n")
    return segmenter


def noun_phrase(text: str) -> str:
    """The noun phrase that a text begins with, "" where it begins with another word.

    >>> noun_phrase("电子显示屏循环播放标语")
    '电子显示屏'
    """
    phrase = ""
    for word, tag in _segmenter().tag(text):
        if tag not in NOUNS and not tag.startswith("n"):
            break
        phrase += word
    return phrase


def last_words(text: str, longest: int) -> str:
    """The end of a text, at most ``longest`` characters, never beginning inside a word.

    >>> last_words("邀请知名高校院所专家教授", 8)
    '院所专家教授'
    """
    words = _segmenter().cut(text)
    kept = words[-1:]
    for word in reversed(words[:-1]):
        if sum(map(len, kept)) + len(word) > longest:
            break
        kept.insert(0, word)
    return "".join(kept)[-longest:]
