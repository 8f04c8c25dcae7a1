"""Questions in varied wording: what they mean, and that every one leads to a query that can run."""

import hashlib
import tomllib
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from jiceng import ask
from jiceng.ask import grammar, terms

HERE = Path(__file__).parent
QUESTIONS = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))["question"]


def half(question):
    """Whether a question belongs to the half that was looked at while the patterns were written."""
    return "seen" if hashlib.sha256(question.encode()).digest()[0] % 2 == 0 else "held out"


def meaning(intent):
    return (intent.kind, intent.divisions, intent.term, intent.sort) if intent else ("none", (), "", "")


def wanted(q):
    return q["kind"], tuple(q.get("d", ())), q.get("x", ""), q.get("t", "")


@pytest.fixture(scope="module")
def store():
    store = Store()
    store.load(path=str(HERE / "graph.ttl"), format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def known(store):
    return terms.load(store)


@pytest.mark.parametrize("part", ["seen", "held out"])
def test_share_of_questions_understood(known, part):
    questions = [q for q in QUESTIONS if half(q["q"]) == part]
    wrong = [q["q"] for q in questions if meaning(ask.understand(q["q"], known, grammar.load())) != wanted(q)]
    assert len(questions) >= 60
    assert len(wrong) / len(questions) <= 0.05, wrong


def test_set_has_all_kinds(known):
    assert {p.kind for p in grammar.load().patterns} | {"none"} == {q["kind"] for q in QUESTIONS}
    assert len({q["q"] for q in QUESTIONS}) == len(QUESTIONS) >= 120


def test_every_question_that_is_understood_is_answered(store):
    for q in QUESTIONS:
        told = ask.answer(q["q"], store)
        assert (told.intent is None) == (not told.sparql) == bool(told.nearest)
        assert told.rows or told.intent is None or ask.ABSENT in told.summary


def test_what_is_offered_instead_can_be_asked(store, known):
    for q in QUESTIONS:
        for offered in ask.nearest(q["q"], known, grammar.load(), count=30):
            assert ask.understand(offered, known, grammar.load()) is not None, offered


def test_further_wordings_are_understood_or_refused_and_never_misunderstood(known):
    further = tomllib.loads((HERE / "further.toml").read_text("utf-8"))["question"]
    kinds = [(q, meaning(ask.understand(q["q"], known, grammar.load()))[0]) for q in further]
    assert [q["q"] for q, kind in kinds if kind not in (q["kind"], "none")] == []
    assert sum(kind == q["kind"] for q, kind in kinds) / len(kinds) >= 0.9


@pytest.mark.parametrize("word", ["现在", "都也", "一共", "的", "请查一下", "全部有关", "积分制"])
def test_repetition_does_not_explode(known, word):
    for question in (word * 60, "武侯区" + word * 40, "各区" + word * 40 + "？"):
        ask.understand(question[:120], known, grammar.load())
