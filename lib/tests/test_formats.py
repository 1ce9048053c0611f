"""One report in every format gives the same records, and tells where in the document each of them stands."""

from __future__ import annotations

from pathlib import Path

import pytest
import renderings

from dangjian.indicators import extract
from dangjian.metrics.lines import records_of
from dangjian.reports import Report, read_report

REPORTS = Path(__file__).resolve().parents[2] / "data" / "reports"
SAMPLES = ["hengchuan-2021", "lanan-2022", "tangchuan-2023"]  # plain; with tables; masked
OFFSETS = ("start", "end", "number", "place", "confidence")
FORMS = {
    "utf-8.txt": lambda text: text.encode(),
    "utf-16.txt": lambda text: text.encode("utf-16"),
    "gb18030.txt": lambda text: text.encode("gb18030"),
    "word.docx": renderings.as_docx,
    "gb2312.html": renderings.as_html,
    "utf-8.html": lambda text: renderings.as_html(text, "utf-8", "utf-8"),
    "mislabelled.htm": lambda text: renderings.as_html(text, "utf-8", "gbk"),
    "two columns.pdf": renderings.as_pdf,
    "one column.pdf": lambda text: renderings.as_pdf(text, columns=1, size=14),
}


def records(report: Report) -> list[dict]:
    """A report's records without what must differ: where each stands, in the text and in the document."""
    found = records_of(extract(report).observations, (report,))
    return [{key: value for key, value in record.items() if key not in OFFSETS} for record in found]


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request):
    text = (REPORTS / f"{request.param}.txt").read_text(encoding="utf-8")
    return request.param, text, records(Report.from_text(text, request.param))


@pytest.mark.parametrize("form", FORMS)
def test_the_records_are_those_of_the_text(sample, form, tmp_path):
    name, text, expected = sample
    path = tmp_path / f"{name}{Path(form).suffix}"
    path.write_bytes(FORMS[form](text))
    assert len(expected) > 60
    assert records(read_report(path)) == expected


def test_a_scan_is_recognised(tmp_path):
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    pytest.importorskip("onnxruntime", reason="the extra ocr is not installed")
    text = (REPORTS / "hengchuan-2021.txt").read_text(encoding="utf-8")
    path = tmp_path / "hengchuan-2021.pdf"
    path.write_bytes(renderings.as_scan(text))
    expected, report = records(Report.from_text(text, "hengchuan-2021")), read_report(path)
    equal = sum(record in records(report) for record in expected)
    assert equal >= 0.98 * len(expected) and len(records(report)) <= 1.02 * len(expected)
    at = report.text.index("458名")
    assert report.source_at(at).startswith("第") and 0.5 < report.confidence_of(at, at + 4) <= 1
    assert "recognised" in report.notes[0]
    found = records_of(extract(report).observations, (report,))
    kept = [(record["place"][0], 0.5 < record["confidence"] <= 1) for record in found]
    assert set(kept) == {("第", True)}


PLACES = [
    # form, a phrase of the report, where it stands
    ("utf-8.txt", "近四百场", "第10行"),
    ("word.docx", "近四百场", "第8段"),
    ("gb2312.html", "近四百场", "第8段"),
    ("one column.pdf", "衡川区2021年度", "第1页"),
    ("one column.pdf", "力争热线满意率", "第3页"),
]


@pytest.mark.parametrize(("form", "phrase", "where"), PLACES)
def test_source_at_names_the_place_in_the_document(form, phrase, where, tmp_path):
    text = (REPORTS / "hengchuan-2021.txt").read_text(encoding="utf-8")
    path = tmp_path / f"a{Path(form).suffix}"
    path.write_bytes(FORMS[form](text))
    report = read_report(path)
    assert report.source_at(report.text.index(phrase)) == where
    assert report.confidence_of(0, len(report.text)) is None


def test_marks_cover_the_text_in_order(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(renderings.as_docx("总结\n2021年发展党员12名。\n甲\t乙\n1\t2\n"))
    report = read_report(path)
    starts = [mark.start for mark in report.marks]
    assert starts == sorted(set(starts)) and starts[0] == 0
    assert report.source_at(report.text.index("乙")) == "表1第1行第2列"


def test_signs_that_hang_into_the_gap_join_no_columns(tmp_path):
    lines = [f"“{'清' * length}”，整改问题{length}个，完成率达到百分之百，群众满意。" for length in range(10, 40)]
    path = tmp_path / "a.pdf"
    path.write_bytes(renderings.as_pdf("\n".join(["2021年工作总结", *lines])))
    assert read_report(path).text.split("\n") == ["2021年工作总结", *lines, ""]
