"""Graphs kept as databases on disk: the same answers, made once, whatever happens meanwhile."""

import errno
import os
import shutil
import subprocess
import sys

import pytest
from pyoxigraph import Store

from jiceng import cli, query
from jiceng.errors import QueryError
from jiceng.query import disk, named, open_store

ONE = "@prefix jc: <https://w3id.org/jiceng/ontology#> . <urn:m> jc:value 61 ."
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of databases, for graphs of any size."""
    place = tmp_path / "stores"
    monkeypatch.setenv(disk.PLACE, str(place))
    return place


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "one.ttl"
    path.write_text(ONE)
    return path


def databases(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def value(path):
    return query.run(open_store(path), "SELECT ?v { ?m jc:value ?v }", "csv").splitlines()[1:]


@pytest.mark.parametrize("graph", ["graphs", "tests/query/small.ttl"])
def test_answers_are_those_from_memory(graph, root, folder):
    on_disk, in_memory = open_store(root / graph), open_store(root / graph, in_memory=True)
    answered = 0
    for question in named():
        found = [query.run(s, question.name, "csv", dict(question.example)) for s in (on_disk, in_memory)]
        assert sorted(found[0].splitlines()) == sorted(found[1].splitlines()), question.name
        answered += found[0].count("\n") > 1
    assert answered > len(named()) / 4


def test_all_triples_are_there(root, folder):
    graph = root / "graphs"
    assert set(open_store(graph)) == set(open_store(graph, in_memory=True))


def test_a_database_is_made_once_and_cannot_be_changed(file, folder):
    assert value(file) == ["61"]
    (name,) = databases(folder)
    made = (folder / name / "CURRENT").stat().st_mtime_ns
    store = open_store(file)
    assert databases(folder) == [name]
    assert (folder / name / "CURRENT").stat().st_mtime_ns == made
    with pytest.raises(RuntimeError):
        store.add(next(iter(store)))


def test_only_large_files_are_kept_in_the_users_cache(file, tmp_path, monkeypatch):
    monkeypatch.delenv(disk.PLACE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert value(file) == ["61"]
    assert not query.on_disk(file)
    assert not (tmp_path / "cache").exists()
    monkeypatch.setattr(disk, "LARGE", 10)
    assert query.on_disk(file)
    assert not query.on_disk(file, served=True)
    assert value(file) == ["61"]
    kept = tmp_path / "cache" / "jiceng" / "stores"
    assert len(databases(kept)) == 1
    assert kept.stat().st_mode & 0o077 == 0
    monkeypatch.setenv(disk.PLACE, disk.IN_MEMORY)
    assert not query.on_disk(file)


def test_a_changed_file_is_read_anew(file, folder):
    assert value(file) == ["61"]
    file.write_text(ONE.replace("61", "72"))
    assert value(file) == ["72"]
    assert len(databases(folder)) == 2
    file.write_text(ONE)
    assert value(file) == ["61"]
    assert len(databases(folder)) == 2


def test_a_file_that_changes_while_it_is_read_is_not_mistaken(file, folder, monkeypatch):
    changes = iter(["72"])

    class Slow:
        read_only = staticmethod(Store.read_only)

        def __init__(self, path):
            self.store = Store(path)
            self.flush, self.optimize = self.store.flush, self.store.optimize

        def bulk_load(self, **options):
            self.store.bulk_load(**options)
            for new in changes:  # somebody builds meanwhile
                file.write_text(ONE.replace("61", new))

    monkeypatch.setattr(disk, "Store", Slow)
    assert value(file) == ["72"]
    assert len(databases(folder)) == 1


def test_a_damaged_database_is_made_anew(file, folder):
    assert value(file) == ["61"]
    (name,) = databases(folder)
    (folder / name / "CURRENT").write_text("nonsense\n")
    assert value(file) == ["61"]


def test_many_processes_may_ask_at_once(root, folder):
    program = (
        "import sys; from pathlib import Path; from jiceng.query import open_store;"
        "print(len(open_store(Path(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", program, str(root / "graphs")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    counts = {process.communicate(timeout=300)[0] for process in running}
    assert counts == {f"{len(open_store(root / 'graphs', in_memory=True))}\n"}
    assert len(databases(folder)) == 1


def test_what_was_begun_and_left_is_swept(file, folder):
    folder.mkdir()
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    left = folder / f"{process.pid}.abc.new"
    left.mkdir()
    running = folder / f"{os.getpid()}.abc.new"
    running.mkdir()
    old = folder / f"{'0' * 64}-1.0"
    shutil.copytree(left, old)
    (old / ".used").touch()
    os.utime(old / ".used", (0, 0))
    assert value(file) == ["61"]
    assert not left.exists()
    assert not old.exists()
    assert running.exists()


def test_files_of_the_users_own_stay_in_the_folder_that_they_name(file, folder):
    folder.mkdir()
    (folder / "notes.txt").write_text("kept")
    (folder / "1.new").mkdir()
    (folder / "mine").mkdir()
    (folder / "mine" / ".used").touch()
    for path in (folder / "notes.txt", folder / "mine" / ".used"):
        os.utime(path, (0, 0))
    assert value(file) == ["61"]
    assert {"notes.txt", "1.new", "mine"} <= {path.name for path in folder.iterdir()}


def test_what_cannot_be_read_leaves_no_database(file, folder):
    file.write_text("no Turtle")
    with pytest.raises(QueryError, match="cannot be read as Turtle"):
        open_store(file)
    assert databases(folder) == []


def test_a_folder_that_cannot_be_used_is_told(file, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv(disk.PLACE, str(tmp_path / "taken"))
    with pytest.raises(QueryError, match="--store"):
        open_store(file)
    monkeypatch.delenv(disk.PLACE)
    monkeypatch.setattr(disk, "LARGE", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "taken"))
    assert value(file) == ["61"]  # the user's cache is a convenience, not a need


def test_a_folder_without_room_is_told_and_no_fault_of_the_file(file, folder, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "_make", full)
    with pytest.raises(QueryError, match=f"^{folder}: cannot be used: .*No space.*--store"):
        open_store(file)
    monkeypatch.delenv(disk.PLACE)
    monkeypatch.setattr(disk, "LARGE", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    assert value(file) == ["61"]


@pytest.mark.parametrize("command", [["query", COUNT], ["query", "shared-mechanisms"]])
def test_the_command_line_names_a_folder(command, root, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv(disk.PLACE, "")
    command = [*command, "-f", "csv", "-g", str(root / "graphs")]
    assert cli.main(command) == 0
    plain = capsys.readouterr().out
    assert cli.main([*command, "--store", str(tmp_path / "here")]) == 0
    assert capsys.readouterr().out == plain
    assert len(databases(tmp_path / "here")) == 1


def test_opening_costs_no_memory_for_the_graph(root, folder, tmp_path):
    """What a process takes to open a database, beside what it takes to parse the graph."""
    graph = tmp_path / "many.nt"
    with graph.open("w") as stream:
        for i in range(200_000):
            stream.write(f'<urn:s{i}> <urn:p{i % 7}> "値{i}" .\n')
    query.prepare(graph)
    count = sum(i % 7 == 3 for i in range(200_000))
    ask = "SELECT (COUNT(*) AS ?n) { ?s <urn:p3> ?o }"
    program = (
        "import sys; from pathlib import Path; from jiceng.query import open_store;"
        "taken = lambda: int(Path('/proc/self/statm').read_text().split()[1]); before = taken();"
        "store = open_store(Path(sys.argv[1]), sys.argv[2] == 'memory');"
        f"[row] = store.query('{ask}'); assert row['n'].value == '{count}', row;"
        "print(taken() - before)"
    )
    taken = {
        how: int(subprocess.check_output([sys.executable, "-c", program, str(graph), how], text=True))
        for how in ("disk", "memory")
    }
    assert taken["disk"] < taken["memory"] / 4
