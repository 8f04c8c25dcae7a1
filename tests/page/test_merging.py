"""What several reports of a district state: one fact in the graph, on the whole page and on the split one."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pyoxigraph as ox
import pytest

from jiceng import graph, page
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Measurement, Mechanism, Source, Text
from jiceng.page import division
from jiceng.page.content import prepare
from jiceng.page.merging import articles_of, merged
from jiceng.page.overview import summarise

PREFIXES = """
PREFIX jc: <https://w3id.org/jiceng/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
KINDS = (
    "TierChain",
    "Measurement",
    "MechanismAdoption",
    "Organisation",
    "PolicyDocument",
    "Honour",
    "Person",
)


def again(corpus: Corpus, code: str) -> Corpus:
    """The corpus with another report of the same text on a district, which states all once more."""
    [first] = [a for a in corpus.articles if a.division.adcode == code]
    text = first.source.text + "\n"
    source = Source("再报.txt", sha256(text.encode()).hexdigest(), text)
    other = replace(first, source=source, title="再报", body=Text(first.body.value, first.body.pieces))
    said = tuple(
        replace(
            statement,
            article=other.key,
            evidence=tuple(replace(e, source=source.name, sha256=source.sha256) for e in statement.evidence),
        )
        for statement in corpus.statements
        if statement.article == first.key
    )
    return replace(
        corpus,
        sources=(*corpus.sources, source),
        articles=(*corpus.articles, other),
        statements=(*corpus.statements, *said),
    )


@pytest.fixture(scope="module")
def twice(corpus: Corpus) -> Corpus:
    """Two reports on 昌邑区: the second counts other committees, and one mechanism is of the second alone."""
    found = again(corpus, "220202")
    statements = list(found.statements)
    for number, statement in enumerate(found.statements[len(corpus.statements) :], len(corpus.statements)):
        fact = statement.fact
        if isinstance(fact, Measurement) and fact.value == 42:
            statements[number] = replace(statement, fact=replace(fact, value=Decimal(45)))
        if isinstance(fact, Mechanism):
            statements.append(replace(statement, fact=replace(fact, name="松江夜话"), mechanism="松江夜话"))
    return replace(found, statements=tuple(statements))


def ask(corpus: Corpus, lexicon: Lexicon, query: str) -> Iterator[tuple[str, ...]]:
    store = ox.Store()
    store.bulk_load(input=graph.turtle(graph.build(corpus, lexicon, {})), format=ox.RdfFormat.TURTLE)
    rows = store.query(PREFIXES + query)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        yield tuple(getattr(value, "value", "") for value in row)


def overview(files: dict[str, bytes]) -> Any:
    found = re.search(rb'<script type="application/json" id="data">(.*?)</script>', files["index.html"])
    assert found
    return json.loads(found[1])


def facts(corpus: Corpus, lexicon: Lexicon) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = prepare(corpus, lexicon, {}, graph.fact_iri)["facts"]
    return found


def test_sheets_picture_and_split_page_count_as_sparql_does(twice: Corpus, lexicon: Lexicon) -> None:
    kinds: Counter[tuple[str, str]] = Counter()
    for name, kind in zip(KINDS, division.KINDS, strict=True):
        query = f"""SELECT ?code (COUNT(DISTINCT ?f) AS ?n) {{
          ?f a jc:{name} ; jc:division/jc:adcode ?code
        }} GROUP BY ?code"""
        kinds.update({(code, kind): int(n) for code, n in ask(twice, lexicon, query)})
    query = """SELECT ?code ?type (COUNT(DISTINCT ?a) AS ?n) {
      ?a a jc:MechanismAdoption ; jc:division/jc:adcode ?code ;
        jc:mechanism/jc:mechanismType/skos:notation ?type
    } GROUP BY ?code ?type"""
    types = Counter({(code, kind): int(n) for code, kind, n in ask(twice, lexicon, query)})
    assert kinds["220202", "mechanism"] == 2  # stated three times

    shown = facts(twice, lexicon)
    assert Counter((f["division"], f["kind"]) for f in shown) == kinds
    assert Counter((f["division"], f["type"]) for f in shown if f["kind"] == "mechanism") == types

    picture = summarise(shown, prepare(twice, lexicon, {}, graph.fact_iri)["districts"])
    assert {(n.ref, n.facts) for n in picture.types} == {
        (kind, sum(n for (_, one), n in types.items() if one == kind)) for _, kind in types
    }
    uses = {(link.source[1:], link.target[1:]): link.weight for link in picture.links if link.kind == "uses"}
    assert uses == types

    split = overview(dict(page.write_split(page.by_division(twice), lexicon, {}, graph.fact_iri)))
    told = {
        (d["code"], k): n for d in split["districts"] for k, n in zip(division.KINDS, d["kinds"], strict=True)
    }
    assert +Counter(told) == kinds
    assert {(d["code"], kind): n for d in split["districts"] for kind, n in d["types"].items()} == types
    assert split["split"]["facts"] == kinds.total()
    assert {row[0]: row[3:5] for row in split["split"]["shared"]} == {"邻里圆桌": [3, 3]}


def test_every_source_can_be_reached_from_the_one_record(twice: Corpus, lexicon: Lexicon) -> None:
    shown = {fact["iri"]: fact for fact in facts(twice, lexicon)}
    for statement in twice.statements:
        fact = shown[graph.fact_iri(statement)]
        assert statement.article in articles_of(fact)
        for evidence in statement.evidence:
            number = [source.sha256 for source in twice.sources].index(evidence.sha256)
            assert [number, evidence.span.start, evidence.span.end, evidence.exact] in fact["evidence"]


def test_an_id_is_the_same_whichever_report_states_the_fact(
    corpus: Corpus, twice: Corpus, lexicon: Lexicon
) -> None:
    first = {fact["iri"]: fact["id"] for fact in facts(corpus, lexicon)}
    both = {fact["iri"]: fact["id"] for fact in facts(twice, lexicon)}
    own = {a.key for a in corpus.articles if a.division.adcode == "220202"}
    other = replace(twice, statements=tuple(s for s in twice.statements if s.article not in own))
    alone = {fact["iri"]: fact["id"] for fact in facts(other, lexicon)}
    assert first.items() <= both.items()
    assert alone.items() <= both.items()
    assert len(set(both.values())) == len(both)


def test_a_tier_is_told_the_counts_of_all_reports_that_state_the_chain(
    twice: Corpus, lexicon: Lexicon
) -> None:
    shown = facts(twice, lexicon)
    [chain] = [fact for fact in shown if fact["kind"] == "tier_chain"]
    values = {fact["id"]: fact["value"] for fact in shown if fact["kind"] == "measurement"}
    assert [values[count] for count in chain["counts"][2].split()] == ["42", "45"]


def test_what_reports_tell_differently_is_all_there() -> None:
    first: dict[str, Any] = {
        "kind": "mechanism",
        "iri": "https://example.org/1",
        "division": "430104",
        "label": "湖畔议事",
        "type": "grid",
        "components": ["问", "议"],
        "rule": "one",
        "doubtful": True,
        "article": "a",
        "start": 1,
        "end": 5,
        "evidence": [[0, 1, 5, "湖畔议事"]],
    }
    second = {
        **first,
        "article": "b",
        "type": "service",
        "components": ["议", "评"],
        "rule": "two",
        "level": "社区",
    }
    second["evidence"] = [[1, 1, 5, "湖畔议事"]]
    third = {name: value for name, value in second.items() if name != "doubtful"}
    [fact] = merged([first, second, third])
    assert fact["also"] == [["b", 1, 5], ["b", 1, 5]]
    assert fact["evidence"] == [*first["evidence"], *second["evidence"]]
    assert (fact["type"], fact["said"]) == ("service", {"grid": 1, "service": 2})
    assert (fact["components"], fact["rule"], fact["level"]) == (["问", "议", "评"], "one；two", "社区")
    assert "doubtful" not in fact  # as one report states it without a doubt
    assert merged([first, second])[0]["doubtful"]
    assert len(merged([first, {**second, "division": "430105"}])) == 2


def test_without_iris_nothing_is_merged(twice: Corpus, lexicon: Lexicon) -> None:
    assert len(prepare(twice, lexicon, {}, None)["facts"]) == len(twice.statements)


@pytest.mark.browser
@pytest.mark.parametrize("way", ["whole", "split"])
def test_a_facts_panel_leads_to_each_report(
    way: str, twice: Corpus, lexicon: Lexicon, open_page: Callable[..., Any]
) -> None:
    made = (
        page.render(twice, lexicon, {}, graph.fact_iri)
        if way == "whole"
        else dict(page.write_split(page.by_division(twice), lexicon, {}, graph.fact_iri))
    )
    opened = open_page(made, "#district?d=220202")
    opened.page.locator(".summary .chip", has_text="2 机制").wait_for()
    opened.page.locator(".by-type .count", has_text="2").wait_for()
    opened.page.locator(".by-type a.fact", has_text="邻里圆桌").click()
    opened.page.locator("#panel .sentence mark").nth(1).wait_for()
    assert opened.page.locator("#panel .quote").count() == 2
    assert opened.page.locator("#panel .sentence").count() == 2
    opened.page.locator("#panel dd a", has_text="再报").click()
    opened.page.locator("#view h2", has_text="再报").wait_for()
    opened.page.locator("#view .text mark.current", has_text="邻里圆桌").wait_for()
    assert opened.complaints == []


@pytest.mark.browser
def test_the_tiers_show_the_counts_of_both_reports(
    twice: Corpus, lexicon: Lexicon, open_page: Callable[..., Any]
) -> None:
    opened = open_page(page.render(twice, lexicon, {}, graph.fact_iri), "#tiers")
    opened.page.locator(".chain .tier-count").nth(1).wait_for()
    assert opened.page.locator(".chain .tier-count").all_text_contents() == ["42个", "45个"]
