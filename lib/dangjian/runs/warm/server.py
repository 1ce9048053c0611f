"""The process that kernels are forked from: one thread, one socket file, no cell ever run in it.

``python -m dangjian.runs.warm.server SOCKET [--tied | --idle SECONDS]`` answers "ready" on its standard output.
Tied, it ends when its standard input is closed, which is when its starter is gone, and forks no more once anything is
written there; idle, it ends when nobody has asked for anything for so long. A kernel whose client goes away is ended
with its whole process group.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from dangjian.runs.warm import child, preload, wire

PATIENCE = 10.0
"""Seconds for a client to send its request: a stuck one holds up no other."""


@dataclass
class Forked:
    """A process that was forked, and the client that asked for it."""

    pid: int
    connection: socket.socket


class Server:
    """Forks on request, tells of ends, ends what nobody waits for."""

    def __init__(self, listening: socket.socket, tied: bool, idle: float | None) -> None:
        self.listening, self.tied, self.idle = listening, tied, idle
        self.forked: dict[int, Forked] = {}
        self.selector = selectors.DefaultSelector()
        self.wake_read, self.wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self.wake_write, warn_on_full_buffer=False)
        self.selector.register(listening, selectors.EVENT_READ, "ask")
        self.selector.register(self.wake_read, selectors.EVENT_READ, "child")
        if tied:
            self.selector.register(0, selectors.EVENT_READ, "starter")

    def serve(self) -> bool:
        """Until nobody asks any more, or the starter is gone: True then."""
        while True:
            ready = self.selector.select(None if self.forked else self.idle)
            if not ready and not self.forked:
                return False
            for key, _ in ready:
                if key.data == "starter":
                    if not os.read(0, 4096):
                        return True
                    self._retire()
                elif key.data == "child":
                    with suppress(BlockingIOError):
                        os.read(self.wake_read, 4096)
                    self._reap()
                elif key.data == "ask":
                    self._answer()
                else:
                    self._lost(key.data)

    def _retire(self) -> None:
        """Ask for no more: end with the last kernel."""
        if self.listening.fileno() >= 0:
            self.selector.unregister(self.listening)
            self.listening.close()
        self.idle = 0.0

    def close(self) -> None:
        """End every process that is left."""
        for forked in self.forked.values():
            _end_group(forked.pid)

    def _answer(self) -> None:
        connection, _ = self.listening.accept()
        connection.settimeout(PATIENCE)
        try:
            request, descriptors = wire.read_request(connection)
        except OSError:
            connection.close()
            return
        pid = os.fork()
        if pid == 0:
            self._leave(connection)
            child.become(request, descriptors, os.getppid())
        for descriptor in descriptors:
            os.close(descriptor)
        forked = Forked(pid, connection)
        self.forked[pid] = forked
        self.selector.register(connection, selectors.EVENT_READ, forked)
        _tell(forked, pid=pid)

    def _leave(self, connection: socket.socket) -> None:
        """In the fork: close what belongs to the server, and take signals as a new process does."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.selector.close()
        for descriptor in (self.wake_read, self.wake_write):
            os.close(descriptor)
        self.listening.close()
        connection.close()
        for forked in self.forked.values():
            forked.connection.close()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            forked = self.forked.pop(pid, None)
            if forked is not None:
                _end_group(pid)  # what a cell left running
                _tell(forked, exit=os.waitstatus_to_exitcode(status))
                self._forget(forked)

    def _lost(self, forked: Forked) -> None:
        """A client said something after its request or went away: only the second is ever the case."""
        data = b""
        with suppress(OSError):
            data = forked.connection.recv(4096)
        if not data:
            _end_group(forked.pid)
            self._forget(forked)

    def _forget(self, forked: Forked) -> None:
        with suppress(KeyError, ValueError):
            self.selector.unregister(forked.connection)
        forked.connection.close()


def _tell(forked: Forked, **said: Any) -> None:
    with suppress(OSError):
        forked.connection.sendall(json.dumps(said).encode("ascii") + b"\n")


def _end_group(pid: int) -> None:
    for end in (os.killpg, os.kill):  # the group is not there in the instant before the fork made it
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def main(arguments: list[str]) -> int:
    """Import everything, then serve on the socket file named."""
    place, tied = arguments[0], "--tied" in arguments
    idle = float(arguments[arguments.index("--idle") + 1]) if "--idle" in arguments else None
    if sys.path and sys.path[0] in ("", os.getcwd()):
        del sys.path[0]  # what -m puts there; a kernel puts its own
    gc.disable()
    preload.load()
    gc.enable()
    gc.collect()
    gc.freeze()
    if preload.threads() > 1:
        print("the server has more than one thread and cannot fork", file=sys.stderr)
        return 1
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as listening:
        with suppress(FileNotFoundError):
            os.unlink(place)
        listening.bind(place)
        os.chmod(place, 0o600)
        listening.listen(64)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, frame: sys.exit(0))
        server = Server(listening, tied, idle)
        print("ready", flush=True)
        orphaned = False
        try:
            orphaned = server.serve()
        finally:
            server.close()
            with suppress(FileNotFoundError):
                os.unlink(place)
            if orphaned:  # a starter that was killed left the folders of its runs
                shutil.rmtree(os.path.dirname(place), ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
