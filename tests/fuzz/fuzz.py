"""Fuzz every target with Atheris, coverage-guided, for a number of inputs in all.

    pip install atheris
    python tests/fuzz/fuzz.py [--inputs 1000000] [--jobs 2] [--target NAME]

Each target runs in a process of its own, from its kept inputs in tests/fuzz/corpus/NAME.txt. An input that
makes it fail, or takes five seconds of the processor, is written there and reported, with exit code 1: the
suite runs what is kept. `--keep` also keeps the shortest inputs that reached something new.
Cheap targets get more inputs than dear ones, by SHARES.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
CORPUS = HERE / "corpus"
MOST_KEPT = 120
"""Inputs of a target, the shortest."""

LONGEST = 5
"""Seconds of the processor for one input; HUNG by the clock, since machines may be busy with other things."""
HUNG = 60

#: Per thousand inputs.
SHARES = {
    "decoding": 160,
    "files": 40,
    "numerals": 166,
    "periods": 160,
    "repairing": 8,
    "matching": 4,
    "extracting": 4,
    "minting": 151,
    "writing": 125,
    "paging": 130,
    "querying": 50,
    "asking": 2,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--target", choices=SHARES)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--one", choices=SHARES, help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    if options.one:
        return one(options.one, rest)
    wanted = {
        name: options.inputs if options.target else options.inputs * share // 1000
        for name, share in sorted(SHARES.items(), key=lambda item: item[1])  # the dear ones first
        if options.target in (None, name)
    }
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda item: fuzzed(*item, options.keep), wanted.items()))
    found = sum(inputs < wanted[name] or bad for name, inputs, bad in results)
    print(f"{sum(inputs for _, inputs, _ in results)} inputs, {found} targets with findings")
    return 1 if found else 0


def fuzzed(name: str, inputs: int, keep: bool) -> tuple[str, int, bool]:
    """Run a target; its name, how many inputs it took, and whether any made it fail."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        grown, seeds, found = (Path(folder) / part for part in ("grown", "seeds", "found"))
        for part in (grown, seeds, found):
            part.mkdir()
        for number, data in enumerate(kept(name)):
            (seeds / str(number)).write_bytes(data)
        done = subprocess.run(
            [
                *(sys.executable, __file__, "--one", name, str(grown), str(seeds)),
                *(f"-runs={inputs}", f"-timeout={HUNG}", "-max_len=400", "-rss_limit_mb=4096"),
                *("-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={found}/"),
            ],
            capture_output=True,
            text=True,
        )
        told = re.search(r"stat::number_of_executed_units: (\d+)", done.stderr)
        bad = sorted(path.read_bytes() for path in found.iterdir())
        if keep and not done.returncode:
            reached = {path.read_bytes() for path in (*seeds.iterdir(), *grown.iterdir())}
            keep_inputs(name, sorted(reached, key=lambda data: (len(data), data)))
        if bad:
            keep_inputs(name, [], bad)
    failed = done.returncode != 0
    if failed:
        print((done.stdout + done.stderr)[-3000:])
    executed = int(told[1]) if told else 0
    verdict = "found something" if failed else "nothing found"
    print(f"{name:12} {executed:8} inputs {time.perf_counter() - start:7.0f} s  {verdict}", flush=True)
    return name, executed, failed


def kept(name: str) -> tuple[bytes, ...]:
    """What targets.kept gives; that module is not to be imported before it is instrumented."""
    path = CORPUS / f"{name}.txt"
    lines = path.read_text("ascii").splitlines() if path.is_file() else []
    return tuple(bytes.fromhex(line) for line in lines if not line.startswith("#"))


def keep_inputs(name: str, inputs: list[bytes], bad: list[bytes] = []) -> None:  # noqa: B006
    """Write a target's inputs: those that once made it fail stay above the remark, for ever."""
    path = CORPUS / f"{name}.txt"
    path.parent.mkdir(exist_ok=True)
    before = path.read_text("ascii").partition(REMARK) if path.is_file() else ("", "", "")
    failing = [*before[0].split("\n"), *(data.hex() for data in bad)]
    reaching = [data.hex() for data in inputs[:MOST_KEPT]] or before[2].split("\n")
    lines = [*dict.fromkeys(filter(None, failing)), REMARK.rstrip("\n"), *filter(None, reaching)]
    path.write_text("\n".join(lines) + "\n", "ascii")


REMARK = "# Above: what once made the target fail. Below: what reaches most of it.\n"


def one(name: str, arguments: list[str]) -> int:
    import atheris

    with atheris.instrument_imports(include=["jiceng"]):
        import targets
    target = targets.TARGETS[name]
    targets.tools()
    chance = random.Random(0)
    for data in (b"", *(chance.randbytes(200) for _ in range(20)), *kept(name)):
        target(data)  # no input waits for a dictionary

    def timed(data: bytes) -> None:
        start = time.process_time()
        target(data)
        took = time.process_time() - start
        assert took <= LONGEST, f"an input took {took:.1f} s"

    atheris.Setup([sys.argv[0], *arguments], timed)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
