"""Folders in stores elsewhere, kept as folders of this machine: reports fetched before a run, outputs put after it.

Only what has changed is fetched or put. The copies stay in the user's cache, so that the next run knows what it did;
where they are gone it does everything again, to the same result.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from dangjian.errors import ReportError
from dangjian.placing import write_text
from dangjian.reports import Limits
from dangjian.reports.corpus import names_report
from dangjian.reports.manifest import MANIFEST
from dangjian.runs.folder import slug
from dangjian.stores import Folder, Remote, is_url

CORRECTIONS = "corrections.toml"
LAST = ("run.json", "index.html")
"""Put when all they tell of is there."""


def place_of(url: str) -> Path:
    """The folder of this machine that stands for a URL's."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = url.rstrip("/")
    return cache / "dangjian" / sha256(name.encode()).hexdigest()[:16] / slug(name.rpartition("/")[2])


def local(place: str) -> Path:
    """A folder of this machine: the one named, or the one that stands for a URL's."""
    return place_of(place) if is_url(place) else Path(place).absolute()


def fetch(url: str, limits: Limits) -> Path:
    """The reports of a store's folder, and its manifest, as files of this machine.

    Of a file past the limit only the size is fetched, so that whoever reads it says what is wrong.

    Raises:
        ReportError: there are none.
    """
    store, place = Remote(url.rstrip("/")), place_of(url)
    told = place.with_name("fetched.json")
    known, found = _read(told), store.stamps()
    place.mkdir(parents=True, exist_ok=True)
    told.unlink(missing_ok=True)  # a call that ends on the way has fetched nothing that can be relied on
    wanted = {name: stamp for name, stamp in found.items() if names_report(name) or name in (MANIFEST, CORRECTIONS)}
    if not wanted:
        raise ReportError(url, "the folder holds no reports; put files into it")
    here = Folder(place)
    for name in here.names():
        if name not in wanted:
            here.remove(name)
    for name, stamp in wanted.items():
        if known.get(name) == stamp and (place / name).is_file():
            continue
        if store.size(name) > limits.file:
            here.write(name, b"")
            os.truncate(place / name, limits.file + 1)
        else:
            here.write(name, store.read(name))
        known[name] = stamp
    write_text(told, json.dumps({name: known[name] for name in wanted}))
    return place


def put_back(url: str) -> int:
    """Put what has changed in the folder that stands for a URL's into the store; how many files that were.

    What this machine put there before and has no more is taken away.
    """
    store, place = Remote(url.rstrip("/")), place_of(url)
    told = place.with_name("put.json")
    known: dict[str, Any] = _read(told)
    found = {}
    for path in place.rglob("*"):
        name = path.relative_to(place).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            facts = path.stat()
            found[name] = [facts.st_size, facts.st_mtime_ns]
    changed = [name for name, stamp in found.items() if known.get(name) != stamp]
    for name in sorted(changed, key=lambda name: (name.endswith(LAST), name)):
        store.write(name, (place / name).read_bytes())
    for name in known:
        if name not in found:
            store.remove(name)
    write_text(told, json.dumps(found))
    return len(changed)


def _read(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
