"""Run folders: names that stay inside, one writer, whole files."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.placing import replacing, write_text
from dangjian.runs.folder import LOCK, RunFolder, RunFolderError, dated, slug

KEPT = ["衡川区-2022", "report-2022", "a.b_c", "x" * 80]
CHANGED = ["../../x", "/x", "..\\x", "a\0b", "x" * 81, "CON", "nul.txt", "a\nb", "", ".", "..", ".hidden", "衡川 2022"]


@pytest.mark.parametrize("name", KEPT)
def test_a_plain_name_stays(name):
    assert slug(name) == name


@given(name=st.sampled_from(CHANGED) | st.text())
def test_every_slug_is_one_plain_part_of_a_path(name):
    made = slug(name)
    assert 1 <= len(made) <= 80
    assert not set(made) & set('/\\\0\n:*?"<>| ')
    assert not made.startswith(".")
    assert slug(made) == made


@pytest.mark.parametrize("name", CHANGED)
def test_names_that_change_stay_apart(name):
    assert slug(name) != name
    assert slug(name) != slug(name + "2")


def test_a_dated_name_sorts_by_time():
    assert dated("reports", datetime(2022, 3, 4, 5, 6, 7)) == "reports-20220304-050607"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    place = tmp_path / "a.txt"
    write_text(place, "旧")
    with pytest.raises(ZeroDivisionError), replacing(place) as beside:
        beside.write_text("新的一半")
        raise ZeroDivisionError
    assert place.read_text("utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_second_writer_is_held_off_and_told_who_writes(tmp_path):
    with (
        RunFolder(tmp_path, "r"),
        pytest.raises(RunFolderError, match=r"another run \(process \d+\)"),
        RunFolder(tmp_path, "r"),
    ):
        pass


def test_the_lock_of_a_dead_process_holds_nobody_off(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from dangjian.runs.folder import RunFolder\n"
        "RunFolder(Path(sys.argv[1]), 'r').__enter__(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "r" / LOCK).exists()
    with RunFolder(tmp_path, "r") as folder:
        assert folder.place("a.txt") == tmp_path / "r" / "a.txt"
    assert not (tmp_path / "r" / LOCK).exists()


@pytest.mark.parametrize("name", ["../x", "", "a/b", "CON"])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path, name):
    with pytest.raises(RunFolderError):
        RunFolder(tmp_path, name)


@pytest.mark.parametrize("parts", [("..", "x"), ("a", "../../x"), ("/x",)])
def test_a_place_outside_is_refused(tmp_path, parts):
    with RunFolder(tmp_path, "r") as folder, pytest.raises(RunFolderError, match="leads out"):
        folder.place(*parts)


def test_a_link_that_leads_out_is_refused(tmp_path):
    (tmp_path / "r").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RunFolderError, match="no folder"), RunFolder(tmp_path, "r"):
        pass


def test_sweeping_takes_what_an_earlier_run_left_and_no_more(tmp_path):
    old = ["notebooks/old.ipynb", "briefings/old.html", "reports/old.txt", ".run.123.part.json"]
    kept = ["notes.txt", "briefings/mine.css", "metrics.csv"]
    for name in old + kept:
        (tmp_path / "r" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "r" / name).write_text("x")
    with RunFolder(tmp_path, "r") as folder:
        write_text(folder.place("notebooks", "new.ipynb"), "x")
        folder.sweep()
    left = {str(path.relative_to(tmp_path / "r")) for path in (tmp_path / "r").rglob("*") if path.is_file()}
    assert left == {"notebooks/new.ipynb", *kept}
