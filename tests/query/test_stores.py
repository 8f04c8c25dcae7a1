"""Endpoints elsewhere: one of a few lines, which answers as the SPARQL 1.1 Protocol says."""

import json
import re
import socket
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, Store

from jiceng import query
from jiceng.errors import QueryError
from jiceng.query.guard import unbound_prefixes

DATA = '@prefix jc: <https://w3id.org/jiceng/ontology#> . <urn:m> jc:value 61 ; jc:measured "小区党支部"@zh .'


@pytest.fixture(params=["json", "xml"])
def endpoint(request):
    store = Store()
    store.load(DATA.encode(), RdfFormat.TURTLE)
    form = QueryResultsFormat.JSON if request.param == "json" else QueryResultsFormat.XML

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if self.path == "/page":
                return self.reply(200, "text/html", b"<html>")
            if self.path == "/broken":
                return self.reply(200, form.media_type, b"{")
            try:
                answer = store.query(body["query"][0])
            except SyntaxError as error:
                return self.reply(400, "text/plain", str(error).encode())
            if "CONSTRUCT" in body["query"][0]:
                return self.reply(200, "text/turtle", answer.serialize(format=RdfFormat.TURTLE))
            return self.reply(200, form.media_type, answer.serialize(format=form))

        def reply(self, code, kind, body):
            self.send_response(code)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_rows_from_an_endpoint_with_prefixes_that_it_does_not_know(endpoint):
    text = "SELECT ?m ?v { ?s jc:measured ?m ; jc:value ?v }"
    assert query.answer(endpoint, text, "csv") == "m,v\r\n小区党支部,61\r\n".replace("\r\n", "\r\n")
    assert json.loads(query.answer(endpoint, text, "json"))["results"]["bindings"][0]["m"]["xml:lang"] == "zh"
    assert query.answer(endpoint, "ASK { ?s jc:value 61 }") == "true\n"


def test_triples_from_an_endpoint(endpoint):
    assert "jc:value 61" in query.answer(endpoint, "CONSTRUCT WHERE { ?s jc:value ?v }")


@pytest.mark.parametrize(
    ("place", "message"),
    [("/page", "no SPARQL result"), ("/broken", "cannot be read as"), ("", "answers 400")],
)
def test_what_is_no_answer_is_told_with_the_address(endpoint, place, message):
    text = "SELECT * { ?s ?p }" if not place else "SELECT * { ?s ?p ?o }"
    with pytest.raises(QueryError, match=f"{endpoint}.*{message}"):
        query.answer(endpoint + place, text)


@pytest.mark.parametrize(
    "answer", [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}"]
)
def test_who_speaks_another_language_than_http(answer):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answered():
            connection, _ = server.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(answer)

        thread = threading.Thread(target=answered, daemon=True)
        thread.start()
        with pytest.raises(QueryError, match=r"http://127.*: cannot be asked: .*; check the address"):
            query.answer(f"http://127.0.0.1:{server.getsockname()[1]}/", "ASK {}")
        thread.join()


@pytest.mark.parametrize("address", ["http://127.0.0.1/a b", "http://[::1/", "http://127.0.0.1:x/"])
def test_what_is_no_address_is_told(address):
    with pytest.raises(QueryError, match=f"^{re.escape(address)}: cannot be asked: .*; check the address"):
        query.answer(address, "ASK {}")


def test_nobody_there():
    with pytest.raises(QueryError, match="cannot be asked"):
        query.answer("http://127.0.0.1:9/sparql", "ASK {}", seconds=2)


def test_prefixes_that_are_used_and_not_declared():
    assert unbound_prefixes("PREFIX skos: <urn:x> SELECT * { ?s jc:value ?v ; skos:x 'oa:start' }") == ("jc",)


def test_named_graphs_are_asked_as_one(tmp_path):
    path = tmp_path / "two.nq"
    path.write_text("<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:b> <urn:p> <urn:c> <urn:h> .\n")
    assert query.answer(str(path), "ASK { <urn:a> <urn:p>/<urn:p> <urn:c> }") == "true\n"
