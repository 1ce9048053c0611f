"""What the server imports and warms up before the first fork: no socket, no loop, no thread, no setting changed."""

from __future__ import annotations

import importlib
import logging
import sys
from contextlib import suppress
from pathlib import Path

KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "zmq.asyncio")
PACKAGES = (
    *("numpy", "pandas", "pyarrow.parquet", "matplotlib.figure", "matplotlib.backends.backend_agg"),
    *("matplotlib.backends.backend_svg", "plotly.graph_objects", "plotly.io", "nbformat", "jinja2", "mistune"),
    *("fontTools.subset", "fontTools.ttLib.woff2", "jieba", "itables", "IPython.display", "IPython.core.completer"),
)
ROOMS = ("analysis", "wording", "charts", "metrics", "indicators", "reports", "runs.run", "runs.notebook", "briefings")
SLOW = ("rfc3987_syntax",)
"""Kept out: 1.45 s of grammars that no notebook needs."""
HOOKING = ("matplotlib.pyplot", "matplotlib_inline.backend_inline")
"""Taken out again, should anything have imported them: a kernel imports them anew."""


def load() -> None:
    """Import all that notebooks and pages take, and draw one chart of each kind into nowhere."""
    for name in SLOW:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # two thirds of a kernel's start, and no run debugs
    for name in (*KERNEL, *PACKAGES, *(f"dangjian.{room}" for room in ROOMS)):
        with suppress(ImportError):
            importlib.import_module(name)
    _warm_reading()
    _warm_drawing()
    _warm_words()
    del sys.modules["debugpy"]


def _warm_reading() -> None:
    from dangjian.indicators import extract
    from dangjian.metrics import frame
    from dangjian.reports import Report

    report = Report.from_text("衡川区2021年工作报告\n\n全年发展党员12名，整改率95%。\n")
    frame(extract(report).observations, (report,)).to_html()


def _warm_drawing() -> None:
    """One small chart by each library, every setting left as it was.

    Not through pyplot: that and the backend of notebooks hook themselves into the kernel when they are first imported.
    """
    import io

    import matplotlib
    import plotly.graph_objects as go
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from dangjian.charts import style

    with matplotlib.rc_context(style.rc()):
        figure = Figure(figsize=(2, 1))
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        axes.bar([0], [1], hatch="//")
        axes.set_title("预热12%")
        for form in ("png", "svg"):
            figure.savefig(io.BytesIO(), format=form)
    go.Figure([go.Bar(x=[1], y=[1]), go.Scatter(x=[1], y=[1])], {"template": style.template()}).to_plotly_json()
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
