"""The table of many reports: pieces by several writers, one list, read back by what is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import record, table

from dangjian import metrics
from dangjian.errors import TableError
from dangjian.metrics import dataset
from dangjian.metrics.columnar import to_arrow
from dangjian.stores import Folder, Store

THEMES = ["training", "membership", "law"]
drawn = st.builds(
    lambda theme, period, report, start: record(
        theme=theme, period=period, report_id=report, start=start, end=start + 4, number=[start, start + 3]
    ),
    st.sampled_from(THEMES), st.none() | st.integers(2019, 2022), st.sampled_from("abc"), st.integers(0, 40),
)  # fmt: skip


def in_text_order(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(records, key=lambda one: (one["report_id"], one["start"]))


def stored(store: Store, *writers: list[dict[str, Any]]) -> list[dataset.Piece]:
    pieces = [
        piece
        for number, rows in enumerate(writers)
        for piece in dataset.write_pieces(to_arrow(rows), store, f"w{number}")
    ]
    dataset.commit(store, pieces)
    return pieces


@settings(deadline=None, max_examples=25)
@given(
    st.lists(drawn, max_size=6, unique_by=lambda one: (one["report_id"], one["start"])),
    st.integers(0, 6),
    st.sampled_from(THEMES),
    st.none() | st.integers(2019, 2022),
)
def test_what_writers_wrote_comes_back_whole_and_in_parts(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], cut: int, theme: str, period: int | None
) -> None:
    place = tmp_path_factory.mktemp("dataset")
    stored(Folder(place), rows[:cut], rows[cut:])
    whole = metrics.load(place)
    pd.testing.assert_frame_equal(whole, table(*in_text_order(rows)), check_exact=True)
    part = metrics.load(place, theme=theme, period=period)
    wanted = [one for one in in_text_order(rows) if one["theme"] == theme and one["period"] == period]
    pd.testing.assert_frame_equal(part, table(*wanted), check_exact=True)


def test_each_period_has_a_folder_and_its_files_go_by_theme(tmp_path: Path) -> None:
    rows = [record(theme=theme, period=period) for period in (2021, None, 2020) for theme in THEMES]
    stored(Folder(tmp_path), rows)
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.parquet"))
    assert found == [f"period={period}/w0.parquet" for period in ("2020", "2021", dataset.NO_PERIOD)]
    assert pq.ParquetFile(tmp_path / found[0]).read()["theme"].to_pylist() == sorted(THEMES)


def test_a_merge_keeps_the_rows_and_a_sweep_takes_what_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset, "MERGED", 5)
    store = Folder(tmp_path)
    rows = [record(theme=THEMES[at % 3], period=2020 + at % 2, report_id=f"r{at:02}") for at in range(16)]
    pieces = stored(store, rows[:7], rows[7:9], rows[9:12], rows[12:])
    before = metrics.load(tmp_path)
    merged = [piece for group in dataset.by_folder(pieces) for piece in dataset.merge(store, group, "all")]
    pd.testing.assert_frame_equal(before, metrics.load(tmp_path))
    dataset.commit(store, merged)
    dataset.sweep(store, merged)
    pd.testing.assert_frame_equal(before, metrics.load(tmp_path))
    assert sorted(piece.rows for piece in merged) == sorted(
        pq.read_metadata(path).num_rows for path in tmp_path.rglob("*.parquet")
    )
    assert len(merged) < len(pieces) and all(piece.rows <= 5 for piece in merged)


def test_what_is_not_listed_is_not_there(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    stored(store, [record(report_id="told")])
    dataset.write_pieces(to_arrow([record(report_id="killed")]), store, "w9")
    assert metrics.load(tmp_path)["report_id"].tolist() == ["told"]


def test_tables_of_one_file_are_kept_to_what_is_wanted_too(tmp_path: Path) -> None:
    rows = [record(theme=theme, period=2020) for theme in THEMES]
    metrics.write(table(*rows), tmp_path / "m.parquet")
    assert metrics.load(tmp_path / "m.parquet", theme=["law", "training"])["theme"].tolist() == ["training", "law"]
    assert metrics.load(tmp_path / "m.parquet", period=None).empty


def test_broken_datasets_say_what_is_wrong(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    (piece,) = stored(store, [record()])
    store.write(piece.path, b"PAR1")
    with pytest.raises(TableError, match="a file of the dataset cannot be read"):
        metrics.load(tmp_path)
    store.write(dataset.LIST, b"{")
    with pytest.raises(TableError, match="not a list of files"):
        metrics.load(tmp_path)
    store.write(dataset.LIST, b'{"version": 9}')
    with pytest.raises(TableError, match="another version"):
        metrics.load(tmp_path)


def test_datasets_and_tables_are_read_from_stores_by_url(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="stores by URL need the extra `scale`")
    from dangjian.stores import open_store

    url = f"memory://{tmp_path.name}"
    rows = [record(theme=theme, period=2020 + at) for at, theme in enumerate(THEMES)]
    stored(open_store(url), rows)
    assert metrics.load(url, period=2021)["theme"].tolist() == ["membership"]
    metrics.write(table(*rows), f"{url}/single/m.parquet")
    pd.testing.assert_frame_equal(metrics.load(f"{url}/single/m.parquet"), table(*rows))
    pd.testing.assert_frame_equal(metrics.load(f"{url}/single"), table(*rows))
