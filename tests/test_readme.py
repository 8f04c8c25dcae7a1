"""The README's commands are the ones that CI runs, and what is filled in by scripts is up to date."""

import subprocess
import sys
from pathlib import Path

import pytest

SET_UP = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/jiceng build seeds"
TEST = ".venv/bin/pip install -e '.[test]' && .venv/bin/pytest -n 2 --dist loadfile"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", ".ci/run"])
@pytest.mark.parametrize("command", [SET_UP, TEST])
def test_commands_are_the_same_everywhere(root: Path, name: str, command: str) -> None:
    assert command in (root / name).read_text("utf-8").splitlines()


def test_transcripts_are_what_the_commands_print(root: Path) -> None:
    script = root / "scripts" / "readme_transcripts.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}run python scripts/readme_transcripts.py"


def test_tables_of_classes_show_the_example_graph(root: Path) -> None:
    script = root / "scripts" / "readme_classes.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}run python scripts/readme_classes.py"


def test_what_builds_cost_is_what_was_measured(root: Path) -> None:
    script = root / "tests" / "benchmarks" / "growth_report.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}run python tests/benchmarks/growth_report.py"
