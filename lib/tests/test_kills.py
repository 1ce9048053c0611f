"""SIGKILL at random moments of a batch: the same call, in the end, leaves what one that was never killed leaves.

The trial of 200 kills of real runs is `scripts/kill_runs.py`; these ten kill a batch whose runs start no kernel, each
just before it opens, moves, makes or removes a file.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

import pytest
from batches import Maker, called, files_of, made

KILLS = 10
TOUCHING = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate")


def _killed_at(place: Path, at: int, told: Path) -> None:
    """In a process of its own: the batch, killed where it touches files for so many times."""
    touched = count()

    def touches(event: str, arguments: tuple[object, ...]) -> None:
        if event in TOUCHING and "outputs" in str(arguments[0]) and next(touched) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(touches)
    called(place, Maker())
    told.write_text(str(next(touched)))


@pytest.mark.skipif(sys.platform != "linux", reason="forks a process that has all imported")
def test_ten_kills_leave_nothing_half_and_lose_nothing(tmp_path: Path) -> None:
    place, outputs, told = made(tmp_path), tmp_path / "outputs", tmp_path / "told"
    fork = multiprocessing.get_context("fork")

    def code_of(at: int) -> int | None:
        process = fork.Process(target=_killed_at, args=(place, at, told))
        process.start()
        process.join()
        return process.exitcode

    assert code_of(-1) == 0
    expected, moments = files_of(outputs), int(told.read_text())
    assert moments > 10 * KILLS
    for at in sorted(random.Random(11).sample(range(moments), KILLS)):
        shutil.rmtree(outputs)
        assert code_of(at) == -signal.SIGKILL
        assert called(place, Maker()).state == "done"
        assert files_of(outputs) == expected
        assert not list(outputs.rglob("*.part*"))
    assert called(place, again := Maker()).state == "done"
    assert again.made == []
