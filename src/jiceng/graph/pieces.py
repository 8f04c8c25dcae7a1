"""The graph in pieces that are contiguous in the file: what one document owns, and what one division owns.

Turtle sorted by subject is the Turtle of its parts in a row, if no part's subjects stand among another's. The
subjects of a document (itself, its articles and evidence) and the facts of a division are such parts. What
several share stands apart: mechanisms are counted (`Division.mechanisms`) and written when all are known;
concepts, periods and divisions are the same whoever refers to them (`Shared`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pyoxigraph import NamedNode

from jiceng.graph import iri
from jiceng.graph.builder import Builder
from jiceng.graph.identity import fact_iri
from jiceng.graph.namespaces import JC, PROV, RDF
from jiceng.graph.nodes import Node, Row
from jiceng.graph.vocabulary import Vocabulary
from jiceng.lexicon import Lexicon
from jiceng.link.mechanisms import commonest
from jiceng.model import Corpus, Division, Mechanism, Statement
from jiceng.pickling import quickly_pickled

KINDS = ("adoption", "honour", "measurement", "organisation", "person", "policy", "tier-chain")
"""The folders of IRIs whose next segment is the division that owns the fact."""
OF_DOCUMENT = ("article", "document", "evidence", "file")
"""The folders of IRIs whose next segment is the document that owns the node (for files: the file)."""
ACTIVITY = b"\0"
"""Stands in the Turtle of articles for the activity, whose IRI depends on all documents."""
_OWN = tuple(iri.ID + kind + "/" for kind in OF_DOCUMENT)
_ACTIVITY = NamedNode(iri.mint("activity", "of-all"))


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Shared:
    """A subject that several divisions may describe; of different descriptions the least rank counts."""

    subject: str  # as it is sorted: with the closing bracket
    rank: str
    turtle: bytes
    triples: int


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Adopted:
    """How often statements of a division call a shared mechanism by a name and type."""

    mechanism: str  # IRI
    key: str
    name: str
    type: str
    count: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What one owner describes, and what checks of shapes need around it (`stubs`: no more than types)."""

    nodes: tuple[Node, ...]  # in order
    stubs: tuple[Node, ...]
    builder: Builder


def of_document(corpus: Corpus, lexicon: Lexicon, divisions: Mapping[str, Division]) -> Piece:
    """The document's own node, its file, articles and evidence; `corpus` holds one document."""
    builder = Builder(corpus, lexicon, divisions)
    builder.describe_documents()
    builder.describe_articles(_ACTIVITY.value)
    builder.describe_evidence()
    nodes = builder.nodes(builder.said())
    others = (node for node in nodes if not node.subject.startswith(_OWN))
    stubs = (*others, _stub(_ACTIVITY.value, PROV.Activity))
    return Piece(tuple(node for node in nodes if node.subject.startswith(_OWN)), stubs, builder)


def of_division(
    corpus: Corpus,
    lexicon: Lexicon,
    divisions: Mapping[str, Division],
    iris: Callable[[Statement], str] = fact_iri,
) -> Piece:
    """The facts of a division and the shared nodes they refer to; the sources need no texts."""
    builder = Builder(corpus, lexicon, divisions, places=False, iris=iris)
    builder.collect()
    builder.describe_facts()
    for article in corpus.articles:
        builder.describe_division(article.division.adcode)
    stubs = [_stub(node, JC.Evidence) for node in builder.referred or ()]
    stubs += [
        _stub(iri.mint("article", *key.split("/")), JC.Article)
        for key in sorted({s.article for s in corpus.statements} & {a.key for a in corpus.articles})
    ]
    stubs += [_stub(node, JC.Mechanism) for node in builder.mechanisms]
    return Piece(tuple(builder.nodes(builder.said())), tuple(stubs), builder)


def _stub(node: str, kind: NamedNode) -> Node:
    return Node(node, _kind(kind))


@lru_cache
def _kind(kind: NamedNode) -> tuple[Row, ...]:
    return ((RDF.type, kind, str(kind)),)


def document_turtle(piece: Piece) -> dict[str, tuple[bytes, int]]:
    """Turtle and number of triples by the folder of IRIs."""
    found = {}
    for kind, group in groupby(piece.nodes, lambda node: _folder(node.subject)):
        own = tuple(group)
        if kind == "article":
            place = f"prov:wasGeneratedBy <{_ACTIVITY.value.removeprefix(iri.BASE)}>".encode()
            mark = b"prov:wasGeneratedBy <" + ACTIVITY + b">"
            # The first: titles, in which anything may stand, follow it.
            body = b"".join(article.turtle.replace(place, mark, 1) for article in own)
        else:
            body = b"".join(node.turtle for node in own)
        found[kind] = body, sum(map(len, own))
    return found


def division_turtle(piece: Piece) -> tuple[dict[str, tuple[bytes, int]], tuple[Shared, ...]]:
    """Turtle and number of triples of facts, by the folder of IRIs, and the shared subjects one by one."""
    facts: dict[str, tuple[bytes, int]] = {}
    shared = []
    ranks = piece.builder.ranks
    terms, others = piece.builder.terms, piece.builder.places_and_times
    for kind, group in groupby(piece.nodes, lambda node: _folder(node.subject)):
        if kind in KINDS:
            own = tuple(group)
            facts[kind] = b"".join(node.turtle for node in own), sum(map(len, own))
            continue
        for node in group:
            known = node in (terms.get(node.subject), others.get(node.subject))
            shared.append((_term if known else _shared)(node, ranks.get(node.subject, "")))
    return facts, tuple(shared)


def _shared(node: Node, rank: str) -> Shared:
    return Shared(node.name, rank, node.turtle, len(node))


_term = lru_cache(1 << 12)(_shared)  # the same in many divisions


def adopted(piece: Piece) -> Iterator[Adopted]:
    """How a division's statements call the shared mechanisms, sorted."""
    for node in sorted(piece.builder.mechanisms):
        group = piece.builder.mechanisms[node]
        names = Counter((s.fact.name, s.fact.type) for s in group if isinstance(s.fact, Mechanism))
        for (name, kind), count in sorted(names.items()):
            yield Adopted(node, group[0].mechanism or "", name, kind, count)


def mechanism(
    node: str, key: str, names: Mapping[str, int], types: Mapping[str, int], lexicon: Lexicon
) -> Vocabulary:
    """What is said of a shared mechanism, by the names and types that it goes by and how often."""
    found = Vocabulary(lexicon, {})
    found.describe_mechanism(node, key, commonest(names), commonest(types))
    return found


def _folder(subject: str) -> str:
    """The folder of an IRI; nothing for those that are not ours."""
    return subject[len(iri.ID) :].partition("/")[0] if subject.startswith(iri.ID) else ""
