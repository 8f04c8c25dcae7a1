"""A graph that is served from disk: the same answers, and processes that do not hold it."""

import urllib.parse
import urllib.request

import pytest
from tests.serve.conftest import served

from jiceng.query import named
from jiceng.query.guard import declared


@pytest.fixture(scope="module")
def stored_url(root, tmp_path_factory):
    with served(root / "graphs", "--store", str(tmp_path_factory.mktemp("stores"))) as address:
        yield address


def answer(url, query):
    request = urllib.request.Request(
        url + "/sparql?" + urllib.parse.urlencode({"query": query}), headers={"Accept": "text/csv"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return sorted(reply.read().decode().splitlines())


def test_the_named_questions_have_the_same_answers(url, stored_url):
    for question in named():
        if not question.parameters:
            text = declared(question.text)
            assert answer(url, text) == answer(stored_url, text), question.name


def test_a_process_that_is_ended_is_replaced(stored_url):
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    for _ in range(3):
        request = urllib.request.Request(stored_url + "/sparql?" + urllib.parse.urlencode({"query": slow}))
        with pytest.raises(OSError, match="timed out"):
            urllib.request.urlopen(request, timeout=1.5)
    assert len(answer(stored_url, "SELECT ?d { ?d a jc:SourceDocument }")) > 2
