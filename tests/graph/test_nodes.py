"""What a node says of itself, and that its Turtle is what the library writes."""

from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from jiceng.graph import iri
from jiceng.graph.namespaces import DCT, JC, RDF, RDFS, XSD
from jiceng.graph.nodes import Node, nodes_of, put, quoted, term_of
from jiceng.graph.serialise import in_order, order, written_body

TEXTS = st.text(max_size=4) | st.sampled_from(
    ("7", "-07", "0.50", "true", "\u0663", "1e3", '">', 'a\\\n\t\r"', "\x7f")
)
MINTED = st.builds(lambda label: NamedNode(iri.mint("honour", "510107", label)), TEXTS)
NAMES = st.sampled_from(
    [
        *(JC.Honour, DCT.title, RDF.type, JC.unknownPeriod),
        *map(
            NamedNode,
            (
                *(
                    iri.BASE,
                    iri.ID,
                    iri.ID + "a?b",
                    iri.ID + "a#b",
                    iri.ID + "a:b/c",
                    iri.ID + "a//b",
                    iri.ID + "./.x",
                ),
                *(
                    iri.VOCABULARY + "units/%25",
                    iri.ONTOLOGY + "a/b",
                    iri.ONTOLOGY + "0.",
                    "http://example.org/区",
                ),
            ),
        ),
    ]
)
LITERALS = (
    st.builds(Literal, TEXTS)
    | st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(("zh", "en-GB")))
    | st.builds(
        lambda text, kind: Literal(text, datatype=kind),
        TEXTS,
        st.sampled_from((XSD.integer, XSD.decimal, XSD.boolean, XSD.date, XSD.string, NamedNode("x:y"))),
    )
)
PROPERTIES = st.sampled_from((RDF.type, RDFS.label, JC.about, NamedNode("http://example.org/says")))
TRIPLES = st.builds(Triple, MINTED | NAMES, PROPERTIES, MINTED | NAMES | LITERALS | st.just(BlankNode("b")))


@given(st.lists(TRIPLES, max_size=20))
@example([Triple(JC.Honour, RDF.type, JC.Honour)])
def test_turtle_is_what_the_library_writes(triples: list[Triple]) -> None:
    nodes = in_order(nodes_of(triples).values())
    assert b"".join(node.turtle for node in nodes) == written_body(sorted(set(triples), key=order))
    assert sum(map(len, nodes)) == len(set(triples))


@given(st.lists(TRIPLES, min_size=1, max_size=20))
def test_properties_are_the_triples_of_a_node(triples: list[Triple]) -> None:
    nodes = nodes_of(triples)
    assert {node.term for node in nodes.values()} == {triple.subject for triple in triples}
    for node in nodes.values():
        said = {Triple(node.term, p, value) for p, values in node.properties.items() for value in values}
        assert said == {triple for triple in triples if triple.subject == node.term}


def test_strings_are_told_as_the_library_tells_them():
    characters = [chr(i) for i in range(0x11000) if not 0xD800 <= i < 0xE000]
    for character in characters:
        assert quoted(character) == str(Literal(character))
    for text in ("", "社区“网格”", 'a"b', "a\\b", "一\n二", "\u3000全角"):
        for tag, literal in (("", Literal(text)), ("@zh", Literal(text, language="zh"))):
            assert quoted(text, tag) == str(literal)
            assert term_of((RDF.type, None, quoted(text, tag))) == literal


def test_a_value_is_made_when_it_is_asked_for():
    rows = {}
    put(rows, RDFS.label, text=quoted("名", "@zh"))
    put(rows, RDFS.seeAlso, text="<https://example.org/a>")
    node = Node.of("https://example.org/b", rows)
    assert node.properties == {
        RDFS.label: [Literal("名", language="zh")],
        RDFS.seeAlso: [NamedNode("https://example.org/a")],
    }
