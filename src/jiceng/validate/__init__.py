"""Is the graph what it claims to be? Every shape holds, and every quote stands where it says it stands.

`screen` is what a build uses: a fact that breaks a shape, or whose quote differs from the source, is left out
and reported; the rest is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from operator import attrgetter
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from jiceng import graph as graphs
from jiceng.errors import ValidationError
from jiceng.graph import Graph, iri
from jiceng.graph.evidence import CONTEXT
from jiceng.graph.namespaces import JC, OA, RDF, shortened
from jiceng.graph.nodes import Node, Row, put, quoted, term_of
from jiceng.graph.pieces import Piece, adopted, mechanism
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Division, Evidence, Source
from jiceng.resources import ontology_directory
from jiceng.validate import shacl

_PLACE = {
    OA.hasSource: "source",
    OA.start: "start",
    OA.end: "end",
    OA.exact: "exact",
    OA.prefix: "prefix",
    OA.suffix: "suffix",
}
_NEEDED = {"source", "start", "end", "exact"}
QUOTE = "Quote"
"""The component of a violation that is no shape's: a quote that differs from its source."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong at a node, and what is behind it: indices into `Corpus.statements`, and their places."""

    focus: str
    path: str | None
    value: str | None
    component: str
    message: str
    statements: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    round: int = 0  # of the screening: what is left out may leave other things wrong

    def __str__(self) -> str:
        place = "; ".join(f"{e.source}:{e.span.start}-{e.span.end} “{e.exact}”" for e in self.evidence[:3])
        what = " ".join(filter(None, (short(self.focus), self.path and short(self.path), self.value)))
        return f"{place or 'no source'}: {what}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """All violations, sorted by node."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    @property
    def statements(self) -> frozenset[int]:
        """The statements that some violation is about."""
        return frozenset(i for v in self.violations for i in v.statements)


@dataclass(frozen=True, slots=True)
class Screened:
    """A graph that conforms, the corpus that it shows, and the report on what was left out."""

    graph: Graph
    corpus: Corpus
    report: Report


def validate(graph: Graph, corpus: Corpus, shapes: Sequence[shacl.Shape] | None = None) -> Report:
    """Check a graph that `graph.build` made of a corpus against the shapes and the sources' texts."""
    results = [
        Violation(r.focus, r.path, r.value, r.component, r.message)
        for r in shacl.validate((), load_shapes() if shapes is None else shapes, nodes=graph.nodes)
    ]
    texts = {iri.document(source.sha256): source.text for source in corpus.sources}
    results.extend(_wrong_quotes_of(graph.nodes, texts))
    return Report(tuple(_with_facts(violation, graph, corpus) for violation in results))


def drop_invalid(corpus: Corpus, report: Report) -> Corpus:
    """The corpus without the statements that a report objects to."""
    bad = report.statements
    return replace(corpus, statements=tuple(s for i, s in enumerate(corpus.statements) if i not in bad))


def of_document(piece: Piece, source: Source) -> tuple[Violation, ...]:
    """What is wrong with what a document owns: itself, its articles, its evidence."""
    found = [
        Violation(r.focus, r.path, r.value, r.component, r.message)
        for r in shacl.validate((), load_shapes(), nodes=piece.nodes, stubs=piece.stubs)
    ]
    found.extend(_wrong_quotes_of(piece.nodes, {iri.document(source.sha256): source.text}))
    return tuple(found)


def of_division(piece: Piece, lexicon: Lexicon) -> tuple[Violation, ...]:
    """What is wrong with the facts of a division, or with the shared nodes that they refer to.

    What districts share a mechanism's name and type by is known only when all are read: each name and type
    that this division gives it is checked as if it were the one.
    """
    found = shacl.validate((), load_shapes(), nodes=piece.nodes, stubs=piece.stubs)
    adoption = iri.mint("adoption", "any")
    adopts: dict[str, Row] = {}
    called: dict[str, Node] = {}
    terms: dict[str, Node] = {}
    for number, one in enumerate(adopted(piece)):
        node = f"{one.mechanism}/{number}"
        told = mechanism(node, one.key, {one.name: 1}, {one.type: 1}, lexicon)
        called |= told.said()
        put(adopts, JC.mechanism, NamedNode(node))
        terms |= told.terms
    if called:
        put(adopts, RDF.type, JC.MechanismAdoption)
        nodes = (*called.values(), *terms.values())
        found += shacl.validate((), load_shapes(), nodes=nodes, stubs=(Node.of(adoption, adopts),))
    return tuple(Violation(r.focus, r.path, r.value, r.component, r.message) for r in found)


def of_provenance(triples: Sequence[Triple], document: str) -> None:
    """Check what is said of the making of the graph; raises ValidationError.

    `document` is the IRI that stands for the documents.
    """
    stub = NamedNode(document)
    found = shacl.validate((*triples, Triple(stub, RDF.type, JC.SourceDocument)), load_shapes(), {stub})
    if found:
        raise unblamed([Violation(r.focus, r.path, r.value, r.component, r.message) for r in found])


def screen(corpus: Corpus, lexicon: Lexicon, divisions: Mapping[str, Division]) -> Screened:
    """Build the graph, leave out what is invalid, and say what that was.

    Raises ValidationError for what no fact is to blame for (a document without a name, a broken vocabulary):
    leaving facts out would not mend that.
    """
    found: list[Violation] = []
    for number in count():
        built = graphs.build(corpus, lexicon, divisions)
        report = validate(built, corpus)
        if report.conforms:
            return Screened(built, corpus, Report(tuple(found)))
        if not report.statements:
            raise unblamed(report.violations)
        blamed = Report(tuple(_blamed(v, corpus, lexicon, divisions) for v in report.violations))
        found.extend(replace(v, round=number) for v in blamed.violations)
        corpus = drop_invalid(corpus, blamed)
    raise AssertionError  # there is an end to what can be left out


def unblamed(violations: Sequence[Violation]) -> ValidationError:
    """The error for what no fact is to blame for."""
    lines = "\n".join(f"  {violation}" for violation in violations[:20])
    return ValidationError(f"the graph breaks ontology/shapes.ttl, and no single fact is to blame:\n{lines}")


@cache
def load_shapes(path: Path | None = None) -> tuple[shacl.Shape, ...]:
    """The shapes of `ontology/shapes.ttl`, or of another file."""
    return shacl.load_shapes(path or ontology_directory() / "shapes.ttl")


def short(name: str) -> str:
    """An IRI (or inverse path) with its prefix, for people to read."""
    inverse, name = ("^", name[1:]) if name.startswith("^") else ("", name)
    return inverse + shortened(name)


def wrong_quotes(triples: Sequence[Triple], texts: Mapping[str, str]) -> Iterator[Violation]:
    """Slice every quote and what stands around it again. What is incomplete is the shapes' business."""
    places: dict[str, dict[str, str]] = {}
    for triple in triples:
        key = _PLACE.get(triple.predicate)
        if key:
            places.setdefault(getattr(triple.subject, "value", ""), {})[key] = getattr(
                triple.object, "value", ""
            )
    for node, place in sorted(places.items()):
        yield from _wrong_quote(node, place, texts)


def _wrong_quotes_of(nodes: Iterable[Node], texts: Mapping[str, str]) -> Iterator[Violation]:
    """The same of nodes: of those in doubt, in the order of their IRIs."""
    doubtful = (node for node in nodes if OA.exact in node.texts and not _stands(node, texts))
    for node in sorted(doubtful, key=attrgetter("subject")):
        place = {_PLACE[row[0]]: term_of(row).value for row in node.rows if row[0] in _PLACE}
        yield from _wrong_quote(node.subject, place, texts)


def _stands(node: Node, texts: Mapping[str, str]) -> bool:
    """Whether a quote surely stands in its document, as N-Triples has both: as nearly every one does."""
    told = {_PLACE[predicate]: value for predicate, _, value in node.rows if predicate in _PLACE}
    first, last = (told.get(key, '""').split('"', 2)[1] for key in ("start", "end"))
    text = texts.get(told.get("source", "")[1:-1])
    if text is None or not (first.isdecimal() and last.isdecimal()):
        return False
    start, end = int(first), int(last)
    return (
        told.get("exact") == quoted(text[start:end])
        and told.get("prefix", '""') == quoted(text[max(start - CONTEXT, 0) : start])
        and told.get("suffix", '""') == quoted(text[end : end + CONTEXT])
    )


def _wrong_quote(node: str, place: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Violation]:
    if not place.keys() >= _NEEDED or not (place["start"].isdecimal() and place["end"].isdecimal()):
        return
    text, start, end = texts.get(place["source"]), int(place["start"]), int(place["end"])
    there = None if text is None else text[start:end]
    if there != place["exact"]:
        reason = "the document is not at hand" if there is None else f"the source has “{there}” there"
        yield Violation(node, OA.exact.value, place["exact"], QUOTE, f"the quote is not found: {reason}")
    elif text is not None:
        prefix, suffix = place.get("prefix", ""), place.get("suffix", "")
        if not text.endswith(prefix, 0, start):
            yield Violation(node, OA.prefix.value, prefix, QUOTE, "the source has other text before")
        if not text.startswith(suffix, end):
            yield Violation(node, OA.suffix.value, suffix, QUOTE, "the source has other text behind")


def _with_facts(violation: Violation, graph: Graph, corpus: Corpus) -> Violation:
    return _about(violation, sorted(set(graph.origin.get(violation.focus, ()))), corpus)


def _about(violation: Violation, indices: Sequence[int], corpus: Corpus) -> Violation:
    evidence = tuple(e for i in indices for e in corpus.statements[i].evidence)
    return replace(violation, statements=tuple(indices), evidence=evidence)


def _blamed(
    violation: Violation, corpus: Corpus, lexicon: Lexicon, divisions: Mapping[str, Division]
) -> Violation:
    """Of several statements behind a node, only those that are wrong by themselves, if there are such."""
    if len(violation.statements) < 2:
        return violation
    alone = []
    for i in violation.statements:
        statement = corpus.statements[i]
        small = Corpus(
            tuple(s for s in corpus.sources if any(e.sha256 == s.sha256 for e in statement.evidence)),
            tuple(a for a in corpus.articles if a.key == statement.article),
            (statement,),
        )
        if not validate(graphs.build(small, lexicon, divisions), small).conforms:
            alone.append(i)
    return _about(violation, alone or violation.statements, corpus)
