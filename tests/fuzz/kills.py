"""Kill builds at random moments; the folder must hold one whole build after each.

    python tests/fuzz/kills.py [--kills 200] [--seed 0]

Two documents are built into one folder in turn, by a process that is forked with everything loaded and killed
by SIGKILL at a moment drawn anew each time. After each kill `jiceng check` must find nothing, and the folder
must be the old build or the new one. Prints how many of each; exits with 1 at the first that is broken.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from jiceng import cli, pipeline
from jiceng.check import check

TEXTS = {
    "old": "武侯区：旧貌\n成都市武侯区建立小区党支部126个，推行“邻里夜话”制度。\n",
    "new": "武侯区：新颜\n成都市武侯区建立小区党支部254个，打造“红色物业”示范小区27个。\n",
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    pipeline.load_tools()  # once here, so that children are soon at work
    with tempfile.TemporaryDirectory() as folder:
        documents = {}
        for name, text in TEXTS.items():
            documents[name] = Path(folder) / f"{name}.txt"
            documents[name].write_text(text, "utf-8")
        out = Path(folder) / "graphs"
        start = time.perf_counter()
        os.waitpid(started(documents["old"], out), 0)
        longest = time.perf_counter() - start
        kept = {"old": 0, "new": 0}
        finished = 0
        for number in range(options.kills):
            before = held(out)
            child = started(documents["new" if before == "old" else "old"], out)
            time.sleep(chance.uniform(0, 1.2) * longest)
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            finished += not os.WIFSIGNALED(status)
            problems = check(out).problems
            if problems:
                print(f"kill {number}: {problems[0]}")
                return 1
            kept["new" if held(out) != before else "old"] += 1
    print(
        f"{options.kills} kills ({finished} came too late): the folder held the earlier build {kept['old']} "
        f"times, the later one {kept['new']} times, a broken one never"
    )
    return 0


def started(document: Path, out: Path) -> int:
    """A build in a process of its own; gives its number."""
    child = os.fork()
    if child:
        return child
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os._exit(cli.main(["build", str(document), "-o", str(out), "--no-cache"]))


def held(out: Path) -> str:
    return "old" if "old.txt" in (out / "jiceng.ttl").read_text("utf-8") else "new"


if __name__ == "__main__":
    sys.exit(main())
