"""Pages in a real Chromium, from disk: nothing runs, nothing is asked for, Chinese is drawn by the page's own font."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest
from payloads import PAYLOADS
from sample_notebooks import executed, shown
from test_briefings_page import PLOTLY, RUN, SVG, facts

from dangjian.briefings.index import Entry, overview
from dangjian.briefings.page import read_page
from dangjian.briefings.publish import briefing
from dangjian.runs.notebook import NotebookRun

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium and chromedriver on this machine")

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1000,1400",
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A briefing whose every text field holds all payloads, and the index of a run of such."""
    rows = [(payload, "12名", f"{payload.replace(chr(0), '')}发展党员12名。") for payload in PAYLOADS]
    with pd.option_context("display.max_colwidth", None):
        table = pd.DataFrame(rows, columns=["标签", "原文", "句子"])._repr_html_()
    figures = [
        [
            shown(
                plotly={
                    "data": [{"type": "bar", "x": [text], "y": [1], "name": text}],
                    "layout": {"title": {"text": text}},
                }
            )
        ]
        for text in PAYLOADS
    ]
    prose = "# 党员发展遮蔽\n\n" + "\n\n".join(PAYLOADS)
    computed = [[shown(markdown=payload)] for payload in PAYLOADS]
    notebook = executed(prose, [shown(svg=SVG)], [shown(plotly=PLOTLY)], *figures, *computed, [shown(html=table)])
    told, every = facts(), " ".join(PAYLOADS)
    told["reports"][0] |= {"title": every, "district": every}
    told["unread"][0] |= {"text": every, "rule": every}
    told |= {"subject": every, "skipped": [{"name": every, "reason": every}]}
    told["counts"] |= {"failed": 1, "skipped": 1}
    page = read_page(notebook, "x")
    folder = tmp_path_factory.mktemp("briefings")
    entries = [Entry(RUN, page, "02.html"), Entry(NotebookRun(every, every, "failed", 2, 1, 0.1, 2, every))]
    (folder / "02.html").write_text(briefing(page, RUN, told), "utf-8")
    (folder / "index.html").write_text(overview(entries, told), "utf-8")
    return folder


def opened(browser, path):
    """Open a page afresh; give what it asked for and what the console said."""
    browser.get("about:blank")
    browser.get_log("performance"), browser.get_log("browser")
    browser.get(path.as_uri())
    browser.execute_async_script("const done = arguments[0]; document.fonts.ready.then(() => done())")
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    ]
    return [url for url in asked if not url.startswith("data:")], [
        line["message"] for line in browser.get_log("browser")
    ]


@pytest.mark.parametrize("name", ["02.html", "index.html"])
def test_nothing_is_asked_for_and_nothing_runs(browser, pages, name):
    asked, console = opened(browser, pages / name)
    assert asked == [(pages / name).as_uri()]
    assert console == []
    assert browser.execute_script("return document.scripts.length") == (name == "02.html")
    assert browser.execute_script("return window.ran") is None
    from selenium.webdriver import ActionChains

    for element in browser.find_elements("css selector", "main a[href^='#'], main summary, main td, svg text")[::3]:
        if element.is_displayed():
            ActionChains(browser).move_to_element(element).click().perform()
    assert browser.execute_script("return window.ran") is None
    assert browser.current_url.split("#")[0] in {(pages / each).as_uri() for each in ("02.html", "index.html")}


def test_every_chart_is_drawn(browser, pages):
    opened(browser, pages / "02.html")
    sizes = browser.execute_script(
        """return [...document.querySelectorAll('figure svg')].map(
            svg => [svg.getBBox().width, svg.getBoundingClientRect().height])"""
    )
    assert len(sizes) == len(PAYLOADS) + 2
    assert all(width > 0 and height > 0 for width, height in sizes)


def test_chinese_is_drawn_by_the_embedded_font(browser, pages):
    opened(browser, pages / "02.html")
    loaded = browser.execute_script("return [...document.fonts].map(f => [f.family.replaceAll('\"', ''), f.status])")
    assert loaded == [["Dangjian Sans", "loaded"]]
    # a missing character is drawn as one and the same box
    shapes = browser.execute_script(
        """return [...'党遮蔽展'].map(character => {
            const canvas = document.createElement('canvas'); canvas.width = canvas.height = 40;
            const pen = canvas.getContext('2d'); pen.font = '32px "Dangjian Sans"'; pen.fillText(character, 2, 34);
            return canvas.toDataURL(); })"""
    )
    assert len(set(shapes)) == 4
    family = browser.execute_script("return getComputedStyle(document.querySelector('figure svg text')).fontFamily")
    assert family.startswith('"Dangjian Sans"')


def test_every_evidence_link_lands_on_a_marked_number_in_its_sentence(browser, pages):
    opened(browser, pages / "02.html")
    links = browser.find_elements("css selector", "td a[href^='#n']")
    assert len(links) == len(PAYLOADS)
    for link in links:
        browser.execute_script("arguments[0].click()", link)
        landed = browser.execute_script("const m = document.querySelector('mark:target'); return m && m.textContent")
        assert landed == link.text == "12名"
