"""The kernel provisioner that any Jupyter client finds by its name: a kernel forked warm, else an ordinary one.

Its kernel spec is ``dangjian-warm``: ``papermill -k dangjian-warm in.ipynb out.ipynb`` is all that stock papermill
needs, once ``dangjian kernels install`` has put the spec where Jupyter looks.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import suppress
from typing import Any

from jupyter_client.provisioning import LocalProvisioner  # type: ignore[attr-defined]

from dangjian.runs.engine import GUARD
from dangjian.runs.warm.client import WarmServer
from dangjian.runs.warm.process import ServerGone
from dangjian.runs.warm.shared import failed, shared_server

LAST = 5.0
"""Seconds that a killed kernel may take to end before nobody waits for it any more."""
_LAUNCHER = ["-m", "ipykernel_launcher"]


class WarmProvisioner(LocalProvisioner):
    """Asks a server of this process for each kernel.

    Attributes:
        warm: the server to ask, where it is known already.
        is_warm: whether the kernel was forked.
    """

    warm: WarmServer | None = None
    is_warm = False

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork the kernel; launch it as ever where that cannot be."""
        self.is_warm = False
        if not _is_ours(cmd):
            return await super().launch_kernel(cmd, **kwargs)
        env = dict(kwargs.get("env") or os.environ)
        server = self.warm or shared_server(env)
        if server is not None:
            with _Streams(kwargs) as descriptors:
                try:
                    process = server.kernel(cmd[3:], str(kwargs.get("cwd") or os.getcwd()), env, descriptors)
                except ServerGone as fault:
                    failed(server, fault)
                else:
                    self.process, self.pid, self.pgid = process, process.pid, process.pid  # type: ignore[assignment]
                    self.cwd, self.is_warm = kwargs.get("cwd"), True
                    return self.connection_info
        return await super().launch_kernel([*cmd, f"--IPKernelApp.exec_lines={GUARD}"], **kwargs)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and wait for its end: its manager would look again after a tenth of a second."""
        await super().kill(restart)
        if self.is_warm:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wait(), LAST)

    async def wait(self) -> int | None:
        """Wait for the end; a forked kernel tells of it at once."""
        if not self.is_warm or self.process is None:
            return await super().wait()
        pause = 0.001
        while (code := self.process.poll()) is None:
            await asyncio.sleep(pause)
            pause = min(pause * 2, 0.05)
        self.process = None
        return int(code)


def _is_ours(cmd: list[str]) -> bool:
    """Whether the command starts the kernel that the server has imported, in the same Python."""
    return cmd[1:3] == _LAUNCHER and os.path.abspath(cmd[0]) == os.path.abspath(sys.executable)


class _Streams:
    """Descriptors for a kernel's standard streams out of Popen's arguments."""

    def __init__(self, kwargs: dict[str, Any]) -> None:
        self._wanted = [subprocess.DEVNULL, kwargs.get("stdout"), kwargs.get("stderr")]
        self._opened: list[int] = []

    def __enter__(self) -> list[int]:
        found: list[int] = []
        for number, wanted in enumerate(self._wanted):
            if wanted is None:
                found.append(number)
            elif wanted in (subprocess.DEVNULL, subprocess.PIPE):  # nobody reads a kernel's pipe
                self._opened.append(os.open(os.devnull, os.O_RDWR))
                found.append(self._opened[-1])
            elif wanted == subprocess.STDOUT:
                found.append(found[1])
            else:
                found.append(wanted if isinstance(wanted, int) else wanted.fileno())
        return found

    def __exit__(self, *fault: object) -> None:
        for descriptor in self._opened:
            os.close(descriptor)
