"""Formats that are written as a stream: the same as from memory, whatever the size, and memory stays flat."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse, serialize

from jiceng import export, query
from jiceng.cli import main
from jiceng.errors import BuildError, QueryError
from jiceng.export import sorting
from jiceng.export.rdf import quads_by_document, triples
from jiceng.graph import turtle_of
from jiceng.graph.serialise import write_sorted
from jiceng.output import write_file

LINES = st.lists(st.binary(max_size=8).map(lambda data: data.replace(b"\n", b"") + b"\n"))


@given(LINES, st.integers(0, 30), st.integers(2, 4))
def test_lines_are_sorted_whatever_the_size_of_parts(lines: list[bytes], part: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "PART", part)
        patch.setattr(sorting, "_MOST", most)
        assert list(sorting.sorted_lines(lines)) == sorted(set(lines))


@pytest.mark.parametrize("part", [100, sorting.PART])
def test_streams_write_what_was_written_from_memory(
    built: Path, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "PART", part)
    store = query.open_store(built)
    assert export.export(built, "turtle") == (built / "jiceng.ttl").read_bytes()
    assert export.export(built, "turtle") == turtle_of(quad.triple for quad in store)
    assert export.export(built, "ntriples") == serialize(triples(store), format=RdfFormat.N_TRIPLES)
    quads = sorted(
        quads_by_document(store),
        key=lambda quad: (str(quad.graph_name) != "DEFAULT", str(quad.graph_name), str(quad.triple)),
    )
    trig = io.BytesIO()
    write_sorted(quads, RdfFormat.TRIG, trig)
    assert export.export(built, "trig") == trig.getvalue()
    assert export.export(built, "nquads") == serialize(quads, format=RdfFormat.N_QUADS)


def test_a_database_gives_the_same_bytes(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = ("nquads", "trig", "csv", "parquet")
    written = {}
    for place in ("memory", str(tmp_path)):
        monkeypatch.setenv("JICENG_STORE", place)
        written[place] = [
            dict(export.export_folder(built, form)) if form in export.FOLDERS else export.export(built, form)
            for form in forms
        ]
    assert written["memory"] == written[str(tmp_path)]


def test_parquet_has_the_same_rows_in_whatever_groups(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyarrow import parquet as reader

    whole = export.export_folder(built, "parquet")
    monkeypatch.setattr(sys.modules["jiceng.export.parquet"], "GROUP", 1)
    for name in whole:
        (tmp_path / name).write_bytes(whole[name])
    grouped = {path.name: path for path in export.write_folder(built, "parquet", _made(tmp_path / "grouped"))}
    assert set(grouped) == set(whole)
    for name, path in grouped.items():
        assert reader.read_table(path).equals(reader.read_table(tmp_path / name))
    assert max(reader.ParquetFile(path).num_row_groups for path in grouped.values()) > 1


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_what_cannot_be_read_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b> 1 . nonsense")
    for form in ("turtle", "ntriples", "trig", "nquads"):
        with pytest.raises(QueryError, match="cannot be read as Turtle"):
            export.export(tmp_path / "bad.ttl", form)
        command = ["export", form, "-g", str(tmp_path / "bad.ttl"), "-o", str(tmp_path / "out")]
        assert main(command) == 2
        assert [path.name for path in tmp_path.iterdir()] == ["bad.ttl"]


@pytest.mark.parametrize("form", export.STREAMS)
def test_a_graph_that_is_not_there_prints_nothing(
    form: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", form, "-g", str(tmp_path / "nowhere")]) == 2
    assert capfdbinary.readouterr().out == b""


def test_a_place_that_cannot_be_written_is_told(built: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="name another file with -o"):
        write_file(tmp_path / "there-is-none" / "out.nt", b"")
    assert main(["export", "ntriples", "-g", str(built), "-o", str(tmp_path / "none" / "out.nt")]) == 2


@pytest.fixture(scope="module")
def sizes(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Graphs of two sizes, as Turtle; their databases were made in processes of their own."""
    folder = tmp_path_factory.mktemp("sizes")
    environment = {**os.environ, "JICENG_STORE": str(folder / "stores")}
    found = {}
    for size in (40_000, 200_000):
        lines, graph = folder / f"{size}.nt", folder / f"{size}.ttl"
        program = root / "tests" / "benchmarks" / "large_graph.py"
        subprocess.run([sys.executable, str(program), "--triples", str(size), str(lines)], check=True)
        statements = (quad.triple for quad in parse(path=str(lines), format=RdfFormat.N_TRIPLES))
        serialize(statements, output=str(graph), format=RdfFormat.TURTLE)
        make = [sys.executable, "-m", "jiceng", "query", "ASK {}", "-g", str(graph)]
        subprocess.run(make, env=environment, stdout=subprocess.DEVNULL, check=True)
        found[size] = graph
    return found


MEMORY = """
import sys
from pathlib import Path
from jiceng import export, query
from jiceng.export import sorting
import pyarrow.parquet
sorting.PART = 1 << 20
sys.modules["jiceng.export.parquet"].GROUP = 500
form, graph, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
export.write(Path(sys.argv[4]), "ntriples", open("/dev/null", "wb"))  # what is imported is no growth
taken = lambda: int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
Path("/proc/self/clear_refs").write_text("5")
before = taken()
if form in export.FOLDERS:
    list(export.write_folder(graph, form, out))
else:
    with (out / form).open("wb") as stream:
        export.write(graph, form, stream)
print(taken() - before)
"""


@pytest.mark.slow
@pytest.mark.parametrize("form", [*export.STREAMS, "parquet"])
def test_memory_does_not_grow_with_the_graph(
    form: str, sizes: dict[int, Path], built: Path, tmp_path: Path
) -> None:
    taken = []
    for graph in sizes.values():
        environment = {**os.environ, "JICENG_STORE": str(graph.parent / "stores")}
        command = [sys.executable, "-c", MEMORY, form, str(graph), str(tmp_path), str(built)]
        taken.append(int(subprocess.check_output(command, env=environment, text=True)))
    small, large = taken
    assert large < 1.6 * small + 8_000, taken  # kB; of five times the triples
