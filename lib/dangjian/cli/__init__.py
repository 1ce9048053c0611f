"""The command line: data on standard output, remarks on standard error, nothing computed here.

Exit codes: 0 all well, 1 something failed or was skipped, 2 a wrong call. No heavy import at the top
of any module in this room, so that ``dangjian --help`` answers at once.
"""

from __future__ import annotations

from dangjian.cli.main import main

__all__ = ["main"]
