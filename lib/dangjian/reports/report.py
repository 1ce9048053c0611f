"""One report: its text, the headings in it, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from dangjian.errors import ReportError
from dangjian.reports.decoding import decode
from dangjian.reports.sections import Outline, Section, find_sections

SUFFIXES = (".txt", ".md")
_YEAR = re.compile(r"(?<![\d〔\[(（])((?:19|20)\d\d)\s*年")
_CHINESE_YEAR = re.compile(r"([一二][九〇○零][〇○零一二三四五六七八九]{2})\s*年")
_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "000123456789" + "0123456789")


@dataclass(frozen=True)
class Report:
    """A report as read.

    Attributes:
        report_id: the file's stem, or the id that the corpus manifest gives.
        text: the report's own text; every offset of every record counts its characters.
        title: the first line that is not empty.
        year: the year it speaks of, None where it does not say.
        district: whose report it is, "" where unknown.
        kind: 工作报告, 整改通报 and the like, "" where unknown.
        invented: whether it is a made-up example.
        source: the file's name, "" for a text given directly.
    """

    report_id: str
    text: str
    title: str = ""
    year: int | None = None
    district: str = ""
    kind: str = ""
    invented: bool = False
    source: str = ""
    encoding: str = "utf-8"

    @classmethod
    def from_text(cls, text: str, report_id: str = "text", **known: object) -> Report:
        """A report from a text at hand, title and year read from it unless given in ``known``."""
        title = next((line.strip(" \t#\u3000") for line in text.split("\n") if line.strip()), "")[:80]
        facts: dict[str, object] = {"title": title, "year": find_year(text)} | known
        return cls(report_id=report_id, text=text, **facts)  # type: ignore[arg-type]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Its headings, in text order."""
        return find_sections(self.text)

    @cached_property
    def outline(self) -> Outline:
        """The headings above any offset."""
        return Outline(self.sections)

    @cached_property
    def sha256(self) -> str:
        """Hash of the text as UTF-8: what corrections and caches know the report by."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def find_year(text: str) -> int | None:
    """The year that a report speaks of: that of its title, else the one it names most often, None if none.

    >>> find_year("衡川区2021年党建工作报告\\n与2020年相比……")
    2021
    """
    head = "\n".join([line for line in text[:2000].split("\n") if line.strip()][:2])
    squeezed = re.sub(r"(?<=\d)[ \u3000](?=\d|年)", "", head).translate(_DIGITS if "〇" in head or "○" in head else {})
    for place in (squeezed, head):
        found = _YEAR.findall(place)
        if found:
            return int(found[0])
    chinese = _CHINESE_YEAR.search(head)
    if chinese:
        return int(chinese.group(1).translate(_DIGITS))
    years = _YEAR.findall(text) or _YEAR.findall(re.sub(r"(?<=\d)[ \u3000](?=\d|年)", "", text))
    return int(max(sorted(set(years), reverse=True), key=years.count)) if years else None


def read_report(path: str | Path, **known: object) -> Report:
    """Read one file as a report.

    Args:
        path: a .txt or .md file, UTF-8, UTF-16 with a byte order mark, or GB18030.
        known: what is known of it beforehand (``report_id``, ``year``, ``district``, …).
    Raises:
        ReportError: it is not there, empty, binary, or its encoding cannot be told.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReportError(str(path), "there is no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise ReportError(str(path), "this is a folder; name a file, or give the folder to `dangjian run`") from None
    except OSError as fault:
        raise ReportError(str(path), f"cannot be opened ({fault.strerror}); check its permissions") from None
    try:
        text, encoding = decode(data)
    except ValueError as fault:
        raise ReportError(str(path), str(fault)) from None
    facts: dict[str, object] = {"report_id": path.stem, "source": path.name, "encoding": encoding} | known
    return Report.from_text(text, **facts)  # type: ignore[arg-type]
