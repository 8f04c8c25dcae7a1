"""Fuzz every target with Atheris, coverage-guided, for a number of inputs in all.

    pip install atheris
    python tests/fuzz/fuzz.py [--inputs 1000000] [--target NAME]

Each target runs in a process of its own, from its kept corpus in tests/fuzz/corpus/NAME; what it finds is
written there and reported, with exit code 1. No input may take longer than five seconds. Cheap targets get
more inputs than dear ones, by SHARES.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"

#: Per thousand inputs.
SHARES = {
    "decoding": 160,
    "files": 60,
    "numerals": 160,
    "periods": 160,
    "repairing": 12,
    "extracting": 8,
    "minting": 140,
    "writing": 120,
    "paging": 120,
    "querying": 60,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--target", choices=SHARES)
    parser.add_argument("--one", choices=SHARES, help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    if options.one:
        return one(options.one, rest)
    found = 0
    total = 0
    for name, share in SHARES.items():
        if options.target in (None, name):
            inputs = options.inputs if options.target else options.inputs * share // 1000
            start = time.perf_counter()
            code = fuzzed(name, inputs)
            total += inputs
            found += code != 0
            verdict = "found something" if code else "nothing found"
            print(f"{name:12} {inputs:8} inputs {time.perf_counter() - start:7.0f} s  {verdict}", flush=True)
    print(f"{total} inputs, {found} targets with findings")
    return 1 if found else 0


def fuzzed(name: str, inputs: int) -> int:
    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                *(sys.executable, __file__, "--one", name, folder, str(kept)),
                *(f"-runs={inputs}", "-timeout=5", "-max_len=400", "-rss_limit_mb=4096"),
                *("-print_final_stats=0", "-verbosity=0", f"-artifact_prefix={kept}/found-"),
            ],
            capture_output=True,
            text=True,
        )
    if done.returncode:
        print((done.stdout + done.stderr)[-3000:])
    return done.returncode


def one(name: str, arguments: list[str]) -> int:
    import atheris

    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=["jiceng"]):
        import targets
    targets.tools()  # not within the first input's time
    atheris.Setup([sys.argv[0], *arguments], targets.TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
