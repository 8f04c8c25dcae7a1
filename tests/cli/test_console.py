import argparse
import sys
from pathlib import Path

import pytest

from jiceng.cli.console import bar, cache_folder


@pytest.mark.parametrize("terminal", [False, True])
def test_progress_is_shown_on_a_terminal_only(
    terminal: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with bar("reading") as progress:
        progress("武侯.txt", 2)
    told = capsys.readouterr()
    assert ("reading" in told.err) == terminal
    assert not told.out


def test_results_are_kept_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def place(cache: Path | None = None, no_cache: bool = False) -> Path | None:
        return cache_folder(argparse.Namespace(cache=cache, no_cache=no_cache))

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert place() == tmp_path / "caches" / "jiceng"
    assert place(tmp_path / "own") == tmp_path / "own"
    assert place(tmp_path / "own", no_cache=True) is None
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert place() == tmp_path / ".cache" / "jiceng"
