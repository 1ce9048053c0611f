"""Timers and crontab lines: what is printed calls the one command, whatever paths hold."""

from __future__ import annotations

import configparser
import shlex
import tomllib

import pytest
from batches import made

from dangjian.cli import main
from dangjian.runs.batch.jobs import read_jobs
from dangjian.runs.batch.timers import cron_line, due, units

JOBS = """
reports = "corpus"
name = "weekly"
[[job]]
name = "a"
notebook = "nb/n.ipynb"
when = "Mon 06:30"
[[job]]
name = "b"
notebook = "nb/n.ipynb"
when = "Mon  06:30"
[[job]]
name = "c"
notebook = "nb/n.ipynb"
when = "monthly 1 00:00"
[[job]]
name = "d"
notebook = "nb/n.ipynb"
"""


def parsed(text):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    return parser


def test_jobs_due_at_the_same_time_share_a_call(tmp_path):
    jobs = read_jobs(made(tmp_path, JOBS))
    assert [[job.name for job in one.jobs] for one in due(jobs.jobs)] == [["a", "b"], ["c"]]


@pytest.mark.parametrize("folder", ["plain", "with blank", "100% $HOME", 'a"b\\c'])
def test_the_units_and_the_line_call_the_command(tmp_path, folder):
    (tmp_path / folder).mkdir()
    place = made(tmp_path / folder, JOBS)
    jobs = read_jobs(place)
    first = due(jobs.jobs)[0]
    service, timer = units("/opt/x y/dangjian", jobs, first)
    assert (service.name, timer.name) == ("dangjian-weekly-a.service", "dangjian-weekly-a.timer")
    call = parsed(service.text)["Service"]["ExecStart"].replace("%%", "%").replace("$$", "$")
    expected = ["/opt/x y/dangjian", "run", str(place), "--only", "a", "--only", "b"]
    assert shlex.split(call) == expected
    assert parsed(timer.text)["Timer"]["OnCalendar"] == "Mon *-*-* 06:30:00"
    line = cron_line("/opt/x y/dangjian", jobs, first)
    assert shlex.split(line.replace("\\%", "%"))[:5] == ["30", "6", "*", "*", "1"]
    assert shlex.split(line.replace("\\%", "%"))[5:] == expected
    assert "%" not in line.replace("\\%", "")


def test_schedule_prints_both_or_writes_the_units(tmp_path, capfd):
    place = made(tmp_path, JOBS)
    assert main(["schedule", str(place)]) == 0
    out, err = capfd.readouterr()
    assert out.count("OnCalendar=") == out.count("ExecStart=") == 2
    assert "30 6 * * 1 " in out
    assert "job d does not say when" in err
    assert main(["schedule", str(place), "--cron"]) == 0
    assert "OnCalendar" not in capfd.readouterr().out
    assert main(["schedule", str(place), "--write", str(tmp_path / "units")]) == 0
    assert len(list((tmp_path / "units").iterdir())) == 4


def test_schedule_of_a_wrong_file_ends_with_2(tmp_path, capfd):
    assert main(["schedule", str(tmp_path / "none.toml")]) == 2
    assert "no such file" in capfd.readouterr().err


def test_the_examples_call_the_one_command(request):
    import yaml

    examples = request.config.rootpath / "examples"
    names = {job["name"] for job in tomllib.loads((examples / "briefings.toml").read_text("utf-8"))["job"]}
    service = parsed((examples / "systemd" / "dangjian.service").read_text("utf-8"))
    calls = [service["Service"]["ExecStart"]]
    calls += [line for line in (examples / "crontab").read_text("utf-8").splitlines() if not line.startswith("#")]
    steps = yaml.safe_load((examples / "github" / "briefings.yml").read_text("utf-8"))["jobs"]["run"]["steps"]
    calls += [step["run"] for step in steps if "dangjian run" in step.get("run", "")]
    assert len(calls) == 4
    for call in calls:
        words = call.split()
        assert words[words.index("run") + 1].endswith("examples/briefings.toml")
        assert {words[at + 1] for at, word in enumerate(words) if word == "--only"} <= names
    timer = parsed((examples / "systemd" / "dangjian.timer").read_text("utf-8"))
    assert timer["Timer"]["OnCalendar"] == "Mon *-*-* 06:30:00"
