"""The command line: data on standard output, remarks beside it, exit codes, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pandas as pd
import pytest
from sample_notebooks import saved

from dangjian.cli import main
from dangjian.cli.main import COMMANDS

TEXT = "衡川区2021年工作报告\n\n全年发展党员12名，整改率95%，****年申请人1**名。\n"


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "hengchuan-2021.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments, **more):
    """The command in a process of its own."""
    command = [sys.executable, "-c", "import sys; from dangjian.cli import main; sys.exit(main())"]
    return subprocess.run([*command, *map(str, arguments)], capture_output=True, check=False, **more)


def test_extract_writes_a_record_a_line_and_nothing_else(report, capfd):
    assert main(["extract", str(report)]) == 0
    out, err = capfd.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [(record["text"], record["lower"], record["upper"]) for record in records][:2] == [
        ("12名", 12, 12),
        ("95%", 95, 95),
    ]
    assert all(TEXT[record["start"] : record["end"]] == record["text"] for record in records)
    assert all(line.startswith("dangjian: ") for line in err.splitlines())
    assert "* reads as" in err


def test_quiet_says_nothing(report, capfd):
    assert main(["extract", "-q", str(report)]) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_out_and_standard_output_hold_the_same(report, tmp_path, form):
    place = tmp_path / f"m.{form}"
    assert main(["extract", "-q", str(report), "--out", str(place)]) == 0
    assert run("extract", "-q", report, "--format", form).stdout == place.read_bytes()
    from dangjian.metrics import load

    assert len(load(place)) == 3


BAD = [
    ("empty.txt", b"", "the file is empty"),
    ("binary.txt", b"\x00\x01\x02", "binary file"),
    ("scan.pdf", b"%PDF-1.7", "PDF"),
    ("mojibake.txt", bytes(range(128, 256)) * 20, "encoding cannot be told"),
    ("missing.txt", None, "no such file"),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD)
def test_a_bad_file_gets_one_line_and_the_others_go_on(report, tmp_path, capfd, name, content, says):
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    assert main(["extract", "-q", str(bad), str(report)]) == 1
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 3
    (line,) = err.splitlines()
    assert name in line
    assert says in line


WRONG_CALLS = [
    ["extract"],
    ["extract", "--mask", "stars", "x.txt"],
    ["extract", "--format", "xlsx", "x.txt"],
    ["explain", "x.txt"],
    ["explain", "x.txt", "--at", "-1"],
    ["run"],
    ["extrakt"],
    ["--nonsense"],
    [],
]


@pytest.mark.parametrize("arguments", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_ends_with_2(arguments, capfd):
    assert main(arguments) == 2
    assert capfd.readouterr().out == ""


def test_a_command_that_does_not_exist_is_told_the_nearest(capfd):
    main(["extrakt"])
    assert "did you mean 'extract'?" in capfd.readouterr().err


FAILURES = [
    ["text", "missing.txt"],
    ["explain", "missing.txt", "--at", "3"],
    ["check", "missing"],
    ["run", "--reports", "missing"],
    ["run", "--reports", ".", "--notebooks", "missing"],
]


@pytest.mark.parametrize("arguments", FAILURES, ids=" ".join)
def test_a_failure_ends_with_1_and_one_line(arguments, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "missing" in err
    assert list(tmp_path.iterdir()) == []


def test_text_prints_what_offsets_count(tmp_path, capfdbinary):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode("gb18030"))
    assert main(["text", str(path)]) == 0
    assert capfdbinary.readouterr().out == TEXT.encode()


def test_explain_speaks_of_the_number_at_the_offset(report, capfd):
    assert main(["explain", str(report), "--at", str(TEXT.index("95"))]) == 0
    assert "'95%'" in capfd.readouterr().out
    assert main(["explain", str(report), "--at", "9999"]) == 2


def test_check_lists_what_can_be_read(report, capfd):
    (report.parent / "bad.txt").write_bytes(b"")
    assert main(["check", str(report.parent)]) == 1
    out, err = capfd.readouterr()
    assert out.split("\t")[0] == "hengchuan-2021"
    assert "bad.txt: the file is empty" in err


def test_run_goes_the_whole_way(report, tmp_path, capfd):
    book = saved(tmp_path, "01", "md:# 题", 'par: reports = ""\nmetrics = ""\nmask = "auto"', "print(1)")
    call = ["run", "--reports", str(report), "--notebooks", str(book), "--out", str(tmp_path / "o"), "--name", "r"]
    assert main(call) == 0
    out, _ = capfd.readouterr()
    assert out.startswith("1 reports read, 3 quantities found, ")
    assert "1 briefings written" in out
    assert (tmp_path / "o" / "r" / "briefings" / "index.html").is_file()
    assert len(pd.read_parquet(tmp_path / "o" / "r" / "metrics.parquet")) == 3


def test_doctor_names_what_a_run_needs(capfd):
    code = main(["doctor"])
    out = capfd.readouterr().out
    assert code == (1 if "MISSING" in out else 0)
    for thing in ("Python", "pandas", "Chinese font", "kernel python3", "Chromium", "LibreOffice"):
        assert thing in out


@pytest.mark.parametrize("command", [[], *[[name] for name in COMMANDS]], ids=" ".join)
def test_every_command_has_help(command, capfd):
    assert main([*command, "--help"]) == 0
    assert "Usage: dangjian" in capfd.readouterr().out


def test_help_and_extract_import_nothing_heavy(report):
    code = (
        "import sys; from dangjian.cli import main; main(sys.argv[1:])\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'plotly', 'papermill', 'nbformat', 'jinja2', 'pyarrow'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    for arguments in (["--help"], ["run", "--help"], ["extract", "-q", str(report)], ["text", str(report)]):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        assert done.stderr.splitlines()[-1] == "[]"


def test_a_reader_that_leaves_early_is_no_error(report):
    command = [sys.executable, "-c", "import sys; from dangjian.cli import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, "extract", "-q", *[str(report)] * 400], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_the_same_bytes_in_every_locale(report, locale):
    plain = os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("extract", report, env=plain)
    assert done.returncode == 0
    assert done.stdout == run("extract", report).stdout
    assert b"Traceback" not in done.stderr
