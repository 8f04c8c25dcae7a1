import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.serve.kept import Kept
from jiceng.serve.protocol import Reply, Request


def reply(size=10, **other):
    return Reply(**{"status": 200, "media_type": "text/csv", "body": b"x" * size} | other)


def test_the_same_request_gets_the_same_answer():
    kept = Kept(100_000)
    kept.put(Request("ASK {}", "text/csv"), reply())
    assert kept.get(Request("ASK {}", "text/csv")) == reply()
    for other in (
        Request("ASK { }", "text/csv"),
        Request("ASK {}", "*/*"),
        Request("ASK {}", "text/csv", ("urn:g",)),
    ):
        assert kept.get(other) is None


@pytest.mark.parametrize(
    ("query", "given_reply"),
    [
        ("SELECT (RAND() AS ?r) {}", reply()),
        ("SELECT (now() AS ?t) {}", reply()),
        ("SELECT (STRUUID() AS ?u) {}", reply()),
        ("SELECT (BNODE() AS ?b) {}", reply()),
        ("ASK {}", reply(status=503)),
        ("ASK {}", reply(body=b"", file="/a/file")),
        ("ASK {}", reply(size=50_000)),
    ],
)
def test_what_is_not_kept(query, given_reply):
    kept = Kept(100_000)
    kept.put(Request(query), given_reply)
    assert kept.get(Request(query)) is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4000))))
def test_never_more_than_its_size_and_the_last_stay(asked):
    kept = Kept(40_000)
    for number, size in asked:
        kept.put(Request(f"ASK {{}} # {number}"), reply(size))
    held = [r for r in (kept.get(Request(f"ASK {{}} # {n}")) for n in range(31)) if r]
    assert sum(len(r.body) for r in held) <= 40_000
    if asked:
        assert kept.get(Request(f"ASK {{}} # {asked[-1][0]}")) is not None
