"""The client's side of warm kernels: start a server, or find one that stands; ask it for a kernel."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dangjian.runs.private import HELD, private_folder, remove
from dangjian.runs.warm import likeness, wire
from dangjian.runs.warm.process import ServerGone, WarmProcess

START = 120.0
"""Seconds that a server may take to import everything; 3 on a quiet machine."""
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # Arrow's allocator starts a thread when it is loaded
}
"""What keeps the server to one thread: a fork copies no other."""


class WarmServer:
    """A server reached under its socket file: one that this process started, or one that stands for all.

    Attributes:
        folder: for a server of this process's own, a private folder, which the server removes with all that is in it
            when this process is killed.
    """

    def __init__(self, environment: Mapping[str, str], place: Path, code: str, folder: Path | None = None) -> None:
        self.place, self.folder = place, folder
        self.process: subprocess.Popen[bytes] | None = None
        self._settings, self._code = likeness.settings(environment), code
        self._lock = threading.Lock()
        self._ready = False

    def fits(self, environment: Mapping[str, str], code: str) -> bool:
        """Whether a kernel forked from it is the like of an ordinary one with this environment, started now."""
        return self._settings == likeness.settings(environment) and self._code == code

    @property
    def gone(self) -> bool:
        """Whether it was started here and has ended."""
        return self.process is not None and self.process.poll() is not None

    def kernel(self, argv: list[str], cwd: str, env: Mapping[str, str], descriptors: list[int]) -> WarmProcess:
        """A kernel with these arguments of ``ipykernel_launcher``.

        Args:
            descriptors: its standard input, output and error.
        Raises:
            ServerGone: there is no kernel to be had from this server.
        """
        self.await_ready()
        request = {"argv": argv, "cwd": cwd, "env": dict(env), "umask": wire.umask()}
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        try:
            connection.connect(str(self.place))
            wire.send_request(connection, request, descriptors)
        except OSError as fault:
            connection.close()
            raise ServerGone(f"it does not answer ({fault.strerror or fault})") from None
        return WarmProcess(connection)

    def await_ready(self) -> None:
        """Wait until it has imported everything.

        Raises:
            ServerGone: it ended before, or took too long.
        """
        with self._lock:
            if self._ready or self.process is None:
                return
            assert self.process.stdout is not None
            if self.process.stdout.closed:  # another thread waited before this one, and in vain
                raise ServerGone("it has ended")
            ready, _, _ = select.select([self.process.stdout], [], [], START)
            if not ready or self.process.stdout.readline() != b"ready\n":
                said: list[str] = []
                with suppress(OSError):
                    said = self.place.with_name("log").read_text("utf-8", "replace").strip().splitlines()
                self.close()
                raise ServerGone(said[-1] if said else f"it was not ready after {START:g} s")
            self._ready = True

    def retire(self) -> None:
        """Let it end when the last of its kernels has; it forks no more. This object must be kept until then."""
        if self.process is not None and self.process.stdin is not None and not self.gone:
            with suppress(OSError):
                os.write(self.process.stdin.fileno(), b"r")

    def close(self) -> None:
        """End the server, where it was started here, and everything forked from it."""
        if self.process is None:
            return
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.folder is not None and self.folder.is_dir():
            own = {"s", "log", HELD}
            if own >= set(os.listdir(self.folder)):
                remove(self.folder)  # else a run has its own in it and goes on in an ordinary kernel


def can_fork() -> bool:
    """Whether this system can do it: Linux alone is known to."""
    return sys.platform == "linux"


def start(environment: Mapping[str, str]) -> WarmServer:
    """Begin to start a server of this process's own, which ends when this process does; it is not waited for.

    Raises:
        ServerGone: it cannot be started here.
    """
    if not can_fork():
        raise ServerGone("kernels are forked on Linux alone")
    code = likeness.code()  # before the server reads the code, so that an edit meanwhile is seen
    folder = private_folder()
    server = WarmServer(environment, folder / "s", code, folder)
    try:
        with (folder / "log").open("wb") as log:
            server.process = subprocess.Popen(
                [sys.executable, "-m", "dangjian.runs.warm.server", str(server.place), "--tied"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=launch_environment(environment),
                start_new_session=True,  # Ctrl-C is for the starter
            )
    except OSError as fault:
        remove(folder)
        raise ServerGone(f"it cannot be started ({fault.strerror})") from None
    return server


def launch_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a server whose kernels get the one given."""
    return {**environment, **ONE_THREAD, "MPLBACKEND": ""}


def standing_place(environment: Mapping[str, str], code: str) -> Path:
    """The socket file of the server that stands for all kernels of this kind, whether it is there or not."""
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/tmp/dangjian-{os.getuid()}"
    return Path(runtime) / f"dangjian-{likeness.key(environment, code)}"


def standing(environment: Mapping[str, str], code: str) -> WarmServer | None:
    """The server that ``dangjian kernels serve`` keeps for kernels of this kind, None where there is none."""
    if not can_fork():
        return None
    place = standing_place(environment, code)
    with suppress(OSError):
        owner = place.parent.stat()
        if owner.st_uid == os.getuid() and not owner.st_mode & 0o022 and place.is_socket():
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as asked:
                asked.connect(str(place))  # a file that a killed server left refuses
            return WarmServer(environment, place, code)
    return None
