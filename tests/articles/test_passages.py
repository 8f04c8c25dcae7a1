"""Long documents are decided passage by passage; work grows with the text, not with its square."""

from __future__ import annotations

import hashlib

import pytest

from jiceng.articles import split
from jiceng.articles.naming import names_in
from jiceng.articles.parts import Part, parts_of
from jiceng.articles.passages import MANY, PATIENCE, Passage, passages
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_divisions
from jiceng.model import Division, Source
from jiceng.repair import Repaired, repair

GAZETTEER = Gazetteer(load_divisions())
THINGS = ("议事亭", "邻里食堂", "小修铺", "晾衣场", "读书角", "停车棚", "茶水间")


def districts(number: int) -> list[Division]:
    """Districts whose names no other division has, of many cities."""
    alone = [
        d
        for code, d in sorted(GAZETTEER.by_code.items())
        if d.level == "county"
        and not d.abolished
        and d.name[-1] == "区"
        and len(d.name) > 2
        and d.name[0] not in "东西南北城"  # a common word, some of these
        and len(GAZETTEER.named(d.name)) == 1
    ]
    return alone[:: len(alone) // number][:number]


def report(division: Division, number: int, title: str = "{}：办好家门口的{}\n\n") -> str:
    thing = THINGS[number % len(THINGS)]
    return title.format(division.name, thing) + (
        f"{division.name}把{thing}办到居民楼下，{number + 20}名志愿者轮流值守。\n\n"
        f"去年添了{number + 3}处{thing}，居民夸它方便。\n\n"
    )


def repaired(text: str) -> Repaired:
    return repair(Source("book.txt", hashlib.sha256(text.encode()).hexdigest(), text))


def cut(told: list[Division], text: str) -> tuple[Repaired, list[Part], list[Passage]]:
    page = repaired(text)
    parts = parts_of(page, names_in(page, GAZETTEER))
    return page, parts, list(passages(page, parts, told))


def test_a_page_of_few_divisions_is_one_passage() -> None:
    told = districts(MANY)
    _, parts, found = cut(told, "".join(report(d, n) for n, d in enumerate(told)))
    assert found == [Passage(0, len(parts), tuple(told))]


@pytest.mark.parametrize("title", ["{}：办好家门口的{}\n\n", ""])
def test_passages_follow_one_another_and_hold_what_they_name(title: str) -> None:
    told = districts(8 * MANY)
    _, parts, found = cut(told, "".join(report(d, n, title) for n, d in enumerate(told)))
    assert [p.start for p in found] == [0, *(p.end for p in found[:-1])]
    assert found[-1].end == len(parts)
    assert len(found) > 2
    for passage in found:
        named = {n.division for part in parts[passage.start : passage.end] for n in part.names}
        assert named & set(told) <= set(passage.divisions)
        assert len(passage.divisions) <= PATIENCE * MANY
    for passage in found[1:]:
        first = parts[passage.start]
        assert first.names[0].start == 0
        assert not first.torn


def test_a_city_that_the_document_tells_of_is_known_to_each_passage_with_its_districts() -> None:
    told = districts(3 * MANY)
    city = GAZETTEER.by_code[told[-1].parent or ""]
    _, _, found = cut([*told, city], "".join(report(d, n) for n, d in enumerate(told)))
    assert [city in passage.divisions for passage in found] == [
        told[-1] in p.divisions or any(d.parent == city.adcode for d in p.divisions) for p in found
    ]
    assert city in found[-1].divisions


def test_work_is_linear_in_the_divisions_of_a_document() -> None:
    def work(number: int) -> int:
        told = districts(number)
        _, _, found = cut(told, "".join(report(d, n) for n, d in enumerate(told)))
        return sum((p.end - p.start) * len(p.divisions) for p in found)

    assert work(8 * MANY) <= 2.5 * work(4 * MANY)  # 4 times as much if all were weighed for all


def test_each_report_of_a_book_is_its_division_s_article() -> None:
    told = districts(5 * MANY)
    found = split(repaired("".join(report(d, n) for n, d in enumerate(told))), GAZETTEER)
    assert [a.division.name for a in found.articles] == [d.name for d in told]
    for number, article in enumerate(found.articles):
        assert f"{number + 20}名志愿者" in article.body.value
        assert f"去年添了{number + 3}处" in article.body.value
