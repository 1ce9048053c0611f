"""Half a unit of the last place printed."""

from __future__ import annotations

import pytest

from dangjian.analysis.rounding import half_unit

PRINTED = [
    # the bare number, unit, modality, by how much the true value may differ
    ("95.2", "%", "exact", 0.05),
    ("95", "%", "exact", 0.5),
    ("**.*", "%", "exact", 0.05),  # hidden digits keep their places
    ("***", "%", "exact", 0.5),
    ("９５．２", "%", "exact", 0.05),
    ("百分之九十五", "%", "exact", 0.5),
    ("百分之九十五点二", "%", "exact", 0.05),
    ("九成", "%", "exact", 5),
    ("七成八", "%", "exact", 0.5),
    ("三分之二", "%", "exact", 5),
    ("一半", "%", "exact", 5),
    ("3.2‰", "%", "exact", 0.005),
    ("10.5—15.5", "%", "exact", 0.05),
    ("98.4", "%", "at_least", 0),  # its bounds say it already
    ("11.2", "倍", "exact", 0.05),
    ("两", "倍", "exact", 0.5),
    ("十二点二", "倍", "exact", 0.05),
    ("1,286", "名", "exact", 0),  # a count is counted
    ("3000", "名", "exact", 0),
    ("一千零四十", "名", "exact", 0),
    ("千", "件", "more", 0),
    ("2.4万", "名", "exact", 500),
    ("*.*万", "人次", "exact", 500),
    ("3万", "册", "exact", 5000),
    ("二万", "册", "exact", 5000),
    ("2.1万", "人次", "more", 0),
    ("1.35亿", "元", "exact", 500_000),
    ("3百万", "元", "exact", 500_000),
]


@pytest.mark.parametrize(("number", "unit", "modality", "half"), PRINTED)
def test_half_unit(number: str, unit: str, modality: str, half: float) -> None:
    assert half_unit(number, unit, modality) == pytest.approx(half)
