"""Whatever a file does, it gets one clear line, in time, and the others are read."""

from __future__ import annotations

import os
import signal
import threading

import hostile
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangjian.cli import main
from dangjian.errors import ReportError
from dangjian.indicators import extract
from dangjian.reports import Limits, Report, read_corpus, read_report
from dangjian.reports.formats import worker


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Every hostile file, and three sound ones among them."""
    place = tmp_path_factory.mktemp("hostile")
    hostile.write_all(place)
    for name in ("a.txt", "m.txt", "z.txt"):
        (place / name).write_text(hostile.REPORT.replace("12", str(20 + ord(name[0]))), "utf-8")
    return place


@pytest.mark.parametrize("name", hostile.FILES)
def test_each_gets_a_line_that_says_what_is_wrong(folder, name):
    with pytest.raises(ReportError) as fault:
        read_report(folder / name)
    assert hostile.FILES[name][1] in fault.value.reason
    assert "\n" not in str(fault.value)


def test_read_and_skipped_are_what_was_given(folder):
    corpus = read_corpus(folder)
    assert [report.report_id for report in corpus] == ["a", "m", "z"]
    assert {skipped.name for skipped in corpus.skipped} == set(hostile.FILES)


def test_the_command_goes_on(folder, capfd):
    bad = ["bomb.pdf", "bomb.docx", "half.docx"]
    files = [str(folder / name) for name in ("a.txt", *bad, "z.txt")]
    assert main(["extract", "-q", *files]) == 1
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 4
    assert [name for line in err.splitlines() for name in bad if name in line] == bad


def test_no_neighbour_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("另一份文件里的77名", "utf-8")
    for number, data in enumerate((hostile.outside(str(secret)), hostile.docx(hostile.paragraph("2021年总结")))):
        (tmp_path / f"{number}.docx").write_bytes(data)
    with pytest.raises(ReportError, match="DOCTYPE"):
        read_report(tmp_path / "0.docx")
    assert "77" not in read_report(tmp_path / "1.docx").text


def test_an_owner_s_password_locks_nobody_out(tmp_path):
    (tmp_path / "a.pdf").write_bytes(hostile.encrypted_pdf(""))
    assert "发展党员12名" in read_report(tmp_path / "a.pdf").text


def test_a_pipe_under_a_report_s_name_is_not_waited_for(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ReportError, match="no ordinary file"):
        read_report(tmp_path / "a.txt")


SOUND = {
    "docx": hostile.docx("".join(map(hostile.paragraph, hostile.REPORT.split("\n")))),
    "xlsx": hostile.workbook('<row r="1"><c r="A1"><v>12</v></c></row>'),
    "html": b"<html><body><p>" + hostile.REPORT.encode() + b"</p><table><tr><td>1<td>2</table></body></html>",
    "pdf": hostile.pdf_page(hostile.zlib.compress(b"BT /F1 12 Tf 72 700 Td (12) Tj ET")),
}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(sorted(SOUND)), data=st.data())
def test_a_changed_file_is_read_or_refused(tmp_path, kind, data):
    content = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        content = content or bytearray(b"x")
    path = tmp_path / f"a.{kind}"
    path.write_bytes(content)
    try:
        report = read_report(path)
    except ReportError as fault:
        assert fault.reason and "\n" not in fault.reason
    else:
        assert report.text.strip()


UNSEEN = ["\u200b", "\u202e", "\u2066", "\ufeff", "\u2028", "\x85", "\u00ad", "\ud800", "\x00", "\x1b", "\r", "\f"]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_signs_that_are_not_seen_do_no_harm_in_a_text(sign):
    text = f"2021年总结{sign}\n全年{sign}发展党员{sign}12名{sign}，整改率{sign}95%。"
    report = Report.from_text(text)
    assert len(report.text) == len(text)
    for seen in extract(report).observations:
        assert report.text[seen.start : seen.end] == seen.text and seen.number.of(report.text)


@pytest.mark.parametrize("sign", [sign for sign in UNSEEN if sign not in "\ud800\x00\x1b\f"], ids=ascii)
def test_a_document_s_text_has_none_of_them(sign, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(hostile.docx(hostile.paragraph(f"总结{sign}发展党员{sign}12名")))
    assert not {*UNSEEN} & {*read_report(path).text}


LONG = ["*" * 5_000_000, "发展党员12名，" * 30_000, "1" * 5_000_000, "（" * 1_000_000, "\t" * 1_000_000]


@pytest.mark.parametrize("line", LONG, ids=lambda line: line[:7])
def test_a_line_of_millions_is_read(line, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"2021年总结\n{line}", "utf-8")
    report = read_report(path)  # a pattern that goes back would not come to an end here
    assert all(seen.number.of(report.text) for seen in extract(report).observations)


def test_a_file_that_takes_too_long_is_ended_and_the_next_is_read(tmp_path):
    slow = hostile.pdf_page(hostile.zlib.compress(b"q " * 15_000_000))
    sound = hostile.docx("".join(map(hostile.paragraph, hostile.REPORT.split("\n"))))
    for name, data in (("a.pdf", slow), ("b.docx", sound)):
        (tmp_path / name).write_bytes(data)
    limits = Limits(seconds=1)
    with pytest.raises(ReportError, match=r"took more than 1 s \(limit `seconds`\)"):
        read_report(tmp_path / "a.pdf", limits)
    assert "发展党员12名" in read_report(tmp_path / "b.docx", limits).text


@pytest.mark.parametrize("suffix", ["txt", "md", "log"])
def test_texts_are_held_to_the_limits_of_their_reader_too(suffix, tmp_path):
    small, large = tmp_path / f"small.{suffix}", tmp_path / f"large.{suffix}"
    small.write_bytes(b"12\n" * 300_000)
    large.write_bytes("党员12名\n".encode() * 4_000_000)
    tight = Limits(memory=200_000_000)
    with pytest.raises(ReportError, match="limit `memory`"):
        read_report(large, tight)
    assert len(read_report(small, tight).text) == 900_000


def test_a_text_reads_the_same_through_pipes_of_any_size(tmp_path):
    path = tmp_path / "a.txt"
    for times in (1, 80_000):
        path.write_bytes(("\ufeff" + "党员\u2028*名\r\n" * times).encode())
        report = read_report(path)
        assert (report.text, report.encoding, report.marks) == ("党员\u2028*名\n" * times, "utf-8", ())


def test_a_file_is_judged_alone_though_the_reader_failed_by_others_before_it(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(hostile.REPORT, "utf-8")
    if worker._Worker._one is not None:  # it may be about to end by itself, for what it has read before
        worker._Worker._one.end()
    read_report(path)
    spent = worker._Worker._one
    os.kill(spent.process.pid, signal.SIGSTOP)  # it will not see the file before its end
    ending = threading.Timer(0.2, spent.process.kill)
    ending.start()
    assert read_report(path).text == hostile.REPORT
    assert worker._Worker._one is not spent


def test_a_reader_that_cannot_be_started_is_said(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    path = tmp_path / "a.txt"
    path.write_text(hostile.REPORT, "utf-8")
    monkeypatch.setattr(worker._Worker, "_one", None)
    monkeypatch.setattr(worker.subprocess, "Popen", refuse)
    with pytest.raises(ReportError, match=r"could not be started \(Resource temporarily unavailable\)"):
        read_report(path)
