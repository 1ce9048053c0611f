"""The year a quantity speaks of, and whether it is done or only planned; every sentence in a report of 2022."""

import pytest
from known_faults import params

from dangjian.quantities.periods import find_period, planned_by
from dangjian.quantities.scan import scan

PERIODS = [
    # the sentence, the year of each of its quantities
    ("发展党员128名。", [2022]),
    ("2022年发展党员128名。", [2022]),
    ("2021年发展党员120名。", [2021]),
    ("去年发展党员120名。", [2021]),
    ("上年发展党员120名。", [2021]),
    ("上年度发展党员120名。", [2021]),
    ("前年发展党员110名。", [2020]),
    ("今年以来发展党员128名。", [2022]),
    ("截至2022年底，共有党员18398名。", [2022]),
    ("截至2021年12月31日，共有党员18101名。", [2021]),
    ("2023年计划发展党员130名。", [2023]),
    ("明年拟发展党员130名。", [2023]),
    ("2021年发展120名，2022年发展128名。", [2021, 2022]),
    ("去年发展120名，今年发展128名。", [2021, 2022]),
    ("发展党员128名，比去年增加8名。", [2022, 2022]),
    ("发展党员128名，较2021年增长6.7%。", [2022, 2022]),
    ("与2021年相比增长6.7%。", [2022]),
    ("同比增长6.7%。", [2022]),
    ("由上年的82%提升至96%。", [2021, 2022]),
    ("由82%提升至96%。", [None, 2022]),  # from and to: the first has no year of its own
    ("从17个增至25个。", [None, 2022]),
    ("从一千一百人壮大到两千三百人。", [None, 2022]),
    ("由2020年的82%提高到96%。", [2020, 2022]),
    ("2018年至2022年累计发展党员600名。", [None]),
    ("2018—2022年累计发展党员600名。", [None]),
    ("近三年累计发展党员400名。", [None]),
    ("五年来累计发展党员600名。", [None]),
    ("“十三五”期间发展党员600名。", [None]),
    ("2021年发展党员120名。举办培训9期。", [2021, 2022]),  # a new sentence, the report's own year
]

TARGETS = [
    # the sentence, for each of its quantities whether it is planned or required
    ("发展党员128名。", [False]),
    ("计划发展党员130名。", [True]),
    ("拟发展党员130名。", [True]),
    ("力争发展党员130名。", [True]),
    ("力争参训率达到95%以上。", [True]),
    ("争取培训覆盖率达到100%。", [True]),
    ("目标是参训率不低于95%。", [True]),
    ("年度任务为130名。", [True]),
    ("全年下达发展指标130名。", [True]),
    ("预计全年发展党员130名。", [True]),
    ("要求人均学习不少于32学时。", [True]),
    ("落实不少于32学时任务要求。", [True]),
    ("完成32学时以上的目标。", [True]),
    ("2023年发展党员130名。", [True]),  # a year ahead of the report's own
    ("计划完成率为99.5%。", [False]),
    ("完成计划的99.5%。", [False]),
    ("计划发展130名，实际发展128名。", [True, False]),
    ("年初计划举办9期，已举办8期。", [True, False]),
    ("目标任务完成率98%。", [False]),
    ("任务按时完成率98%。", [False]),
    ("整改任务42项。", [False]),
    ("超额完成全年计划，发展党员131名。", [False]),
    ("规定的56学时全部修满。", [True]),
    ("比计划多出5名。", [False]),
    ("下一步，确保参训率达到100%。", [True]),
    ("已完成80%，预计年底完成95%。", [False, True]),
    ("完成率达95%，超目标5个百分点。", [False, False]),
]


HEADED = [
    # the heading above, the year it announces, whether what stands below is planned
    ("五、2023年打算", 2023, True),
    ("四、明年工作思路", 2023, True),
    ("三、下一步重点任务", None, True),
    ("二、2022年主要工作", None, False),
    ("四、存在问题和下一步打算", None, False),
]
PAIRED = [
    # years and numbers that 分别 pairs
    ("2020年、2021年、2022年分别发展党员182名、195名、203名。", [2020, 2021, 2022]),
    ("2021年和2022年依次办班3期和5期。", [2021, 2022]),
    ("2020—2022年，申请人分别为310名、325名、341名。", [2020, 2021, 2022]),
]


@pytest.mark.parametrize(("text", "years"), params([*PERIODS, *PAIRED]))
def test_period(text, years):
    assert [found.period for found in scan(text, year=2022).quantities] == years


@pytest.mark.parametrize(("text", "planned"), params(TARGETS))
def test_target(text, planned):
    assert [found.target for found in scan(text, year=2022).quantities] == planned


@pytest.mark.parametrize(
    ("text", "year"), [("去年发展120名。", None), ("发展120名。", None), ("2021年发展120名。", 2021)]
)
def test_a_report_without_a_year(text, year):
    assert [found.period for found in scan(text, year=None).quantities] == [year]


def test_find_period_names_the_words_that_say_so():
    assert find_period("2021年发展党员", 2022) == (2021, "2021年")
    assert find_period("发展党员", 2022) == (2022, "")


@pytest.mark.parametrize(("heading", "year", "planned"), HEADED)
def test_a_heading_announces_what_is_planned(heading, year, planned):
    assert planned_by([heading], 2022) == (year, planned)
