"""Many queries at once, none of which can keep the others waiting.

Each runs in a process of its own, since nothing else can end a query that a library is busy with. A query
that is not done after a grace becomes a slow one: it runs on at low priority, and a fresh process takes its
place for the others. Only so many slow ones are kept; each ends at the time limit.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from jiceng.serve import preloaded, worker
from jiceng.serve.protocol import Reply, Request


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may take.

    `seconds` each; `grace` seconds until one counts as slow; `slow` of these at once; `waiting` seconds for a
    free process; `memory` bytes beside the graph's; `answer` bytes; `workers` processes for quick queries;
    `kept` bytes of answers that are given again.
    """

    seconds: float = 60
    grace: float = 1
    slow: int = 4
    waiting: float = 30
    memory: int = 1 << 30
    answer: int = 256 << 20
    workers: int = max(2, os.cpu_count() or 2)
    kept: int = 64 << 20


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection


class Pool:
    """Processes that answer; made by `serving`."""

    def __init__(self, limits: Limits, directory: str) -> None:
        self._limits = limits
        self._bounds = worker.Bounds(limits.memory, limits.answer, directory)
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._slow = 0
        self._kept_files = 0
        self._all: set[_Worker] = set()
        methods = multiprocessing.get_all_start_methods()
        self._context: multiprocessing.context.ForkServerContext | multiprocessing.context.SpawnContext
        if "forkserver" in methods:
            self._context = multiprocessing.get_context("forkserver")
            self._context.set_forkserver_preload(["jiceng.serve.preloaded", "jiceng.serve.worker"])
        else:
            self._context = multiprocessing.get_context("spawn")

    async def answer(self, request: Request) -> Reply:
        """The reply of a process; 503 when all are busy or the query was ended at its limit."""
        one: _Worker | None
        try:
            async with asyncio.timeout(self._limits.waiting):
                one = await self._idle.get()
        except TimeoutError:
            return _said(503, "all processes are busy; try again later")
        slow = False
        try:
            one.connection.send(request)
            if not await self._readable(one, self._limits.grace):
                if self._slow >= self._limits.slow:
                    return _said(503, "too many long queries run already; try again later, or ask for less")
                slow = True
                self._slow += 1
                _step_back(one.process.pid)
                await self._start()
                if not await self._readable(one, self._limits.seconds - self._limits.grace):
                    return _said(503, f"the query took longer than {self._limits.seconds:g} s and was ended")
            reply = self._kept(one.connection.recv())
            if not slow:
                self._idle.put_nowait(one)
                one = None
            return reply
        except (EOFError, OSError):
            return _said(507, "the query needs more memory than it may take")
        finally:
            if slow:
                self._slow -= 1
            if one is not None:
                self._end(one)
                if not slow:
                    await asyncio.shield(self._start())

    async def start(self) -> None:
        """Start all processes and wait until each answers."""
        for _ in range(self._limits.workers):
            await self._start()
        for _ in range(self._limits.workers):
            one = await self._idle.get()
            one.connection.send(Request("ASK {}"))
            if not await self._readable(one, 600):
                raise TimeoutError("the graph was not loaded within 600 s")
            one.connection.recv()
            self._idle.put_nowait(one)

    def stop(self) -> None:
        """End all processes."""
        for one in list(self._all):
            self._end(one)

    async def _start(self) -> None:
        here, there = self._context.Pipe()
        process = self._context.Process(target=worker.work, args=(there, self._bounds), daemon=True)
        await asyncio.to_thread(process.start)
        there.close()
        one = _Worker(process, here)
        self._all.add(one)
        self._idle.put_nowait(one)

    def _end(self, one: _Worker) -> None:
        self._all.discard(one)
        pid = one.process.pid
        one.process.kill()
        one.connection.close()
        (Path(self._bounds.directory) / f"{pid}.answer").unlink(missing_ok=True)

    def _kept(self, reply: Reply) -> Reply:
        """The reply with its file under a name of its own: its process may answer others meanwhile."""
        if reply.file is None:
            return reply
        self._kept_files += 1
        kept = Path(reply.file).replace(Path(self._bounds.directory) / f"{self._kept_files}.reply")
        return replace(reply, file=str(kept))

    async def _readable(self, one: _Worker, seconds: float) -> bool:
        if one.connection.poll():
            return True
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(one.connection.fileno(), ready.set)
        try:
            async with asyncio.timeout(seconds):
                await ready.wait()
        except TimeoutError:
            return False
        finally:
            loop.remove_reader(one.connection.fileno())
        return True


@asynccontextmanager
async def serving(graph: Path, limits: Limits) -> AsyncIterator[Pool]:
    """A pool over a built folder or an RDF file, ended with the block."""
    directory = tempfile.mkdtemp(prefix="jiceng-")
    os.environ[preloaded.PLACE] = str(graph.resolve())
    pool = Pool(limits, directory)
    try:
        await pool.start()
        yield pool
    finally:
        pool.stop()
        shutil.rmtree(directory, ignore_errors=True)


def _said(status: int, message: str) -> Reply:
    return Reply(status, "text/plain", message.encode() + b"\n")


def _step_back(pid: int | None) -> None:
    """Give the quick queries the right of way."""
    if pid is not None and hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, 10)
