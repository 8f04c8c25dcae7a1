"""Licences: everything that is shipped or installed is listed, and a surprise is told."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def licences(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(root / "scripts"))
    return importlib.import_module("licences")


def test_the_list_holds(root: Path) -> None:
    command = [sys.executable, str(root / "scripts" / "licences.py"), "--check"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("licence", ["MIT", "MPL-2.0 OR Apache-2.0", "CC-BY-4.0 AND MIT", "(GPL-3.0 OR MIT)"])
def test_what_may_be_shipped(licences: ModuleType, licence: str) -> None:
    assert licences.allowed(licence, licences.PERMISSIVE)


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0", "MPL-2.0", "unknown", "SSPL-1.0", ""]
)
def test_what_may_not(licences: ModuleType, licence: str) -> None:
    assert not licences.allowed(licence, licences.PERMISSIVE)


def test_a_file_or_package_that_is_in_no_list_is_told(
    licences: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = licences.LIST.read_text("utf-8").partition(licences.BEGIN)[2].partition(licences.END)[0]
    assert list(licences.problems("", script)) == []
    copyleft = script.replace("| kapsule | MIT |", "| kapsule | GPL-3.0-only |")
    assert list(licences.problems("", copyleft)) == ["kapsule: GPL-3.0-only: nothing that we may ship"]
    monkeypatch.setattr(licences, "FILES", tuple(f for f in licences.FILES if "ngrams" not in f.pattern))
    assert any("ngrams.txt.gz: whose is it?" in line for line in licences.problems("", script))
    monkeypatch.setattr(licences, "licence_of", lambda name: "AGPL-3.0-only" if name == "jieba" else "MIT")
    assert any("jieba: AGPL-3.0-only" in line for line in licences.problems("", script))
