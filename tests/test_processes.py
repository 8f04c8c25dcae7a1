"""Whose a file is, also where the system has no users' numbers."""

import os
from pathlib import Path

import pytest

from jiceng import processes


def test_a_file_of_ones_own_is_owned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert processes.owns(tmp_path.stat())
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    assert not processes.owns(tmp_path.stat())


def test_where_there_are_no_numbers_every_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "getuid")
    assert processes.owns(tmp_path.stat())
