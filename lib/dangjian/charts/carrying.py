"""How a chart keeps the figures it shows with it: remembered beside the drawing, saved by the notebook with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from dangjian.wording.carried import ATTRIBUTE, MIME

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_REMEMBERED: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


def remember(figure: Figure, found: dict[str, Any]) -> None:
    """Keep what a drawing shows for as long as the drawing lives."""
    _REMEMBERED[figure] = found


def recall(figure: Figure) -> dict[str, Any] | None:
    """What a drawing shows, None where nothing is known of it."""
    return _REMEMBERED.get(figure)


def dress(formatters: dict[str, Any]) -> None:
    """Let a notebook save what drawings and tables show beside their pictures; plotly figures hold it themselves."""
    import pandas as pd
    from IPython.core.formatters import BaseFormatter
    from matplotlib.figure import Figure
    from traitlets import ObjectName, Unicode

    class Carried(BaseFormatter):  # type: ignore[misc,unused-ignore]
        """The figures that an object shows, as JSON."""

        format_type = Unicode(MIME)
        print_method = ObjectName("_repr_dangjian_")
        _return_type = dict

    made: Any = Carried()
    made.for_type(Figure, recall)
    made.for_type(pd.DataFrame, _of_table)
    formatters[MIME] = made


def _of_table(table: Any) -> Any:
    return table.attrs.get(ATTRIBUTE)
