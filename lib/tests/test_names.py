"""Names that outsiders chose, of files, ids, districts and titles: nothing leaves the outputs, nothing acts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from batches import Maker, called, made, text_of
from payloads import PAYLOADS

from dangjian.briefings import publish
from dangjian.cli import main
from dangjian.reports import read_corpus
from dangjian.runs.folder import RunFolder
from dangjian.runs.run import run_reports

NAMES = [
    "../../x", "/etc/passwd", "..\\x", "a/b", "a\nb", "a\tb", "a\"b'c", "a`id`$(id)", "<script>window.ran=1</script>",
    "=1+1", "＝1+1", "CON", "nul.txt", ".hidden", "-rf", "{x.__class__}", "%(x)s", "衡川\u202e区", "x" * 300, "a\x00b",
    "[[report]]", "](javascript:window.ran=2)", "\ud800",
]  # fmt: skip
FILES = [name for name in NAMES if not set(name) & set("/\0\ud800") and len(name.encode("utf-8", "replace")) < 250]


def below(folder: Path) -> set[str]:
    """Everything below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def entry(file: str, **facts: str) -> str:
    """An entry of a manifest; JSON's strings are TOML's."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=True)}" for key, value in ({"file": file} | facts).items()]
    return "\n".join(["[[report]]", *lines, ""])


def takes(name: str) -> bool:
    """Whether TOML can hold a name at all."""
    return not set(name) & {"\ud800"}


@pytest.mark.parametrize("name", FILES, ids=ascii)
def test_a_file_s_name_becomes_an_id_that_is_one_plain_word(tmp_path, name):
    (tmp_path / f"{name}.txt").write_text(text_of("衡川区", 2021), "utf-8")
    if name.startswith("."):
        return  # what systems hide is no report
    (report,) = read_corpus(tmp_path)
    assert 0 < len(report.report_id) <= 80
    assert not set(report.report_id) & set("/\\\"'<>`$\n\t\0\u202e{}[]|")
    assert report.report_id[0] not in "=+-@＝＋－＠."


def test_a_run_over_such_names_writes_in_its_folder_alone(tmp_path):
    corpus = tmp_path / "in" / "corpus"
    corpus.mkdir(parents=True)
    listed = []
    for at, name in enumerate(filter(takes, NAMES)):
        (corpus / f"{at}.txt").write_text(text_of("衡川区", 2000 + at, at + 20), "utf-8")
        listed.append(entry(f"{at}.txt", id=name, district=name, title=name, kind=name))
    (corpus / "corpus.toml").write_text("\n".join(listed), "utf-8")
    outputs = tmp_path / "in" / "outputs"
    before = below(tmp_path)
    with RunFolder(outputs, "r") as folder:
        outcome = run_reports(corpus, folder, [], progress=False)
        publish(folder, outcome)
    assert outcome.counts["reports"] == len(listed)
    assert {path for path in below(tmp_path) - before if not path.startswith("in/outputs")} == set()
    index = (outputs / "r" / "briefings" / "index.html").read_text("utf-8")
    assert "<script>window" not in index and "\u202e" not in index and 'href="javascript' not in index
    again = read_corpus(outputs / "r" / "reports")
    assert {report.report_id for report in again} == {report["report_id"] for report in outcome.reports}


def test_a_batch_over_such_districts_writes_in_its_folder_alone(tmp_path):
    (tmp_path / "in").mkdir()
    place = made(tmp_path / "in")
    corpus, listed = tmp_path / "in" / "corpus", []
    for at, name in enumerate(filter(takes, NAMES)):
        (corpus / f"n{at}.txt").write_text(text_of("澜岸区", 2022, at + 20), "utf-8")
        listed.append(entry(f"n{at}.txt", district=name))
    (corpus / "corpus.toml").write_text("\n".join(listed), "utf-8")
    before = below(tmp_path)
    maker = Maker()
    assert called(place, maker).failed == []
    assert len(maker.made) > len(listed)
    assert all("/" not in name and not name.startswith(".") for name in maker.made)
    assert {path for path in below(tmp_path) - before if not path.startswith("in/outputs")} == set()


@pytest.mark.parametrize("name", ["../x", "../../x", "/tmp/x", "a/b", "..", "CON"])
def test_a_run_s_own_name_cannot_lead_out(tmp_path, name, capfd):
    (tmp_path / "a.txt").write_text(text_of("衡川区", 2021), "utf-8")
    call = ["run", "--reports", str(tmp_path / "a.txt"), "--out", str(tmp_path / "o" / "p"), "--name", name]
    assert main(call) != 0
    assert "cannot name" in capfd.readouterr().err
    assert below(tmp_path) <= {"a.txt", "o", "o/p"}


def test_what_reports_say_of_themselves_is_text(tmp_path):
    (tmp_path / "c").mkdir()
    for at, payload in enumerate(PAYLOADS):
        text = f"{payload}{2000 + at}年总结\n一、{payload}\n发展党员{at + 20}名。".replace("\0", "")
        (tmp_path / "c" / f"{at}.txt").write_text(text, "utf-8")
    with RunFolder(tmp_path, "r") as folder:
        outcome = run_reports(tmp_path / "c", folder, [], progress=False)
        page = publish(folder, outcome).index.read_text("utf-8")
    assert outcome.counts["reports"] + outcome.counts["skipped"] == len(PAYLOADS)  # some are the same but for signs
    assert outcome.counts["reports"] > 9
    for acts in ("<script>window", "<img src=x", "<svg onload", "<iframe", 'href="javascript', "<meta http-equiv=ref"):
        assert acts not in page
