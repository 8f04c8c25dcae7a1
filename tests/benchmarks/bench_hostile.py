"""`jiceng serve` with hostile clients among honest ones: nobody honest sees an error, and memory stays flat.

    python tests/benchmarks/bench_hostile.py [--graph graphs] [--minutes 5] [--clients 64] [--hostile 8]

All clients run at once against one server, from this process. An honest one asks the named questions in an
order of its own, every third time anew (so that no kept answer serves), the page and the description too, and
thinks in between. A hostile one does one thing over and over: a cross product, an endless path, a huge
answer, a sort that fills the memory, a request that is never finished, one that is too large, updates and
SERVICE, or hanging up in the middle of an answer. Prints what each sort got, latencies, and memory of the
serving process and of all its processes. Exits with 1 if an honest client saw anything but 200, if what is
forbidden was answered, or if memory of the serving process grew by more than a tenth from the first half of
the time to the second; its store of answers, which is bounded, is filled beforehand. With `--again` an honest
one that a busy server tells to try again (503) does so, as often as that; only the last answer counts.
"""

from __future__ import annotations

import argparse
import http.client
import random
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench_queries import parameter_values
from bench_serve import HOSTILE, ROOT, TIMEOUT, ask, memory, served

from jiceng import query
from jiceng.query.named import filled
from jiceng.serve import Limits

SLACK = 4 << 20
"""Bytes that a serving process may take more in any case: what is first loaded late."""
FORBIDDEN = (
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "LOAD <file:///etc/passwd>",
    "INSERT DATA { <a:a> <a:b> 1 }",
    "DROP ALL",
)


@dataclass
class Seen:
    """What clients got: counts by status, seconds of honest answers, messages of what went wrong."""

    honest: Counter[str] = field(default_factory=Counter)
    hostile: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    again: int = 0
    """How often an honest client was told to try again, and did."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--graph", type=Path, default=ROOT / "graphs")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--clients", type=int, default=64, help="in all, the hostile ones included")
    parser.add_argument("--hostile", type=int, default=8)
    parser.add_argument(
        "--think", type=float, default=0.3, help="seconds between an honest client's requests"
    )
    parser.add_argument("--timeout", type=float, default=TIMEOUT, help="the server's, in seconds")
    parser.add_argument(
        "--again",
        type=int,
        default=0,
        help="how often an honest client asks again, a second later, that was told to try again (503)",
    )
    options = parser.parse_args()
    store = query.open_store(options.graph)
    texts = [filled(q.text, parameter_values(store, q.parameters)) for q in query.named()]
    seen = Seen()
    with served(options.graph, options.timeout) as (port, process):
        before = memory(process.pid)
        if options.minutes >= 1:
            fill_kept_answers(port)
        end = time.monotonic() + options.minutes * 60
        kinds = list(attacks(port))
        threads = [
            threading.Thread(target=honest, args=(port, texts, n, options, end, seen))
            for n in range(options.clients - options.hostile)
        ]
        for n in range(options.hostile):
            name, act = kinds[n % len(kinds)]
            counts = seen.hostile.setdefault(name, Counter())
            threads.append(threading.Thread(target=hostile, args=(act, counts, end)))
        for thread in threads:
            thread.start()
        alone, whole = watched(process.pid, end)
        for thread in threads:
            thread.join(120)
        time.sleep(3)
        after = memory(process.pid)
        ended = process.poll()
    return told(options, seen, (before, after), alone, whole, ended)


def fill_kept_answers(port: int) -> None:
    """Ask until the server's store of answers is full: growth up to its bound is none that we look for."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    size = 0
    while size < 1.2 * Limits().kept:
        status, body = ask(connection, f"SELECT * {{ ?s ?p ?o }} LIMIT 500 # {size}")
        if status != 200 or not body:
            raise SystemExit(f"status {status} before the load has begun")
        size += len(body)


def told(
    options: argparse.Namespace,
    seen: Seen,
    ends: tuple[int, int],
    alone: list[int],
    whole: list[int],
    ended: int | None,
) -> int:
    """Print what was seen; the exit code."""
    times = sorted(seen.seconds)
    print(
        f"{options.clients} clients, {options.hostile} of them hostile, {options.minutes:g} minutes\n"
        f"honest: {sum(seen.honest.values())} requests: {dict(seen.honest)}, {seen.again} asked again; "
        f"median {statistics.median(times) * 1000:.0f} ms, "
        f"99 % within {times[int(0.99 * len(times))] * 1000:.0f} ms, slowest {times[-1]:.1f} s"
    )
    for name, counts in sorted(seen.hostile.items()):
        print(f"hostile, {name}: {dict(sorted(counts.items()))}")
    half = len(alone) // 2
    first, second = statistics.mean(alone[: half or 1]), statistics.mean(alone[half:])
    print(
        f"memory of the serving process: {min(alone) >> 20} to {max(alone) >> 20} MiB, "
        f"{first / 2**20:.1f} on average in the first half, {second / 2**20:.1f} in the second; "
        f"of all processes: {ends[0] >> 20} MiB before, {max(whole) >> 20} at most, {ends[1] >> 20} after"
    )
    # A server that is too busy to look at it (503) has not answered it either.
    if {told for told in seen.hostile.get("forbidden", {}) if told.isdigit()} - {"400", "403", "503"}:
        seen.wrong.append("what is forbidden was answered")
    if ended is not None:
        seen.wrong.append(f"the server ended with {ended}")
    if second > 1.1 * first + SLACK:
        seen.wrong.append("memory of the serving process grew by more than a tenth")
    for line in seen.wrong[:10]:
        print(f"wrong: {line}")
    return 1 if seen.wrong else 0


def watched(pid: int, end: float) -> tuple[list[int], list[int]]:
    """Memory of the process alone, and of all that it started, every two seconds until the end."""
    alone, whole = [], []
    while time.monotonic() < end:
        time.sleep(min(2, max(0.1, end - time.monotonic())))
        whole.append(memory(pid))
        alone.append(memory_of(pid))
    return alone, whole


def memory_of(pid: int) -> int:
    """Bytes of one process, what it shares counted in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)


# --- honest -----------------------------------------------------------------------------------------------


def honest(
    port: int, texts: list[str], number: int, options: argparse.Namespace, end: float, seen: Seen
) -> None:
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    asked = 0
    while time.monotonic() < end:
        asked += 1
        path, text = "/sparql", chance.choice(texts)
        if asked % 40 == 0:
            path, text = chance.choice(("/", "/sparql", "/questions.json")), ""
        elif chance.random() < 1 / 3:
            text += f"\n# {number} {asked}"
        start = time.perf_counter()
        for turn in range(1 + options.again):
            status, body = _told(connection, path, text)
            if status != 503 or turn == options.again:
                break
            seen.again += 1
            time.sleep(1)
        seen.seconds.append(time.perf_counter() - start)
        seen.honest[str(status or "none")] += 1
        if status != 200:
            seen.wrong.append(f"honest: {status}: {body[:100].decode('utf-8', 'replace')}")
        time.sleep(chance.uniform(0, 2 * options.think))


def _told(connection: http.client.HTTPConnection, path: str, text: str) -> tuple[int, bytes]:
    """Status and body of the answer to a question, or of a page where there is none; 0 without an answer."""
    try:
        if text:
            return ask(connection, text)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return 0, repr(error).encode()


# --- hostile ----------------------------------------------------------------------------------------------


def hostile(act: Callable[[], str], counts: Counter[str], end: float) -> None:
    while time.monotonic() < end:
        try:
            counts[act()] += 1
        except (OSError, http.client.HTTPException) as error:
            counts[type(error).__name__] += 1


def attacks(port: int) -> list[tuple[str, Callable[[], str]]]:
    """What hostile clients do; each gives what came of it."""

    def asking(text: str) -> Callable[[], str]:
        def act() -> str:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            try:
                return str(ask(connection, f"{text}\n# {random.random()}")[0])
            finally:
                connection.close()

        return act

    def unfinished() -> str:
        with socket.create_connection(("127.0.0.1", port), 60) as slow:
            slow.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n")
            for _ in range(100):
                time.sleep(1)
                slow.sendall(b"X")
                slow.settimeout(0.01)
                try:
                    if slow.recv(100) == b"":
                        return "ended"
                except TimeoutError:
                    pass
        return "kept for 100 s"

    def oversized() -> str:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        time.sleep(0.2)
        try:
            connection.request(
                "POST", "/sparql", b"x" * (8 << 20), {"Content-Type": "application/sparql-query"}
            )
            return str(connection.getresponse().status)
        finally:
            connection.close()

    def forbidden() -> str:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        time.sleep(0.1)
        try:
            return str(ask(connection, random.choice(FORBIDDEN))[0])
        finally:
            connection.close()

    def hanging_up() -> str:
        with socket.create_connection(("127.0.0.1", port), 60) as client:
            body = b"query=SELECT+*+%7B+?a+?b+?c+.+?d+?e+?f+%7D"
            head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            client.sendall(head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            time.sleep(random.uniform(0, 2))
        return "hung up"

    return [
        *((name, asking(text)) for name, text in HOSTILE.items()),
        ("unfinished", unfinished),
        ("oversized", oversized),
        ("forbidden", forbidden),
        ("hanging up", hanging_up),
    ]


if __name__ == "__main__":
    sys.exit(main())
