"""Drawings: what stays, what does not, and plotly figures drawn again."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from payloads import PAYLOADS

from dangjian.briefings import plotted, redrawn
from dangjian.briefings.pictures import clean

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="460pt" height="230pt" viewBox="0 0 460 230">'
)


def drawn(body: str) -> str:
    return clean(f"{HEAD}{body}</svg>", "f1").html


KEPT = [
    (
        '<path d="M 1.23456 2" style="fill: #0072b2; stroke: none"/>',
        '<path d="M 1.23 2" fill="#0072b2" stroke="none"/>',
    ),
    (
        "<text style=\"font: 12px 'Noto Sans SC'; text-anchor: middle\">党员</text>",
        '<text font-size="12" text-anchor="middle">党员</text>',
    ),
    ('<use xlink:href="#m1" x="3"/>', '<use href="#f1-m1" x="3"/>'),
    ('<g clip-path="url(#c1)"><rect width="3"/></g>', '<g clip-path="url(#f1-c1)"><rect width="3"/></g>'),
    # an id stays where something points to it
    ('<pattern id="h1"/><rect id="r1" style="fill: url(#h1)"/>', '<pattern id="f1-h1"/><rect fill="url(#f1-h1)"/>'),
    ('<g id="a"><g><path d="M 1 2"/></g></g>', '</desc><path d="M 1 2"/></svg>'),
    (
        '<image xlink:href="data:image/png;base64,AAAA" width="3"/>',
        '<image href="data:image/png;base64,AAAA" width="3"/>',
    ),
]


@pytest.mark.parametrize(("body", "html"), KEPT)
def test_kept(body, html):
    assert html in drawn(body)


DROPPED = [
    "<script>1</script>",
    "<style>*{fill:red}</style>",
    "<foreignObject><p>x</p></foreignObject>",
    '<a xlink:href="https://example.org"><text>x</text></a>',
    '<image xlink:href="https://example.org/x.png"/>',
    '<image xlink:href="data:image/svg+xml;base64,AAAA"/>',
    '<use xlink:href="other.svg#m"/>',
    '<rect onclick="x()"/>',
    '<rect style="fill: url(https://example.org/#a)"/>',
    '<rect fill="url(//example.org#a)"/>',
    '<animate attributeName="href" to="javascript:x"/>',
]


@pytest.mark.parametrize("body", DROPPED)
def test_dropped(body):
    html = drawn(body)
    for trace in (
        "script",
        "style",
        "foreignObject",
        "example.org",
        "svg+xml",
        "other.svg",
        "onclick",
        "animate",
        "javascript",
    ):
        assert trace not in html


def test_title_and_description_are_the_drawing_s_own_or_its_words():
    own = clean(f"{HEAD}<title>上升</title><desc>2021年12名</desc><text>x</text></svg>", "f2")
    assert own.title == "上升"
    assert '<title id="f2-title">上升</title><desc id="f2-desc">2021年12名</desc>' in own.html
    words = clean(
        f'{HEAD}<text style="font: 9px a">2021</text><text style="font: 14px a">发展党员上升</text></svg>', "f3"
    )
    assert words.title == "发展党员上升"
    assert '<desc id="f3-desc">2021；发展党员上升</desc>' in words.html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_in_a_drawing_stays_text(payload):
    svg = ElementTree.Element("svg")
    ElementTree.SubElement(svg, "text").text = payload.replace("\u0000", "")
    html = clean(ElementTree.tostring(svg, "unicode"), "f1").html
    assert set(re.findall(r"<([a-zA-Z]+)", html)) == {"svg", "title", "desc", "text"}


@pytest.mark.parametrize("svg", ["", "x", "<html/>", "<svg><g></svg>"])
def test_what_is_no_drawing_is_refused(svg):
    with pytest.raises(ValueError, match="not an SVG drawing"):
        clean(svg, "f1")


def packed(*values: float) -> dict[str, str]:
    return {"dtype": "f8", "bdata": base64.b64encode(np.array(values, dtype="f8").tobytes()).decode()}


RANGES = {
    "data": [
        {"type": "bar", "x": ["2020", "2021"], "y": packed(99, 20), "base": packed(100, 30), "name": "范围"},
        {"type": "scatter", "x": ["2020", "2021"], "y": [120, None], "mode": "markers", "name": "确数"},
    ],
    "layout": {"title": {"text": "两年<br>无法判断"}},
}


def test_the_data_of_a_plotly_figure_as_a_table():
    table = plotted.data_table(RANGES)
    assert [cell.text for cell in table.head[0]] == ["系列", "类目", "数值"]
    assert [[cell.text for cell in row] for row in table.body] == [
        ["范围", "2020", "100–199"],
        ["范围", "2021", "30–50"],
        ["确数", "2020", "120"],
        ["确数", "2021", ""],
    ]


def test_bars_and_dots_are_drawn_again_with_their_words():
    svg = redrawn.drawing(RANGES)
    words = "".join(ElementTree.fromstring(svg[svg.index("<svg") :]).itertext())
    for word in ("2020", "2021", "范围", "确数", "两年", "无法判断"):
        assert word in words
    assert svg == redrawn.drawing(RANGES)


def test_sideways_bars_on_a_logarithmic_axis_in_two_panels():
    figure = {
        "data": [
            {"type": "bar", "orientation": "h", "y": ["甲"], "x": [9], "base": [1]},
            {"type": "bar", "orientation": "h", "y": ["乙"], "x": [90], "base": [10], "xaxis": "x2", "yaxis": "y2"},
        ],
        "layout": {
            "xaxis": {"type": "log", "range": [0, 2], "domain": [0, 0.45]},
            "xaxis2": {"type": "log", "range": [0, 2], "domain": [0.55, 1]},
        },
    }
    svg = redrawn.drawing(figure)
    assert svg is not None
    assert "$" not in svg
    assert ">10</text>" in svg
    assert "甲" in svg
    assert "乙" in svg
    assert [row[2].text for row in plotted.data_table(figure).body] == ["1–10", "10–100"]


@pytest.mark.parametrize("kind", ["heatmap", "pie", "sankey", "scattergl"])
def test_what_cannot_be_drawn_is_said_so(kind):
    assert redrawn.drawing({"data": [{"type": kind}]}) is None


def test_a_heat_map_is_told_cell_by_cell():
    figure = {"data": [{"type": "heatmap", "x": ["甲", "乙"], "y": ["2020"], "z": [[1, 2]]}]}
    assert [[cell.text for cell in row][1:] for row in plotted.data_table(figure).body] == [
        ["2020，甲", "1"],
        ["2020，乙", "2"],
    ]
