"""A process that answers one query at a time, within bounds of memory and of the answer's size."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO, TypeVar

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, Store

from jiceng.errors import QueryError
from jiceng.graph.namespaces import PREFIXES
from jiceng.processes import end_with_parent
from jiceng.query.guard import explained, refuse
from jiceng.serve.protocol import SOLUTIONS, TRIPLES, ProtocolError, Reply, Request, best

_INLINE = 256 * 1024
"""Bytes of an answer that go back through the pipe; more go through a file, so that no memory holds them."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a query may take: bytes of memory beside the graph's, bytes of answer; where large answers go."""

    memory: int
    answer: int
    directory: str


class TooLargeError(OSError):
    """An answer that is larger than its bound."""


class Sink(io.BufferedIOBase, BinaryIO):
    """Takes an answer's bytes, in memory first and then in a file of the directory; raises TooLargeError."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.size = 0
        self.path = Path(bounds.directory) / f"{os.getpid()}.answer"
        self.file: io.BufferedWriter | io.BytesIO = io.BytesIO()

    def writable(self) -> bool:
        """Whether bytes can be written: always."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take more bytes."""
        self.size += len(data)
        if self.size > self.bounds.answer:
            raise TooLargeError(f"the answer is larger than {self.bounds.answer} bytes; add a LIMIT")
        if self.size > _INLINE and isinstance(self.file, io.BytesIO):
            begun = self.file.getvalue()
            self.file = self.path.open("wb")
            self.file.write(begun)
        return self.file.write(data)

    def reply(self, media_type: str) -> Reply:
        """The answer that was written."""
        if isinstance(self.file, io.BytesIO):
            return Reply(200, media_type, self.file.getvalue())
        self.file.close()
        return Reply(200, media_type, file=str(self.path))


def work(connection: Connection, bounds: Bounds) -> None:
    """Answer what comes through the connection until it closes."""
    from jiceng.serve import preloaded

    end_with_parent()  # a query may have no end of its own
    store = preloaded.opened()
    _bound_memory(bounds.memory)
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        try:
            reply = answered(store, request, bounds)
        except MemoryError:
            reply = _said(507, "the query needs more memory than it may take")
        connection.send(reply)


def answered(store: Store, request: Request, bounds: Bounds) -> Reply:
    """The reply to a request: an answer, or a status of 4xx or 507 with a line that says why."""
    sink = Sink(bounds)
    try:
        refuse(request.query)
        answer = store.query(
            request.query,
            base_iri=request.base,
            prefixes=dict(PREFIXES),
            default_graph=[NamedNode(g) for g in request.default_graphs] or DefaultGraph()
            if request.default_graphs or request.named_graphs
            else None,
            named_graphs=[NamedNode(g) for g in request.named_graphs]
            if request.default_graphs or request.named_graphs
            else None,
            use_default_graph_as_union=not (request.default_graphs or request.named_graphs)
            and next(iter(store.named_graphs()), None) is not None,
        )
        if isinstance(answer, QuerySolutions | QueryBoolean):
            rows = isinstance(answer, QuerySolutions)
            kind, results = _chosen(
                request.accept, {k: f for k, f in SOLUTIONS.items() if rows or not k.startswith("text/")}
            )
            answer.serialize(output=sink, format=results)
        else:
            kind, rdf = _chosen(request.accept, TRIPLES)
            answer.serialize(output=sink, format=rdf)
    except SyntaxError as error:
        return _said(400, explained(request.query, str(error)))
    except QueryError as error:
        return _said(400, str(error))
    except ProtocolError as error:
        return _said(error.status, str(error))
    except TooLargeError as error:
        return _said(507, str(error))
    except (RuntimeError, ValueError, OSError) as error:
        return _said(400, f"the query cannot be answered: {error}")
    return sink.reply(kind)


def _chosen(accept: str, offered: Mapping[str, T]) -> tuple[str, T]:
    kind = best(accept, tuple(offered))
    if kind is None:
        raise ProtocolError(406, f"{accept}: none of these is given; there are: {', '.join(offered)}")
    return kind, offered[kind]


def _said(status: int, message: str) -> Reply:
    return Reply(status, "text/plain", message.encode("utf-8", "replace") + b"\n")


def _bound_memory(extra: int) -> None:
    """So much beside what the process has now; only where the system can tell and bound it (Linux)."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + extra
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
