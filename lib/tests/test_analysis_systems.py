"""Systems of a report: which numbers belong to which, and that every entry names what exists."""

from __future__ import annotations

import pytest
from tables import record, table

from dangjian import analysis
from dangjian.analysis.systems import System, load_systems
from dangjian.indicators import extract
from dangjian.indicators.catalogue import load_catalogue
from dangjian.indicators.dims import values
from dangjian.metrics import frame
from dangjian.reports import Report


@pytest.mark.parametrize("system", load_systems(), ids=lambda system: system.title)
def test_an_entry_names_indicators_and_dimensions_that_exist(system: System) -> None:
    assert system.indicators or system.words or system.dims
    assert set(system.indicators) <= set(load_catalogue())
    assert all(value in values(dim) for dim, value in system.dims)


def test_no_indicator_stands_in_two_systems() -> None:
    named = [name for system in load_systems() for name in system.indicators]
    assert len(named) == len(set(named))


BELONGS = [
    # a sentence, the system of its number
    ("热线受理诉求1200件。", "便民热线"),
    ("领导班子共确定任务清单84项。", "责任清单与监管平台"),
    ("“蜂巢”平台汇集骑手反映的问题35个。", "快递外卖骑手与新就业群体"),
    ("常规巡察处级单位6个。", "巡察轮次与覆盖"),
    ("整顿软弱涣散党组织7个。", "基层组织台账与达标"),
]


@pytest.mark.parametrize(("sentence", "title"), BELONGS)
def test_a_number_belongs_to_the_system_that_its_sentence_names(sentence: str, title: str) -> None:
    report = Report.from_text(f"甲区2022年工作报告\n\n{sentence}", "r")
    rows = frame(extract(report).observations, (report,))
    assert analysis.of_systems(rows, (report,))["system"].tolist() == [title]


def test_systems_stand_in_their_order_and_what_belongs_to_none_is_left_out() -> None:
    rows = table(
        record("inspection.rounds"),
        record("membership.developed"),
        record("accountability.lists"),
        record("law.disputes"),
    )
    told = analysis.of_systems(rows)
    order = [system.title for system in load_systems()]
    assert [order.index(name) for name in told["system"]] == sorted(order.index(name) for name in told["system"])
    assert set(told["indicator"]) == {"inspection.rounds", "accountability.lists", "law.disputes"}
    assert analysis.of_systems(table()).empty
