"""One number in every written form: fractions, tenths, scales, vague words."""

import pytest
from known_faults import params

from dangjian.quantities.scan import scan

FORMS = [
    # written after 结果是, lower, upper, unit, modality
    ("百分之九十五", 95, 95, "%", "exact"),
    ("百分之九十八点六", 98.6, 98.6, "%", "exact"),
    ("百分之95", 95, 95, "%", "exact"),
    ("百分之百", 100, 100, "%", "exact"),
    ("百分之三十以上", 30, 100, "%", "at_least"),
    ("千分之三", 0.3, 0.3, "%", "exact"),
    ("3‰", 0.3, 0.3, "%", "exact"),
    ("万分之五", 0.05, 0.05, "%", "exact"),
    ("三分之一", 33.33, 33.33, "%", "exact"),
    ("三分之二", 66.67, 66.67, "%", "exact"),
    ("三分之二以上", 66.67, 100, "%", "at_least"),
    ("五分之四", 80, 80, "%", "exact"),
    ("十分之一", 10, 10, "%", "exact"),
    ("2/3", 66.67, 66.67, "%", "exact"),
    ("九成", 90, 90, "%", "exact"),
    ("9成", 90, 90, "%", "exact"),
    ("八成五", 85, 85, "%", "exact"),
    ("八成半", 85, 85, "%", "exact"),
    ("九成以上", 90, 100, "%", "at_least"),
    ("近九成", 81, 90, "%", "nearly"),
    ("超九成", 90, 100, "%", "at_least"),
    ("七成多", 70, 80, "%", "more"),
    ("一半", 50, 50, "%", "exact"),
    ("半数", 50, 50, "%", "exact"),
    ("半数以上", 50, 100, "%", "at_least"),
    ("过半", 50, 100, "%", "at_least"),
    ("过半数", 50, 100, "%", "at_least"),
    ("近半", 45, 50, "%", "nearly"),
    ("一半以上", 50, 100, "%", "at_least"),
    ("数十人", 20, 99, "人", "about"),
    ("数百人", 200, 999, "人", "about"),
    ("数千名", 2000, 9999, "名", "about"),
    ("数万人次", 20000, 99999, "人次", "about"),
    ("几十个", 20, 99, "个", "about"),
    ("几百万元", 2e6, 9999999, "元", "about"),
    ("上百场", 100, 999, "场", "about"),
    ("上千件", 1000, 9999, "件", "about"),
    ("上万户", 10000, 99999, "户", "about"),
    ("上亿元", 1e8, 999999999, "元", "about"),
    ("十来个", 9, 11, "个", "about"),
    ("九成\n五", 95, 95, "%", "exact"),
    ("一成不到", 0, 10, "%", "at_most"),
    ("十几处", 11, 19, "处", "about"),
    ("二十几户", 21, 29, "户", "about"),
    ("十几个", 11, 19, "个", "about"),
    ("十余个", 10, 19, "个", "more"),
    ("十多个", 10, 19, "个", "more"),
    ("二十余个", 20, 29, "个", "more"),
    ("百余场", 100, 199, "场", "more"),
    ("百余名", 100, 199, "名", "more"),
    ("千余件", 1000, 1999, "件", "more"),
    ("万余人", 10000, 19999, "人", "more"),
    ("近千件", 900, 1000, "件", "nearly"),
    ("近百场次", 90, 100, "场次", "nearly"),
    ("近两百场", 180, 200, "场", "nearly"),
    ("1200余件", 1200, 1299, "件", "more"),
    ("1,250余件", 1250, 1259, "件", "more"),
    ("3万余人次", 30000, 39999, "人次", "more"),
    ("3.6万余人次", 36000, 36999, "人次", "more"),
    ("3.60万余人次", 36000, 36999, "人次", "more"),
    ("12万多册", 120000, 129999, "册", "more"),
    ("5亿余元", 5e8, 599999999, "元", "more"),
    ("1.5亿", 1.5e8, 1.5e8, "", "exact"),
    ("6千余户", 6000, 6999, "户", "more"),
    ("2百余户", 200, 299, "户", "more"),
    ("*百余户", 100, 999, "户", "more"),
    ("50*余件", 500, 599, "件", "more"),  # 500 may be what is hidden
    ("*千*百户", 1100, 9900, "户", "exact"),
    ("*.*万人", 10000, 99000, "人", "exact"),
    ("*.*万余人", 10000, 99999, "人", "more"),
    ("***万余元", 1e6, 9999999, "元", "more"),
    ("8千万元", 8e7, 8e7, "元", "exact"),
    ("3百万元", 3e6, 3e6, "元", "exact"),
    ("1.2万亿元", 1.2e12, 1.2e12, "元", "exact"),
    ("三千万元", 3e7, 3e7, "元", "exact"),
    ("两个半月", 2.5, 2.5, "月", "exact"),
    ("1个多月", 1, 2, "月", "more"),
    ("5个多小时", 5, 6, "小时", "more"),
    ("3.5倍", 3.5, 3.5, "倍", "exact"),
    ("两倍", 2, 2, "倍", "exact"),
    ("2倍多", 2, 3, "倍", "more"),
    ("32个学时", 32, 32, "学时", "exact"),
    ("32学时", 32, 32, "学时", "exact"),
    ("2.5个百分点", 2.5, 2.5, "百分点", "exact"),
    ("0名", 0, 0, "名", "exact"),
    ("零起", 0, 0, "起", "exact"),
]


@pytest.mark.parametrize(("written", "lower", "upper", "unit", "modality"), params(FORMS))
def test_a_written_form(written, lower, upper, unit, modality):
    found = scan(f"最后的结果是{written}，另行说明。", mask="digits").quantities
    # 多 and 余 may stop anywhere short of the next whole one
    slack = 0.05 if modality == "more" and unit in ("%", "倍", "月", "小时") else 1e-5 * lower
    assert [(q.text, q.unit, q.modality) for q in found] == [(written, unit, modality)]
    assert found[0].bounds.lower == pytest.approx(lower)
    assert found[0].bounds.upper == pytest.approx(upper, abs=slack)


UNREAD = ["结果是1.2.3.4个。", "结果是9999999999999999999999999个。"]


@pytest.mark.parametrize("text", params(UNREAD))
def test_what_cannot_be_read_is_logged_with_its_offsets(text):
    found = scan(text)
    assert found.quantities == ()
    assert found.unread or found.left_out
    assert all(0 <= left.start < left.end <= len(text) for left in (*found.unread, *found.left_out))


@pytest.mark.parametrize("written", ["发展党员某名，", "处理线索某件。", "某某区某某局"])
def test_some_standing_for_a_number_is_hidden(written):
    assert all(q.masked and q.bounds.lower >= 0 for q in scan(written).quantities)


def test_some_before_a_unit_is_a_hidden_number():
    (found,) = scan("全年发展党员某名，其余略。").quantities
    assert (found.text, found.unit, found.masked) == ("某名", "名", True)
