"""Documents as offices make them: what is read is what a person would copy out, word for word."""

from __future__ import annotations

import papers
import pytest

from dangjian.indicators import extract
from dangjian.reports import Report, read_report


def read(tmp_path, name: str, data: bytes) -> Report:
    path = tmp_path / name
    path.write_bytes(data)
    return read_report(path)


@pytest.mark.parametrize("page", [papers.government_page, papers.old_page])
def test_a_page_gives_its_title_and_its_article_alone(page, tmp_path):
    report = read(tmp_path, "a.html", page())
    assert report.text == f"{papers.TITLE}\n{papers.ARTICLE_TEXT}\n"
    assert (report.title, report.year) == (papers.TITLE, 2022)


def test_a_page_that_word_saved(tmp_path):
    report = read(tmp_path, "a.htm", papers.word_page())
    assert report.text == f"{papers.TITLE}\n一、 党员队伍\n2022年发展党员128名， 其中女性51名。\n"
    assert report.footnotes == ("[1] 另有66名未计入。",)


def test_a_printed_report(tmp_path):
    report = read(tmp_path, "a.pdf", papers.county_pdf())
    tables = ["\t".join(row) for row in papers.ROWS], ["\t".join(row) for row in papers.COURSES]
    assert report.text.split("\n") == [
        "泉沅县2022年度党建工作", "情况报告", "2023年1月8日", "一、党员队伍", papers.LONG,
        "表1 党员发展情况 单位：名", *tables[0],
        "表2 教育培训情况", *tables[1], "以上为全年培训情况，共举办培训班19期，参训2237人次。", "",
    ]  # fmt: skip
    assert report.footnotes == ("① 据年报，另有77名未计入。",)
    assert (report.title, report.year) == ("泉沅县2022年度党建工作情况报告", 2022)
    assert report.source_at(report.text.index("1,612名")) == "第4页"


def test_a_word_report(tmp_path):
    report = read(tmp_path, "a.docx", papers.county_docx())
    assert [line for line in report.text.split("\n") if line.strip()] == [
        "内部资料　注意保存", "中共泉沅县委组织部", "关于2022年度党建工作", "情况的报告", "二〇二三年一月", "一、党员队伍",
        "（一）发展党员", "全年发展党员128名，完成率100%。其中女性51名。", "（二）组织建设", "基层党组织309个。", "二、附件",
        "党员发展情况统计表", "单位：名", "类别\t2021年\t\t2022年\t", "\t人数\t占比（%）\t人数\t占比（%）", "女性\t47\t39.8\t51\t39.8",
        "注：不含预备党员。",
    ]  # fmt: skip
    assert (report.title, report.year) == ("中共泉沅县委组织部关于2022年度党建工作情况的报告", 2022)
    found = [(seen.text, seen.unit, seen.period) for seen in extract(report).observations]
    assert found == [
        ("128名", "名", 2022), ("100%", "%", 2022), ("51名", "名", 2022), ("309个", "个", 2022),
        ("47", "名", 2021), ("39.8", "%", 2021), ("51", "名", 2022), ("39.8", "%", 2022),
    ]  # fmt: skip
