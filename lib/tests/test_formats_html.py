"""Numbers of a page's article come out, those of its menus, scripts and footers never."""

from __future__ import annotations

import pytest

from dangjian.reports.formats.html import read_html
from dangjian.reports.limits import Limits

STORY = "2021年，全区党组织按照年初的部署推进各项工作，全年发展党员12名，培训班办了3期，群众反映的问题基本解决。"


def text_of(body: str, encoding: str = "utf-8") -> str:
    return read_html(
        f"<html><head><title>总结</title></head><body>{body}</body></html>".encode(encoding), Limits()
    ).text


BESIDE = [
    "<nav>目录99条</nav>",
    '<div class="left-menu"><a>政策99条</a></div>',
    "<script>var n = '阅读99次'</script>",
    "<footer>访问99次</footer>",
    '<div id="footer">访问99次</div>',
    '<div style="display: none">隐藏99名</div>',
    "<div hidden>隐藏99名</div>",
    "<del>99名</del>",
    "<select><option>99年</option></select>",
    "<!-- 注释99名 -->",
    "<template>99名</template>",
    '<div class="related">相关阅读99篇</div>',
    "<textarea>99名</textarea>",
]


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("story", [f"<p>{STORY}</p>" * 3, "<p>发展党员12名</p>"], ids=["an article", "too little"])
def test_what_stands_beside_is_left_out(beside, story):
    text = text_of(f"{beside}<div>{story}</div>{beside}")
    assert "12名" in text and "99" not in text


SHAPES = [
    ("<p>发展<b>1</b>2名</p>", "发展12名\n"),
    ("<p>一<br>二</p>", "一\n二\n"),
    ("<div>一<div>二</div>三</div>", "一\n二\n三\n"),
    ("<p>发展\n  党员</p>", "发展 党员\n"),
    ("<table><tr><td>甲<td>乙<tr><td>1<td>2</table>", "甲\t乙\n1\t2\n"),
    ("<table><tr><td rowspan=2>甲<td>1<tr><td>2</table>", "甲\t1\n\t2\n"),
    ("<table><tr><td colspan=2>甲<td>乙<tr><td>1<td>2<td>3</table>", "甲\t\t乙\n1\t2\t3\n"),
    ("<table><tr><td><p>一</p><p>二</p></td></tr></table>", "一\n二\n"),  # it only lays out the page
    ("<p>&lt;b&gt;*名&amp;</p>", "<b>*名&\n"),
    ("<p>**名，×名</p>", "**名，×名\n"),
]


@pytest.mark.parametrize(("body", "text"), SHAPES)
def test_lines_and_tables(body, text):
    assert text_of(body) == text


def test_a_small_table_of_the_article_is_kept():
    table = "<table><tr><th>项目</th><th>数（名）</th></tr><tr><td>甲</td><td>12</td></tr></table>"
    assert "甲\t12" in text_of(
        f"<div class=nav>首页</div><div class=article><h1>总结</h1>{f'<p>{STORY}</p>' * 3}{table}</div>"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("label", ["utf-8", "gb2312", "gbk", "nonsense"])
def test_the_bytes_decide_not_the_label(encoding, label):
    page = f"<html><head><meta charset='{label}'></head><body><p>镕基㐂{STORY}</p></body></html>"
    assert read_html(page.encode(encoding), Limits()).text == f"镕基㐂{STORY}\n"
