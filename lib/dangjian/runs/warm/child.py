"""What a forked process does: become a kernel as if started anew, or call one function and end."""

from __future__ import annotations

import atexit
import ctypes
import json
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
    """Take on the directory, environment and descriptors asked for, do the work, end. Never returns."""
    code = 1
    try:
        _settle(request, descriptors, server)
        if request["kind"] == "kernel":
            _kernel(request["argv"], server)
        else:
            _call(request["function"], request["arguments"])
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
    # Python reads PYTHONPATH when it starts; a kernel of its own would have these places behind the first
    for place in reversed([path for path in request["env"].get("PYTHONPATH", "").split(os.pathsep) if path]):
        if place not in sys.path:
            sys.path.insert(0, place)
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


def _call(function: str, arguments: list[Any]) -> None:
    """Call a function and write what it raised, if anything, to standard output."""
    said: dict[str, Any] = {}
    module, _, name = function.partition(":")
    try:
        getattr(import_module(module), name)(*arguments)
    except OSError as fault:
        said = {"errno": fault.errno, "text": fault.strerror or str(fault), "file": str(fault.filename or "")}
    except Exception as fault:
        said = {"kind": type(fault).__name__, "text": str(fault)}
    data = json.dumps(said | {"ended": True}).encode("ascii")
    while data:
        data = data[os.write(1, data) :]


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
