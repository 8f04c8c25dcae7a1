"""Canonical forms (RDFC-1.0) are equal after every round trip, by two implementations of the algorithm.

The graph here is the example with the ontology, whose unions and restrictions are blank nodes.
"""

import json

import pytest
import rdflib
from pyoxigraph import BlankNode, Quad, RdfFormat, parse, serialize

from jiceng.export.rdf import quads_by_document
from jiceng.query import open_store

FORMS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "json-ld": RdfFormat.JSON_LD,
    "rdf-xml": RdfFormat.RDF_XML,
}
READERS = {"turtle": "turtle", "ntriples": "nt", "json-ld": "json-ld", "rdf-xml": "xml"}


@pytest.fixture(scope="module")
def lines(exported, canonical):
    """The canonical form of what was exported."""
    quads = list(parse(path=str(exported["turtle"].with_name("whole.nt")), format=RdfFormat.N_TRIPLES))
    assert any(isinstance(quad.subject, BlankNode) for quad in quads)
    return canonical(quads)


def flat(quads):
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


@pytest.mark.parametrize("form", FORMS)
def test_oxigraph(exported, lines, canonical, form):
    assert canonical(flat(parse(path=str(exported[form]), format=FORMS[form]))) == lines


def test_named_graphs(exported, canonical):
    back = list(parse(path=str(exported["trig"]), format=RdfFormat.TRIG))
    assert canonical(back) == canonical(quads_by_document(open_store(exported["ntriples"])))
    assert len({quad.graph_name for quad in back}) > 2


@pytest.mark.parametrize("form", READERS)
def test_rdflib_reads(exported, lines, canonical, form):
    graph = rdflib.Graph().parse(str(exported[form]), format=READERS[form])
    assert canonical(parse(graph.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)) == lines


@pytest.mark.parametrize("form", ["json-ld", "xml"])  # its Turtle writes the decimal "4" as 4.0
def test_rdflib_writes(exported, lines, canonical, form):
    written = rdflib.Graph().parse(str(exported["ntriples"]), format="nt").serialize(format=form)
    kind = RdfFormat.JSON_LD if form == "json-ld" else RdfFormat.RDF_XML
    assert canonical(flat(parse(written.encode(), format=kind))) == lines


@pytest.mark.parametrize(
    ("form", "syntax"), [("turtle", "ttl"), ("rdf-xml", "rdfxml"), ("json-ld", "jsonld10")]
)
def test_jena_reads_and_writes(exported, lines, canonical, jena, form, syntax):
    output = jena("riotcmd.riot", f"--syntax={syntax}", "--output=nquads", exported[form])
    assert canonical(parse(output, format=RdfFormat.N_QUADS)) == lines


def test_n3_js_reads_and_writes(exported, lines, canonical, node):
    output = node("parse", exported["turtle"], "text/turtle")
    assert canonical(parse(output, format=RdfFormat.N_QUADS)) == lines


def test_the_algorithm_is_the_standard_s(exported, lines, node, canonical, tmp_path):
    """rdf-canonize, by the authors of RDFC-1.0, computes the same form, for triples and named graphs."""
    assert sorted(node("canonize", exported["ntriples"]).decode().splitlines()) == lines
    quads = list(parse(path=str(exported["trig"]), format=RdfFormat.TRIG))
    serialize(quads, str(tmp_path / "graphs.nq"), RdfFormat.N_QUADS)
    assert sorted(node("canonize", tmp_path / "graphs.nq").decode().splitlines()) == canonical(quads)


def test_json_ld_expands_alike_in_pyld_and_jsonld_js(exported, lines, canonical, node):
    pyld = pytest.importorskip("pyld", reason="pyld is not installed")
    data = json.loads(exported["json-ld"].read_bytes())
    python = pyld.jsonld.to_rdf(data, {"format": "application/n-quads"}).encode()
    javascript = node("expand", exported["json-ld"])
    assert canonical(parse(python, format=RdfFormat.N_QUADS)) == lines
    assert canonical(parse(javascript, format=RdfFormat.N_QUADS)) == lines


def test_the_context_may_be_named_instead_of_copied(exported, lines, canonical, node, root, tmp_path):
    shipped = root / "ontology" / "context.jsonld"
    address = json.loads(shipped.read_text("utf-8"))["id"]
    data = json.loads(exported["json-ld"].read_bytes())
    data["@context"] = [address, {"@base": data["@context"]["@base"]}]
    (tmp_path / "named.jsonld").write_text(json.dumps(data), "utf-8")
    output = node("expand", tmp_path / "named.jsonld", address, shipped)
    assert canonical(parse(output, format=RdfFormat.N_QUADS)) == lines
