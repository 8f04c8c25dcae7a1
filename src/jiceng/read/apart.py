"""Formats that other people's libraries read, in a process of its own with limits of time and memory.

A damaged or hostile file may keep such a library busy for hours, fill the memory, or end the process; then
only this process ends, the file is told to be unreadable, and the next one is read by another. It is started
with the first such file and ends with us.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import IO, Any

from jiceng.days import day_of
from jiceng.errors import ReadError
from jiceng.model import Origin

SECONDS = 120
"""For one file; what is read of a report takes less than one."""
MEMORY = 4 << 30
"""Bytes of address space; PDFium unpacks up to 1 GiB of a page."""
GRACE = 5
"""Seconds for a process that gave no answer to be gone."""
_SIZES = struct.Struct(">QQ")

#: Kind of file → module that takes the text out, extra that brings its library, and what people call it.
EXTRACTORS = {
    ".pdf": ("jiceng.read.pdf", "pdf", "a PDF file"),
    ".docx": ("jiceng.read.docx", "docx", "a Word document"),
    ".html": ("jiceng.read.html", "html", "a web page"),
}


def text_of(kind: str, data: bytes, place: str) -> tuple[str, Origin]:
    """The text of a PDF, DOCX or HTML file, and what it says of itself; raises ReadError with the remedy."""
    if os.name != "posix":
        return extracted(kind, data, place)
    what = EXTRACTORS[kind][2]
    with _lock:
        worker = _started()
        try:
            _send(worker.stdin, {"kind": kind, "place": place, "seconds": SECONDS}, data)
            told, _ = _received(worker.stdout)
        except (OSError, EOFError, ValueError):
            ended = _end(GRACE)  # an answer that is none comes from a process that may go on
            if ended == -signal.SIGALRM:
                reason = f"takes longer than {SECONDS} s to read"
            else:
                reason = f"breaks the library that reads it, or needs more than {MEMORY >> 30} GiB"
            raise ReadError(f"{place}: {what} that {reason}; save its text to a file") from None
        except BaseException:  # an interruption: half of an answer may be on its way
            _end()
            raise
    if "error" in told:
        raise ReadError(told["error"])
    published = told.pop("published")
    text = told.pop("text")
    return text, Origin(**told, published=day_of(published) if published else None)


def extracted(kind: str, data: bytes, place: str) -> tuple[str, Origin]:
    """The same in this process, without limits."""
    module, extra, what = EXTRACTORS[kind]
    try:
        extractor: Any = import_module(module)
    except ImportError as error:
        remedy = f"pip install 'jiceng[{extra}]', or save its text to a file"
        raise ReadError(f"{place}: {what}, which needs a library that is not here; {remedy}") from error
    read: Callable[[bytes, str], tuple[str, Origin]] = extractor.text_of
    try:
        return read(data, place)
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError(f"{place}: {what} that needs too much memory; save its text to a file") from error
    except Exception as error:  # what a damaged file makes a library raise is anything
        reason = f"{type(error).__name__}: {error}"
        raise ReadError(f"{place}: {what} that cannot be read ({reason}); save it again") from error


# --- the process ------------------------------------------------------------------------------------------

_lock = threading.Lock()
_worker: subprocess.Popen[bytes] | None = None
_owner = 0  # a fork of ours has no right to the process


def _started() -> subprocess.Popen[bytes]:
    global _worker, _owner
    if _worker is not None and _owner == os.getpid() and _worker.poll() is not None:
        _end()  # ended between two files, by none of them
    if _worker is None or _owner != os.getpid():
        command = [sys.executable, "-c", f"from jiceng.read.apart import work; work({MEMORY})"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        _worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        _owner = os.getpid()
    return _worker


def _end(grace: float = 0) -> int | None:
    """End the process, if it is ours and does not end by itself in so many seconds; gives how it ended."""
    global _worker
    ended = None
    if _worker is not None and _owner == os.getpid():
        try:
            ended = _worker.wait(grace)
        except subprocess.TimeoutExpired:
            _worker.kill()
            ended = _worker.wait()
        for stream in (_worker.stdin, _worker.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what it has not taken any more
                    stream.close()
    _worker = None
    return ended


atexit.register(_end)


def work(memory: int) -> None:
    """Read what is sent until nobody sends any more; the process that this is ends at its limits."""
    import resource

    allowed = min([memory, *(n for n in resource.getrlimit(resource.RLIMIT_AS) if n >= 0)])
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted is the one that waits for us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries may print
    while True:
        try:
            asked, data = _received(sys.stdin.buffer)
        except EOFError:
            return
        signal.alarm(asked["seconds"])  # nothing handles it: the system ends us, whatever a library does
        try:
            text, origin = extracted(asked["kind"], data, asked["place"])
            answer = {
                "text": text,
                **asdict(origin),
                "published": origin.published.isoformat() if origin.published else "",
            }
        except ReadError as error:
            answer = {"error": str(error)}
        signal.alarm(0)
        _send(answers, answer)


def _send(stream: IO[bytes] | None, told: dict[str, Any], data: bytes = b"") -> None:
    assert stream is not None
    head = json.dumps(told).encode()  # no pickle: what has read a hostile file is not to be trusted
    stream.write(_SIZES.pack(len(head), len(data)))
    stream.write(head)
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes] | None) -> tuple[dict[str, Any], bytes]:
    assert stream is not None
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        raise EOFError
    head, data = _SIZES.unpack(sizes)
    return json.loads(stream.read(head)), stream.read(data)
