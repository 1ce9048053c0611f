"""What the server imports and warms up before the first fork: no socket, no loop, no thread, no setting changed."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

KERNEL = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.debugger", "zmq.asyncio"),
    *("tornado.platform.asyncio", "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger"),
    *("IPython.core.oinspect", "IPython.core.pylabtools", "IPython.extensions.storemagic", "IPython.utils.wildcard"),
    *("pdb", "sqlite3", "faulthandler"),
)
PACKAGES = (
    *("numpy", "pandas", "pandas.core.reshape.reshape", "pandas.io.formats.string", "pyarrow.parquet", "jinja2"),
    *("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "nbformat"),
    *("plotly.graph_objects", "plotly.io", "plotly.io._base_renderers", "plotly.io._kaleido", "plotly.subplots"),
    *("jieba", "rjieba", "psutil", "IPython.display", "IPython.core.completer", "encodings.utf_8_sig"),
)
ROOMS = ("quantities", "indicators", "metrics", "analysis", "wording", "charts")
"""Rooms of dangjian that notebooks use; each of their modules is imported when it is first asked for."""
SLOW = ("rfc3987_syntax",)
"""Kept out: 1.45 s of grammars that no notebook needs."""
HOOKING = ("matplotlib.pyplot", "matplotlib_inline.backend_inline")
"""Taken out again, should anything have imported them: a kernel imports them anew."""


def load() -> None:
    """Import all that notebooks and pages take, and draw one chart of each kind into nowhere."""
    for name in SLOW:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # two thirds of a kernel's start, and no run debugs
    for name in (*KERNEL, *PACKAGES, *_rooms()):
        with suppress(ImportError):
            importlib.import_module(name)
    _warm_reading()
    _warm_drawing()
    _warm_words()
    del sys.modules["debugpy"]


def _rooms() -> Iterator[str]:
    import dangjian

    for found in pkgutil.walk_packages(dangjian.__path__, "dangjian.", onerror=lambda name: None):
        if found.name.split(".")[1] in ROOMS:
            yield found.name


def _warm_reading() -> None:
    """A report to its table, its words and its charts: what is read from files once is read."""
    import plotly.graph_objects as go
    import plotly.io

    from dangjian import analysis, wording
    from dangjian.charts import interactive, printed, vector
    from dangjian.indicators import extract
    from dangjian.metrics import frame
    from dangjian.reports import Report

    text = "衡川区2021年工作报告\n\n全年发展党员12名，整改率95%以上，巡察发现问题**个。\n"
    report = Report.from_text(text, report_id="x")
    table = frame(extract(report).observations, (report,))
    table.to_html()
    figures = analysis.latest(analysis.by_year(table, "rectification.rate", by="source"))
    wording.bullets(wording.findings(figures, "整改率"))
    for draw in (printed.ranges, printed.years):
        vector.svg(draw(figures))
    bar = go.Bar(x=[1], y=[1], marker={"pattern": {"shape": "/"}, "line": {"width": 1}})
    plotly.io.to_json(go.Figure([bar, go.Scatter(x=[1], y=[1], marker={"symbol": "x"})]))
    for compose in (interactive.ranges_interactive, interactive.years_interactive):
        plotly.io.to_json(compose(figures))


def _warm_drawing() -> None:
    """One small chart in pixels, every setting left as it was.

    Not through pyplot: that and the backend of notebooks hook themselves into the kernel when they are first imported.
    """
    import io

    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from dangjian.charts import style

    with matplotlib.rc_context(style.rc()):
        figure = Figure(figsize=(2, 1))
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        axes.bar([0], [1], hatch="//")
        axes.set_title("预热12%")
        figure.savefig(io.BytesIO(), format="png")
    for name in HOOKING:
        sys.modules.pop(name, None)


def _warm_words() -> None:
    """jieba's dictionary, without its log lines and with its level as it was."""
    try:
        import jieba
    except ImportError:
        return
    logger = logging.getLogger("jieba")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        jieba.initialize()
    finally:
        logger.setLevel(level)


def threads() -> int:
    """How many threads this process has, those of C libraries too."""
    return len(list(Path("/proc/self/task").iterdir()))
