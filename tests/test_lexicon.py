"""Vocabularies as plain Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiceng.errors import OntologyError
from jiceng.lexicon import load_lexicon, load_scheme

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:s> a skos:ConceptScheme ; skos:prefLabel "场所"@zh .
<urn:b> a skos:Concept ; skos:notation "b" ; skos:prefLabel "社区"@zh, "community"@en ;
  skos:altLabel "村社"@zh ; skos:hiddenLabel "村居"@zh ; skos:broader <urn:a> .
<urn:a> a skos:Concept ; skos:notation "a" ; skos:prefLabel "地方"@zh, "place"@en .
<urn:c> a skos:Concept ; skos:notation "c" ; skos:altLabel "社区"@zh .
"""


@pytest.fixture
def scheme(tmp_path: Path):  # type: ignore[no-untyped-def]
    path = tmp_path / "places.ttl"
    path.write_text(TURTLE, "utf-8")
    return load_scheme(path)


def test_concepts_come_sorted_with_their_labels(scheme) -> None:  # type: ignore[no-untyped-def]
    assert [c.notation for c in scheme.concepts] == ["a", "b", "c"]
    community = scheme.by_notation["b"]
    assert community.labels == ("社区", "村居", "村社")
    assert (community.label, community.english, community.broader) == ("社区", "community", "a")
    assert scheme.by_notation["c"].label == "社区"


def test_a_label_of_two_concepts_belongs_to_the_first(scheme) -> None:  # type: ignore[no-untyped-def]
    assert scheme.by_label["社区"].notation == "b"


def test_words_of_a_concept_hold_those_below_it(scheme) -> None:  # type: ignore[no-untyped-def]
    assert scheme.words("a") == ("地方", "村居", "村社", "社区")
    assert scheme.words("b") == ("村居", "村社", "社区")
    assert scheme.words("nothing") == ()


def test_broken_turtle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:a> <urn:b> .", "utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl"):
        load_scheme(path)


def test_own_vocabularies_have_unique_notations_and_labels_in_both_languages() -> None:
    for name in ("organisation_types", "organisation_kinds", "chain_types"):
        scheme = load_lexicon().scheme(name)
        assert len(scheme.by_notation) == len(scheme.concepts)
        assert all(c.labels and c.english for c in scheme.concepts)
        assert all(c.broader in scheme.by_notation for c in scheme.concepts if c.broader)


def test_missing_vocabulary_is_named() -> None:
    with pytest.raises(OntologyError, match=r"nowhere\.ttl"):
        load_lexicon().scheme("nowhere")
