"""The named questions on a large graph, beside plain pyoxigraph and rdflib, in one run.

    python tests/benchmarks/bench_queries.py [--triples 1000000] [--rounds 3] [--limit 60] [--rdflib]

The graph is that of large_graph.py. Every question with a parameter gets a value that the graph has.
Measured, the median of the rounds, which alternate: `jiceng query` as the command runs it, without loading
(text found and filled, updates and SERVICE refused, the answer as CSV); the same SPARQL by pyoxigraph's
Store, written as CSV; and with --rdflib by rdflib, once, each question in a process that is ended at the
limit of the clock. Times are the processor's, so that other work on the machine changes little. The answers
must have the same number of rows. A question that plain pyoxigraph does not answer
within the limit is told as such.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import rdflib
from large_graph import repeated
from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse, serialize

from jiceng import query
from jiceng.graph.namespaces import PREFIXES
from jiceng.query.guard import declared
from jiceng.query.named import filled

ROOT = Path(__file__).parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60, help="seconds that a question may take")
    parser.add_argument("--graph", type=Path, default=ROOT / "graphs" / "jiceng.ttl")
    parser.add_argument("--rdflib", action="store_true", help="ask rdflib, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.nt"
        triples = [quad.triple for quad in parse(path=str(options.graph), format=RdfFormat.TURTLE)]
        with file.open("wb") as output:
            serialize(repeated(triples, options.triples), output=output, format=RdfFormat.N_TRIPLES)
        start = time.perf_counter()
        store = query.open_store(file)
        print(
            f"{len(store)} triples; loaded in {time.perf_counter() - start:.1f} s (jiceng)",
            end="",
            flush=True,
        )
        start = time.perf_counter()
        Store().bulk_load(path=str(file), format=RdfFormat.N_TRIPLES)
        print(f", {time.perf_counter() - start:.1f} s (pyoxigraph)", end="", flush=True)
        host = Host(file) if options.rdflib else None
        if host:
            print(f", {host.loaded:.1f} s (rdflib)", end="")
    print(
        f"\n{'question':22} {'rows':>7} {'jiceng s':>9} {'plain s':>9} {'ratio':>6} "
        f"{'rdflib s':>9} {'times':>7}"
    )
    factors: list[float] = []
    worst = 0.0
    asked = {q.name: (q.text, parameter_values(store, q.parameters)) for q in query.named()}
    # All are tried first, since a process that has forked is slower for a while.
    tried = {}
    for name, (text, values) in asked.items():
        tried[name] = _within(options.limit, partial(plain, store, filled(text, values)))
    for name, (text, values) in asked.items():
        first = tried[name]
        if first is None:
            print(f"{name:22} {'':>7} {'':>9} {f'> {options.limit:g}':>9}")
            continue
        times: dict[str, list[float]] = {"ours": [], "plain": []}
        counts = {first[0]}
        runs = {
            "ours": partial(ours, store, name, values),
            "plain": partial(plain, store, filled(text, values)),
        }
        for _ in range(max(options.rounds, min(50, int(1 / max(first[1], 0.001))))):
            for way, run in runs.items():
                start = time.process_time()
                counts.add(run())
                times[way].append(time.process_time() - start)
        mine, same = statistics.median(times["ours"]), statistics.median(times["plain"])
        worst = max(worst, mine / same)
        line = f"{name:22} {first[0]:7} {mine:9.4f} {same:9.4f} {mine / same:6.2f}"
        if host:
            told = host.ask(declared(filled(text, values)), options.limit)
            if told is None:
                line += f" {f'> {options.limit:g}':>9} {f'> {options.limit / mine:.0f}':>7}"
            else:
                counts.add(told[0])
                factors.append(told[1] / mine)
                line += f" {told[1]:9.2f} {factors[-1]:7.1f}"
        print(line, flush=True)
        if len(counts) != 1:
            raise SystemExit(f"{name}: the answers differ in rows: {sorted(counts)}")
    print(f"jiceng takes at most {worst:.2f} times as long as plain pyoxigraph")
    if host:
        host.close()
    if factors:
        print(f"rdflib takes {min(factors):.1f} to {max(factors):.1f} times as long as jiceng, where it ends")


def plain(store: Store, text: str) -> int:
    answer = store.query(text, prefixes=dict(PREFIXES))
    return _rows((answer.serialize(format=QueryResultsFormat.CSV) or b"").decode())


def ours(store: Store, name: str, values: dict[str, str]) -> int:
    return _rows(query.run(store, name, "csv", values))


class Host:
    """A process that holds the graph in rdflib, so that its millions of objects are in nobody else's way."""

    def __init__(self, file: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, there = context.Pipe()
        self.process = context.Process(target=_host, args=(there, file))
        self.process.start()
        self.loaded: float = self.pipe.recv()

    def ask(self, text: str, limit: float) -> tuple[int, float] | None:
        self.pipe.send((text, limit))
        return self.pipe.recv()

    def close(self) -> None:
        self.pipe.close()
        self.process.kill()


def _host(pipe: Connection, file: Path) -> None:
    start = time.perf_counter()
    graph = rdflib.Graph().parse(file, format="nt")
    pipe.send(time.perf_counter() - start)
    gc.freeze()
    while True:
        try:
            text, limit = pipe.recv()
        except EOFError:
            return
        pipe.send(_within(limit, lambda text=text: len(list(graph.query(text)))))


def parameter_values(store: Store, names: tuple[str, ...]) -> dict[str, str]:
    """A value for each parameter that the graph has."""
    asked = {
        "district": """SELECT ?v {
            ?a jc:countsTier ?t ; jc:division ?d . ?b jc:unit/skos:notation "元" ; jc:division ?d .
            ?c jc:period ?p ; jc:division ?d . ?d rdfs:label ?v ; jc:adcode ?code
            } ORDER BY ?code LIMIT 1""",
        "source": "SELECT ?v { ?d a jc:SourceDocument ; schema:name ?v } ORDER BY ?v LIMIT 1",
        "name": "SELECT ?v { ?o a jc:Organisation ; rdfs:label ?v } ORDER BY ?v LIMIT 1",
    }
    fixed = {
        "measured": "党支部",
        "mechanism": "双报到",
        "tier": "网格",
        "wanted": "digital",
        "notation": "count.organisation.party",
        "fact": "小区党支部",
        "at": "1000",
    }
    values = {}
    for name in names:
        if name in fixed:
            values[name] = fixed[name]
        else:
            values[name] = next(iter(store.query(asked[name], prefixes=dict(PREFIXES))))["v"].value
    return values


def _rows(csv: str) -> int:
    return csv.count("\r\n") - 1


def _within(seconds: float, run: Callable[[], int]) -> tuple[int, float] | None:
    """What `run` gives and how long it takes, in a process that is ended at the limit."""
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)

    def work() -> None:
        start = time.process_time()
        result = run()
        there.send((result, time.process_time() - start))

    process = multiprocessing.get_context("fork").Process(target=work, daemon=True)
    process.start()
    there.close()
    try:
        return here.recv() if here.poll(seconds) else None
    finally:
        process.kill()
        process.join()


if __name__ == "__main__":
    main()
