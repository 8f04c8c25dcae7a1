"""The README's commands are the ones that CI runs."""

from pathlib import Path

import pytest

SET_UP = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/jiceng build seeds"
TEST = ".venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", ".ci/run"])
@pytest.mark.parametrize("command", [SET_UP, TEST])
def test_commands_are_the_same_everywhere(root: Path, name: str, command: str) -> None:
    assert command in (root / name).read_text("utf-8").splitlines()
