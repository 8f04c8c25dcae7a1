"""The built example in graphs/ is what this code makes of seeds/, to the byte, whatever the hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = ("articles.jsonl", "index.html", "jiceng.ttl")


@pytest.fixture(scope="module", params=["1", "4711"])
def built(root: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path_factory.mktemp("build") / "graphs"
    environment = {**os.environ, "PYTHONHASHSEED": request.param}
    command = [sys.executable, "-m", "jiceng", "build", str(root / "seeds"), "-o", str(folder)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return folder


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a git checkout")
@pytest.mark.parametrize("name", FILES)
def test_committed_example_is_not_stale(built: Path, name: str) -> None:
    """Whoever builds before testing has a fresh graphs/; what counts for others is what is committed."""
    command = ["git", "show", f"HEAD:graphs/{name}"]
    committed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert (built / name).read_bytes() == committed, f"commit graphs/{name} after `jiceng build seeds`"


@pytest.mark.parametrize("name", FILES)
def test_example_is_not_stale(built: Path, root: Path, name: str) -> None:
    same = (built / name).read_bytes() == (root / "graphs" / name).read_bytes()
    assert same, f"graphs/{name} is stale: run `jiceng build seeds` and commit graphs/"
