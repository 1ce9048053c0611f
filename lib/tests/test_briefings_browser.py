"""Pages in a real Chromium that has no Chinese font, from disk: nothing is asked for, nothing of a report runs."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
from browsing import axe_finds, keep, needs_axe, needs_chromium, opened, scheme, started
from nbformat.v4 import new_output
from payloads import PAYLOADS
from sample_notebooks import executed, shown
from sample_pages import charts_of, hostile
from test_briefings_page import PLOTLY, RUN, SVG, facts

from dangjian.briefings import plots, typeface
from dangjian.briefings.index import Entry, overview
from dangjian.briefings.page import read_page
from dangjian.briefings.publish import Proofs, briefing
from dangjian.runs.notebook import NotebookRun

pytestmark = needs_chromium

PAGES = ["02.html", "02.interactive.html", "index.html"]


@pytest.fixture(scope="module")
def downloads(tmp_path_factory):
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(tmp_path_factory, downloads):
    with started(tmp_path_factory.mktemp("profile"), downloads) as driver:
        yield driver


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A briefing whose every text field holds all payloads, its interactive twin, and the index of a run of such."""
    clean = [payload.replace("\0", "") for payload in PAYLOADS]
    report, figures = hostile(clean)
    every = " ".join(PAYLOADS)
    charts = [[new_output("display_data", data)] for data in charts_of(figures, every, f"资料来源：{every}")]
    rows = [(payload, "12名", f"{text}另有12名。") for payload, text in zip(PAYLOADS, clean, strict=True)]
    with pd.option_context("display.max_colwidth", None):
        table = pd.DataFrame(rows, columns=["标签", "原文", "句子"])._repr_html_()
    bars = [{"type": "bar", "x": [text], "y": [1], "name": text, "hovertemplate": text} for text in PAYLOADS]
    layout = {"title": {"text": every}, "annotations": [{"text": text, "x": 0, "y": 0} for text in PAYLOADS]}
    own = [[shown(plotly={"data": bars, "layout": layout})]]
    computed = [[shown(markdown=payload)] for payload in PAYLOADS]
    prose = "# 党员发展遮蔽\n\n" + "\n\n".join(PAYLOADS)
    formulas = pd.DataFrame({"类": ["=1+1", "+1", "-x", "@a", "＝1", "\t=1", "-5.5", "1,230", "007"], "数": range(9)})
    notebook = executed(
        prose,
        [shown(svg=SVG)],
        [shown(plotly=PLOTLY)],
        *charts,
        *own,
        *computed,
        [shown(html=table)],
        [shown(html=formulas._repr_html_())],
    )
    told = facts()
    told["reports"][0] |= {"title": every, "district": every}
    told["unread"][0] |= {"text": every, "rule": every}
    told |= {"subject": every, "skipped": [{"name": every, "reason": every}]}
    told["counts"] |= {"failed": 1, "skipped": 1}
    proofs = Proofs({report.report_id: report})
    folder = tmp_path_factory.mktemp("briefings")
    made = [read_page(notebook, "x", proofs.reports, interactive=interactive) for interactive in (False, True)]
    for page, name, other in zip(made, PAGES, reversed(PAGES[:2]), strict=False):
        (folder / name).write_text(briefing(page, RUN, told, proofs, other), "utf-8")
    failed = NotebookRun(every, every, "failed", 2, 1, 0.1, 2, every)
    entries = [Entry(RUN, made[0], PAGES[0], PAGES[1]), Entry(failed)]
    (folder / "index.html").write_text(overview(entries, told), "utf-8")
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_for_and_nothing_of_a_report_runs(browser, pages, name):
    asked, console = opened(browser, pages / name)
    assert asked == [(pages / name).as_uri()]
    assert console == []
    own = {"02.html": 1, "02.interactive.html": 3, "index.html": 0}  # what the page itself brings, each by its hash
    runs = "return [...document.scripts].filter(script => !script.type).length"
    assert browser.execute_script(runs) == own[name]
    acts = """for (const element of document.querySelectorAll("main *, .plot *")) {
        for (const kind of ["mouseover", "mousemove", "mouseout"])
            element.dispatchEvent(new MouseEvent(kind, {bubbles: true}));
        if (!element.closest("button") && !(element.closest("a")?.getAttribute("href") ?? "#").endsWith("html"))
            element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
    }"""
    browser.execute_script(acts)
    assert browser.execute_script("return window.ran") is None
    assert browser.current_url.split("#")[0] == (pages / name).as_uri()
    links = browser.execute_script("return [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    assert {link for link in links if not link.startswith("#")} <= set(PAGES)
    keep(browser, name)


def test_every_chart_is_drawn(browser, pages):
    opened(browser, pages / "02.html")
    sizes = browser.execute_script(
        """return [...document.querySelectorAll('figure')].map(figure => [...figure.querySelectorAll('svg')].map(
            svg => svg.getBoundingClientRect().width * svg.getBoundingClientRect().height))"""
    )
    assert len(sizes) == 5
    assert all(areas and max(areas) > 0 for areas in sizes)


def test_every_chart_is_drawn_by_plotly_too(browser, pages):
    opened(browser, pages / "02.interactive.html")
    made = browser.find_elements("css selector", ".plot")
    drawn = browser.find_elements("css selector", ".plot .main-svg .points path")
    assert browser.execute_script("return document.body.dataset") == {
        **browser.execute_script("return document.body.dataset"),
        "drawn": str(len(made)),
    }
    assert len(made) == 4  # the drawing that carries nothing stays one
    assert len(drawn) > 4
    told = plots.bundle_for([])
    assert set(browser.execute_script("return Object.keys(Plotly.PlotSchema.get().traces)")) == told.traces
    point = browser.find_elements("css selector", "#p3 .points path, #p4 .points path")[0]
    assert point.is_displayed()
    assert browser.execute_script("return Plotly.version") == "4.1.1"


def test_chinese_is_drawn_without_a_chinese_font(browser, pages):
    for name in PAGES:
        opened(browser, pages / name)
        loaded = browser.execute_script(
            "return [...document.fonts].map(f => [f.family.replaceAll('\"', ''), f.status])"
        )
        assert loaded == [["Dangjian Sans", "loaded"]]
        boxes = browser.execute_script(
            """const canvas = document.createElement('canvas'); canvas.width = canvas.height = 40;
            const pen = canvas.getContext('2d', {willReadFrequently: true});
            pen.font = '32px ' + getComputedStyle(document.body).fontFamily;
            const drawn = sign => { pen.clearRect(0, 0, 40, 40); pen.fillText(sign, 2, 34);
                                    return canvas.toDataURL(); };
            const box = drawn('\\uE123'), text = document.body.innerText;
            return [...new Set(text)].filter(sign => sign > '\\u2E80' && sign !== '\\u3000' && drawn(sign) === box);"""
        )
        assert boxes == []


HOOKED = "划减或战戒我武域威裁试载戴喊蛾俄〕］｝ˇ"
"""Letters that browsers have drawn hollow where they were to be bold."""
THINNER = """
const [text, done] = arguments, canvas = document.createElement('canvas'); canvas.width = canvas.height = 90;
const pen = canvas.getContext('2d', {willReadFrequently: true});
const ink = font => sign => { pen.clearRect(0, 0, 90, 90); pen.font = font; pen.fillText(sign, 10, 70);
    return pen.getImageData(0, 0, 90, 90).data.reduce((sum, part, at) => at % 4 === 3 ? sum + part : sum, 0); };
const thinner = size => { const [plain, bold] = ['', 'bold '].map(weight => ink(weight + size + 'px "Dangjian Sans"'));
    return [...text].filter(sign => bold(sign) <= plain(sign)).join(''); };
document.fonts.load('32px "Dangjian Sans"').then(() => done([17, 20, 32, 48].map(thinner)));
"""


def test_bold_letters_are_bolder_than_plain_ones(browser, tmp_path):
    page = tmp_path / "bold.html"
    page.write_text(f'<meta charset="utf-8"><style>{typeface.face(HOOKED)}</style>{HOOKED}', "utf-8")
    browser.get(page.as_uri())
    assert browser.execute_async_script(THINNER, HOOKED) == ["", "", "", ""]


def test_every_link_to_evidence_lands_on_a_number_in_its_sentence(browser, pages):
    opened(browser, pages / "02.html")
    found = browser.execute_script(
        """return [...document.querySelectorAll('a[href^="#n"]')].map(link => {
            const mark = document.getElementById(link.getAttribute('href').slice(1));
            return [link.getAttribute('href'), link.closest('.proof') ? link.textContent : '',
                    mark?.tagName, mark?.textContent,
                    mark?.closest('.q p:last-child')?.textContent]; })"""
    )
    assert len(found) > 3 * len(PAYLOADS)
    for target, written, tag, marked, sentence in found:
        assert tag == "MARK", target
        assert written in ("", marked)
        assert marked in sentence
    browser.execute_script("document.querySelector('.up a').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    assert browser.execute_script("return document.querySelector('mark:target').textContent")


def test_a_point_of_a_plot_leads_to_its_sentence(browser, pages):
    opened(browser, pages / "02.interactive.html")
    landed = browser.execute_script(
        """const plot = document.getElementById('p4'), trace = plot.data.find(trace => trace.customdata);
        plot.emit('plotly_click', {points: [{customdata: trace.customdata[0]}]});
        return document.querySelector('mark:target')?.textContent"""
    )
    assert landed


def saved(browser, downloads, selector):
    """Click a button; the bytes of the file that it saves."""
    from selenium.webdriver.support.wait import WebDriverWait

    for old in downloads.iterdir():
        old.unlink()
    browser.execute_script("document.querySelector(arguments[0]).click()", selector)
    done = lambda _: [path for path in downloads.iterdir() if path.suffix in (".csv", ".xlsx")]  # noqa: E731
    (path,) = WebDriverWait(browser, 20).until(done)
    return path.read_bytes()


def test_tables_are_saved_as_text_and_numbers(browser, pages, downloads):
    opened(browser, pages / "02.html")
    place = ".wide[data-name='表 2'] .tools button"
    written = saved(browser, downloads, f"{place}:first-child")
    assert written.startswith(b"\xef\xbb\xbf")
    lines = written.decode("utf-8-sig").split("\r\n")
    assert lines == [
        "类,数",
        "'=1+1,0",
        "'+1,1",
        "'-x,2",
        "'@a,3",
        "'＝1,4",
        "\\t=1,5",
        "-5.5,6",
        "1230,7",
        "007,8",
        "",
    ]
    book = openpyxl.load_workbook(io.BytesIO(saved(browser, downloads, f"{place}:last-child")))
    (sheet,) = book
    rows = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [
        *((text, "s") for text in ("=1+1", "+1", "-x", "@a", "＝1", "\\t=1")),
        *((-5.5, "n"), (1230, "n"), ("007", "s")),
    ]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_figures_are_saved_with_their_bounds_and_payloads_as_text(browser, pages, downloads):
    opened(browser, pages / "02.html")
    content = saved(browser, downloads, ".way .tools button")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["图 3", "图 4", "表 1", "表 2", "数字"]
    assert not any(cell.data_type == "f" or cell.hyperlink for sheet in book for row in sheet for cell in row)
    figures = pd.DataFrame(book["图 4"].values)
    assert list(figures.iloc[0]) == ["图组", "类别", "年份", "数值", "下限", "上限", "单位"]
    assert {(100, 199), (12, 12), (270, 300), (20, None)} == {
        (lower, None if pd.isna(upper) or upper == "" else upper) for lower, upper in figures.iloc[1:, 4:6].values
    }
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert parts.testzip() is None
    sheets = "".join(parts.read(name).decode("utf-8") for name in parts.namelist() if "sheet" in name)
    assert "<f>" not in sheets and "<script" not in sheets
    assert sheets.count("window.ran=1&lt;/script&gt;") >= 4


@needs_axe
@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser, pages, name, light):
    scheme(browser, light)
    opened(browser, pages / name)
    found = axe_finds(browser)
    keep(browser, f"{name}.{light}")
    scheme(browser, "")
    assert found == []


def test_nothing_overflows_on_a_phone(browser, pages):
    for name in PAGES:
        size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        opened(browser, pages / name)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        keep(browser, f"{name}.phone")
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        assert wide <= 360, name


def test_the_keyboard_reaches_main_first_and_then_the_numbers(browser, pages):
    from selenium.webdriver import ActionChains, Keys

    opened(browser, pages / "02.html")
    ActionChains(browser).send_keys(Keys.TAB).send_keys(Keys.ENTER).perform()
    assert browser.execute_script("return location.hash") == "#main"
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.execute_script("return document.activeElement.closest('.key') !== null")
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert browser.execute_script(outline) == "solid"


def test_it_prints_on_a4_with_page_numbers(browser, pages):
    pypdf = pytest.importorskip("pypdf")
    opened(browser, pages / "02.html")
    paper = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    printed = pypdf.PdfReader(io.BytesIO(base64.b64decode(paper["data"])))
    size = printed.pages[0].mediabox
    assert (round(float(size.width)), round(float(size.height))) == (595, 842)
    texts = [page.extract_text() for page in printed.pages]
    assert len(texts) > 1
    assert all(re.search(rf"—\s*{number}\s*—", text) for number, text in enumerate(texts, 1))
    assert "党员发展遮蔽" in texts[0].replace(" ", "")
