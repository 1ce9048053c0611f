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
def linked(tmp_path_factory):
    """The pages whose tables tell changes, places and requirements."""
    place = tmp_path_factory.mktemp("linked")
    names = ("01_report", "02_membership", "04_training", "06_compare", "07_words")
    with RunFolder(place, "sample") as opened:
        notebooks = [ROOT / f"notebooks/{name}.ipynb" for name in names]
        publish(opened, run_reports(ROOT / "data/reports", opened, notebooks, progress=False))
    return {name: (opened.path / "briefings" / f"{name}.html").read_text("utf-8") for name in names}


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


STORED = re.compile(r"\d(?:%|[^\d\s–、（）]{1,4})(?:（|$)|上升|下降|持平|无法判断")
"""What a cell says that shows a stored number or compares two: digits with a unit, or a course."""
COMPUTED = ("写明的地区", "合计", "平均", "位次", "判断", "所在格")
"""Columns of what is counted or worked out from many numbers."""


def cells_of(page):
    """Column, text and HTML of every cell in the numbered tables."""
    for table in re.findall(r'<div class="wide"[^>]*><table>(.*?)</table>', page, re.S):
        head, _, body = table.partition("<tbody>")
        titles = re.findall(r"<th[^>]*>(.*?)(?=<th|<td|$)", head.partition("<thead>")[2], re.S)
        for row in body.split("<tr>")[1:]:
            for title, cell in zip(titles, re.split(r"<t[hd][^>]*>", row)[1:], strict=False):
                yield title, re.sub(r"<[^>]*>", "", cell.removesuffix("</tbody>")), cell


def test_no_cell_that_shows_a_stored_number_lacks_its_link(linked):
    for name in ("02_membership", "04_training", "06_compare"):
        page = linked[name]
        shown = [(title, text, cell) for title, text, cell in cells_of(page) if STORED.search(text)]
        shown = [each for each in shown if each[0] not in COMPUTED]
        assert len(shown) > 20, name
        assert [(title, text) for title, text, cell in shown if "<a href=#n" not in cell] == [], name


def test_a_change_links_to_both_its_figures_and_a_requirement_to_itself(linked):
    marks = dict(re.findall(r"<mark id=(n\d+)>(.*?)</mark>", linked["06_compare"]))
    steps = [(title, cell) for title, _, cell in cells_of(linked["06_compare"]) if "→" in title and "<a" in cell]
    assert len(steps) > 20
    for title, cell in steps:
        (_, _), (earlier, year) = found = re.findall(r"<a href=#(n\d+)>(.*?)</a>", cell)
        assert year == title[:4] and all(anchor in marks for anchor, _ in found)
        assert earlier != found[0][0]
    asked = [cell for title, _, cell in cells_of(linked["04_training"]) if title == "要求"]
    assert asked and all("<a href=#n" in cell for cell in asked)


def folds(page):
    """The rows of every fold that lists what is counted: id, name, cells, and the ids that it links to."""
    for fold in re.findall(r"<details class=behind>.*?</details>", page, re.S):
        for anchor, row in re.findall(r"<tr id=([a-z]\d+r-\d+)><th>(.*?)(?=<tr|</table)", fold, re.S):
            name, *cells, _ = re.split("<td>", row)
            yield anchor, name, cells, re.findall(r"<a href=#(n\d+)>", row)


def test_each_count_links_to_all_that_it_counts(linked):
    page = linked["01_report"]
    told = list(folds(page))
    marks = dict(re.findall(r"<mark id=(n\d+)>(.*?)</mark>", page))
    assert len(told) > 10
    for anchor, _, cells, found in told:
        bar = re.search(rf"<a href=#{anchor}>([\d,]+)</a>", page)
        assert bar is not None, anchor
        assert len(found) == int(bar[1]) and set(found) <= set(marks)
        assert not cells or sum(map(int, cells)) == int(bar[1])


def test_each_term_links_to_sentences_that_hold_it(linked):
    page = linked["07_words"]
    marks = dict(re.findall(r"<mark id=(n\d+)>(.*?)</mark>", page))
    told = list(folds(page))
    assert len(told) > 20
    for anchor, name, _, found in told:
        assert found and {marks[one] for one in found} == {name}
        assert f"<a href=#{anchor}>" in page
    figure = page[page.index("<figure") : page.index("</figure>")]
    assert "<line class=grown" in figure and "<line class=faded" in figure and "fill=" not in figure
    counts = [cell for title, text, cell in cells_of(page) if re.fullmatch(r"20\d\d", title) and int(text)]
    assert len(counts) > 60 and all("<a href=#n" in cell for cell in counts)


def test_a_sum_links_to_the_figures_of_all_districts_that_enter(linked):
    page = linked["06_compare"]
    marks = dict(re.findall(r"<mark id=(n\d+)>(.*?)</mark>", page))
    cells = [(text, cell) for title, text, cell in cells_of(page) if title == "写明的地区"]
    assert len(cells) >= 3
    for text, cell in cells:
        found = re.findall(r"<a href=#(n\d+)>(.*?)</a>", cell)
        assert len(found) == int(text.partition("个")[0])
        assert all(anchor in marks and name.endswith("区") for anchor, name in found)


def test_numbers_in_sentences_link_to_theirs(linked):
    page = linked["02_membership"]
    lines = re.findall(r"<li>([^<]*区发展党员数：.*?)</li>", page)
    lines = [line for line in lines if '"#f' not in line]
    assert len(lines) == 4
    marks = dict(re.findall(r"<mark id=(n\d+)>(.*?)</mark>", page))
    for line in lines:
        found = re.findall(r'年<a href="#(n\d+)">(.*?)</a>', line)
        assert len(found) == 2
        for anchor, words in found:
            assert ("–" in words) if "*" in marks[anchor] else (words.replace(",", "") == marks[anchor])


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
