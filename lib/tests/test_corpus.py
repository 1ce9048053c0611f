"""A folder of reports: every file is either read or listed with its reason."""

import pytest

from dangjian.errors import ReportError
from dangjian.reports import read_corpus


def write(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_every_file_is_read_or_listed(tmp_path):
    write(tmp_path, b_txt="2021年总结\n发展党员2名。", a_md="2020年总结\n发展党员3名。", c_txt=b"", d_txt=b"%PDF-1.4")
    write(tmp_path, stamp_png=b"\x89PNG")  # no report by its suffix
    corpus = read_corpus(tmp_path)
    assert [report.report_id for report in corpus] == ["a", "b"]  # in the order of their ids
    assert [(skipped.name, skipped.reason != "") for skipped in corpus.skipped] == [("c.txt", True), ("d.txt", True)]
    assert len(corpus) == 2 and corpus["b"].year == 2021


def test_one_file_is_a_corpus_of_its_own(tmp_path):
    write(tmp_path, b_txt="2021年总结\n发展党员2名。")
    assert [report.report_id for report in read_corpus(tmp_path / "b.txt")] == ["b"]


def test_the_manifest_says_what_the_texts_do_not(tmp_path):
    write(tmp_path, b_txt="总结\n发展党员2名。")
    (tmp_path / "corpus.toml").write_text(
        '[[report]]\nid = "heng-2021"\nfile = "b.txt"\nyear = 2021\n'
        'district = "衡川区"\nkind = "工作总结"\ninvented = true\n',
        encoding="utf-8",
    )
    report = read_corpus(tmp_path)["heng-2021"]
    assert (report.year, report.district, report.kind, report.invented, report.source) == (
        2021, "衡川区", "工作总结", True, "b.txt",
    )  # fmt: skip


def test_two_files_of_one_id(tmp_path):
    write(tmp_path, a_md="总结\n发展党员2名。", a_txt="总结\n发展党员3名。")
    corpus = read_corpus(tmp_path)
    assert [report.report_id for report in corpus] == ["a"]  # one is read, the other says whose id it has
    kept, left = corpus["a"].source, corpus.skipped[0].name
    assert {kept, left} == {"a.md", "a.txt"} and kept in corpus.skipped[0].reason


def test_a_readme_is_no_report(tmp_path):
    write(tmp_path, README_md="这里放报告。", a_txt="总结\n发展党员3名。")
    assert len(read_corpus(tmp_path)) == 1


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("[[report]\n", "cannot be read"),
        ('[[report]]\nid = "a"\n', "no `file`"),
        ('[[report]]\nfile = "a.txt"\nyaer = 2021\n', "yaer"),
    ],
)
def test_a_manifest_that_is_wrong_says_where(tmp_path, manifest, said):
    write(tmp_path, a_txt="总结")
    (tmp_path / "corpus.toml").write_text(manifest, encoding="utf-8")
    with pytest.raises(ReportError, match=said):
        read_corpus(tmp_path)


def test_an_empty_and_a_missing_folder_say_what_to_do(tmp_path):
    with pytest.raises(ReportError, match="holds no reports"):
        read_corpus(tmp_path)
    with pytest.raises(ReportError, match="no such folder"):
        read_corpus(tmp_path / "none")


def test_an_unknown_id_is_a_key_error(tmp_path):
    write(tmp_path, a_txt="总结\n发展党员3名。")
    with pytest.raises(KeyError):
        read_corpus(tmp_path)["b"]
