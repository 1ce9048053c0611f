"""Places of files: folders, and stores by URL; each file is there whole or not at all."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from dangjian.stores import StoreError, in_store, is_url, open_store

pytest.importorskip("fsspec", reason="stores by URL need the extra `scale`")

PLACES = [
    # what somebody names, whether it is a URL
    ("s3://bucket/reports", True),
    ("memory://reports", True),
    ("file:///srv/reports", True),
    ("reports", False),
    ("./s3:/reports", False),
    ("C:\\reports", False),
    ("c:/reports", False),
]


@pytest.mark.parametrize(("place", "wanted"), PLACES)
def test_urls_are_told_from_paths(place: str, wanted: bool) -> None:
    assert is_url(place) is wanted


@pytest.fixture(params=["folder", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    here = tmp_path / "衡川 区"
    return {"folder": str(here), "file": here.as_uri(), "memory": f"memory://{tmp_path.name}"}[request.param]


def test_files_are_written_and_found_again(place: str) -> None:
    store = pickle.loads(pickle.dumps(open_store(place)))
    assert store.names() == []
    store.write("b.txt", b"2")
    store.write("below/c.txt", b"3")
    with store.writing("a 名.txt") as stream:
        stream.write(b"1")
    assert store.names() == ["a 名.txt", "b.txt"]
    assert (store.read("a 名.txt"), store.size("a 名.txt"), (store / "below").read("c.txt")) == (b"1", 1, b"3")
    store.write("b.txt", b"new")
    assert store.read("b.txt") == b"new"
    store.remove("b.txt")
    store.remove("b.txt")
    assert store.names() == ["a 名.txt"]


def test_a_file_whose_writer_fails_is_as_it_was(place: str) -> None:
    store = open_store(place)
    store.write("a.txt", b"old")
    with pytest.raises(RuntimeError), store.writing("a.txt") as stream:
        stream.write(b"half")
        raise RuntimeError
    assert store.names() == ["a.txt"] and store.read("a.txt") == b"old"


def test_what_is_not_there_is_said_so(place: str) -> None:
    store, name = in_store(f"{place}/no.txt")
    for ask in (store.read, store.size):
        with pytest.raises(FileNotFoundError):
            ask(name)


def test_a_url_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(StoreError, match="nosuch://x: cannot be opened"):
        open_store("nosuch://x").names()
