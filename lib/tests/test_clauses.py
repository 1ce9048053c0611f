"""The words around a number: its clause, its sentence, what follows it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_faults import params

from dangjian.quantities.clauses import CLAUSE_REACH, RIGHT_REACH, after, clause_before, sentence_before

AROUND = [
    # the text with | before the number, the clause up to it, the sentence up to it
    ("抓好队伍。全年发展党员|128名", "全年发展党员", "全年发展党员"),
    ("抓好队伍，全年发展党员|128名", "全年发展党员", "抓好队伍，全年发展党员"),
    ("抓好队伍；全年发展党员|128名", "全年发展党员", "全年发展党员"),
    ("成效如下：发展党员|128名", "发展党员", "成效如下：发展党员"),
    ("学员、教师|128名", "学员、教师", "学员、教师"),
    ("全年 发展 党员 |128名", "全年发展党员", "全年发展党员"),  # blanks are no words
    ("全　年|128名", "全年", "全年"),
    ("总额1,286万元，其中|5万元", "其中", "总额1,286万元，其中"),
    ("在册党员1,286名 其中|5名", "在册党员1,286名其中", "在册党员1,286名其中"),  # a separator ends no clause
    (
        "总结\n一行写到页面边上才断开，全年新发展\n党员|128名",
        "全年新发展党员",
        "一行写到页面边上才断开，全年新发展党员",
    ),
    ("一、队伍\n发展党员|128名", "发展党员", "发展党员"),
    ("|128名", "", ""),
    ("。|128名", "", ""),
]

AFTER = [
    ("名，其中女性", "名，其中女性"),
    ("名 ，其 中", "名，其中"),
    ("", ""),
    ("名" * 50, "名" * RIGHT_REACH),
]


@pytest.mark.parametrize(("text", "clause", "sentence"), params(AROUND))
def test_before(text, clause, sentence):
    at = text.index("|")
    text = text.replace("|", "")
    assert clause_before(text, at) == clause
    assert sentence_before(text, at) == sentence


@pytest.mark.parametrize(("right", "heard"), params(AFTER))
def test_after(right, heard):
    assert after("128" + right, 3) == heard


@given(st.text("党员，。；：\n 1,", max_size=120), st.data())
@settings(max_examples=100, deadline=None)
def test_a_clause_ends_its_sentence_and_reaches_no_farther_than_said(text, data):
    at = data.draw(st.integers(0, len(text)))
    clause, sentence = clause_before(text, at), sentence_before(text, at)
    assert len(clause) <= CLAUSE_REACH
    assert sentence.endswith(clause) or len(sentence) >= CLAUSE_REACH
