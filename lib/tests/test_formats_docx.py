"""What is read of a Word document is what stands in it once every change is accepted, numbers included."""

from __future__ import annotations

import io

import docx
import hostile
import pytest
from docx.enum.style import WD_STYLE_TYPE

from dangjian.reports.formats.docx import read_docx
from dangjian.reports.formats.numbering import Level, Lists, chinese, counted
from dangjian.reports.formats.reading import Unreadable
from dangjian.reports.limits import Limits

P = hostile.paragraph


def text_of(body: str) -> str:
    return read_docx(hostile.docx(body), Limits()).text


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{P(text)}</w:tc>"


SHOWN, WIDE, BEGUN = '<w:vanish w:val="0"/>', '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
DELETED = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
BODIES = [
    # what it shows, the body, its text
    ("an insertion", f"<w:p>{run('发展')}<w:ins>{run('12')}</w:ins>{run('名')}</w:p>", "发展12名"),
    (
        "a deletion",
        f"<w:p>{run('发展')}<w:del><w:r><w:delText>99</w:delText></w:r></w:del>{run('12名')}</w:p>",
        "发展12名",
    ),
    ("moved away", f"<w:p>{run('发展12名')}<w:moveFrom>{run('99名')}</w:moveFrom></w:p>", "发展12名"),
    ("moved here", f"<w:p>{run('发展')}<w:moveTo>{run('12名')}</w:moveTo></w:p>", "发展12名"),
    ("hidden", f"<w:p>{run('发展12名')}{run('99名', '<w:vanish/>')}</w:p>", "发展12名"),
    ("not hidden after all", f"<w:p>{run('发展')}{run('12名', SHOWN)}</w:p>", "发展12名"),
    ("an end of paragraph deleted", f"<w:p>{DELETED}{run('发展1')}</w:p><w:p>{run('2名')}</w:p>", "发展12名"),
    ("a link", f"<w:p>{run('发展')}<w:hyperlink>{run('12名')}</w:hyperlink></w:p>", "发展12名"),
    ("a text box", f"<w:p>{run('发展12名')}<w:r><w:drawing>{P('99名')}</w:drawing></w:r></w:p>", "发展12名"),
    (
        "a field's result",
        f"<w:p>{field('begin')}<w:r><w:instrText>PAGE 99</w:instrText></w:r>"
        f"{field('separate')}{run('12')}{field('end')}</w:p>",
        "12",
    ),
    (
        "a hint to the writer",
        f"<w:p>{run('发展12名')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('输入99')}</w:sdtContent></w:sdt></w:p>",
        "发展12名",
    ),
    (
        "contents",
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{P('一、队伍 99')}</w:sdtContent></w:sdt>{P('发展12名')}",
        "发展12名",
    ),
    ("a line break", f"<w:p>{run('一')}<w:r><w:br/></w:r>{run('二')}</w:p>", "一\n二"),
    (
        "a soft hyphen and a hard one",
        f"<w:p>{run('3')}<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>{run('5名')}</w:p>",
        "3-5名",
    ),
    (
        "ruby",
        f"<w:p><w:r><w:ruby><w:rt>{run('shí')}</w:rt><w:rubyBase>{run('十')}</w:rubyBase></w:ruby></w:r></w:p>",
        "十",
    ),
    (
        "a table",
        f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr><w:tr>{cell('1')}{cell('2')}</w:tr></w:tbl>",
        "甲\t乙\n1\t2",
    ),
    (
        "a cell over two columns",
        f"<w:tbl><w:tr>{cell('甲', WIDE)}{cell('乙')}</w:tr><w:tr>{cell('1')}{cell('2')}{cell('3')}</w:tr></w:tbl>",
        "甲\t\t乙\n1\t2\t3",
    ),
    (
        "a cell over two rows",
        f"<w:tbl><w:tr>{cell('甲', BEGUN)}{cell('1')}</w:tr>"
        f"<w:tr>{cell('甲', '<w:vMerge/>')}{cell('2')}</w:tr></w:tbl>",
        "甲\t1\n\t2",
    ),
    (
        "a row deleted",
        f"<w:tbl><w:tr>{cell('1')}{cell('2')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('98')}{cell('99')}</w:tr></w:tbl>",
        "1\t2",
    ),
    (
        "a title, a unit and a note over the whole width",
        f"<w:tbl><w:tr>{cell('2022年统计表', WIDE)}</w:tr><w:tr>{cell('')}{cell('单位：名')}</w:tr>"
        f"<w:tr>{cell('甲')}{cell('乙')}</w:tr><w:tr>{cell('1')}{cell('2')}</w:tr>"
        f"<w:tr>{cell('注：略', WIDE)}</w:tr></w:tbl>",
        "2022年统计表\n单位：名\n甲\t乙\n1\t2\n注：略",
    ),
    (
        "a heading inside a table",
        f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr><w:tr>{cell('一、队伍', WIDE)}</w:tr>"
        f"<w:tr>{cell('1')}{cell('2')}</w:tr></w:tbl>",
        "甲\t乙\n一、队伍\t\n1\t2",
    ),
    (
        "cells merged as old Word did",
        f"<w:tbl><w:tr>{cell('合计', BEGUN.replace('v', 'h', 1))}{cell('合计', '<w:hMerge/>')}{cell('3')}"
        "</w:tr></w:tbl>",
        "合计\t\t3",
    ),
    (
        "a row that begins late",
        f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}{cell('丙')}</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
        f"{cell('1')}{cell('2')}</w:tr></w:tbl>",
        "甲\t乙\t丙\n\t1\t2",
    ),
    (
        "a word broken to fit its cell, two figures in a cell",
        f"<w:tbl><w:tr><w:tc>{P('青年')}{P('农民')}</w:tc><w:tc>{P('12')}{P('34')}</w:tc></w:tr></w:tbl>",
        "青年农民\t12 34",
    ),
    (
        "a table in a cell",
        f"<w:tbl><w:tr><w:tc>{P('附件')}<w:tbl><w:tr>{cell('甲')}{cell('1')}</w:tr></w:tbl>{P('')}</w:tc>{cell('备注')}"
        "</w:tr></w:tbl>",
        "附件\t备注\n\n甲\t1",
    ),
    (
        "contents typed by hand",
        f"{P('目　录')}{P('一、队伍 12')}{P('二、培训……18')}{P('一、队伍')}{P('共12名')}",
        "一、队伍\n共12名",
    ),
    (
        "a heading that opens its paragraph",
        f"<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{run('队伍。')}</w:p>{P('发展12名')}",
        "队伍。发展12名",
    ),
    ("the last end of paragraph deleted", f"{P('总结')}<w:p>{DELETED}{run('发展12名')}</w:p>", "总结\n发展12名"),
    (
        "an end of paragraph deleted before a table",
        f"<w:p>{DELETED}{run('附件1')}</w:p><w:tbl><w:tr>{cell('甲')}{cell('2')}</w:tr></w:tbl>",
        "附件1\n甲\t2",
    ),
    ("a frame around text", f"<w:tbl><w:tr><w:tc>{P('总结')}{P('发展12名')}</w:tc></w:tr></w:tbl>", "总结\n发展12名"),
]


@pytest.mark.parametrize(("body", "text"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_the_text_is_what_a_reader_sees(body, text):
    assert text_of(body) == text + "\n"


def test_what_is_not_read_is_told():
    body = P("2021年总结") + "<w:altChunk/><w:p>"
    body += '<w:r><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:r></w:p>'
    notes = read_docx(hostile.docx(body), Limits()).notes
    assert [note.split(";")[0] for note in notes] == [
        "1 documents inside it were not read", "1 embedded objects, such as sheets, were not read",
    ]  # fmt: skip


def test_a_scan_in_a_word_file_is_told():
    picture = '<w:p><w:r><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:r></w:p>'
    with pytest.raises(Unreadable, match="pictures without text; print it to PDF"):
        read_docx(hostile.docx(picture), Limits())


NUMBERS = [
    # number, format, as Word writes it
    (1, "chineseCounting", "一"),
    (10, "chineseCountingThousand", "十"),
    (21, "chineseCountingThousand", "二十一"),
    (3, "chineseLegalSimplified", "叁"),
    (7, "decimal", "7"),
    (7, "decimalZero", "07"),
    (12, "decimalEnclosedCircle", "⑫"),
    (2, "ideographTraditional", "乙"),
    (4, "lowerRoman", "iv"),
    (1994, "upperRoman", "MCMXCIV"),
    (28, "lowerLetter", "bb"),
]


@pytest.mark.parametrize(("number", "form", "written"), NUMBERS)
def test_counted(number, form, written):
    assert counted(number, form) == written


def test_chinese_of_hundreds():
    assert [chinese(number) for number in (100, 105, 110, 1001)] == ["一百", "一百〇五", "一百一十", "一千〇一"]


def test_a_list_counts_its_levels():
    levels = {
        0: Level(1, "chineseCounting", "%1、"),
        1: Level(1, "decimal", "%2."),
        2: Level(1, "decimal", "%1.%2.%3", True),
    }
    lists = Lists({"7": levels})
    said = [lists.mark("7", level) for level in (0, 1, 1, 0, 1, 2)]
    assert said == ["一、", "1. ", "2. ", "二、", "1. ", "2.1.1 "]
    assert lists.mark("8", 0) == ""


def test_a_level_may_count_on_below_a_new_heading():
    levels = {0: Level(1, "chineseCounting", "%1、"), 1: Level(1, "decimal", "%2)", anew=0)}
    lists = Lists({"7": levels})
    assert [lists.mark("7", level) for level in (0, 1, 0, 1)] == ["一、", "1)", "二、", "2)"]


def numbered(*paragraphs: tuple[str, str], numbering: str) -> str:
    """The text of paragraphs, each with its list's id, under these definitions of lists."""
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
    body = "".join(f"<w:p>{listed.format(number)}{run(text) if text else ''}</w:p>" for number, text in paragraphs)
    return read_docx(hostile.docx(body, numbering=numbering), Limits()).text


LISTS = (
    '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="own"/></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="own"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
)


def test_a_list_may_name_the_style_of_another():
    assert numbered(("7", "甲"), ("7", "乙"), numbering=LISTS) == "（1）甲\n（2）乙\n"


def test_an_empty_paragraph_of_a_list_counts():
    assert numbered(("7", "甲"), ("7", ""), ("7", "乙"), numbering=LISTS) == "（1）甲\n\n（3）乙\n"


def test_lists_of_one_definition_count_on_unless_they_restart():
    levels = {0: Level(1, "decimal", "%1)")}
    on = Lists({"1": levels, "2": levels}, {"1": "0", "2": "0"})
    assert [on.mark(name, 0) for name in "112"] == ["1)", "2)", "3)"]
    anew = Lists({"1": levels, "2": levels}, {"1": "0", "2": "0"}, restarts={("2", 0)})
    assert [anew.mark(name, 0) for name in "1122"] == ["1)", "2)", "1)", "2)"]


def styled(hidden: str, kind: int, *, shown_again: bool = False) -> str:
    """The text of a document whose last words carry a style that is hidden, by itself or by the one it is based on."""
    document = docx.Document()
    style = document.styles.add_style("隐藏", kind)
    style.font.hidden = True
    if hidden == "based":
        above, style = style, document.styles.add_style("再一层", kind)
        style.base_style = above
    paragraph = document.add_paragraph("发展党员12名。")
    if kind == WD_STYLE_TYPE.CHARACTER:
        run = paragraph.add_run("另有99名。", style)
    else:
        run = document.add_paragraph("", style).add_run("另有99名。")
    run.font.hidden = False if shown_again else None
    stream = io.BytesIO()
    document.save(stream)
    return read_docx(stream.getvalue(), Limits()).text


@pytest.mark.parametrize("kind", [WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.PARAGRAPH], ids=["run", "paragraph"])
@pytest.mark.parametrize("hidden", ["itself", "based"])
def test_what_a_style_hides_is_not_read(hidden, kind):
    assert styled(hidden, kind) == "发展党员12名。\n"
    assert "另有99名" in styled(hidden, kind, shown_again=True)
