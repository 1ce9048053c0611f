"""Bytes of reports: the encodings that offices save in, and what is no text."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_faults import params

from dangjian.reports.decoding import decode

LINES = "区委组织部2022年工作总结\n全年发展党员128名，完成率99.5%。\n"

ENCODED = [
    ("UTF-8", LINES.encode(), "utf-8"),
    ("UTF-8 with a byte order mark", codecs.BOM_UTF8 + LINES.encode(), "utf-8"),
    ("UTF-16 LE as Notepad writes it", codecs.BOM_UTF16_LE + LINES.encode("utf-16-le"), "utf-16-le"),
    ("UTF-16 BE", codecs.BOM_UTF16_BE + LINES.encode("utf-16-be"), "utf-16-be"),
    ("GBK", LINES.encode("gbk"), "gb18030"),
    ("GB18030", LINES.encode("gb18030"), "gb18030"),
    ("line ends of Windows", LINES.replace("\n", "\r\n").encode(), "utf-8"),
    ("GBK with line ends of Windows", LINES.replace("\n", "\r\n").encode("gbk"), "gb18030"),
]

NO_TEXT = [
    # bytes, a word that the message must hold, so that its reader knows what to do
    (b"", "empty"),
    (b" \r\n\t ", "empty"),
    (codecs.BOM_UTF8, "empty"),
    (codecs.BOM_UTF8 + b"\n \n", "empty"),
    (b"%PDF-1.7\n...", "PDF"),
    (b"PK\x03\x04\x14\x00", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
    (b"abc\x00\x01\x02def", "binary"),
    (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "broken"),
    (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "broken"),
    (bytes(range(1, 256)) * 20, "encoding"),
    (LINES.encode("utf-32"), "UTF-32"),
    (LINES.encode("utf-16-le"), "UTF-16 without a byte order mark"),
    (LINES.encode("utf-16-be"), "UTF-16 without a byte order mark"),
    (LINES.encode().rstrip()[:-1], "UTF-8, but broken at byte"),  # cut inside a sign: GB18030 reads other signs there
    ("党员".encode() + b"\xe5\x8f" + "支部会议".encode(), "UTF-8, but broken at byte 6"),
    ("區委組織部工作總結，全年發展黨員".encode("big5"), "encoding"),
    ("\ue000\ue001\ue002党员".encode() * 30, "encoding"),  # private-use signs are no writing
]


@pytest.mark.parametrize(("name", "data", "encoding"), params(ENCODED))
def test_decode(name, data, encoding):
    assert decode(data) == (LINES, encoding)


@pytest.mark.parametrize(("data", "word"), params(NO_TEXT))
def test_what_is_no_text_is_said_to_be_none(data, word):
    with pytest.raises(ValueError, match=word):
        decode(data)


def test_a_short_report_in_gbk_is_not_taken_for_another_language():
    assert decode("发展党员12名。".encode("gbk")) == ("发展党员12名。", "gb18030")


def test_rare_signs_of_names_are_writing():
    assert decode("𠮷㐂镕基发展党员".encode("gb18030")) == ("𠮷㐂镕基发展党员", "gb18030")


@pytest.mark.parametrize("cut", range(10, 60))  # of a sign or two nobody can tell what they are
def test_a_cut_report_is_its_own_text_or_refused(cut):
    try:
        text, encoding = decode(LINES.encode()[:cut])
    except ValueError as fault:
        assert str(fault)
    else:
        assert LINES.startswith(text) and encoding == "utf-8"


def test_a_mask_in_front_is_kept():
    assert decode("●●区工作报告\n".encode())[0] == "●●区工作报告\n"


@given(st.text("党员支部整改培训名个期万*12３，。\n", min_size=1).filter(str.strip))
@settings(max_examples=50)
def test_each_encoding_gives_the_same_text(text):
    for data in (text.encode(), codecs.BOM_UTF8 + text.encode(), codecs.BOM_UTF16_LE + text.encode("utf-16-le")):
        assert decode(data)[0] == text


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_any_bytes_give_text_or_a_clear_refusal(data):
    try:
        text, encoding = decode(data)
    except ValueError as fault:
        assert str(fault)
    else:
        assert text.strip() and encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
