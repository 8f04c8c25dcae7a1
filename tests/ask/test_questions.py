"""Questions in varied wording: what they mean, and that every one leads to a query that can run."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from jiceng import ask
from jiceng.ask import grammar, terms
from jiceng.query import open_store

HERE = Path(__file__).parent
SETS = ("questions", "varied", "blind", "later", "last", "final", "regions")


def questions(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["question"]


@cache
def graph(name):
    if name == "built":
        return open_store(Path(__file__).parents[2] / "graphs")
    store = Store()
    store.load(path=str(HERE / "graph.ttl"), format=RdfFormat.TURTLE)
    return store


@cache
def known(name):
    return terms.load(graph(name))


def half(question):
    """Whether a question belongs to the half that was looked at while words and intents were written."""
    return "seen" if hashlib.sha256(question.encode()).digest()[0] % 2 == 0 else "held out"


def understood(q):
    return ask.understand(q["q"], known(q.get("g", "small")), grammar.load())


def right(q):
    intent, kinds = understood(q), q["kind"].split("|")
    if intent is None:
        return "none" in kinds
    sort = intent.sort if intent.kind not in ("richest", "tallied") else ""
    # Whether only here there is something is asked of everywhere.
    divisions = [] if intent.kind == "where_mechanism" and not intent.places else q.get("d", [])
    terms_meant = q.get("x", "").split("|")
    return (
        intent.kind in kinds
        and list(intent.divisions) == divisions
        and intent.term in terms_meant
        and sort in q.get("t", "").split("|")
        and intent.by == q.get("by", "")
    )


@pytest.mark.parametrize("part", ["seen", "held out"])
def test_share_of_questions_understood(part):
    asked = [q for q in questions("questions") if half(q["q"]) == part]
    wrong = [q["q"] for q in asked if not right(q)]
    assert len(asked) >= 60
    assert len(wrong) / len(asked) <= 0.05, wrong


@pytest.mark.parametrize("name", SETS[1:])
def test_share_of_varied_wordings_understood(name):
    wrong = [q["q"] for q in questions(name) if not right(q)]
    assert len(questions(name)) >= 50
    assert len(wrong) / len(questions(name)) <= 0.05, wrong


def test_sets_have_all_kinds():
    every = [q for name in SETS for q in questions(name)]
    kinds = {kind for q in every for kind in q["kind"].split("|")}
    assert {p.kind for p in grammar.load().patterns} | {"none"} <= kinds
    assert len({q["q"] for q in every}) == len(every) >= 300


@pytest.mark.parametrize("name", SETS)
def test_every_question_that_is_understood_is_answered(name, monkeypatch):
    loaded = {id(graph(place)): known(place) for place in {q.get("g", "small") for q in questions(name)}}
    monkeypatch.setattr(terms, "load", lambda source: loaded[id(source)])  # most of the time it takes
    for q in questions(name):
        told = ask.answer(q["q"], graph(q.get("g", "small")))
        assert (told.intent is None) == (not told.sparql) == bool(told.nearest)
        assert told.rows or told.intent is None or ask.ABSENT in told.summary


def test_what_is_offered_instead_can_be_asked():
    for q in questions("questions")[::10]:
        for offered in ask.nearest(q["q"], known("small"), grammar.load(), count=12):
            assert ask.understand(offered, known("small"), grammar.load()) is not None, offered


def test_every_example_is_of_its_intent():
    offered = ask.nearest("武侯区的网格党支部", known("small"), grammar.load(), count=500)
    kinds = {ask.understand(text, known("small"), grammar.load()).kind for text in offered}
    assert kinds == {p.kind for p in grammar.load().patterns}


def test_further_wordings_are_understood_or_refused_and_never_misunderstood():
    kinds = [(q, getattr(understood(q), "kind", "none")) for q in questions("further")]
    assert [q["q"] for q, kind in kinds if kind not in (q["kind"], "none")] == []
    assert sum(kind == q["kind"] for q, kind in kinds) / len(kinds) >= 0.9


@pytest.mark.parametrize("word", ["现在", "都也", "一共", "的", "请查一下", "全部有关", "积分制", "多少个区"])
def test_repetition_does_not_explode(word):
    for question in (word * 60, "武侯区" + word * 40, "各区" + word * 40 + "？"):
        ask.understand(question[:120], known("small"), grammar.load())


@pytest.mark.parametrize(
    "question",
    [
        "武侯区有多少女网格员",
        "武侯区裁掉了多少网格员",
        "网格员的工资是多少",
        "武侯区为什么搞积分制",
        "武侯区网格员平均年龄",
        "武侯区明年计划建多少个网格党支部",
        "积分制哪一年开始的",
    ],
)
def test_a_word_that_nothing_explains_is_never_passed_over(question):
    assert ask.understand(question, known("small"), grammar.load()) is None


def test_what_nothing_explains_is_named():
    assert "“女”" in ask.answer("武侯区有多少女网格员", graph("small")).summary


def test_words_that_must_stay_whole_are_those_of_the_script(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root / "scripts"))
    import make_whole_words

    assert sorted(grammar.load().whole) == make_whole_words.whole_words()
    assert ask.understand("武侯区搞了哪些花样", known("small"), grammar.load()) is None
