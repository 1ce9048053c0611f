"""A batch's pages: the briefing of each run, made with it, and the index over all runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any

from dangjian import wording
from dangjian.briefings.finishing import finish
from dangjian.briefings.index import MOST_UNREAD, Entry, index_in
from dangjian.briefings.language import Language, language
from dangjian.briefings.page import read_page
from dangjian.briefings.plots import BundleError
from dangjian.briefings.publish import briefing, paper, read_proofs
from dangjian.placing import write_bytes, write_text
from dangjian.runs.batch.batch import TABLES
from dangjian.runs.batch.outcome import Batch
from dangjian.runs.batch.work import Record, Work, execute, leave_record
from dangjian.runs.folder import RunFolder
from dangjian.runs.notebook import NotebookRun, open_notebook
from dangjian.runs.run import suffix_of
from dangjian.runs.translated import CHINESE, LANGUAGES

INDEX = "index.html"
_ONE = Lock()
"""One page is drawn at a time: matplotlib's settings are those of the whole process."""


def make(work: Work) -> Record:
    """Run one notebook, write its page where every cell ran, and its record when all stands.

    A chart that is to be interactive and that no bundle draws fails the run.

    Raises:
        ParameterError: before any kernel starts.
        OSError, WriteError: a file could not be written.
    """
    run = execute(work)
    shown: dict[str, Any] = {}
    if run.done and set(work.outputs) - {"notebook"}:
        try:
            with _ONE, wording.spoken(work.lang):
                shown = _written(work, run)
        except BundleError as fault:  # raised before any page is written
            run = replace(run, state="failed", error=str(fault))
    return leave_record(work, run, shown)


def _written(work: Work, run: NotebookRun) -> dict[str, Any]:
    """The pages and the document of a run, written; what the index tells of them."""
    proofs = read_proofs(work.selection, f"{TABLES}/{work.selection.name}/reports")
    notebook, other, say = open_notebook(work.output), "", language(work.lang)
    if "interactive" in work.outputs:
        moving = read_page(notebook, run.title, proofs.reports, say, interactive=True)
        if moving.plots:
            other = work.interactive.name
            write_text(work.interactive, briefing(moving, run, work.facts, proofs, work.page.name))
    page = read_page(notebook, run.title, proofs.reports, say)
    if {"html", "interactive"} & set(work.outputs):
        write_text(work.page, briefing(page, run, work.facts, proofs, other))
    if "docx" in work.outputs:
        write_bytes(work.paper, paper(notebook, page, work.facts, proofs))
    shown = {"figures": page.figures, "tables": page.tables, "sentences": len(page.quotations)}
    return {**shown, "claim": Entry(run, page).claim}


def publish_batch(folder: RunFolder, batch: Batch) -> Path:
    """Write an index a language over all runs of a batch, failed ones too, where it is not as it would be.

    The one that is called ``index.html`` is Chinese, or where no run is, of the language that comes first.
    """
    spoken = [code for code in LANGUAGES if any(step.planned.lang == code for step in batch.plan.steps)] or [CHINESE]
    pages = {code: overview(batch, language(code), spoken) for code in spoken}
    made = {f"index{suffix_of(code)}.html": page for code, page in pages.items()}
    made.setdefault(INDEX, pages[spoken[0]])
    for name, page in made.items():
        place = folder.place("briefings", name)
        if not place.is_file() or place.read_bytes() != page.encode():
            write_text(place, page)
    return folder.place("briefings", INDEX)


def overview(batch: Batch, say: Language | None = None, spoken: Sequence[str] = ()) -> str:
    """The index page: the briefings of each job, what failed and why, the reports, what was skipped or not read.

    Args:
        batch: what the runs came to.
        say: the language of the page, Chinese where it is left out; runs in another are left to its own index.
        spoken: all languages that have an index.
    """
    say = say or language()
    facts = _in_language(batch, say.code)
    runs = []
    for told in facts["runs"]:
        record = batch.records.get(told["name"])
        files = record.files if record is not None else {}
        suffixes = {"link": ".html", "interactive": ".interactive.html", "paper": ".docx"}
        made = {what: f"{told['name']}{suffix}" for what, suffix in suffixes.items()}
        links = {what: name if f"briefings/{name}" in files else "" for what, name in made.items()}
        runs.append({
            **told,
            **links,
            "shown": record.shown if record is not None else {},
            "said": say.joined(_said(told["values"])),
        })  # fmt: skip
    jobs = [(name, list(group)) for name, group in groupby(runs, key=lambda run: run["job"])]
    reports = sorted(
        facts["reports"], key=lambda report: (report["district"], report["year"] or 0, report["report_id"])
    )
    return finish(
        "batch.html.j2",
        say,
        title=say("index.title", subject=batch.name),
        jobs=[(_title(group, name), name, group) for name, group in jobs],
        districts=[(name, list(group)) for name, group in groupby(reports, key=lambda report: report["district"])],
        facts=facts,
        unread=facts["unread"][:MOST_UNREAD],
        others=[index_in(code) for code in spoken if code != say.code],
    )


def _in_language(batch: Batch, code: str) -> dict[str, Any]:
    """What a batch came to, its runs and their counts those in one language."""
    facts, steps = batch.as_json(), batch.plan.steps
    states = [batch.state_of(step) for step in steps if step.planned.lang == code]
    waiting = states.count("not run") + states.count("stale")
    counts = {"runs": len(states), "failed": states.count("failed"), "not_run": waiting}
    runs = [told for told, step in zip(facts["runs"], steps, strict=True) if step.planned.lang == code]
    return facts | {"runs": runs, "counts": facts["counts"] | counts}


def _title(runs: list[dict[str, Any]], name: str) -> str:
    """The title of the notebook that a job's runs share, where one of them has run."""
    return next((run["title"] for run in runs if run.get("title")), name)


def _said(values: dict[str, Any]) -> list[str]:
    said = [value if isinstance(value, list) else [value] for name, value in values.items() if name != "mask"]
    return [str(one) for value in said for one in value if one not in ("", None)]
