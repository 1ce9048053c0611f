"""Sentences and paragraphs of a report: where a number's evidence begins and ends."""

from __future__ import annotations

import re

from dangjian.spans import Span

STOP = "。！？!?；;"
CLOSERS = "”’』」）)》】\"'"
FARTHEST = 600
"""Evidence is for reading: a text without a full stop is cut this far from the number."""
SOFT = 8
"""A line at least this long that ends in the middle of a sentence was broken by its page, not by its author."""
PAGE_LONGEST = 40
_RUNNING = re.compile("[，、]")
PAGE = re.compile(r"[ \u3000]*[—－–·-]{1,2}[ \u3000]?[0-9０-９]{1,3}[ \u3000]?[—－–·-]{1,2}[ \u3000]*")
"""A line that holds a page's number."""
_OPENS = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d)|[▲■◆●★【#①-⑳])"
)


def sentence_at(text: str, start: int, end: int) -> Span:
    """The sentence that holds ``start:end``, to its full stop, question mark or semicolon.

    A line break ends it too, unless the line was broken by its page.

    >>> sentence_at("抓好队伍。全年发展党员12名。", 11, 14).of("抓好队伍。全年发展党员12名。")
    '全年发展党员12名。'
    """
    floor, ceiling = max(0, start - FARTHEST), min(len(text), end + FARTHEST)
    first = start
    while (
        first > floor and text[first - 1] not in STOP and not (text[first - 1] == "\n" and hard_break(text, first - 1))
    ):
        first -= 1
    last = end
    while last < ceiling and text[last] not in STOP and not (text[last] == "\n" and hard_break(text, last)):
        last += 1
    while last < ceiling and text[last] in STOP + CLOSERS:
        last += 1
    while first < start and text[first] in " \t\u3000\n" + CLOSERS:
        first += 1
    return Span(first, last)


def hard_break(text: str, at: int) -> bool:
    """Whether the line break at ``at`` ends a sentence: not where a page broke a running line."""
    following = text[at + 1 : at + 40]
    before = text.rfind("\n", 0, at) + 1
    line = text[before:at].rstrip()
    if before and len(line) < PAGE_LONGEST and PAGE.fullmatch(line):  # the line above it goes on below it
        at = before - 1
        before = text.rfind("\n", 0, at) + 1
        line = text[before:at].rstrip()
    if before == 0:
        return True  # the title
    if (
        not line
        or (len(line) < SOFT and not _RUNNING.search(line))
        or line[-1] in STOP + "：:"
        or (len(line) < 30 and _OPENS.match(line))
        or "\t" in line
        or "|" in line
    ):
        return True
    return (
        not following.strip()
        or following[0] in "\n\u3000"
        or following.startswith("  ")
        or bool(_OPENS.match(following))
    )
