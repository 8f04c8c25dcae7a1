"""The graph in pieces that are contiguous in the file: what one document owns, and what one division owns.

Turtle sorted by subject is the Turtle of its parts in a row, if no part's subjects stand among another's. The
subjects of a document (itself, its articles and evidence) and the facts of a division are such parts. What
several share stands apart: mechanisms are counted (`Division.mechanisms`) and written when all are known;
concepts, periods and divisions are the same whoever refers to them (`Shared`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pyoxigraph import NamedNode, Triple

from jiceng.graph import iri
from jiceng.graph.builder import Builder
from jiceng.graph.namespaces import JC, PROV, RDF
from jiceng.graph.serialise import order, written_body
from jiceng.graph.vocabulary import Vocabulary
from jiceng.lexicon import Lexicon
from jiceng.link.mechanisms import commonest
from jiceng.model import Corpus, Division, Mechanism
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
    """Triples of one owner, and those around them that checks of shapes need (`stubs`: only their types)."""

    triples: tuple[Triple, ...]  # sorted
    stubs: tuple[Triple, ...]
    builder: Builder

    @property
    def not_owned(self) -> frozenset[object]:
        """The nodes that are only there to be referred to."""
        return frozenset(triple.subject for triple in self.stubs)


def of_document(corpus: Corpus, lexicon: Lexicon, divisions: Mapping[str, Division]) -> Piece:
    """The document's own node, its file, articles and evidence; `corpus` holds one document."""
    builder = Builder(corpus, lexicon, divisions)
    builder.collect()
    builder.describe_documents()
    builder.describe_articles(_ACTIVITY.value)
    builder.describe_evidence()
    mine: list[Triple] = []
    others: list[Triple] = []
    for triple in sorted(builder.data, key=order):
        (mine if triple.subject.value.startswith(_OWN) else others).append(triple)  # type: ignore[union-attr]
    return Piece(tuple(mine), (*others, Triple(_ACTIVITY, RDF.type, PROV.Activity)), builder)


def of_division(corpus: Corpus, lexicon: Lexicon, divisions: Mapping[str, Division]) -> Piece:
    """The facts of a division and the shared nodes they refer to; the sources need no texts."""
    builder = Builder(corpus, lexicon, divisions, places=False)
    builder.collect()
    builder.describe_facts()
    for article in corpus.articles:
        builder.describe_division(article.division.adcode)
    stubs = [Triple(NamedNode(node), RDF.type, JC.Evidence) for node in builder.referred or ()]
    stubs += [
        Triple(NamedNode(iri.mint("article", *key.split("/"))), RDF.type, JC.Article)
        for key in sorted({s.article for s in corpus.statements} & {a.key for a in corpus.articles})
    ]
    stubs += [Triple(NamedNode(node), RDF.type, JC.Mechanism) for node in builder.mechanisms]
    return Piece(tuple(sorted(builder.data | builder.terms, key=order)), tuple(stubs), builder)


def document_turtle(piece: Piece) -> dict[str, tuple[bytes, int]]:
    """Turtle and number of triples by the folder of IRIs."""
    found = {}
    for kind, own in _by_folder(piece.triples):
        body = written_body(own)
        if kind == "article":
            place = f"prov:wasGeneratedBy <{_ACTIVITY.value.removeprefix(iri.BASE)}>".encode()
            articles = (written_body(tuple(a)) for _, a in groupby(own, lambda t: t.subject))
            # The first: titles, in which anything may stand, follow it.
            body = b"".join(a.replace(place, b"prov:wasGeneratedBy <" + ACTIVITY + b">", 1) for a in articles)
        found[kind] = body, len(own)
    return found


def division_turtle(piece: Piece) -> tuple[dict[str, tuple[bytes, int]], tuple[Shared, ...]]:
    """Turtle and number of triples of facts, by the folder of IRIs, and the shared subjects one by one."""
    facts: dict[str, tuple[bytes, int]] = {}
    shared = []
    ranks = piece.builder.ranks
    for kind, own in _by_folder(piece.triples):
        if kind in KINDS:
            facts[kind] = written_body(own), len(own)
            continue
        for subject, described in groupby(own, lambda t: t.subject):
            about = tuple(described)
            rank = ranks.get(subject.value, "")
            shared.append(Shared(str(subject), rank, _body_of_shared(about), len(about)))
    return facts, tuple(shared)


_body_of_shared = lru_cache(1 << 12)(written_body)  # concepts are the same in many divisions


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
    name, kind = (commonest(Counter(counts).elements()) for counts in (names, types))
    found.describe_mechanism(node, key, name, kind)
    return found


def _by_folder(triples: Iterable[Triple]) -> Iterator[tuple[str, tuple[Triple, ...]]]:
    """Sorted triples by the folder of their subjects' IRIs; nothing for those that are not ours."""
    folder, own = "", list[Triple]()
    last = None
    for triple in triples:
        if triple.subject != last:
            last = triple.subject
            name: str = last.value  # type: ignore[union-attr]
            kind = name[len(iri.ID) :].partition("/")[0] if name.startswith(iri.ID) else ""
            if kind != folder and own:
                yield folder, tuple(own)
                own.clear()
            folder = kind
        own.append(triple)
    if own:
        yield folder, tuple(own)
