"""Kill builds at random moments; the folder must hold one whole build after each.

    python tests/fuzz/kills.py [--kills 200] [--seed 0]

Two sets of documents are built into one folder in turn, by a process that is forked with everything loaded
and killed by SIGKILL at a moment drawn anew each time: without a cache, with one that all builds share, and
with two processes. After each kill `jiceng check` must find nothing, and the folder must hold the very files
of the one build or of the other. Every tenth build is let alone: it must succeed and leave nothing beside the
folder. Prints how many of each; exits with 1 at the first that is broken.
"""

from __future__ import annotations

import argparse
import hashlib
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
    "old": ("武侯区：旧貌\n成都市武侯区建立小区党支部126个，推行“邻里夜话”制度。\n",),
    "new": (
        "武侯区：新颜\n成都市武侯区建立小区党支部254个，打造“红色物业”示范小区27个。\n",
        "云岩区：减负\n贵阳市云岩区划分网格612个，推行“邻里夜话”制度。\n",
    ),
}
MODES = {"alone": ("--no-cache",), "cache": (), "two": ("--jobs", "2")}


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
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        documents = {}
        for name, texts in TEXTS.items():
            documents[name] = [Path(folder) / f"{name}{number}.txt" for number in range(len(texts))]
            for path, text in zip(documents[name], texts, strict=True):
                path.write_text(text, "utf-8")
        references = {}
        longest = dict.fromkeys(MODES, 0.0)
        for name, paths in documents.items():
            start = time.perf_counter()
            ended(started(paths, Path(folder) / name, "alone"), 0)
            longest = dict.fromkeys(MODES, time.perf_counter() - start)
            references[content(Path(folder) / name)] = name
        out = Path(folder) / "out" / "graphs"
        ended(started(documents["old"], out, "alone"), 0)
        kept = {"old": 0, "new": 0}
        finished = 0
        for number in range(options.kills):
            before = references[content(out)]
            after = "new" if before == "old" else "old"
            mode = chance.choice(sorted(MODES))
            if number % 10 == 9:
                ended(started(documents[after], out, mode), 0)
                beside = sorted(path.name for path in out.parent.iterdir() if path != out)
                if references.get(content(out)) != after or beside:
                    print(f"after kill {number}: a build that was let alone left {beside or 'other files'}")
                    return 1
                before, after = after, before
            moment = chance.uniform(0, 1.1) * longest[mode]
            took, killed = run_until(started(documents[after], out, mode), moment)
            finished += not killed
            # How long builds take now, what else runs beside: a little more until one comes too late.
            longest[mode] = 1.05 * longest[mode] if killed else took
            problems = check(out).problems
            if problems or content(out) not in references:
                print(f"kill {number} ({mode}): {problems[0] if problems else 'files of both builds'}")
                return 1
            kept["new" if references[content(out)] == after else "old"] += 1
    print(
        f"{options.kills} kills ({finished} came too late): the folder held the earlier build {kept['old']} "
        f"times, the later one {kept['new']} times, a broken one never"
    )
    return 0


def started(documents: list[Path], out: Path, mode: str) -> int:
    """A build in a process of its own; gives its number."""
    child = os.fork()
    if child:
        return child
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os._exit(cli.main(["build", *map(str, documents), "-o", str(out), *MODES[mode]]))


def run_until(child: int, moment: float) -> tuple[float, bool]:
    """Kill a build at a moment, in seconds; how long it ran, and whether it was still running."""
    start = time.perf_counter()
    while time.perf_counter() - start < moment:
        if os.waitpid(child, os.WNOHANG)[0]:
            return time.perf_counter() - start, False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return time.perf_counter() - start, os.WIFSIGNALED(status)


def ended(child: int, expected: int) -> None:
    """Wait for a build and hold it to its exit code."""
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code != expected:
        raise SystemExit(f"a build that was let alone ended with {code}")


def content(out: Path) -> tuple[tuple[str, str], ...]:
    """Every file of a build with its hash."""
    return tuple(
        (str(path.relative_to(out)), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(out.rglob("*"))
        if path.is_file()
    )


if __name__ == "__main__":
    sys.exit(main())
