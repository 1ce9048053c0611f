"""A run folder's notebooks to its ``briefings/``: a page each, and the index over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dangjian import wording
from dangjian.briefings import appendix, doubts, keyfigures, signs
from dangjian.briefings.appendix import Numbers
from dangjian.briefings.finishing import finish, script
from dangjian.briefings.index import Entry, index_in, overview
from dangjian.briefings.language import Language, language
from dangjian.briefings.page import Page, read_page
from dangjian.briefings.plots import BundleError, block, bundle_for
from dangjian.placing import write_bytes, write_text
from dangjian.reports import Report, read_corpus
from dangjian.runs.folder import RunFolder, slug
from dangjian.runs.notebook import NotebookRun, open_notebook
from dangjian.runs.run import Outcome, suffix_of, write_record

INTERACTIVE = ".interactive.html"
"""What the names of interactive pages end in."""
MOST_UNREAD = 40
"""Unread numbers that a page lists; the rest are counted."""


@dataclass(frozen=True)
class Published:
    """The pages written: the index, and the briefings in the order of their notebooks."""

    index: Path
    briefings: tuple[Path, ...]


@dataclass(frozen=True)
class Proofs:
    """What pages prove themselves by: the run's texts, its numbers by place, and the conflicts among them.

    ``place`` is where the texts are, seen from the folder that commands are called in.
    """

    reports: Mapping[str, Report] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=dict)
    conflicts: tuple[Mapping[str, Any], ...] = ()
    place: str = "reports"


def publish(
    folder: RunFolder,
    outcome: Outcome,
    *,
    say: Language | None = None,
    interactive: bool = False,
    docx: bool = False,
    note: Callable[[str], None] = lambda line: None,
) -> Published:
    """Write a page for every notebook that is done, and the index that tells of all, failed ones too.

    A notebook with a chart that is to be interactive and that no bundle draws has failed: the outcome and the run's
    record are changed to say so, and the others' pages are written.

    Args:
        folder: the run's folder, open.
        outcome: what the run came to.
        say: the language of the pages, Chinese where it is left out.
        interactive: whether to write a second page of each, whose charts answer to the mouse.
        docx: whether to write each as a Word document too.
        note: told one line for each notebook that fails here.
    """
    say = say or language()
    with wording.spoken(say.code):
        proofs = read_proofs(folder.path)
        moving = _moving(folder, outcome, say, proofs, note) if interactive else {}
        return _published(folder, outcome, say, proofs, moving, docx)


def _moving(
    folder: RunFolder, outcome: Outcome, say: Language, proofs: Proofs, note: Callable[[str], None]
) -> dict[str, Page]:
    """The pages whose charts answer to the mouse, by the names of their notebooks."""
    made: dict[str, Page] = {}
    for at, run in enumerate(outcome.notebooks):
        if not run.done or run.lang != say.code:
            continue
        page = read_page(_executed(folder, run), run.title, proofs.reports, say, interactive=True)
        try:
            bundle_for(plot.figure for plot in page.plots)
        except BundleError as fault:
            outcome.notebooks[at] = replace(run, state="failed", error=str(fault))
            outcome.state = "failed"
            write_record(folder, outcome)
            note(f"{run.notebook} failed: {fault}")
        else:
            made[run.notebook] = page
    return made


def _stem(run: NotebookRun) -> str:
    return f"{slug(Path(run.notebook).stem)}{suffix_of(run.lang)}"


def _executed(folder: RunFolder, run: NotebookRun) -> Any:
    return open_notebook(folder.path / "notebooks" / f"{_stem(run)}.ipynb")


def _published(
    folder: RunFolder, outcome: Outcome, say: Language, proofs: Proofs, moved: Mapping[str, Page], docx: bool
) -> Published:
    facts = outcome.as_json()
    pages: list[Path] = []
    entries: list[Entry] = []
    for run in outcome.notebooks:
        if run.lang != say.code:
            continue
        entry = Entry(run)
        if run.done:
            stem, notebook = _stem(run), _executed(folder, run)
            page = read_page(notebook, run.title, proofs.reports, say)
            path = folder.place("briefings", f"{stem}.html")
            moving, other = moved.get(run.notebook), ""
            if moving is not None and moving.plots:
                other = f"{stem}{INTERACTIVE}"
                write_text(folder.place("briefings", other), briefing(moving, run, facts, proofs, path.name))
            write_text(path, briefing(page, run, facts, proofs, other))
            if docx:
                write_bytes(folder.place("briefings", f"{stem}.docx"), paper(notebook, page, facts, proofs))
            pages.append(path)
            entry = Entry(run, page, path.name, other)
        entries.append(entry)
    index = folder.place("briefings", f"index{suffix_of(say.code)}.html")
    spoken = dict.fromkeys(run.lang for run in outcome.notebooks)
    others = [index_in(code) for code in spoken if code != say.code]
    write_text(index, overview(entries, facts, proofs.conflicts, say, others))
    return Published(index, tuple(pages))


def paper(notebook: Any, page: Page, facts: Mapping[str, Any], proofs: Proofs) -> bytes:
    """The same briefing as a Word document; python-docx and matplotlib are wanted for that alone."""
    from dangjian.briefings.word import document

    conflicting = doubts.of_page(proofs.conflicts, page, proofs.numbers)
    return document(notebook, page, facts, conflicting, MOST_UNREAD)


def read_proofs(folder: Path, place: str = "reports") -> Proofs:
    """The texts and numbers that a run left in a folder; none where it left none.

    Args:
        folder: holds ``reports/`` and ``metrics.parquet``.
        place: where the texts are, seen from the folder that commands are called in.
    """
    from dangjian.metrics import load

    stored, texts = folder / "metrics.parquet", folder / "reports"
    reports = {report.report_id: report for report in read_corpus(texts)} if texts.is_dir() else {}
    if not stored.is_file() and not any(folder.glob("metrics-*.parquet")):
        return Proofs(reports, place=place)
    metrics = load(stored if stored.is_file() else folder)
    return Proofs(reports, appendix.by_place(metrics), tuple(doubts.found_conflicts(metrics)), place)


def briefing(
    page: Page, run: NotebookRun, facts: Mapping[str, Any], proofs: Proofs | None = None, other: str = ""
) -> str:
    """The page of one notebook.

    Args:
        page: its parts.
        run: the notebook's run.
        facts: what the run came to, as `Outcome.as_json` gives it.
        proofs: texts, numbers and conflicts of the run.
        other: the file name of the page's interactive or static twin, "" where it has none.
    Raises:
        BundleError: the page is interactive and holds a kind of chart that no bundle draws.
    """
    from dangjian import __version__
    from dangjian.indicators.catalogue import load_catalogue

    proofs, say = proofs or Proofs(), page.say
    keys = keyfigures.key_figures(page)
    conflicting = doubts.of_page(proofs.conflicts, page, proofs.numbers)
    groups = list(appendix.groups(page, proofs.numbers, proofs.place, facts["mask"]))
    bundle = bundle_for(plot.figure for plot in page.plots) if page.plots else None
    return finish(
        "page.html.j2",
        say,
        (script("downloads.js"), *([script("plots.js")] if bundle else [])),
        bundle.script if bundle else "",
        title=page.title,
        notebook=run.notebook,
        symbols=Markup(signs.symbols()),
        claims=keyfigures.claims(page),
        keys=keys,
        blocks=[Markup(block) for block in page.blocks],
        contents=[(level, anchor, Markup(inner)) for level, anchor, inner in page.contents if level == 2],
        conflicting=[Markup(line) for line in conflicting],
        groups=[(group, Markup(group.body)) for group in groups],
        absent=Markup(appendix.absent(page, proofs.numbers)),
        count=page.quotations.count,
        terms=page.quotations.terms,
        code=page.code,
        facts=facts,
        unread=facts["unread"][:MOST_UNREAD],
        entries=len(load_catalogue()),
        version=__version__,
        other=other,
        interactive=page.interactive,
        bundle=bundle.packed if bundle else "",
        plots=Markup(block(page.plots)),
    )
