"""The same function over many items, by several processes, results in the items' order.

No more items are under way than a small multiple of the processes, so that memory stays bounded. When a
process dies (killed, out of memory), each item that was under way is tried again, alone; one that ends its
own process twice gives a `Died` in its place, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import forkserver
from typing import Generic, TypeVar

from jiceng.processes import end_with_parent

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 16
"""Items under way for each process: while one takes long, the others have that many to go on with."""


@dataclass(frozen=True, slots=True)
class Died:
    """In place of a result: the process that computed it ended twice without an answer."""


class _Line(Generic[T, R]):
    """Items in their order: those that were sent to processes, those that came with results, and those that
    wait for a message to be full. `send_off` starts the work on a message's items."""

    def __init__(self, send_off: Callable[[list[T]], Future[list[R]]], share: Callable[[T], float]) -> None:
        self.waiting: deque[tuple[list[T], Future[list[R]] | R]] = deque()
        self.length = 0  # items, those of the message not yet sent included
        self._send_off, self._share = send_off, share
        self._together: list[T] = []
        self._full = 0.0

    def add(self, item: T, known: R | None) -> None:
        """Put an item at the end, with its result if it is known."""
        self.length += 1
        if known is not None:
            self.send()
            self.waiting.append(([item], known))
            return
        self._together.append(item)
        self._full += self._share(item)
        if self._full >= 1:
            self.send()

    def send(self) -> None:
        """Send what there is of a message."""
        if self._together:
            self.waiting.append((self._together, self._send_off(self._together)))
        self._together, self._full = [], 0.0

    def take(self) -> tuple[list[T], Future[list[R]] | R]:
        """The first items that wait, with their results or what will be these."""
        some, result = self.waiting.popleft()
        self.length -= len(some)
        return some, result

    def clear(self) -> None:
        """Forget what was sent."""
        self.waiting.clear()
        self.length = len(self._together)


class Workers:
    """Processes that each first call `prepare` with `arguments`; started by `start`, or by the first work.

    `modules` are what their work imports besides the module of `prepare`: all are imported once for all.
    """

    def __init__(
        self,
        jobs: int,
        prepare: Callable[..., None],
        arguments: tuple[object, ...] = (),
        modules: Sequence[str] = (),
    ) -> None:
        self.jobs = jobs
        self._prepare = prepare
        self._arguments = arguments
        # Not fork: a progress bar has a thread, and a fork of a program with threads may hang.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([prepare.__module__, *modules])
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """End the processes, and what is under way."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def start(self) -> None:
        """Start all processes: there will be work as soon as they are prepared."""
        for _ in range(self.jobs):
            self._started(_nothing, None)

    def _new(self, size: int) -> ProcessPoolExecutor:
        _undisturbed()
        return ProcessPoolExecutor(size, self._context, _begun, (self._prepare, self._arguments))

    def _alone(self, work: Callable[[T], R], item: T) -> R | Died:
        for _ in range(2):  # what ended the pool may have been another item
            with self._new(1) as single:
                try:
                    return single.submit(work, item).result()
                except BrokenProcessPool:
                    continue
        return Died()

    def _started(self, work: Callable[[T], R], item: T) -> Future[R]:
        if self._pool is None:
            self._pool = self._new(self.jobs)
        try:
            return self._pool.submit(work, item)
        except BrokenProcessPool as error:  # noticed before any result was asked for
            future: Future[R] = Future()
            future.set_exception(error)
            return future

    def ordered(
        self,
        work: Callable[[T], R],
        items: Iterable[tuple[T, R | None]],
        share: Callable[[T], float] = lambda item: 1,
    ) -> Iterator[tuple[T, R | Died, bool]]:
        """Each item with `work` of it, and whether that was computed now.

        An item that comes with its result is only passed on in its turn. `share` is what an item makes of one
        message to a process and back: small ones go together.
        """
        line: _Line[T, R] = _Line(lambda some: self._started(partial(_each, work), some), share)
        rest = iter(items)
        while True:
            for item, known in islice(rest, max(0, AHEAD * self.jobs - line.length)):
                line.add(item, known)
            if not line.waiting:
                line.send()
            if not line.waiting:
                return
            some, result = line.take()
            if not isinstance(result, Future):
                yield some[0], result, False
                continue
            try:
                for item, each in zip(some, result.result(), strict=True):
                    yield item, each, True
            except BrokenProcessPool:
                yield from self._after_break(work, some, line.waiting)
                line.clear()

    def _after_break(
        self,
        work: Callable[[T], R],
        some: Iterable[T],
        waiting: Iterable[tuple[list[T], Future[list[R]] | R]],
    ) -> Iterator[tuple[T, R | Died, bool]]:
        """What becomes of `some`, whose process died, and of what waits behind them.

        The culprit may be any of those under way: alone, it cannot take others with it.
        """
        broken, self._pool = self._pool, None
        if broken:
            broken.shutdown(wait=True, cancel_futures=True)
        yield from self._each_alone(work, some)
        for others, result in waiting:
            if not isinstance(result, Future):
                yield others[0], result, False
            elif result.cancelled() or result.exception() is not None:
                yield from self._each_alone(work, others)
            else:
                yield from ((item, each, True) for item, each in zip(others, result.result(), strict=True))

    def _each_alone(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | Died, bool]]:
        return ((item, self._alone(work, item), True) for item in items)


def _each(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    return [work(item) for item in items]


def _undisturbed() -> None:
    """Start the server of processes deaf to Ctrl-C, as all its processes are then: to end them is for us.

    Else each of them would print where it was interrupted.
    """
    if threading.current_thread() is not threading.main_thread():  # only there signals can be set
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)


def _nothing(_: None) -> None:
    """Work that starts a process."""


def _begun(prepare: Callable[..., None], arguments: tuple[object, ...]) -> None:
    end_with_parent()
    prepare(*arguments)
