"""The servers of this process: one a kind of kernel, started when first asked for, anew when the code changes."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Mapping

from dangjian.runs.warm import client, likeness
from dangjian.runs.warm.client import WarmServer
from dangjian.runs.warm.process import ServerGone

LOG = logging.getLogger("dangjian.warm")
MOST = 3
"""Servers that this process keeps at once, and starts of one kind that may fail before ordinary kernels take over."""

_LOCK = threading.Lock()
_SERVERS: dict[str, WarmServer] = {}
_RETIRED: list[WarmServer] = []
_FAILED: dict[str, int] = {}
_WARNED: set[str] = set()


def shared_server(environment: Mapping[str, str]) -> WarmServer | None:
    """The server whose kernels are like an ordinary one with this environment; None where there is none to be had.

    It may still be importing: whoever asks it for a kernel waits. Of what stands in the way a warning is logged, once.
    """
    with _LOCK:
        code = likeness.code()
        name = str(sorted(likeness.settings(environment).items()))
        server = _SERVERS.get(name)
        if server is not None and server.gone:  # it was killed: its runs have failed, the next ones get another
            _SERVERS.pop(name).close()
            _FAILED[name] = _FAILED.get(name, 0) + 1
            server = None
        if server is not None and not server.fits(environment, code):  # edited since: kernels would run the old code
            _retire(name)
            server = None
        if server is None and _FAILED.get(name, 0) < MOST:
            try:
                server = client.standing(environment, code) or client.start(environment)
            except ServerGone as fault:
                _FAILED[name] = MOST
                warn(f"no warm kernels: {fault}; ordinary kernels run, some seconds slower each")
                return None
            if len(_SERVERS) >= MOST:
                _retire(next(iter(_SERVERS)))
            _SERVERS[name] = server
        return server


def failed(server: WarmServer, fault: ServerGone) -> None:
    """Remember that a server did not give a kernel, so that after a few of them nobody asks any more."""
    warn(f"no warm kernel: {fault}; an ordinary one runs, some seconds slower")
    with _LOCK:
        for name, known in list(_SERVERS.items()):
            if known is server:
                _retire(name)
                _FAILED[name] = _FAILED.get(name, 0) + 1


def _retire(name: str) -> None:
    """Fork no more from a server; it is kept here, since it ends when its standard input is closed."""
    _RETIRED.append(_SERVERS.pop(name))
    _RETIRED[-1].retire()
    for server in [server for server in _RETIRED if server.gone]:
        server.close()
        _RETIRED.remove(server)


def warn(line: str) -> None:
    """Log a warning, each one once."""
    if line not in _WARNED:
        _WARNED.add(line)
        LOG.warning(line)


def close_shared() -> None:
    """End the servers of this process and all kernels forked from them; who asks next starts another."""
    with _LOCK:
        for server in (*_SERVERS.values(), *_RETIRED):
            server.close()
        _SERVERS.clear()
        _RETIRED.clear()
        _FAILED.clear()
        _WARNED.clear()


def _forget() -> None:
    """In a fork of this process: the servers are its parent's."""
    global _LOCK
    _LOCK = threading.Lock()
    _SERVERS.clear()
    _RETIRED.clear()


atexit.register(close_shared)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
