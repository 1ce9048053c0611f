"""Tables of a notebook, taken from their HTML as plain text and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_NUMBER = re.compile(
    r"^(?:about |nearly )?[<>≥≤约近–—~\-+−]*\s*\d[\d,.]*\s*(?:%|(?:[–—~-]|至|to )\s*-?\d[\d,.]*)?\s*[^\d\s（()）]{0,4}"
    r"(?: ?\S{1,3})?(?:\s*[（(][^（()）]{1,30}[）)])?(?: ?÷)?$"
)
COUNTERS = {"": 0, "序号": 1, "No.": 1}
"""Names of columns that only count the rows, and where they begin."""
NO_FIGURE = ("", "–", "—", "未述及")
_SILENT = {"style", "script", "template", "noscript"}


@dataclass
class Cell:
    """One cell: its text, how many columns and rows it spans, the id that its text links to, and its own.

    ``more`` are links behind it, words and id: of the other figures that it is computed from.
    """

    text: str = ""
    head: bool = False
    columns: int = 1
    rows: int = 1
    link: str = ""
    more: list[tuple[str, str]] = field(default_factory=list)
    anchor: str = ""


@dataclass
class Table:
    """Rows of the head and of the body."""

    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)

    def column(self, *names: str) -> int | None:
        """The place of the first column with one of the names; None without a one-row head or such a column."""
        if len(self.head) != 1:
            return None
        titles = [cell.text for cell in self.head[0]]
        return next((titles.index(name) for name in names if name in titles), None)

    def figures(self) -> set[int]:
        """The places of columns that hold figures alone, to be set on the right; none where cells span columns."""
        if any(cell.columns > 1 or cell.rows > 1 for row in [*self.head, *self.body] for cell in row):
            return set()
        columns: dict[int, list[str]] = {}
        for row in self.body:
            for at, cell in enumerate(row):
                if cell.text not in NO_FIGURE:
                    columns.setdefault(at, []).append("" if cell.head else cell.text)
        return {at for at, texts in columns.items() if all(map(_NUMBER.match, texts))}

    def without(self, column: int) -> Table:
        """The same without one column."""
        kept = [
            [[cell for at, cell in enumerate(row) if at != column] for row in part] for part in (self.head, self.body)
        ]
        return Table(*kept)


def find_tables(html: str) -> list[Table]:
    """Every table of an HTML text; tables within tables count as text of the outer one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [_without_counter(_one_head(table)) for table in reader.tables if table.head or table.body]


def _one_head(table: Table) -> Table:
    """The table with one row of head where a frame made two: its columns' names, and below them its index's."""
    if len(table.head) != 2 or len(table.head[0]) != len(table.head[1]):
        return table
    pairs = list(zip(*table.head, strict=True))
    if any((above.text and below.text) or above.columns > 1 for above, below in pairs):
        return table
    return Table([[Cell(above.text or below.text, True) for above, below in pairs]], table.body)


def _without_counter(table: Table) -> Table:
    """The table without the column that only counts its rows: from 0 under no name, or from 1."""
    first = COUNTERS.get(table.head[0][0].text) if len(table.head) == 1 and table.head[0] else None
    if first is None or not table.body:
        return table
    counted = all(row and row[0].head and row[0].text == str(at) for at, row in enumerate(table.body, first))
    return table.without(0) if counted else table


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self._depth = 0
        self._silent = 0
        self._in_head = False
        self._row: list[Cell] | None = None
        self._cell: Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(Table())
        elif self._depth != 1:
            return
        elif tag in ("thead", "tbody"):
            self._in_head = tag == "thead"
        elif tag == "tr":
            self._row = []
            table = self.tables[-1]
            (table.head if self._in_head else table.body).append(self._row)
        elif tag in ("td", "th") and self._row is not None:
            spans = dict(attrs)
            self._cell = Cell("", tag == "th", _span(spans.get("colspan")), _span(spans.get("rowspan")))
            self._row.append(self._cell)
        elif tag == "br" and self._cell is not None:
            self._cell.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th") and self._cell is not None:
            self._cell.text = self._cell.text.strip()
            self._cell = None
        elif self._depth == 1 and tag == "thead":
            self._in_head = False

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.text += data


def _span(written: str | None) -> int:
    return min(int(written), 1000) if written and written.isascii() and written.isdigit() and int(written) else 1
