"""Files of jobs: what is taken, what is refused and how it is said, and the runs that a grid asks for."""

from __future__ import annotations

import pytest
from batches import made
from sample_notebooks import saved

from dangjian.runs.batch.grids import lay, masks_of
from dangjian.runs.batch.jobs import JobsError, chosen, read_jobs
from dangjian.runs.batch.schedule import ScheduleError, read_when

HEAD = 'reports = "corpus"\n[[job]]\nnotebook = "nb/n.ipynb"\n'
REPORTS = [
    {"report_id": "hc-2021", "district": "衡川区", "year": 2021},
    {"report_id": "hc-2022", "district": "衡川区", "year": 2022},
    {"report_id": "la-2022", "district": "澜岸区", "year": 2022},
    {"report_id": "none", "district": "", "year": None},
]


def jobs_of(folder, text):
    return read_jobs(made(folder, text))


def test_what_a_file_of_jobs_says(tmp_path):
    jobs = jobs_of(
        tmp_path,
        'reports = "corpus"\nout = "o"\nname = "weekly"\nrun_limit = 30\n[[job]]\nname = "x"\nnotebook = "nb/n.ipynb"\n'
        'outputs = ["html"]\nwhen = "Mon 06:30"\ncell_limit = 5\n[job.parameters]\nmask = "digits"\n'
        "[job.grid]\nyears = [2021, [2021, 2022]]\n",
    )
    (job,) = jobs.jobs
    assert (jobs.reports, jobs.out, jobs.name) == (tmp_path / "corpus", tmp_path / "o", "weekly")
    assert (job.name, job.outputs, job.cell_limit, job.run_limit) == ("x", ("html",), 5, 30)
    assert job.grid == {"years": [[2021], [2021, 2022]]}
    assert masks_of(job) == {"digits"}
    assert job.when.calendar == "Mon *-*-* 06:30:00"


REFUSED = [
    # the file, what the message says
    ("", "holds no job"),
    ("[[job]\n", "cannot be read as TOML"),
    ("report = 'x'\n", "'report' is no key here (did you mean 'reports'?)"),
    ("run_limit = 0\n" + HEAD, "run_limit takes a number of seconds above 0, not 0"),
    ("run_limit = true\n" + HEAD, "run_limit takes a number"),
    ("name = '../x'\n" + HEAD, "name: '../x' cannot name a folder; 'x-"),
    ("[[job]]\n", "names no notebook"),
    ("[[job]]\nnotebook = 'nb/m.ipynb'\n", "there is no such notebook"),
    ("[[job]]\nnotebook = 'corpus/corpus.toml'\n", "cannot be read as a notebook"),
    (HEAD + "name = '../../x'\n", "job ../../x: name: '../../x' cannot name files"),
    (HEAD + "notebok = 1\n", "'notebok' is no key here (did you mean 'notebook'?)"),
    (HEAD + "outputs = ['pdf']\n", "outputs: 'pdf' cannot be made"),
    (HEAD + "when = 'Man 06:30'\n", "'Man' is no day (did you mean 'Mon'?)"),
    (HEAD + "parameters = 3\n", "parameters takes a table, not 3"),
    (HEAD + "[job.parameters]\ndistrikt = 'x'\n", "no parameter 'distrikt' (did you mean 'district'?)"),
    (HEAD + "[job.parameters]\n'x; import os' = 1\n", "takes no parameter 'x; import os'"),
    (HEAD + "[job.parameters]\nmetrics = 'm'\n", "'metrics' is given by the run itself"),
    (HEAD + "[job.parameters]\nyears = '2021'\n", "'years' must be list, not str '2021'"),
    (HEAD + "[job.parameters]\nyears = 2021-01-01\n", "must be a JSON value, not date"),
    (HEAD + "[job.parameters]\nmask = 'star'\n", "there is no mask 'star'"),
    (HEAD + "[job.parameters]\ntheme = 'trainig'\n", "there is no theme 'trainig' (did you mean 'training'?)"),
    (HEAD + "[job.grid]\ntheme = ['training', 'x']\n", "there is no theme 'x'"),
    (HEAD + "[job.grid]\nmask = 'each'\n", "'mask' has no values that could be found"),
    (HEAD + "[job.grid]\nindicators = 'each'\n", "'indicators' has no values that could be found"),
    (HEAD + "[job.grid]\ndistrict = []\n", "district takes a list of values"),
    (HEAD + "[job.grid]\ndistrict = [7]\n", "'district' must be str, not int 7"),
    (HEAD + "[job.grid]\nyears = ['2021']\n[job.parameters]\nyears = []\n", "under parameters and in the grid"),
    (HEAD + "lang = 'fr'\n", "job 1: lang: fr is not spoken; there are zh, en"),
    (HEAD + "lang = ''\n", "lang: nothing is not spoken"),
    (HEAD + "lang = ['zh', 'en']\n", "lang takes a text in quotes"),
    (HEAD + "lang = 'en'\n", "n.ipynb takes no parameter 'lang'"),
    (HEAD + "[job.parameters]\nlang = 'en'\n", "'lang' is no parameter here; write lang = \"en\""),
    (HEAD + "name = 'x'\n" + HEAD.split("\n", 1)[1] + "name = 'x'\n", "two jobs are named 'x'"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_what_is_wrong_with_a_file_of_jobs_is_said_before_anything_runs(tmp_path, text, says):
    with pytest.raises(JobsError) as fault:
        jobs_of(tmp_path, text)
    assert says in str(fault.value)
    assert "briefings.toml" in str(fault.value)


def test_a_job_in_two_languages_is_two_runs_of_each_point(tmp_path):
    text = HEAD + "lang = 'en, zh'\n[job.grid]\ndistrict = ['衡川区']\n"
    place = made(tmp_path, text)
    saved(tmp_path / "nb", "n", "md:# 题", 'par: district = ""\nlang = "zh"', "print(district)")
    with pytest.raises(JobsError, match=r"there is no en\.toml beside n\.ipynb"):
        read_jobs(place)
    (tmp_path / "nb/en.toml").write_text("[prose]\n", "utf-8")
    (job,) = read_jobs(place).jobs
    runs = lay(job, REPORTS, set()).runs
    assert [(run.name, run.lang) for run in runs] == [("n-衡川区-en", "en"), ("n-衡川区", "zh")]


GRIDS = [
    # the grid, the runs' names, points without a report
    ("", ["n"], 0),
    ("district = 'each'", ["n-澜岸区", "n-衡川区"], 0),
    ("district = 'each'\nyears = 'each'", ["n-澜岸区-2022", "n-衡川区-2021", "n-衡川区-2022"], 1),
    ("years = [2022, [2021, 2022]]", ["n-2022", "n-2021-2022"], 0),
    ("years = [1999]", [], 1),
    ("report = 'each'", ["n-hc-2021", "n-hc-2022", "n-la-2022", "n-none"], 0),
    ("report = ['la-2022']", ["n-la-2022"], 0),
    ("theme = ['training', 'law']\ndistrict = ['衡川区']", ["n-training-衡川区", "n-law-衡川区"], 0),
]


@pytest.mark.parametrize(("grid", "names", "gaps"), GRIDS, ids=[case[0] for case in GRIDS])
def test_the_runs_that_a_grid_asks_for(tmp_path, grid, names, gaps):
    (job,) = jobs_of(tmp_path, f"{HEAD}[job.grid]\n{grid}\n").jobs
    laid = lay(job, REPORTS, set())
    assert [run.name for run in laid.runs] == names
    assert laid.gaps == gaps
    assert all("report" not in run.values for run in laid.runs)  # this notebook takes none


def test_each_run_reads_the_reports_that_its_values_select(tmp_path):
    (job,) = jobs_of(tmp_path, f"{HEAD}[job.grid]\ndistrict = 'each'\nyears = 'each'\n").jobs
    assert [run.reports for run in lay(job, REPORTS, set()).runs] == [("la-2022",), ("hc-2021",), ("hc-2022",)]
    assert lay(job, REPORTS, set()).runs[0].values == {"district": "澜岸区", "years": [2022]}


@pytest.mark.parametrize("axis", ["district = ['衡川']", "report = ['hc-202']"])
def test_a_value_that_no_report_has_is_refused_with_the_nearest(tmp_path, axis):
    (job,) = jobs_of(tmp_path, f"{HEAD}[job.grid]\n{axis}\n").jobs
    with pytest.raises(JobsError, match=r"no report at hand is of .*did you mean"):
        lay(job, REPORTS, set())


def test_runs_whose_names_would_be_the_same_are_told_apart(tmp_path):
    text = f"{HEAD}name = 'a'\n[job.grid]\ndistrict = ['']\ntheme = ['law', '']\n" + HEAD.split("\n", 1)[1]
    one, other = jobs_of(tmp_path, text + "name = 'a-law'\n").jobs
    names: set[str] = set()
    for job in (one, other):
        lay(job, REPORTS, names)
    assert len(names) == 3


def test_the_nearest_job_is_named(tmp_path):
    jobs = jobs_of(tmp_path, HEAD)
    assert chosen(jobs, ["n"]) == chosen(jobs, []) == jobs.jobs
    with pytest.raises(JobsError, match="there is no job 'm'"):
        chosen(jobs, ["m"])


TIMES = [
    ("hourly", "*-*-* *:00:00", "0 * * * *"),
    ("daily 06:30", "*-*-* 06:30:00", "30 6 * * *"),
    ("Mon 6:05", "Mon *-*-* 06:05:00", "5 6 * * 1"),
    ("Mon,Sun 23:59", "Mon,Sun *-*-* 23:59:00", "59 23 * * 1,0"),
    ("monthly 28 00:00", "*-*-28 00:00:00", "0 0 28 * *"),
    ("yearly 01-15 06:30", "*-01-15 06:30:00", "30 6 15 1 *"),
]


@pytest.mark.parametrize(("said", "calendar", "cron"), TIMES)
def test_times(said, calendar, cron):
    when = read_when(said)
    assert (when.calendar, when.cron) == (calendar, cron)


@pytest.mark.parametrize("said", ["", "daily", "06:30", "daily 24:00", "monthly 31 06:30", "Mon 06:30 x", "* * * * *"])
def test_times_that_are_none(said):
    with pytest.raises(ScheduleError, match="hourly"):
        read_when(said)
