"""`jiceng publish` against servers that people run: Virtuoso with a password, and Oxigraph's own server."""

import json
import shutil
import subprocess
import sysconfig
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse
from tests.servers import server

from jiceng import cli, graph, query
from jiceng.lexicon import load_lexicon
from jiceng.publish import bulk
from jiceng.publish.graphs import ONTOLOGY, SHARED, graphs_of

PASSWORD = "gehe1m-pass"
PUBLISHED = (
    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER (STRSTARTS(STR(?g), 'https://w3id.org/jiceng/')) }"
)


@pytest.fixture
def built(tmp_path, sample):
    """The invented corpus, whose documents share facts and a mechanism."""
    lexicon = load_lexicon()
    data = graph.turtle(graph.build(sample["corpus"](), lexicon, lexicon.gazetteer.by_code))
    (tmp_path / "jiceng.ttl").write_bytes(data)
    return tmp_path


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n")
    return path


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory):
    """The address of an Oxigraph server that has started empty."""
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if not program:
        pytest.skip("Oxigraph's server is missing: pip install oxigraph")
    place = tmp_path_factory.mktemp("oxigraph")
    command = (program, "serve", "--location", place, "--bind")
    with server(lambda port: (*command, f"127.0.0.1:{port}"), "/query?query=ASK%7B%7D") as url:
        yield url


def test_virtuoso_takes_replaces_and_retracts_documents(built, secret, virtuoso, triples_of, capsys):
    virtuoso.sql(f"DB.DBA.USER_CREATE ('writer', '{PASSWORD}')", "GRANT SPARQL_UPDATE TO writer")
    url = f"{virtuoso.url}/sparql-graph-crud-auth"
    command = ["publish", url, "-g", str(built), "--user", "writer", "--password-file", str(secret)]
    graphs = graphs_of(query.open_store(built))
    names = {ONTOLOGY, SHARED, *graphs.documents}

    def there():
        return {row[0] for row in virtuoso.rows(PUBLISHED)}

    def holds(name):
        text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        return triples_of(virtuoso.query(text, [name], "text/plain"))

    assert cli.main([*command, "--dry-run"]) == 0
    assert there() == set()
    for _ in range(2):  # the second time changes nothing
        assert cli.main(command) == 0
        assert there() == names
        for name in (SHARED, *graphs.documents):
            wanted = graphs.shared if name == SHARED else graphs.documents[name]
            assert holds(name) == set(wanted.triples)
        assert len(holds(ONTOLOGY)) == len(graphs.ontology.triples)
    union = set().union(*(holds(name) for name in names - {ONTOLOGY}))
    assert union == triples_of(built / "jiceng.ttl", RdfFormat.TURTLE)

    first = next(g for g in graphs.documents.values() if g.title == "武侯.txt")
    others = [g for g in graphs.documents.values() if g is not first]
    both = set(first.triples) & {t for g in others for t in g.triples}
    assert both  # a community that two documents speak of
    assert PASSWORD not in "".join(capsys.readouterr())
    assert cli.main([*command, "--retract", "武侯.txt", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(step["graph"], step["done"]) for step in told] == [(first.name, "deleted")]
    assert there() == names - {first.name}
    left = set().union(*(holds(g.name) for g in others))
    assert both <= left
    assert left == {t for g in others for t in g.triples}

    assert cli.main([*command, "--document", "武侯.txt"]) == 0
    assert there() == names
    assert holds(first.name) == set(first.triples)
    assert holds(SHARED) == set(graphs.shared.triples)
    assert PASSWORD not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("user", "password", "place", "said"),
    [
        (None, None, "sparql-graph-crud-auth", "who you are"),
        ("dba", "wrong", "sparql-graph-crud-auth", "refused"),
        ("reader", PASSWORD, "sparql-graph-crud-auth", "answers"),
        (None, None, "nowhere", "is this a Graph Store"),
    ],
)
def test_virtuoso_refuses(built, virtuoso, monkeypatch, capsys, user, password, place, said):
    if user == "reader":
        virtuoso.sql(f"DB.DBA.USER_CREATE ('reader', '{PASSWORD}')")
    before = virtuoso.rows(PUBLISHED)
    monkeypatch.setenv("JICENG_PASSWORD", password or "")
    who = ["--user", user] if user else []
    assert cli.main(["publish", f"{virtuoso.url}/{place}", "-g", str(built), "--no-ontology", *who]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert "wrong" not in message
    assert PASSWORD not in message
    assert virtuoso.rows(PUBLISHED) == before


def test_oxigraph_holds_the_same_dataset(built, oxigraph, triples_of):
    command = ["publish", f"{oxigraph}/store", "-g", str(built)]
    graphs = graphs_of(query.open_store(built))
    assert cli.main(command) == 0

    def dataset():
        request = urllib.request.Request(f"{oxigraph}/store", headers={"Accept": "application/n-quads"})
        with urllib.request.urlopen(request) as reply:
            return set(parse(reply.read(), format=RdfFormat.N_QUADS))

    quads = dataset()
    assert {q.triple for q in quads if q.graph_name.value != ONTOLOGY} == triples_of(
        built / "jiceng.ttl", RdfFormat.TURTLE
    )
    for name, each in graphs.documents.items():
        assert {q.triple for q in quads if q.graph_name.value == name} == set(each.triples)
    name = min(graphs.documents)
    assert cli.main([*command, "--retract", name]) == 0
    assert dataset() == {q for q in quads if q.graph_name.value != name}
    assert cli.main([*command, "--retract", name]) == 0  # said to be gone, no failure


def test_the_example_is_asked_on_the_server_as_in_the_file(oxigraph, root: Path):
    """All graphs together are the graph as built, so a question has the same answer there."""
    assert cli.main(["publish", f"{oxigraph}/store", "-g", str(root / "graphs")]) == 0
    store = Store()
    request = urllib.request.Request(f"{oxigraph}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request) as reply:
        store.load(reply.read(), RdfFormat.N_QUADS)
    for graph_name in list(store.named_graphs()):
        if graph_name.value == ONTOLOGY:
            store.remove_graph(graph_name)
    assert {quad.triple for quad in store} >= {q.triple for q in query.open_store(root / "graphs")}


def test_virtuoso_loads_in_bulk_what_is_published(built, virtuoso, triples_of):
    place = virtuoso.folder / "bulk"
    made = bulk.write_bulk(built, place, "bulk")
    virtuoso.sql("SPARQL INSERT DATA { GRAPH <https://w3id.org/jiceng/id/old> { <urn:a> <urn:b> <urn:c> } }")
    isql(virtuoso, place / "clear.sql")
    assert virtuoso.rows(PUBLISHED) == []
    isql(virtuoso, place / "load.sql")
    graphs = graphs_of(query.open_store(built, in_memory=True))
    assert {name for (name,) in virtuoso.rows(PUBLISHED)} == {ONTOLOGY, SHARED, *graphs.documents}
    total = 0
    for each in (graphs.ontology, graphs.shared, *graphs.documents.values()):
        [[count]] = virtuoso.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{each.name}> {{ ?s ?p ?o }} }}")
        assert int(count) == len(each.triples), each.title
        total += int(count)
    assert total == made.triples
    isql(virtuoso, place / "load.sql")  # the same again: nothing is doubled
    [[count]] = virtuoso.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{SHARED}> {{ ?s ?p ?o }} }}")
    assert int(count) == len(graphs.shared.triples)
    isql(virtuoso, place / "clear.sql")
    assert virtuoso.rows(PUBLISHED) == []


def isql(virtuoso, script):
    """Run a script as administrator, as the documentation says."""
    with script.open("rb") as statements:
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{virtuoso.port}", "dba", virtuoso.password, "ERRORS=STDOUT"],
            stdin=statements,
            capture_output=True,
            check=True,
        )
    assert b"Error" not in done.stdout, done.stdout.decode()
