"""Terms of reports, cut by jieba: how often each stands in a year, what grew and faded, what is near an indicator.

Frequencies are per 10,000 terms, so that long and short reports compare. They are exact counts of what is written, and
say nothing of why.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from dangjian.analysis.figures import rows_of
from dangjian.indicators import dims
from dangjian.metrics import evidence

if TYPE_CHECKING:
    from dangjian.reports import Report

PER = 10_000
SHORTEST = 2
EACH = 3
"""So many places of a term are kept."""
FREQUENT = 100_000
"""High enough that a term of the project is never cut apart."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def cache_folder() -> Path:
    """Where this user's caches go: jieba's own choice is the folder that all users of a machine share."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local")) / "dangjian"
    if sys.platform == "darwin":
        return home / "Library/Caches/dangjian"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "dangjian"


@cache
def _cutter() -> Any:
    """jieba's tokenizer, quiet, its dictionary kept in the user's own cache, with the project's terms."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its sources warn of escapes and of pkg_resources
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    cutter = jieba.Tokenizer()
    folder = cache_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        cutter.tmp_dir = str(folder)
    except OSError:
        cutter.tmp_dir = os.devnull  # nowhere to keep it: the dictionary is read anew each time
    cutter.initialize()
    for term in (*_words()["terms"], *(form for form in dims.all_forms() if form.isalpha() and len(form) > 2)):
        cutter.add_word(term, FREQUENT)
    return cutter


@cache
def _words() -> dict[str, list[str]]:
    listed = tomllib.loads(files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))
    return {name: words.split() for name, words in listed.items()}


@cache
def _idle() -> frozenset[str]:
    return frozenset(_words()["idle"])


def terms_of(text: str) -> list[str]:
    """The terms of a text in their order: Chinese words of two characters and more, idle ones left out.

    >>> terms_of("全年发展党员12名。")
    ['发展党员']
    """
    return list(_cut(text))


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
    words = (word for run in _CHINESE.findall(text) for word in _cutter().cut(run))
    return tuple(word for word in words if len(word) >= SHORTEST and word not in _idle())


def by_report_year(reports: Iterable[Report]) -> pd.DataFrame:
    """How often each term stands in the reports of a year.

    Returns:
        A row a term (the index), the most frequent first; a column a year with counts. Reports without a year are
        left out. ``attrs["terms"]`` has the number of all terms of each year, ``attrs["reports"]`` that of its reports.
    """
    found: dict[int, Counter[str]] = {}
    read: Counter[int] = Counter()
    for report in reports:
        if report.year is not None:
            found.setdefault(report.year, Counter()).update(terms_of(report.text))
            read[report.year] += 1
    years = sorted(found)
    every: Counter[str] = sum(found.values(), Counter())
    order = sorted(every, key=lambda term: (-every[term], term))
    counts = {year: pd.Series([found[year][term] for term in order], dtype="int64", index=order) for year in years}
    table = pd.DataFrame(counts, index=pd.Index(order, dtype="str"))
    table.attrs["terms"] = {year: sum(found[year].values()) for year in years}
    table.attrs["reports"] = dict(read)
    return table


def per_year(counted: pd.DataFrame) -> pd.DataFrame:
    """Counts of `by_report_year` as frequencies per 10,000 terms."""
    return counted.astype("float64") * PER / pd.Series(counted.attrs["terms"], dtype="float64")


def shifts(
    counted: pd.DataFrame, *, least: int = 5, most: int = 12, reports: Iterable[Report] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The terms that grew most and those that faded most from the first year to the last.

    Args:
        counted: as `by_report_year` gives it.
        least: a term counts where all years together have it so often.
        most: so many of each.
        reports: the texts that were counted.
    Returns:
        Two tables, grown and faded: the term is the index; ``first`` and ``last`` (per 10,000 terms), ``change``.
        Both are empty where there is one year alone. ``attrs["years"]`` has the two years, and ``attrs["members"]``
        for each term places where it stands in either, as far as the texts were given.
    """
    columns = ["first", "last", "change"]
    if len(counted.columns) < 2:
        empty = pd.DataFrame(columns=columns, dtype="float64", index=pd.Index([], dtype="str"))
        return empty, empty.copy()
    told = per_year(counted)[counted.sum(axis=1) >= least]
    ends = pd.DataFrame({"first": told.iloc[:, 0], "last": told.iloc[:, -1]})
    ends["change"] = ends["last"] - ends["first"]
    order = ends.sort_values("change", ascending=False, kind="stable")
    grown, faded = order[order["change"] > 0].head(most), order[order["change"] < 0].iloc[::-1].head(most)
    ends_of = [int(counted.columns[0]), int(counted.columns[-1])]
    found = places(reports, [*grown.index, *faded.index], ends_of)
    for moved in (grown, faded):
        moved.attrs["years"] = ends_of
        moved.attrs["members"] = [[one for year in ends_of for one in found[term, year]] for term in moved.index]
    return grown, faded


def places(
    reports: Iterable[Report], wanted: Iterable[str], years: Iterable[int], each: int = EACH
) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """Where terms stand in the reports of a year, the first few places of each, as records that evidence takes.

    A term counts where the text is cut so: 会议 in 常委会议题 is none.
    """
    found: dict[tuple[str, int], list[dict[str, Any]]] = {(term, year): [] for term in wanted for year in years}
    for report in reports:
        for (term, year), own in found.items():
            if report.year == year and len(own) < each:
                own += (_record(report, at, term, year) for at in islice(_starts(report.text, term), each - len(own)))
    return found


def _starts(text: str, term: str) -> Iterator[int]:
    """The offsets at which a term stands in a text, one to a sentence at most."""
    after = 0
    while (at := text.find(term, after)) >= 0:
        first, last = at, at + len(term)
        while first and _CHINESE.match(text[first - 1]):
            first -= 1
        while last < len(text) and _CHINESE.match(text[last]):
            last += 1
        ends = list(accumulate(map(len, _cutter().cut(text[first:last])), initial=first))
        if (at, at + len(term)) in pairwise(ends):
            yield at
        after = last


def _record(report: Report, at: int, term: str, year: int | None) -> dict[str, Any]:
    end = at + len(term)
    place = {"report_id": report.report_id, "start": at, "end": end, "number_start": at, "number_end": end}
    return place | {"text": term, "indicator": "", "period": year, "term": True}


def around(rows: pd.DataFrame, reports: Iterable[Report], most: int = 15) -> pd.DataFrame:
    """The terms that stand in the sentences of these rows more often than elsewhere in the same reports.

    Args:
        rows: rows of a metrics table.
        reports: the texts; a row whose text is not at hand counts for nothing.
        most: so many terms.
    Returns:
        A table by ``ratio``, the greatest first: the term is the index, ``near`` the number of sentences that hold it,
        ``ratio`` how many times as frequent it is there as in the whole reports. ``attrs["members"]`` has for each
        term places where it stands in these sentences.
    """
    known = {report.report_id: report for report in reports}
    seen: dict[tuple[str, str], int] = {}
    for row in rows_of(rows):
        told = evidence(row, known)
        if told.found:
            seen.setdefault((row["report_id"], told.sentence), int(row["start"]) - told.start)
    near: Counter[str] = Counter()
    length = 0
    for _, sentence in seen:
        terms = terms_of(sentence)
        near.update(set(terms))
        length += len(terms)
    whole: Counter[str] = Counter()
    for name in {name for name, _ in seen}:
        whole.update(terms_of(known[name].text))
    size = sum(whole.values())
    ratios = {
        term: (count, (count / length) / (max(whole[term], count) / size))
        for term, count in near.items()
        if count >= 2 or len(seen) < 4
    }
    order = sorted(ratios, key=lambda term: (-ratios[term][1], -ratios[term][0], term))[:most]
    columns = {
        "near": pd.Series([ratios[term][0] for term in order], dtype="int64", index=order),
        "ratio": pd.Series([round(ratios[term][1], 1) for term in order], dtype="float64", index=order),
    }
    table = pd.DataFrame(columns, index=pd.Index(order, dtype="str"))
    table.attrs["members"] = [list(islice(_within(term, seen, known), EACH)) for term in order]
    return table


def _within(
    term: str, sentences: Mapping[tuple[str, str], int], known: Mapping[str, Report]
) -> Iterator[dict[str, Any]]:
    """A term's first place in each of some sentences, which are told by report, wording and offset."""
    for (name, sentence), start in sentences.items():
        at = next(_starts(sentence, term), None)
        if at is not None:
            report = known[name]
            yield _record(report, start + at, term, report.year)
