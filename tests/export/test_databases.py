"""Ladybug and Kùzu load the folder and answer as SPARQL does; Neo4j's files keep to its documented format.

The two engines cannot be loaded into one process, so each runs in its own.
"""

import csv
import importlib.util
import io
import json
import re
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from jiceng import query
from jiceng.cli import main
from jiceng.export import export_folder
from jiceng.export.databases import ARRAY, kuzu, neo4j, relation
from jiceng.export.property_graph import property_graph
from jiceng.export.terms import local, terms
from jiceng.graph.namespaces import JC, PREFIXES, RDF, XSD

ENGINES = ("ladybug", "kuzu")
LOAD = """
import importlib, json, sys
engine = importlib.import_module(sys.argv[1])
connection = engine.Connection(engine.Database(":memory:"))
connection.execute(f"IMPORT DATABASE '{sys.argv[2]}'")
answers = [connection.execute(text).get_all() for text in json.load(sys.stdin)]
print(json.dumps(answers, default=str))
"""


def asked(engine: str, folder: Path, *cypher: str) -> list[list[list[object]]]:
    if importlib.util.find_spec(engine) is None:
        pytest.skip(f"{engine} is not there: pip install {engine}")
    arguments = [sys.executable, "-c", LOAD, engine, str(folder)]
    done = subprocess.run(arguments, input=json.dumps(cypher), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found: list[list[list[object]]] = json.loads(done.stdout)
    return found


def rows(store: Store, sparql: str) -> list[list[str]]:
    return sorted([term.value for term in row] for row in store.query(sparql, prefixes=dict(PREFIXES)))  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("kuzu")
    assert main(["export", "kuzu", "-g", str(built), "-o", str(target)]) == 0
    return target


@pytest.mark.parametrize("engine", ENGINES)
def test_loaded_counts_are_the_graphs(built: Path, folder: Path, engine: str) -> None:
    nodes, links = asked(
        engine,
        folder,
        "MATCH (n) RETURN label(n), count(*)",
        "MATCH ()-[r]->() RETURN label(r), count(*)",
    )
    store = query.open_store(built)
    found = dict(nodes)
    ours = "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c FILTER STRSTARTS(STR(?c), STR(jc:)) } GROUP BY ?c"
    classes = {name.rpartition("#")[2]: int(number) for name, number in rows(store, ours)}
    assert len(classes) > 8
    assert {kind: found[kind] for kind in classes} == classes
    concepts = rows(
        store, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a skos:Concept MINUS { ?s a jc:Mechanism } }"
    )
    assert [[str(found["Concept"])]] == concepts
    kinds = {node.iri for node in property_graph(store).nodes}
    expected: dict[str, int] = {}
    for quad in store:
        if quad.subject.value in kinds and getattr(quad.object, "value", "") in kinds:  # type: ignore[union-attr]
            name = relation(local(quad.predicate))
            expected[name] = expected.get(name, 0) + 1
    assert {kind: number for kind, number in links if number} == expected
    assert {"HAS_EVIDENCE", "HAS_MECHANISM", "WITHIN_DIVISION", "DIVISION"} <= set(expected)


@pytest.mark.parametrize("engine", ENGINES)
def test_cypher_answers_as_sparql_does(built: Path, folder: Path, engine: str) -> None:
    measured, adopted = asked(
        engine,
        folder,
        "MATCH (d:AdministrativeDivision)<-[:DIVISION]-(m:Measurement)-[:UNIT]->(u:Concept), "
        "(m)-[:HAS_EVIDENCE]->(e:Evidence)-[:HAS_SOURCE]->(s:SourceDocument) "
        "RETURN d.label, m.measured, m.value, u.notation, s.name, e.start, e.`end`, e.exact",
        "MATCH (d:AdministrativeDivision)<-[:DIVISION]-(a:MechanismAdoption)-[:HAS_MECHANISM]->(x:Mechanism) "
        "RETURN d.label, x.label",
    )
    store = query.open_store(built)
    expected = rows(
        store,
        "SELECT ?d ?measured ?value ?u ?file ?start ?end ?quote { ?m a jc:Measurement ; jc:value ?value ; "
        "jc:division/rdfs:label ?d ; jc:measured ?measured ; jc:unit/skos:notation ?u ; jc:evidence ?e . "
        "?e oa:start ?start ; oa:end ?end ; oa:exact ?quote ; oa:hasSource/schema:name ?file }",
    )
    assert expected
    numbers = [[*row[:2], float(row[2]), *row[3:5], int(row[5]), int(row[6]), row[7]] for row in expected]
    assert sorted(measured, key=str) == sorted(numbers, key=str)
    assert sorted(adopted) == rows(
        store, "SELECT ?d ?x { ?a jc:division/rdfs:label ?d ; jc:mechanism/rdfs:label ?x }"
    )


AWKWARD = [
    '院落，"党支部"',
    "a,b",
    "two\nlines",
    "cr\r\nlf",
    "back\\slash \\n",
    " spaces ",
    "[x, y]",
    "{a: b}",
    "'",
]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_text_and_type_arrives_as_it_is(tmp_path: Path, engine: str) -> None:
    store = Store()
    for number, text in enumerate(AWKWARD):
        node = NamedNode(f"https://w3id.org/jiceng/id/measurement/{number}")
        store.add(Quad(node, RDF.type, JC.Measurement))
        store.add(Quad(node, JC.measured, Literal(text, language="zh")))
    tier = NamedNode("https://w3id.org/jiceng/id/tier/1")
    for subject, predicate, value in (
        (tier, RDF.type, JC.Tier),
        (tier, JC.position, Literal(2)),
        (tier, JC.day, Literal("2024-02-29", datatype=XSD.date)),
        (node, JC.value, Literal("0.5", datatype=XSD.decimal)),
        (node, JC.doubtful, Literal(True)),
        (node, JC.concerns, tier),
    ):
        store.add(Quad(subject, predicate, value))
    for name, content in kuzu(store).items():
        (tmp_path / name).write_bytes(content)
    found, typed = asked(
        engine,
        tmp_path,
        "MATCH (m:Measurement) RETURN m.measured",
        "MATCH (m:Measurement {value: 0.5, doubtful: true})-[:CONCERNS]->(t:Tier) "
        "WHERE t.position = 2 AND t.day = date('2024-02-29') RETURN m.value, t.day",
    )
    assert sorted(text for (text,) in found) == sorted(AWKWARD)
    assert typed == [[0.5, "2024-02-29"]]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_query_runs_even_where_the_texts_say_nothing_of_the_kind(tmp_path: Path, engine: str) -> None:
    store = Store()
    store.add(
        Quad(NamedNode("https://w3id.org/jiceng/id/division/510107"), RDF.type, JC.AdministrativeDivision)
    )
    for name, content in kuzu(store).items():
        (tmp_path / name).write_bytes(content)
    answers = asked(
        engine,
        tmp_path,
        "MATCH (d:AdministrativeDivision) RETURN d.abolished, d.adcode",
        "MATCH (m:Measurement)-[:UNIT]->(u:Concept), (m)-[:REF_PERIOD]->(:Period) "
        "WHERE m.upperValue > 1.5 AND m.doubtful RETURN m.value",
        "MATCH (h:Honour)-[:DIVISION]->(d:AdministrativeDivision) RETURN h.period",
        "MATCH (a:Tier)-[:SUPERIOR_TIER]->(b:Tier)<-[:HAS_TIER]-(c:TierChain) "
        "RETURN a.position + c.declaredLevels",
    )
    assert answers == [[[None, None]], [], [], []]


def test_what_the_ontology_says_of_tables() -> None:
    assert terms().properties["Measurement"]["value"] is float
    assert terms().properties["Tier"] == {"position": int}
    assert terms().properties["AdministrativeDivision"]["abolished"] is int
    assert "quote" not in terms().properties["Organisation"]
    assert terms().relations["within"] == {("Organisation", "Organisation")}
    assert terms().relations["refPeriod"] == {("Measurement", "Period"), ("Honour", "Period")}
    assert ("Person", "AdministrativeDivision") in terms().relations["division"]
    assert "adopts" not in terms().relations


# Neo4j's header fields, as https://neo4j.com/docs/operations-manual/current/import/ describes them.
FIELD = re.compile(
    r"(?P<name>[^:]*):(?P<type>ID|LABEL|START_ID|END_ID|TYPE|IGNORE|int|long|float|double|boolean|byte|short|char"
    r"|string|point|date|localtime|time|localdatetime|datetime|duration)(?P<array>\[\])?"
)
READ = {
    "string": str,
    "long": int,
    "double": float,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def test_neo4j_files_keep_to_the_documented_format_and_hold_the_graph(built: Path) -> None:
    """Read by the format's description: no Neo4j has loaded them here."""
    files = export_folder(built, "neo4j")
    graph = property_graph(query.open_store(built))
    nodes: dict[str, tuple[list[str], dict[str, object]]] = {}
    links = []
    for file, data in files.items():
        if not file.endswith(".csv"):
            continue
        header, *lines = csv.reader(io.StringIO(data.decode(), newline=""))
        fields = [match for name in header if (match := FIELD.fullmatch(name))]
        assert len(fields) == len(header)
        types = [field["type"] for field in fields]
        if "START_ID" in types:
            assert types == ["START_ID", "END_ID", "TYPE"]
            assert {line[2] for line in lines} == {file.removesuffix(".csv")}
            links += [tuple(line) for line in lines]
            continue
        assert (types[0], types[-1]) == ("ID", "LABEL")
        for iri, *cells, labels in lines:
            told: dict[str, object] = {}
            for field, cell in zip(fields[1:-1], cells, strict=True):
                read = READ[field["type"]]
                if cell:
                    told[field["name"]] = (
                        [read(c) for c in cell.split(ARRAY)] if field["array"] else read(cell)
                    )
            assert iri not in nodes
            nodes[iri] = labels.split(ARRAY), told
    assert set(nodes) == {node.iri for node in graph.nodes}
    for node in graph.nodes:
        labels, told = nodes[node.iri]
        assert labels[0] == node.kind
        assert ("Statement" in labels) == (
            node.kind in {"Measurement", "TierChain", "MechanismAdoption"}
        ) or (node.kind in {"Organisation", "PolicyDocument", "Honour", "Person"})
        assert {n: v if isinstance(v, list) else [v] for n, v in told.items()} == {
            name: list(values) for name, values in node.properties.items()
        }
    assert sorted(links) == sorted((edge.source, edge.target, relation(edge.kind)) for edge in graph.edges)
    script = files["import.sh"].decode()
    for file in files:
        if file.endswith(".csv"):
            option = "relationships" if file.removesuffix(".csv").isupper() else "nodes"
            assert f"--{option}={file}" in script
    assert "--array-delimiter=U+001F" in script
    assert "--multiline-fields=true" in script


def test_the_import_script_is_one_that_a_shell_reads(built: Path, tmp_path: Path) -> None:
    for name, content in export_folder(built, "neo4j").items():
        (tmp_path / name).write_bytes(content)
    stand_in = tmp_path / "bin" / "neo4j-admin"
    stand_in.parent.mkdir()
    stand_in.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n')
    stand_in.chmod(0o755)
    path = {"PATH": f"{stand_in.parent}:/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", str(tmp_path / "import.sh"), "other"], env=path, capture_output=True, text=True, check=True
    )
    words = done.stdout.splitlines()
    assert words[:4] == ["database", "import", "full", "other"]
    named = {word.partition("=")[2] for word in words if word.startswith(("--nodes=", "--relationships="))}
    assert named == {path.name for path in tmp_path.glob("*.csv")}


def test_relations_never_bear_a_classs_name() -> None:
    assert relation("withinDivision") == "WITHIN_DIVISION"
    assert relation("mechanism") == "HAS_MECHANISM"
    assert relation("agent") == "HAS_AGENT"
    assert relation("inXSDDate") == "IN_XSDDATE"


def test_several_values_are_a_list_whatever_the_data() -> None:
    store = Store()
    fact = NamedNode("https://w3id.org/jiceng/id/adoption/1")
    store.add(Quad(fact, RDF.type, JC.MechanismAdoption))
    store.add(Quad(fact, JC.component, Literal("民情员", language="zh")))
    assert neo4j(store)["MechanismAdoption.csv"].decode().splitlines() == [
        "iri:ID,label:string,component:string[],:LABEL",
        f"{fact.value},1,民情员,MechanismAdoption{ARRAY}Statement",
    ]


@pytest.mark.parametrize("name", ["docs/interop.md", "docs/interop.zh-CN.md"])
def test_the_documented_example_runs(folder: Path, root: Path, tmp_path: Path, name: str) -> None:
    pytest.importorskip("ladybug", reason="ladybug is not there: pip install ladybug")
    blocks = re.findall(r"```python\n(.*?)```", (root / name).read_text("utf-8"), re.DOTALL)
    (block,) = (block for block in blocks if "IMPORT DATABASE" in block)
    code = re.sub(
        r"IMPORT DATABASE '[^']*'", f"IMPORT DATABASE '{folder}'", textwrap.dedent(f"  {block.lstrip()}")
    )
    last = "connection.execute(" + code.rpartition("connection.execute(")[2]
    shown = code.removesuffix(last) + f"print({last.strip()})"
    done = subprocess.run(
        [sys.executable, "-c", shown], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "['院落管家', 2]" in done.stdout
