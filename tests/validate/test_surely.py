"""The short answer is never yes where the full one finds something wrong, and is yes for what builds make."""

import random
from datetime import date

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from jiceng import validate
from jiceng.days import Month, Year
from jiceng.graph.builder import Builder
from jiceng.graph.namespaces import RDF, RDFS, XSD
from jiceng.graph.nodes import Node, put
from jiceng.lexicon import load_lexicon
from jiceng.model import Corpus, Origin, Source
from jiceng.validate import shacl

VALUES = (
    Literal(""),
    Literal("x"),
    Literal('a "quoted"\nline'),
    Literal("", language="zh"),
    Literal("x", language="fr"),
    Literal("名", language="zh"),
    Literal(-1),
    Literal(10**30),
    Literal("07", datatype=XSD.integer),
    Literal("x", datatype=XSD.integer),
    Literal("1.50", datatype=XSD.decimal),
    Literal("2020-13-01", datatype=XSD.date),
    NamedNode("https://example.org/other"),
    BlankNode("b"),
)


def _nodes(sample):
    builder = Builder(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    builder.build()
    return builder.nodes(builder.said())


def _damaged(nodes, chance):
    """The nodes with one of them changed, by chance."""
    at = chance.randrange(len(nodes))
    rows = {}
    old = list(nodes[at].rows)
    what = chance.randrange(5)
    if what == 0:
        return [*nodes[:at], *nodes[at + 1 :]]
    place = chance.randrange(len(old))
    if what == 1:
        del old[place]
    elif what == 2:
        old[place] = (old[place][0], chance.choice(VALUES), None)
    elif what == 3:
        old.append((old[place][0], chance.choice(VALUES), None))
    else:  # what another node says
        other = chance.choice(nodes)
        old.append(chance.choice(other.rows))
    for row in old:
        put(rows, *row)
    return [*nodes[:at], Node.of(nodes[at].subject, rows), *nodes[at + 1 :]]


def _wrong(nodes):
    return shacl.validate((t for node in nodes for t in node.triples), validate.load_shapes())


def test_what_builds_make_is_surely_good(sample):
    assert validate.load_shapes().surely.conform(_nodes(sample), ())


@pytest.mark.parametrize("day", [date(2021, 6, 1), Month(2021, 6), Year(2021)])
def test_rows_of_tables_with_all_that_is_known_of_them_are_surely_good(sample, day):
    origin = Origin("rows.jsonl", "1" * 64, day, "某报", "院落里的新办法", "https://example.org/1")
    source = Source("rows.jsonl#1", "0" * 64, "院落", origin)
    builder = Builder(Corpus((source,), (), ()), load_lexicon(), sample["DIVISIONS"])
    builder.describe_documents()
    assert validate.load_shapes().surely.conform(builder.nodes(builder.said()), ())


def test_damage_is_never_surely_good(sample):
    chance = random.Random(1)
    nodes = _nodes(sample)
    surely = validate.load_shapes().surely
    broken = 0
    for _ in range(300):
        damaged = _damaged(nodes, chance)
        if surely.conform(damaged, ()):
            assert _wrong(damaged) == ()
        elif broken < 40:  # a few, since the whole answer takes long
            broken += bool(_wrong(damaged))
            assert shacl.validate((), validate.load_shapes(), nodes=damaged) == _wrong(damaged)
    assert broken > 20


def test_stubs_count_by_their_classes_alone(sample):
    nodes = _nodes(sample)
    articles = [node for node in nodes if "/article/" in node.subject]
    others = [node for node in nodes if node not in articles]
    surely = validate.load_shapes().surely
    assert not surely.conform(others, ())
    kinds = [Node(node.subject, tuple(row for row in node.rows if row[0] == RDF.type)) for node in articles]
    assert surely.conform(others, kinds)


def test_a_class_below_another_is_asked_in_full(sample):
    nodes = _nodes(sample)
    rows = {}
    put(rows, RDFS.subClassOf, RDFS.Class)
    assert not validate.load_shapes().surely.conform(nodes, [Node.of("https://example.org/Class", rows)])


@pytest.mark.parametrize(
    ("value", "sure"),
    [
        (Literal("2021-06-01", datatype=XSD.date), True),
        (Literal("2021-06", datatype=XSD.gYearMonth), True),
        (Literal("2021", datatype=XSD.gYear), True),
        (Literal("2021-13", datatype=XSD.gYearMonth), False),
        (Literal("2021-06-01"), False),
        (NamedNode("https://example.org/2021"), False),
    ],
)
def test_a_value_that_may_be_one_of_several_is_surely_good_as_one_of_them(tmp_path, value, sure):
    (tmp_path / "shapes.ttl").write_text(
        """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix ex: <https://example.org/> .
        ex:Dated a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:path ex:day ;
          sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYearMonth ] [ sh:datatype xsd:gYear ] ) ] .
        """
    )
    shapes = shacl.load_shapes(tmp_path / "shapes.ttl")
    assert _surely(shapes, value) is sure
    assert bool(shacl.validate((), shapes, nodes=[_thing(value)])) is not sure


def test_what_a_value_may_be_is_asked_in_full_where_it_asks_of_what_the_value_says(tmp_path):
    (tmp_path / "shapes.ttl").write_text(
        """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
        ex:Linked a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:path ex:day ;
          sh:or ( [ sh:property [ sh:path ex:name ; sh:minCount 1 ] ] ex:Linked ) ] .
        """
    )
    shapes = shacl.load_shapes(tmp_path / "shapes.ttl")
    assert not _surely(shapes, NamedNode("https://example.org/thing"))


def _thing(value):
    rows = {}
    put(rows, RDF.type, NamedNode("https://example.org/Thing"))
    put(rows, NamedNode("https://example.org/day"), value)
    return Node.of("https://example.org/thing", rows)


def _surely(shapes, value):
    return shapes.surely.conform([_thing(value)], ())
