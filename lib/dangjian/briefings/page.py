"""One executed notebook as the parts of a page: prose, numbered figures and tables, and what proves them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dangjian.briefings.evidence import Quotations
from dangjian.briefings.language import Language, language
from dangjian.briefings.plots import Plot
from dangjian.reports import Report


@dataclass
class Chart:
    """One figure of a page.

    Attributes:
        number: its number on the page.
        claim: what it shows, in a sentence; "" where it does not say.
        records: the figures in it, empty where it carries none.
        plotly: the same for the screen, as plotly's JSON; None where there is none.
        upright: whether its figures stand side by side over the years.
    """

    number: int
    claim: str = ""
    records: list[dict[str, Any]] = field(default_factory=list)
    plotly: Mapping[str, Any] | None = None
    upright: bool = False


@dataclass
class Page:
    """A page in the making.

    Attributes:
        say: the language of the page.
        quotations: the sentences that its numbers link to.
        interactive: whether its charts are to be drawn by plotly in the browser.
        blocks: HTML of the body, in order.
        contents: the headings as (level, id, inner HTML).
        plots: the charts that plotly is to draw, where the page is interactive.
        listed: the records of the first list of numbers, for the key figures.
        folds: the ids of the folds that list what is counted, by `behind.key_of`.
        groups: the ids of the rows at which a list of numbers begins a group, by report and start of the first.
        drawn: how many of its charts are shown as drawings.
    """

    title: str = ""
    say: Language = field(default_factory=language)
    quotations: Quotations = field(default_factory=Quotations)
    interactive: bool = False
    blocks: list[str] = field(default_factory=list)
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    plots: list[Plot] = field(default_factory=list)
    listed: list[dict[str, Any]] = field(default_factory=list)
    folds: dict[str, str] = field(default_factory=dict)
    groups: dict[tuple[str, int], str] = field(default_factory=dict)
    tables: int = 0
    drawn: int = 0

    @property
    def figures(self) -> int:
        """How many charts the notebook made."""
        return len(self.charts)

    def heading(self, inner: str, level: int) -> str:
        """A heading below the page's own, never more than one level under the last."""
        last = self.contents[-1][0] if self.contents else 1
        level = min(max(level, 2), last + 1, 4)
        anchor = f"s{len(self.contents) + 1}"
        self.contents.append((level, anchor, inner))
        return f'<h{level} id="{anchor}">{inner}</h{level}>\n'

    @property
    def section(self) -> str:
        """The heading that stands above, as HTML without tags."""
        return re.sub(r"<[^>]*>", "", self.contents[-1][2]) if self.contents else escape(self.title)


HIDDEN = {"injected-parameters", "parameters", "hide"}


def read_page(
    notebook: Any,
    fallback: str,
    reports: Mapping[str, Report] | None = None,
    say: Language | None = None,
    *,
    interactive: bool = False,
) -> Page:
    """The parts of a page, from an executed notebook.

    Args:
        notebook: as nbformat reads it.
        fallback: its title, where its prose has none.
        reports: the texts that its figures' offsets count, by ``report_id``.
        say: the language of the page, Chinese where it is left out.
        interactive: whether charts are to be drawn by plotly in the browser.
    """
    from dangjian.briefings.outputs import blocks_of
    from dangjian.briefings.prose import render

    page = Page(say=say or language(), quotations=Quotations(reports), interactive=interactive)
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if cell.cell_type == "markdown":
            page.blocks.append(render(_without_title(cell.source, page), page.heading, page.say, links=True))
        elif cell.cell_type == "code":
            if cell.source.strip() and not tags & HIDDEN:
                page.code.append(cell.source)
            for output in [] if "hide" in tags else cell.outputs:
                page.blocks.extend(blocks_of(output, page))
    page.title = page.title or fallback
    return page


def _without_title(source: str, page: Page) -> str:
    """The prose without the notebook's title, which the page shows by itself."""
    if page.title:
        return source
    lines = source.split("\n")
    for at, line in enumerate(lines):
        if line.startswith("# "):
            page.title = line[2:].strip()
            return "\n".join(lines[:at] + lines[at + 1 :])
    return source
