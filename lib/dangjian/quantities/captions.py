"""What a table's caption, header and first cells say of its figures: their unit, their year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dangjian.quantities import units

YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
YEAR_COLUMN = re.compile(r"[\u4e00-\u9fff]{0,4}年[份度]?|时间|年[份度]/[\u4e00-\u9fff]{1,4}")
"""Its cells say which year each row speaks of."""
YEAR_CELL = re.compile(r"((?:19|20)\d\d)\s*(?:年度?)?")
FIRST_COLUMNS = 3
"""Among so many columns the years of the rows are looked for."""
MANY = 16
"""No caption names more units."""
WORDS_OF_UNITS = (
    (re.compile(r"率|占比|比[例重]|百分比|幅"), frozenset("%")),
    (
        re.compile(r"[经党会]费|资金|金额|费用|款|收入|支出|投入|投资|产值|[预决]算|营收|利润"),
        frozenset(("元", "美元")),
    ),
    (re.compile(r"人次"), frozenset(("人次",))),
    (re.compile(r"支部|党组织|党委|总支|问题|个数"), frozenset("个")),
    (re.compile(r"人数|人员|党员|干部|职工|学员|名额|申请人|积极分子|发展对象"), frozenset("名人")),
    (re.compile(r"户"), frozenset("户")),
    (re.compile(r"期|班"), frozenset("期")),
    (re.compile(r"次数|场"), frozenset(("次", "场", "场次"))),
    (re.compile(r"制度|措施|任务|事项"), frozenset("项条")),
)
"""Words of a column or a row, and the unit that they take of a caption that names several: 单位：万元、名."""


def unit_of_caption(written: str, header: str, label: str) -> str:
    """The unit that a caption gives a cell; of several the one that its column's or its row's words ask for.

    >>> unit_of_caption("万元、名", "经费", "培训"), unit_of_caption("万元、名", "人数", "培训")
    ('万元', '名')
    """
    offered = _units(written)
    if len(offered) < 2:
        return written
    for words in (header, label):
        for pattern, kinds in WORDS_OF_UNITS:
            chosen = next((unit for unit in offered if fold(unit)[1] in kinds), None)
            if chosen and pattern.search(words):
                return chosen
    return ""


@cache
def _units(written: str) -> tuple[str, ...]:
    """The units that a caption names, none where one of them is no measure word."""
    offered = tuple(unit for unit in re.split("[、，,]", written, maxsplit=MANY) if unit)
    return offered if all(is_unit(fold(unit)[1]) for unit in offered) else ()


def year_of_row(cells: Sequence[str], headers: Sequence[str]) -> tuple[int, int] | None:
    """The year that a row speaks of and its column: a column of years has it, or the row begins with it.

    >>> year_of_row(["2021", "98"], ["年份", "发展党员（名）"]), year_of_row(["2021", "98"], ["编号", "名"])
    ((2021, 0), None)
    """
    for at, cell in enumerate(cells[:FIRST_COLUMNS]):
        found = YEAR_CELL.fullmatch(cell)
        if found and at < len(headers) and not YEAR.search(headers[at]):
            headed = YEAR_COLUMN.fullmatch("".join(headers[at].split()))
            if headed or (at == 0 and "年" in cell):
                return int(found[1]), at
    return None


def is_unit(written: str) -> bool:
    """Whether a measure word is written."""
    return units.unit_of(written) in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(units.unit_of(word) for word in units.measure_words())


def fold(written: str) -> tuple[int, str]:
    """The scale and the unit: 万元 is 元 ten thousand times; the sign of ±% says that it is a change."""
    written = written.lstrip("±+-")
    match = re.match(r"^([十百千万亿]{1,2})(?=[元人名户吨亩平册份次公])(.+)$", written)
    if match:
        return units.SCALES.get(match[1], 1), units.unit_of(match[2])
    return 1, units.unit_of(written) if written else ""
