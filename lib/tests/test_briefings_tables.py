"""Tables as plain text, and evidence tables linked to their sentences."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dangjian.briefings.evidence import Quotations
from dangjian.briefings.tables import find_tables
from dangjian.reports import Report

SENTENCE = "全年发展党员12名，其中女性党员12名、学生党员3名。"


def texts(table):
    return [[cell.text for cell in row] for row in [*table.head, *table.body]]


def test_a_frame_comes_back_as_its_texts_without_the_counter():
    frame = pd.DataFrame({"组": ["工人", "<b>两新</b>"], "数": [12, 3]})
    (table,) = find_tables(frame._repr_html_())
    assert texts(table) == [["组", "数"], ["工人", "12"], ["<b>两新</b>", "3"]]
    assert table.figures() == {1}


def test_an_index_that_says_something_stays():
    (table,) = find_tables(pd.DataFrame({"数": [12, 3]}, index=["甲区", "乙区"])._repr_html_())
    assert texts(table) == [["", "数"], ["甲区", "12"], ["乙区", "3"]]
    assert table.body[0][0].head


def test_the_name_of_an_index_joins_the_head():
    frame = pd.DataFrame({"2020": ["12名"], "2021": ["未述及"]}, index=pd.Index(["甲区"], name="地区"))
    (table,) = find_tables(frame._repr_html_())
    assert texts(table) == [["地区", "2020", "2021"], ["甲区", "12名", "未述及"]]


def test_two_rows_of_head_that_both_speak_stay():
    (table,) = find_tables(pd.DataFrame([[1, 2]], columns=[["甲", "甲"], ["a", "b"]])._repr_html_())
    assert len(table.head) == 2


def test_spans_are_kept_and_scripts_are_not_text():
    (table,) = find_tables(
        "<style>x</style><table><tr><th colspan=2 rowspan='3'>a<script>bad()</script></th><td>1<br>2</td></tr></table>"
    )
    cell = table.body[0][0]
    assert (cell.text, cell.columns, cell.rows) == ("a", 2, 3)
    assert table.body[0][1].text == "1\n2"


NONE = ["", "文字", "<p>12</p>", "<table></table>", "<div><table><tbody></tbody></table>"]


@pytest.mark.parametrize("html", NONE)
def test_no_table(html):
    assert find_tables(html) == []


FIGURES = [
    ("12", True),
    ("1,230", True),
    ("≥32", True),
    ("100–199名", True),
    ("95.5%", True),
    ("约300", True),
    ("第九轮", False),
    ("党员12名", False),
]


@pytest.mark.parametrize(("text", "is_figure"), FIGURES)
def test_a_column_of_figures(text, is_figure):
    (table,) = find_tables(f"<table><tbody><tr><td>{text}</td></tr></tbody></table>")
    assert table.figures() == ({0} if is_figure else set())


def evidence_table(*rows):
    frame = pd.DataFrame(rows, columns=["标签", "原文", "原句"])
    return find_tables(frame._repr_html_())[0]


def test_every_row_is_linked_to_its_own_place_in_the_sentence():
    quotations = Quotations()
    table = quotations.take(
        evidence_table(("党员", "12名", SENTENCE), ("女性", "12名", SENTENCE), ("学生", "3名", SENTENCE))
    )
    assert [cell.text for cell in table.head[0]] == ["标签", "原文"]
    assert [row[1].link for row in table.body] == ["n1", "n2", "n3"]
    ((_, [passage]),) = quotations.by_report()
    (sentence,) = passage.sentences
    assert [sentence.text[mark.start : mark.end] for mark in sentence.marks] == ["12名", "12名", "3名"]
    assert len({mark.start for mark in sentence.marks}) == 3
    assert all(f"<mark id=n{number}>" in passage.html() for number in (1, 2, 3))


def test_a_sentence_is_shown_as_text():
    quotations = Quotations()
    quotations.take(evidence_table(("x", "12名", "<script>1</script>12名")))
    ((_, [passage]),) = quotations.by_report()
    assert passage.html() == "&lt;script&gt;1&lt;/script&gt;<mark id=n1>12名</mark>"


def test_a_sentence_and_its_place_are_not_told_twice():
    frame = pd.DataFrame([("r", "12名", "第3页", SENTENCE)], columns=["报告", "原文", "位置", "句子"])
    quotations = Quotations()
    table = quotations.take(find_tables(frame._repr_html_())[0])
    assert [cell.text for cell in table.head[0]] == ["报告", "原文"]
    ((report_id, [passage]),) = quotations.by_report()
    assert (report_id, passage.marks[0].record["place"]) == ("r", "第3页")


def test_the_sentence_column_stays_where_a_row_has_none():
    quotations = Quotations()
    table = quotations.take(evidence_table(("a", "12名", SENTENCE), ("b", "7名", "原文不在本机")))
    assert [cell.text for cell in table.head[0]] == ["标签", "原文", "原句"]
    assert [row[1].link for row in table.body] == ["n1", ""]


TEXT = """甲区2021年报告
一、党员队伍
本年坚持标准。全年发展党员12名，其中女性3名。党员队伍稳定。
二、其他
走访1**户。全年发展党员12名。"""


def number(written: str, nth: int = 0, **known) -> dict:
    """The record of a number of TEXT, by its wording."""
    start = [found.start() for found in re.finditer(re.escape(written), TEXT)][nth]
    place = {"report_id": "a", "start": start, "end": start + len(written), "text": written}
    return place | {"number_start": start, "number_end": start + len(written) - 1} | known


def quoting(*records: dict) -> Quotations:
    quotations = Quotations({"a": Report.from_text(TEXT, "a")})
    for record in records:
        quotations.link(record)
    return quotations


def test_a_number_is_marked_at_its_own_offsets_with_its_neighbours_beside_it():
    ((_, [passage]),) = quoting(number("3名"), number("12名")).by_report()
    assert passage.html() == (
        "<i>本年坚持标准。</i>全年发展党员<mark id=n2>12名</mark>，其中女性<mark id=n1>3名</mark>。"
        "<i>党员队伍稳定。</i>"
    )
    assert (passage.sections, passage.paragraph) == (("一、党员队伍",), 3)


def test_equal_sentences_of_two_places_are_two():
    ((_, passages),) = quoting(number("12名"), number("12名", 1)).by_report()
    assert [passage.paragraph for passage in passages] == [3, 5]


def test_sentences_that_follow_each_other_are_one_passage():
    ((_, [passage]),) = quoting(number("1**户"), number("12名", 1)).by_report()
    assert passage.html() == "走访<mark id=n1>1**户</mark>。全年发展党员<mark id=n2>12名</mark>。"


def test_a_number_is_marked_once_however_often_it_is_shown():
    quotations = quoting()
    assert [quotations.link(number("12名")), quotations.link(number("12名", label="党员"))] == ["n1", "n1"]
    assert quotations.count == 1


@pytest.mark.parametrize("changed", [{"report_id": "b"}, {"text": "13名"}, {"start": 0, "end": 0}])
def test_a_number_whose_text_is_not_at_hand_is_kept_without_a_link(changed):
    quotations = quoting()
    assert quotations.link(number("12名") | changed) == ""
    assert (quotations.count, len(quotations)) == (1, 0)


def test_a_computed_figure_links_to_its_part_and_to_its_whole():
    whole = {f"whole_{name}": value for name, value in number("12名").items()}
    computed = number("3名", indicator="a/b") | whole | {"text": "3名÷12名"}
    quotations = quoting()
    assert quotations.links(computed) == ("n1", "n2")
    ((_, [passage]),) = quotations.by_report()
    assert "<mark id=n1>3名</mark>" in passage.html()
