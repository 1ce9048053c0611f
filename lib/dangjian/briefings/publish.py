"""A run folder's notebooks to its ``briefings/``: a page each, and the index over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dangjian.briefings.page import Page, finish, read_page
from dangjian.runs.folder import RunFolder, slug, write_text
from dangjian.runs.notebook import NotebookRun, open_notebook
from dangjian.runs.run import Outcome

MOST_UNREAD = 200
"""Unread numbers that the index lists; the rest are counted."""


@dataclass(frozen=True)
class Published:
    """The pages written: the index, and the briefings in the order of their notebooks."""

    index: Path
    briefings: tuple[Path, ...]


def publish(folder: RunFolder, outcome: Outcome) -> Published:
    """Write a page for every notebook that is done, and the index that tells of all, failed ones too."""
    facts = outcome.as_json()
    pages: list[Path] = []
    entries: list[dict[str, Any]] = []
    for run in outcome.notebooks:
        entry: dict[str, Any] = {"run": run, "page": None, "places": []}
        if run.done:
            stem = slug(Path(run.notebook).stem)
            page = read_page(open_notebook(folder.path / "notebooks" / f"{stem}.ipynb"), run.title)
            path = folder.place("briefings", f"{stem}.html")
            write_text(path, briefing(page, run, facts))
            pages.append(path)
            entry |= {"page": page, "link": path.name}
        entries.append(entry)
    index = folder.place("briefings", "index.html")
    write_text(index, overview(entries, facts))
    return Published(index, tuple(pages))


def briefing(page: Page, run: NotebookRun, facts: Mapping[str, Any]) -> str:
    """The page of one notebook."""
    return finish(
        "page.html.j2",
        title=page.title,
        notebook=run.notebook,
        blocks=[Markup(block) for block in page.blocks],
        contents=[(level, anchor, Markup(inner)) for level, anchor, inner in page.contents if level == 2],
        sentences=[(sentence, Markup(sentence.html())) for sentence in page.sentences],
        code=page.code,
        facts=facts,
    )


def overview(entries: list[dict[str, Any]], facts: Mapping[str, Any]) -> str:
    """The index page: briefings, reports by district and year, what failed, was skipped or not read."""
    reports = sorted(
        facts["reports"], key=lambda report: (report["district"], report["year"] or 0, report["report_id"])
    )
    districts = [(name, list(group)) for name, group in groupby(reports, key=lambda report: report["district"])]
    years = sorted({report["year"] for report in reports if report["year"] is not None})
    return finish(
        "index.html.j2",
        title=f"{facts['subject']} 简报",
        entries=entries,
        districts=districts,
        years=years,
        facts=facts,
        unread=facts["unread"][:MOST_UNREAD],
    )
