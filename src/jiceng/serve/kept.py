"""Answers that are kept: the graph that is served never changes, so the same question has the same answer."""

from __future__ import annotations

import re
from collections import OrderedDict

from jiceng.serve.protocol import Reply, Request

# What gives something else each time (SPARQL 1.1 Query, 17.4): written anywhere, the answer is not kept.
_CHANGING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


class Kept:
    """Answers by request, the one that was not asked for longest goes first; `size` is bytes in all."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = 0
        self._replies: OrderedDict[Request, Reply] = OrderedDict()

    def get(self, request: Request) -> Reply | None:
        """The answer to the same request, if it is kept."""
        reply = self._replies.get(request)
        if reply is not None:
            self._replies.move_to_end(request)
        return reply

    def put(self, request: Request, reply: Reply) -> None:
        """Keep an answer, unless it is none, stands in a file, or would be another one next time."""
        if (
            reply.status != 200
            or reply.file is not None
            or request in self._replies
            or _bytes(request, reply) > self._size // 8
            or _CHANGING.search(request.query)
        ):
            return
        self._replies[request] = reply
        self._held += _bytes(request, reply)
        while self._held > self._size:
            self._held -= _bytes(*self._replies.popitem(last=False))


def _bytes(request: Request, reply: Reply) -> int:
    """What both take, roughly: a character of Chinese text takes two bytes in memory."""
    return len(reply.body) + 2 * len(request.query) + 500
