"""Reports fetched from a store by URL before a run, outputs put back after it; only what has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from batches import Maker, called, made, text_of

from dangjian.errors import ReportError
from dangjian.reports import Limits
from dangjian.runs.batch.jobs import read_jobs
from dangjian.runs.mirror import fetch, place_of, put_back
from dangjian.stores import Remote

pytest.importorskip("fsspec", reason="stores by URL need the extra `scale`")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: Any) -> Remote:
    """A store, and a cache of one's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Remote(f"memory://{tmp_path.name}")


def test_only_what_has_changed_is_fetched(store: Remote, monkeypatch: Any) -> None:
    reports = store / "reports"
    for name in ("a.txt", "b.txt", "notes.log"):
        reports.write(name, name.encode())
    place = fetch(reports.url, Limits())
    assert {file.name: file.read_bytes() for file in place.iterdir()} == {"a.txt": b"a.txt", "b.txt": b"b.txt"}
    reports.write("b.txt", b"new")
    reports.write("c.txt", b"c")
    reports.remove("a.txt")
    read: list[str] = []
    whole = Remote.read
    monkeypatch.setattr(Remote, "read", lambda self, name: read.append(name) or whole(self, name))
    assert fetch(reports.url, Limits()) == place
    assert sorted(read) == ["b.txt", "c.txt"]
    assert {file.name: file.read_bytes() for file in place.iterdir()} == {"b.txt": b"new", "c.txt": b"c"}


def test_a_file_past_the_limit_is_not_fetched_and_told_by_its_reader(store: Remote) -> None:
    store.write("reports/a.txt", b"x" * 100)
    place = fetch(f"{store}/reports", Limits(file=10))
    assert (place / "a.txt").stat().st_size == 11
    with pytest.raises(ReportError, match="holds no reports"):
        fetch(f"{store}/none", Limits())


def test_only_what_has_changed_is_put_back(store: Remote) -> None:
    place = place_of(f"{store}/out")
    (place / "run/.state").mkdir(parents=True)
    for name in ("run/run.json", "run/a.html", "run/.state/x", "run/.lock"):
        (place / name).write_text(name)
    assert put_back(f"{store}/out") == 2
    assert (store / "out/run").names() == ["a.html", "run.json"]
    assert put_back(f"{store}/out") == 0
    (place / "run/a.html").unlink()
    (place / "run/b.html").write_text("b")
    assert put_back(f"{store}/out") == 1
    assert (store / "out/run").names() == ["b.html", "run.json"]


def test_a_batch_between_two_stores_runs_again_only_what_has_changed(store: Remote, tmp_path: Path) -> None:
    jobs = made(tmp_path)
    for file in (tmp_path / "corpus").iterdir():
        store.write(f"corpus/{file.name}", file.read_bytes())
    jobs.write_text(jobs.read_text("utf-8").replace('"corpus"', f'"{store}/corpus"\nout = "{store}/out"', 1), "utf-8")
    found = read_jobs(jobs)
    assert found.urls == {"reports": f"{store}/corpus", "out": f"{store}/out"}
    made_runs = []
    for number in (12, 13):
        store.write("corpus/hc-2021.txt", text_of("衡川区", 2021, number).encode())
        fetch(found.urls["reports"], Limits())
        maker = Maker()
        called(jobs, maker)
        put_back(found.urls["out"])
        made_runs.append(sorted(maker.made))
    assert made_runs == [
        ["all", "each-澜岸区-2022", "each-衡川区-2021", "each-衡川区-2022"],
        ["all", "each-衡川区-2021"],
    ]
    assert "index.html" in (store / "out/briefings/briefings").names()
    assert "run.json" in (store / "out/briefings").names()
