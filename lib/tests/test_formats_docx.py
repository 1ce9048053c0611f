"""What is read of a Word document is what stands in it once every change is accepted, numbers included."""

from __future__ import annotations

import hostile
import pytest

from dangjian.reports.formats.docx import read_docx
from dangjian.reports.formats.numbering import Level, Lists, chinese, counted
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
    ("a frame around text", f"<w:tbl><w:tr><w:tc>{P('总结')}{P('发展12名')}</w:tc></w:tr></w:tbl>", "总结\n发展12名"),
]


@pytest.mark.parametrize(("body", "text"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_the_text_is_what_a_reader_sees(body, text):
    assert text_of(body) == text + "\n"


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


def test_lists_of_one_definition_count_on_unless_they_restart():
    levels = {0: Level(1, "decimal", "%1)")}
    on = Lists({"1": levels, "2": levels}, {"1": "0", "2": "0"})
    assert [on.mark(name, 0) for name in "112"] == ["1)", "2)", "3)"]
    anew = Lists({"1": levels, "2": levels}, {"1": "0", "2": "0"}, restarts={("2", 0)})
    assert [anew.mark(name, 0) for name in "1122"] == ["1)", "2)", "1)", "2)"]
