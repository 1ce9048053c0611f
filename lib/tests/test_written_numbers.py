"""A number is named alike however it is written: 发现四十二个问题 as 发现42个问题."""

from __future__ import annotations

import re

import pytest

from dangjian.indicators import extract, load_catalogue
from dangjian.reports import Report

DIGITS = "零一二三四五六七八九"
PLAIN = re.compile(r"([2-9]|[1-9]\d)(?=[^\d*.,/%万亿])")
TOLD_APART = {
    "cadres.seconded",  # 选派一百三十三名机关干部 is one wording; its number in digits parts it
    "epidemic.deployed",
}
CATALOGUE = load_catalogue()
EXAMPLES = [
    (name, example.text, example.quote)
    for name in CATALOGUE
    if name not in TOLD_APART
    for example in CATALOGUE[name].examples
    if PLAIN.match(example.quote)
]


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    said = ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "")
    return said + (DIGITS[ones] if ones or not tens else "")


def _named(text: str, start: int) -> str | None:
    found = extract(Report.from_text(f"某区2022年工作报告\n{text}。", report_id="x"), mask="digits")
    head = len("某区2022年工作报告\n")
    return next((row.indicator for row in found.observations if row.number_start == head + start), "not read")


@pytest.mark.parametrize(("name", "text", "quote"), EXAMPLES)
def test_chinese_numerals_are_named_as_digits_are(name: str, text: str, quote: str) -> None:
    at = text.index(quote)
    written = PLAIN.sub(lambda number: _chinese(int(number[1])), quote, count=1)
    assert _named(text[:at] + written + text[at + len(quote) :], at) == _named(text, at)
