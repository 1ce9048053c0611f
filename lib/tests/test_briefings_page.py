"""Whole pages: what is in them, in which order, and that equal facts give equal bytes."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest
from payloads import PAYLOADS
from sample_notebooks import executed, shown

from dangjian.briefings import outlines, typeface
from dangjian.briefings.index import Entry, overview
from dangjian.briefings.page import read_page
from dangjian.briefings.publish import briefing
from dangjian.briefings.straightening import straighten
from dangjian.briefings.turning import turn
from dangjian.runs.notebook import NotebookRun

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>发展党员上升</title><text>2021</text></svg>'
PLOTLY = {"data": [{"type": "bar", "x": ["2020"], "y": [12]}], "layout": {"title": {"text": "十二名"}}}
RUN = NotebookRun("02.ipynb", "发展", "done", 1, 1, 0.5)


def facts(**changed):
    report = {
        "report_id": "hengchuan-2021",
        "title": "衡川区2021年工作报告",
        "district": "衡川区",
        "year": 2021,
        "kind": "",
        "invented": True,
        "source": "hengchuan-2021.txt",
        "sha256": "0123456789abcdef",
        "found": 1200,
        "bound": 30,
        "unread": 1,
        "left_out": 5,
        "masks": [{"sign": "*", "reading": "digits", "evidence": "****年"}],
    }
    counts = {"reports": 1, "skipped": 0, "found": 1200, "bound": 30, "unread": 1, "notebooks": 1, "failed": 0}
    unread = [{"report_id": "hengchuan-2021", "start": 7, "end": 9, "text": "九九", "rule": "no number"}]
    stored = {"subject": "样本", "mask": "auto", "counts": counts, "reports": [report], "skipped": [], "unread": unread}
    return stored | changed


def frame(*rows, columns=("标签", "原文", "句子")):
    return shown(html=pd.DataFrame(rows, columns=list(columns))._repr_html_())


def page_of(*cells, **changed):
    return briefing(read_page(executed(*cells), "无题"), RUN, facts(**changed))


class Outline(HTMLParser):
    """Tags, ids and links of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.ids, self.links, self.attributes = [], [], [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(facts)
        if "id" in facts:
            self.ids.append(facts["id"])
        if "href" in facts:
            self.links.append(facts["href"])


def test_the_frame_of_a_page():
    page = page_of(
        "# 发展党员\n\n问题。",
        "#### 一、多少",
        [shown(svg=SVG)],
        "## 二、证据",
        [frame(("党员", "12名", "发展党员12名。"))],
    )
    seen = Outline(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert "<title>发展党员</title>" in page
    for tag in ("main", "h1", "nav", "header"):
        assert seen.tags.count(tag) == 1
    levels = [int(tag[1]) for tag in seen.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(seen.ids) == len(set(seen.ids))
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)
    assert {link for link in seen.links if not link.startswith("#")} == {"index.html"}
    assert "虚构示例" in page
    assert "<a href=#n1>12名</a>" in page
    assert "发展党员<mark id=n1>12名</mark>。" in page
    assert "图 1　一、多少。" in page
    assert '发展党员上升 <a href="#f1">图 1</a>' in page
    assert "表 1　二、证据" in page


def test_no_chart_vanishes():
    odd = {"data": [{"type": "sankey"}], "layout": {"title": {"text": "流向"}}}
    page = read_page(
        executed("# 图", [shown(svg=SVG)], [shown(plotly=PLOTLY)], [shown(plotly=odd)], [shown(svg="<x")]), ""
    )
    html = briefing(page, RUN, facts())
    assert (page.figures, page.drawn) == (4, 2)
    assert html.count("<figure ") == 4
    assert "图中数据" in html
    assert "此图原为交互图" in html
    assert "此图无法显示" in html


OUTPUTS = [
    (shown(html=pd.DataFrame(columns=["甲列", "乙列"])._repr_html_()), "没有可列的数字", "甲列"),
    # output, what the page shows, what it does not
    (shown(plain="<Figure size 640x480 with 1 Axes>"), "", "640x480"),
    (shown(plain="<Axes: >"), "", "Axes"),
    (shown(plain="12 < 13"), "<pre>12 &lt; 13</pre>", ""),
    (
        shown(markdown="**12名** <b>x</b> [y](https://example.org)", plain="x"),
        "<strong>12名</strong> &lt;b&gt;",
        "example.org",
    ),
    (shown(html="<script>run()</script><b>不可信</b>", plain="可信"), "<pre>可信</pre>", "不可信"),
    (shown(png="iVBORw0KGgo=\n", plain="柱状图"), 'alt="柱状图" src="data:image/png;base64,iVBORw0KGgo="', ""),
    (shown(png='"onload=x', plain="a"), "此图无法显示", "onload"),
    ({"output_type": "stream", "name": "stdout", "text": "读入<16>份\n"}, "<pre>读入&lt;16&gt;份</pre>", ""),
    ({"output_type": "stream", "name": "stderr", "text": "警告甲乙丙"}, "", "警告甲乙丙"),
]


@pytest.mark.parametrize(("output", "there", "absent"), OUTPUTS)
def test_outputs(output, there, absent):
    from nbformat import from_dict

    page = page_of("# 题", [from_dict(output)])
    assert there in page
    if absent:
        assert absent not in page


def test_code_is_folded_and_parameters_are_not_shown():
    notebook = executed("# 题", [shown(plain="1")])
    notebook.cells[1].source = "charts.years(developed)"
    notebook.cells.append(notebook.cells[1].copy())
    notebook.cells[2].metadata = notebook.cells[2].metadata.copy()
    notebook.cells[2].metadata["tags"] = ["injected-parameters"]
    notebook.cells[2].source = "reports = '/somewhere/else'"
    page = briefing(read_page(notebook, "x"), RUN, facts())
    assert page.index("<details>\n<summary>本页由") < page.index("charts.years(developed)")
    assert "/somewhere" not in page


def test_equal_facts_give_equal_bytes_and_no_time_or_run_name():
    cells = ["# 题", [shown(svg=SVG)], [shown(plotly=PLOTLY)], [frame(("党员", "12名", "发展党员12名。"))]]
    assert page_of(*cells) == page_of(*cells)
    assert page_of(*cells, run="a", notebooks=[1]) == page_of(*cells, run="b", notebooks=[2])


def test_the_policy_names_the_hash_of_each_style_and_lets_nothing_else_in():
    page = page_of("# 题")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    policy = policy.replace("&#39;", "'")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == page.count("<style>") + page.count("<script>") == 3
    assert policy.count("script-src") == 1


def test_the_font_holds_every_character_that_it_can_of_the_finished_page():
    from io import BytesIO

    from fontTools.ttLib import TTFont

    page = page_of("# 题目遮蔽", [shown(plotly=PLOTLY)], [frame(("党员", "12名", "发展党员12名。"))])
    (font,) = re.findall(r"font/woff2;base64,([^)]*)\)", page)
    cut = set(map(chr, TTFont(BytesIO(base64.b64decode(font))).getBestCmap()))
    text = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    wanted = {character for character in text if character > "\u2000"} & typeface.covered()
    assert "蔽" in wanted
    assert wanted <= cut
    assert len(page) < 100_000


def cut_by_font_tools(text: str, *, thinned: bool = True):
    """The bundled font cut and rounded the long way, needless points taken out of it."""
    from io import BytesIO

    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.scaleUpem import scale_upem

    options = subset.Options(hinting=False, notdef_outline=True, layout_features=[], bidi_closure=False)
    font = TTFont(BytesIO(typeface.FONT.read_bytes()), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes={*map(ord, text), *typeface.ALWAYS})
    cutter.subset(font)
    scale_upem(font, outlines.GRID)
    for name, glyph in font["glyf"].glyphs.items() if thinned else ():
        if glyph.numberOfContours:
            straighten(glyph)
            turn(glyph)
            glyph.recalcBounds(font["glyf"])
            font["hmtx"].metrics[name] = font["hmtx"].metrics[name][0], glyph.xMin
    out = BytesIO()
    font.flavor = "woff2"
    font.save(out, reorderTables=False)
    return TTFont(out)


@pytest.mark.parametrize("text", ["", "é\u00a0·★", "党员12名，整改率95%，巡察发现问题；发展党员***名🙂"])
def test_the_font_is_what_font_tools_makes_of_the_bundled_one(text):
    from io import BytesIO

    from fontTools.ttLib import TTFont

    made, expected = TTFont(BytesIO(typeface.cut({*map(ord, text), *typeface.ALWAYS}))), cut_by_font_tools(text)
    assert made.keys() == expected.keys()
    for tag in ("cmap", "glyf", "loca", "maxp", "name"):
        assert made.getTableData(tag) == expected.getTableData(tag), tag
    for name, (advance, bearing) in expected["hmtx"].metrics.items():  # it rounds a half up, we to the even step
        assert abs(made["hmtx"][name][0] - advance) <= 1
        assert made["hmtx"][name][1] == bearing


def along(font, name):
    """Points along the outline of a glyph, close to each other."""
    from fontTools.pens.basePen import decomposeQuadraticSegment
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    pen, shape = DecomposingRecordingPen(font.getGlyphSet()), []
    font.getGlyphSet()[name].draw(pen)
    here = start = (0, 0)
    for verb, points in pen.value:
        if verb == "moveTo":
            here = start = points[0]
            continue
        pieces = decomposeQuadraticSegment(points) if verb == "qCurveTo" else [(here, (points or (start,))[0])]
        for control, end in pieces:
            for step in range(33):
                part = step / 32
                weights = (1 - part) ** 2, 2 * part * (1 - part), part**2
                if verb != "qCurveTo":
                    weights = 1 - part, 0, part
                shape.append(sum(w * complex(*point) for w, point in zip(weights, (here, control, end), strict=True)))
            here = end
    return shape


def test_an_outline_with_fewer_points_runs_where_it_ran():
    text = "党整蔽题繁8%"
    full, thin = (cut_by_font_tools(text, thinned=thinned) for thinned in (False, True))
    many, few = (
        sum(font["glyf"][font.getBestCmap()[ord(sign)]].getMaxpValues()[0] for sign in text) for font in (full, thin)
    )
    assert few < 0.95 * many
    for sign in text:
        name = full.getBestCmap()[ord(sign)]
        ran, runs = along(full, name), along(thin, name)
        assert max(min(abs(one - other) for other in runs) for one in ran) < 1.2, sign


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_text_is_text(payload, monkeypatch):
    monkeypatch.setattr(typeface, "face", lambda text, without="": "@font-face{}")  # cutting a font takes its time
    clean_text = payload.replace("\u0000", "")
    figure = {
        "data": [{"type": "bar", "x": [payload], "y": [1], "name": payload}],
        "layout": {"title": {"text": payload}},
    }
    cells = [f"# {payload}", [shown(plotly=figure)], [shown(markdown=payload)], [shown(plain=payload)]]
    cells += [[frame((payload, clean_text, f"前{clean_text}后"), columns=(payload[:9] or "a", "原文", "句子"))]]
    evil = facts()
    evil["reports"][0] |= {"title": payload, "district": payload, "report_id": payload}
    evil["unread"][0] |= {"text": payload, "rule": payload}
    evil |= {"subject": payload, "skipped": [{"name": payload, "reason": payload}]}
    evil["counts"] |= {"failed": 1, "skipped": 1}
    failed = NotebookRun(payload, payload, "failed", 2, 1, 0.1, 2, payload)
    entries = [Entry(failed)]
    for page in (briefing(read_page(executed(*cells), payload), RUN, evil), overview(entries, evil)):
        seen = Outline(page)
        assert seen.tags.count("script") <= 1
        assert not set(seen.tags) & {"iframe", "object", "embed", "form", "base", "link", "img", "animate"}
        assert seen.tags.count("style") == 2
        assert seen.tags.count("meta") == 4
        assert not {name for name in seen.attributes if name.startswith("on") or name in ("srcdoc", "style", "action")}
        assert {link for link in seen.links if not link.startswith("#")} <= {"index.html"}
        assert not set(page) & set("\u0000\u202e")


def test_the_index_tells_of_everything():
    page = read_page(executed("# 发展党员", [shown(svg=SVG)]), "x")
    failed = NotebookRun("03.ipynb", "整改", "failed", 5, 2, 1.0, 4, "KeyError: 'x'")
    entries = [Entry(RUN, page, "02.html"), Entry(failed)]
    told = facts(skipped=[{"name": "坏.pdf", "reason": "this is a PDF file"}])
    told["counts"] |= {"failed": 1, "skipped": 1, "notebooks": 2}
    html = overview(entries, told)
    for words in (
        "衡川区",
        "2021",
        "1,200",
        "坏.pdf",
        "this is a PDF file",
        "停在第 4 格",
        "KeyError",
        "九九",
        "图 1 幅",
    ):
        assert words in html
    assert '<a href="02.html">发展</a>' in html
