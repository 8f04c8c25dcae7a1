"""What is put together of pieces is what one graph in memory gives, byte for byte, whatever the facts."""

import dataclasses
import hashlib
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiceng import jsonl, page, pipeline, validate
from jiceng.errors import ValidationError
from jiceng.graph import provenance
from jiceng.graph.identity import fact_iri
from jiceng.graph.serialise import written_turtle
from jiceng.model import Document, Measurement, Mechanism, Origin, Source, Span, Statement

PLACES = ("成都市武侯区", "贵阳市云岩区", "深圳市南山区", "昆明市五华区")
SENTENCES = (
    "{0}建立小区党支部126个，化解矛盾纠纷530余件。",
    "{0}划分网格612个，组建网格党支部318个。",
    "{0}打造“红色物业”示范小区27个，投入经费300万元。",
    "{0}推行“邻里夜话”制度，获评“全国和谐社区建设示范城区”。",
    "{0}推行邻里夜话活动，今年以来召开居民议事会45次。",
    "{0}健全“街道党工委—社区党委—网格党支部—楼栋党小组”四级组织体系。",
    "{0}出台《关于加强小区治理的意见》，建成桂花社区党群服务中心。",
    "{0}推行“红管家”工作法，2021年调解纠纷530件。",
    "{0}推行“红色管家”工作法，化解矛盾纠纷530余件。",
)


@cache
def tools() -> pipeline.Tools:
    return pipeline.load_tools()


@cache
def document(name: str, reports: tuple[tuple[int, tuple[int, ...]], ...], origin: Origin | None) -> Document:
    text = "\n".join(
        f"{PLACES[place][3:]}：基层治理新篇\n" + "".join(SENTENCES[n].format(PLACES[place]) for n in said)
        for place, said in reports
    )
    source = Source(name, hashlib.sha256(text.encode()).hexdigest(), text + "\n", origin)
    return pipeline.process(source, tools())


def damaged(statement: Statement, how: int) -> Statement:
    """A statement with something wrong, or the same."""
    fact = statement.fact
    if how == 0:
        first = statement.evidence[0]
        moved = dataclasses.replace(first, span=Span(first.span.start + 1, first.span.end + 1))
        return dataclasses.replace(statement, evidence=(moved, *statement.evidence[1:]))
    if how == 1 and isinstance(fact, Mechanism):
        return dataclasses.replace(statement, fact=dataclasses.replace(fact, type="magic"))
    if how == 2 and isinstance(fact, Measurement):
        return dataclasses.replace(statement, fact=dataclasses.replace(fact, comparator="≈"))
    if how == 3:
        return dataclasses.replace(statement, fact=dataclasses.replace(fact, rule=""))
    return statement


REPORT = st.tuples(
    st.integers(0, len(PLACES) - 1),
    st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=4).map(tuple),
)
MARK = "name of the document"  # what stands in records where the name will
ORIGINS = st.sampled_from(
    [
        None,
        None,
        Origin("pages.csv", "a" * 64, publisher="日报"),
        Origin("old.csv", "a" * 64, title="旧"),
        Origin("pages.csv", publisher=MARK, url="https://example.org/1"),
        Origin("name of the file", "0" * 64, publisher=MARK, title=f'旧\n\tschema:name "{MARK}"'),
        Origin('"引号"\\.csv', "b" * 64, title="\n\tprov:wasDerivedFrom <id/file/000000000000>"),
    ]
)
NAMES = (
    *(f"pages.csv#{n}" for n in (1, 2, 10)),
    *(f"{n}.txt" for n in "甲乙丙丁"),
    MARK,
    '一"二\\三\n四\u2028五.txt',
    f'{{"source": "{MARK}"',
)
DOCUMENTS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.lists(REPORT, min_size=1, max_size=3, unique_by=lambda report: report[0]).map(tuple),
        ORIGINS,
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda entry: entry[0],
)
DAMAGE = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30), st.integers(0, 3)), max_size=4)


def made(entries: list[tuple[str, tuple[tuple[int, tuple[int, ...]], ...], Origin | None]]) -> list[Document]:
    found: dict[str, Document] = {}
    for entry in entries:
        one = document(*entry)
        found.setdefault(one.source.sha256, one)
    return list(found.values())


def with_damage(documents: list[Document], damage: list[tuple[int, int, int]]) -> list[Document]:
    found = list(documents)
    for number, at, how in damage:
        old = found[number % len(found)]
        if old.statements:
            at %= len(old.statements)
            broken = damaged(old.statements[at], how)
            found[number % len(found)] = dataclasses.replace(
                old, statements=(*old.statements[:at], broken, *old.statements[at + 1 :])
            )
    return found


def in_memory(documents: list[Document]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files that memory gives, and what was left out."""
    lexicon = tools().lexicon
    divisions = lexicon.gazetteer.by_code
    screened = validate.screen(pipeline.join(documents), lexicon, divisions)
    files = {
        "jiceng.ttl": written_turtle(screened.graph.everything),
        "articles.jsonl": jsonl.articles_jsonl(screened.corpus, divisions),
        "index.html": page.render(screened.corpus, lexicon, divisions, fact_iri).encode(),
    }
    return files, tuple(map(str, screened.report.violations))


@given(entries=DOCUMENTS, damage=DAMAGE, turned=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pieces_give_what_memory_gives(entries: list, damage: list, turned: bool) -> None:  # type: ignore[type-arg]
    documents = with_damage(made(entries), damage)
    if not any(d.articles for d in documents):
        return
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "graphs"
        try:
            expected, left_out = in_memory(documents)
        except ValidationError:
            with pytest.raises(ValidationError):
                pipeline.build_from(documents, out)
            return
        summary = pipeline.build_from(documents[::-1] if turned else documents, out)
        for name, data in expected.items():
            assert (out / name).read_bytes() == data, name
        assert summary.rejected == left_out
        assert summary.triples == expected["jiceng.ttl"].count(b" ;\n") + _others(expected["jiceng.ttl"])


def _others(turtle: bytes) -> int:
    from pyoxigraph import RdfFormat, parse

    return sum(1 for _ in parse(turtle, format=RdfFormat.TURTLE)) - turtle.count(b" ;\n")


def test_the_activity_of_a_stream_is_that_of_a_list() -> None:
    from jiceng.graph import iri

    ontology = tools().lexicon.directory
    hashes = ["b" * 64, "a" * 64]
    from jiceng import __version__

    parts = __version__, provenance.rules_sha256(ontology)
    assert iri.digest_of_list(parts, sorted(hashes)) == iri.digest(*parts, sorted(hashes))
    assert iri.digest_of_list(parts, []) == iri.digest(*parts, [])
