"""The files of a split page: whole, safe, the same every time, and made in bounded memory."""

import hashlib
import json
import pickle
import re
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hash_seeds import printed

from jiceng import page
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Division
from jiceng.page import division, document, regions, split
from jiceng.page.content import prepare
from jiceng.page.layout import place
from jiceng.page.network import draw
from jiceng.page.overview import summarise

CALL = re.compile(r'jicengData\("[0-9A-Za-z-]+","(?:[^"\\<>&\u2028\u2029]|\\.)*"\);\n')


def content(data: bytes) -> Any:
    """What a data file carries; it is one call with strings and nothing else."""
    assert CALL.fullmatch(data.decode())
    return division.read_data(data)


def overview(files: dict[str, bytes]) -> Any:
    found = re.search(rb'<script type="application/json" id="data">(.*?)</script>', files["index.html"])
    assert found
    return json.loads(found[1])


def facts_of(files: dict[str, bytes]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each fact with its district's sources."""
    found = []
    for name, data in files.items():
        if re.fullmatch(r"page/\d{6}(-\d+)?\.js", name):
            first = content(files[f"page/{name[5:11]}.js"])
            found += [(fact, first["sources"]) for fact in content(data)["facts"]]
    return found


@pytest.fixture(scope="session")
def hostile_split(hostile: Corpus, lexicon: Lexicon) -> dict[str, bytes]:
    """Each statement with an IRI of its own, so that none is merged with another."""
    numbers = {id(statement): number for number, statement in enumerate(hostile.statements)}
    parts = page.by_division(hostile)
    return dict(
        page.write_split(parts, lexicon, {}, lambda s: f"https://example.org/</script>/{numbers[id(s)]}")
    )


@pytest.mark.parametrize("fixture", ["split_page", "hostile_split"])
def test_every_data_file_is_one_call_with_a_string(fixture: str, request: pytest.FixtureRequest) -> None:
    files = request.getfixturevalue(fixture)
    for name, data in files.items():
        if name != "index.html":
            assert re.fullmatch(r"page/[0-9A-Za-z-]+\.js", name)
            content(data)


@given(st.recursive(st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)))
def test_a_data_file_means_the_same_whatever_it_holds(data: Any) -> None:
    assert content(division.data_file("names-11-1", data)[1]) == data


SHA = "ab" * 32
NAMELESS = '{"name":"","sha256":"' + SHA + '"}'


@given(
    st.lists(st.text(), min_size=1, max_size=4),
    st.text()
    | st.just(NAMELESS)
    | st.just(NAMELESS.replace('"', '\\"'))
    | st.just(NAMELESS.replace('"', '\\\\"')),
)
def test_names_put_in_are_as_if_they_had_been_there(names: list[str], beside: str) -> None:
    hashes = [hashlib.sha256(bytes([number])).hexdigest() for number in range(len(names))]
    called = dict(zip(hashes, names, strict=True)) | {SHA: "a name that is not to be put in"}

    def first(named: dict[str, str]) -> bytes:
        sources = [{"name": named.get(sha, ""), "sha256": sha, "in": "x"} for sha in hashes]
        return division.data_file("510107", {"articles": [beside], "sources": sources, "facts": [beside]})[1]

    assert division.with_names(first({}), called) == first(called)


@pytest.mark.parametrize(("whole", "fixture"), [("corpus", "split_page"), ("hostile", "hostile_split")])
def test_every_statement_is_there_with_its_evidence(
    whole: str, fixture: str, request: pytest.FixtureRequest
) -> None:
    corpus, files = request.getfixturevalue(whole), request.getfixturevalue(fixture)
    texts = {
        source["sha256"]: source["text"]
        for name, data in files.items()
        if re.fullmatch(r"page/(\d{6}-t\d+|source-.*)\.js", name)
        for source in content(data)["sources"]
    }
    assert texts == {source.sha256: source.text for source in corpus.sources}
    found = facts_of(files)
    assert len({fact["id"] for fact, _ in found}) == len(found) == len(corpus.statements)
    said = Counter(
        (s.division, e.sha256, e.span.start, e.exact) for s in corpus.statements for e in s.evidence
    )
    shown = Counter()
    for fact, sources in found:
        for number, start, end, exact in fact["evidence"]:
            sha256 = sources[number]["sha256"]
            assert texts[sha256][start:end] == exact
            shown[fact["division"], sha256, start, exact] += 1
    assert shown == said


def test_articles_come_back_whole(split_page: dict[str, bytes], corpus: Corpus) -> None:
    bodies = {
        article["key"]: article
        for name, data in split_page.items()
        if re.fullmatch(r"page/\d{6}-t\d+\.js", name)
        for article in content(data)["articles"]
    }
    assert {key: body["text"] for key, body in bodies.items()} == {
        a.key: a.body.value for a in corpus.articles
    }
    for name, data in split_page.items():
        if re.fullmatch(r"page/\d{6}\.js", name):
            for head in content(data)["articles"]:
                body = content(split_page[f"page/{head['in']}.js"])["articles"]
                assert head["key"] in {article["key"] for article in body}


@pytest.mark.parametrize("whole", ["corpus", "hostile"])
def test_the_picture_is_that_of_the_whole_page(
    whole: str, lexicon: Lexicon, request: pytest.FixtureRequest
) -> None:
    corpus = request.getfixturevalue(whole)
    files = dict(page.write_split(page.by_division(corpus), lexicon, {}))
    data = prepare(corpus, lexicon, {}, None)
    picture = draw(place(summarise(data["facts"], data["districts"])))
    assert overview(files)["network"] == json.loads(json.dumps(picture))


def test_the_overview_counts_what_there_is(split_page: dict[str, bytes], corpus: Corpus) -> None:
    data = overview(split_page)
    assert data["facts"] == data["articles"] == data["sources"] == []
    assert data["split"]["facts"] == len(corpus.statements)
    assert data["split"]["articles"] == len(corpus.articles)
    shared = {row[0]: row[3:] for row in data["split"]["shared"]}
    assert shared == {"邻里圆桌": [3, 3, {"22": 2, "53": 1}]}
    assert data["split"]["indicators"] == [["count.community-committee", "社区党委", 2, 2]]
    assert data["split"]["chains"] == [["22", "party", 3, 1]]
    kinds = {d["code"]: dict(zip(division.KINDS, d["kinds"], strict=True)) for d in data["districts"]}
    assert kinds["220202"]["measurement"] == 4
    assert kinds["530102"] == {**dict.fromkeys(division.KINDS, 0), "mechanism": 2}


def test_a_divisions_files_depend_on_it_alone(corpus: Corpus, lexicon: Lexicon) -> None:
    parts = list(page.by_division(corpus))
    everything = dict(page.write_split(parts, lexicon, {}))
    alone = dict(page.write_split(parts[1:2], lexicon, {}))
    own = {name for name in alone if name.startswith("page/220211")}
    assert own
    assert all(alone[name] == everything[name] for name in own)


def test_the_order_in_which_divisions_come_makes_no_difference(corpus: Corpus, lexicon: Lexicon) -> None:
    parts = list(page.by_division(corpus))
    first, second = (dict(page.write_split(order, lexicon, {})) for order in (parts, parts[::-1]))
    assert first == second


def test_what_is_prepared_can_be_kept(corpus: Corpus, lexicon: Lexicon) -> None:
    with page.SplitPage(lexicon, {}) as one:
        made = [page.prepare_division(part, {}) for part in page.by_division(corpus)]
        files = {name: data for each in made for name, data in one.add(pickle.loads(pickle.dumps(each)))}
        files.update(one.finish())
    assert files == dict(page.write_split(page.by_division(corpus), lexicon, {}))


def test_a_large_province_is_read_again_for_each_of_its_files(
    corpus: Corpus, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = dict(page.write_split(page.by_division(corpus), lexicon, {}))
    monkeypatch.setattr(regions, "WHOLE", 0)
    assert dict(page.write_split(page.by_division(corpus), lexicon, {})) == files


def test_a_division_comes_once_and_alone(corpus: Corpus, lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="one division at a time, not 3"):
        page.prepare_division(corpus, {})
    part = next(page.by_division(corpus))
    with pytest.raises(ValueError, match="comes twice"):
        list(page.write_split([part, part], lexicon, {}))


def test_large_divisions_have_several_files(
    corpus: Corpus, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "FACTS", 4)
    monkeypatch.setattr(division, "TEXT", 100)
    monkeypatch.setattr(regions, "NAMES", 100)
    files = dict(page.write_split(page.by_division(corpus), lexicon, {}))
    assert content(files["page/220202.js"])["parts"] == 3
    assert {"page/220202-3.js", "page/220202-t2.js", "page/names-22-2.js"} <= set(files)
    assert len(facts_of(files)) == len(corpus.statements)
    assert overview(files)["split"]["files"]["names"]["22"] == sum("names-22" in name for name in files)


def test_a_long_source_of_several_divisions_is_written_once(
    corpus: Corpus, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "LONG", 10)
    first, second, _ = corpus.articles
    second = replace(second, source=first.source)
    both = Corpus(corpus.sources[:1], (first, second), ())
    written = [name for name, _ in page.write_split(page.by_division(both), lexicon, {})]
    assert sum(name.startswith("page/source-") for name in written) == 1
    assert len(set(written)) == len(written)


def test_a_province_among_its_districts_names_them(corpus: Corpus, lexicon: Lexicon) -> None:
    whole = Division("530000", "云南省", "province")
    article = replace(corpus.articles[2], division=whole)
    files = dict(page.write_split([Corpus(corpus.sources[2:], (article,), ())], lexicon, {}))
    assert overview(files)["districts"][0]["name"] == "云南省"


def many(divisions: int, statements: tuple[Any, ...], of: Corpus) -> Iterator[Corpus]:
    for number in range(divisions):
        code = f"{11 + number % 30}{number // 30:04}"
        article = replace(of.articles[0], division=Division(code, f"第{number}区", "county"))
        said = tuple(replace(s, division=code, article=article.key) for s in statements)
        yield Corpus(of.sources[:1], (article,), said)


def test_memory_grows_with_the_number_of_divisions_only(corpus: Corpus, lexicon: Lexicon) -> None:
    own = tuple(s for s in corpus.statements if s.division == "220202")
    peaks = []
    for times in (20, 80):
        tracemalloc.start()
        total = sum(len(data) for _, data in page.write_split(many(40, own * times, corpus), lexicon, {}))
        peaks.append(tracemalloc.get_traced_memory()[1] / total)
        tracemalloc.stop()
    # Four times the facts in as many divisions: a division is held at a time, and the page's own scripts.
    assert peaks[1] < 0.6 * peaks[0]


def test_the_policy_lets_the_pages_own_script_load_more(split_page: dict[str, bytes]) -> None:
    policy = re.search(rb'Content-Security-Policy" content="([^"]*)"', split_page["index.html"])
    assert policy
    [scripts] = [part.split() for part in policy[1].decode().split("; ") if part.startswith("script-src")]
    assert scripts[-1] == "'strict-dynamic'"
    assert all(re.fullmatch(r"'sha256-[\w+/=]+'", each) for each in scripts[1:-1])
    assert len(scripts) == 5


def test_the_split_scripts_declare_no_constant_twice() -> None:
    folder = Path(document.__file__).parent / "static"
    assert {f"split/{path.name}" for path in folder.glob("split/*.js")} == {
        name for name in document.SPLIT_SCRIPTS if name.startswith("split/")
    }
    text = "\n".join((folder / name).read_text("utf-8") for name in document.SPLIT_SCRIPTS)
    names = re.findall(r"^(?:const|let) (\w+)", text, re.MULTILINE)
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_small_corpora_keep_one_file() -> None:
    assert not page.is_large(0, 0)
    assert page.is_large(split.LARGE_FACTS, 0)
    assert page.is_large(0, split.LARGE_CHARACTERS)


def test_two_runs_are_the_same_whatever_the_hash_seed(root: Path) -> None:
    program = (
        "import runpy, hashlib; from jiceng import page; from jiceng.lexicon import load_lexicon;"
        "sample = runpy.run_path('tests/sample_corpus.py');"
        "files = page.write_split(page.by_division(sample['corpus']()), load_lexicon(), sample['DIVISIONS']);"
        "print(hashlib.sha256(repr(list(files)).encode()).hexdigest())"
    )
    found = printed(program, root)
    assert len(found) == 1
    assert hashlib.sha256(b"").hexdigest() not in found
