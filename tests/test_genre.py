from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from jiceng.extract import extractors
from jiceng.extract.analysis import analyse
from jiceng.genre import genre, genre_words
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.link.statements import link
from jiceng.model import Article, Division, Measurement, Paragraph, Piece, Source, Span, Statement, Text

CASES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("genre_cases.toml").read_text("utf-8")
)
LEXICON: Lexicon = load_lexicon()
EXTRACT = extractors(LEXICON)


def measured(text: str) -> list[Statement]:
    article = Article(
        Source("case.txt", "0" * 64, text),
        Division("000000", "青禾区", "county"),
        "",
        Text(text, (Piece(0, Span(0, len(text))),)),
        (Paragraph(0, len(text)),),
        (Span(0, len(text)),),
    )
    analysis = analyse(article)
    facts = [fact for extract in EXTRACT for fact in extract(analysis)]
    return [s for s in link(article, facts, LEXICON) if isinstance(s.fact, Measurement)]


def root(notation: str) -> str:
    scheme = LEXICON.scheme("indicators").by_notation
    while (above := scheme[notation].broader) is not None:
        notation = above
    return notation


def roots(statements: list[Statement]) -> list[str]:
    known = LEXICON.scheme("indicators").by_notation
    found = []
    for statement in statements:
        assert statement.indicator is not None, "every measurement has its indicator"
        notation = statement.indicator.notation
        found.append(root(notation if notation in known else statement.indicator.broader or ""))
    return found


@pytest.mark.parametrize("name", sorted(CASES["governance"]))
def test_a_report_on_governance_is_known_and_has_indicators_of_it(name: str) -> None:
    text = CASES["governance"][name]
    assert genre(text, LEXICON).governance
    assert "governance" in roots(measured(text))


@pytest.mark.parametrize("name", sorted(CASES["other"]))
def test_no_figure_of_another_genre_claims_an_indicator_of_governance(name: str) -> None:
    text = CASES["other"][name]
    found = measured(text)
    assert len(found) >= 3
    assert set(roots(found)) == {"general"}


def test_what_speaks_for_and_against_is_named() -> None:
    told = genre("医院有床位300张，医生90名，去年组织社区义诊12次，门诊量8万人次。", LEXICON)
    assert not told.governance
    assert told.other == "hospital"
    assert ("社区", 1) in told.found
    assert {word for word, _ in told.against} >= {"医院", "床位", "医生", "门诊"}


def test_a_text_without_any_such_word_is_no_report_on_governance() -> None:
    assert not genre("全年降水量620毫米。", LEXICON).governance


def test_the_same_figure_counts_for_governance_only_there() -> None:
    figure = "建立党支部12个。"
    assert roots(measured(CASES["governance"]["brief"] + figure))[-1] == "governance"
    assert roots(measured(CASES["other"]["hospital"] + figure))[-1] == "general"


def test_mechanisms_may_be_named_by_one_word_of_a_short_text_or_by_many_whatever_else_is_told() -> None:
    short = genre("社区推行“院前一炷香”。", LEXICON)
    assert (short.names, short.governance) == (True, False)
    works = "企业产值增长，产业项目投资12亿元，园区招商，生产线订单不断，工业利润翻番，企业税收再创新高。"
    assert not genre(works, LEXICON).names
    beside = genre("党支部、党员、村民、结对、帮扶、走访、化解纠纷。" + works, LEXICON)
    assert (beside.names, beside.governance) == (True, False)


def test_only_many_words_of_another_genre_make_a_text_clearly_one_of_that() -> None:
    assert not genre("医院的医生下乡。", LEXICON).elsewhere
    clinic = "医院门诊里，医生和护士为患者查房，床位已满。"
    assert genre(clinic, LEXICON).elsewhere
    several = "社区居民、党员、志愿者、网格员结对走访，化解邻里纠纷。"
    assert not genre(several + clinic, LEXICON).elsewhere  # mechanisms may be named in it


def test_no_word_of_governance_holds_another() -> None:
    words = genre_words(LEXICON).grassroots
    assert not [(a, b) for a in words for b in words if a != b and a in b]


def test_the_words_of_a_genre_are_not_those_of_governance() -> None:
    words = genre_words(LEXICON)
    for name, others in words.others.items():
        assert not set(others) & set(words.grassroots), name
