"""Connections that end when a client sends its request too slowly: uvicorn alone waits for ever."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


def bounded(seconds: float) -> type[H11Protocol]:
    """uvicorn's HTTP/1.1 with a bound on the time from connection (or first byte) to a whole head."""

    class Bounded(H11Protocol):
        _waiting: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """A client has come: its head must follow."""
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            """More of a request."""
            super().data_received(data)
            if self.conn.their_state is h11.IDLE:
                self._wait()
            elif self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None

        def connection_lost(self, exc: Exception | None) -> None:
            """The client has gone."""
            if self._waiting is not None:
                self._waiting.cancel()
            super().connection_lost(exc)

        def _wait(self) -> None:
            if self._waiting is None:
                self._waiting = asyncio.get_running_loop().call_later(seconds, self._give_up)

        def _give_up(self) -> None:
            self._waiting = None
            if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
                self.transport.close()

    return Bounded
