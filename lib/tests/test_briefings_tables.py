"""Tables as plain text, and evidence tables linked to their sentences."""

from __future__ import annotations

import pandas as pd
import pytest

from dangjian.briefings.evidence import Sentences
from dangjian.briefings.tables import find_tables

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
    sentences = Sentences()
    table = sentences.take(
        evidence_table(("党员", "12名", SENTENCE), ("女性", "12名", SENTENCE), ("学生", "3名", SENTENCE))
    )
    assert [cell.text for cell in table.head[0]] == ["标签", "原文"]
    links = [row[1].link for row in table.body]
    assert links == ["y1-1", "y1-2", "y1-3"]
    (sentence,) = sentences
    assert [sentence.text[start:end] for start, end, _ in sentence.marks] == ["12名", "12名", "3名"]
    assert len({start for start, _, _ in sentence.marks}) == 3
    html = sentence.html()
    assert all(f'id="{link}"' in html for link in links)


def test_a_sentence_is_shown_as_text():
    sentences = Sentences()
    sentences.take(evidence_table(("x", "12名", "<script>1</script>12名")))
    assert next(iter(sentences)).html() == '&lt;script&gt;1&lt;/script&gt;<mark id="y1-1">12名</mark>'


def test_a_sentence_tells_its_place_in_the_document():
    frame = pd.DataFrame([("r", "12名", "第3页", SENTENCE)], columns=["报告", "原文", "位置", "句子"])
    sentences = Sentences()
    table = sentences.take(find_tables(frame._repr_html_())[0])
    assert [cell.text for cell in table.head[0]] == ["报告", "原文"]
    assert [(sentence.report, sentence.place) for sentence in sentences] == [("r", "第3页")]


def test_the_sentence_column_stays_where_a_row_has_none():
    sentences = Sentences()
    table = sentences.take(evidence_table(("a", "12名", SENTENCE), ("b", "7名", "原文不在本机")))
    assert [cell.text for cell in table.head[0]] == ["标签", "原文", "原句"]
    assert [row[1].link for row in table.body] == ["y1-1", ""]
