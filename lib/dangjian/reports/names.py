"""Names that outsiders chose, made safe to know a report by: the one rule for every ``report_id``."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

LONGEST = 80
# Separators of paths, quotes, markup, wildcards and what shells and spreadsheets act on.
_ACTS = re.compile(r"[\\/:\"'`<>|&*?$;{}\[\]%#^~!\s]+")
_HALVES = re.compile("[\ud800-\udfff]")
_FORMULA = "=+-@＝＋－＠."


def safe_id(name: str) -> str:
    """An id for any name: letters, digits, Chinese and plain brackets stay; where it had to change, a hash tells
    it from others.

    >>> safe_id("衡川区2021（终稿）")
    '衡川区2021（终稿）'
    >>> safe_id("../../x")
    'x-9cdf6a50'
    """
    plain = "".join(sign if unicodedata.category(sign)[0] in "LNPSM" else " " for sign in name)
    plain = re.sub("-{2,}", "-", _ACTS.sub("-", plain.strip())) if plain != name or _ACTS.search(plain) else plain
    plain = plain.lstrip(_FORMULA).rstrip("-.")[:LONGEST].rstrip("-.")
    if plain == name:
        return plain
    return f"{plain[: LONGEST - 9] or 'report'}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def plain_name(name: str) -> str:
    """A name or a text that every encoding takes: halves of a pair, or bytes that were no text, show as U+FFFD.

    Sign for sign, so that offsets hold.
    """
    return _HALVES.sub("\ufffd", name)
