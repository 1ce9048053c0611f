"""The figures behind a chart or a table of a notebook: as rows with proofs, in words, and as data to download."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from dangjian.analysis import rows_of
from dangjian.briefings.messages import Messages
from dangjian.briefings.proofs import Proofs
from dangjian.briefings.tables import Cell, Table
from dangjian.briefings.workbook import Value
from dangjian.wording import english, restored, words
from dangjian.wording.findings import title_of

MOST_REPORTS = 3
"""As many reports a caption names; beyond that it says how many they are."""
MOST_PARAGRAPHS = 8

Row = dict[str, Any]


class Shown:
    """Figures with their proofs on a page.

    Args:
        carried: what the notebook kept beside the picture or table, as `wording.carried` made it.
        proofs: where the page keeps the proofs.
        place: what uses them, as the appendix names it: "图 1".
    Raises:
        KeyError, TypeError, ValueError: ``carried`` is of another make.
    """

    def __init__(self, carried: Mapping[str, Any], proofs: Proofs, place: str, say: Messages) -> None:
        self.form, self.options = str(carried["form"]), dict(carried["options"])
        self.table = restored(carried)
        self.rows: list[Row] = rows_of(self.table)
        self.proofs, self.say, self.place = proofs, say, place
        self.links = [proofs.row(row, place) for row in self.rows]

    def words(self, row: Row) -> str:
        """One figure in the page's language."""
        return words(row, original=False) if self.say.language == "zh" else english.words(row)

    def title(self, row: Row) -> str:
        """What a figure measures, in the page's language."""
        return (title_of if self.say.language == "zh" else english.title_of)(str(row["indicator"]))

    @property
    def claim(self) -> str:
        """What the chart shows, in a sentence."""
        if self.say.language == "zh":
            return str(self.options.get("title", ""))
        return english.finding(self.table)

    def source(self) -> str:
        """The source line: reports with their paragraphs, or how many reports they are."""
        say, archive = self.say, self.proofs.archive
        told = [(str(row["report_id"]), int(row["start"])) for row in self.rows]
        told += [(str(row["whole_report_id"]), int(row["whole_start"])) for row in self.rows if row.get("whole_text")]
        places = self.proofs.places(told)
        elsewhere = sum(report_id not in archive.reports for report_id, _ in told)
        named = []
        for report_id, numbers in places.items():
            listed = say("list_joiner").join(map(str, numbers[:MOST_PARAGRAPHS]))
            report = f"《{archive.title(report_id)}》" if say.language == "zh" else archive.title(report_id)
            more = "" if len(numbers) <= MOST_PARAGRAPHS else "…"
            named.append(say("source_places", report=report, places=listed + more))
        if len(places) > MOST_REPORTS:
            named = [say("source_many", count=len(places))]
        if elsewhere:
            named.append(say("source_part_elsewhere", count=elsewhere) if places else say("source_none"))
        return say("source", sources=say("joiner").join(named) or say("source_none")) + say("stop")

    def matrix(self) -> Table:
        """The figures to be read: a row a district and category, a column a year, each linked to its sentence."""
        say = self.say
        several = len({row["indicator"] for row in self.rows}) > 1
        by_category = any(row["category"] for row in self.rows)
        years = sorted({int(row["period"]) for row in self.rows})
        cells: dict[tuple[str, ...], dict[int, Cell]] = {}
        for row, links in zip(self.rows, self.links, strict=True):
            name = [str(row["district"])]
            name += [self.title(row)] if several and not by_category else []
            name += [str(row["category"])] if by_category else []
            cell = Cell(self.words(row), link=links[0] if links else "", second=links[1] if len(links) > 1 else "")
            cells.setdefault(tuple(name), {})[int(row["period"])] = cell
        head = [say("district")]
        head += [say("indicator")] if several and not by_category else []
        head += [say("category")] if by_category else []
        head += [str(year) for year in years]
        body = [
            [*(Cell(part, at == 0) for at, part in enumerate(name)), *(_at(found, year, say) for year in years)]
            for name, found in cells.items()
        ]
        return Table([[Cell(title, True) for title in head]], body)

    def data(self) -> list[list[Value]]:
        """The figures as data, the first row their head: bounds as numbers, and where each stands."""
        say, archive = self.say, self.proofs.archive
        keys = ("district", "year", "category", "indicator", "value", "lower", "upper", "unit", "written", "report")
        rows: list[list[Value]] = [[say(key) for key in (*keys, "paragraph", "offset")]]
        for row in self.rows:
            report_id, start = str(row["report_id"]), int(row["start"])
            told: list[Value] = [str(row["district"]), int(row["period"]), str(row["category"]), self.title(row)]
            told += [self.words(row), finite(row["lower"]), finite(row["upper"]), str(row["unit"]), str(row["text"])]
            rows.append([*told, report_id, archive.paragraph(report_id, start), start])
        return rows


def _at(found: Mapping[int, Cell], year: int, say: Messages) -> Cell:
    return found.get(year) or Cell(say("not_stated"))


def finite(value: Any) -> float | None:
    """A bound as data; None where it is open or missing."""
    return float(value) if value is not None and isfinite(value) else None


def plain_data(table: Table) -> list[list[Value]]:
    """A table of texts as data: what reads as a plain number is one."""
    return [[_value(cell.text) for cell in row] for row in [*table.head, *table.body]]


def _value(text: str) -> Value:
    bare = text.replace(",", "")
    digits = bare.removeprefix("-").replace(".", "", 1)
    plain = digits.isascii() and digits.isdigit() and len(digits) <= 15 and (digits == "0" or not bare.startswith("0"))
    return float(bare) if plain and not bare.endswith(".") and not bare.startswith(".") else text
