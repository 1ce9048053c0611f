"""A manifest made by the command: what reports say of themselves, kept where a person has said it, twins told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import renderings

from dangjian.cli import main
from dangjian.reports import read_corpus

REPORTS = Path(__file__).resolve().parents[2] / "data" / "reports"
TEXT = (REPORTS / "hengchuan-2021.txt").read_text(encoding="utf-8")


def add(folder: Path, *names: str, options: tuple[str, ...] = ()) -> dict[str, dict]:
    """Run the command on files of a folder; the manifest's entries by file."""
    add.status = main(["corpus", "add", *options, *(str(folder / name) for name in names)])
    found = tomllib.loads((folder / "corpus.toml").read_text(encoding="utf-8"))["report"]
    return {entry.pop("file"): entry for entry in found}


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("__", ".")).write_bytes(data)
    return folder


def test_title_year_and_kind_are_read(tmp_path, capfd):
    write(
        tmp_path,
        a__txt="内部资料\n岚安县委\n关于2021年党建工作\n情况的报告\n全年发展党员12名。",
        b__txt="发展党员3名。",
    )
    entries = add(tmp_path, "a.txt", "b.txt")
    assert add.status == 0
    assert {key: entries["a.txt"][key] for key in ("id", "title", "year", "kind")} == {
        "id": "a", "title": "岚安县委关于2021年党建工作情况的报告", "year": 2021, "kind": "工作报告",
    }  # fmt: skip
    assert len(entries["a.txt"]["sha256"]) == 64 and "year" not in entries["b.txt"]
    assert capfd.readouterr().out.splitlines()[0] == "a\t-\t2021\t工作报告\t岚安县委关于2021年党建工作情况的报告"


def test_what_a_person_has_said_stays_and_the_hash_is_new(tmp_path):
    write(tmp_path, a__txt=TEXT)
    (tmp_path / "corpus.toml").write_text(
        '# 一句说明\n[[report]]\nid = "heng"\nfile = "a.txt"\nyear = 1999\nsha256 = "0"\n', encoding="utf-8"
    )
    entries = add(tmp_path, "a.txt", options=("--district", "衡川区", "--source", "档案馆"))
    assert (entries["a.txt"]["id"], entries["a.txt"]["year"], entries["a.txt"]["district"]) == ("heng", 1999, "衡川区")
    assert entries["a.txt"]["source"] == "档案馆" and entries["a.txt"]["sha256"] != "0"
    assert (tmp_path / "corpus.toml").read_text(encoding="utf-8").startswith("# 一句说明\n")


def test_a_changed_file_is_told_until_it_is_added_anew(tmp_path):
    write(tmp_path, a__txt=TEXT)
    add(tmp_path, "a.txt")
    assert read_corpus(tmp_path)["a"].notes == ()
    write(tmp_path, a__txt=TEXT + "补充。\n")
    assert "has changed" in read_corpus(tmp_path)["a"].notes[0]
    add(tmp_path, "a.txt")
    assert read_corpus(tmp_path)["a"].notes == ()


TWINS = {
    "the same bytes": ("b.txt", TEXT.encode()),
    "another encoding": ("b.txt", TEXT.encode("gb18030")),
    "another format": ("a.docx", renderings.as_docx(TEXT)),
    "a web page": ("a.html", renderings.as_html(TEXT)),
    "blanks and commas": ("b.txt", TEXT.replace("，", ", ").replace("。\n", "。\n\n").encode()),
}


@pytest.mark.parametrize(("name", "data"), TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("together", [True, False], ids=["at once", "one after the other"])
def test_twins_are_both_listed_and_counted_once(tmp_path, name, data, together, capfd):
    write(tmp_path, a__txt=TEXT)
    (tmp_path / name).write_bytes(data)
    if not together:
        add(tmp_path, "a.txt")
    entries = add(tmp_path, *(("a.txt", name) if together else (name,)))
    assert entries[name]["same_as"] == "a.txt" and "same_as" not in entries["a.txt"]
    assert entries[name]["id"] != entries["a.txt"]["id"] and add.status == 0
    assert f"{name}: the same report as a.txt" in capfd.readouterr().err
    corpus = read_corpus(tmp_path)
    assert [report.source for report in corpus] == ["a.txt"]
    assert [(skipped.name, "the same report as a.txt" in skipped.reason) for skipped in corpus.skipped] == [
        (name, True)
    ]


def test_reports_of_two_years_are_no_twins(tmp_path):
    write(tmp_path, a__txt=TEXT, b__txt=TEXT.replace("2021年", "2022年").replace("1", "3"))
    assert not any("same_as" in entry for entry in add(tmp_path, "a.txt", "b.txt").values())
    assert len(read_corpus(tmp_path)) == 2


def test_a_person_may_say_that_two_are_distinct(tmp_path):
    write(tmp_path, a__txt=TEXT, b__txt=TEXT)
    add(tmp_path, "a.txt", "b.txt")
    manifest = tmp_path / "corpus.toml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('same_as = "a.txt"', "distinct = true"), encoding="utf-8"
    )
    assert [report.report_id for report in read_corpus(tmp_path)] == ["a", "b"]
    assert "same_as" not in add(tmp_path, "b.txt")["b.txt"]


def test_an_id_of_another_report_is_refused(tmp_path, capfd):
    write(tmp_path, a__txt=TEXT, a__md="岚安县2020年工作总结\n" + "全年发展党员12名，培训党员3000人次。" * 3)
    entries = add(tmp_path, "a.txt", "a.md")
    assert add.status == 1 and list(entries) == ["a.txt"]
    assert "its id 'a' is that of a.txt" in capfd.readouterr().err
