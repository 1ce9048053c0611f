"""Hand-read records of reports, where they are at hand: how much is found and how much of it is right."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from dangjian.indicators import extract
from dangjian.reports import read_report

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
READ = {"report-2022": 10886}
"""Reports that were read by hand up to a character only."""
FLOORS = {
    "f1": 0.99, "bounds": 0.99, "unit": 0.98, "modality": 0.98, "change": 0.98, "indicator_f1": 0.95, "dims": 0.90,
}  # fmt: skip

pytestmark = pytest.mark.skipif(not (GOLD / "score.py").is_file(), reason="no hand-read records beside this project")


def reports() -> list[str]:
    return sorted(path.stem for path in (GOLD / "dev").glob("*.jsonl"))


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pairs(scorer) -> tuple[list[dict], list[dict]]:
    """The gold and the found records of all reports, each report's offsets moved out of the others' way."""
    gold, found = [], []
    for place, name in enumerate(reports()):
        base, until = place * 10**9, READ.get(name, 10**9)
        for record in scorer.read(str(GOLD / "dev" / f"{name}.jsonl")):
            if record["start"] < until:
                gold.append(record | {"start": record["start"] + base, "end": record["end"] + base})
        for seen in extract(read_report(GOLD / "dev" / f"{name}.txt"), mask="digits").observations:
            if seen.number.start < until:
                record = json.loads(json.dumps(seen.as_dict()))
                found.append(record | {"number": [seen.number.start + base, seen.number.end + base]})
    return gold, found


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_hand_read_records(scorer, pairs, figure, floor):
    figures, misses = scorer.score(*pairs)
    assert figures[figure] >= floor, "\n".join(misses)
