"""A batch in two languages from end to end: its pages, moving pages, papers and indexes, each in one language."""

from __future__ import annotations

import io
import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

from dangjian.briefings.language import language
from dangjian.cli import main
from dangjian.metrics import load
from dangjian.wording.language import messages

ROOT = Path(__file__).parents[2]
REPORTS = ("tangchuan-2022", "tangchuan-2023")
HAN = re.compile("[\u4e00-\u9fff]+")
JOBS = """
reports = "reports"
out = "out"
name = "both"
[[job]]
name = "report"
notebook = "{notebooks}/01_report.ipynb"
lang = "zh,en"
outputs = ["notebook", "html", "interactive", "docx"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("english")
    (place / "reports").mkdir()
    for name in REPORTS:
        text = (ROOT / "data/reports" / f"{name}.txt").read_text("utf-8")
        (place / "reports" / f"{name}.txt").write_text(text, "utf-8")
    (place / "briefings.toml").write_text(JOBS.format(notebooks=ROOT / "notebooks"), "utf-8")
    assert main(["run", str(place / "briefings.toml"), "--jobs", "1"]) == 0
    return place / "out" / "both"


@pytest.fixture(scope="module")
def quoted(folder):
    """All that an English page may say in Chinese: the reports' words, and labels put together of them."""
    texts = "".join(path.read_text("utf-8") for path in (ROOT / "data/reports").glob("*.txt"))
    labels = [label for place in folder.rglob("metrics*.parquet") for label in load(place)["label"]]
    return texts + " ".join(labels)


def words_of(page):
    """The text of a page and of its attributes, sentences of the appendix and the notebook's code left out."""
    page = re.sub(r"<a [^>]*hreflang.*?</a>", "", page)  # to the other language, in its own words
    page = re.sub(r"<(style|script|pre)\b[^>]*>.*?</\1>|<tr class=q>.*?(?=<tr|</tbody)", "", page, flags=re.S)
    told = re.findall(r' (?:aria-label|title|data-[a-z]+)="([^"]*)"', page)
    return [unescape(text) for text in [*re.split(r"<[^>]*>", page), *told] if text.strip()]


def test_every_file_that_a_page_links_to_is_there(folder):
    names = {path.name for path in (folder / "briefings").iterdir()}
    pages = {"report", "report-en"}
    assert names >= {f"{page}{end}" for page in pages for end in (".html", ".interactive.html", ".docx")}
    assert names >= {"index.html", "index.en.html"}
    for name in sorted(name for name in names if name.endswith(".html")):
        page = (folder / "briefings" / name).read_text("utf-8")
        assert set(re.findall(r'href="([^"#]+)"', page)) <= names, name
        assert f'<html lang="{"en" if "en" in re.split("[-.]", name) else "zh-CN"}">' in page
    english, chinese = ((folder / "briefings" / name).read_text("utf-8") for name in ("index.en.html", "index.html"))
    assert 'href="report-en.html"' in english and 'href="report.html"' not in english
    assert 'href="report.html"' in chinese and 'href="report-en.html"' not in chinese


@pytest.mark.parametrize("name", ["report-en.html", "report-en.interactive.html", "index.en.html"])
def test_an_english_page_is_chinese_in_quotations_alone(folder, quoted, name):
    known = messages("en").keys() | set(tomllib.loads((ROOT / "notebooks/en.toml").read_text("utf-8"))["phrases"])
    for text in words_of((folder / "briefings" / name).read_text("utf-8")):
        assert text.strip() not in known - set(quoted.split()), text
        assert all(run in quoted for run in HAN.findall(text)), text


def test_an_english_paper_is_chinese_in_quotations_alone(folder, quoted):
    docx = pytest.importorskip("docx")
    made = docx.Document(io.BytesIO((folder / "briefings/report-en.docx").read_bytes()))
    texts = [line.text for line in made.paragraphs]
    texts += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert language("en")("key.title") in " ".join(texts) and language("en")("doubts.title") in " ".join(texts)
    assert [text for text in texts if not all(run in quoted for run in HAN.findall(text))] == []


def test_both_languages_show_the_same_numbers(folder):
    def found(name):
        page = (folder / "briefings" / name).read_text("utf-8")
        return re.findall(r"<mark id=(n\d+)>(.*?)</mark>", page), re.findall(r"data-b=([^>]*)>", page)

    assert found("report.html") == found("report-en.html")
    assert len(found("report.html")[0]) > 50
