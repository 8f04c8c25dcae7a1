"""Servers that tests start: each on a free port, used from when it answers, and ended."""

import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.waiting import LIMIT, until

STARTED = 180.0
"""Seconds after which a server is taken not to start."""
TRIES = 3
"""Somebody else may take the port that was free."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(url: str) -> bool:
    """Whether something answers there, be it with an error."""
    try:
        urllib.request.urlopen(url, timeout=LIMIT).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def comes_up(process: "subprocess.Popen[Any]", ready: Callable[[], bool], what: str) -> bool:
    """Wait until a server is ready; False if it ends instead."""
    until(lambda: process.poll() is not None or ready(), bool, f"{what} is ready", limit=STARTED)
    return process.poll() is None


def end(process: "subprocess.Popen[Any]") -> None:
    process.terminate()
    try:
        process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def server(command: Callable[[int], Sequence[object]], path: str) -> Iterator[str]:
    """The address of a server that `command` starts at a port, from when it answers at `path`."""
    with tempfile.TemporaryFile() as told:
        for _ in range(TRIES):
            port = free_port()
            url = f"http://127.0.0.1:{port}"
            process = subprocess.Popen([str(part) for part in command(port)], stdout=told, stderr=told)
            try:
                if comes_up(process, lambda url=url: answers(url + path), url):  # type: ignore[misc]
                    yield url
                    return
            finally:
                end(process)
        told.seek(0)
        raise RuntimeError(f"no server at {url}: {told.read()[-3000:].decode(errors='replace')}")
