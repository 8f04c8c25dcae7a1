"""The same function over many items, by several processes, results in the items' order.

No more items are under way than a small multiple of the processes, so that memory stays bounded. When a
process dies (killed, out of memory), each item that was under way is tried again, alone; one that ends its
own process twice gives a `Died` in its place, and the others go on.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 8
"""Items under way for each process."""


@dataclass(frozen=True, slots=True)
class Died:
    """In place of a result: the process that computed it ended twice without an answer."""


def ordered(
    work: Callable[[T], R],
    items: Iterable[tuple[T, R | None]],
    jobs: int,
    prepare: Callable[..., None],
    arguments: tuple[object, ...] = (),
) -> Iterator[tuple[T, R | Died, bool]]:
    """Each item with `work` of it, and whether that was computed now.

    An item that comes with its result is only passed on in its turn. Each process first calls `prepare` with
    `arguments`.
    """
    # Not fork: a progress bar has a thread, and a fork of a program with threads may hang.
    context = multiprocessing.get_context("forkserver")

    def pool(size: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(size, context, prepare, arguments)

    def alone(item: T) -> R | Died:
        for _ in range(2):  # what ended the pool may have been another item
            with pool(1) as single:
                try:
                    return single.submit(work, item).result()
                except BrokenProcessPool:
                    continue
        return Died()

    def started(item: T) -> Future[R]:
        try:
            return workers.submit(work, item)
        except BrokenProcessPool as error:  # noticed before any result was asked for
            future: Future[R] = Future()
            future.set_exception(error)
            return future

    waiting: deque[tuple[T, Future[R] | R]] = deque()
    rest = iter(items)
    workers = pool(jobs)
    try:
        while True:
            while len(waiting) < AHEAD * jobs:
                entry = next(rest, None)
                if entry is None:
                    break
                item, known = entry
                waiting.append((item, started(item) if known is None else known))
            if not waiting:
                return
            item, result = waiting.popleft()
            if not isinstance(result, Future):
                yield item, result, False
                continue
            try:
                yield item, result.result(), True
            except BrokenProcessPool:
                workers.shutdown(wait=True, cancel_futures=True)
                # The culprit may be any of those under way: alone, it cannot take others with it.
                yield item, alone(item), True
                for other, theirs in list(waiting):
                    if isinstance(theirs, Future) and (theirs.cancelled() or theirs.exception() is not None):
                        yield other, alone(other), True
                    elif isinstance(theirs, Future):
                        yield other, theirs.result(), True
                    else:
                        yield other, theirs, False
                waiting.clear()
                workers = pool(jobs)
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
