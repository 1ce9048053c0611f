"""Work sent to a Dask cluster: its executor, and what each worker gets ready before it is given any.

The workers have dangjian installed, the same as here: other code would read reports otherwise.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from distributed import Client, WorkerPlugin

from dangjian.errors import DangjianError
from dangjian.runs.batch.stamps import Stamps, reading_code

_CLIENT: Any = Client
PATIENCE = 20
"""Seconds for a scheduler to answer."""
RETRIES = 2
"""How often a task is given to another worker when its own is lost."""
IDLE = 600
"""Seconds after which a server of kernels ends when nobody asks it for one."""


class ClusterError(DangjianError):
    """A cluster cannot be used: it does not answer, has no workers, other code, or does not see the files."""


@contextmanager
def connected(address: str, *, kernels: bool = False, places: Iterable[Path] = ()) -> Iterator[tuple[Executor, int]]:
    """The executor of a cluster that stands already, and how many tasks it does at once.

    Args:
        address: the scheduler's, as ``tcp://10.0.0.5:8786``.
        kernels: whether notebooks will run there: each machine then gets a server that kernels are forked from.
        places: what the workers must see under the same names, on a disk that the machines share.
    Raises:
        ClusterError: see there.
    """
    try:
        client: Any = _CLIENT(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as fault:
        said = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise ClusterError(f"{address}: no scheduler answers ({said}); start one with `dask scheduler`") from None
    try:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ClusterError(f"{address}: the cluster has no workers; start some with `dask worker {address}`")
        for worker, code in client.run(reading_now).items():
            if code != reading_now():
                raise ClusterError(f"{worker}: has another version of dangjian than this machine; install the same")
        for place in places:
            for worker, seen in client.run(os.path.exists, str(place.absolute())).items():
                if not seen:
                    raise ClusterError(f"{worker}: does not see {place}; use a disk that all machines share")
        if kernels:
            client.register_plugin(Kernels(), name="dangjian-kernels")
        yield client.get_executor(pure=False, retries=RETRIES), threads
    finally:
        client.close()


def reading_now() -> str:
    """What tells one state of the code that reads reports from another."""
    return reading_code(Stamps(Path(os.devnull)))


class Kernels(WorkerPlugin):  # type: ignore[misc,unused-ignore]
    """On each machine, one server that kernels are forked from, whichever of its workers comes first.

    It ends by itself when nobody has asked it for so long, or with the worker that started it where that ends well.
    """

    def __init__(self) -> None:
        self.server: subprocess.Popen[bytes] | None = None

    def setup(self, worker: Any) -> None:
        """Start the machine's server, unless it has one; its workers find it by its place."""
        from dangjian.runs.engine import kernel_environment
        from dangjian.runs.warm import client, likeness

        environment, code = kernel_environment(), likeness.code()
        if not client.can_fork() or client.standing(environment, code) is not None:
            return
        import fcntl

        place = client.standing_place(environment, code)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(f"{place}.lock", "wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # another worker of this machine is about to
            command = [sys.executable, "-m", "dangjian.runs.warm.server", str(place), "--idle", str(IDLE)]
            self.server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=client.launch_environment(environment),
                start_new_session=True,
            )
            assert self.server.stdout is not None
            self.server.stdout.readline()  # it is ready, or has ended and ordinary kernels do the work

    def teardown(self, worker: Any) -> None:
        """End the server that this worker started."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(10)
            assert self.server.stdout is not None
            self.server.stdout.close()
