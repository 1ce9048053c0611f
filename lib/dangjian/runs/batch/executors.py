"""One interface for work elsewhere: any ``concurrent.futures.Executor``, here threads, processes, or neither.

Functions and what they are given and give can be pickled, so that a cluster's executor serves as well.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from multiprocessing import connection
from typing import ParamSpec, TypeVar

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")

AHEAD = 2
"""Tasks a worker that are handed over at once: one in work, one waiting, so that memory does not grow with the rest."""


class Here(Executor):
    """The calling thread: a task is done when it has been submitted."""

    def submit(self, function: Callable[P, R], /, *arguments: P.args, **named: P.kwargs) -> Future[R]:
        """Call the function at once."""
        future: Future[R] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as fault:
            future.set_exception(fault)
        return future


def workers() -> int:
    """As many as there are cores for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes(count: int) -> Executor:
    """Processes of this machine, which end when this process does, however that ends."""
    if count < 2:
        return Here()
    method = "spawn" if sys.platform == "win32" else "forkserver"  # never a fork of a process that has threads
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["dangjian.runs.batch.preloaded"])
    return ProcessPoolExecutor(count, mp_context=context, initializer=_end_with_parent)


def threads(count: int) -> Executor:
    """Threads of this process: each waits for a kernel of its own."""
    return ThreadPoolExecutor(count, thread_name_prefix="run")


def spread(
    executor: Executor, function: Callable[[T], R], tasks: Iterable[T], ahead: int
) -> Iterator[tuple[T, Future[R]]]:
    """Each task with its finished future, as they finish; never more than ``ahead`` are handed over at once."""
    waiting: dict[Future[R], T] = {}
    more = iter(tasks)
    try:
        while True:
            for task in more:
                waiting[executor.submit(function, task)] = task
                if len(waiting) >= ahead:
                    break
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future
    finally:
        for future in waiting:
            future.cancel()


def _end_with_parent() -> None:
    """In a worker: end as soon as the process that wants the work is gone; the pool itself would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
