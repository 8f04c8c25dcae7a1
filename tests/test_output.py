"""Builds appear whole or not at all."""

import os
import subprocess
from pathlib import Path

import pytest

from jiceng.errors import BuildError
from jiceng.output import check_output, replacing


def write_build(folder: Path, files: dict[str, bytes]) -> None:
    with replacing(folder) as staging:
        for name, data in files.items():
            staging.write(name, [data])


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_new_folder_and_its_parents_are_made(tmp_path: Path) -> None:
    write_build(tmp_path / "a" / "b", {"jiceng.ttl": b"1"})
    assert contents(tmp_path) == {"a/b/jiceng.ttl": b"1"}


def test_a_build_replaces_the_old_one_and_leaves_other_files(tmp_path: Path) -> None:
    folder = tmp_path / "graphs"
    write_build(folder, {"jiceng.ttl": b"1", "index.html": b"old"})
    (folder / "notes").mkdir()
    (folder / "notes" / "mine.txt").write_bytes(b"mine")
    write_build(folder, {"jiceng.ttl": b"2"})
    assert contents(tmp_path) == {"graphs/jiceng.ttl": b"2", "graphs/notes/mine.txt": b"mine"}


def test_a_failed_write_leaves_the_old_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "graphs"
    write_build(folder, {"jiceng.ttl": b"1"})

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BuildError, match="No space left on device"):
        write_build(folder, {"jiceng.ttl": b"2"})
    assert contents(tmp_path) == {"graphs/jiceng.ttl": b"1"}


def test_systems_without_exchange_are_served_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiceng.output._exchange", lambda one, other: False)
    for data in (b"1", b"2"):
        write_build(tmp_path / "graphs", {"jiceng.ttl": data})
    assert contents(tmp_path) == {"graphs/jiceng.ttl": b"2"}


def test_foreign_folders_and_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("x")
    with pytest.raises(BuildError, match="holds files but no earlier build"):
        check_output(tmp_path)
    with pytest.raises(BuildError, match="is a file"):
        check_output(tmp_path / "thesis.doc")
    check_output(tmp_path / "new")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("my site")
    with pytest.raises(BuildError, match="holds files but no earlier build"):
        check_output(tmp_path / "site")


def test_the_working_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    for place in (Path(), tmp_path):
        with pytest.raises(BuildError, match="cannot be replaced while it is in use"):
            check_output(place)


def test_places_that_may_not_be_written_are_told_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(BuildError, match="may not be written to; name another folder"):
        check_output(tmp_path / "a" / "b")


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    for data in (b"1", b"2"):
        write_build(tmp_path / "link", {"jiceng.ttl": data})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "jiceng.ttl").read_bytes() == b"2"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "real"]


def test_links_to_nothing_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "graphs"
    write_build(folder, {"jiceng.ttl": b"1"})
    (folder / "away").symlink_to("nowhere")
    write_build(folder, {"jiceng.ttl": b"2"})
    assert (folder / "away").is_symlink()
    assert (folder / "jiceng.ttl").read_bytes() == b"2"


def test_what_a_killed_build_left_is_swept_and_what_a_running_one_needs_is_not(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    for number in (gone.pid, os.getppid()):
        (tmp_path / f".graphs.{number}.x.new").mkdir()
    write_build(tmp_path / "graphs", {"jiceng.ttl": b"1"})
    assert sorted(p.name for p in tmp_path.iterdir()) == [f".graphs.{os.getppid()}.x.new", "graphs"]


def test_a_running_build_of_a_longer_name_is_not_swept(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    with replacing(tmp_path / f"graphs.{gone.pid}") as staging:
        write_build(tmp_path / "graphs", {"jiceng.ttl": b"1"})
        staging.write("jiceng.ttl", [b"2"])
    assert (tmp_path / f"graphs.{gone.pid}" / "jiceng.ttl").read_bytes() == b"2"


def test_a_build_that_had_stepped_aside_for_a_killed_one_comes_back(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    aside = tmp_path / f".graphs.{gone.pid}-1.x.new.old"
    write_build(aside, {"jiceng.ttl": b"1"})
    (aside / "notes.txt").write_text("mine")
    write_build(tmp_path / "graphs", {"jiceng.ttl": b"2"})
    assert [p.name for p in tmp_path.iterdir()] == ["graphs"]
    assert contents(tmp_path / "graphs") == {"jiceng.ttl": b"2", "notes.txt": b"mine"}
