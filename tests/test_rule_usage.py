"""Every rule fires on a document of the tests, or a data file says why it stays."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from jiceng.evaluate import RuleRow

SCRIPT = Path(__file__).parents[1] / "scripts" / "rule_usage.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rule_usage", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["rule_usage"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_each_rule_fires_or_is_excused() -> None:
    # In a process of its own: rules that are loaded already tell nothing of their matches.
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_never_fires_and_what_needs_no_excuse_is_told(script: ModuleType) -> None:
    def used(name: str, documents: int) -> object:
        return script.Usage(documents, documents, RuleRow(name, 0, 0, 0))

    usage = {
        "tiers.dashed": used("tiers.dashed", 0),
        "tiers.joined": used("tiers.joined", 3),
        "tiers.levels": used("tiers.levels", 0),
        "tiers.invented": used("tiers.invented", 1),
    }
    excuses = {"tiers.levels": "a reason", "tiers.joined": "a reason", "tiers.gone": "a reason"}
    told = script.problems(usage, excuses)
    assert [line.partition(":")[0] for line in told] == [
        "tiers.dashed",
        "tiers.joined",
        "tiers.gone",
        "tiers.invented",
    ]


def test_matches_documents_and_precision_are_counted(script: ModuleType, tmp_path: Path) -> None:
    text = "四川省成都市武侯区：院落里的新办法\n武侯区构建“区委—街道党工委—社区党委”三级架构。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text(text.replace("三级架构", "组织架构"), "utf-8")
    usage = script.measure(script.documents([tmp_path]), [])
    assert usage["tiers.dashed"].documents == 2
    assert usage["tiers.dashed"].matches >= 2
    assert usage["people.credit"].documents == 0
    assert "| tiers.dashed |" in script.render(usage)
