"""`jiceng serve`: a built graph over HTTP, read-only: SPARQL endpoint, page and query editor.

Starlette and uvicorn carry it (the extra `serve`), Oxigraph answers.
"""

from __future__ import annotations

import asyncio
import ipaddress
from pathlib import Path

from jiceng.errors import QueryError
from jiceng.query import on_disk, open_store, prepare
from jiceng.serve.pool import Limits

__all__ = ["Limits", "serve"]

HEADER_SECONDS = 15
"""How long a client may take to send a request's head, and to stay silent."""


def serve(graph: Path, host: str, port: int, limits: Limits, token: str | None = None) -> None:
    """Serve until interrupted; raises QueryError if the graph cannot be read or the extra is not installed.

    Anything but loopback needs a token.
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


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
