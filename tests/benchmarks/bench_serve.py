"""`jiceng serve` under load, beside plain pyoxigraph in the same run.

    python tests/benchmarks/bench_serve.py [--graph graphs] [--rounds 15] [--connections 1] [--clients 64]

Needs wrk. Three measurements of one server, each with its own line:

1. While wrk asks the named questions from a process of its own, over so many connections: the latency of
   each named question over HTTP, and that of the same SPARQL by pyoxigraph's Store in this process, in
   turns; medians of the rounds. Both write JSON. Both have the same load beside them. First with a comment
   in each request that makes it another one, so that no kept answer is given; then as people ask, the same
   again and again.
2. So many clients at once (wrk): requests, errors (there must be none), and the memory of all of the
   server's processes before, at most, and after.
3. Hostile queries (a cross product, an endless path, a huge answer), each sent at once by a client of its
   own: when and how they end, and the median latency of the named questions meanwhile.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_queries import parameter_values
from pyoxigraph import QueryResultsFormat

from jiceng import query
from jiceng.graph.namespaces import PREFIXES
from jiceng.query.named import filled

ROOT = Path(__file__).parents[2]
HOSTILE = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "endless path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:y>|^!<urn:y>)* ?c }",
    "huge answer": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c LIMIT 5",
}
TIMEOUT = 5


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--graph", type=Path, default=ROOT / "graphs")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--connections", type=int, default=1, help="of the load beside the measurement")
    parser.add_argument("--clients", type=int, default=64)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is needed: apt install wrk")
    store = query.open_store(options.graph)
    texts = {q.name: filled(q.text, parameter_values(store, q.parameters)) for q in query.named()}
    with served(options.graph) as (port, process), tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "questions.lua"
        before = memory(process.pid)
        for anew in (True, False):
            script.write_text(lua(texts.values(), anew), "utf-8")
            load = wrk(port, script, options.connections, 600)
            ratio = latencies(port, store, texts, options.rounds, anew)
            load.kill()
            load.wait()
            how = "each answered anew" if anew else "asked before"
            print(
                f"load of {options.connections}, {how}: "
                f"the median is {ratio:.2f} times that of plain pyoxigraph\n"
            )
        script.write_text(lua(texts.values(), anew=True), "utf-8")
        many(port, script, options.clients, process.pid, before)
        hostile(port, texts)


@contextmanager
def served(graph: Path, seconds: float = TIMEOUT) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "jiceng",
        "serve",
        str(graph),
        "--port",
        str(port),
        "--timeout",
        str(seconds),
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(1200):
                try:
                    ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), "ASK {}")
                    break
                except OSError:
                    time.sleep(0.1)
            yield port, process
        finally:
            process.terminate()
            process.wait(120)


def ask(connection: http.client.HTTPConnection, text: str) -> tuple[int, bytes]:
    body = urllib.parse.urlencode({"query": text})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/sparql-results+json",
    }
    connection.request("POST", "/sparql", body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def latencies(port: int, store: query.Graph, texts: dict[str, str], rounds: int, anew: bool) -> float:
    """Print each question's medians; the ratio of the medians of all."""
    assert not isinstance(store, query.Endpoint)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    ours: dict[str, list[float]] = {name: [] for name in texts}
    plain: dict[str, list[float]] = {name: [] for name in texts}
    for n in range(rounds):
        for name, text in texts.items():
            asked = f"{text}\n# {n}" if anew else text
            start = time.perf_counter()
            status, body = ask(connection, asked)
            ours[name].append(time.perf_counter() - start)
            start = time.perf_counter()
            answer = store.query(text, prefixes=dict(PREFIXES)).serialize(format=QueryResultsFormat.JSON)
            plain[name].append(time.perf_counter() - start)
            if status != 200 or len(json.loads(body)["results"]["bindings"]) != len(
                json.loads(answer or b"")["results"]["bindings"]
            ):
                raise SystemExit(f"{name}: status {status}, or another number of rows than pyoxigraph gives")
    print(f"{'question':22} {'serve ms':>9} {'plain ms':>9} {'ratio':>6}")
    medians = {n: (statistics.median(ours[n]), statistics.median(plain[n])) for n in texts}
    for name, (mine, same) in medians.items():
        print(f"{name:22} {mine * 1000:9.2f} {same * 1000:9.2f} {mine / same:6.2f}")
    every = [statistics.median(t for of in way.values() for t in of) for way in (ours, plain)]
    print(f"{'all':22} {every[0] * 1000:9.2f} {every[1] * 1000:9.2f} {every[0] / every[1]:6.2f}")
    return every[0] / every[1]


def many(port: int, script: Path, clients: int, pid: int, before: int) -> None:
    load = wrk(port, script, clients, 10)
    most = 0
    while load.poll() is None:
        most = max(most, memory(pid))
        time.sleep(0.25)
    said = load.stdout.read().decode() if load.stdout else ""
    requests = re.search(r"(\d+) requests in", said)
    errors = re.findall(r"(?:Non-2xx or 3xx responses: \d+|Socket errors: .*)", said)
    time.sleep(2)
    print(
        f"{clients} clients: {requests[1] if requests else 0} requests in 10 s; errors: {errors or 'none'}; "
        f"memory {before >> 20} MiB before, {most >> 20} at most, {memory(pid) >> 20} after"
    )


def hostile(port: int, texts: dict[str, str]) -> None:
    ended: dict[str, tuple[int, float, str]] = {}

    def attack(name: str, text: str) -> None:
        start = time.perf_counter()
        try:
            status, body = ask(http.client.HTTPConnection("127.0.0.1", port, timeout=120), text)
        except (OSError, http.client.HTTPException) as error:
            status, body = 0, str(error).encode()
        ended[name] = status, time.perf_counter() - start, body[:80].decode("utf-8", "replace").strip()

    threads = [threading.Thread(target=attack, args=item) for item in HOSTILE.items()]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    failed = 0
    while any(thread.is_alive() for thread in threads):
        for text in texts.values():
            start = time.perf_counter()
            failed += ask(connection, text)[0] != 200
            times.append(time.perf_counter() - start)
    for name, (status, seconds, said) in sorted(ended.items()):
        print(f"hostile, {name}: {status} after {seconds:.1f} s of {TIMEOUT}: {said}")
    print(
        f"meanwhile {len(times)} named questions, {failed} failed, "
        f"median {statistics.median(times) * 1000:.1f} ms, slowest {max(times) * 1000:.0f} ms"
    )


def wrk(port: int, script: Path, connections: int, seconds: int) -> subprocess.Popen[bytes]:
    url = f"http://127.0.0.1:{port}/sparql"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--timeout", "60", "-s", str(script), url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def lua(texts: Iterable[str], anew: bool) -> str:
    """What wrk sends: one question after the other, with `anew` none twice in the same letters."""
    bodies = ",\n".join(json.dumps(urllib.parse.urlencode({"query": text})) for text in texts)
    return f"""
local bodies = {{ {bodies} }}
local at = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Accept"] = "application/sparql-results+json"
request = function()
  at = at + 1
  local more = {"'%0A%23%20' .. 'w' .. at" if anew else "''"}
  return wrk.format(nil, nil, nil, bodies[at % #bodies + 1] .. more)
end
"""


def memory(pid: int) -> int:
    """Bytes of a process and all that it started, what they share counted once (PSS)."""
    found = 0
    for process in (pid, *descendants(pid)):
        try:
            told = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        found += int(re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)[1]) << 10  # type: ignore[index]
    return found


def descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = list(children.get(pid, ()))
    for child in found:
        found += children.get(child, ())
    return found


if __name__ == "__main__":
    main()
