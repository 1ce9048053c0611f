"""A report says its own title and year; a file that is none says why."""

import hashlib

import pytest
from known_faults import params

from dangjian.errors import ReportError
from dangjian.reports import Report, read_report
from dangjian.reports.titles import find_title, find_year

YEARS = [
    ("衡川区2021年党建工作报告\n与2020年相比，2020年……2020年", 2021),
    ("2022年度组织工作总结\n", 2022),
    ("关于2022年整改情况的通报\n2021年巡察反馈……", 2022),
    ("岚安县委工作报告\n（2021年1月8日）\n2020年发展党员8名。2020年末……", 2020),  # the day it was given
    ("二〇二一年工作总结\n", 2021),
    ("二○二二年度统计公报\n", 2022),
    ("2 0 2 2 年工作报告\n", 2022),
    ("２０２１年工作报告\n", 2021),
    ("党建工作总结\n2022年发展党员8名。\n2022年底。\n与2021年相比。", 2022),  # the one named most often
    ("党建工作总结\n****年发展党员8名。", None),
    ("党建工作总结\n全年发展党员8名。", None),
    ("津组〔2019〕8号\n2020年工作总结\n", 2020),  # a document's number says nothing
    ("\n\n　　2023年工作总结\n", 2023),
    ("工作报告\n（2024年12月26日）\n是2022年、2022年、2023年的总和。", 2024),  # dated at its head
    ("工作报告\n（2025年1月10日）\n2024年以来。", 2024),  # early in the year it tells of the year before
    ("工作报告\n全年发展党员8名。\n2026年再发展9名，2026年办班。\n2025年12月20日", 2025),  # dated at its end
    ("关于《培训规划（2021—2025年）》实施情况的中期报告\n2022年达到38学时。\n2023年7月14日", 2023),  # a plan's years
    ("主题教育总结报告\n较2022年提高。\n二〇二四年一月八日", 2023),
    ("主题教育总结报告\n较2022年提高。\n二〇二三年十二月二十八日", 2023),
    ("", None),
]


@pytest.mark.parametrize(("text", "year"), params(YEARS))
def test_find_year(text, year):
    assert find_year(text) == year


TITLES = [
    # a document's first lines, its title, its year
    (
        "内部资料　注意保存\n中共泉沅县委组织部\n关于2022年度党建工作\n情况的报告\n二〇二三年一月\n一、队伍",
        "中共泉沅县委组织部关于2022年度党建工作情况的报告",
        2022,
    ),
    ("机密★1年\n特急\n泉沅县委文件\n泉发〔2023〕3号\n2022年工作总结\n各镇：\n", "2022年工作总结", 2022),
    ("组工信息\n第12期\n2021年党建工作小结\n全年……", "2021年党建工作小结", 2021),
    ("泉沅县2020年工作回顾\n一年来，形成总结\n", "泉沅县2020年工作回顾", 2020),  # no line calls itself a report
    ("工作报告\n2021年1月8日\n2020年发展党员8名。2020年末", "工作报告", 2020),  # the day it was given
    ("附件1\n2022年党员发展情况统计表\n单位：名\n", "2022年党员发展情况统计表", 2022),
    ("（虚构示例）\n", "（虚构示例）", None),
]


@pytest.mark.parametrize(("text", "title", "year"), params(TITLES))
def test_find_title(text, title, year):
    assert (find_title(text), find_year(text)) == (title, year)


def test_a_text_at_hand_is_a_report():
    report = Report.from_text("\n  # 衡川区2021年工作总结\n\n全年发展党员12名。", "heng")
    assert (report.report_id, report.title, report.year, report.source) == ("heng", "衡川区2021年工作总结", 2021, "")
    assert report.kind == "工作总结"


def test_what_is_known_beforehand_outranks_what_is_read():
    report = Report.from_text("2021年工作总结\n", year=2019, district="甲区", title="总结")
    assert (report.year, report.district, report.title) == (2019, "甲区", "总结")


def test_sections_and_hash_are_of_the_text():
    report = Report.from_text("甲区总结\n一、队伍\n全年发展党员12名。\n")
    assert [section.title for section in report.sections] == ["一、队伍"]
    assert report.outline.above(len(report.text) - 2) == ("一、队伍",)
    assert report.sha256 == hashlib.sha256(report.text.encode()).hexdigest()


def test_a_lone_surrogate_has_a_hash_too():
    assert len(Report.from_text("党\ud800员").sha256) == 64


def test_read_report_counts_the_file_s_own_characters(tmp_path):
    file = tmp_path / "heng-2021.txt"
    file.write_bytes("\ufeff2021年总结\r\n发展党员12名。\r\n".encode())
    report = read_report(file)
    assert report.text == "2021年总结\n发展党员12名。\n"  # no byte order mark, a line end is one character
    assert (report.report_id, report.source, report.encoding, report.year) == (
        "heng-2021", "heng-2021.txt", "utf-8", 2021,
    )  # fmt: skip


def test_read_report_takes_what_the_manifest_knows(tmp_path):
    (tmp_path / "a.md").write_text("总结\n发展党员12名。", encoding="utf-8")
    report = read_report(tmp_path / "a.md", report_id="heng-2020", year=2020, invented=True)
    assert (report.report_id, report.year, report.invented) == ("heng-2020", 2020, True)


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"%PDF-1.4", "PDF"), (b"a\x00b", "binary")])
def test_a_file_that_is_no_report_says_why(tmp_path, content, said):
    (tmp_path / "r.txt").write_bytes(content)
    with pytest.raises(ReportError, match=said) as caught:
        read_report(tmp_path / "r.txt")
    assert "r.txt" in str(caught.value) and caught.value.reason


def test_a_missing_file_and_a_folder_say_so(tmp_path):
    with pytest.raises(ReportError, match="no such file"):
        read_report(tmp_path / "none.txt")
    with pytest.raises(ReportError, match="folder"):
        read_report(tmp_path)
