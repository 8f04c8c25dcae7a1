"""Write the real output under each command of the console blocks of the READMEs and of docs/.

    python scripts/readme_transcripts.py [--check]

A block is fenced by ```` ```console ````; each line that begins with `$ ` is run by bash at the project's
root, and what it prints (standard error left out) replaces the lines below it. With `--check` nothing is
written: the exit code says whether a transcript is stale.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Fill or check all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    outputs: dict[str, str] = {}
    stale = []
    for path in [*sorted(ROOT.glob("README*.md")), *sorted(ROOT.glob("docs/*.md"))]:
        text = path.read_text("utf-8")
        new = _BLOCK.sub(lambda block: f"```console\n{_filled(block[1], outputs)}```", text)
        if new != text:
            stale.append(str(path.relative_to(ROOT)))
            if not options.check:
                path.write_text(new, "utf-8")
    print("stale: " + ", ".join(stale) if stale else "all transcripts are up to date")
    return 1 if options.check and stale else 0


def _filled(block: str, outputs: dict[str, str]) -> str:
    parts = []
    for command in (line[2:] for line in block.split("\n") if line.startswith("$ ")):
        if command not in outputs:
            outputs[command] = _run(command)
        parts.append(f"$ {command}\n{outputs[command]}")
    return "\n".join(parts)


def _run(command: str) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    lines = [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
