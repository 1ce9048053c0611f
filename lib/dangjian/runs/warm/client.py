"""The client's side of warm kernels: start a server, ask it for a process, know when that process ends."""

from __future__ import annotations

import atexit
import json
import logging
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from dangjian.runs.warm import wire

LOG = logging.getLogger("dangjian.warm")
START = 60.0
"""Seconds that a server may take to import everything."""
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # Arrow's allocator starts a thread when it is loaded
}
"""What keeps the server to one thread: a fork copies no other."""
CALL = 300.0
"""Seconds that one call may take."""


class ServerGone(Exception):
    """The server cannot be reached; ordinary kernels do the work then."""


class WarmProcess:
    """A forked process, with what jupyter_client asks of ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = b""
        self.returncode: int | None = None
        started = self._line(CALL)
        if started is None or "pid" not in started:
            connection.close()
            raise ServerGone("it ended while it was asked")
        self.pid = int(started["pid"])

    def poll(self) -> int | None:
        """The exit code, None while it runs; that of a kill where the server is gone."""
        return self.wait(0.0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end, at most so many seconds."""
        if self.returncode is None:
            ended = self._line(timeout)
            if ended is not None:
                self.returncode = int(ended.get("exit", -9))
                self._connection.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(9)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(15)

    def _line(self, timeout: float | None) -> dict[str, Any] | None:
        """The next line of the server's; {} where the server is gone, None where the time is over."""
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([self._connection], [], [], timeout)
            if not ready:
                return None
            try:
                more = self._connection.recv(4096)
            except OSError:
                more = b""
            if not more:
                return {}
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found


class WarmServer:
    """A server that was reached under its socket file."""

    def __init__(
        self, place: Path, environment: dict[str, str], process: subprocess.Popen[bytes] | None = None
    ) -> None:
        self.place, self.process = place, process
        self._python = _python_settings(environment)

    def kernel(self, argv: list[str], cwd: str, env: dict[str, str], descriptors: list[int]) -> WarmProcess:
        """A kernel with these arguments of ``ipykernel_launcher``.

        Raises:
            ServerGone: also where the environment asks for another start of Python than the server had.
        """
        if _python_settings(env) != self._python:
            raise ServerGone("the run's PYTHON… variables are not those that it was started with")
        return self._ask({"kind": "kernel", "argv": argv}, cwd, env, descriptors)

    def call(self, function: str, arguments: list[Any]) -> bool:
        """Call ``module:function`` in a process of its own; False where the server is gone and nothing was done.

        Raises:
            OSError: as the function raised it.
            RuntimeError: what else the function raised, its kind and text.
        """
        read, write = os.pipe()
        try:
            with open(os.devnull, "rb") as nothing, open(os.devnull, "wb") as nowhere:
                request = {"kind": "call", "function": function, "arguments": arguments}
                try:
                    fds = [nothing.fileno(), write, nowhere.fileno()]
                    process = self._ask(request, os.getcwd(), dict(os.environ), fds)
                except ServerGone:
                    return False
                finally:
                    os.close(write)
            if process.wait(CALL) is None:
                process.kill()
                raise RuntimeError(f"{function} took longer than {CALL:g} s")
            said = b""
            while more := os.read(read, 65536):
                said += more
        finally:
            os.close(read)
        told = json.loads(said or b"{}")
        if "errno" in told:
            raise OSError(told["errno"], told["text"], told["file"] or None)
        if "kind" in told:
            raise RuntimeError(f"{told['kind']}: {told['text']}")
        if not told.get("ended"):
            raise RuntimeError(f"the process of {function} was ended from outside (exit {process.returncode})")
        return True

    def close(self) -> None:
        """End the server, where it was started here, and everything forked from it."""
        if self.process is not None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            if self.process.stdout is not None:
                self.process.stdout.close()
            shutil.rmtree(self.place.parent, ignore_errors=True)
            self.process = None

    def _ask(self, request: dict[str, Any], cwd: str, env: dict[str, str], descriptors: list[int]) -> WarmProcess:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        try:
            connection.connect(str(self.place))
            whole = request | {"cwd": cwd, "env": env, "umask": wire.umask()}
            wire.send_request(connection, whole, descriptors)
        except OSError as fault:
            connection.close()
            raise ServerGone(f"it does not answer ({fault.strerror or fault})") from None
        return WarmProcess(connection)


def _python_settings(environment: dict[str, str]) -> dict[str, str]:
    """What Python and the libraries below it read once, when they start."""
    fixed = ("PYTHONHASHSEED", "PYTHONUTF8", "PYTHONOPTIMIZE", "PYTHONHOME", "LD_PRELOAD", "LD_LIBRARY_PATH")
    return {name: environment[name] for name in fixed if environment.get(name)}


def can_fork() -> bool:
    """Whether this system can do it: Linux alone is known to."""
    return sys.platform == "linux"


def start(environment: dict[str, str] | None = None) -> WarmServer:
    """A server of this process's own; it ends when this process does.

    Raises:
        ServerGone: it could not be started; the message says why.
    """
    if not can_fork():
        raise ServerGone("kernels are forked on Linux alone")
    folder = Path(tempfile.mkdtemp(prefix="djw"))
    place = folder / "s"
    env = dict(os.environ if environment is None else environment)
    launched = env | ONE_THREAD | {"MPLBACKEND": ""}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dangjian.runs.warm.server", str(place), "--tied"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=launched,
            start_new_session=True,  # Ctrl-C is for the starter
        )
    server = WarmServer(place, env, process)
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], START)
    if not ready or process.stdout.readline() != b"ready\n":
        said = (folder / "log").read_text("utf-8", "replace").strip().splitlines()
        server.close()
        raise ServerGone(said[-1] if said else f"it was not ready after {START:g} s")
    return server


class _Shared:
    """The one server of this process, started when it is first asked for."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.server: WarmServer | None = None
        self.tried = False


_SHARED = _Shared()


def shared_server() -> WarmServer | None:
    """The server of this process, None where there is none to be had; said once, as a warning."""
    with _SHARED.lock:
        if not _SHARED.tried:
            _SHARED.tried = True
            try:
                from dangjian.runs.engine import kernel_environment

                _SHARED.server = start(kernel_environment())
                atexit.register(close_shared)
            except (ServerGone, OSError) as fault:
                LOG.warning("no warm kernels: %s; ordinary kernels run, some seconds slower each", fault)
        return _SHARED.server


def close_shared() -> None:
    """End the server of this process; the next one to ask starts another."""
    with _SHARED.lock:
        if _SHARED.server is not None:
            _SHARED.server.close()
        _SHARED.server, _SHARED.tried = None, False
