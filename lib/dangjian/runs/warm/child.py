"""What a forked process does: become a kernel as if started anew."""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import sys
import threading
import time
import traceback
from importlib import import_module, reload
from typing import Any, NoReturn

_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def become(request: dict[str, Any], descriptors: list[int], server: int) -> NoReturn:
    """Take on the directory, environment and descriptors asked for, serve as kernel, end. Never returns."""
    code = 1
    try:
        _settle(request, descriptors, server)
        _kernel(request["argv"], server)
        code = 0
    except SystemExit as leave:
        code = leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        _end(code)
    raise AssertionError


def _settle(request: dict[str, Any], descriptors: list[int], server: int) -> None:
    os.setsid()
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != server:  # it died between the fork and the line above
        os._exit(1)
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    for descriptor in descriptors:
        if descriptor > 2:
            os.close(descriptor)
    os.umask(request["umask"])
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    import numpy

    numpy.random.seed()  # Python's own generator seeds itself anew after a fork; numpy's is a copy


def _kernel(argv: list[str], server: int) -> None:
    """The ordinary kernel application, from its own first line."""
    from ipykernel.kernelapp import IPKernelApp

    launcher = import_module("importlib.util").find_spec("ipykernel_launcher")
    sys.argv = [launcher.origin, *argv]
    os.environ["JPY_PARENT_PID"] = str(server)
    app: Any = IPKernelApp.instance()
    app.initialize([*argv, f"--IPKernelApp.parent_handle={server}"])
    _follow_the_shell()
    app.start()


def _follow_the_shell() -> None:
    """Settings that libraries take when they are imported into a kernel: here they were imported before it."""
    if "matplotlib" in sys.modules and os.environ.get("MPLBACKEND"):
        import matplotlib

        dict.__setitem__(matplotlib.rcParams, "backend", os.environ["MPLBACKEND"])
    if "plotly.io._renderers" in sys.modules:
        import plotly.io

        fresh = reload(sys.modules["plotly.io._renderers"])  # chooses the renderer that fits this environment
        plotly.io.renderers, plotly.io.show = fresh.renderers, fresh.show


def _end(code: int) -> NoReturn:
    """End as an interpreter ends, but for tearing down what belongs to the server."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except BaseException:
        pass
    os._exit(code)
