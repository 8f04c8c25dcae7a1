"""What the graph itself says of a fact, and where its source may be."""

from __future__ import annotations

import difflib
import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from jiceng import query
from jiceng.errors import QueryError
from jiceng.graph.namespaces import DCT, JC, OA, PREFIXES, QB, RDF, RDFS, SCHEMA, SKOS, shortened
from jiceng.model import Evidence, Span
from jiceng.output import TEXTS

_SHOWN = 5  # names that are proposed where one is not found
_APART = {
    RDF.type,
    JC.evidence,
    JC.rule,
    JC.division,
    DCT.isPartOf,
    JC.tier,
    QB.dataSet,
    JC.statementKey,
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as the built graph has it; `fields` in the order of their names, values as people read them."""

    iri: str
    kind: str
    division: str
    rules: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    articles: tuple[str, ...]
    places: tuple[Evidence, ...]


def look_up(folder: Path, name: str) -> Recorded:
    """The fact that a whole or prefixed IRI names; raises QueryError with near names if there is none."""
    store = query.open_store(folder)
    node = _node(name)
    if node is None or not _objects(store, node, JC.evidence):
        raise QueryError(_unknown(store, name, node))
    try:
        return _recorded(store, node)
    except (LookupError, TypeError, ValueError) as error:
        raise QueryError(
            f"{name}: the graph lacks what belongs to a fact, or has something else there; "
            "`jiceng check` tells what is damaged"
        ) from error


def _recorded(store: Store, node: NamedNode) -> Recorded:
    """What the graph says of a fact; raises LookupError, TypeError or ValueError where it is damaged."""
    names = (str(getattr(kind, "value", kind)) for kind in _objects(store, node, RDF.type))
    kinds = [shortened(name) for name in names if name.startswith(JC.base)]
    return Recorded(
        iri=node.value,
        kind=kinds[0],
        division=_division(store, _objects(store, node, JC.division)[0]),
        rules=tuple(sorted(_text(store, o) for o in _objects(store, node, JC.rule))),
        fields=tuple(_fields(store, node)),
        articles=tuple(
            sorted(
                _text(store, title)
                for article in _objects(store, node, DCT.isPartOf)
                for title in _objects(store, article, SCHEMA.headline)
            )
        ),
        places=tuple(sorted(_evidence(store, e) for e in _objects(store, node, JC.evidence))),
    )


def kept(folder: Path, evidence: Evidence) -> Path | None:
    """The text that a build has kept of the evidence's document, or None; the quote must stand in it."""
    path = folder / TEXTS / f"{evidence.sha256}.txt"
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return path if text[evidence.span.start : evidence.span.end] == evidence.exact else None


def locate(evidence: Evidence, sources: Sequence[Path]) -> Path | None:
    """The file with the evidence's content, or None; the name says where to look, the hash decides."""
    name = Path(evidence.source)
    last = glob.escape(name.name)  # a name is no pattern: 报道[1].txt has brackets
    if not last:
        return None
    if sources:
        wanted = (p for s in sources for p in ([s] if s.is_file() else [s / name, *sorted(s.rglob(last))]))
    else:
        wanted = (p for p in (name, *sorted(Path().glob(f"*/{last}"))))
    for path in wanted:
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == evidence.sha256:
            return path
    return None


def _node(name: str) -> NamedNode | None:
    """The node that a whole or prefixed IRI names; None for a text that is no IRI."""
    name = name.strip().removeprefix("<").removesuffix(">")
    prefix, colon, rest = name.partition(":")
    try:
        return NamedNode(PREFIXES[prefix] + rest if colon and prefix in PREFIXES else name)
    except ValueError:
        return None


def _objects(store: Store, node: object, predicate: NamedNode) -> list[NamedNode | Literal]:
    return [q.object for q in store.quads_for_pattern(node, predicate, None, None)]  # type: ignore[arg-type,misc]


def _text(store: Store, value: object) -> str:
    """A value for people: a literal's text, a concept's notation and label, else the short name."""
    if isinstance(value, Literal):
        return value.value
    notations = [str(n.value) for n in _objects(store, value, SKOS.notation)]
    labels = [n.value for p in (SKOS.prefLabel, RDFS.label) for n in _objects(store, value, p)]
    if notations:
        own = sorted(label for label in labels if label != notations[0])
        return notations[0] + (f" ({', '.join(own)})" if own else "")
    return shortened(str(getattr(value, "value", value)))


def _fields(store: Store, node: NamedNode) -> Iterator[tuple[str, str]]:
    found = {
        (shortened(q.predicate.value), _text(store, q.object))
        for q in store.quads_for_pattern(node, None, None, None)
        if q.predicate not in _APART
    }
    yield from sorted(found)
    tiers = []
    for tier in _objects(store, node, JC.tier):
        types = [_text(store, t) for t in _objects(store, tier, JC.organisationType)]
        labels = [_text(store, label) for label in _objects(store, tier, RDFS.label)]
        tiers += [(int(n.value), [*labels, *types]) for n in _objects(store, tier, JC.position)]
    for number, told in sorted(tiers):
        yield f"jc:tier {number}", " · ".join(told)


def _division(store: Store, node: NamedNode | Literal) -> str:
    """`四川省 成都市 武侯区 (510107)`."""
    names: list[str] = []
    at: NamedNode | Literal | None = node
    while at is not None and len(names) < 5:
        names += [label.value for label in _objects(store, at, RDFS.label)][:1]
        at = next(iter(_objects(store, at, JC.withinDivision)), None)
    code = next((c.value for c in _objects(store, node, JC.adcode)), "")
    return f"{' '.join(reversed(names))} ({code})"


def _evidence(store: Store, node: NamedNode | Literal) -> Evidence:
    source = _objects(store, node, OA.hasSource)[0]

    def one(subject: object, predicate: NamedNode) -> str:
        return next(iter(o.value for o in _objects(store, subject, predicate)), "")

    span = Span(int(one(node, OA.start)), int(one(node, OA.end)))
    return Evidence(one(source, SCHEMA.name), one(source, SCHEMA.sha256), span, one(node, OA.exact))


def _unknown(store: Store, name: str, node: NamedNode | None) -> str:
    """Why there is nothing to explain: another kind of thing, or no such name; with what is near."""
    facts = sorted({_subject(q) for q in store.quads_for_pattern(None, JC.evidence, None, None)})
    leading: list[str] = []
    if node is not None:
        referring = {_subject(q) for q in store.quads_for_pattern(None, None, node, None)}
        leading = sorted(referring & set(facts)) or [f for f in facts if node.value.startswith(f + "/")]
    if leading:
        told = ", ".join(map(shortened, leading[:_SHOWN])) + (" …" if len(leading) > _SHOWN else "")
        return f"{name}: is no fact of its own; explain one that refers to it: {told}"
    short = list(map(shortened, facts))
    wanted = shortened(node.value) if node is not None else name
    near = [s for s in short if wanted in s][:_SHOWN]
    kind = [s for s in short if s.partition("/")[0] == wanted.partition("/")[0]] or short
    near = near or difflib.get_close_matches(wanted, kind, n=_SHOWN, cutoff=0.5)
    hint = f"near it are: {', '.join(near)}" if near else "jiceng query quotes lists the facts"
    return f"{name}: the graph has no such fact; {hint}"


def _subject(quad: Quad) -> str:
    return str(getattr(quad.subject, "value", ""))
