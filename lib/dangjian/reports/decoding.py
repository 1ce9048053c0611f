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
COMMON = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffefA-Za-z0-9\s.,;:%()*·—–“”‘’…×●○□█‰-]")
FOREIGN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff\ufffd]")
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
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as fault:
                raise ValueError(
                    f"marked as {encoding} but broken at byte {fault.start}; save it anew as UTF-8"
                ) from None
    if b"\x00" in data:
        raise ValueError("this is a binary file, not text; save the report as .txt (UTF-8) and try again")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_writing(_ASCII.sub("", text) if markup else text):
            return text, encoding
    raise ValueError("its encoding cannot be told (neither UTF-8 nor GB18030); save it as UTF-8 and try again")


def _is_writing(text: str) -> bool:
    sample = text[:20_000]
    if len(FOREIGN.findall(sample)) * 200 > len(sample):
        return False
    return len(COMMON.findall(sample)) * 10 >= len(sample) * 8
