import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.serve.protocol import SOLUTIONS, ProtocolError, best, request_of

KINDS = tuple(SOLUTIONS)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", KINDS[0]),
        ("*/*", KINDS[0]),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("*/*;q=0.1, text/csv;q=0.0, text/*;q=0.2", "text/tab-separated-values"),
        ("image/png", None),
        ("application/json;q=0", None),
        ("APPLICATION/JSON", "application/json"),
        ("text/csv;q=x", None),
    ],
)
def test_the_media_type_that_is_liked_best(accept, kind):
    assert best(accept, KINDS) == kind


@given(st.text(max_size=60))
def test_any_header_is_read(accept):
    assert best(accept, KINDS) in (*KINDS, None)


def test_exactly_one_query():
    assert request_of([("query", "ASK {}"), ("named-graph-uri", "urn:g")], "*/*").named_graphs == ("urn:g",)
    for pairs in ([], [("query", "a"), ("query", "b")]):
        with pytest.raises(ProtocolError) as caught:
            request_of(pairs, "*/*")
        assert caught.value.status == 400
    with pytest.raises(ProtocolError) as caught:
        request_of([("update", "CLEAR ALL")], "*/*")
    assert caught.value.status == 403
