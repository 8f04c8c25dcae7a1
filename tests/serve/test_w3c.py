"""The W3C's tests of the SPARQL 1.1 Protocol, query operation: w3c/manifest.ttl says what to send.

From https://github.com/w3c/rdf-tests, under the W3C 3-clause BSD License.
"""

import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store, parse_query_results
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from tests.serve.conftest import served

FOLDER = Path(__file__).parent / "w3c"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
GRAPHS = "http://kasei.us/2009/09/sparql/data/"
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TRIPLES = ("application/rdf+xml", "text/turtle", "application/n-triples")


def manifest():
    graph = Graph().parse(FOLDER / "manifest.ttl", format="turtle")
    (entries,) = graph.objects(None, MF.entries)
    for test in Collection(graph, entries):
        name = test.rsplit("#", 1)[-1]
        if "update" not in name:
            (action,) = graph.objects(test, MF.action)
            requests = [r for part in graph.objects(action, HT.requests) for r in Collection(graph, part)]
            yield pytest.param(graph, requests, id=name)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    store = Store()
    for number in (1, 2, 3):
        name = NamedNode(f"{GRAPHS}data{number}.rdf")
        store.load(path=str(FOLDER / f"data{number}.nt"), format=RdfFormat.N_TRIPLES, to_graph=name)
    path = tmp_path_factory.mktemp("w3c") / "data.nq"
    store.dump(str(path), format=RdfFormat.N_QUADS)
    with served(path) as url:
        yield urlsplit(url)


@pytest.mark.parametrize(("graph", "requests"), list(manifest()))
def test_protocol(graph, requests, endpoint):
    assert requests
    for request in requests:
        path = str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
        headers = {}
        for part in graph.objects(request, HT.headers):
            for header in Collection(graph, part):
                headers[str(graph.value(header, HT.fieldName))] = str(graph.value(header, HT.fieldValue))
        content = graph.value(request, HT.body)
        body = None
        if content is not None:
            body = str(graph.value(content, CNT.chars)).encode(
                str(graph.value(content, CNT.characterEncoding))
            )
        connection = http.client.HTTPConnection(endpoint.netloc, timeout=30)
        connection.request(str(graph.value(request, HT.methodName)), path, body, headers)
        reply = connection.getresponse()
        data = reply.read()
        expected = graph.value(request, HT.resp)
        classes = {str(status)[-3] for status in graph.objects(expected, MF.expectedStatus)}
        assert str(reply.status)[0] in classes, data
        kind = reply.headers.get_content_type()
        form = graph.value(expected, MF.expectedFormat)
        if form is not None:
            allowed = {"boolean": TABLES[:2], "tabular": TABLES, "RDF": TRIPLES}[str(form)]
            assert kind in allowed
        truth = graph.value(expected, MF.expectedBoolean)
        if truth is not None:
            answer = parse_query_results(data, format=QueryResultsFormat.from_media_type(kind))
            assert bool(answer) == truth.toPython()


def test_the_manifest_has_what_is_counted_here():
    names = [parameter.id for parameter in manifest()]
    assert len(names) == 20
    assert sum(name.startswith("bad_") for name in names) == 7
