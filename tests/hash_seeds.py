"""What a program prints under different seeds of Python's hashes: sets must not order what is written."""

import os
import subprocess
import sys
from pathlib import Path

SEEDS = ("1", "2")


def printed(program: str, root: Path) -> set[str]:
    """The outputs of a program, run once with each seed from the folder `root`; they should be one."""
    return {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in SEEDS
    }
