"""Other people's clients get the same answers."""

import csv
import io
import json
import shutil
import subprocess
import urllib.parse

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TSV, TURTLE, XML, SPARQLWrapper

from jiceng import query
from jiceng.query.guard import declared

TEXT = declared(
    "SELECT ?label ?value { ?m a jc:Measurement ; rdfs:label ?label ; jc:value ?value } ORDER BY ?m LIMIT 40"
)
TRIPLES = declared("CONSTRUCT { ?m jc:value ?v } WHERE { ?m jc:value ?v }")


@pytest.fixture(scope="module")
def rows(root):
    return list(csv.reader(io.StringIO(query.answer(str(root / "graphs"), TEXT, "csv"))))


def wrapped(url, text, form, method="GET"):
    client = SPARQLWrapper(url + "/sparql")
    client.setQuery(text)
    client.setReturnFormat(form)
    client.setMethod(method)
    return client.query().convert()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(url, rows, method):
    bindings = wrapped(url, TEXT, JSON, method)["results"]["bindings"]
    assert [[b["label"]["value"], b["value"]["value"]] for b in bindings] == rows[1:]
    assert len(wrapped(url, TEXT, XML, method).getElementsByTagName("result")) == 40
    assert list(csv.reader(io.StringIO(wrapped(url, TEXT, CSV, method).decode()))) == rows
    assert len(wrapped(url, TEXT, TSV, method).decode().splitlines()) == 41
    turtle = Graph().parse(data=wrapped(url, TRIPLES, TURTLE, method), format="turtle")
    assert len(turtle) == wrapped_count(url)


def wrapped_count(url):
    found = wrapped(url, declared("SELECT (COUNT(*) AS ?n) { ?m jc:value ?v }"), JSON)
    return int(found["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_sparqlstore(url, rows, form):
    graph = Graph(SPARQLStore(url + "/sparql", returnFormat=form))
    assert [[str(label), str(value)] for label, value in graph.query(TEXT)] == rows[1:]
    if form in ("xml", "json"):  # the standard gives ASK no other
        assert bool(graph.query(declared("ASK { ?m a jc:Measurement }")))


def test_rdflib_sparqlstore_takes_triples(url):
    found = SPARQLStore(url + "/sparql").query(TRIPLES)
    assert len(found.graph) == wrapped_count(url)


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(url, rows):
    def curl(*options):
        return subprocess.run(["curl", "-sf", *options], capture_output=True, text=True, check=True).stdout

    encoded = f"query={urllib.parse.quote(TEXT)}"
    assert list(csv.reader(io.StringIO(curl(f"{url}/sparql?{encoded}", "-H", "Accept: text/csv")))) == rows
    assert len(json.loads(curl(f"{url}/sparql", "-d", encoded))["results"]["bindings"]) == 40
    forms = {"application/sparql-results+xml": "<result>", "text/tab-separated-values": "\n"}
    for form, mark in forms.items():
        assert curl(f"{url}/sparql", "-d", encoded, "-H", f"Accept: {form}").count(mark) >= 40
    turtle = curl(f"{url}/sparql", "-d", f"query={urllib.parse.quote(TRIPLES)}", "-H", "Accept: text/turtle")
    assert len(Graph().parse(data=turtle, format="turtle")) == wrapped_count(url)
    assert "sd:" in curl(f"{url}/sparql") or "sparql-service-description#" in curl(f"{url}/sparql")
    headers = curl(
        "-D", "-", "-o", "/dev/null", "-H", "Origin: http://example.org", f"{url}/sparql?{encoded}"
    )
    assert "access-control-allow-origin: *" in headers


def test_our_own_command(url, rows):
    assert list(csv.reader(io.StringIO(query.answer(url + "/sparql", TEXT, "csv")))) == rows
    assert "jc:value" in query.answer(url + "/sparql", TRIPLES)
