"""Differences are found where there are some, and nowhere else; what is shared is told right."""

import dataclasses
import json
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from pyoxigraph import Literal, Quad

from jiceng import graph, query
from jiceng.cli import main
from jiceng.diff import diff, read, render, to_json
from jiceng.graph.namespaces import JC, OA, shortened
from jiceng.lexicon import load_lexicon
from jiceng.model import Corpus, Measurement, Mechanism


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    lexicon = load_lexicon()

    def to(name: str, corpus: Corpus) -> Path:
        path = tmp_path / f"{name}.ttl"
        path.write_bytes(graph.turtle(graph.build(corpus, lexicon, lexicon.gazetteer.by_code)))
        return path

    return to


def without(corpus: Corpus, file: str) -> Corpus:
    """The corpus as if a document had never been read."""
    gone = {source.sha256 for source in corpus.sources if source.name == file}
    assert gone
    return dataclasses.replace(
        corpus,
        sources=tuple(s for s in corpus.sources if s.sha256 not in gone),
        articles=tuple(a for a in corpus.articles if a.source.sha256 not in gone),
        statements=tuple(s for s in corpus.statements if s.evidence[0].sha256 not in gone),
    )


def test_what_came_went_and_changed(tmp_path: Path, sample, write, capsys) -> None:  # type: ignore[no-untyped-def]
    old, new = write("old", sample["corpus"]()), tmp_path / "new.ttl"
    store = query.open_store(old)
    value, other, *_ = sorted(store.quads_for_pattern(None, JC.value, None), key=str)
    store.remove(value)
    store.add(Quad(value.subject, JC.value, Literal("987", datatype=value.object.datatype)))  # type: ignore[union-attr]
    for quad in list(store.quads_for_pattern(other.subject, None, None)):
        store.remove(quad)
    new.write_bytes(graph.turtle_of(quad.triple for quad in store))
    found = diff(old, new)
    assert not found.came
    assert [fact.iri for fact in found.went] == [shortened(other.subject.value)]  # type: ignore[union-attr]
    (change,) = found.changed
    assert change.fields == {"jc:value": ((value.object.value,), ("987",))}  # type: ignore[union-attr]
    assert change.was == change.iri
    assert diff(new, old).came == found.went
    assert "0 facts came, 1 fact went, 1 fact changed" in render(found)
    assert "→ 987" in render(found)
    assert not any(json.loads(to_json(diff(old, old))).values())
    assert render(diff(old, old)) == "0 facts came, 0 facts went, 0 facts changed"
    assert main(["diff", str(old), str(new), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"][0]["iri"] == change.iri


def test_the_documents_of_a_build_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build uses all of its documents: who looks each up among the others takes the square of them."""
    compared = 0

    class Node:
        def __init__(self, value: str) -> None:
            self.value = value

        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return isinstance(other, Node) and other.value == self.value

        def __hash__(self) -> int:
            return hash(self.value)

    build, used = Node("urn:build"), Node("urn:used")
    nodes = [Node(f"urn:{number}") for number in range(500)]
    quads = [SimpleNamespace(subject=build, predicate=used, object=node) for node in nodes]
    monkeypatch.setattr("jiceng.diff.open_store", lambda path: quads)
    read(Path())
    assert compared < 5000


def test_what_another_document_states_too_stays_with_its_other_evidence(sample, write) -> None:  # type: ignore[no-untyped-def]
    """武侯二.txt states a mechanism and an organisation of 武侯.txt once more."""
    whole = sample["corpus"]()
    old, new = write("old", whole), write("new", without(whole, "武侯二.txt"))
    found = diff(old, new)
    (adoption,) = (change for change in found.changed if change.kind == "jc:MechanismAdoption")
    before, after = adoption.fields["jc:evidence"]
    assert len(before) == 2
    assert [place for place in before if place not in after] == [p for p in before if p.startswith("武侯二")]
    assert len(adoption.fields["dct:isPartOf"][1]) == 1
    gone = {fact.iri for fact in found.went}
    assert adoption.iri not in gone
    assert gone
    assert not found.came
    assert all(all(v.startswith("武侯二.txt:") for v in f.fields["jc:evidence"]) for f in found.went)
    # The same divisions adopt the mechanism as before; its type was said by two documents of three.
    (shared,) = (change for change in found.shared_changed if change.kind == "jc:Mechanism")
    assert set(shared.fields) == {"jc:mechanismType"}
    assert {fact.kind for fact in found.shared_went} == {"jc:SourceDocument", "jc:Article"}
    text = render(found)
    assert "    evidence: - 武侯二.txt:" in text
    assert "~ adoption of a mechanism 院落管家  adoption:" in text
    assert "    is part of: - " in text
    assert "- source document 武侯二.txt  document:" in text
    assert not re.search(r"\b(jc|dct|rdfs|schema):", text)
    assert "(1 unchanged)" in text
    assert render(diff(new, old)).count("+ 武侯二.txt:") == text.count("- 武侯二.txt:") > 0


def test_a_shared_mechanism_loses_a_division_and_goes_with_the_last(sample, write) -> None:  # type: ignore[no-untyped-def]
    whole = sample["corpus"]()
    old, fewer = write("old", whole), write("fewer", without(whole, "云岩.txt"))
    none = write(
        "none",
        dataclasses.replace(
            whole, statements=tuple(s for s in whole.statements if not isinstance(s.fact, Mechanism))
        ),
    )
    (change,) = (change for change in diff(old, fewer).shared_changed if change.kind == "jc:Mechanism")
    assert change.label == "院落管家"
    assert change.fields == {"adopted by": (("云岩区", "武侯区"), ("武侯区",))}
    assert "adopted by: - 云岩区 (1 unchanged)" in render(diff(old, fewer))
    found = diff(fewer, none)
    assert "院落管家" in {fact.label for fact in found.shared_went if fact.kind == "jc:Mechanism"}
    assert {fact.kind for fact in found.went} == {"jc:MechanismAdoption"}
    assert diff(none, fewer).shared_came == found.shared_went


def reread(corpus: Corpus, old: Measurement, **fields: object) -> Corpus:
    def other(fact: object) -> object:
        return dataclasses.replace(old, **fields) if fact is old else fact  # type: ignore[arg-type]

    return dataclasses.replace(
        corpus, statements=tuple(dataclasses.replace(s, fact=other(s.fact)) for s in corpus.statements)
    )


def test_a_fact_that_is_read_otherwise_at_its_place_changed(sample, write) -> None:  # type: ignore[no-untyped-def]
    whole = sample["corpus"]()
    fact = next(s.fact for s in whole.statements if getattr(s.fact, "measured", "") == "花圃")
    old = write("old", whole)
    found = diff(old, write("new", reread(whole, fact, value=Decimal(6))))
    assert (found.came, found.went) == ((), ())
    (change,) = found.changed
    assert change.was != change.iri
    assert change.fields["jc:value"] == (("5",), ("6",))
    assert f"(was {change.was})" in render(found)
    # Another number of another thing at the place is another fact.
    found = diff(old, write("other", reread(whole, fact, value=Decimal(6), measured="草坪")))
    assert (len(found.came), len(found.went), found.changed) == (1, 1, ())


def test_what_has_no_name_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = "@prefix jc: <https://w3id.org/jiceng/ontology#> .\n"
    (tmp_path / "old.ttl").write_text(base, "utf-8")
    iri = "https://w3id.org/jiceng/id/article/0123/510107"
    (tmp_path / "new.ttl").write_text(f"{base}<{iri}> a jc:Article .\n", "utf-8")
    assert main(["diff", str(tmp_path / "old.ttl"), str(tmp_path / "new.ttl")]) == 0
    told = capsys.readouterr().out
    assert "+ article article:0123/510107\n" in told


def test_a_renamed_file_is_told_once_and_changes_no_fact(sample, write) -> None:  # type: ignore[no-untyped-def]
    corpus = sample["corpus"]()
    source = corpus.sources[0]
    renamed = dataclasses.replace(
        corpus, sources=(dataclasses.replace(source, name="改名.txt"), *corpus.sources[1:])
    )
    found = diff(write("old", corpus), write("new", renamed))
    assert (found.came, found.went, found.changed) == ((), (), ())
    (change,) = found.shared_changed
    assert change.fields == {"schema:name": ((source.name,), ("改名.txt",))}


def test_an_evidence_that_lacks_its_words_is_compared_all_the_same(tmp_path: Path, sample, write) -> None:  # type: ignore[no-untyped-def]
    old, new = write("old", sample["corpus"]()), tmp_path / "new.ttl"
    store = query.open_store(old)
    for quad in list(store.quads_for_pattern(None, OA.exact, None)):
        store.remove(quad)
    new.write_bytes(graph.turtle_of(quad.triple for quad in store))
    found = diff(old, new)
    assert not found.came
    assert not found.went
    assert {*found.changed[0].fields} == {"jc:evidence"}
