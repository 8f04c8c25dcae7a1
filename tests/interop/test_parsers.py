"""Every tool that people carry the graph to reads the same triples from the same file."""

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat

from jiceng.graph.namespaces import XSD
from jiceng.resources import ontology_directory

MEDIA = {"turtle": "text/turtle", "ntriples": "application/n-triples", "trig": "application/trig"}


@pytest.fixture(scope="module")
def expected(example, triples_of):
    return triples_of(example["ntriples"])


@pytest.mark.parametrize(
    ("tool", "form", "arguments"),
    [
        ("rapper", "turtle", ["-q", "-i", "turtle", "-o", "ntriples"]),
        ("rapper", "ntriples", ["-q", "-i", "ntriples", "-o", "ntriples"]),
        ("rapper", "rdf-xml", ["-q", "-i", "rdfxml", "-o", "ntriples"]),
        ("serdi", "turtle", ["-i", "turtle", "-o", "ntriples"]),
        ("serdi", "trig", ["-i", "trig", "-o", "nquads"]),
    ],
)
def test_raptor_and_serd(example, expected, triples_of, tool, form, arguments):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed (Debian: raptor2-utils, serdi)")
    done = subprocess.run([tool, *arguments, example[form]], capture_output=True, check=True)
    assert not done.stderr
    assert triples_of(done.stdout, RdfFormat.N_QUADS) == expected


@pytest.mark.parametrize(
    ("form", "syntax"), [("turtle", "ttl"), ("trig", "trig"), ("json-ld", "jsonld10"), ("rdf-xml", "rdfxml")]
)
def test_jena_parses(example, expected, triples_of, jena, form, syntax):
    output = jena("riotcmd.riot", f"--syntax={syntax}", "--output=nquads", example[form])
    assert triples_of(output, RdfFormat.N_QUADS) == expected


def test_jena_loads_a_tdb_database(example, expected, jena, tmp_path):
    jena("tdb2.tdbloader", f"--loc={tmp_path / 'tdb'}", example["turtle"])
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    counted = jena("tdb2.tdbquery", f"--loc={tmp_path / 'tdb'}", "--results=csv", query)
    assert counted.decode().split() == ["n", str(len(expected))]


@pytest.mark.parametrize("form", MEDIA)
def test_n3_js(example, expected, triples_of, node, form):
    assert triples_of(node("parse", example[form], MEDIA[form]), RdfFormat.N_QUADS) == expected


def test_virtuoso_bulk_load(example, expected, triples_of, virtuoso):
    place = virtuoso.folder / "load"
    place.mkdir()
    for form, graph in (("turtle", "urn:load:turtle"), ("ntriples", "urn:load:ntriples")):
        file = shutil.copy(example[form], place)
        name = Path(file).name
        virtuoso.sql(f"ld_dir ('load', '{name}', '{graph}')", "rdf_loader_run ()")
        assert "\n0\n" in virtuoso.sql("SELECT COUNT(*) FROM DB.DBA.load_list WHERE ll_error IS NOT NULL")
        text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        assert triples_of(virtuoso.query(text, [graph], "text/plain")) == expected


def test_owlready_loads_ontology_and_graph(example, expected, triples_of, tmp_path):
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 is missing: pip install owlready2")
    world = owlready2.World()
    ontology = tmp_path / "ontology.nt"
    terms = triples_of(ontology_directory() / "jiceng.ttl", RdfFormat.TURTLE)
    ontology.write_text("".join(f"{triple} .\n" for triple in terms), "utf-8")
    for path in (ontology, example["ntriples"]):
        world.get_ontology(path.as_uri()).load()
    counted = "SELECT (COUNT(?m) AS ?n) { ?m a <https://w3id.org/jiceng/ontology#Measurement> }"
    kinds = [t for t in expected if str(t.object).endswith("ontology#Measurement>")]
    assert next(iter(world.sparql(counted))) == [len(kinds)]
    kind = world["https://w3id.org/jiceng/ontology#Measurement"]
    assert len(set(kind.instances())) == len(kinds)
    saved = tmp_path / "saved.nt"
    world.as_rdflib_graph().serialize(str(saved), format="nt", encoding="utf-8")
    assert by_value(terms | expected) <= by_value(triples_of(saved))


def by_value(triples):
    """Triples without blank nodes; numbers by their value, since Python's numbers know no `1.0` and `1`."""
    found = set()
    for t in triples:
        number = isinstance(t.object, Literal) and t.object.datatype == XSD.decimal
        blank = isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)
        if not blank:
            found.add((t.subject, t.predicate, Decimal(t.object.value) if number else t.object))
    return found


def test_packages_name_no_registry(root):
    """They come from whichever one npm is set to use; what they must be says the hash alone."""
    packages = json.loads((root / "tests" / "interop" / "package-lock.json").read_text("utf-8"))["packages"]
    for name, package in packages.items():
        assert "resolved" not in package
        assert not name or package["integrity"].startswith("sha512-"), name
