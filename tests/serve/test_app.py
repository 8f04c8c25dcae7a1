"""What nobody may do, and that nobody can keep the others waiting."""

import http.client
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.processes import below, runs
from tests.serve.conftest import served
from tests.servers import answers, comes_up, free_port
from tests.waiting import until

from jiceng.errors import QueryError
from jiceng.serve import Limits, serve

QUICK = "SELECT (COUNT(*) AS ?n) { ?m a <https://w3id.org/jiceng/ontology#Measurement> }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PATH = "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
SORT = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"


@pytest.fixture(scope="module")
def limited(root):
    """A server that ends queries soon; `url` leaves a slow machine the time to answer."""
    with served(root / "graphs", "--timeout", "3") as address:
        yield address


@pytest.fixture(scope="module", autouse=True)
def slow(url):
    """A client that begins a request before all other tests here ask theirs, and never ends it."""
    where = urlsplit(url)
    with socket.create_connection((where.hostname, where.port), 60) as client:
        client.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        yield client


def ask(url, text, accept="application/sparql-results+json", **headers):
    request = urllib.request.Request(
        url + "/sparql", urllib.parse.urlencode({"query": text}).encode(), {"Accept": accept, **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("LOAD <file:///etc/passwd>", "updates are refused"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "updates are refused"),
        ("SELECT * { ?s ?p }", "cannot be understood"),
        ("SELECT (<urn:f>(1) AS ?x) {}", "cannot be answered"),
    ],
)
def test_refused_with_a_reason(url, text, said):
    status, body = ask(url, text)
    assert status == 400
    assert said in body.decode()


def test_a_question_that_is_not_utf_8_is_refused(url):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{url}/sparql?query=%FF", timeout=120)
    assert refused.value.code == 400
    assert refused.value.read().decode() == "the request is not UTF-8\n"


def test_from_reaches_no_file_and_no_host(url):
    status, body = ask(url, "SELECT * FROM <file:///etc/passwd> FROM <http://127.0.0.1:9/> { ?s ?p ?o }")
    assert status == 200
    assert b'"bindings":[]' in body


@pytest.mark.parametrize("text", [CROSS, PATH, HUGE, SORT], ids=["cross", "path", "huge", "sort"])
def test_a_hostile_query_ends_at_a_limit(limited, text):
    status, _ = ask(limited, text)
    assert status in (503, 507)
    assert ask(limited, QUICK)[0] == 200


def test_others_are_served_meanwhile(limited):
    url = limited
    ended = []
    hostile = [
        threading.Thread(target=lambda text=text: ended.append(ask(url, text)[0]))
        for text in (CROSS, PATH) * 4
    ]
    for thread in hostile:
        thread.start()
    with ThreadPoolExecutor(16) as clients:
        answers = list(clients.map(lambda _: ask(url, QUICK), range(200)))
    for thread in hostile:
        thread.join()
    assert {status for status, _ in answers} == {200}
    assert len({body for _, body in answers}) == 1
    assert set(ended) <= {503, 507}


def test_large_answers_come_whole(url):
    status, body = ask(url, "SELECT * { ?a ?b ?c . VALUES ?n { 1 2 3 } }", "text/tab-separated-values")
    assert status == 200
    _, counted = ask(url, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }", "text/csv")
    assert body.count(b"\n") == 3 * int(counted.split()[1]) + 1


def test_no_form_that_is_wanted(url):
    assert ask(url, QUICK, "image/png")[0] == 406
    assert ask(url, "ASK {}", "text/csv")[0] == 406


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux")
def test_queries_end_with_a_server_that_is_killed(root):
    port = free_port()
    command = [sys.executable, "-m", "jiceng", "serve", str(root / "graphs"), "--port", str(port)]
    process = subprocess.Popen(command)
    try:
        assert comes_up(process, lambda: answers(f"http://127.0.0.1:{port}/questions.json"), "the server")
        before = below(process.pid)
        query = urllib.parse.urlencode({"query": CROSS})
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
            # The query is a slow one by now: another process was begun in the place of its own.
            started = until(lambda: below(process.pid), lambda there: there - before, "a slow query")
            process.kill()
    finally:
        process.kill()
        process.wait()
    until(lambda: [one for one in started if runs(one)], lambda left: not left, "all of them end")


def test_a_request_that_is_too_large(url):
    assert ask(url, "#" + "x" * (1 << 20))[0] == 413


@pytest.mark.parametrize(
    "path", ["/editor/../app.py", "/editor/%2e%2e/app.py", "/editor/..%2f..%2fcli.py", "//etc/passwd"]
)
def test_static_files_only_from_their_folder(url, path):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", path)
    assert connection.getresponse().status == 404


def test_who_asks_for_the_head_alone_gets_it(url):
    for place in ("/", "/sparql", "/sparql?query=ASK%7B%7D", "/questions.json"):
        request = urllib.request.Request(url + place, method="HEAD")
        with urllib.request.urlopen(request) as reply:
            assert (reply.status, reply.read()) == (200, b"")


def test_the_page_and_the_editor(url):
    with urllib.request.urlopen(url + "/") as reply:
        assert b"<html" in reply.read(2000)
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
    with urllib.request.urlopen(url + "/editor/") as reply:
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


def test_others_than_loopback_need_a_token(root, tmp_path):
    with pytest.raises(QueryError, match="--token-file"):
        serve(root / "graphs", "0.0.0.0", 1, Limits())
    token = tmp_path / "token"
    token.write_text("geheim-机密\n", "utf-8")
    with served(root / "graphs", "--token-file", str(token)) as url:
        assert ask(url, QUICK)[0] == 401
        assert ask(url, QUICK, Authorization="Bearer wrong")[0] == 401
        assert ask(url, QUICK, Authorization="Basic !!!")[0] == 401
        good = "Bearer geheim-机密".encode().decode("latin-1")
        assert ask(url, QUICK, Authorization=good)[0] == 200


def test_a_graph_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(QueryError, match=r"holds no jiceng\.ttl"):
        serve(tmp_path, "127.0.0.1", 1, Limits())


def test_a_request_that_is_too_slow(slow):
    """The last of all: the others were answered in the meantime, and it was waited for no longer."""
    assert slow.recv(1000) == b""  # the server hangs up
