"""Holds the scan against the tests' slow reference on made texts: python scripts/differential.py [TEXTS] [SEED]."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

BLOCK = 10_000


def main() -> int:
    """Make so many texts (50,000), print where the readers differ; 1 where they do."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib/tests"))
    differing = import_module("differing").differing
    count = int(sys.argv[1].replace("_", "").replace(",", "")) if len(sys.argv) > 1 else 50_000
    seed = sys.argv[2] if len(sys.argv) > 2 else "script"
    found = 0
    for block, start in enumerate(range(0, count, BLOCK)):
        for line in differing(f"{seed} {block}", min(BLOCK, count - start)):
            found += not line.startswith(" ")
            print(line)
    print(f"{count:,} texts: {found} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
