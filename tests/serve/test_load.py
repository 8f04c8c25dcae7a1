"""Honest clients beside hostile ones, for some seconds: bench_hostile.py does it for as long as one likes."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_hostile_clients_cost_the_honest_no_answer(root, url):
    command = [sys.executable, str(root / "tests" / "benchmarks" / "bench_hostile.py")]
    options = ["--minutes", "0.15", "--clients", "24", "--hostile", "8", "--graph", str(root / "graphs")]
    # Honest queries take that long on no machine; on a slow one they may be told to try again.
    options += ["--timeout", "20", "--again", "90"]
    done = subprocess.run([*command, *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "honest: " in done.stdout
    assert "'200'" in done.stdout
