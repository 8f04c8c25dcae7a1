"""What people install: a wheel that does the whole job away from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
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
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "empty", cwd=tmp_path)
    python = tmp_path / "empty" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-compile", wheel, cwd=tmp_path)
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


def test_two_builds_of_the_package_are_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """Whatever folder, clock, time zone, locale, hash seed, file times and modes there are."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
    surroundings = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "9", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"},
    )
    built = []
    for number, surrounding in enumerate(surroundings):
        copy = tmp_path / f"checkout{number}" / ("x" * number) / "jiceng"
        files = [os.fsdecode(name) for name in tracked.split(b"\0") if name]
        for name in sorted(files, reverse=bool(number)):
            if (root / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(root / name, copy / name)
                (copy / name).chmod(0o600 if number else 0o644)
                os.utime(copy / name, (1_000_000_000 * (number + 1),) * 2)
        program = (
            "import sys; from hatchling.build import build_sdist, build_wheel;"
            "build_sdist(sys.argv[1]); build_wheel(sys.argv[1])"
        )
        out = tmp_path / f"dist{number}"
        environment = {**os.environ, **surrounding}
        subprocess.run([sys.executable, "-c", program, out], cwd=copy, env=environment, check=True)
        built.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert sorted(name.rpartition(".")[2] for name in built[0]) == ["gz", "whl"]
    assert built[0] == built[1]


def test_the_wheel_holds_all_licences(root: Path, tmp_path: Path) -> None:
    program = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, tmp_path], cwd=root, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = {name.partition("/licenses/")[2] for name in zipfile.ZipFile(wheel).namelist()}
    assert {"LICENSE", "NOTICE", "LICENCES.md", "licences/yasgui.txt", "licences/force-graph.txt"} <= names


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, jiceng.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    loaded = set(run(sys.executable, "-c", code, cwd=Path.cwd()).split())
    assert "jiceng.cli" in loaded
    assert not loaded & {"rdflib", "jieba", "pyvis", "networkx", "pyoxigraph", "pyshacl", "tqdm", "numpy"}
