"""Many reports to one dataset: here, in stores by URL, on a cluster; the same records wherever they are read."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from batches import ENTRY, Maker, called, made, text_of
from sample_notebooks import saved

from dangjian.cli import main
from dangjian.errors import ReportError
from dangjian.metrics import load
from dangjian.metrics.opening import open_table
from dangjian.runs.batch.executors import Here
from dangjian.runs.collect import collect
from dangjian.runs.sources import source_of
from dangjian.stores import open_store

NAMES = [f"hc-{year}" for year in range(2018, 2024)]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Six reports, and what a manifest says of them."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.txt").write_text(text_of("衡川区", int(name[-4:])), "utf-8")
    entries = [ENTRY.format(name=name, district="衡川区", year=name[-4:]) for name in NAMES]
    (folder / "corpus.toml").write_text("".join(entries), "utf-8")
    return folder


@pytest.fixture
def url(reports: Path) -> str:
    """The same in a store by URL."""
    pytest.importorskip("fsspec", reason="stores by URL need the extra `scale`")
    url = f"memory://{reports.parent.name}/reports"
    for file in reports.iterdir():
        open_store(url).write(file.name, file.read_bytes())
    return url


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of this process, whose workers share its memory, and so its store."""
    distributed = pytest.importorskip("distributed", reason="a cluster needs the extra `scale`")
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": "127.0.0.1:0"}
    with distributed.LocalCluster(**options, protocol="tcp", host="127.0.0.1") as cluster:
        yield cluster


def test_the_records_are_those_of_the_reports_read_one_by_one(reports: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("dangjian.runs.collect.SIZE", 2)
    done = collect([source_of(str(reports))], open_store(tmp_path / "m"), Here(), workers=1)
    found = load(tmp_path / "m")
    pd.testing.assert_frame_equal(found, open_table(reports)[1])
    assert (done.reports, done.records) == (len(NAMES), len(found))
    assert len(done.pieces) == len({*found["period"]}) == len(list((tmp_path / "m").rglob("*.parquet")))


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(reports: Path, tmp_path: Path, capfd: Any) -> None:
    (reports / "empty.txt").write_text("")
    (reports / "hc-2020.md").write_text(text_of("衡川区", 2020), "utf-8")
    out = tmp_path / "m"
    assert main(["extract", str(reports), "--format", "dataset", "--out", str(out), "--jobs", "1"]) == 1
    said, faults = capfd.readouterr()
    assert said.startswith("6 reports read (2 skipped), ")
    assert [line.partition("reports/")[2].partition(":")[0] for line in faults.splitlines()] == [
        "hc-2020.txt",
        "empty.txt",
    ]
    assert {*load(out)["report_id"]} == {*NAMES}


def test_a_dataset_stands_until_another_is_whole(reports: Path, tmp_path: Path) -> None:
    store = open_store(tmp_path / "m")
    collect([source_of(str(reports))], store, Here(), workers=1)
    before = load(tmp_path / "m")
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "x.txt").write_text("")
    with pytest.raises(ReportError, match="none of 1 files could be read"):
        collect([source_of(str(bad))], store, Here(), workers=1)
    pd.testing.assert_frame_equal(load(tmp_path / "m"), before)
    collect([source_of(str(reports / "hc-2021.txt"))], store, Here(), workers=1)
    assert {*load(tmp_path / "m")["report_id"]} == {"hc-2021"}
    assert len(list((tmp_path / "m").rglob("*.parquet"))) == 1


def test_a_call_that_is_broken_off_is_gone_on_with_and_nothing_unchanged_is_read(
    reports: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    from dangjian.runs import collect as module

    monkeypatch.setattr(module, "SIZE", 2)
    store, true, read = open_store(tmp_path / "m"), module.read_share, []

    def collected(most: int = 9) -> list[str]:
        def reads(share: Any) -> Any:
            if len(read) == most:
                raise KeyboardInterrupt
            read.append(share.source.names[0])
            return true(share)

        read.clear()
        monkeypatch.setattr(module, "read_share", reads)
        done = collect([source_of(str(reports))], store, Here(), workers=1)
        assert (done.reports, done.records) == (len(NAMES), len(load(tmp_path / "m")))
        return list(read)

    with pytest.raises(KeyboardInterrupt):
        collected(most=2)
    assert not (tmp_path / "m" / "_dataset.json").exists()
    assert collected() == ["hc-2022.txt"]
    expected = load(tmp_path / "m")
    pd.testing.assert_frame_equal(expected, open_table(reports)[1])
    assert collected() == []
    (reports / "hc-2019.txt").write_text(text_of("衡川区", 2019, 77), "utf-8")
    assert len(collected()) == 3
    pd.testing.assert_frame_equal(load(tmp_path / "m"), open_table(reports)[1])
    next((tmp_path / "m").rglob("*.parquet")).unlink()
    assert len(collected()) == 3
    assert not list((tmp_path / "m" / "_tasks").iterdir())


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "dataset"])
def test_reports_in_and_tables_out_by_url(url: str, form: str) -> None:
    out = url.replace("reports", "out") + ("" if form == "dataset" else f"/m.{form}")
    here = ["--jobs", "1"] if form == "dataset" else []  # other processes have stores in memory of their own
    assert main(["extract", "-q", url, "--format", form, "--out", out, *here]) == 0
    found = load(out)
    assert list(found["report_id"].unique()) == NAMES and {*found["district"]} == {"衡川区"}


def test_a_url_without_reports_is_told(capfd: Any, tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="stores by URL need the extra `scale`")
    assert main(["extract", f"memory://{tmp_path.name}/none"]) == 1
    assert main(["extract", f"memory://{tmp_path.name}/none.txt"]) == 1
    said = capfd.readouterr().err.splitlines()
    assert "the folder holds no reports" in said[0] and "there is no such file" in said[1]


def test_a_cluster_reads_the_same_from_one_store_into_another(
    url: str, reports: Path, cluster: Any, capfd: Any
) -> None:
    out = url.replace("reports", "by-cluster")
    address = cluster.scheduler_address
    assert main(["extract", url, "--format", "dataset", "--out", out, "--dask", address]) == 0
    assert capfd.readouterr().out.startswith("6 reports read, ")
    pd.testing.assert_frame_equal(load(out), open_table(reports)[1])


def test_a_cluster_that_does_not_answer_is_told(reports: Path, tmp_path: Path, capfd: Any, monkeypatch: Any) -> None:
    pytest.importorskip("distributed", reason="a cluster needs the extra `scale`")
    monkeypatch.setattr("dangjian.runs.cluster.PATIENCE", 0.2)
    out = ["--format", "dataset", "--out", str(tmp_path / "m")]
    assert main(["extract", str(reports), *out, "--dask", "tcp://127.0.0.1:1"]) == 1
    assert "tcp://127.0.0.1:1: no scheduler answers" in capfd.readouterr().err


def test_a_batch_reads_and_runs_on_a_cluster(tmp_path: Path, cluster: Any) -> None:
    from dangjian.runs.cluster import connected

    place = made(tmp_path)
    with connected(cluster.scheduler_address, places=[tmp_path]) as (executor, count):
        batch = called(place, Maker(), executor=executor, workers=count)
    assert (batch.state, len(batch.made)) == ("done", 4)


def test_a_machine_of_the_cluster_has_one_server_of_kernels_for_all_its_workers(
    cluster: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    from distributed import Client

    from dangjian.runs.cluster import Kernels
    from dangjian.runs.engine import kernel_environment
    from dangjian.runs.notebook import run_notebook
    from dangjian.runs.warm import client, likeness, shared

    if not client.can_fork():
        pytest.skip("kernels are forked on Linux alone")
    short = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))  # as names of sockets must be
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short))
    source = saved(tmp_path, "n", "import os", "print(os.getppid())")
    shared.close_shared()
    try:
        with Client(cluster.scheduler_address, set_as_default=False) as asked:
            asked.register_plugin(Kernels(), name="kernels")
            assert client.standing(kernel_environment(), likeness.code()) is not None
            started = [worker.plugins["kernels"].server for worker in cluster.workers.values()]
            (server,) = [process for process in started if process is not None]
            for number in range(2):
                run = asked.submit(run_notebook, source, tmp_path / f"{number}.ipynb", {}, warm=True, pure=False)
                assert run.result(60).done
                printed = json.loads((tmp_path / f"{number}.ipynb").read_text("utf-8"))["cells"][1]["outputs"][0]
                assert "".join(printed["text"]).strip() == str(server.pid)
            asked.unregister_worker_plugin("kernels")
            assert server.wait(10) is not None
    finally:
        shared.close_shared()
        shutil.rmtree(short)
