import dataclasses
from decimal import Decimal

import pytest

from jiceng import graph, validate
from jiceng.errors import ValidationError
from jiceng.graph import iri
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.model import Span


@pytest.fixture
def corpus(sample):
    return sample["corpus"]()


def check(corpus, sample):
    lexicon = load_lexicon()
    return validate.validate(graph.build(corpus, lexicon, sample["DIVISIONS"]), corpus)


def change(corpus, index, evidence=None, **fields):
    """The corpus with another fact (or evidence) in one statement."""
    old = corpus.statements[index]
    new = dataclasses.replace(
        old,
        fact=dataclasses.replace(old.fact, **fields),
        evidence=old.evidence if evidence is None else evidence,
    )
    return dataclasses.replace(
        corpus, statements=(*corpus.statements[:index], new, *corpus.statements[index + 1 :])
    )


def test_good_corpus_conforms(corpus, sample):
    assert check(corpus, sample).violations == ()


@pytest.mark.parametrize(
    ("index", "fields", "path"),
    [
        (0, {"chain_type": "military"}, "chainType"),
        (0, {"tiers": ()}, "tier"),
        (0, {"declared_levels": 0}, "declaredLevels"),
        (1, {"comparator": "≈"}, "comparator"),
        (1, {"nature": "wish"}, "nature"),
        (1, {"measured": ""}, "measured"),
        (1, {"value": Decimal("NaN")}, "value"),
        (1, {"upper": Decimal(86)}, "value"),
        (1, {"upper": Decimal(7)}, "value"),
        (1, {"rule": ""}, "rule"),
        (3, {"name": ""}, "label"),
        (11, {"kind": "tribe"}, "organisationKind"),
        (6, {"title": ""}, "title"),
        (5, {"title": ""}, "label"),
        (12, {"role": ""}, "role"),
        (12, {"name": ""}, "name"),
    ],
)
def test_a_broken_fact_is_reported_with_its_place(corpus, sample, index, fields, path):
    broken = change(corpus, index, **fields)
    report = check(broken, sample)
    assert not report.conforms
    about = [v for v in report.violations if (v.path or "").endswith(path)]
    assert about
    assert all(v.statements == (index,) for v in about)
    assert corpus.statements[index].evidence[0].exact in str(about[0])
    assert corpus.statements[index].evidence[0].source in str(about[0])


def test_a_fact_without_evidence_is_reported(corpus, sample):
    report = check(change(corpus, 1, evidence=()), sample)
    assert [(v.path, v.statements) for v in report.violations] == [(iri.ONTOLOGY + "evidence", (1,))]


@pytest.mark.parametrize("shift", [-1, 1, 10_000])
def test_a_quote_that_stands_elsewhere_is_reported(corpus, sample, shift):
    old = corpus.statements[4].evidence[0]
    moved = dataclasses.replace(old, span=Span(old.span.start + shift, old.span.end + shift))
    report = check(change(corpus, 4, evidence=(moved,)), sample)
    assert [(v.component, v.statements, v.value) for v in report.violations] == [
        (validate.QUOTE, (4,), old.exact)
    ]


def test_a_quote_of_an_unknown_document_is_reported(corpus, sample):
    moved = dataclasses.replace(corpus.statements[4].evidence[0], sha256="0" * 64)
    components = {v.component for v in check(change(corpus, 4, evidence=(moved,)), sample).violations}
    assert components == {validate.QUOTE, "ClassConstraintComponent"}


def test_start_must_stand_before_end(corpus, sample):
    old = corpus.statements[4].evidence[0]
    empty = dataclasses.replace(old, span=Span(5, 5), exact="")
    paths = {
        (v.path or "").rpartition("#")[2]
        for v in check(change(corpus, 4, evidence=(empty,)), sample).violations
    }
    assert paths == {"start", "exact"}


def test_screen_leaves_out_what_is_wrong_and_keeps_the_rest(corpus, sample):
    broken = change(change(corpus, 1, comparator="≈"), 11, kind="tribe")
    screened = validate.screen(broken, load_lexicon(), sample["DIVISIONS"])
    assert screened.report.statements == {1, 11}
    kept = [s for i, s in enumerate(broken.statements) if i not in (1, 11)]
    assert list(screened.corpus.statements) == kept
    assert graph.fact_iri(broken.statements[1]) not in screened.graph.origin
    assert validate.validate(screened.graph, screened.corpus).conforms


def test_a_wrong_statement_does_not_cost_the_right_ones_of_the_same_thing(corpus, sample):
    broken = change(corpus, 10, kind="tribe")  # the community, which a later report states rightly
    screened = validate.screen(broken, load_lexicon(), sample["DIVISIONS"])
    assert screened.report.statements == {10}
    assert graph.fact_iri(broken.statements[10]) in screened.graph.origin


def test_screen_of_a_good_corpus_changes_nothing(corpus, sample):
    screened = validate.screen(corpus, load_lexicon(), sample["DIVISIONS"])
    assert screened.corpus == corpus
    assert screened.report.conforms


def test_what_no_fact_is_to_blame_for_stops_the_build(corpus, sample):
    sources = (dataclasses.replace(corpus.sources[0], name=""), *corpus.sources[1:])
    with pytest.raises(ValidationError, match="document:"):
        validate.screen(dataclasses.replace(corpus, sources=sources), Lexicon({}), sample["DIVISIONS"])
