"""The shapes that a number may have in a report, each a pattern behind its first character.

Runs of digits and numerals are possessive, so that no pattern goes over the same run twice: time stays linear.
"""

from __future__ import annotations

import re

from dangjian.quantities import units
from dangjian.quantities.exclusions import CHINESE, DIGIT, SHOWN, spelled_out
from dangjian.quantities.units import GAP, PAGE

SPACE = "[ \u3000]"
D, C, SHOWN_DIGIT = f"[{DIGIT}]", f"[{CHINESE}]", f"[{SHOWN}]"
SCALE = "(?:[十百千万](?=亿)亿|[十百千](?=万)万|万(?!州|达)|亿|千(?![克瓦米伏卡]|家万)|百(?!分|货|姓|强|日)|十)"
AFTER = (
    "(?:[及或]|（含）|\\(含\\))?以[上下](?:（含）)?|以内|之内|左右|上下(?:浮动)?|前后|开外|有余|挂零|出头"
    "|余(?!名|人|个|项|热|额|粮|地|年)|多(?![0-9０-９*×一二两三四五六七八九十百]|出|个|次|名|元|种|项|人|样|方|家|年|措|维|部|地|功|媒|级|渠|层|线|党)"
    "|(?:(?<=[成半％%])|(?<=分之[一二两三四五六七八九]))[强弱](?=[，。；、）)的\n]|\\Z)"
    "|不到(?!位|达|一)|内(?!容|部|外|涵|控|设|地|心|陆|在|生|审|参|蒙)"
)
COUNTING = "".join(sorted({word[0] for word in units.measure_words(False)}))
MORE = f"余|多(?!样|措|方|维|元化|功能|媒|渠道|层次|彩)|几(?![乎何率])|来(?={GAP}[{COUNTING}百千万亿])"
START_WORDS = "数几上半某"
DIGIT_TRIGGERS = "所个年月日时号届级岁周中大次后代:：∶+＋.．、-—–－~～至到和小天hH（(A"
"""Behind a run of digits only these signs can begin what an exclusion looks for."""
HIDDEN_GO_ON = " \u3000\n,，.．/／十百千万亿余多几来及或以之左上前开有挂出内、和与至到-–—~～。；）)（(！？"
"""Behind masks only these signs, those above and those of measure words can make them more than a name's."""
FOLLOWERS = "余多分成半届月日号级岁年周点次五个项大中后来几、至到和与及—-~～"
"""Behind a Chinese numeral only these signs and those of measure words can make it more than part of a word."""


def tail(kind: str, unit: str, over: str = "") -> str:
    """Scale, 余, scale, unit and what stands behind it, in groups named after the kind.

    Args:
        over: what may stand before the unit too: the end of a page.
    """
    return (
        f"(?P<{kind}s>{GAP}{SCALE})?(?P<{kind}m>{SPACE}?(?:{MORE})|\\n[余多](?={unit}))?(?P<{kind}t>{SPACE}?{SCALE})?"
        f"(?P<{kind}u>{over}{GAP}{unit})?(?P<{kind}a>{GAP}(?:{AFTER}))?"
    )


def plain() -> str:
    """The commonest form, tried first: digits, perhaps a scale and 余, a measure word that no exclusion holds."""
    behind = "全列示述涉指字以左上及（(余多内有前之或开挂出不"
    return (
        f"(?P<F>(?P<fn>[0-9*×●□]*+(?:,[0-9*×]{{3}})*+(?:[.][0-9*×●]++)?+)(?P<fs>[万亿])?(?P<fm>[余多])?"
        f"(?P<ft>(?!))?(?P<fu>(?>{units.pattern(plain=True)}))(?![{behind}])(?P<fa>(?!))?)"
    )


def hidden() -> str:
    """Masks behind which nothing can make them a number or a date, so that they hide a name: **区."""
    follow = {measure[0] for measure in units.measure_words()} | set(spelled_out(DIGIT) + DIGIT_TRIGGERS + HIDDEN_GO_ON)
    return f"(?P<N>(?<=[*×●□])[*×●□]*+(?=[^{re.escape(''.join(sorted(follow)))}]))"


def word() -> str:
    """A Chinese numeral that begins no quantity and no rule, by the sign behind it: 一线, 三农."""
    follow = {measure[0] for measure in units.measure_words(False)} | set(FOLLOWERS) | set(spelled_out(DIGIT))
    return f"(?P<W>{C}*+(?![{re.escape(''.join(sorted(follow)))}\\n \u3000]))"


def digits() -> str:
    """A run of digits and masks: 1,286  **.*  1 2 8  2/3  and one broken by the page before its unit."""
    unit = units.pattern()
    over = f"(?:{PAGE})?+"
    behind = f"(?={over}{GAP}{SCALE}?[余多]?{GAP}{unit})"
    spaced = f"(?:{SPACE}(?:{D}(?!{D})|{D}{{3}}(?!{D}))|(?<=[^{DIGIT}.．第表图注件]{D}){SPACE}{D}{{2}}(?!{D}))"
    broken = f"(?:{SPACE}?\\n{SPACE}?|{PAGE}){D}{{1,8}}(?!{D}|[.．、])"
    parted = f"{SPACE}?[,，]{SPACE}?{D}(?:{SPACE}?\\n?{D}){{2}}(?!{D})"
    apart = f"[.．]\\n{D}{{1,2}}(?=[%％万亿])|·{SHOWN_DIGIT}{{1,2}}(?=[%％万亿])"
    decimals = f"(?:{SPACE}?[.．]{SPACE}?{D}++(?:{SPACE}{D}(?!{D}))*(?![.．]{D})|{apart})?"
    whole = f"{D}*+(?:{SPACE}?\\n?,{SPACE}?{D}{{3}}(?!{D})|，{SHOWN_DIGIT}{{3}}(?!{D})(?={GAP}[余多]?{unit}))*"
    fraction = f"{SPACE}?[/／]{SPACE}?{SHOWN_DIGIT}(?!{D}|[/／年月])"
    places = (
        f"(?:{SPACE}?[百千万亿]{SPACE}?{D}{{1,4}}(?!{D}|[.．,，]{D})(?={GAP}[百千万亿]?[余多]?{GAP}[百千万亿]?{unit}))+"
    )
    core = f"{whole}(?:{places}|(?:{spaced}|{broken}|{parted}){{1,12}}{decimals}{behind}|{fraction}|{decimals})"
    return f"(?P<D>(?P<dn>{core}){tail('d', unit, over)})"


def chinese() -> str:
    """A run of Chinese numerals: 一百二十, 三分之二, 百分之九十五, 七成八 (成 is a unit)."""
    unit = units.pattern(False)
    number = f"(?:{C}|{D})"
    percent = f"(?:(?<=[百千万])分{GAP}之{GAP}{number}++(?:[.．点]{number}++)?(?:[ \\n]{C}{{1,3}}(?![{CHINESE}、]))?)"
    fraction = f"(?:{C}?分{GAP}之{GAP}{C}{{1,3}})"
    half = "(?:(?<=一)半(?![年天月个小夜路径岛生数])|(?<=一)半数)"
    broken = f"(?:(?:{SPACE}?\\n?{SPACE}?{C}++){{1,5}}(?={GAP}[余多]?{GAP}{unit}))?"
    return f"(?P<C>(?P<cn>{percent}|{fraction}|{half}|{C}*+(?:点{C}++)?{broken}){tail('c', unit)})"


def words() -> str:
    """数百, 几十, 上千, 过半, 半数, 某名."""
    unit = units.pattern(False)
    vague = "(?<=[数几上])(?P<wv>(?:十|百|千|万|亿){1,2})(?:余|多)?"
    half = "(?<=半)(?P<wh>数(?![据字])(?:以上|以下)?|(?<=[过近超足]半)(?![年天月个小夜路径岛生导]))"
    some = f"(?<=某)(?<!某某)(?P<wx>某*+)(?=[余多]?(?:{unit})(?:[，。；、）)]|以上|左右|其中|和))"
    behind = f"(?P<wt>{SPACE}?{SCALE})?(?P<wu>{GAP}(?:{unit}))?(?P<wa>{SPACE}?(?:{AFTER}))?"
    return f"(?:(?P<V>(?:{vague}|{half}|{some}){behind}))"
