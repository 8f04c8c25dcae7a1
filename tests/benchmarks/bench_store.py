"""A graph on disk beside the same graph in memory: first and later commands, memory, and named questions.

    python tests/benchmarks/bench_store.py [--triples 1000000]

The graph is that of `large_graph.py` (the built example again and again, with invented districts), as
Turtle. Each way is a process of its own: told are the seconds until the graph is open, its resident memory
then and after the named questions, and the seconds of the processor that they take, with the slowest. The
first opening on disk makes the database.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

HERE = Path(__file__).parent
PROGRAM = """
import json, sys, time
from pathlib import Path
from jiceng import query
from jiceng.errors import QueryError
memory = lambda: int(Path('/proc/self/statm').read_text().split()[1]) * 4096 / 1e6
start = time.perf_counter()
store = query.open_store(Path(sys.argv[1]))
told = {'open': time.perf_counter() - start, 'memory': memory(), 'questions': {}}
if len(sys.argv) > 2:
    for question in query.named():
        start = time.process_time()
        query.run(store, question.name, 'csv', dict(question.example))
        told['questions'][question.name] = time.process_time() - start
told['after'] = memory()
print(json.dumps(told))
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--questions", action="store_true", help="ask the named questions, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        triples, graph = Path(folder) / "graph.nt", Path(folder) / "graph.ttl"
        make = [sys.executable, str(HERE / "large_graph.py"), "--triples", str(options.triples), str(triples)]
        subprocess.run(make, check=True)
        serialize(
            (q.triple for q in parse(path=str(triples), format=RdfFormat.N_TRIPLES)),
            output=str(graph),
            format=RdfFormat.TURTLE,
        )
        print(f"{options.triples} triples: {graph.stat().st_size / 1e6:.0f} MB of Turtle")
        stores = Path(folder) / "stores"
        for name, place in (
            ("in memory", "memory"),
            ("on disk, first", str(stores)),
            ("on disk, later", str(stores)),
        ):
            asked = ["questions"] if options.questions and "first" not in name else []
            started = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", PROGRAM, str(graph), *asked],
                env={**os.environ, "JICENG_STORE": place},
                stdout=subprocess.PIPE,
                check=True,
            )
            told = json.loads(done.stdout)
            line = f"{name:15} open after {told['open']:.2f} s, {told['memory']:.0f} MB"
            if asked:
                slowest = max(told["questions"], key=told["questions"].__getitem__)
                line += f"; {len(told['questions'])} questions {sum(told['questions'].values()):.1f} s"
                line += f", slowest {slowest} {told['questions'][slowest]:.1f} s; then {told['after']:.0f} MB"
            print(f"{line}; {time.perf_counter() - started:.1f} s in all", flush=True)
        size = sum(path.stat().st_size for path in stores.rglob("*") if path.is_file())
        print(f"the database takes {size / 1e6:.0f} MB on disk")


if __name__ == "__main__":
    main()
