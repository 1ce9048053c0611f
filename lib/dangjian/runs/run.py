"""One run: reports to a metrics table, the table to executed notebooks, all in one run folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dangjian.errors import ReportError
from dangjian.placing import replacing, write_text
from dangjian.reports import Corpus, Limits, Report, Skipped, read_corpus
from dangjian.runs.facts import facts_of, unread_of
from dangjian.runs.folder import RunFolder, dated, slug
from dangjian.runs.notebook import CELL_LIMIT, RUN_LIMIT, NotebookRun, check_notebook, run_notebook, warm_server

RECORD = "run.json"


@dataclass
class Outcome:
    """What a run came to.

    Attributes:
        reports: one entry a report: what it is, its hash, counts of ``found``, ``bound``, ``unread``,
            ``left_out``, how its masks were read.
        unread: one entry a number that could not be read: report, offsets, text, rule.
        state: "running" until its end, then "done" or, where a notebook failed, "failed"; "stopped" where the
            run was broken off. A folder that says "running" and is not locked was left by a process that was killed.
    """

    name: str
    subject: str
    mask: str
    state: str = "running"
    reports: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unread: list[dict[str, Any]] = field(default_factory=list)
    notebooks: list[NotebookRun] = field(default_factory=list)

    def total(self, count: str) -> int:
        """The sum of one count over the reports."""
        return sum(report[count] for report in self.reports)

    @property
    def counts(self) -> dict[str, int]:
        """What the summary line says."""
        return {
            "reports": len(self.reports),
            "skipped": len(self.skipped),
            "found": self.total("found"),
            "bound": self.total("bound"),
            "unread": self.total("unread"),
            "notebooks": len(self.notebooks),
            "failed": sum(not run.done for run in self.notebooks),
        }

    def as_json(self) -> dict[str, Any]:
        """What ``run.json`` holds."""
        return {
            "run": self.name,
            "subject": self.subject,
            "state": self.state,
            "mask": self.mask,
            "counts": self.counts,
            "reports": self.reports,
            "skipped": [{"name": skipped.name, "reason": skipped.reason} for skipped in self.skipped],
            "unread": self.unread,
            "notebooks": [run.as_json() for run in self.notebooks],
        }


def read_outcome(folder: Path) -> Outcome:
    """The outcome that a run folder's ``run.json`` tells of."""
    stored = json.loads((folder / RECORD).read_text("utf-8"))
    return Outcome(
        name=stored["run"],
        subject=stored["subject"],
        mask=stored["mask"],
        state=stored["state"],
        reports=stored["reports"],
        skipped=[Skipped(**skipped) for skipped in stored["skipped"]],
        unread=stored["unread"],
        notebooks=[NotebookRun(**run) for run in stored["notebooks"]],
    )


def run_name(reports: Path, now: datetime) -> str:
    """The name of a run that was given none: the corpus folder's own, and the time."""
    place = reports.resolve()
    return dated(place.stem if place.is_file() else place.name, now)


def run_reports(
    reports: Path,
    folder: RunFolder,
    notebooks: Sequence[Path],
    *,
    mask: str = "auto",
    parameters: Mapping[str, Any] | None = None,
    cell_limit: float = CELL_LIMIT,
    run_limit: float = RUN_LIMIT,
    progress: bool = True,
    note: Callable[[str], None] = lambda line: None,
    limits: Limits | None = None,
    warm: bool = False,
    languages: Sequence[str] = ("zh",),
) -> Outcome:
    """Read reports, write their metrics table and texts, run each notebook on them.

    Args:
        reports: a folder of reports, or one file.
        folder: an opened run folder.
        notebooks: run one after another; each is given ``reports``, ``metrics`` and ``mask``.
        parameters: more values for every notebook.
        progress: whether to draw progress bars on standard error where it is a terminal.
        note: told one line for each thing that went wrong.
        limits: what reading a file may cost.
        warm: whether kernels are forked from a server that has everything imported already.
        languages: each notebook is run once in each, "zh" or "en".
    Returns:
        The outcome, as written to ``run.json``.
    Raises:
        ReportError: not one report could be read.
        ParameterError: a notebook refuses its parameters; nothing has run then.
    """
    given = {"mask": mask, "reports": "", "metrics": ""} | dict(parameters or {})
    for notebook in notebooks:
        check_notebook(notebook, given)
    if warm:
        warm_server()  # imports while the reports are read
    corpus = read_corpus(reports, limits or Limits())
    for skipped in corpus.skipped:
        note(f"{skipped.name}: {skipped.reason}")
    for report in corpus:
        for doubt in report.notes:
            note(f"{report.source}: {doubt}")
    if not len(corpus):
        raise ReportError(str(reports), f"none of its {len(corpus.skipped)} files could be read, see above")
    place = reports.resolve()
    outcome = Outcome(folder.name, place.stem if place.is_file() else place.name, mask, skipped=list(corpus.skipped))
    write_record(folder, outcome)
    try:
        _extract(corpus, reports, folder, outcome, progress, note)
        given |= {
            "reports": str(folder.place("reports").resolve()),
            "metrics": str(folder.place("metrics.parquet").resolve()),
        }
        pairs = [(notebook, lang) for lang in languages for notebook in notebooks]
        for notebook, lang in _bar(pairs, "notebooks", "notebook", progress):
            output = folder.place("notebooks", f"{slug(notebook.stem)}{suffix_of(lang)}.ipynb")
            limits_of = {"cell_limit": cell_limit, "run_limit": run_limit}
            run = run_notebook(notebook, output, given, **limits_of, warm=warm, lang=lang)
            if not run.done:
                where = f"cell {run.failed_cell}: " if run.failed_cell else ""
                note(f"{run.notebook} failed, {run.ran} of {run.cells} cells ran: {where}{run.error}")
            outcome.notebooks.append(run)
            write_record(folder, outcome)
    except BaseException:
        outcome.state = "stopped"
        write_record(folder, outcome)
        raise
    outcome.state = "failed" if outcome.counts["failed"] else "done"
    write_record(folder, outcome)
    return outcome


def suffix_of(lang: str) -> str:
    """What the names of files in a language end in before their kind: nothing in Chinese, ".en" in English."""
    return "" if lang == "zh" else f".{lang}"


def _extract(
    corpus: Corpus, place: Path, folder: RunFolder, outcome: Outcome, progress: bool, note: Callable[[str], None]
) -> None:
    """The metrics table of the corpus in two formats, corrected, and the texts that its offsets count."""
    from dangjian.indicators import extract
    from dangjian.metrics import corrected, dumps, find_corrections, frame, read_corrections

    observations: list[Any] = []
    for report in _bar(corpus.reports, "reports", "report", progress):
        extraction = extract(report, mask=outcome.mask)
        observations.extend(extraction.observations)
        outcome.reports.append(facts_of(report, extraction))
        outcome.unread.extend(unread_of(report, extraction))
        write_text(folder.place("reports", _file_name(report)), report.text)
    write_text(folder.place("reports", "corpus.toml"), _manifest(corpus.reports))
    rows: Any = observations
    corrections = find_corrections(place)
    if corrections:
        rows, refused = corrected(frame(rows, corpus.reports), read_corrections(corrections), corpus.reports)
        for line in refused:
            note(f"correction refused: {line}")
    for suffix in (".jsonl", ".parquet"):
        with replacing(folder.place(f"metrics{suffix}")) as beside:
            beside.write_bytes(dumps(rows, suffix, corpus.reports))


def _file_name(report: Report) -> str:
    return f"{slug(report.report_id)}.txt"


def _manifest(reports: Sequence[Report]) -> str:
    """What is known of the reports, so that the run folder says it too."""
    lines = []
    for report in reports:
        facts = {"file": _file_name(report), "id": report.report_id, "title": report.title}
        facts |= {"district": report.district, "kind": report.kind}
        lines += ["[[report]]", *(f"{key} = {_toml(value)}" for key, value in facts.items())]
        lines += [f"year = {report.year}"] if report.year is not None else []
        lines += [f"invented = {str(report.invented).lower()}", ""]
    return "\n".join(lines)


def _toml(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL and halves of a pair."""
    plain = "".join("\ufffd" if 0xD800 <= ord(character) < 0xE000 else character for character in text)
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_record(folder: RunFolder, outcome: Outcome) -> None:
    """Write ``run.json``: what a run has come to."""
    write_text(folder.place(RECORD), json.dumps(outcome.as_json(), ensure_ascii=False, indent=1) + "\n")


def _bar(things: Sequence[Any], title: str, unit: str, progress: bool) -> Any:
    """The things, with a progress bar on a terminal."""
    from tqdm import tqdm

    return tqdm(things, desc=title, unit=unit, leave=False, disable=None if progress else True)
