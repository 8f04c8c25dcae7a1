"""What no build has used for long goes; what builds use stays, and what is left gives the same bytes."""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jiceng import cli, pipeline
from jiceng.errors import BuildError
from jiceng.store import database, sweeping
from jiceng.store import files as feeding

PLACES = ("成都市武侯区", "成都市青羊区", "贵阳市云岩区", "深圳市南山区")
Day = Callable[[int], None]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number, place in enumerate(PLACES):
        said = f"{place}推行“楼门夜谈{number}”制度，划分网格{300 + number}个，建立小区党支部4{number}个。"
        (folder / f"{number}.txt").write_text(f"{place[3:]}：夜谈\n{said}\n", "utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> pipeline.Settings:
    return pipeline.Settings(cache=tmp_path / "cache", page="split")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Day:
    """Lets so many days pass."""
    now = sweeping.today()

    def pass_(days: int) -> None:
        nonlocal now
        now += days
        monkeypatch.setattr(sweeping, "today", lambda: now)

    return pass_


@contextmanager
def opened(settings: pipeline.Settings) -> Iterator[sqlite3.Connection]:
    assert settings.cache
    (path,) = settings.cache.glob("pieces-*.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def counts(settings: pipeline.Settings) -> dict[str, int]:
    with opened(settings) as connection:
        tables = [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        return {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in tables}


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_no_build_used_goes_with_all_that_belongs_to_it(
    corpus: Path, settings: pipeline.Settings, later: Day, tmp_path: Path
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    every = counts(settings)
    gone = corpus / "3.txt"
    text = gone.read_bytes()
    gone.unlink()
    later(sweeping.UNUSED)
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    assert counts(settings)["document"] == every["document"]  # not yet
    later(1)
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    left = counts(settings)
    for table in ("document", "content", "part", "part_content", "division", "page", "page_called"):
        assert left[table] == 3, table
    for table in (
        "fragment",
        "term",
        "division_term",
        "mechanism",
        "gram",
        "page_file",
        "division_mechanism",
    ):
        assert left[table] < every[table], table
    # The same folder as from nothing, also when the document is back.
    pipeline.build([corpus], tmp_path / "nothing", settings=pipeline.Settings(page="split"))
    assert files(tmp_path / "graphs") == files(tmp_path / "nothing")
    gone.write_bytes(text)
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    pipeline.build([corpus], tmp_path / "nothing", settings=pipeline.Settings(page="split"))
    assert files(tmp_path / "graphs") == files(tmp_path / "nothing")


def test_what_is_left_is_what_a_cache_of_the_same_documents_holds(
    corpus: Path, settings: pipeline.Settings, later: Day, tmp_path: Path
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    (corpus / "3.txt").unlink()
    later(sweeping.UNUSED + 1)
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    other = pipeline.Settings(cache=tmp_path / "other", page="split")
    pipeline.build([corpus], tmp_path / "out", settings=other)
    left, fresh = counts(settings), counts(other)
    # Files are kept only if they stood for a while; parts of the overview only change what is computed.
    for table in ("input", "input_source", "overview"):
        del left[table], fresh[table]
    assert left == fresh


def test_documents_in_use_stay_for_ever(
    corpus: Path, settings: pipeline.Settings, later: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    before = counts(settings)

    def never(*told: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(pipeline, "process", never)
    for _ in range(4):
        later(sweeping.UNUSED - 1)
        pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    after = counts(settings)
    for table in ("input", "input_source", "overview"):
        del before[table], after[table]
    assert after == before


@pytest.mark.parametrize(("days", "left"), [("0", 4), ("5", 1), ("x", 4), ("9" * 5000, 4)])
def test_the_days_can_be_chosen(
    days: str,
    left: int,
    corpus: Path,
    settings: pipeline.Settings,
    later: Day,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(sweeping.PLACE, days)
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    later(6)
    pipeline.build([corpus / "0.txt"], tmp_path / "graphs", settings=settings)
    assert counts(settings)["document"] == left


def test_days_beyond_all_counting_take_nothing(
    corpus: Path, settings: pipeline.Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    assert cli.main(["cache", "--unused", "9" * 30, "--cache", str(settings.cache)]) == 0
    assert "0 pieces taken away" in capsys.readouterr().out


def test_nothing_is_taken_from_a_build_under_way(
    corpus: Path, settings: pipeline.Settings, later: Day, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    later(sweeping.UNUSED + 1)
    assert settings.cache
    (path,) = settings.cache.glob("pieces-*.sqlite")
    with sweeping.in_use(path):  # another build
        pipeline.build([corpus / "0.txt"], tmp_path / "graphs", settings=settings)
        assert cli.main(["cache", "--unused", "1", "--cache", str(settings.cache)]) == 0
        assert "a build is using it" in capsys.readouterr().out
    assert counts(settings)["document"] == 4
    later(1)
    pipeline.build([corpus / "0.txt"], tmp_path / "graphs", settings=settings)
    assert counts(settings)["document"] == 1


def test_the_command_tells_and_takes_away(
    corpus: Path, settings: pipeline.Settings, later: Day, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    place = ["--cache", str(settings.cache)]
    assert cli.main(["cache", *place]) == 0
    assert "  4 documents  this version  last used 20" in capsys.readouterr().out
    later(10)
    pipeline.build([corpus / "0.txt"], tmp_path / "graphs", settings=settings)
    assert cli.main(["cache", "--unused", "7", *place]) == 0
    told = capsys.readouterr().out
    assert "pieces taken away" in told
    assert "  1 documents  " in told
    assert cli.main(["cache", "--clear", *place]) == 0
    assert "0.0 MB in 0 files" in capsys.readouterr().out
    assert settings.cache
    assert list(settings.cache.iterdir()) == []
    with pytest.raises(SystemExit):
        cli.main(["cache", "--unused", "soon", *place])


def test_other_versions_are_summed_up_and_listed_as_json(
    corpus: Path, settings: pipeline.Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    assert settings.cache
    (path,) = settings.cache.glob("pieces-*.sqlite")
    days = []
    for number, ago in enumerate((5, 2)):
        other = shutil.copy(path, settings.cache / f"pieces-{number}.sqlite")
        used = time.time() - ago * 86400
        os.utime(other, (used, used))
        days.append(f"{datetime.fromtimestamp(used, UTC):%Y-%m-%d}")
    place = ["--cache", str(settings.cache)]
    assert cli.main(["cache", *place]) == 0
    total, this, others = capsys.readouterr().out.splitlines()
    assert total.endswith(" MB in 3 files")
    assert this.startswith(f"{path.name}  ")
    assert "  4 documents  this version  last used 20" in this
    assert others.startswith("2 files  ")
    assert others.endswith(f" MB  8 documents  other versions  last used {days[1]}")

    assert cli.main(["cache", "--json", "--unused", "1", *place]) == 0
    told = capsys.readouterr()
    assert told.err == f"{path.name}: 0 pieces taken away\n"
    listed = json.loads(told.out)
    files = {one["file"]: one for one in listed["files"]}
    assert {name for name, one in files.items() if one["this_version"]} == {path.name}
    assert [files[f"pieces-{n}.sqlite"]["last_used"] for n in (0, 1)] == days
    assert [one["documents"] for one in listed["files"]] == [4, 4, 4]
    assert listed["size"] == sum(one["size"] for one in listed["files"]) > 0
    assert listed["folder"] == str(settings.cache)


def test_a_database_that_a_build_uses_is_not_cleared(
    corpus: Path, settings: pipeline.Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    assert settings.cache
    (path,) = settings.cache.glob("pieces-*.sqlite")
    with sweeping.in_use(path):
        assert cli.main(["cache", "--clear", "--cache", str(settings.cache)]) == 0
    assert f"{path.name}: a build is using it" in capsys.readouterr().out
    assert counts(settings)["document"] == 4


@pytest.mark.parametrize("again", [True, False])
def test_processes_do_not_read_what_came_in_the_place_of_the_build_s_database(
    again: bool, corpus: Path, settings: pipeline.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    before = files(tmp_path / "graphs")
    (corpus / "0.txt").write_text("武侯区：夜谈\n成都市武侯区划分网格777个。\n", "utf-8")
    feed = feeding.feed

    def taken(*told: Any) -> None:
        assert settings.cache
        monkeypatch.setattr(feeding, "feed", feed)
        (path,) = settings.cache.glob("pieces-*.sqlite")
        database.discard(path)
        if again:
            pipeline.build([corpus / "1.txt"], tmp_path / "other", settings=settings)
        feed(*told)

    monkeypatch.setattr(feeding, "feed", taken)
    with pytest.raises(BuildError, match="the cache was taken away meanwhile; build again"):
        pipeline.build([corpus], tmp_path / "graphs", settings=replace(settings, jobs=2))
    assert files(tmp_path / "graphs") == before


def test_a_database_taken_away_before_it_was_locked_is_not_used(
    corpus: Path, settings: pipeline.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use = sweeping.in_use

    def taken(path: Path) -> Any:
        database.discard(path)
        return in_use(path)

    monkeypatch.setattr(sweeping, "in_use", taken)
    pipeline.build([corpus], tmp_path / "graphs", settings=replace(settings, jobs=2))
    monkeypatch.undo()
    pipeline.build([corpus], tmp_path / "nothing", settings=pipeline.Settings(page="split"))
    assert files(tmp_path / "graphs") == files(tmp_path / "nothing")


def test_room_is_given_back(corpus: Path, settings: pipeline.Settings, later: Day, tmp_path: Path) -> None:
    for number in range(40):
        said = f"成都市武侯区第{number}次推行“楼门夜谈”制度，划分网格{number + 7}个。" * 40
        (corpus / f"more{number}.txt").write_text(f"武侯区：夜谈{number}\n{said}\n", "utf-8")
    pipeline.build([corpus], tmp_path / "graphs", settings=settings)
    assert settings.cache
    (path,) = settings.cache.glob("pieces-*.sqlite")
    before = path.stat().st_size
    later(sweeping.UNUSED + 1)
    pipeline.build([corpus / "0.txt"], tmp_path / "graphs", settings=settings)
    assert path.stat().st_size < before * 0.8
