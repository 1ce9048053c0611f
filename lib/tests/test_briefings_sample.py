"""Every notebook's pages over the sample corpus in a real Chromium: silent, readable, and each number proved."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import AXE, axe_finds, keep, needs_chromium, opened, scheme, started

from dangjian.briefings import publish
from dangjian.cli.run import find_notebooks
from dangjian.runs.folder import RunFolder
from dangjian.runs.run import run_reports

pytestmark = needs_chromium

ROOT = Path(__file__).parents[2]
NOTEBOOKS = find_notebooks(ROOT / "notebooks")
STATIC, INTERACTIVE = 300_000, 900_000
"""Bytes that a page may take."""
WITHOUT_PLOTS = {"07_words", "90_quality"}
FOLLOWED = """
const faults = [], followed = new Set();
for (const link of document.querySelectorAll('a[href^="#n"]')) {
  const target = link.getAttribute('href'), words = link.closest('.proof') ? link.textContent : '';
  if (followed.has(target) && !words) continue;
  followed.add(target);
  location.hash = target;
  const mark = document.getElementById(target.slice(1)), sentence = mark?.closest('.q p:last-child, .q');
  const style = mark && getComputedStyle(mark);
  if (mark?.tagName !== 'MARK') faults.push(target + ' leads to no number');
  else if (!sentence.textContent.includes(mark.textContent)) faults.push(target + ' is not in its sentence');
  else if (words && words !== mark.textContent) faults.push(target + ' is not ' + words);
  else if (!mark.matches(':target')) faults.push(target + ' is not reached');
  else if (!mark.getClientRects().length) faults.push(target + ' is out of sight');
  else if (style.backgroundColor === getComputedStyle(sentence).backgroundColor) faults.push(target + ' is not lit');
}
return [followed.size, faults];
"""
HELD = """
const figures = JSON.parse(document.getElementById('plots').textContent).figures;
return figures.map(({id, data, links}) => [id, Object.values(links).length, Object.values(links)
    .filter(anchor => document.getElementById(anchor.replace('#', ''))?.tagName !== 'MARK')]);
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), tmp_path_factory.mktemp("downloads")) as driver:
        yield driver


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    with RunFolder(tmp_path_factory.mktemp("runs"), "sample") as opened_folder:
        outcome = run_reports(ROOT / "data/reports", opened_folder, NOTEBOOKS, progress=False, warm=True)
        publish(opened_folder, outcome, interactive=True)
    assert [run.error for run in outcome.notebooks] == [""] * len(NOTEBOOKS)
    return opened_folder.path / "briefings"


@pytest.mark.parametrize("stem", [path.stem for path in NOTEBOOKS])
def test_every_number_leads_to_its_lit_sentence_in_light_and_dark(browser, pages, stem):
    path = pages / f"{stem}.html"
    assert path.stat().st_size < STATIC
    for light, rules in (("light", ()), ("dark", ("color-contrast",))):
        scheme(browser, light)
        asked, console = opened(browser, path)
        assert (asked, console) == ([path.as_uri()], [])
        keep(browser, f"sample.{stem}.{light}")
        followed, faults = browser.execute_script(FOLLOWED)
        assert followed > 20 and faults == []
        if AXE.is_file():
            assert axe_finds(browser, *rules) == []
    scheme(browser, "")


@pytest.mark.parametrize("stem", [path.stem for path in NOTEBOOKS if path.stem not in WITHOUT_PLOTS])
def test_every_point_of_an_interactive_page_leads_to_a_number(browser, pages, stem):
    path = pages / f"{stem}.interactive.html"
    assert path.stat().st_size < INTERACTIVE
    asked, console = opened(browser, path)
    assert (asked, console) == ([path.as_uri()], [])
    keep(browser, f"sample.{stem}.interactive")
    held = browser.execute_script(HELD)
    assert held and int(browser.execute_script("return document.body.dataset.drawn")) == len(held)
    assert [wanting for _, _, wanting in held if wanting] == []
    assert any(count for _, count, _ in held)
