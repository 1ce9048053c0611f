"""What a batch remembers between calls, in the folder ``.state`` of its outputs; taking it away costs time alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dangjian.placing import write_text


@dataclass(frozen=True)
class State:
    """The folder and the names in it."""

    folder: Path

    def made(self) -> State:
        """The same, its folders there."""
        for name in ("parts", "texts", "rolls", "runs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        return self

    @property
    def stamps(self) -> Path:
        """Where hashes of files are remembered."""
        return self.folder / "stamps.json"

    def part(self, name: str, suffix: str) -> Path:
        """A file of a part."""
        return self.folder / "parts" / f"{name}{suffix}"

    def text(self, sha256: str) -> Path:
        """The text of a report, by its hash."""
        return self.folder / "texts" / f"{sha256}.txt"

    def roll(self, mask: str) -> Path:
        """Which reports there were when they were last looked at."""
        return self.folder / "rolls" / f"{mask}.json"

    def run(self, name: str) -> Path:
        """What a run was made from and came to."""
        return self.folder / "runs" / f"{name}.json"


def read_json(path: Path) -> dict[str, Any]:
    """A remembered object; {} where there is none that can be read."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def write_json(path: Path, value: object) -> None:
    """Remember an object, whole or not at all."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")
