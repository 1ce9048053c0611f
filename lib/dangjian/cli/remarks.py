"""What is said beside the data: one line each, on standard error, in any locale."""

from __future__ import annotations

import re
import sys

# Control characters, bidi overrides and separators of a file name or a report would act on the terminal.
_ACTS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def shown(text: str) -> str:
    """The text on one line, with the characters that would act on a terminal named instead.

    >>> shown("a" + chr(10) + "b" + chr(0x202E))
    'a⟨U+000A⟩b⟨U+202E⟩'
    """
    return _ACTS.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)


def remark(text: str) -> None:
    """Write one line to standard error."""
    print(f"dangjian: {shown(text)}", file=sys.stderr, flush=True)
