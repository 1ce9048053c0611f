"""Explanations: every record says what made its bounds and its name, every number left out the rule that did it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dangjian.quantities
from dangjian.indicators import explain, extract
from dangjian.quantities.rules import meaning, meanings
from dangjian.reports import Report, read_corpus

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = [
    # a sentence, the quantity asked about, what its explanation says
    ("全年发展党员12名。", "12名", "bounds: 12 to 12 名, exact"),
    ("全年发展党员12名。", "12名", "numeral '12', read as digits: every digit shows"),
    ("全年发展党员12名。", "12名", "unit: 名, as written"),
    ("全年发展党员12名。", "12名", "period: 2022, the report's own year"),
    (
        "全年发展党员12名。",
        "12名",
        "indicator: membership.developed (发展党员数), by the cue '发展党员' at 13-17",
    ),
    ("全年发展党员1**名。", "1**名", "a hidden digit is any digit"),
    ("全年发展党员1**名。", "1**名", "* reads as digits: as asked for"),
    ("发放读本约3万余册。", "约3万余册", "'余' behind the number (more) adds less than one of the last place"),
    ("发放读本约3万余册。", "约3万余册", "'约' before the number (about) allows a tenth on either side"),
    ("发放读本约3万余册。", "约3万余册", "scale '万' is folded into the bounds"),
    ("拨付资金****余万元。", "****余万元", "'余' between digits and scale (more)"),
    ("参训率在95%以上。", "95%以上", "'以上' behind the unit (at_least) takes the upper bound away"),
    ("参训率在95%以上。", "95%以上", "a share cannot pass 100"),
    ("集中学习不低于总课时的60%。", "60%", "'不低于总课时的' earlier in the clause (at_least)"),
    ("发展党员12名，比去年增长5%。", "5%", "change: increase, by '增长'"),
    ("发展党员12名，比去年增长5%。", "12名", "change: none, it is a level or a count"),
    ("2021年，全区发展党员88名。", "88名", "period: 2021, by '2021年'"),
    ("明年计划发展党员90名。", "90名", "target: planned or required, by "),
    ("发展产业工人党员12名。", "12名", "dimension: group=产业工人, by '产业工人' at 13-17"),
    ("食堂改造共花费三分之二。", "三分之二", "read as fraction 分之: a fraction"),
    ("指标\t2022年\n发展党员（名）\t128", "128", "unit: 名, from its table"),
    ("对此开展集中学习培训9户。", "9户", "indicator: none, no entry of the catalogue fits"),
    ("对此开展集中学习培训9户。", "9户", "'集中学习培训' at 15-21 speaks for training."),
]
LEFT_OUT = [
    # a sentence, where in it, the rule
    ("召开第十二次会议。", "第十二", "ordinal 第N: 第 before it makes it an ordinal"),
    ("做到“两个维护”。", "两个", "quoted name: it stands inside quotation marks"),
    ("涉及**街道。", "**", "mask hides a name: no measure word"),
    ("7月1日举行。", "7月", "month or day: it is a month or a day"),
]


def lines(sentence: str, quote: str, mask: str = "digits") -> list[str]:
    report = Report.from_text("2022年工作总结\n\n" + sentence)
    return explain(report, report.text.index(quote, 9), mask)


@pytest.mark.parametrize(("sentence", "quote", "said"), SPOKEN)
def test_a_record_says_what_made_it(sentence: str, quote: str, said: str) -> None:
    found = lines(sentence, quote)
    assert found[0].startswith(f"{quote!r} at ")
    assert any(said in line for line in found), found


@pytest.mark.parametrize(("sentence", "quote", "said"), LEFT_OUT)
def test_a_number_left_out_says_by_which_rule_and_what_that_means(sentence: str, quote: str, said: str) -> None:
    found = lines(sentence, quote)
    assert "left out" in found[0] and found[3].startswith(f"rule: {said}")


def test_an_offset_beside_every_number_is_told() -> None:
    report = Report.from_text("本区概况\n全年发展党员12名。")
    beside = "'12名' at 11-14: a record, number '12' at 11-13 (nothing stands at 0; this is the nearest)"
    assert explain(report, 0)[0] == beside
    assert explain(Report.from_text("没有数字。"), 0) == ["no number stands in this report"]


def test_the_evidence_of_a_mask_is_told() -> None:
    text = "****年度工作总结\n发展党员***名，培训**人次，办班*期。"
    report = Report.from_text(text)
    assert any("* reads as digits: masked years [4] wide" in line for line in explain(report, text.index("***名")))


def constants(nodes: Iterable[ast.AST]) -> set[str]:
    return {one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_every_rule_that_leaves_a_number_out_is_explained_and_no_other() -> None:
    folder = Path(dangjian.quantities.__file__).parent
    names = {rule["name"] for rule in tomllib.loads((folder / "exclusions.toml").read_text("utf-8"))["exclusion"]}
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if path.stem == "decisions" and isinstance(node, ast.Return) and node.value:
                names |= constants(ast.walk(node.value))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LeftOut":
                names |= constants(node.args)
    explained = set(meanings()["left_out"]) | set(meanings()["unread"])
    assert {name for name in names if " " in name} - explained == set()
    assert explained - names == set()


@pytest.fixture(scope="module")
def corpus() -> list:
    return [(report, extract(report)) for report in read_corpus(ROOT / "data" / "reports")]


def test_every_rule_that_reads_a_number_is_explained(corpus: list) -> None:
    rules = {seen.rule for _, found in corpus for seen in found.observations}
    assert {rule for rule in rules if not meaning(rule)} == set()
    assert len(rules) > 4


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_explanation_never_contradicts_the_record(corpus: list, data: st.DataObject) -> None:
    report, found = data.draw(st.sampled_from(corpus))
    seen = data.draw(st.sampled_from(found.observations))
    said = explain(report, data.draw(st.integers(seen.start, seen.end - 1)))
    assert said[0].startswith(f"{seen.text!r} at {seen.start}-{seen.end}: a record")
    heads = {line.split(":")[0] for line in said}
    assert {"sentence", "bounds", "unit", "change", "period", "indicator", "theme", "label", "section"} <= heads
    assert any(line.startswith(f"indicator: {seen.indicator or 'none'}") for line in said)
    dims = [line.split(",")[0].removeprefix("dimension: ") for line in said if line.startswith("dimension")]
    assert dims == [f"{dim}={value}" for dim, value in seen.dims.items()]
    assert any(line.startswith(f"change: {seen.change or 'none'}") for line in said)
    assert ("target" in heads) == seen.target
    if seen.modality != "exact" and seen.rule not in ("vague number", "half"):
        assert any(f"({seen.modality})" in line for line in said), said
