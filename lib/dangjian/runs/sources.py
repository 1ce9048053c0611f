"""Where reports come from: files, folders, and the same in stores elsewhere by their URLs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dangjian.errors import ReportError
from dangjian.reports import Limits
from dangjian.reports.corpus import SUFFIXES, names_report
from dangjian.reports.limits import MB
from dangjian.reports.manifest import MANIFEST, read_manifest
from dangjian.stores import Folder, Store, in_store, is_url, open_store


@dataclass(frozen=True)
class Source:
    """Files of one place.

    Attributes:
        entries: what the place's manifest says of a file, by its name.
    """

    store: Store
    names: tuple[str, ...]
    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def source_of(place: str) -> Source:
    """One file, or the reports of a folder with what its manifest says of them.

    Args:
        place: a path or URL. A URL that ends in the name of a report is that of a file.
    Raises:
        ReportError: the folder holds no report, or its manifest cannot be read.
    """
    one = Path(place).suffix.lower() in SUFFIXES if is_url(place) else not Path(place).is_dir()
    if one:
        store, name = in_store(place)
        return Source(store, (name,))
    store = open_store(place)
    found = store.names()
    names = tuple(name for name in found if names_report(name))
    if not names:
        raise ReportError(place, f"the folder holds no reports; put files into it ({' '.join(SUFFIXES)})")
    entries: dict[str, Mapping[str, Any]] = {}
    if MANIFEST in found:
        with _copied(store, [MANIFEST]) as folder:
            entries = {entry["file"]: entry for entry in read_manifest(folder)}
    return Source(store, names, entries)


@contextmanager
def at_hand(store: Store, names: Sequence[str], limits: Limits) -> Iterator[dict[str, Path | ReportError]]:
    """Files as files of this machine: where they are, or copies for as long as the ``with`` block lasts.

    Yields:
        The path of each file by its name, or why it could not be had.
    """
    if isinstance(store, Folder):
        yield {name: store.path / name for name in names}
        return
    found: dict[str, Path | ReportError] = {}
    with tempfile.TemporaryDirectory(prefix="dangjian-") as folder:
        for name in names:
            try:
                found[name] = _copy(store, name, Path(folder), limits)
            except ReportError as fault:
                found[name] = fault
        yield found


def _copy(store: Store, name: str, folder: Path, limits: Limits) -> Path:
    try:
        size = store.size(name)
        if size > limits.file:
            large = f"is {size / MB:.0f} MB large, the limit is {limits.file // MB} MB (limit `file`)"
            raise ReportError(store.place(name), large)
        data = store.read(name)
    except FileNotFoundError:
        raise ReportError(store.place(name), "there is no such file; check the name and the folder") from None
    except OSError as fault:
        raise ReportError(store.place(name), f"cannot be fetched ({fault}); call again") from None
    path = folder / name
    path.write_bytes(data)
    return path


@contextmanager
def _copied(store: Store, names: Sequence[str]) -> Iterator[Path]:
    """The folder of a store itself, or one with copies of some of its files."""
    if isinstance(store, Folder):
        yield store.path
        return
    with tempfile.TemporaryDirectory(prefix="dangjian-") as folder:
        for name in names:
            (Path(folder) / name).write_bytes(store.read(name))
        yield Path(folder)
