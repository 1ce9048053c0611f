"""The list of known faults holds rows of the tables, and nothing that has left them."""

import importlib
from pathlib import Path

from known_faults import FAULTS, ROWS


def test_every_known_fault_is_a_row_of_a_table():
    for file in Path(__file__).parent.glob("test_*.py"):
        if "known_faults" in file.read_text(encoding="utf-8") and file.stem != Path(__file__).stem:
            importlib.import_module(file.stem)
    assert set(FAULTS) - ROWS == set()
