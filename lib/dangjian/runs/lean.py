"""papermill's engine without its waits: no fixed pause before the first cell, an immediate stop, few saves.

``papermill --engine dangjian`` finds it by its entry point; dangjian's own runs give it a watch besides.
"""

from __future__ import annotations

import logging
import os
import subprocess
import threading
import time
import uuid
from queue import Empty
from typing import Any

import zmq
from jupyter_client import AsyncKernelManager  # type: ignore[attr-defined]
from jupyter_core.utils import ensure_event_loop, run_sync
from nbclient.util import run_hook
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from traitlets.config import Config

from dangjian.runs.engine import GUARD, end_group, kernel_environment, write_values
from dangjian.runs.watch import Watch

SAVE_EVERY = 2.0
RECONNECT_EVERY = 2
"""Milliseconds between attempts to connect to a kernel that is not listening yet; ZMQ's own are 100."""
HEARD = 0.02
"""Seconds to wait for a sign on the output channel before the kernel is asked for another."""


class LeanClient(PapermillNotebookClient):  # type: ignore[misc]
    """A client that goes on as soon as the kernel is ready."""

    async def async_start_new_kernel_client(self) -> Any:
        """Connect, and wait for an answer on the shell channel and for a sign on the output channel, no longer."""
        kc = self.kc = self.km.client()
        kc.context.setsockopt(zmq.RECONNECT_IVL, RECONNECT_EVERY)
        kc.start_channels(hb=False)  # whether the kernel lives is asked of its manager
        try:
            await self._ready(kc, time.monotonic() + self.startup_timeout)
        except Exception:
            await self._async_cleanup_kernel()
            raise
        kc.allow_stdin = False
        await run_hook(self.on_notebook_start, notebook=self.nb)
        return kc

    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def _ready(self, kc: Any, deadline: float) -> None:
        while True:
            kc.kernel_info()
            reply = await _message(kc.shell_channel, 0.5)
            answered = reply is not None and reply["msg_type"] == "kernel_info_reply"
            # outputs sent before the output channel is connected would be lost: wait for any of it
            if answered and await _message(kc.iopub_channel, HEARD) is not None:
                return
            if not await self.km.is_alive():
                raise RuntimeError("the kernel ended before it was ready")
            if time.monotonic() > deadline:
                raise RuntimeError(f"the kernel was not ready in {self.startup_timeout} seconds")


async def _message(channel: Any, timeout: float) -> Any:
    try:
        return await channel.get_msg(timeout=timeout)
    except (TimeoutError, Empty):
        return None


class LeanEngine(NBClientEngine):  # type: ignore[misc]
    """The engine: by name for stock papermill, with ``watch`` for our own runs."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, watch: Watch | None = None, start_timeout: int = 60, **kwargs: Any
    ) -> None:
        """Run every cell; the kernel and all that it started are gone when this returns."""
        _save_seldom(nb_man)
        try:
            if watch is not None:
                _watched(nb_man, kernel_name, watch)
            else:
                timeout = kwargs.pop("execution_timeout", None) or kwargs.pop("timeout", None)
                taken = {name: kwargs[name] for name in ("log_output", "stdout_file", "stderr_file") if name in kwargs}
                LeanClient(
                    nb_man,
                    kernel_name=kernel_name,
                    timeout=timeout,
                    startup_timeout=start_timeout,
                    shutdown_kernel="immediate",
                    extra_arguments=[f"--IPKernelApp.exec_lines={GUARD}"],
                    log=logging.getLogger("papermill"),
                    **taken,
                ).execute()
        finally:
            nb_man.__dict__.pop("save", None)


def _watched(nb_man: Any, kernel_name: str, watch: Watch) -> None:
    watch.notebook = nb_man.nb
    write_values(nb_man.nb, watch.values)
    config = Config()
    if os.name == "posix":  # sockets in a private folder: no ports to collide, nobody listens in
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(watch.private / "k")
    manager = AsyncKernelManager(
        kernel_name=kernel_name, config=config, connection_file=str(watch.private / "kernel.json")
    )
    if watch.server is not None:
        _warm(manager, watch.server)
    client: Any = LeanClient(
        nb_man,
        km=manager,
        kernel_name=kernel_name,
        log=logging.getLogger("papermill"),
        startup_timeout=60,
        timeout_func=watch.allowance,
        on_cell_start=watch.starts,
        on_cell_executed=watch.executed,
        on_notebook_start=lambda notebook: _note(manager, watch),
        shutdown_kernel="immediate",
        record_timing=False,
        extra_arguments=[f"--IPKernelApp.exec_lines={GUARD}", "--HistoryManager.hist_file=:memory:"],
    )
    try:
        with (watch.private / "stderr").open("wb") as said:
            client.execute(
                cwd=str(watch.folder),
                env=kernel_environment(watch.private),
                stdout=subprocess.DEVNULL,
                stderr=said,
                cleanup_kc=True,
            )
    finally:
        end_group(watch.process_group)
        if threading.current_thread() is not threading.main_thread():
            ensure_event_loop().close()  # a thread's loop is nobody else's, and nobody else closes it


def _warm(manager: Any, server: Any) -> None:
    from dangjian.runs.warm.provisioner import WarmProvisioner

    manager.kernel_id = str(uuid.uuid4())
    provisioner = WarmProvisioner(kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager)
    provisioner.warm = server
    manager.provisioner = provisioner


def _note(manager: Any, watch: Watch) -> None:
    provisioner = manager.provisioner
    watch.process_group = getattr(provisioner, "pgid", None)
    watch.warm = getattr(provisioner, "is_warm", False)


def _save_seldom(nb_man: Any) -> None:
    """Saves before and after every cell become one in two seconds; the last one is always made."""
    whole, last = nb_man.save, [time.monotonic()]

    def save(**kwargs: Any) -> None:
        if time.monotonic() - last[0] >= SAVE_EVERY:
            whole(**kwargs)
            last[0] = time.monotonic()

    nb_man.save = save
