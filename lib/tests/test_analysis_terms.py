"""Terms of reports: what counts as one, what grew and faded, what stands around an indicator."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from dangjian.analysis import terms
from dangjian.indicators import extract
from dangjian.metrics import frame
from dangjian.reports import Report

CUT = [
    # text, its terms
    ("全年发展党员12名。", ["发展党员"]),
    ("软弱涣散党组织3个", ["软弱涣散", "党组织"]),  # the project's own terms stay whole
    ("**区ABC", []),  # neither masks nor letters
    ("坚持推进工作", []),  # idle words
    ("", []),
]


@pytest.mark.parametrize(("text", "found"), CUT)
def test_terms(text: str, found: list) -> None:
    assert terms.terms_of(text) == found


def report(name: str, year: int | None, body: str) -> Report:
    return Report(name, body, name, year)


CORPUS = [
    report("a", 2021, "疫情防控。" * 6 + "群众点赞。" * 2),
    report("b", 2022, "主题教育。" * 6 + "群众点赞。" * 2),
    report("c", None, "乡村振兴。" * 9),
]


def test_counts_by_year_leave_out_what_has_no_year() -> None:
    counted = terms.by_report_year(CORPUS)
    assert counted.columns.tolist() == [2021, 2022] and "乡村振兴" not in counted.index
    assert counted.loc["主题教育"].tolist() == [0, 6] and counted.loc["点赞"].tolist() == [2, 2]
    assert counted.attrs["reports"] == {2021: 1, 2022: 1}
    assert counted.sum().to_dict() == counted.attrs["terms"]
    shares = terms.per_year(counted)
    assert shares.sum().round(6).tolist() == [terms.PER, terms.PER]


def test_what_grew_and_what_faded() -> None:
    grown, faded = terms.shifts(terms.by_report_year(CORPUS), least=5)
    assert grown.index.tolist()[0] == "主题教育" and grown["first"].iloc[0] == 0
    assert "疫情" in faded.index and (faded["change"] < 0).all()
    assert "点赞" not in {*grown.index, *faded.index}  # too rare
    alone = terms.shifts(terms.by_report_year(CORPUS[:1]))
    assert all(table.empty and list(table.columns) == ["first", "last", "change"] for table in alone)
    assert terms.by_report_year([]).empty


def test_terms_around_an_indicator_stand_nearer_there_than_elsewhere() -> None:
    body = (
        "甲区2022年工作报告\n\n"
        + "举办文艺演出，丰富群众生活。" * 9
        + "发展党员128名，严把质量关口。发展党员9名，严把质量关口。"
    )
    own = Report.from_text(body, "r")
    rows = frame(extract(own).observations, (own,))
    near = terms.around(rows, (own,))
    assert "质量" in near.index and "文艺演出" not in near.index and (near["ratio"] > 1).all()
    assert terms.around(rows, ()).empty  # no text at hand


def test_the_dictionary_is_kept_in_a_cache_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(terms.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert terms.cache_folder() == tmp_path / "dangjian"
    terms._cutter.cache_clear()
    assert terms.terms_of("慰问困难老兵") and isinstance(terms.by_report_year(CORPUS), pd.DataFrame)
    (kept,) = (tmp_path / "dangjian").iterdir()
    assert os.stat(kept.parent).st_mode & 0o077 == 0
    terms._cutter.cache_clear()


def test_terms_are_cut_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(terms, "cache_folder", lambda: tmp_path / "file" / "below")
    terms._cutter.cache_clear()
    assert terms.terms_of("走访退役军人代表")
    terms._cutter.cache_clear()


def test_a_term_stands_where_the_text_is_cut_so() -> None:
    text = "深化主题教育，办好主题教育；开展主题教育。"
    reports = (Report("r", text, "", 2022), Report("other", text, "", 2021))
    found = terms.places(reports, ["主题教育", "教育"], [2022], each=2)
    told = found["主题教育", 2022]
    assert [(one["report_id"], one["start"]) for one in told] == [("r", 2), ("r", 9)]
    assert all(text[one["start"] : one["end"]] == one["text"] == "主题教育" for one in told)
    assert found["教育", 2022] == []
