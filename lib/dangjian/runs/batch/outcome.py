"""What a batch came to, as ``run.json`` tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dangjian.reports import Skipped
from dangjian.runs.batch.plan import Plan, Step
from dangjian.runs.batch.roll import Roll
from dangjian.runs.batch.work import Record

MOST_UNREAD = 1000
"""Unread numbers that ``run.json`` lists; the rest are counted."""


@dataclass
class Batch:
    """What a call came to.

    Attributes:
        records: what each run left, by name; those of earlier calls too.
        made: names of the runs made in this call.
        problems: a line for each thing that is wrong with the data: files skipped, corrections refused, points of
            a grid that somebody named and no report belongs to.
        state: "done"; "failed" where a run failed; "partial" where runs are due that this call was not asked for;
            "running" until its end, "stopped" where it was broken off.
    """

    name: str
    plan: Plan
    rolls: Mapping[str, Roll]
    records: dict[str, Record] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    state: str = "running"

    @property
    def failed(self) -> list[str]:
        """Names of runs made in this call that failed."""
        return [name for name in self.made if name not in self.records or not self.records[name].run.done]

    def as_json(self) -> dict[str, Any]:
        """What ``run.json`` holds."""
        roll = next(iter(self.rolls.values()))
        return {
            "run": self.name,
            "state": self.state,
            "counts": counts_of(roll.reports, roll.skipped, [self.state_of(step) for step in self.plan.steps]),
            "reports": [told_of(facts) for facts in roll.reports],
            "skipped": [{"name": skipped.name, "reason": skipped.reason} for skipped in roll.skipped],
            "problems": self.problems,
            "unread": [number for facts in roll.reports for number in facts["numbers_unread"]][:MOST_UNREAD],
            "runs": [self._run(step) for step in self.plan.steps],
        }

    def state_of(self, step: Step) -> str:
        """ "done", "failed", "not run", or "stale" where it is done and due again."""
        record = self.records.get(step.planned.name)
        if record is None:
            return "not run"
        return "stale" if record.key != step.key and record.run.done else record.run.state

    def _run(self, step: Step) -> dict[str, Any]:
        planned, record = step.planned, self.records.get(step.planned.name)
        told = {"name": planned.name, "job": planned.job.name, "values": dict(planned.values)}
        told |= {"reports": list(planned.reports)}
        if record is None:
            return told | {"notebook": planned.job.notebook.name, "state": "not run"}
        return told | record.run.as_json() | {"state": self.state_of(step), "files": sorted(record.files)}


def counts_of(
    reports: tuple[Mapping[str, Any], ...], skipped: tuple[Skipped, ...] = (), states: list[str] | None = None
) -> dict[str, int]:
    """Counts over reports, and over runs where their states are given."""
    counts = {"reports": len(reports), "skipped": len(skipped)}
    counts |= {name: sum(facts[name] for facts in reports) for name in ("found", "bound", "unread")}
    if states is not None:
        counts |= {"runs": len(states), "failed": states.count("failed")}
        counts |= {"not_run": states.count("not run") + states.count("stale")}
    return counts


def told_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a report without what only the batch needs."""
    return {name: value for name, value in facts.items() if name not in _OWN}


_OWN = ("key", "part", "length", "distinct", "numbers_unread")
