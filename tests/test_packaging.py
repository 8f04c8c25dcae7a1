"""What people install: a wheel that does the whole job away from the checkout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*command: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
def test_wheel_builds_the_graph_in_an_empty_environment(root: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", tmp_path, root, cwd=tmp_path)
    (wheel,) = tmp_path.glob("jiceng-*.whl")
    run(sys.executable, "-m", "venv", tmp_path / "empty", cwd=tmp_path)
    python = tmp_path / "empty" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    jiceng = tmp_path / "empty" / "bin" / "jiceng"
    told = json.loads(run(jiceng, "build", root / "seeds", "-o", "out", "--json", cwd=tmp_path))
    assert told["documents"] == 5
    assert not told["failures"]
    assert (tmp_path / "out" / "jiceng.ttl").read_bytes() == (root / "graphs" / "jiceng.ttl").read_bytes()
    answer = run(
        jiceng,
        "query",
        "SELECT (COUNT(*) AS ?n) { ?s a jc:Measurement }",
        "-f",
        "csv",
        "-g",
        "out",
        cwd=tmp_path,
    )
    assert int(answer.split()[1]) == told["facts"]["measurements"]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, jiceng.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    loaded = set(run(sys.executable, "-c", code, cwd=Path.cwd()).split())
    assert "jiceng.cli" in loaded
    assert not loaded & {"rdflib", "jieba", "pyvis", "networkx", "pyoxigraph", "pyshacl", "tqdm", "numpy"}
