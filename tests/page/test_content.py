"""The data behind the page."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Division, Measurement, TierChain
from jiceng.page.content import hedges, prepare

DIVISIONS = {"530102": Division("530102", "五华区", "county", "530100")}


def prepared(corpus: Corpus, lexicon: Lexicon) -> dict[str, Any]:
    return prepare(corpus, lexicon, DIVISIONS, None)


def test_every_statement_is_there_with_its_evidence(corpus: Corpus, lexicon: Lexicon) -> None:
    facts = prepared(corpus, lexicon)["facts"]
    assert len(facts) == len(corpus.statements)
    for fact, statement in zip(facts, corpus.statements, strict=True):
        for (number, start, end, exact), evidence in zip(fact["evidence"], statement.evidence, strict=True):
            assert corpus.sources[number].name == evidence.source
            assert corpus.sources[number].text[start:end] == exact == evidence.exact


def test_ids_are_distinct_and_do_not_depend_on_other_facts(corpus: Corpus, lexicon: Lexicon) -> None:
    ids = [fact["id"] for fact in prepared(corpus, lexicon)["facts"]]
    assert len(set(ids)) == len(ids)
    fewer = replace(corpus, statements=corpus.statements[3:])
    assert [fact["id"] for fact in prepared(fewer, lexicon)["facts"]] == ids[3:]


def test_a_tier_is_told_its_count_in_the_same_district(corpus: Corpus, lexicon: Lexicon) -> None:
    facts = prepared(corpus, lexicon)["facts"]
    [chain] = [fact for fact in facts if fact["kind"] == "tier_chain"]
    counted = {fact["id"]: fact["value"] for fact in facts if fact["kind"] == "measurement"}
    assert [counted.get(count) for count in chain["counts"]] == [None, None, "42"]


def test_a_tiers_count_is_that_of_its_own_report_and_of_the_whole_district_if_told(
    corpus: Corpus, lexicon: Lexicon
) -> None:
    """Reports of two years have the same tiers and other numbers."""
    [chain] = [s for s in corpus.statements if isinstance(s.fact, TierChain)]
    [count] = [s for s in corpus.statements if isinstance(s.fact, Measurement) and s.fact.value == 42]
    assert isinstance(count.fact, Measurement)
    other = replace(count, article="another", fact=replace(count.fact, value=Decimal(99)))
    part = replace(count, fact=replace(count.fact, value=Decimal(5), subject="华山街道"))
    told = replace(corpus, statements=(other, part, *corpus.statements, replace(chain, article="another")))
    facts = prepared(told, lexicon)["facts"]
    values = {fact["id"]: fact["value"] for fact in facts if fact["kind"] == "measurement"}
    chains = [fact for fact in facts if fact["kind"] == "tier_chain"]
    assert [values.get(fact["counts"][2]) for fact in chains] == ["42", "99"]


def test_a_district_knows_what_it_lies_in_or_at_least_its_code(corpus: Corpus, lexicon: Lexicon) -> None:
    divisions = {**DIVISIONS, "530100": Division("530100", "昆明市", "prefecture", "530000")}
    divisions["530000"] = Division("530000", "云南省", "province")
    districts = {d["code"]: d for d in prepare(corpus, lexicon, divisions, None)["districts"]}
    assert districts["530102"]["above"] == ["云南省", "昆明市"]
    assert districts["220202"]["name"] == "昌邑区"
    assert districts["220202"]["group"] == "22"


def test_divisions_that_contain_each_other_do_not_hang(corpus: Corpus, lexicon: Lexicon) -> None:
    circle = {
        "530102": Division("530102", "甲", "county", "530100"),
        "530100": Division("530100", "乙", "prefecture", "530102"),
    }
    districts = {d["code"]: d for d in prepare(corpus, lexicon, circle, None)["districts"]}
    assert districts["530102"]["above"] == ["乙"]


def test_hedges_keep_the_words_of_the_text() -> None:
    assert hedges("化解纠纷1310余件") == ["", "余", ""]
    assert hedges("超过3.7万人") == ["超过", "", ""]
    assert hedges("投资约2亿元") == ["约", "", ""]
    assert hedges("满意率95%以上") == ["", "", "以上"]
    assert hedges("近邻小区30个") == ["", "", ""]


@given(st.text())
def test_hedges_take_any_text(quote: str) -> None:
    assert len(hedges(quote)) == 3


def test_the_data_is_plain(corpus: Corpus, lexicon: Lexicon) -> None:
    data = prepared(corpus, lexicon)
    assert json.loads(json.dumps(data)) == data
