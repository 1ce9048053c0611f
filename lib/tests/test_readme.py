"""The two READMEs say the same, and what they promise is there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

import dangjian
from dangjian.metrics import COLUMNS
from dangjian.quantities import scan
from dangjian.reports.limits import MB, Limits

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = (ROOT.joinpath(name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
CODE = re.compile(r"```.*?```", re.S)


def shape(text: str) -> list[str]:
    """What a translation keeps: levels of headings, commands, code without its remarks, links, rows of tables."""
    kept = []
    for line in text.split("\n"):
        bare = re.sub(r"\s*#.*", "", line) if not line.startswith("#") else re.match("#+", line)[0]
        if line.startswith("#"):
            kept.append(bare)
        elif line.startswith("| `"):
            kept.append("row")
        elif re.match(r"(make|dangjian|import|report =|found =|table =|rate =)", line):
            kept.append(bare)
        kept.extend(re.findall(r"\]\((?!README)([^)]+)\)", line))
    return kept


def test_the_two_are_in_step():
    assert shape(ENGLISH) == shape(CHINESE)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["English", "Chinese"])
def test_what_they_link_to_is_there(text):
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize(
    ("written", "bounds"),
    [
        ("发展党员***名，完成率达***%", [(100, 999), (100, 100)]),
        ("入党申请人1,2**名，同比增长*.*%", [(1200, 1299), (1.0, 9.9)]),
        ("培训近3000人次，轮训率98%以上", [(2700, 3000), (98, 100)]),
        ("两个维护、第九轮巡视、12345热线、**区", []),
    ],
)
def test_the_table_of_examples_holds(written, bounds):
    assert [tuple(quantity.bounds) for quantity in scan(f"{written}。", mask="digits").quantities] == bounds


def test_the_library_lines_run():
    lines = re.search(r"```python\n(.*?)```", ENGLISH, re.S)[1].replace("data/reports", str(ROOT / "data/reports"))
    names: dict = {}
    exec(lines, names)  # the README's own lines
    assert names["rate"]["indicator"] == "rectification.rate"
    assert str(names["rate"]["text"]) in dangjian.evidence(names["rate"], [names["report"]]).sentence


def test_every_column_is_told():
    told = re.findall(r"^\| `([a-z_]+)` \|", (ROOT / "docs/metrics.md").read_text(encoding="utf-8"), re.M)
    assert told == list(COLUMNS)


def test_the_public_face_is_small():
    assert len(dangjian.__all__) <= 20
    assert all(getattr(dangjian, name) is not None for name in dangjian.__all__)


def test_what_security_promises_is_there():
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    limits = Limits()
    for said in (
        f"{limits.file // MB} MB, {limits.unpacked // MB} MB", f"{limits.ratio} times", f"{limits.nodes:,} XML",
        f"{limits.depth:,} levels", f"{limits.pages:,} pages", f"{limits.seconds} s", f"{limits.memory / 1e9:.1f} GB",
    ):  # fmt: skip
        assert said in " ".join(text.split()), said
    scripts = re.findall(r"python (scripts/\w+\.py)", text)
    assert len(scripts) == 5 and all((ROOT / script).is_file() for script in scripts)


def test_the_picture_shows_what_the_samples_say():
    image = pytest.importorskip("PIL.Image")
    spec = importlib.util.spec_from_file_location("picture_script", ROOT / "scripts/picture.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with image.open(module.PLACE) as shown:
        assert shown.text["Description"] == module.picture().get_label()
