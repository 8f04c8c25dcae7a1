"""A real server: `jiceng serve` in a process of its own."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

pytest.importorskip("uvicorn", reason="the extra serve is not installed")


@contextmanager
def served(graph, *options):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jiceng", "serve", str(graph), "--port", str(port), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(url + "/questions.json", timeout=10).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(process.stderr.read()) from None
                time.sleep(0.05)
        try:
            yield url
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def url(root):
    with served(root / "graphs", "--timeout", "3") as address:
        yield address
