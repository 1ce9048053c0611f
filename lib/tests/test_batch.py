"""Batches: what is due and what is not, whatever ended the call before."""

from __future__ import annotations

import errno
import json
import os
import shutil
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from datetime import datetime, timedelta

import pytest
from batches import Maker, called, files_of, made, text_of

from dangjian.metrics import load
from dangjian.placing import WriteError
from dangjian.reports import Limits, read_corpus
from dangjian.runs.batch.batch import Asked
from dangjian.runs.batch.executors import Here, spread
from dangjian.runs.batch.jobs import read_jobs
from dangjian.runs.batch.roll import LOST, Reading, call_roll
from dangjian.runs.batch.stamps import Stamps
from dangjian.runs.batch.state import State

ONE = 'reports = "corpus"\n[[job]]\nname = "all"\nnotebook = "nb/n.ipynb"\n'
ALL = ["all", "each-澜岸区-2022", "each-衡川区-2021", "each-衡川区-2022"]


def test_every_run_is_made_once_and_again_only_when_something_it_reads_has_changed(tmp_path):
    place = made(tmp_path)
    first = Maker()
    batch = called(place, first)
    assert (sorted(first.made), batch.state, batch.failed, batch.problems) == (ALL, "done", [], [])
    before = files_of(tmp_path / "outputs")
    again = Maker()
    called(place, again)
    assert (again.made, again.published, files_of(tmp_path / "outputs")) == ([], 0, before)
    (tmp_path / "corpus" / "hc-2021.txt").write_text(text_of("衡川区", 2021, 13), "utf-8")
    changed = Maker()
    called(place, changed)
    assert sorted(changed.made) == ["all", "each-衡川区-2021"]
    assert {why for event, facts in changed.told if event == "begins" for why in [facts["why"]]} == {
        "report hc-2021 changed"
    }


def test_a_run_is_given_the_table_and_the_texts_of_its_reports_alone(tmp_path):
    called(made(tmp_path), Maker())
    tables = sorted((tmp_path / "outputs" / "briefings" / "tables").iterdir(), key=lambda one: len(load(one)))
    assert [len({*load(one)["report_id"]}) for one in tables] == [1, 1, 1, 3]
    whole = load(tables[-1])
    assert list(whole["district"].unique()) == ["衡川区", "澜岸区"]  # in the order of the ids
    assert {report.text for report in read_corpus(tables[-1] / "reports")} == {
        report.text for report in read_corpus(tmp_path / "corpus")
    }
    assert [(report.report_id, report.district) for report in read_corpus(tables[-1] / "reports")] == [
        ("hc-2021", "衡川区"),
        ("hc-2022", "衡川区"),
        ("la-2022", "澜岸区"),
    ]


CHANGES = {
    "notebook": ("nb/n.ipynb", lambda text: text.replace("print(", "print(1, "), ALL),
    "manifest": ("corpus/corpus.toml", lambda text: text.replace("2021\n", "2021\ntitle = 'x'\n"), [ALL[0], ALL[2]]),
    "parameters": ("briefings.toml", lambda text: text + "[job.parameters]\ntheme = 'law'\n", ["all"]),
    "output": ("outputs/briefings/briefings/all.html", lambda text: text + "x", ["all"]),
    "touched": ("corpus/hc-2021.txt", lambda text: text, []),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_makes_a_run_due(tmp_path, change):
    place = made(tmp_path)
    called(place, Maker())
    name, edit, due = CHANGES[change]
    (tmp_path / name).write_text(edit((tmp_path / name).read_text("utf-8")), "utf-8")
    maker = Maker()
    called(place, maker)
    assert sorted(maker.made) == due


def test_a_correction_makes_the_runs_due_that_read_its_report(tmp_path):
    place = made(tmp_path)
    called(place, Maker())
    (report,) = [one for one in read_corpus(tmp_path / "corpus") if one.report_id == "la-2022"]
    start = report.text.index("12名")
    entry = f'[[correction]]\nreport = "{report.sha256}"\nstart = {start}\nend = {start + 3}\ntext = "12名"\n'
    (tmp_path / "corpus" / "corrections.toml").write_text(
        f'{entry}field = "value"\nvalue = 21\nwho = "a"\nwhen = 2024-01-01\nwhy = "b"\n', "utf-8"
    )
    maker = Maker()
    batch = called(place, maker)
    assert sorted(maker.made) == ["all", "each-澜岸区-2022"]
    assert batch.problems == []
    tables = [load(one) for one in (tmp_path / "outputs" / "briefings" / "tables").iterdir()]
    assert sorted(21.0 in set(table["lower"]) for table in tables) == [False, False, True, True]
    (tmp_path / "corpus" / "corrections.toml").write_text(f'{entry}field = "value"\nvalue = -1\nwho = "a"\n'
        'when = 2024-01-01\nwhy = "b"\n', "utf-8")  # fmt: skip
    for _ in range(2):  # a refusal is told by every call, not by the first alone
        assert [line.split(":")[0] for line in called(place, Maker()).problems] == ["correction refused"]


def test_only_since_and_force(tmp_path):
    place = made(tmp_path)
    maker = Maker()
    batch = called(place, maker, only=("all",))
    assert (maker.made, batch.state) == (["all"], "partial")  # the others are still to be run
    assert [batch.state_of(step) for step in batch.plan.steps] == ["not run"] * 3 + ["done"]
    os.utime(tmp_path / "corpus" / "hc-2021.txt", (0, 0))
    since = Maker()
    called(place, since, since=datetime.now() - timedelta(days=1))
    assert sorted(since.made) == ["each-澜岸区-2022", "each-衡川区-2022"]
    forced = Maker()
    called(place, forced, force=True)
    assert sorted(forced.made) == ALL


def test_a_failed_run_is_told_of_keeps_no_page_and_is_tried_again(tmp_path):
    place = made(tmp_path)
    called(place, Maker())
    page = tmp_path / "outputs" / "briefings" / "briefings" / "each-衡川区-2021.html"
    assert page.exists()
    batch = called(place, Maker(fails="each-衡川区-2021"), force=True)
    assert (batch.failed, batch.state, len(batch.made)) == (["each-衡川区-2021"], "failed", 4)
    assert not page.exists()
    told = json.loads((tmp_path / "outputs" / "briefings" / "run.json").read_text("utf-8"))
    (run,) = [run for run in told["runs"] if run["state"] == "failed"]
    assert (run["name"], run["ran"], run["cells"], run["failed_cell"], run["error"]) == (
        "each-衡川区-2021", 1, 2, 2, "ValueError: x",
    )  # fmt: skip
    assert told["counts"]["failed"] == 1
    index = (tmp_path / "outputs" / "briefings" / "briefings" / "index.html").read_text("utf-8")
    assert "each-衡川区-2021 failed" in index
    maker = Maker()
    assert called(place, maker).state == "done"
    assert maker.made == ["each-衡川区-2021"]


def test_a_run_whose_worker_is_lost_fails_alone(tmp_path):
    batch = called(made(tmp_path), Maker(faults={"all": RuntimeError("gone")}))
    assert batch.failed == ["all"]
    assert batch.records["all"].run.error == "RuntimeError: gone"
    assert len(batch.made) == 4


def test_files_that_cannot_be_read_are_problems_of_the_data_each_time(tmp_path):
    place = made(tmp_path)
    (tmp_path / "corpus" / "bad.txt").write_bytes(b"")
    (tmp_path / "corpus" / "twin.txt").write_text(text_of("衡川区", 2021), "utf-8")
    for _ in range(2):
        batch = called(place, Maker())
        assert [line.split(":")[0] for line in batch.problems] == ["bad.txt", "twin.txt"]
        assert "the same report as hc-2021.txt" in batch.problems[1]
    (tmp_path / "corpus" / "bad.txt").write_text(text_of("松沅区", 2020), "utf-8")
    maker = Maker()
    assert len(called(place, maker).problems) == 1
    assert "all" in maker.made


def test_a_call_that_was_broken_off_is_gone_on_with(tmp_path):
    place = made(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        called(place, Maker(faults={"all": KeyboardInterrupt()}))
    folder = tmp_path / "outputs" / "briefings"
    assert json.loads((folder / "run.json").read_text("utf-8"))["state"] == "stopped"
    maker = Maker()
    assert called(place, maker).state == "done"
    assert maker.made == ["all"]


def test_what_is_planned_no_more_is_taken_away_and_what_a_user_put_there_stays(tmp_path):
    place = made(tmp_path)
    called(place, Maker())
    folder = tmp_path / "outputs" / "briefings"
    (folder / "briefings" / "notes.md").write_text("x")
    (tmp_path / "corpus" / "hc-2021.txt").unlink()
    (tmp_path / "corpus" / "corpus.toml").unlink()
    batch = called(place, Maker())
    assert batch.problems == ["job each: no report names its district; nothing is run for it"]
    assert sorted(path.name for path in (folder / "briefings").iterdir()) == ["all.html", "index.html", "notes.md"]
    kept = {name: len(list((folder / ".state" / name).iterdir())) for name in ("runs", "texts")}
    assert kept == {"runs": 1, "texts": 2}
    assert len(list((folder / "tables").iterdir())) == 1


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_ends_with_one_line_and_no_damage_wherever_it_is_met(tmp_path, monkeypatch, call):
    place = made(tmp_path, ONE)
    called(place, Maker())
    expected = files_of(tmp_path / "outputs")
    true = getattr(os, call)
    met = 0
    for nth in range(60):
        left = [nth]

        def fails(*arguments, left=left, **more):
            left[0] -= 1
            if left[0] == -1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return true(*arguments, **more)

        monkeypatch.setattr(os, call, fails)
        try:
            called(place, Maker(), force=True)
        except (WriteError, OSError) as fault:
            met += 1
            assert "No space left" in str(fault)
        monkeypatch.setattr(os, call, true)
        assert called(place, Maker()).state == "done"
        assert files_of(tmp_path / "outputs") == expected
        if left[0] >= 0:
            break
    assert met >= 10


def test_any_executor_does(tmp_path):
    jobs = read_jobs(made(tmp_path))
    assert Asked(executor=Here()).executor
    rolls = []
    with ProcessPoolExecutor(2) as pool:
        for name, executor in (("one", pool), ("two", Here())):
            state = State(tmp_path / name).made()
            reading = Reading(jobs.reports, "auto", Asked().limits, 2, executor)
            rolls.append(call_roll(reading, state, Stamps(state.stamps)))
    assert rolls[0] == rolls[1]
    assert len(rolls[0].reports) == 3


def test_no_more_tasks_are_handed_over_than_asked_for():
    begun, most = [], 0

    def tasks():
        for number in range(10):
            begun.append(number)
            yield number

    done = 0
    for _, future in spread(Here(), abs, tasks(), 3):
        most = max(most, len(begun) - done)
        done += future.result() >= 0
    assert (done, most) == (10, 3)


def test_a_table_of_many_reports_is_read_as_one(tmp_path, monkeypatch):
    place = made(tmp_path, ONE)
    called(place, Maker())
    (whole,) = (tmp_path / "outputs" / "briefings" / "tables").iterdir()
    expected = load(whole / "metrics.parquet")
    monkeypatch.setattr("dangjian.runs.batch.tables.SHARD", 1)
    shutil.rmtree(whole)
    called(place, Maker(), force=True)
    assert len(list(whole.glob("metrics-*.parquet"))) == 3
    assert load(whole).equals(expected)


class Breaks(Here):
    """An executor whose workers die of one file."""

    def submit(self, function, /, task):
        if any(file.path.name == "la-2022.txt" for file in task.files):
            future = Future()
            future.set_exception(BrokenExecutor("gone"))
            return future
        return super().submit(function, task)


def test_a_file_that_takes_its_worker_with_it_is_told_and_the_others_are_read(tmp_path):
    jobs = read_jobs(made(tmp_path))
    state = State(tmp_path / "state").made()
    roll = call_roll(Reading(jobs.reports, "auto", Limits(), 2, Breaks()), state, Stamps(state.stamps))
    assert [facts["report_id"] for facts in roll.reports] == ["hc-2021", "hc-2022"]
    assert [(skipped.name, skipped.reason) for skipped in roll.skipped] == [("la-2022.txt", LOST)]
