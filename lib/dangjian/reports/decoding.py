"""Bytes to text: the byte order mark, then UTF-8, then GB18030, each strict, then a clear failure.

No guessing library: they call a short GBK text Korean. GB18030 takes almost any bytes, so what it gives
must look like writing before it is believed.
"""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
COMMON = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff\u3000-\u303f\uff00-\uffefA-Za-z0-9\s.,;:%()*·—–“”‘’…×●○□█‰-]"
)
FOREIGN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff\ufffd]")
WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
NEARLY = 0.9
_ASCII_BYTES = re.compile(rb"[\x00-\x7f]+")
_ASCII = re.compile(r"[\x20-\x7e\s]+")
SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP container (.docx, .xlsx, .zip)",
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .wps, .xls)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def decode(data: bytes, markup: bool = False) -> tuple[str, str]:
    """The text that the bytes of a report hold, line ends as ``\\n``, and the encoding's name.

    Args:
        markup: whether it is a page: its tags are no writing, so that only what is not ASCII is judged.
    Raises:
        ValueError: empty, binary, or in an encoding that cannot be told; the message says which
            and what would help.
    """
    if not data.strip():
        raise ValueError("the file is empty")
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            raise ValueError(f"this is {what}, not text; save the report as .txt (UTF-8) and try again")
    text, encoding = _decoded(data, markup)
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise ValueError("the file is empty")
    return text, encoding


def _decoded(data: bytes, markup: bool) -> tuple[str, str]:
    if data.startswith(WIDE_MARKS):
        raise ValueError("this is UTF-32, which reports are not written in; save it as UTF-8 and try again")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as fault:
                raise ValueError(
                    f"marked as {encoding} but broken at byte {fault.start}; save it anew as UTF-8"
                ) from None
    if b"\x00" in data:
        if _is_sixteen(data):
            raise ValueError("this is UTF-16 without a byte order mark; save it as UTF-8 and try again")
        raise ValueError("this is a binary file, not text; save the report as .txt (UTF-8) and try again")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as fault:
            if encoding == "utf-8" and _is_nearly_utf8(data):
                raise ValueError(
                    f"UTF-8, but broken at byte {fault.start}; ask for the file again, or save it anew as UTF-8"
                ) from None
            continue
        if _is_writing(_ASCII.sub("", text) if markup else text):
            return text, encoding
    raise ValueError("its encoding cannot be told (neither UTF-8 nor GB18030); save it as UTF-8 and try again")


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether nearly all that is not ASCII is UTF-8: GB18030 would make other Chinese of it, 鍏氬憳 of 党员."""
    sound = len(_ASCII_BYTES.sub(b"", data.decode("utf-8", "ignore").encode()))
    return sound >= 9 and sound >= NEARLY * len(_ASCII_BYTES.sub(b"", data))


def _is_sixteen(data: bytes) -> bool:
    """Whether every other byte of the line ends and digits is zero, as in UTF-16."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[: len(data) // 2 * 2].decode(encoding, "replace")
        if len(text) >= 8 and "\x00" not in text and _is_writing(text):
            return True
    return False


def _is_writing(text: str) -> bool:
    sample = text[:20_000]
    if len(FOREIGN.findall(sample)) * 200 > len(sample):
        return False
    return len(COMMON.findall(sample)) * 10 >= len(sample) * 8
