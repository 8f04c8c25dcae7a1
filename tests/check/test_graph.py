"""Read as a stream, a graph is found to be wrong where it is found wrong when it is in memory as a whole."""

import random
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from jiceng.check import graph as checked
from jiceng.check.index import Index
from jiceng.check.problems import Problem
from jiceng.graph import build, iri, turtle_of
from jiceng.graph.namespaces import JC, PREFIXES, PROV, RDF
from jiceng.lexicon import load_lexicon
from jiceng.validate import load_shapes, shacl, short, wrong_quotes

ROOT = Path(__file__).parents[2]
DAMAGE: dict[str, str] = runpy.run_path(str(ROOT / "tests" / "validate" / "test_shacl.py"))["DAMAGE"]
HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
SIZES = [(1, 2), (7, 3), (60, 5000), (10_000, 5000)]


@pytest.fixture(scope="module")
def good(sample: Any) -> list[Triple]:
    found = build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    return [*found.data, *found.terms]


@pytest.fixture(scope="module")
def texts(sample: Any) -> dict[str, str]:
    return {source.sha256: source.text for source in sample["corpus"]().sources}


@pytest.fixture
def folder(tmp_path: Path, texts: dict[str, str]) -> Path:
    (tmp_path / "texts").mkdir()
    for sha, text in texts.items():
        (tmp_path / "texts" / f"{sha}.txt").write_bytes(text.encode())
    return tmp_path


def as_a_stream(
    folder: Path, data: bytes, sizes: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> tuple[set[Problem], checked.Survey]:
    monkeypatch.setattr(checked, "BATCH", sizes[0])
    monkeypatch.setattr(checked, "LONG", sizes[1])
    (folder / "jiceng.ttl").write_bytes(data)
    index = Index()
    try:
        for text in (folder / "texts").iterdir():
            index.put("text", text.stem, len(text.read_bytes().decode()))
        survey, wrong = checked.survey(folder, index)
        assert survey
        assert not wrong
        try:
            return set(checked.problems(survey, folder, index)), survey
        finally:
            survey.close()
    finally:
        index.close()


def as_a_whole(triples: list[Triple], texts: dict[str, str]) -> set[Problem]:
    return {Problem("jiceng.ttl", message) for message in _whole(triples, texts)}


def _whole(triples: list[Triple], texts: dict[str, str]) -> Iterator[str]:
    for r in shacl.validate(triples, load_shapes()):
        what = " ".join(filter(None, (short(r.focus), r.path and short(r.path), r.value)))
        yield f"breaks a shape: {what}: {r.message}"
    for wrong in wrong_quotes(triples, {iri.document(sha): text for sha, text in texts.items()}):
        yield f"{short(wrong.focus)}: “{(wrong.value or '')[:40]}”: {wrong.message}"
    described = {triple.subject for triple in triples}
    for node in {t.object for t in triples if isinstance(t.object, NamedNode)} - described:
        if node.value.startswith(iri.BASE) and not node.value.startswith(iri.ONTOLOGY):
            yield f"refers to {short(node.value)}, which it does not describe"


def damaged(triples: list[Triple], name: str) -> list[Triple]:
    store = Store()
    store.extend([_quad(triple) for triple in triples])
    store.update(HEAD + DAMAGE[name])
    return [quad.triple for quad in store]


def _quad(triple: Triple) -> Any:
    from pyoxigraph import Quad

    return Quad(triple.subject, triple.predicate, triple.object)


@pytest.mark.parametrize("sizes", SIZES)
def test_a_good_graph(
    sizes: tuple[int, int], good: list[Triple], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, survey = as_a_stream(folder, turtle_of(good), sizes, monkeypatch)
    assert found == set()
    assert survey.triples == len(set(good))
    assert survey.kinds[JC.Evidence] == sum(1 for t in set(good) if t.object == JC.Evidence)


@pytest.mark.parametrize("name", [name for name in DAMAGE if "hash" not in name])
def test_damage_is_found_in_small_batches(
    name: str, good: list[Triple], texts: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    triples = damaged(good, name)
    if name == "two prefixes":  # which of them is held to the text is left open
        texts = {}
        for text in (folder / "texts").iterdir():
            text.unlink()
    expected = as_a_whole(triples, texts)
    assert expected
    found, _ = as_a_stream(folder, turtle_of(triples), (1, 5000), monkeypatch)
    assert found == expected
    random.Random(name).shuffle(triples)
    lines = "".join(f"{triple} .\n" for triple in triples).encode()
    found, survey = as_a_stream(folder, lines, (50, 5000), monkeypatch)
    assert survey.sorted_in
    assert not Path(survey.sorted_in.name).exists()
    assert found == expected


@pytest.mark.parametrize("seed", range(8))
def test_triples_lost_at_random(
    seed: int, good: list[Triple], texts: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    triples = [triple for triple in sorted(set(good), key=str) if rng.random() > 0.1]
    expected = {p for p in as_a_whole(triples, texts) if "the document is not at hand" not in p.message}
    found, _ = as_a_stream(folder, turtle_of(triples), (SIZES[seed % len(SIZES)][0], 5000), monkeypatch)
    # Where a document lacks its hash, its text cannot be told from the graph.
    assert {p for p in found if "the document is not at hand" not in p.message} == expected


def test_properties_with_very_many_values_are_looked_at_in_parts(
    good: list[Triple], texts: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (activity,) = {t.subject for t in good if t.predicate == PROV.used}
    more = [NamedNode(iri.document(f"{number:064}")) for number in range(25)]
    triples = [*good, *(Triple(activity, PROV.used, node) for node in more)]
    triples += [Triple(node, RDF.type, JC.Article) for node in more[3:4]]
    expected = as_a_whole(triples, texts)
    found, survey = as_a_stream(folder, turtle_of(triples), (40, 10), monkeypatch)
    assert list(survey.long)
    assert survey.triples == len(set(triples))
    assert found == expected


def test_blank_nodes_are_the_same_at_the_second_reading(
    good: list[Triple], texts: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (
        turtle_of(good)
        + f"<{iri.ID}honour/x> <{JC.concerns.value}> [ a <{JC.Organisation.value}> ] .".encode()
    )
    found, survey = as_a_stream(folder, data, (10, 5000), monkeypatch)
    assert survey.sorted_in
    triples = [quad.triple for quad in parse((folder / "jiceng.ttl").read_bytes(), format=RdfFormat.TURTLE)]
    assert {p.message.split(":")[0] for p in found} == {
        p.message.split(":")[0] for p in as_a_whole(triples, texts)
    }
