"""Differences are found where there are some, and nowhere else."""

import json
from pathlib import Path

from pyoxigraph import Literal, Quad

from jiceng import graph, query
from jiceng.cli import main
from jiceng.diff import diff, render, to_json
from jiceng.graph.namespaces import JC, shortened
from jiceng.lexicon import load_lexicon


def test_what_came_went_and_changed(tmp_path: Path, sample, capsys) -> None:  # type: ignore[no-untyped-def]
    lexicon = load_lexicon()
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    old.write_bytes(graph.turtle(graph.build(sample["corpus"](), lexicon, lexicon.gazetteer.by_code)))
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
    assert diff(new, old).came == found.went
    assert "0 facts came, 1 facts went, 1 facts changed" in render(found)
    assert "→ 987" in render(found)
    assert json.loads(to_json(diff(old, old))) == {"came": [], "went": [], "changed": []}
    assert main(["diff", str(old), str(new), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"][0]["iri"] == change.iri
