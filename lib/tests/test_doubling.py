"""No pattern of the package escapes ``scripts/doubling.py``, which measures how time grows with the text."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/doubling.py"
OF_SERIES = {"contains", "extract", "extractall", "fullmatch", "match", "findall"}
"""What pandas calls a pattern by: none of them would be found."""


@pytest.fixture(scope="module")
def doublings():
    """The script's own modules."""
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        from doublings import patterns

        yield patterns
    finally:
        sys.path.remove(str(SCRIPT.parent))


def test_every_pattern_that_is_written_is_made_and_tried():
    told = subprocess.run(
        [sys.executable, str(SCRIPT), "--list", "--part", "patterns"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stdout[:2_000] + told.stderr
    assert "quantities/patterns.py:scan finditer" in told.stdout.splitlines()


def test_each_call_that_makes_a_pattern_is_found_in_the_source(doublings):
    known = {(site.path, site.name or site.method) for site in doublings.sites()}
    assert {("quantities/patterns.py", "scan"), ("reports/report.py", "finditer")} <= known
    calls = sum(file.read_text("utf-8").count("re.compile(") for file in doublings.PACKAGE.rglob("*.py"))
    assert sum(site.method == "compile" for site in doublings.sites()) == calls


def test_what_is_said_of_patterns_is_said_of_one_that_is_there(doublings):
    names = {f"{site.path}:{site.name or site.method}" for site in doublings.sites()}
    assert {*doublings.CALLED, *doublings.BOUNDED, doublings.MANY} <= names


def test_no_pattern_is_handed_to_pandas_or_to_another_library(doublings):
    found = []
    for file in doublings.PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in OF_SERIES and isinstance(node.value, ast.Attribute):
                found += [(file.name, node.lineno)] if node.value.attr == "str" else []
            if isinstance(node, ast.ImportFrom) and node.module == "re":
                found.append((file.name, node.lineno))
            if isinstance(node, ast.Import) and {"regex", "re2"} & {name.name for name in node.names}:
                found.append((file.name, node.lineno))
    assert found == []


def test_what_is_bounded_is_given_no_more(doublings):
    from dangjian.reports.formats import contents, number_forms

    most = {"contents": contents.LONGEST, "number_forms": number_forms.LONGEST}
    for name, (bound, _) in doublings.BOUNDED.items():
        assert bound == most[Path(name.partition(":")[0]).stem]
    assert number_forms.read_form('0"' + "名" * number_forms.LONGEST + '"') is None
    lines = contents.Contents()
    led = "附件" + "." * (contents.LONGEST - 3)
    assert [lines.holds(line) for line in ("目录", f"{led}1", f"{led}12")] == [True, True, False]
