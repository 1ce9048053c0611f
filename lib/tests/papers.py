"""Documents as a county office makes them, with all that stands around a report; every place and figure is invented."""

from __future__ import annotations

import io

import renderings

OPENING = "2022年，全县党组织紧扣中心任务抓党建。全年发展党员128名，完成年度计划的100%，其中女性51名，占39.8%。"
SECOND = "入党申请人1612名，比上年增长5.6%。"
THIRD = "巡察发现问题147个，已整改126个，整改率85.7%。"
ROWS = [["序号", "类别", "2021年", "2022年"], ["1", "产业工人", "30", "35"], ["2", "青年农民", "20", "22"]]
ROWS += [["", "合计", "50", "57"]]
COURSES = [
    ["序号", "项目", "单位", "2021年", "2022年"], ["1", "培训班次", "期", "23", "19"], ["2", "参训人次", "人次", "2,618", "2,237"],
]  # fmt: skip
LONG = (
    "全年发展党员128名，完成年度计划的100%，其中女性51名，占39.8%；35岁及以下104名；产业工人35名，青年农民22名，学生9名，"
    "高知识群体31名；年末入党申请人1,612名，比上年增长5.6%，入党积极分子877名。"
)
TITLE = "泉沅县2022年党建工作情况报告"

ARTICLE = f"<p style='text-indent:2em'>{OPENING}</p><p>　　{SECOND}</p><p>{THIRD}<sup>[1]</sup></p>"
TABLE = (
    "<table border=1><tr><td colspan=4>党员发展情况统计表</td></tr><tr><td colspan=4>单位：名</td></tr>"
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    + "</table>"
)
ARTICLE_TEXT = "\n".join([OPENING, SECOND, THIRD, "党员发展情况统计表", "单位：名", *("\t".join(row) for row in ROWS)])


def government_page() -> bytes:
    """A page of a site of today: names of elements in pinyin, counters, a list of other articles inside the frame."""
    return f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{TITLE}_泉沅县人民政府</title>
<script>var pv=98765;</script></head><body>
<div class="top"><a href="#">无障碍</a> | <a>今日访问：5432人次</a> <span>2024年5月1日 星期三 气温23℃</span></div>
<div class="daohang"><ul><li><a>首页</a></li><li><a>政务公开（356）</a></li><li><a>办事服务128项</a></li></ul></div>
<div class="w1200"><div class="dqwz">您当前的位置：<a>首页</a> &gt; <a>总结计划（66篇）</a></div>
<table class="xxgk"><tr><td>索引号：</td><td>000112345/2023-00012</td><td>发布日期：</td><td>2023-01-08</td></tr></table>
<div class="xl_con"><div class="xl_tit">{TITLE}</div>
<div class="xl_info">发布时间：2023-01-08 09:30　浏览次数：<span id="hits">3,456</span>次　[<a>大</a> <a>中</a> <a>小</a>]</div>
<div class="bshare">分享到：<a>微信</a><a>微博</a><span>已有77人分享</span></div>
<div class="TRS_Editor">{ARTICLE}{TABLE}<p>附件：<a href="a.doc">1.统计表.doc</a>（23KB，下载88次）</p></div>
<div class="xl_foot"><a>【打印本页】</a><a>【关闭窗口】</a><p>责任编辑：张三　审核：李四</p></div>
<div class="pn">上一篇：<a>2021年全县发展党员118名情况通报</a><br>下一篇：<a>全县培训干部4000人次</a></div>
<div class="xgwz"><h3>相关文章</h3><ul><li><a>我县召开会议部署15项任务</a>2023-02-01</li>
<li><a>全县新建党支部33个</a>2023-03-01</li></ul></div></div></div>
<div class="bottom"><p>主办：泉沅县人民政府办公室　备案号：某ICP备05001234号　网站标识码：1234567890</p>
<p>联系电话：0000-1234567　总访问量：1234567人次</p></div></body></html>""".encode("gb18030")


def old_page() -> bytes:
    """A page of twenty years ago: tables in tables, nothing has a name."""
    menu = (
        "<table><tr><td><a href=a>首页</a></td><td><a href=b>概况</a></td><td><a href=c>文件45件</a></td></tr></table>"
    )
    news = (
        "<table><tr><td>通知公告</td></tr><tr><td><a href=d>关于发放补助300元的通知</a></td></tr>"
        "<tr><td><a href=e>关于评选先进25名的通知</a></td></tr></table>"
    )
    return f"""<html><head><title>无标题文档</title></head><body><table width=1000><tr><td>{menu}</td></tr><tr><td>
<table><tr><td width=200>{news}</td><td><table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr>
<tr><td>作者：办公室　点击：1024次　更新：2023-1-8</td></tr><tr><td>{ARTICLE}{TABLE}</td></tr></table></td></tr></table>
</td></tr><tr><td>泉沅县委版权所有 您是第778899位访客</td></tr></table></body></html>""".encode("gb18030")


def word_page() -> bytes:
    """A page that Word saved: its own numbers of lists, changes, hidden text, a footnote."""
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=ZH-CN><div class=WordSection1>
<p class=MsoNormal><b>{TITLE}<o:p></o:p></b></p><p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>一、
</span><![endif]>党员队伍</p><p class=MsoNormal><span lang=EN-US>2022</span>年发展党员<span>1<span>28</span></span>名，
<s>其中99名</s><ins>其中女性51名</ins>。<span style='mso-hide:all;display:none'>隐藏77名</span><a href="#_ftn1"
style='mso-footnote-id:ftn1'><span class=MsoFootnoteReference>[1]</span></a></p></div><div style='mso-element:footnote-list'>
<hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>[1] 另有66名未计入。</p></div></div></body>
</html>""".encode()


def county_pdf() -> bytes:
    """A printed report: cover, contents with leader dots, heads and feet, a footnote, tables with and without rules."""
    import fpdf

    pdf = fpdf.FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("song", "", str(renderings.FONT))
    left, right = 80.0, 515.0

    def say(x: float, y: float, text: str, size: float = 12) -> None:
        pdf.set_font("song", size=size)
        pdf.text(x, y, text)

    def lines(y: float, broken: list[str]) -> float:
        pdf.set_font("song", size=12)
        for line in broken:
            pdf.text(left + 24 * line.startswith("　　"), y, line.strip("　"))
            y += 21
        return y

    def broken(text: str) -> list[str]:
        pdf.set_font("song", size=12)
        return renderings._broken(pdf, f"　　{text}", right - left)

    def page(number: int) -> None:
        pdf.add_page()
        say(left, 50, "泉沅县委组织部", 9)
        say(430, 50, "内部资料 共500份", 9)
        pdf.line(left, 55, right, 55)
        say(pdf.w / 2 - 12, 800, f"— {number} —", 9)

    pdf.add_page()
    say(150, 200, "泉沅县2022年度党建工作", 22)
    say(235, 235, "情况报告", 22)
    say(240, 700, "2023年1月8日", 14)
    pdf.add_page()
    say(270, 100, "目　录", 16)
    for at, (entry, where) in enumerate((("一、党员队伍", 1), ("（一）发展党员", 1), ("附件：统计表", 12))):
        pdf.set_font("song", size=12)
        dots = "." * int((right - left - 20 - pdf.get_string_width(entry)) / pdf.get_string_width("."))
        say(left, 140 + 24 * at, entry + dots)
        say(right - 15, 140 + 24 * at, str(where))
    page(1)
    say(left + 28, 100, "一、党员队伍", 14)
    lines(130, broken(LONG)[:2])
    pdf.line(left, 740, 200, 740)
    say(left, 752, "① 据年报，另有77名未计入。", 8)
    page(2)
    y = lines(100, broken(LONG)[2:]) + 10
    say(left + 24, y, "表1 党员发展情况")
    say(450, y, "单位：名")
    y += 10
    for row in ROWS:
        for at, cell in enumerate(row):
            pdf.rect(left + at * 100, y, 100, 22)
            say(left + at * 100 + 6, y + 15, cell)
        y += 22
    say(left + 24, y + 24, "表2 教育培训情况")
    y += 34
    pdf.line(left, y, right, y)
    for row in COURSES:
        for at, cell in enumerate(row):
            say(left + at * 100 + 4, y + 16, cell)
        y += 22
    pdf.line(left, y, right, y)
    lines(y + 24, broken("以上为全年培训情况，共举办培训班19期，参训2237人次。"))
    return bytes(pdf.output())


def county_docx() -> bytes:
    """A Word report with its cover, contents, changes, lists and an annex whose header has two rows."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.clear()
    for element in parse_xml(renderings._NUMBERING):
        numbering.append(element)
    document.sections[0].header.paragraphs[0].text = "内部资料 共500份"
    document.sections[0].footer.paragraphs[0].text = "— 3 —"
    end = document.element.body[-1]

    def put(body: str) -> None:
        for element in list(parse_xml(f'<w:body xmlns:w="{renderings.W}">{body}</w:body>')):
            end.addprevious(element)

    def run(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    def line(*runs: str, level: int | None = None) -> str:
        listed = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'
        return f"<w:p><w:pPr>{listed}</w:pPr>{''.join(runs)}</w:p>"

    def cell(text: str, width: int = 1, down: str = "") -> str:
        merge = f'<w:vMerge w:val="{down}"/>' if down else ""
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/>{merge}</w:tcPr>{line(run(text))}</w:tc>'

    tab = "<w:r><w:tab/></w:r>"
    for words in ("内部资料　注意保存", "中共泉沅县委组织部", "关于2022年度党建工作", "情况的报告", "二〇二三年一月"):
        put(line(run(words)))
    put('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
    put(line(run("目　　录")) + line(run("一、党员队伍"), tab, run("12")) + line(run("二、附件……………………23")))
    put(line(run("党员队伍"), level=0) + line(run("发展党员"), level=1))
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>118</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{run("128")}</w:ins>'
    moved = '<w:moveFrom w:id="3" w:author="a">{0}</w:moveFrom>', '<w:moveTo w:id="4" w:author="a">{0}</w:moveTo>'
    women = run("其中女性51名。")
    put(
        line(
            run("全年发展党员"),
            deleted,
            inserted,
            run("名，"),
            moved[0].format(women),
            run("完成率100%。"),
            moved[1].format(women),
        )
    )
    put(line(run("组织建设"), level=1) + line(run("基层党组织309个。")) + line(run("附件"), level=0))
    rows = [
        cell("党员发展情况统计表", 5), cell("单位：名", 5),
        cell("类别", 1, "restart") + cell("2021年", 2) + cell("2022年", 2),
        cell("", 1, "continue") + "".join(map(cell, ("人数", "占比（%）", "人数", "占比（%）"))),
        "".join(map(cell, ("女性", "47", "39.8", "51", "39.8"))), cell("注：不含预备党员。", 5),
    ]  # fmt: skip
    put(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
