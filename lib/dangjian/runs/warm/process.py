"""A forked process as its client sees it."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from contextlib import suppress
from typing import Any

ANSWER = 20.0
"""Seconds that a server may take to fork."""


class ServerGone(Exception):
    """There is no server to fork from; ordinary kernels do the work then. The text says why."""


class WarmProcess:
    """A forked process, with what jupyter_client asks of ``subprocess.Popen``.

    The server says on the connection when it ends; where the server itself is gone the kernel went with it.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = b""
        self.returncode: int | None = None
        started = self._line(ANSWER)
        if not started:
            connection.close()
            raise ServerGone("it ended while it was asked" if started == {} else "it does not answer")
        self.pid = int(started["pid"])

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self.wait(0.0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end, at most so many seconds; None where it still runs then."""
        if self.returncode is None:
            ended = self._line(timeout)
            if ended is not None:
                if "exit" not in ended:  # the server was killed and took the kernel with it, not the kernel's children
                    with suppress(ProcessLookupError, PermissionError):
                        os.killpg(self.pid, signal.SIGKILL)
                self.returncode = int(ended.get("exit", -signal.SIGKILL))
                self._connection.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _line(self, timeout: float | None) -> dict[str, Any] | None:
        """The next line of the server's; {} where the server is gone, None where the time is over."""
        until = None if timeout is None else time.monotonic() + timeout
        while b"\n" not in self._buffer:
            self._connection.settimeout(None if until is None else max(0.0, until - time.monotonic()))
            try:
                more = self._connection.recv(4096)
            except (BlockingIOError, TimeoutError):
                return None
            except OSError:
                more = b""
            if not more:
                return {}
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found
