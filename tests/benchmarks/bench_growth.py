"""How a build grows with its corpus: time, memory and disk, by stage, for corpora of any size.

    python tests/benchmarks/bench_growth.py [--sizes 1000 10000 100000] [--length 1.0] [--parts growth jobs
        increment rows] [--folder FOLDER] [--results tests/benchmarks/growth.json] [--name NAME]

The corpora are SYNTHETIC reports (`synthetic.py`), so every figure is one of synthetic reports. Each build
runs in a process of its own without a cache. Parts:

growth     builds of all sizes from JSON Lines: seconds elapsed and of processor; the most memory that the
           process tree has resident (sampled), while documents are read and while the graph is put together
           and written; bytes written, bytes of temporary files; the exponents that fit log(cost) to
           log(documents).
stages     the same with one process, its time by stage.
jobs       --jobs-size documents with --jobs 1 and --jobs 2 in turn, --rounds times: the ratio of medians.
increment  a folder of --increment-size text files is built with a cache, then one document is added, then it
           is retracted: each as a share of the full build, and whether the bytes are those of builds from
           nothing.
rows       the same of one table of JSON Lines with --increment-size rows, each a document: a row is added at
           its end, then the date of one is changed, then one in the middle is taken out: all behind it
           have other numbers. `reading_alone` is what reading the table takes, without knowing its rows.

A million, once: --parts growth --sizes 1000000 --length 0.1 --jobs 2 --name million.

Results go into the results file, part by part; `growth_report.py` writes them into docs/scale and READMEs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import synthetic

RESULTS = Path(__file__).parent / "growth.json"
SAMPLE_SECONDS = 0.1
PAGE = os.sysconf("SC_PAGE_SIZE")
STAGES = (
    # What is timed: module, attribute, stage. What one of them calls of another counts for that other only.
    ("jiceng.read", "read_documents", "input"),
    ("jiceng.repair", "repair", "repair"),
    ("jiceng.articles", "split", "articles"),
    ("jiceng.extract", "extract_each", "extract"),
    ("jiceng.link.statements", "link", "link"),
)
OTHER = "graph and files"


def main() -> None:
    """Measure the parts that are asked for and keep their results."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--jobs", type=int, default=1, help="of growth and of full builds (1)")
    parser.add_argument("--jobs-size", type=int, default=2000)
    parser.add_argument("--increment-size", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--length", type=float, default=1.0, help="of the reports; 1 is about 2 KB")
    parser.add_argument("--parts", nargs="+", default=list(PARTS), choices=list(PARTS))
    parser.add_argument("--folder", type=Path, help="for corpora and builds (a temporary one)")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--name", help="what the result is kept as (its part), of a run beside the others")
    parser.add_argument("--inside", help=argparse.SUPPRESS)  # the measured process itself
    options = parser.parse_args()
    if options.name and len(options.parts) != 1:
        parser.error("--name is for one part; name it with --parts")
    if options.inside:
        _inside(json.loads(options.inside))
        return
    with _folder(options.folder) as folder:
        for part in options.parts:
            result = PARTS[part](options, folder) | {"length": options.length, "machine": machine()}
            kept = json.loads(options.results.read_text("utf-8")) if options.results.exists() else {}
            kept[options.name or part] = result
            options.results.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
            print(json.dumps({part: result}, ensure_ascii=False, indent=1))


def machine() -> dict[str, Any]:
    """Where it ran; `load` is the mean number of processes that wanted a processor in the last 15 minutes."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[2], 1),
        "day": time.strftime("%Y-%m-%d"),
    }


# --- parts ------------------------------------------------------------------------------------------------


def growth(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Builds of all sizes, and the exponents."""
    runs = []
    for size in sorted(options.sizes):
        corpus = folder / f"corpus-{size}.jsonl"
        synthetic.write_jsonl(synthetic.rows(size, length=options.length), corpus)
        many = ["--jobs", str(options.jobs)]
        run = build([corpus], folder / "graphs", folder, many, stages=options.jobs == 1)
        run |= {"asked": size, "input_bytes": corpus.stat().st_size, "text_bytes": text_bytes(corpus)}
        run["output_bytes"] = size_of(folder / "graphs")
        run["graph_bytes"] = (folder / "graphs" / "jiceng.ttl").stat().st_size
        runs.append(run)
        print(json.dumps(run), file=sys.stderr, flush=True)
        corpus.unlink()
        shutil.rmtree(folder / "graphs")
    # Processes that others run on the machine stretch the seconds that elapse; those of the processor remain.
    fits = {
        what: exponent([(run["documents"], cost(run)) for run in runs])
        for what, cost in (
            ("elapsed", lambda run: run["seconds"]),
            ("processor", lambda run: run["processor_seconds"]),
            ("memory", lambda run: run["peak_bytes"]),
            ("memory_while_reading", lambda run: run["peak_bytes_reading"]),
            ("memory_while_writing", lambda run: run["peak_bytes_writing"]),
        )
    }
    return {"runs": runs, "exponents": fits, "jobs": options.jobs}


def stages(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Where the time of one process goes."""
    found = growth(argparse.Namespace(**vars(options) | {"jobs": 1}), folder)
    runs = found["runs"]
    for name in runs[0]["stages"]:
        found["exponents"][name] = exponent([(run["documents"], run["stages"][name]) for run in runs])
    return found


def jobs(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """One process against two."""
    corpus = folder / "corpus.jsonl"
    synthetic.write_jsonl(synthetic.rows(options.jobs_size, length=options.length), corpus)
    seconds: dict[int, list[float]] = {1: [], 2: []}
    hashes = set()
    for _ in range(options.rounds):
        for number, times in seconds.items():
            times.append(build([corpus], folder / "graphs", folder, ["--jobs", str(number)])["seconds"])
            hashes.add(hash_of(folder / "graphs"))
            shutil.rmtree(folder / "graphs")
    corpus.unlink()
    one, two = (statistics.median(times) for times in seconds.values())
    return {
        "asked": options.jobs_size,
        "seconds": {str(number): times for number, times in seconds.items()},
        "speed_up": one / two,
        "same_bytes": len(hashes) == 1,
    }


def increment(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """One document more, and one less."""
    size = options.increment_size
    corpus, cache, graphs = (folder / name for name in ("corpus", "cache", "graphs"))
    synthetic.write_txt(synthetic.rows(size, length=options.length), corpus)
    with_cache, many = ["--cache", str(cache)], ["--jobs", str(options.jobs)]
    full = _told("full", build([corpus], graphs, folder, with_cache + many))
    before = hash_of(graphs)
    again = _told("again", build([corpus], graphs, folder, with_cache))
    added = corpus / "added.txt"
    added.write_text(next(synthetic.rows(size + 1, length=options.length, first=size)).text, "utf-8")
    one_more = _told("added", build([corpus], graphs, folder, with_cache))
    after = hash_of(graphs)
    one_less = _told("retracted", build(["added.txt"], graphs, folder, with_cache, command="retract"))
    retracted = hash_of(graphs) == before
    print(f"retracted is as before: {retracted}", file=sys.stderr, flush=True)
    from_nothing = _told("from nothing", build([corpus], folder / "from-nothing", folder, many))
    same = hash_of(folder / "from-nothing") == after
    cache_bytes = size_of(cache)
    for place in (corpus, cache, graphs, folder / "from-nothing"):
        shutil.rmtree(place)
    return {
        "asked": size,
        "full": full,
        "nothing_changed": again,
        "added": one_more,
        "retracted": one_less,
        "from_nothing": from_nothing,
        "cache_bytes": cache_bytes,
        "share_nothing_changed": again["processor_seconds"] / full["processor_seconds"],
        "share_added": one_more["processor_seconds"] / full["processor_seconds"],
        "share_retracted": one_less["processor_seconds"] / full["processor_seconds"],
        "added_is_the_build_from_nothing": same,
        "retracted_is_the_build_before": retracted,
        "jobs": options.jobs,
    }


def rows(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """One row of a table more, one changed, one less."""
    size = options.increment_size
    table, cache, graphs = (folder / name for name in ("corpus.jsonl", "cache", "graphs"))
    synthetic.write_jsonl(synthetic.rows(size, length=options.length), table)
    with_cache, many = ["--cache", str(cache)], ["--jobs", str(options.jobs)]
    runs = {"full": _told("full", build([table], graphs, folder, with_cache + many))}
    runs["nothing_changed"] = _told("again", build([table], graphs, folder, with_cache))
    lines = table.read_text("utf-8").splitlines(keepends=True)
    (more,) = synthetic.rows(size + 1, length=options.length, first=size)
    same = {}
    changes: dict[str, Callable[[], None]] = {
        "row_added": lambda: lines.append(json.dumps(asdict(more), ensure_ascii=False) + "\n"),
        "date_changed": lambda: lines.insert(7, _with_date(lines.pop(7))),
        "row_taken_out": lambda: lines.__delitem__(size // 2),
    }
    for name, change in changes.items():
        change()
        table.write_text("".join(lines), "utf-8")
        runs[name] = _told(name, build([table], graphs, folder, with_cache))
        if name != "date_changed":  # the last two at once: a build from nothing takes long
            build([table], folder / "from-nothing", folder, many)
            same[name] = hash_of(folder / "from-nothing") == hash_of(graphs)
            shutil.rmtree(folder / "from-nothing")
            print(f"{name} is the build from nothing: {same[name]}", file=sys.stderr, flush=True)
    alone = _reading_alone(table)
    cache_bytes = size_of(cache)
    for place in (cache, graphs):
        shutil.rmtree(place)
    table.unlink()
    full = runs["full"]["processor_seconds"]
    return {
        "asked": size,
        **runs,
        "reading_alone": alone,
        "cache_bytes": cache_bytes,
        **{f"share_{name}": run["processor_seconds"] / full for name, run in runs.items() if name != "full"},
        "share_reading_alone": alone / full,
        "are_the_builds_from_nothing": same,
        "jobs": options.jobs,
    }


def _with_date(line: str) -> str:
    return json.dumps(json.loads(line) | {"date": "2001-02-03"}, ensure_ascii=False) + "\n"


def _reading_alone(table: Path) -> float:
    """Seconds of processor for the rows of a table as texts with their hashes."""
    from jiceng import read

    start = time.process_time()
    for _ in read.read_documents(read.Input(table, table.name)):
        pass
    return time.process_time() - start


def _told(name: str, run: dict[str, Any]) -> dict[str, Any]:
    """A run, told while others still go on."""
    print(json.dumps({name: run}), file=sys.stderr, flush=True)
    return run


PARTS: dict[str, Callable[[argparse.Namespace, Path], dict[str, Any]]] = {
    "growth": growth,
    "stages": stages,
    "jobs": jobs,
    "increment": increment,
    "rows": rows,
}


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of log(cost) over log(size), by least squares; None of fewer than two points."""
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    return statistics.linear_regression(*zip(*logs, strict=True)).slope


# --- one build --------------------------------------------------------------------------------------------


def build(
    sources: Sequence[Path | str],
    graphs: Path,
    folder: Path,
    arguments: Sequence[str] = (),
    command: str = "build",
    stages: bool = False,
) -> dict[str, Any]:
    """Run the command in a process of its own, and what it took."""
    place = folder / "temporary"
    place.mkdir(exist_ok=True)
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    if "--cache" not in arguments:
        arguments = [*arguments, "--no-cache"]
    asked = {
        "arguments": [command, *map(str, sources), "-o", str(graphs), "--json", *arguments],
        "report": str(report),
        "stages": stages,
    }
    environment = os.environ | {"TMPDIR": str(place), "PYTHONHASHSEED": "0"}
    start, before = time.monotonic(), os.times()
    process = subprocess.Popen(
        [sys.executable, __file__, "--inside", json.dumps(asked)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    sampler = _Sampler(process.pid, place)
    printed, _ = process.communicate()
    seconds, after = time.monotonic() - start, os.times()
    samples = sampler.stop()
    waited = after.children_user + after.children_system - before.children_user - before.children_system
    if not report.exists() or process.returncode not in (0, 1):
        raise SystemExit(f"{asked['arguments']}: failed with {process.returncode}")
    told = json.loads(report.read_text("utf-8"))
    summary = json.loads(printed)
    read_until = told["read_until"] or start
    reading = [memory for when, memory, _ in samples if when <= read_until]
    writing = [memory for when, memory, _ in samples if when > read_until]
    return {
        "documents": summary["documents"],
        "facts": sum(summary["facts"].values()),
        "triples": summary["triples"],
        "seconds": seconds,
        "processor_seconds": max(waited, sampler.processor_seconds()),
        "peak_bytes": max(memory for _, memory, _ in samples),
        "peak_bytes_reading": max(reading, default=0),
        "peak_bytes_writing": max(writing, default=0),
        "temporary_bytes": max(used for _, _, used in samples),
        **({"stages": told["stages"]} if stages else {}),
    }


class _Sampler:
    """Memory of a process and all below it, and the size of a folder, again and again until it stops."""

    def __init__(self, pid: int, place: Path) -> None:
        self._pid, self._place = pid, place
        self._samples: list[tuple[float, int, int]] = []
        self._ticks: dict[int, int] = {}  # of the processor, by process, when it was last seen
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._ends.wait(SAMPLE_SECONDS):
            memory = resident(self._pid, self._ticks)
            self._samples.append((time.monotonic(), memory, size_of(self._place)))

    def processor_seconds(self) -> float:
        """Of all processes, also of those that nobody waits for (a pool's)."""
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> list[tuple[float, int, int]]:
        self._ends.set()
        self._thread.join()
        return self._samples or [(time.monotonic(), 0, 0)]


def resident(pid: int, ticks: dict[int, int]) -> int:
    """The resident bytes of a process and of all that it began (what they share counts each time).

    `ticks` takes each one's time of the processor.
    """
    total = 0
    waiting = [pid]
    while waiting:
        number = waiting.pop()
        one = Path(f"/proc/{number}")
        try:
            ticks[number] = sum(map(int, (one / "stat").read_text("utf-8").rpartition(")")[2].split()[11:13]))
            total += int((one / "statm").read_text("ascii").split()[1]) * PAGE
            for task in (one / "task").iterdir():
                waiting += map(int, (task / "children").read_text("ascii").split())
        except (OSError, IndexError, ValueError):  # it has ended meanwhile
            continue
    return total


def size_of(place: Path) -> int:
    """The bytes of all files in a folder."""
    total = 0
    for folder, _, names in os.walk(place):
        for name in names:
            if name.startswith("jieba"):  # a library's own, the same for any corpus
                continue
            try:
                total += (Path(folder) / name).stat().st_size
            except OSError:
                continue
    return total


def hash_of(place: Path) -> str:
    """A hash of all files in a folder, with their names."""
    total = hashlib.sha256()
    for path in sorted(p for p in place.rglob("*") if p.is_file()):
        total.update(f"{path.relative_to(place)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def text_bytes(corpus: Path) -> int:
    """The bytes of the texts alone, without what JSON and the other columns add."""
    with corpus.open(encoding="utf-8") as stream:
        return sum(len(json.loads(line)["text"].encode()) for line in stream)


# --- inside the measured process ----------------------------------------------------------------------------


def _inside(asked: dict[str, Any]) -> None:
    from jiceng import cli, pipeline

    clock = _Clock()
    divide = pipeline.Session.divide
    read_until = 0.0

    def marked(*arguments: Any) -> Any:
        nonlocal read_until
        read_until = time.monotonic()
        return divide(*arguments)

    pipeline.Session.divide = marked
    if asked["stages"]:
        for module, name, stage in STAGES:
            owner = _owner(module)
            setattr(owner, name, clock.timed(getattr(owner, name), stage))
    with clock.stage(OTHER):
        code = cli.main(asked["arguments"])
    idle = [stage for stage, seconds in clock.spent.items() if not seconds]
    if asked["stages"] and idle:
        raise SystemExit(f"STAGES names what a build no longer calls: {', '.join(idle)}")
    report = {"stages": clock.spent, "read_until": read_until}
    Path(asked["report"]).write_text(json.dumps(report), "utf-8")
    raise SystemExit(code)


def _owner(name: str) -> Any:
    """A module, or what a module holds under a name."""
    try:
        return import_module(name)
    except ImportError:
        module, _, attribute = name.rpartition(".")
        return getattr(_owner(module), attribute)


class _Clock:
    """Seconds of processor by stage, each counted for the innermost stage that runs."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._stack: list[str] = []
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        if self._stack:
            self.spent[self._stack[-1]] = self.spent.get(self._stack[-1], 0.0) + now - self._since
        self._since = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.spent.setdefault(name, 0.0)
        self._turn()
        self._stack.append(name)
        try:
            yield
        finally:
            self._turn()
            self._stack.pop()

    def timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """The function, timed; of a generator each step."""
        self.spent.setdefault(stage, 0.0)

        def steps(found: Iterator[Any]) -> Iterator[Any]:
            while True:
                with self.stage(stage):
                    step = list(islice(found, 1))
                if not step:
                    return
                yield step[0]

        def run(*arguments: Any, **named: Any) -> Any:
            with self.stage(stage):
                result = function(*arguments, **named)
            return steps(result) if hasattr(result, "send") else result

        return run


@contextmanager
def _folder(chosen: Path | None) -> Iterator[Path]:
    if chosen:
        chosen.mkdir(parents=True, exist_ok=True)
        yield chosen
        return
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


if __name__ == "__main__":
    main()
