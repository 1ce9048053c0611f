"""What the process imports from which workers are forked: the catalogue and its index are made once for all of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dangjian.reports import Report


class _WithoutPandas:
    """Says that pandas is not there: pyarrow would import it, a second for each worker, and needs none of it."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: object = None) -> None:
        """Refuse pandas; leave all else to others."""
        if name == "pandas":
            raise ModuleNotFoundError(f"{name} is not imported here", name=name)


def preload() -> None:
    """Read a sample, so that all that reading needs is imported and made."""
    from dangjian.metrics import dumps
    from dangjian.runs.batch.extracting import extract

    report = Report.from_text("发展党员1名，整改率95%。")
    dumps(extract(report).observations, ".parquet", (report,))


if "pandas" not in sys.modules:  # the process that workers are forked from, not one that uses this library
    sys.meta_path.insert(0, _WithoutPandas)
    preload()
