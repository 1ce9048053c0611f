"""Changes told apart from levels: 增长5% is a change, 提高到95% is where things stand (``changes.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from dangjian.quantities.clauses import begins, last_match

_POINTS = {"百分点", "基点"}
_RATIOS = {"%", "倍"} | _POINTS
HINT = re.compile(r"[增升提净涨攀递扩跃降减压缩回下精少多高低短削砍蹿窜翻快慢优同+＋\-－−]")
"""A clause without one of these signs says nothing of a change; a cheap first look."""
MINUS = "-－−﹣"
"""Behind a word of growth: 增长-3.2% is a fall."""
DIRECT = r"(?:了|率|幅度|约|近|将近|超过|超|达到|达|为|分别|各|逾|突破|不少于|不低于|至少|均|已|又|依次|：|:|\s)*"
THEN = re.compile(
    r"[比较同](?:[^，。；]{0,3})?(?:上|去|前|往|同期|年初|年末|年底|月|期|\d{4}年|\d{1,2}月|[*×●○□]{4}年|原|以往|测评|之前|建|启动|刚)"
)
"""A comparison with another time, not with another place."""
LEVEL = re.compile(r"(?:了)?(?:到|至|为|成|达)|(?<=爬)到")
BLOCK = re.compile(r"开展|举办|组织|培训|召开|完成|建成|建立|打造|制定|发展党员|达|为|是|共|[0-9*×、和]")


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("changes.toml").read_text(encoding="utf-8"))


def _all(kind: str) -> dict[str, str]:
    return {word: direction for direction, kinds in _words().items() for word in kinds[kind]}


VERB, NOUN, OBJECT, AFTER, COMPARED = (_all(kind) for kind in ("verb", "noun", "object", "after", "compared"))


def _any(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WORD = re.compile(rf"{begins((*NOUN, *VERB))}(?:(?P<noun>{_any(NOUN)})|(?P<verb>(?<![新])(?:{_any(VERB)})))")
_DIRECT = re.compile(DIRECT + "$")
_OBJECT = re.compile(rf"{begins(OBJECT)}(?P<word>{_any(OBJECT)})(?P<what>[^，。；]{{1,9}})$")
_COMPARED = re.compile(
    rf"(?:比|较|同比|环比)(?P<base>[^，。；]{{0,16}}?)(?P<word>{_any(COMPARED)})(?:[^，。；、\\d*]{{0,4}}|{DIRECT})$"
)
_THAN = re.compile(
    r"(?P<word>[快高多好优低少慢])于(?:上年|去年|前年|往年|上一?年度?|\d{4}年)?(?:同期)?(?:水平)?(?<!于)(?:约|近)?$"
)
_RELATIVE = re.compile(r"(?:同比|环比)\s*(?P<sign>[+＋\-－−]?)$")
_AFTER = re.compile(rf"的?(?P<word>{_any(AFTER)})")
_OF = re.compile(rf"的(?P<word>{_any(AFTER)})")


_BETTERED = re.compile("(?:改造|整治|巩固|优化|改建|扩建|更新|规范|亮化|品质|功能|环境|改善)(?:提升|提高)$")


def find_change(left: str, right: str, unit: str) -> tuple[str, str] | None:
    """Direction of a change, and the words that say it, or None for a level.

    Args:
        left: the clause up to the number, without the modifiers that touch it.
        right: what follows the number and its unit.
        unit: the number's unit.
    """
    if not HINT.search(left):
        after = _OF.match(right) if right[:1] == "的" else None
        return (AFTER[after["word"]], after["word"]) if after else None
    signed = _RELATIVE.search(left)
    if left[-1] in MINUS and len(left) > 1 and unit in _RATIOS:
        grown = find_change(left[:-1], right, unit)
        if grown and left[-2] not in "%％":
            return "decrease", f"{grown[1]}{left[-1]}"
    if signed and signed["sign"]:
        return ("increase" if signed["sign"] in "+＋" else "decrease"), signed.group()
    last = last_match(_WORD, left)
    if last is not None:
        gap = left[last.end() :]
        word = last.group()
        if last.lastgroup == "noun":
            if _DIRECT.match(gap):
                return NOUN[word], word
        elif LEVEL.match(gap):
            return None if not gap.startswith("达") or unit not in _RATIOS else (VERB[word], word)
        elif unit not in _RATIOS and _BETTERED.search(left, 0, last.end()):
            pass  # 改造提升15个: so many are made better
        elif _DIRECT.match(gap) or (unit in _POINTS and len(gap) <= 16):
            return VERB[word], word
    compared = _COMPARED.search(left)
    if compared and (THEN.search(compared.group()) or left[compared.start()] in "同环"):
        return COMPARED[compared["word"]], compared.group()
    than = _THAN.search(left)
    if than:
        return ("decrease" if than["word"] in "低少慢" else "increase"), than.group()
    with_object = _OBJECT.search(left)
    if (
        with_object
        and (with_object["word"].startswith("净") or not BLOCK.search(with_object["what"]))
        and _may_be_less(with_object, unit)
    ):
        return OBJECT[with_object["word"]], with_object["word"]
    after = _OF.match(right)
    return (AFTER[after["word"]], after["word"]) if after else None


def _may_be_less(found: re.Match[str], unit: str) -> bool:
    """精简文件15% lessens the papers; 提升合格率98% states a level, and 提高能力12期 counts sessions."""
    if unit == "%":
        return OBJECT[found["word"]] == "decrease" and not re.search(r"[率占比]", found["what"])
    return found["word"] not in ("提高", "提升") or unit in _RATIOS
