"""The overview of a split page: what is kept between builds gives what a build from nothing gives."""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jiceng import page, pipeline, read
from jiceng.graph.identity import fact_iri
from jiceng.page import aggregates, division, regions
from jiceng.store import documents

PLACES = (
    "成都市武侯区",
    "成都市青羊区",
    "贵阳市云岩区",
    "深圳市南山区",
    "深圳市福田区",
    "昆明市五华区",
    "长沙市岳麓区",
)
SAID = (
    "{0}建立小区党支部126个，推行“邻里夜话”制度。",
    "{0}划分网格612个，推行“红管家”工作法，组建网格党支部318个。",
    "{0}健全“街道党工委—社区党委—网格党支部—楼栋党小组”四级组织体系，建立小区党支部85个。",
    "{0}推行“邻里夜话”制度，打造“红色物业”示范小区27个，化解矛盾纠纷530余件。",
)
ADDED = "长沙市岳麓区：楼下的议事厅\n长沙市岳麓区推行“邻里夜话”“屋场恳谈”制度，建立小区党支部44个。\n"


def write(folder: Path) -> None:
    folder.mkdir()
    for number, place in enumerate(PLACES):
        said = "".join(SAID[(number + i) % len(SAID)].format(place) for i in range(2))
        (folder / f"{number}.txt").write_text(f"{place[3:]}：基层治理新篇\n{said}\n", "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(params=[regions.SLOTS, 4])
def few_slots(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """More files than slots too, and several files of each topic."""
    monkeypatch.setattr(regions, "SLOTS", request.param)
    monkeypatch.setattr(aggregates, "SLOTS", request.param)
    monkeypatch.setattr(aggregates, "BUCKET", 64)
    monkeypatch.setattr(regions, "NAMES", 200)


@pytest.mark.usefixtures("few_slots")
def test_a_document_more_and_less_give_the_files_of_builds_from_nothing(tmp_path: Path) -> None:
    corpus, graphs = tmp_path / "corpus", tmp_path / "graphs"
    kept = pipeline.Settings(page="split", cache=tmp_path / "cache")
    nothing = replace(kept, cache=None)

    def same(name: str) -> None:
        pipeline.build([corpus], tmp_path / name, settings=nothing)
        assert files(graphs) == files(tmp_path / name)

    write(corpus)
    pipeline.build([corpus], graphs, settings=kept)
    before = files(graphs)
    same("first")
    assert sum(name.startswith("page/mechanisms-") for name in before) > 1
    assert sum(name.startswith("page/indicators-") for name in before) > 4
    (corpus / "added.txt").write_text(ADDED, "utf-8")
    pipeline.build([corpus], graphs, settings=kept)
    assert files(graphs) != before
    same("added")
    pipeline.retract(graphs, ["added.txt"], settings=kept)
    assert files(graphs) == before
    # What a new folder gets is made of what is kept, since there is nothing to take over.
    pipeline.build(
        [corpus / f"{number}.txt" for number in range(len(PLACES))], tmp_path / "new", settings=kept
    )
    assert files(tmp_path / "new") == before


def test_only_files_with_a_changed_division_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aggregates, "BUCKET", 64)
    made = []
    make = aggregates.Aggregates._made

    def counted(self: aggregates.Aggregates, topic: str, number: int, slots: list[bytes]) -> object:
        made.append(f"page/{topic}-{number}.js")
        return make(self, topic, number, slots)

    monkeypatch.setattr(aggregates.Aggregates, "_made", counted)
    corpus, graphs = tmp_path / "corpus", tmp_path / "graphs"
    settings = pipeline.Settings(page="split", cache=tmp_path / "cache")
    write(corpus)
    pipeline.build([corpus], graphs, settings=settings)
    every, made[:] = set(made), []
    before = files(graphs)
    inodes = {name: (graphs / name).stat().st_ino for name in before if "/" in name}
    pipeline.build([corpus], graphs, settings=settings)
    assert made == []
    assert files(graphs) == before
    assert {name: (graphs / name).stat().st_ino for name in inodes} == inodes
    (corpus / "6.txt").write_text(ADDED, "utf-8")
    pipeline.build([corpus], graphs, settings=settings)
    after = files(graphs)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert 0 < len(made) < len(every)
    assert {name for name in changed if name in every} <= set(made)


def test_a_page_of_one_file_is_made_again_where_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    render = page.render

    def counted(*arguments: Any) -> str:
        text = render(*arguments)
        made.append(len(text))
        return text

    monkeypatch.setattr(page, "render", counted)
    corpus, graphs = tmp_path / "corpus", tmp_path / "graphs"
    kept = pipeline.Settings(cache=tmp_path / "cache")
    write(corpus)

    def builds(again: bool) -> None:
        made.clear()
        pipeline.build([corpus], graphs, settings=kept)
        assert bool(made) is again
        pipeline.build([corpus], tmp_path / "nothing", settings=replace(kept, cache=None))
        assert files(graphs) == files(tmp_path / "nothing")

    builds(again=True)
    builds(again=False)
    (graphs / "index.html").write_text("changed", "utf-8")
    builds(again=True)
    (graphs / "index.html").unlink()
    builds(again=True)
    builds(again=False)
    (corpus / "0.txt").rename(corpus / "another name.txt")
    builds(again=True)
    (corpus / "6.txt").write_text(ADDED, "utf-8")
    builds(again=True)
    with monkeypatch.context() as other:  # another version of the libraries
        other.setattr(page, "look", lambda: b"another")
        builds(again=True)
    builds(again=False)


@pytest.mark.parametrize("page", ["whole", "split"])
def test_the_day_that_a_table_tells_of_a_report_is_on_the_page(tmp_path: Path, page: str) -> None:
    row = {"text": "长沙市岳麓区：楼下的议事厅\n长沙市岳麓区推行“屋场恳谈”制度。\n", "date": "2023-04-05"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    graphs = tmp_path / "graphs"
    settings = pipeline.Settings(page=page, cache=tmp_path / "cache")
    for _ in range(2):  # from nothing, and from what is kept
        pipeline.build([tmp_path / "rows.jsonl"], graphs, settings=settings)
        if page == "whole":
            found = re.search(rb'id="data">(.*?)</script>', (graphs / "index.html").read_bytes())
            assert found
            data = json.loads(found[1])
        else:
            data = division.read_data((graphs / "page" / "430104.js").read_bytes())
        assert [article["date"] for article in data["articles"]] == ["2023-04-05"]


def test_graph_and_share_of_a_division_are_made_of_parts_that_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers: list[int] = []
    packed_part = documents.packed_part

    def counted(connection: sqlite3.Connection, number: int, longest: int | None) -> documents.Packed:
        numbers.append(number)
        return packed_part(connection, number, longest)

    monkeypatch.setattr(documents, "packed_part", counted)
    write(tmp_path / "corpus")
    pipeline.build([tmp_path / "corpus"], tmp_path / "graphs", settings=pipeline.Settings(page="split"))
    assert len(numbers) == len(set(numbers)) == len(PLACES)


def test_a_long_text_of_several_divisions_has_one_file_that_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    source_file = page.source_file

    def counted(sha256: str, text: str) -> tuple[str, bytes]:
        made.append(sha256)
        return source_file(sha256, text)

    corpus, graphs = tmp_path / "corpus", tmp_path / "graphs"
    write(corpus)
    both = "".join(
        f"{place[3:]}：家门口的{thing}\n\n{SAID[0].format(place)}\n\n"
        for place, thing in zip(PLACES[:3], ("茶座", "书屋", "小修铺"), strict=True)
    )
    (corpus / "both.txt").write_text(both, "utf-8")
    short = max(len(path.read_text("utf-8")) for path in corpus.glob("[0-9].txt"))
    assert len(both) > short
    for module in (page, division):
        monkeypatch.setattr(module, "LONG", short)
    monkeypatch.setattr(page, "source_file", counted)
    kept = pipeline.Settings(page="split", cache=tmp_path / "cache")
    pipeline.build([corpus], graphs, settings=kept)
    (name,) = (name for name in files(graphs) if "source-" in name)
    assert page.source_name(made[0]) == name
    assert len(made) == 1
    users = [n for n, data in files(graphs).items() if Path(name).stem.encode() in data and n != name]
    assert sum(re.fullmatch(r"page/[0-9]+\.js", user) is not None for user in users) == 3
    in_memory = dict(_split(corpus))
    assert {n: d for n, d in files(graphs).items() if n.startswith("page/")} == {
        n: d for n, d in in_memory.items() if n.startswith("page/")
    }
    made.clear()
    (corpus / "added.txt").write_text(ADDED, "utf-8")
    pipeline.build([corpus], graphs, settings=kept)
    assert made == []  # it is taken over from the build before
    pipeline.build([corpus], tmp_path / "nothing", settings=replace(kept, cache=None))
    assert files(graphs) == files(tmp_path / "nothing")


def _split(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the split page of texts that are all in memory."""
    tools = pipeline.load_tools()
    whole = pipeline.join(pipeline.process(read.read_source(p), tools) for p in sorted(corpus.iterdir()))
    by_code = tools.lexicon.gazetteer.by_code
    return page.write_split(page.by_division(whole), tools.lexicon, by_code, fact_iri)
