"""What is sent, and what is said when a server does not take it; real servers are in tests/interop."""

import base64
import shutil
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from jiceng import cli, graph, publish, query
from jiceng.errors import PublishError
from jiceng.graph.namespaces import DCT, JC, RDF
from jiceng.lexicon import load_lexicon
from jiceng.publish.graphs import SHARED, graphs_of
from jiceng.publish.server import Server


@pytest.fixture(scope="module")
def built(sample, tmp_path_factory):
    lexicon = load_lexicon()
    folder = tmp_path_factory.mktemp("built")
    data = graph.turtle(graph.build(sample["corpus"](), lexicon, lexicon.gazetteer.by_code))
    (folder / "jiceng.ttl").write_bytes(data)
    return folder


@pytest.fixture
def server():
    """A graph store in a dictionary; `codes` are what it answers first, `asks` what it wants to see."""

    class Handler(BaseHTTPRequestHandler):
        def reply(self):
            size = int(self.headers.get("Content-Length") or 0)
            data = self.rfile.read(size)
            shop.requests.append((self.command, self.headers.get("Authorization")))
            code = shop.codes.pop(0) if shop.codes else 204
            name = parse_qs(urlsplit(self.path).query).get("graph", [""])[0]
            if shop.asks and self.headers.get("Authorization") is None:
                code = 401
            if code == 204 and self.command == "DELETE":
                code = 204 if shop.graphs.pop(name, None) is not None else 404
            elif code == 204:
                shop.graphs[name] = (shop.graphs.get(name, b"") if self.command == "POST" else b"") + data
            self.send_response(code)
            if code == 401:
                self.send_header("WWW-Authenticate", shop.asks)
            if code == 302:
                self.send_header("Location", "http://127.0.0.1:1/other")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PUT = do_POST = do_DELETE = do_GET = reply  # noqa: N815

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as shop:
        shop.graphs, shop.codes, shop.asks, shop.requests = {}, [], "", []
        shop.url = f"http://127.0.0.1:{shop.server_port}/store"
        threading.Thread(target=shop.serve_forever, args=(0.01,), daemon=True).start()
        yield shop
        shop.shutdown()


def test_the_graphs_together_are_the_graph(built):
    store = query.open_store(built)
    graphs = graphs_of(store)
    parts = [graphs.shared, *graphs.documents.values()]
    assert {t for part in parts for t in part.triples} == {quad.triple for quad in store}
    assert len(graphs.documents) == 3


def test_what_a_document_states_is_in_its_graph_and_leads_to_no_other(built):
    graphs = graphs_of(query.open_store(built))
    for name, part in graphs.documents.items():
        assert any(t.subject.value == name and t.predicate == RDF.type for t in part.triples)
        inside = {t.subject for t in part.triples}
        for t in part.triples:
            if t.predicate in (JC.evidence, DCT.isPartOf, JC.tier):
                assert t.object in inside
    kinds = {t.object for t in graphs.shared.triples if t.predicate == RDF.type}
    assert JC.Mechanism in kinds
    assert not kinds & {JC.Evidence, JC.Article, JC.Measurement, JC.MechanismAdoption, JC.SourceDocument}


def test_mechanisms_are_shared_where_several_documents_tell_of_them(root):
    graphs = graphs_of(query.open_store(root / "graphs"))
    tellers = {}
    for name, part in graphs.documents.items():
        for t in part.triples:
            if t.predicate == JC.mechanism:
                tellers.setdefault(t.object, set()).add(name)
    places = {}
    for part in (graphs.shared, *graphs.documents.values()):
        for t in part.triples:
            if t.predicate == RDF.type and t.object == JC.Mechanism:
                places.setdefault(t.subject, set()).add(part.name)
    assert {m: {SHARED} if len(names) > 1 else names for m, names in tellers.items()} == places
    assert {len(names) > 1 for names in tellers.values()} == {True, False}


def test_a_dry_run_sends_nothing(built, capsys):
    assert cli.main(["publish", "http://127.0.0.1:9/", "-g", str(built), "--dry-run"]) == 0
    assert capsys.readouterr().out.count("would put") == 5


def test_documents_by_name_and_hash(built):
    name, part = next(iter(graphs_of(query.open_store(built)).documents.items()))
    digest = name.rpartition("/")[2]
    for told in (part.title, name, digest, f"document:{digest}", digest + "0" * 52):
        steps = publish.publication(built, [told], ontology=False)
        assert [(s.action, s.graph) for s in steps] == [("add", SHARED), ("put", name)]
        assert publish.retraction(built, [told])[0].graph == name
    assert publish.retraction(built / "nowhere", [digest])[0].graph == name
    with pytest.raises(PublishError, match=r"武侯\.txt"):
        publish.publication(built, ["没有.txt"])
    with pytest.raises(PublishError, match="IRI or SHA-256"):
        publish.retraction(built / "nowhere", ["武侯.txt"])


def test_a_busy_server_is_asked_again(server):
    server.codes = [503, 500, 429]
    Server(server.url, pause=0).put("urn:g", b"<urn:a> <urn:b> <urn:c> .\n")
    assert server.graphs == {"urn:g": b"<urn:a> <urn:b> <urn:c> .\n"}
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    ("code", "said", "tries"),
    [(503, "log", 4), (403, "GRANT", 1), (404, "Graph Store", 1), (302, "points to", 1), (413, "limit", 1)],
)
def test_what_will_not_be_is_said(server, code, said, tries):
    server.codes = [code] * 9
    with pytest.raises(PublishError, match=f"{server.url}: answers {code} .*{said}"):
        Server(server.url, pause=0).put("urn:g", b"")
    assert len(server.requests) == tries
    assert not server.graphs


def test_where_it_stopped_and_what_to_do(server, built):
    server.codes = [204, 204, 403]
    with pytest.raises(PublishError, match=r"(?s)2 of 5 graphs were done before; run the same command again"):
        publish.carry_out(publish.publication(built), Server(server.url, pause=0))


def test_deleting_what_is_not_there(server):
    assert Server(server.url).delete("urn:g") is False
    server.graphs["urn:g"] = b""
    assert Server(server.url).delete("urn:g") is True


def test_basic_on_this_machine(server):
    server.asks = 'Basic realm="store"'
    Server(server.url, publish.Credentials("作者", "密码:x"), pause=0).put("urn:g", b"")
    assert base64.b64decode(server.requests[-1][1].removeprefix("Basic ")).decode() == "作者:密码:x"


def test_basic_in_clear_text_leaves_no_machine(server, monkeypatch):
    server.asks = 'Basic realm="store"'
    monkeypatch.setattr("jiceng.publish.server._is_local", lambda name: False)
    with pytest.raises(PublishError, match="clear text"):
        Server(server.url, publish.Credentials("a", "b"), pause=0).put("urn:g", b"")
    assert all(authorization is None for _, authorization in server.requests)


def test_digest_takes_ascii_only(server):
    server.asks = 'Digest realm="store", nonce="0", qop="auth", algorithm="MD5"'
    with pytest.raises(PublishError, match="ASCII"):
        Server(server.url, publish.Credentials("a", "密"), pause=0).put("urn:g", b"")


@pytest.mark.parametrize("url", ["store", "ftp://a/b", "http://u:p@host/store", "http:///x"])
def test_no_such_address(url):
    with pytest.raises(PublishError) as caught:
        Server(url)
    assert ":p@" not in str(caught.value)


def test_nobody_there():
    with pytest.raises(PublishError, match="cannot be reached after 2 attempt"):
        Server("http://127.0.0.1:9/store", attempts=2, pause=0).put("urn:g", b"")


@pytest.fixture
def encrypted(server, tmp_path):
    """The same store over TLS, with a certificate that nobody knows."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is missing: apt-get install openssl")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return f"https://127.0.0.1:{server.server_port}/store", certificate


def test_certificates_are_checked(server, encrypted, monkeypatch):
    url, certificate = encrypted
    with pytest.raises(PublishError, match=r"certificate is not trusted.*SSL_CERT_FILE"):
        Server(url).put("urn:g", b"")
    assert not server.requests
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    Server(url).put("urn:g", b"")
    assert server.graphs == {"urn:g": b""}


def test_passwords_come_from_file_or_environment(tmp_path, monkeypatch):
    file = tmp_path / "password"
    file.write_text("geheim\r\n", "utf-8-sig")
    monkeypatch.setenv("JICENG_PASSWORD", "other")
    assert publish.credentials("a", file) == publish.Credentials("a", "geheim")
    assert publish.credentials("a", None) == publish.Credentials("a", "other")
    assert publish.credentials(None, file) is None
    assert "geheim" not in repr(publish.credentials("a", file))
    monkeypatch.delenv("JICENG_PASSWORD")
    with pytest.raises(PublishError, match="JICENG_PASSWORD"):
        publish.credentials("a", None)
    with pytest.raises(PublishError, match="first line"):
        publish.credentials("a", tmp_path / "nowhere")
