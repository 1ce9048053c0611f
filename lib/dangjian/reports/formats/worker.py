"""A process that reads files for another one, held to limits: what a file does to it ends there.

It has an address space of its own size, may open no connection, start no process and write no file, and is ended when
its time is up. One is started when the first file needs it and reads until it fails; plain values go in and out.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from dangjian.reports.formats import CONVERTED, TEXT, Reading, Unreadable, check_kind, read_bytes
from dangjian.reports.limits import MB, Limits

HEADER = 8
GRACE = 15
"""Seconds for the process to start and to load what a format needs."""
PATIENCE = 6
"""A busy machine may take so many times the limit's seconds, as long as the process itself has not used them up."""
AT_ONCE = 32_000
"""A pipe takes so many bytes though nobody reads them yet; of more, the sender may have to wait."""
FULL = 700 * MB
"""A worker that once took this much memory ends itself after the file."""
_SETTINGS = {"PYTHONUTF8": "1", "OMP_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
_START = "import sys; from dangjian.reports.formats.worker import serve; serve(sys.argv[1])"
_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.spawn", "os.system", "os.posix_spawn", "os.remove", "os.rename",
    "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.chmod", "os.kill", "ftplib.", "urllib.",
)  # fmt: skip


def read_apart(data: bytes, suffix: str, limits: Limits) -> Reading:
    """Read a file's bytes in the worker.

    Raises:
        Unreadable: they cannot be read, passed a limit, or made the worker fail.
    """
    if suffix != TEXT:
        check_kind(data, suffix)
    if suffix in CONVERTED:
        from dangjian.reports.formats.office import to_docx

        data = to_docx(data, suffix, limits)
    with _Worker.lock:
        worker = _Worker.with_limits(limits)
        alone = worker.fresh
        try:
            return worker.read(data, suffix)
        except _Failed:
            if alone:
                raise
        # Perhaps for what files before it left there: it is judged by itself.
        return _Worker.with_limits(limits).read(data, suffix)


def start(limits: Limits) -> None:
    """Have the worker start while the caller does other things."""
    with _Worker.lock, suppress(Unreadable):
        _Worker.with_limits(limits)


class _Failed(Unreadable):
    """The worker ended by what it read."""


class _Worker:
    """The process and the pipes to it."""

    lock = threading.Lock()
    _one: _Worker | None = None

    def __init__(self, limits: Limits) -> None:
        self.limits, self.owner = limits, os.getpid()
        root = str(Path(__file__).resolve().parents[3])
        paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        try:
            self.process = subprocess.Popen(
                # -P: a file of the current folder must not be imported in a package's place.
                [sys.executable, "-P", "-c", _START, json.dumps(asdict(limits))],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), **_SETTINGS},
            )  # fmt: skip
        except OSError as fault:
            raise Unreadable(
                f"the process that reads files could not be started ({fault.strerror}); end other programs, try again"
            ) from None
        self.answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.fresh = True
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()

    @classmethod
    def with_limits(cls, limits: Limits) -> _Worker:
        """The worker at hand, or a new one where there is none, it has ended, or it was given other limits."""
        one = cls._one
        if one and one.owner != os.getpid():  # this process was forked: the worker is its parent's
            one = cls._one = None
        if one and (one.process.poll() is not None or one.limits != limits):
            one.end()
            one = None
        cls._one = one or cls(limits)
        return cls._one

    def read(self, data: bytes, suffix: str) -> Reading:
        """One file's reading."""
        request = json.dumps({"suffix": suffix}).encode()
        if len(data) <= AT_ONCE:
            self._send(request, data)
        else:
            threading.Thread(target=self._send, args=(request, data), daemon=True).start()
        limit = self.limits.seconds
        began, used = time.monotonic(), self._used()
        deadline = began + limit + (GRACE if self.fresh else 0)
        self.fresh = False
        while True:
            try:
                answer = self.answers.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                left = limit - (self._used() - used)
                if 0 < left < limit and time.monotonic() < began + PATIENCE * limit:
                    deadline = time.monotonic() + max(left, 0.1)
                    continue
                self.end()
                name = "seconds" if limit == self.limits.seconds else "scan_seconds"
                raise Unreadable(f"took more than {limit} s (limit `{name}`)") from None
            if answer is None:
                self.end()
                raise _Failed(
                    f"made its reader fail, perhaps for want of memory (limit `memory`, {self.limits.memory // MB} MB);"
                    " it may be damaged or made to do harm"
                )
            if "page" in answer:
                limit = self.limits.scan_seconds
                began, used = time.monotonic(), self._used()
                deadline = began + limit
                continue
            if answer.get("failed") or answer["full"]:
                self.end()
            if "fault" in answer:
                raise (_Failed if answer.get("failed") else Unreadable)(str(answer["fault"]))
            return Reading.from_json(answer["reading"])

    def _used(self) -> float:
        """Seconds of a processor that the process has had; 0 on systems that do not tell."""
        with suppress(OSError, ValueError, IndexError, AttributeError):
            fields = Path(f"/proc/{self.process.pid}/stat").read_bytes().rpartition(b")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0

    def end(self) -> None:
        """End the process."""
        if type(self)._one is self:
            type(self)._one = None
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()

    def _send(self, *blocks: bytes) -> None:
        with suppress(OSError, ValueError):  # it ended meanwhile; whoever waits for the answer is told
            for block in blocks:
                _write(self.process.stdin, block)

    def _listen(self, stream: IO[bytes] | None) -> None:
        with suppress(OSError, ValueError):
            while (block := _read(stream)) is not None:
                answer = json.loads(block)
                if "reading" in answer:
                    text = _read(stream)
                    if text is None:
                        break
                    answer["reading"]["text"] = text.decode("utf-8", "surrogatepass")
                self.answers.put(answer)
        self.answers.put(None)


def _write(stream: IO[bytes] | None, block: bytes) -> None:
    assert stream is not None
    stream.write(len(block).to_bytes(HEADER, "big"))
    stream.write(block)
    stream.flush()


def _read(stream: IO[bytes] | None) -> bytes | None:
    assert stream is not None
    header = stream.read(HEADER)
    if len(header) < HEADER:
        return None
    length = int.from_bytes(header, "big")
    block = stream.read(length)
    return block if len(block) == length else None


def serve(limits_as_json: str) -> None:
    """Be the worker: read files from standard input until it closes, answer on standard output."""
    limits = Limits(**json.loads(limits_as_json))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not stand between the answers
    _hold_to(limits)
    while (request := _read(sys.stdin.buffer)) is not None and (data := _read(sys.stdin.buffer)) is not None:
        _alarm(PATIENCE * limits.seconds + GRACE)

        def page() -> None:
            _alarm(PATIENCE * limits.scan_seconds + GRACE)
            _write(answers, b'{"page": 1}')

        answer = _answer(data, str(json.loads(request)["suffix"]), limits, page)
        _alarm(0)
        answer["full"] = _most_memory() > FULL
        text = answer["reading"].pop("text") if "reading" in answer else None
        _write(answers, json.dumps(answer).encode())
        if text is not None:  # by itself: as JSON it would stand there three times
            _write(answers, text.encode("utf-8", "surrogatepass"))
        if answer.get("failed") or answer["full"]:
            return


def _answer(data: bytes, suffix: str, limits: Limits, page: Any) -> dict[str, Any]:
    try:
        return {"reading": read_bytes(data, suffix, limits, page).as_json()}
    except Unreadable as fault:
        return {"fault": str(fault)}
    except MemoryError:
        return {"fault": f"needs more than {limits.memory // MB} MB of memory (limit `memory`)", "failed": True}
    except ModuleNotFoundError as fault:
        return {"fault": f"needs the package {fault.name!r}; pip install 'dangjian[docs]'"}
    except RecursionError:
        return {"fault": "nests too deeply to be read; it may be damaged or made to do harm"}
    except Exception as fault:  # whatever it is, the next file must be read
        return {"fault": f"made its reader fail ({type(fault).__name__}); it may be damaged", "failed": True}


def _hold_to(limits: Limits) -> None:
    """Give up what reading does not need."""
    sys.dont_write_bytecode = True
    with suppress(ImportError, ValueError, OSError):  # no such limits on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_forbid)


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and len(arguments) == 3:
        path, flags = arguments[0], arguments[2]
        if (
            isinstance(flags, int)
            and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            and path != os.devnull
        ):
            raise PermissionError("a reader of reports writes no file")
    elif event.startswith(_FORBIDDEN) and event not in ("socket.__new__", "socket.gethostname"):
        raise PermissionError(f"a reader of reports does no {event}")


def _alarm(seconds: int) -> None:
    """Ends this process though whoever asked for the file is gone."""
    with suppress(ImportError, AttributeError):
        import signal

        signal.alarm(seconds)


def _most_memory() -> int:
    """The most memory that this process held, in bytes; `getrusage` would count what its parent held at the fork."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").split("\n"):
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@atexit.register
def _end_worker() -> None:
    if _Worker._one is not None:
        _Worker._one.end()
