"""Files for Virtuoso's bulk loader: the named graphs of `publish`, streamed."""

import gzip
import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from jiceng import cli, graph
from jiceng.errors import PublishError, QueryError
from jiceng.export import sorting
from jiceng.lexicon import load_lexicon
from jiceng.publish import bulk
from jiceng.publish.graphs import ONTOLOGY, SHARED, graphs_of
from jiceng.query import open_store


@pytest.fixture(scope="module")
def built(tmp_path_factory, sample):
    folder = tmp_path_factory.mktemp("built")
    lexicon = load_lexicon()
    data = graph.turtle(graph.build(sample["corpus"](), lexicon, lexicon.gazetteer.by_code))
    (folder / "jiceng.ttl").write_bytes(data)
    return folder


def read(folder: Path) -> dict[str, set]:
    """The triples of the shards by graph."""
    found: dict[str, set] = {}
    for path in sorted(folder.glob("*.nq.gz")):
        for quad in parse(gzip.decompress(path.read_bytes()), format=RdfFormat.N_QUADS):
            found.setdefault(quad.graph_name.value, set()).add(quad.triple)
    return found


@pytest.mark.parametrize("whose", ["built", "example"])
@pytest.mark.parametrize("shard", [bulk.SHARD, 2000])
def test_the_graphs_are_those_that_are_published(built, whose, shard, root, tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "SHARD", shard)
    place = built if whose == "built" else root / "graphs"
    made = bulk.write_bulk(place, tmp_path / "bulk")
    graphs = graphs_of(open_store(place, in_memory=True))
    expected = {ONTOLOGY: graphs.ontology, SHARED: graphs.shared, **graphs.documents}
    found = read(tmp_path / "bulk")
    # Blank nodes of the ontology have names of their own in each reading.
    assert {name: len(triples) for name, triples in found.items()} == {
        name: len(each.triples) for name, each in expected.items()
    }
    for name in expected:
        if name != ONTOLOGY:
            assert found[name] == set(expected[name].triples)
    assert made.triples == sum(map(len, found.values()))
    assert made.graphs == len(found)
    assert (len(made.files) > 3) == (shard == 2000)


def test_the_same_graph_gives_the_same_bytes(built, tmp_path, monkeypatch):
    first = bulk.write_bulk(built, tmp_path / "one", "/data/bulk")
    monkeypatch.setattr(sorting, "PART", 500)
    monkeypatch.setenv("JICENG_STORE", str(tmp_path / "stores"))
    second = bulk.write_bulk(built, tmp_path / "other", "/data/bulk")
    for one, other in zip(first.files[:-1], second.files[:-1], strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_the_script_names_what_the_server_sees(built, tmp_path, capsys):
    command = ["publish", "--bulk", str(tmp_path / "bulk"), "-g", str(built), "--seen-as", "/data/bulk/"]
    assert cli.main([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    text = (tmp_path / "bulk" / "load.sql").read_text()
    assert f"ld_dir ('/data/bulk', 'jiceng-%.nq.gz', '{SHARED}');" in text
    assert f"{told['triples']} triples in {told['graphs']} graphs" in text
    assert cli.main(command) == 0  # once more, over what is there
    assert capsys.readouterr().out.count("written") == 3


def test_other_files_are_not_touched(built, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(PublishError, match=r"mine\.txt"):
        bulk.write_bulk(built, tmp_path)
    with pytest.raises(PublishError, match="letters, digits"):
        bulk.write_bulk(built, tmp_path / "new", "/data'; DROP TABLE x; --")
    with pytest.raises(QueryError, match="jiceng build"):
        bulk.write_bulk(tmp_path / "nowhere", tmp_path / "bulk")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_bulk_goes_alone(built, tmp_path, capsys):
    command = ["publish", "-g", str(built)]
    assert cli.main(command) == 2
    assert "--bulk" in capsys.readouterr().err
    assert cli.main([*command, "--bulk", str(tmp_path / "b"), "http://127.0.0.1/"]) == 2
    assert cli.main([*command, "--bulk", str(tmp_path / "b"), "--document", "a.txt"]) == 2


def test_a_file_in_the_folders_place_is_told_of_and_stays(built, tmp_path):
    place = tmp_path / "notes.txt"
    place.write_text("mine")
    with pytest.raises(PublishError, match=r"notes\.txt: is a file; name a new or empty folder with --bulk"):
        bulk.write_bulk(built, place)
    assert place.read_text() == "mine"
