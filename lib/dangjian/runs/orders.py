"""One run as a worker is given it: plain values, so that a thread, a process or another machine can carry it out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from dangjian.runs.notebook import NotebookRun, run_notebook


@dataclass(frozen=True)
class Order:
    """What to run, with what, and where its results go.

    Attributes:
        page: where the HTML page goes, "" for none.
        publisher: ``module:function`` that makes the page from (notebook, page, run, facts); called by name so that
            it can be called elsewhere.
        facts: what the page says of the whole: see ``run.json``.
        warm: whether the kernel may be forked from a preloaded process.
        keep: whether the executed notebook is kept when its page is made; that of a failed run always is.
    """

    job: str
    name: str
    notebook: str
    output: str
    page: str
    values: dict[str, Any]
    publisher: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    cell_limit: float = 120
    run_limit: float = 600
    warm: bool = True
    keep: bool = True


def perform(order: Order) -> NotebookRun:
    """Run the notebook and make its page; what goes wrong is in the result, never an exception of the notebook's.

    Raises:
        OSError: a result could not be written; what stood there before stands still.
    """
    from dangjian.runs.warm.client import shared_server

    server = shared_server() if order.warm else None
    run = run_notebook(
        Path(order.notebook),
        Path(order.output),
        order.values,
        cell_limit=order.cell_limit,
        run_limit=order.run_limit,
        server=server,
    )
    page = Path(order.page) if order.page else None
    if run.done and page is not None:
        arguments = [order.publisher, order.output, order.page, run.as_json(), order.facts]
        try:
            if server is None or not server.call("dangjian.runs.orders:publish_page", arguments):
                publish_page(*arguments)
        except OSError:
            raise
        except Exception as fault:  # a fault of the page is told like one of the notebook
            said = " ".join(str(fault).split())[:200]
            run = replace(run, state="failed", error=f"the page could not be made: {type(fault).__name__}: {said}")
    if not run.done and page is not None:
        page.unlink(missing_ok=True)  # no briefing of a failed run, and not the one of an earlier state either
    if run.done and not order.keep:
        Path(order.output).unlink(missing_ok=True)
    return run


def publish_page(publisher: str, notebook: str, page: str, run: dict[str, Any], facts: dict[str, Any]) -> None:
    """Make one page by a function of a later room."""
    module, _, name = publisher.partition(":")
    getattr(import_module(module), name)(Path(notebook), Path(page), NotebookRun(**run), facts)


def size_of(order: Order) -> int:
    """Bytes that the order takes on its way to another machine."""
    return len(json.dumps(order.values)) + len(json.dumps(order.facts, default=str))
