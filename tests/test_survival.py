"""Builds that are killed, run out of room or meet another: the folder holds one whole build."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jiceng import processes
from jiceng.check import check

OLD = "武侯区：旧貌\n成都市武侯区建立小区党支部126个，推行“邻里夜话”制度。\n"
NEW = "武侯区：新颜\n成都市武侯区建立小区党支部254个，打造“红色物业”示范小区27个。\n"
KILLS = 15
"""In one run of the suite; `python tests/fuzz/kills.py` does as many as one likes."""


def build(document: Path, out: Path, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "jiceng", "build", str(document), "-o", str(out), "--no-cache"]
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def documents(folder: Path) -> tuple[Path, Path]:
    for name, text in (("old.txt", OLD), ("new.txt", NEW)):
        (folder / name).write_text(text, "utf-8")
    return folder / "old.txt", folder / "new.txt"


def holds(out: Path) -> str:
    """Which build the folder holds; it must be whole."""
    assert check(out).problems == ()
    return "old" if "old.txt" in (out / "jiceng.ttl").read_text("utf-8") else "new"


def test_a_kill_at_any_moment_leaves_one_of_the_two(root: Path) -> None:
    command = [sys.executable, str(root / "tests" / "fuzz" / "kills.py"), "--kills", str(KILLS)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{KILLS} kills" in done.stdout


def test_what_a_killed_build_leaves_is_swept_away_by_the_next(tmp_path: Path) -> None:
    old, new = documents(tmp_path)
    out = tmp_path / "graphs"
    assert build(old, out).wait() == 0
    process = build(new, out)
    while process.poll() is None and not list(tmp_path.glob(".graphs.*")):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert holds(out) in ("old", "new")
    assert build(new, out).wait() == 0
    assert holds(out) == "new"
    assert list(tmp_path.glob(".graphs.*")) == []


def test_a_process_that_has_the_number_of_another_is_not_taken_for_it() -> None:
    mine = processes.mark()
    assert processes.runs(mine)
    assert not processes.runs(f"{os.getpid()}-12345678901234567")
    assert processes.runs("no-mark")
    assert not processes.runs("4194999-1")


def test_temporary_databases_of_killed_builds_are_swept_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, running, fresh, other = (
        tmp_path / "tmp" / name
        for name in (
            f"jiceng-pieces-{ended.pid}-1.a",
            f"jiceng-pieces-{processes.mark()}.b",
            f"jiceng-pieces-{ended.pid}-1.c",
            "jiceng-pieces-of-mine",
        )
    )
    for folder in (left, running, fresh, other):
        folder.mkdir()
        if folder != fresh:
            os.utime(folder, (0, 0))
    old, _ = documents(tmp_path)
    assert build(old, tmp_path / "graphs").wait() == 0
    assert sorted((tmp_path / "tmp").glob("jiceng-*")) == sorted((running, fresh, other))


def test_without_room_the_old_build_stays_and_is_said_to(tmp_path: Path) -> None:
    old, new = documents(tmp_path)
    out = tmp_path / "graphs"
    assert build(old, out).wait() == 0

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    process = build(new, out, preexec_fn=no_room)
    _, said = process.communicate()
    assert process.returncode == 2
    assert "writing failed" in said
    assert "the earlier build there, if any, is untouched" in said
    assert holds(out) == "old"
    assert build(new, out).wait() == 0
    assert holds(out) == "new"


def test_two_builds_at_once_leave_one_whole(tmp_path: Path) -> None:
    old, new = documents(tmp_path)
    out = tmp_path / "graphs"
    processes = [build(old, out), build(new, out)]
    codes = [process.wait() for process in processes]
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert holds(out) in ("old", "new")


ENVIRONMENTS = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
    {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "America/New_York", "PYTHONUTF8": "0"},
)


@pytest.mark.parametrize("options", [[], ["--jobs", "2"]])
def test_surroundings_change_no_byte(options: list[str], tmp_path: Path) -> None:
    old, new = documents(tmp_path)
    manifests = []
    for number, environment in enumerate(ENVIRONMENTS):
        folder = tmp_path / f"at{number}"
        folder.mkdir()
        order = [str(old), str(new)] if number else [str(new), str(old)]
        out = folder / "graphs"
        command = [sys.executable, "-m", "jiceng", "build", *order, "-o", str(out), "--no-cache", *options]
        subprocess.run(
            command, check=True, cwd=folder, env={**os.environ, **environment}, capture_output=True
        )
        manifests.append(json.loads((out / "manifest.json").read_text()))
    assert manifests[0] == manifests[1]
