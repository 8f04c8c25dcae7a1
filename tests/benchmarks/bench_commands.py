"""Whole commands, timed as a user waits for them, beside a reference in the same run.

    python tests/benchmarks/bench_commands.py [--rounds 7] [--json]

Reference: `python -c "import rdflib, jieba, pyvis; jieba.initialize()"`, what merely loading the libraries
costs. Rounds alternate between the commands, and the median of each is shown, so that a busy machine
disturbs all alike.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"
REFERENCE = "import rdflib, jieba, pyvis; jieba.initialize()"

BUILD = [sys.executable, "-m", "jiceng", "build", str(SEEDS)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "reference": [sys.executable, "-c", REFERENCE],
            "jiceng --help": [sys.executable, "-m", "jiceng", "--help"],
            "jiceng build seeds --no-cache": [*BUILD, "-o", f"{folder}/graphs", "--no-cache"],
            "jiceng build seeds, nothing new": [*BUILD, "-o", f"{folder}/graphs", f"--cache={folder}/cache"],
            "jiceng query overview": [
                sys.executable,
                "-m",
                "jiceng",
                "query",
                "overview",
                "-g",
                f"{folder}/graphs",
            ],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for round_ in range(options.rounds + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                if round_:  # the first round fills the caches
                    times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    if options.json:
        print(json.dumps({k: round(v, 4) for k, v in medians.items()}, indent=1))
        return
    print(f"{'command':<26}{'median s':>10}{'× reference':>14}")
    for name, seconds in medians.items():
        print(f"{name:<26}{seconds:>10.3f}{seconds / medians['reference']:>14.2f}")


if __name__ == "__main__":
    main()
