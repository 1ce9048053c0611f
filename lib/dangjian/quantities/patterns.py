"""The one pattern of the scan: every number with its scale, modifiers and unit, and every exclusion.

It begins with a set of characters, so that the scan runs over plain text at full speed; what follows
is chosen by the class of that first character. Every run of numerals is matched once, whole, and no part
of the pattern can go over the same run twice, so its time is linear in the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dangjian.quantities import units
from dangjian.quantities.exclusions import CHINESE, DIGIT, SHOWN, exclusions, spelled_out
from dangjian.quantities.units import GAP

SPACE = "[ \u3000]"
SCALE = "(?:[十百千万](?=亿)亿|[十百千](?=万)万|万(?!州|达)|亿|千(?![克瓦米伏卡]|家万)|百(?!分|货|姓|强|日)|十)"
AFTER = (
    "(?:[及或]|（含）|\\(含\\))?以[上下](?:（含）)?|以内|之内|左右|上下(?:浮动)?|前后|开外|有余|挂零|出头|余(?!名|人|个|项|热|额|粮|地|年)"
    "|多(?!出|个|次|名|元|种|项|人|样|方|家|年|措|维|部|地|功|媒|级|渠|层|线|党)|内(?!容|部|外|涵|控|设|地|心|陆|在|生|审|参|蒙)"
)
SHOWN_DIGIT = f"[{SHOWN}]"
D = f"[{DIGIT}]"
C = f"[{CHINESE}]"
START_WORDS = "数几上半某"
DIGIT_TRIGGERS = "年月日时号届级岁周中大次后代:：∶+＋.．、-—–－~～至到和小天hH（(A"
FOLLOWERS = "余多分成半届月日号级岁年周点次五个项大中后来几、至到和与及—-~～"


class Pattern(NamedTuple):
    """The compiled scan and what its groups mean.

    ``rules``: the exclusion that a group belongs to; ``digits``, ``chinese``: numbers of the groups
    core, scale, more, scale again, unit, after.
    """

    scan: re.Pattern[str]
    rules: dict[str, str]
    digits: tuple[int, ...]
    chinese: tuple[int, ...]
    plain: tuple[int, ...]


@cache
def pattern() -> Pattern:
    """The pattern, built once from the units and the exclusions."""
    starts: dict[str, list[int]] = {}
    for index, rule in enumerate(exclusions()):
        for sign in rule.at:
            starts.setdefault(sign, []).append(index)
    for sign in DIGIT + CHINESE + START_WORDS + "０１２３４５６７８９":
        starts.setdefault(sign, [])
    for sign in "-":  # the ranges in DIGIT are not characters of their own
        if sign not in "".join(rule.at for rule in exclusions()):
            starts.pop(sign, None)
    every_digit = set(_spelled(DIGIT))
    for sign in every_digit:
        starts.setdefault(sign, [])
    classes: dict[tuple[tuple[int, ...], str], str] = {}
    for sign, indexes in starts.items():
        kind = "D" if sign in every_digit else "C" if sign in CHINESE else "W" if sign in START_WORDS else ""
        key = tuple(sorted(set(indexes))), kind
        classes[key] = classes.get(key, "") + sign
    rules: dict[str, str] = {}
    branches: dict[str, list[str]] = {"D": [], "C": [], "W": [], "": []}
    for number, ((indexes, kind), signs) in enumerate(classes.items()):
        options = []
        for index in indexes:
            name = f"x{number}_{index}"
            rules[name] = exclusions()[index].name
            options.append(f"(?P<{name}>{exclusions()[index].then})")
        if options:
            branches[kind].append(f"(?<=[{re.escape(signs)}])(?:{'|'.join(options)})")
    digit_set, chinese_set = re.escape("".join(sorted(every_digit))), CHINESE
    parts = [
        f"(?<=[{digit_set}])(?:{'|'.join([_plain(), _guarded(branches['D'], digit_set), _digits()])})",
        f"(?<=[{chinese_set}])(?:{'|'.join([_word(), *branches['C'], _chinese()])})",
        f"(?<=[{START_WORDS}])(?:{'|'.join([*branches['W'], _words()])})",
        *branches[""],
    ]
    first = re.escape("".join(sorted(starts)))
    scan = re.compile(f"[{first}](?:{'|'.join(parts)})")
    groups = scan.groupindex
    return Pattern(
        scan,
        rules,
        tuple(groups[name] for name in ("dn", "ds", "dm", "dt", "du", "da")),
        tuple(groups[name] for name in ("cn", "cs", "cm", "ct", "cu", "ca")),
        tuple(groups[name] for name in ("fn", "fs", "fm", "ft", "fu", "fa")),
    )


def _spelled(signs: str) -> str:
    return spelled_out(signs)


def _tail(kind: str, unit: str) -> str:
    """Scale, 余, scale, unit and what stands behind it."""
    return (
        f"(?P<{kind}s>{GAP}{SCALE})?"
        f"(?P<{kind}m>{SPACE}?(?:余|多(?!样|措|方|维|元化|功能|媒|渠道|层次|彩)|几(?=[十百千万亿个名人位家项次场])|来(?={GAP}[个名人位家户场次件岁天年项条种篇份期批年万公元]))"
        f")?(?P<{kind}t>{SPACE}?{SCALE})?"
        f"(?P<{kind}u>{GAP}{unit})?"
        f"(?P<{kind}a>{GAP}(?:{AFTER}))?"
    )


def _plain() -> str:
    """The commonest form, tried first: digits, perhaps a scale and 余, a measure word that no exclusion holds."""
    behind = "以左上及（(余多内有前之或开挂出"
    return (
        f"(?P<F>(?P<fn>[0-9*×●□]*+(?:,[0-9*×]{{3}})*+(?:[.][0-9*×●]++)?+)(?P<fs>[万亿])?(?P<fm>[余多])?(?P<ft>(?!))?"
        f"(?P<fu>(?>{units.pattern(plain=True)}))(?![{behind}])(?P<fa>(?!))?)"
    )


def _guarded(branches: list[str], digits: str) -> str:
    """The exclusions of a run of digits, tried only where a sign of one of them follows the run."""
    triggers = re.escape(DIGIT_TRIGGERS)
    return f"(?=(?:[ ]?[{digits}])*+{GAP}[{triggers}])(?:{'|'.join(branches)})"


def _word() -> str:
    """A Chinese numeral that begins no quantity and no rule, by the sign behind it: 一线, 十分, 三农."""
    follow = {word[0] for word in units.measure_words(False)} | set(FOLLOWERS) | {"\n", " ", "\u3000"} | set(_spelled(DIGIT))
    return f"(?P<W>{C}*+(?![{re.escape(''.join(sorted(follow)))}]))"


def _digits() -> str:
    """A run of digits and masks: 1,286  **.*  1 2 8  and one broken by the page before its unit."""
    unit = units.pattern()
    behind = f"(?={GAP}{SCALE}?[余多]?{GAP}{unit})"
    again = f"(?:{SPACE}(?:{D}(?!{D})|{D}{{3}}(?!{D}))|{SPACE}?\\n{SPACE}?{D}{{1,8}}(?!{D}|[.．、])|{SPACE}?[,，]{SPACE}?{D}(?:{SPACE}?\\n?{D}){{2}}(?!{D}))"
    decimals = f"(?:{SPACE}?[.．]{SPACE}?{D}++(?:{SPACE}{D}(?!{D}))*(?![.．]{D}))?"
    plain = f"{D}*+(?:{SPACE}?,{SPACE}?{D}{{3}}(?!{D})|，{SHOWN_DIGIT}{{3}}(?!{D})(?={GAP}[余多]?{unit}))*"
    fraction = f"{SPACE}?[/／]{SPACE}?{SHOWN_DIGIT}(?!{D}|[/／年月])"
    core = f"{plain}(?:{again}{{1,12}}{decimals}{behind}|{fraction}|{decimals})"
    return f"(?P<D>(?P<dn>{core}){_tail('d', unit)})"


def _chinese() -> str:
    """A run of Chinese numerals: 一百二十, 三分之二, 百分之九十五, 七成八 (成 is a unit)."""
    unit = units.pattern(False)
    number = f"(?:{C}|{D})"
    percent = f"(?:(?<=[百千万])分{GAP}之{GAP}{number}++(?:[.．点]{number}++)?(?:[ \\n]{C}{{1,3}}(?![{CHINESE}、]))?)"
    fraction = f"(?:{C}?分{GAP}之{C}{{1,3}})"
    half = "(?:(?<=一)半(?![年天月个小夜路径岛生数])|(?<=一)半数)"
    run = f"{C}*+(?:点{C}++)?(?:(?:{SPACE}?\\n?{SPACE}?{C}++){{1,5}}(?={GAP}[余多]?{GAP}{unit}))?"
    return f"(?P<C>(?P<cn>{percent}|{fraction}|{half}|{run}){_tail('c', unit)})"


def _words() -> str:
    """数百, 几十, 上千, 过半, 半数, 某名."""
    unit = units.pattern(False)
    vague = "(?<=[数几上])(?P<wv>(?:十|百|千|万|亿){1,2})(?:余|多)?"
    half = "(?<=半)(?P<wh>数(?![据字])(?:以上|以下)?|(?<=[过近超足]半)(?![年天月个小夜路径岛生导]))"
    some = f"(?<=某)(?P<wx>某*)(?=[余多]?(?:{unit})(?:[，。；、）)]|以上|左右|其中|和))"
    return f"(?:(?P<V>(?:{vague}|{half}|{some})(?P<wt>{SPACE}?{SCALE})?(?P<wu>{GAP}(?:{unit}))?(?P<wa>{SPACE}?(?:{AFTER}))?))"
