"""`jiceng serve`: a built graph over HTTP, read-only: SPARQL endpoint, page and query editor.

Starlette and uvicorn carry it (the extra `serve`), Oxigraph answers.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path

from jiceng.errors import QueryError
from jiceng.query import on_disk, open_store, prepare
from jiceng.serve.pool import Limits

__all__ = ["Limits", "serve"]

HEADER_SECONDS = 15
"""How long a client may take to send a request's head, and to stay silent."""


def serve(
    graph: Path,
    host: str,
    port: int,
    limits: Limits,
    token: str | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve until interrupted; raises QueryError if the graph cannot be read or the extra is not installed.

    Anything but loopback needs a token. `ready` is called once the graph has been read.
    """
    try:
        import uvicorn

        from jiceng.serve.app import application
        from jiceng.serve.connections import bounded
    except ImportError as error:
        raise QueryError(f"serving needs more packages: {error}; run pip install 'jiceng[serve]'") from error
    if token is None and not _loopback(host):
        raise QueryError(
            f"{host}: others could ask; name a file with a token by --token-file, or stay on 127.0.0.1"
        )
    # What cannot be read is told here, not by each process; a large graph becomes a database once.
    if on_disk(graph, served=True):
        prepare(graph)
    else:
        open_store(graph, in_memory=True)
    _check_free(host, port)
    ready()
    config = uvicorn.Config(
        application(graph, limits, token),
        host=host,
        port=port,
        http=bounded(HEADER_SECONDS),
        log_level="warning",
        timeout_keep_alive=HEADER_SECONDS,
        backlog=512,
        server_header=False,
    )
    server = uvicorn.Server(config)
    asyncio.run(server.serve())


def _check_free(host: str, port: int) -> None:
    try:
        for family, kind, number, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[:1]:
            with socket.socket(family, kind, number) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
    except OSError as error:
        raise QueryError(
            f"{host}:{port}: cannot be served at: {error.strerror}; name another port with --port"
        ) from error


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
