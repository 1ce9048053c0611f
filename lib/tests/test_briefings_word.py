"""Briefings as Word documents: the layout of official papers, the page's own numbers, and text that stays text."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

docx = pytest.importorskip("docx")
from docx.oxml.ns import qn  # noqa: E402
from docx.shared import Mm, Pt  # noqa: E402

from dangjian import analysis, charts, metrics, wording  # noqa: E402
from dangjian.briefings.page import read_page  # noqa: E402
from dangjian.briefings.word import document  # noqa: E402
from dangjian.charts.carrying import recall  # noqa: E402

SAMPLE = Path(__file__).parents[2] / "data" / "reports"
FACTS = {
    "counts": {"reports": 16, "found": 9, "bound": 8, "unread": 0, "skipped": 0, "failed": 0},
    "reports": [{"invented": True}] * 16,
    "unread": [],
}
DEVELOPED = "membership.developed"
ODD = "甲\x00区<b>[x](javascript:1)$\u202e"


@pytest.fixture(scope="module")
def sample() -> tuple[object, object, nbformat.NotebookNode]:
    """The sample corpus, and a notebook as executed: prose, one chart of each kind, tables, evidence."""
    corpus, table = metrics.open_table(SAMPLE)
    developed = analysis.by_year(table, DEVELOPED)
    groups = analysis.latest(analysis.by_year(table, DEVELOPED, by="group"))
    source = wording.source(developed, corpus)
    sizes = analysis.counts(table, "theme").rename(index=wording.theme_title)
    drawn = [
        charts.years(developed, source=source),
        charts.counts(sizes, title=wording.counted_finding(sizes, "各主题"), source=wording.text_source(corpus)),
    ]
    cells = [new_markdown_cell("# 发展党员\n\n**问题：** 多少？"), new_markdown_cell("## 每年多少？")]
    for figure in drawn:
        data = {"image/svg+xml": charts.svg(figure), wording.MIME: recall(figure)}
        cells.append(_shown(data))
    moving = charts.ranges_interactive(groups, source=source)
    cells.append(_shown({"application/vnd.plotly.v1+json": moving.to_plotly_json()}))
    cells.append(_shown({"text/markdown": wording.bullets(wording.findings(developed))}))
    for frame in (wording.year_table(developed), wording.evidence_table(corpus, developed)):
        cells.append(_shown({"text/html": frame.to_html(), wording.MIME: frame.attrs["carried"]}))
    return corpus, developed, new_notebook(cells=cells)


def _shown(data: dict[str, object]) -> nbformat.NotebookNode:
    return new_code_cell("1", outputs=[new_output("display_data", data)])


def made(notebook: nbformat.NotebookNode, corpus: object = ()) -> tuple[object, str]:
    """The paper and the page of a notebook."""
    page = read_page(notebook, "甲", {report.report_id: report for report in corpus})
    paper = docx.Document(io.BytesIO(document(notebook, page, FACTS)))
    return paper, "".join(page.blocks)


def said(paper: object) -> list[str]:
    return [line.text for line in paper.paragraphs]


def test_the_layout_is_that_of_official_papers(sample: tuple) -> None:
    paper, _ = made(sample[2], sample[0])
    (section,) = paper.sections
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side / Mm(1)) for side in margins] == [37, 35, 28, 26]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    faces = {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体", "Heading 3": "仿宋", "Normal": "仿宋"}
    for name, face in faces.items():
        style = paper.styles[name]
        fonts = style.element.rPr.rFonts
        assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == (face, "Times New Roman")
        assert style.paragraph_format.line_spacing == Pt(28)
    assert paper.styles["Normal"].font.size == Pt(16) and paper.styles["Normal"].paragraph_format.first_line_indent
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text == "—  —" and "PAGE" in footer._element.xml
    headings = [line.text for line in paper.paragraphs if line.style.name == "Heading 1"]
    assert headings[:2] == ["一、要点", "二、每年多少？"] and headings[-1].startswith("五、附录")


def test_the_paper_says_the_numbers_of_the_page(sample: tuple) -> None:
    corpus, developed, notebook = sample
    paper, page = made(notebook, corpus)
    shown = unescape(re.sub(r"<[^>]*>", "|", page))
    pictures = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
    assert len(pictures) == page.count("<figure") == 3
    told = [wording.words(row, original=False) for _, row in developed.iterrows()]
    assert all(words in pictures[0] and words in shown for words in told)
    groups = re.findall(r"[\d,–]{2,}名", pictures[2].partition("\n")[2])
    assert len(groups) > 8 and all(words in shown for words in groups)
    rows = pictures[1].split("\n")[1:]
    sums = [f"{sum(map(int, re.findall('[^0-9]([0-9]+)', row))):,}" for row in rows]
    assert len(sums) > 12 and set(sums) <= set(re.findall(r"[\d,]+", shown))
    _, table = paper.tables
    assert sorted(cell.text for row in table.rows for cell in row.cells if "名" in cell.text) == sorted(told)
    for claim in wording.findings(developed):
        assert claim in said(paper) and claim in shown


def test_key_figures_and_doubts_are_those_of_the_page(sample: tuple) -> None:
    corpus, developed, notebook = sample
    from dangjian.briefings import appendix, doubts
    from dangjian.briefings.publish import MOST_UNREAD, Proofs, briefing, paper
    from dangjian.runs.notebook import NotebookRun

    _, table = metrics.open_table(SAMPLE)
    known = {report.report_id: report for report in corpus}
    row = developed.iloc[0]
    place = {name: row[name] for name in ("report_id", "start", "end", "text", "label")}
    conflict = {"indicator": DEVELOPED, "district": "甲区", "period": 2020, "places": [place, place | {"text": "1<2"}]}
    proofs = Proofs(known, appendix.by_place(table), (conflict,))
    unread = [{"report_id": "r", "start": at, "end": at + 3, "text": f"{at}多<", "rule": "x"} for at in range(50)]
    facts = FACTS | {"unread": unread, "subject": "s", "mask": "auto", "skipped": []}
    facts["reports"] = [
        {
            "invented": True,
            "masks": [],
            "title": "t",
            "report_id": "r",
            "district": "",
            "year": 2020,
            "sha256": "0" * 64,
        }
        | {"found": 1, "bound": 1, "unread": 0}
    ]
    page = read_page(notebook, "甲", known)
    html = briefing(page, NotebookRun("甲", "a.ipynb", "done", 1, 1, 0.1), facts, proofs)
    made = docx.Document(io.BytesIO(paper(notebook, page, facts, proofs)))
    grid = re.search(r'<dl class="keys">.*?</dl>', html, re.S)[0]
    shown = [unescape(words) for words in re.findall(r"<dd><a [^>]*>(.*?)</a>", grid)]
    assert len(shown) >= 4 and [row.cells[1].text for row in made.tables[0].rows] == shown
    section = re.search(r'<section aria-labelledby="doubts">.*?</section>', html, re.S)[0]
    told = [unescape(re.sub(r"<[^>]*>", "", line)) for line in re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", section)]
    texts = said(made)
    first = texts.index(told[0])
    assert len(told) == MOST_UNREAD + 3 and texts[first : first + len(told)] == told
    assert "1<2" in told[1] and doubts.of_page(proofs.conflicts, page, proofs.numbers)


def test_every_number_stands_bold_in_its_sentence(sample: tuple) -> None:
    corpus, developed, notebook = sample
    reports = {report.report_id: report for report in corpus}
    page = read_page(notebook, "甲", reports)
    paper = docx.Document(io.BytesIO(document(notebook, page, FACTS)))
    appendix = [line for line in paper.paragraphs if line.style.name == "Cell"]
    bold = [run.text for line in appendix for run in line.runs if run.bold]
    assert len(bold) == page.quotations.count and set(developed["text"]) <= set(bold)
    (line,) = [line for line in appendix if "458名" in line.text]
    assert "实际完成458名" in line.text and line.text.startswith("第 ")


def test_text_of_reports_stays_text_and_equal_input_gives_equal_bytes() -> None:
    prose = new_markdown_cell(f"# {ODD}\n\n<script>1</script> **{ODD}**")
    frame = "<table><tr><th>甲</th></tr><tr><td>=1+1&lt;b&gt;\u202e</td></tr></table>"
    notebook = new_notebook(cells=[prose, _shown({"text/html": frame}), _shown({"text/markdown": "<b>1</b>"})])
    page = read_page(notebook, "甲")
    first = document(notebook, page, FACTS)
    assert first == document(notebook, page, FACTS)
    paper = docx.Document(io.BytesIO(first))
    assert "<script>1</script>" in "".join(said(paper)) and "<b>1</b>" in said(paper)
    assert paper.tables[0].cell(1, 0).text == "=1+1<b>⟨U+202E⟩"
    assert "⟨U+202E⟩" in paper.core_properties.title


def test_a_chart_of_another_make_is_told_and_loses_nothing_else() -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# 甲"), _shown({"image/svg+xml": "<svg/>"})])
    paper, _ = made(notebook)
    assert "此图无法显示。" in said(paper) and any(line.startswith("图 1") for line in said(paper))
