"""Markdown as a page shows it."""

from __future__ import annotations

import re

import pytest
from payloads import PAYLOADS

from dangjian.briefings.language import language
from dangjian.briefings.prose import render


def heading(inner: str, level: int) -> str:
    return f"<h{level}>{inner}</h{level}>"


SHOWN = [
    ("发展**12名**党员", "<p>发展<strong>12名</strong>党员</p>\n"),
    ("## 一、情况", "<h2>一、情况</h2>"),
    ("`1**` 到 `199`", "<p><code>1**</code> 到 <code>199</code></p>\n"),
    ("[口径](#method)", '<p><a href="#method">口径</a></p>\n'),
    ("![图](https://example.org/a.png)", "<p>图</p>\n"),
    ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
    ("[x](javascript:alert(1))", "<p>x</p>\n"),
    ("[x](data:text/html,1)", "<p>x</p>\n"),
]


@pytest.mark.parametrize(("text", "html"), SHOWN)
def test_shown(text, html):
    assert render(text, heading, language(), links=True) == html


def test_computed_text_makes_no_web_link():
    assert render("[x](https://example.org)", heading, language()) == "<p>x</p>\n"
    assert "href" in render("[x](https://example.org)", heading, language(), links=True)


def test_a_table_has_scopes_and_no_style():
    html = render("| 组 | 数 |\n| --- | ---: |\n| 工人 | 12 |", heading, language())
    assert '<th scope="col" class="num">数</th>' in html
    assert '<td class="num">12</td>' in html
    assert "style" not in html


@pytest.mark.parametrize("links", [False, True])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_markup_of_the_author_is_passed_on(payload, links):
    for text in (payload, f"# {payload}", f"- {payload}", f"`{payload}`", f"| a |\n| - |\n| {payload} |"):
        html = render(text, heading, language(), links=links)
        tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", html.lower()))
        assert not tags & {"script", "img", "svg", "iframe", "style", "meta", "title"}
        assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', html))
