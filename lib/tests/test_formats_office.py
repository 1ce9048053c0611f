"""Old Word and WPS files: converted where LibreOffice is at hand, else one line that says what is missing."""

from __future__ import annotations

import os
import sys

import hostile
import pytest

from dangjian.errors import ReportError
from dangjian.reports import Limits, read_report

OLD = hostile.OLD_OFFICE + bytes(2048)
pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="the stand-in is a script with a first line")

STAND_IN = """#!{python}
import pathlib, sys, time
said = dict(zip(sys.argv, sys.argv[1:]))
given, out = pathlib.Path(sys.argv[-1]), pathlib.Path(said["--outdir"])
profile = next(one for one in sys.argv if one.startswith("-env:UserInstallation=file://"))
assert given.read_bytes()[:4] == bytes.fromhex("d0cf11e0") and said["--convert-to"] == "docx"
assert (pathlib.Path(profile.partition("file://")[2]) / "user" / "registrymodifications.xcu").is_file()
{does}
"""
CONVERTS = "out.mkdir(); (out / 'report.docx').write_bytes(pathlib.Path({made!r}).read_bytes())"


def stand_in(folder, does: str, name: str = "soffice") -> None:
    """An executable under LibreOffice's name."""
    path = folder / name
    path.write_text(STAND_IN.format(python=sys.executable, does=does), encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def old(tmp_path, monkeypatch):
    """An old file, and a PATH on which nothing but the test's own folder lies."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "made.docx").write_bytes(hostile.docx(hostile.paragraph("2021年总结：发展党员12名")))
    path = tmp_path / "a.doc"
    path.write_bytes(OLD)
    return path


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
@pytest.mark.parametrize("command", ["soffice", "libreoffice"])
def test_it_is_converted(old, suffix, command):
    stand_in(old.parent, CONVERTS.format(made=str(old.parent / "made.docx")), command)
    report = read_report(old.rename(old.with_suffix(suffix)))
    assert report.text == "2021年总结：发展党员12名\n" and report.source_at(0) == "第1段"


FAULTS = [
    # what the converter does, the words that the line must hold
    ("sys.exit(1)", "LibreOffice cannot read it"),
    ("out.mkdir(); (out / 'report.docx').write_bytes(b'half')", "damaged"),
    ("time.sleep(60)", "LibreOffice took more than 1 s (limit `office_seconds`)"),
]


@pytest.mark.parametrize(("does", "said"), FAULTS)
def test_a_converter_that_fails_is_told(old, does, said):
    stand_in(old.parent, does)
    with pytest.raises(ReportError) as fault:
        read_report(old, Limits(office_seconds=1 if "sleep" in does else 60))
    assert said in fault.value.reason


def test_without_it_one_line_says_so(old):
    with pytest.raises(
        ReportError, match=r"needs LibreOffice, which is not installed here; .* save the report as \.docx"
    ):
        read_report(old)


def test_a_word_file_under_the_old_name_needs_none(old):
    old.write_bytes((old.parent / "made.docx").read_bytes())
    assert "12名" in read_report(old).text
