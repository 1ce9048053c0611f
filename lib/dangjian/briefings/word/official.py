"""The layout of official papers by GB/T 9704: A4, its type area, fonts of each level, 28-point lines, page numbers.

Fonts are named, not embedded: where a machine lacks one the layout holds and only the face changes.
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

PAPER = (210, 297)
MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
"""Millimetres; they leave a type area of 156 by 225."""
TYPE_AREA = PAPER[0] - MARGINS["left"] - MARGINS["right"]
FOOTER = 24
"""Millimetres from the edge of the paper to the page number, which stands 7 below the type area."""
LINE, SIZE, SMALL = 28, 16, 10.5
"""Points: of a line, of the text (三号), and of tables and captions (五号)."""
LATIN = "Times New Roman"
SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体", "仿宋"
TITLE_FACE, TITLE_SIZE, NUMBER_SIZE = "方正小标宋简体", 22, 14
LEVELS = {1: HEI, 2: KAI, 3: FANG}
"""The face of a heading by its level: 一、（一）1."""
STYLES = {
    # name: (face, points, exact lines, indented, bold)
    "Title": (TITLE_FACE, TITLE_SIZE, True, False),
    "Normal": (FANG, SIZE, True, True),
    "List Bullet": (FANG, SIZE, True, False),
    "Caption": (FANG, SMALL, False, False),
    **{f"Heading {level}": (face, SIZE, True, True) for level, face in LEVELS.items()},
}
_DIGITS = "〇一二三四五六七八九"


def sheet(title: str, tag: str) -> Any:
    """An empty document of the layout.

    Args:
        title: told in its properties.
        tag: the language of its text, "zh-CN".
    """
    made = Document()
    for name, look in STYLES.items():
        _dress(made.styles[name], *look)
    _dress(made.styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH), FANG, SMALL, False, False)
    _speak(made, tag)
    section = made.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in PAPER)
    for side, size in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.footer_distance = Mm(FOOTER)
    made.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    made.core_properties.title, made.core_properties.author = title, "dangjian"
    made.core_properties.comments = ""
    return made


def counter(level: int, number: int) -> str:
    """The number of a heading as official papers write it.

    >>> counter(1, 3), counter(2, 12), counter(3, 1)
    ('三、', '（十二）', '1.')
    """
    return {1: f"{chinese(number)}、", 2: f"（{chinese(number)}）"}.get(level, f"{number}.")


def chinese(number: int) -> str:
    """A number below 100 in Chinese.

    >>> chinese(10), chinese(21)
    ('十', '二十一')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def face(run: Any, east: str) -> None:
    """Set a run's Chinese face; Latin letters and digits stay as they are."""
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)


def _dress(style: Any, east: str, points: float, exact: bool, indented: bool) -> None:
    font, lines = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = LATIN, Pt(points), False, False
    font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east)):
        fonts.set(qn(f"w:{name}"), value)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    lines.space_before = lines.space_after = Pt(0)
    lines.line_spacing_rule = WD_LINE_SPACING.EXACTLY if exact else WD_LINE_SPACING.SINGLE
    if exact:
        lines.line_spacing = Pt(LINE)
    if style.name != "List Bullet":  # its point stands in the indent
        lines.first_line_indent = Pt(2 * points if indented else 0)
    if style.name == "Title":
        lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
        lines.space_after = Pt(LINE)


def _speak(document: Any, tag: str) -> None:
    """Tell Word the language of the text, for its spelling and line breaks."""
    told = document.styles["Normal"].element.get_or_add_rPr()
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "en-US" if tag.startswith("zh") else tag)
    lang.set(qn("w:eastAsia"), "zh-CN")
    told.append(lang)


def _number(footer: Any, side: Any) -> None:
    """— 1 — at the outer side, a character from the edge."""
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    line.alignment = side
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    indent = "right_indent" if side == WD_ALIGN_PARAGRAPH.RIGHT else "left_indent"
    setattr(line.paragraph_format, indent, Pt(NUMBER_SIZE))
    line.paragraph_format.first_line_indent = Pt(0)
    for text, code in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = line.add_run(text)
        run.font.name, run.font.size = SONG, Pt(NUMBER_SIZE)
        face(run, SONG)
        if code:
            _field(run, code)


def _field(run: Any, code: str) -> None:
    """A field that Word fills in."""
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._element.append(part)
