"""How the page calls the reports: by title, or else by file, with the day of each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jiceng import page
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Origin
from jiceng.page.content import prepare


@pytest.fixture(scope="module")
def untitled(corpus: Corpus) -> Corpus:
    """The report on 五华区 has no title, and its file a day."""
    *others, last = corpus.articles
    source = replace(last.source, origin=Origin(published=date(2023, 4, 5)))
    return replace(
        corpus,
        sources=(*corpus.sources[:-1], source),
        articles=(*others, replace(last, source=source, title="")),
    )


def test_a_report_has_the_day_of_its_document(untitled: Corpus, lexicon: Lexicon) -> None:
    articles = prepare(untitled, lexicon, {}, None)["articles"]
    assert [article.get("date") for article in articles] == [None, None, "2023-04-05"]


@pytest.mark.browser
@pytest.mark.parametrize("way", ["whole", "split"])
def test_a_report_without_a_title_is_called_by_its_file_and_told_with_its_day(
    way: str, untitled: Corpus, lexicon: Lexicon, open_page: Callable[..., Any]
) -> None:
    made = (
        page.render(untitled, lexicon, {})
        if way == "whole"
        else dict(page.write_split(page.by_division(untitled), lexicon, {}))
    )
    opened = open_page(made, "#district?d=530102")
    opened.page.locator(".reading .note", has_text="2023-04-05").wait_for()
    opened.page.locator(".reading a", has_text="五华.txt").click()
    opened.page.locator("#view h2", has_text="五华.txt").wait_for()
    opened.page.locator("#view .note", has_text="2023-04-05").wait_for()
    opened.page.locator("#view .text mark", has_text="翠湖网格").first.click()
    opened.page.locator("#panel dd", has_text="五华.txt (2023-04-05)").wait_for()
    assert opened.complaints == []


@pytest.fixture(scope="module")
def yearly(corpus: Corpus) -> Corpus:
    """The second report is a later one on the first one's district."""
    first, second, third = corpus.articles
    old, new = (
        replace(article.source, origin=Origin(published=day))
        for article, day in ((first, date(2021, 7, 1)), (second, date(2023, 4, 5)))
    )
    later = replace(second, source=new, division=first.division)
    return replace(
        corpus,
        sources=(old, new, third.source),
        articles=(replace(first, source=old), later, third),
        statements=tuple(
            replace(s, division=first.division.adcode, article=later.key) if s.article == second.key else s
            for s in corpus.statements
        ),
    )


@pytest.mark.browser
@pytest.mark.parametrize("way", ["whole", "split"])
def test_of_several_reports_on_a_district_each_fact_tells_its_day(
    way: str, yearly: Corpus, lexicon: Lexicon, open_page: Callable[..., Any]
) -> None:
    made = (
        page.render(yearly, lexicon, {})
        if way == "whole"
        else dict(page.write_split(page.by_division(yearly), lexicon, {}))
    )
    first, _, third = yearly.articles
    opened = open_page(made, f"#district?d={first.division.adcode}")
    opened.shows("#view h2", first.division.name)
    days = opened.page.locator(".measurements .day").all_text_contents()
    assert set(days) == {"2021-07-01 报道", "2023-04-05 报道"}
    opened.go(f"#district?d={third.division.adcode}")
    opened.shows("#view h2", third.division.name)
    assert opened.page.locator(".day").count() == 0
    assert opened.complaints == []
