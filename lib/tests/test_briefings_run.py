"""Pages of a real run over the sample corpus: their size, their proofs, and that they are made the same each time."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from dangjian.briefings import publish
from dangjian.indicators.explain import explain
from dangjian.reports import read_report
from dangjian.runs.folder import RunFolder
from dangjian.runs.run import read_outcome, run_reports

ROOT = Path(__file__).parents[2]
STATIC, INTERACTIVE = 300_000, 900_000
"""Bytes that a page may take."""
PAGE, MOVING = "02_membership.html", "02_membership.interactive.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("runs")
    with RunFolder(place, "sample") as opened:
        outcome = run_reports(ROOT / "data/reports", opened, [ROOT / "notebooks/02_membership.ipynb"], progress=False)
        publish(opened, outcome, interactive=True)
    return opened.path


@pytest.fixture(scope="module")
def page(folder):
    return (folder / "briefings" / PAGE).read_text("utf-8")


def rows(page):
    """The numbers of the appendix: report, id of the mark, as written, offset."""
    for report, body in re.findall(r'<table class="proof" data-report="([^"]+)">(.*?)</table>', page, re.S):
        for anchor, written, start in re.findall(r"<tr><th><a href=#(n\d+)>(.*?)</a>.*?<td>(\d+)(?=<tr|</tbody)", body):
            yield report, anchor, unescape(written), int(start)


def test_pages_keep_within_their_size(folder):
    sizes = {path.name: path.stat().st_size for path in (folder / "briefings").iterdir()}
    assert set(sizes) == {PAGE, MOVING, "index.html"}
    assert sizes[PAGE] < STATIC
    assert sizes[MOVING] < INTERACTIVE


def test_every_number_that_is_shown_stands_in_its_sentence(folder, page):
    marks = {anchor: unescape(text) for anchor, text in re.findall(r"<mark id=(n\d+)>(.*?)</mark>", page)}
    linked = set(re.findall(r'href="?#(n\d+)', page))
    told = list(rows(page))
    assert linked == set(marks) == {anchor for _, anchor, _, _ in told}
    assert len(told) > 100
    texts = {path.stem: path.read_text("utf-8") for path in (folder / "reports").glob("*.txt")}
    for report, anchor, written, start in told:
        assert marks[anchor] == written
        assert texts[report][start : start + len(written)] == written


def test_key_figures_stand_first_and_link_to_their_sentences(page):
    key = page[page.index('<section class="key"') : page.index("<nav")]
    assert "发展党员数" in key and "100–999名" in key
    assert len(re.findall(r'<dd><a href="#n\d+">', key)) >= 8
    assert page.index("<main") < page.index('<section class="key"') < page.index("<nav") < page.index("<figure")


def test_words_at_a_bar_read_as_its_link_does(page):
    links = re.findall(r'<a href=#n\d+ aria-label="\d+ ([^"]+)">(.*?)</a>', page)
    told = [(words, "".join(re.findall(r"<text[^>]*>(.*?)</text>", inner))) for words, inner in links]
    assert any("–" in words for words, _ in told)
    assert all(shown in ("", words) for words, shown in told)


def test_the_printed_command_derives_the_number(folder, page):
    commands = dict(re.findall(r"<code>dangjian explain (reports/([^ ]+)\.txt) --at N</code>", page))
    assert {Path(path).stem for path in commands} == {path.stem for path in (folder / "reports").glob("*.txt")}
    told = list(rows(page))
    for report, _, written, start in told[:: len(told) // 6]:
        lines = explain(read_report(folder / "reports" / f"{report}.txt"), start)
        assert any(written in line for line in lines), (report, start)


def test_the_same_run_gives_the_same_bytes(folder):
    before = {path.name: path.read_bytes() for path in (folder / "briefings").iterdir()}
    with RunFolder(folder.parent, folder.name) as opened:
        publish(opened, read_outcome(folder), interactive=True)
    assert {path.name: path.read_bytes() for path in (folder / "briefings").iterdir()} == before
