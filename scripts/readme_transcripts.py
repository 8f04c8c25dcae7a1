"""Write the real output under each command of the console blocks of the READMEs and of docs/.

    python scripts/readme_transcripts.py [--check]

A block is fenced by ```` ```console ````; each line that begins with `$ ` is run by bash at the project's
root, and what it prints (standard error left out) replaces the lines below it. With `--check` nothing is
written, and the commands run in a copy of what they read (one of them builds `graphs/` anew, which others may
be reading): the exit code says whether a transcript is stale.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_READ = ("graphs", "seeds", "tests/gold")  # by the commands
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Fill or check all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as copy:
        for name in _READ if options.check else ():
            shutil.copytree(ROOT / name, Path(copy, name))
        stale = _stale(Path(copy) if options.check else ROOT, write=not options.check)
    print("stale: " + ", ".join(stale) if stale else "all transcripts are up to date")
    return 1 if options.check and stale else 0


def _stale(folder: Path, *, write: bool) -> list[str]:
    """The files with a transcript that is not what its command prints in a folder; mended if `write`."""
    outputs: dict[str, str] = {}
    stale = []
    for path in [*sorted(ROOT.glob("README*.md")), *sorted(ROOT.glob("docs/*.md"))]:
        text = path.read_text("utf-8")
        new = _BLOCK.sub(lambda block: f"```console\n{_filled(block[1], outputs, folder)}```", text)
        if new != text:
            stale.append(str(path.relative_to(ROOT)))
            if write:
                path.write_text(new, "utf-8")
    return stale


def _filled(block: str, outputs: dict[str, str], folder: Path) -> str:
    parts = []
    for command in (line[2:] for line in block.split("\n") if line.startswith("$ ")):
        if command not in outputs:
            outputs[command] = _run(command, folder)
        parts.append(f"$ {command}\n{outputs[command]}")
    return "\n".join(parts)


def _run(command: str, folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    lines = [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
