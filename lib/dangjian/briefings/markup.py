"""Tables and captions as HTML; whatever stands in a cell is text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from dangjian.briefings.messages import Messages
from dangjian.briefings.tables import Cell, Table

MOST_COLUMNS = 16
"""Up to here a column of figures can be set on the right: as many rules the style sheet has."""
CSV = "text/csv;charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_html(table: Table, say: Messages, caption: str = "") -> str:
    """The table; ``caption`` is HTML. A column of figures is set on the right by a class of the whole table."""
    right = " ".join(f"r{at + 1}" for at in sorted(table.figures()) if at < MOST_COLUMNS)
    looks = f' class="{right}"' if right else ""
    head = "".join(_row(row, "col", say) for row in table.head)
    body = "".join(_row(row, "row", say) for row in table.body)
    head = f"<thead>{head}</thead>" if head else ""
    titled = f"<caption>{caption}</caption>" if caption else ""
    return f"<table{looks}>{titled}{head}<tbody>{body}</tbody></table>"


def wide(inner: str, label: str) -> str:
    """A part that can be scrolled sideways, by the keyboard too; ``label`` is HTML without tags."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{label}">{inner}</div>\n'


def _row(row: Sequence[Cell], scope: str, say: Messages) -> str:
    made = ""
    for cell in row:
        inner = escape(cell.text).replace("\n", "<br>")
        inner = f'<a href="#{cell.link}">{inner}</a>' if cell.link else inner
        if cell.second:
            inner += f' <a href="#{cell.second}" aria-label="{escape(say("divisor"))}">÷</a>'
        if cell.note:
            inner += f' <small>{escape(cell.note)}</small>'
        looks = f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (cell.rows > 1)
        if cell.head and cell.text:
            made += f'<th scope="{scope}{"group" * (cell.columns > 1 and scope == "col")}"{looks}>{inner}</th>'
        else:
            made += f"<td{looks}>{inner}</td>"
    return f"<tr>{made}</tr>"


def download(data: bytes, kind: str, name: str, words: str) -> str:
    """A link that saves data which the page itself holds."""
    held = b64encode(data).decode("ascii")
    return f'<a class="save" download="{escape(name)}" href="data:{kind};base64,{held}">{escape(words)}</a>'
