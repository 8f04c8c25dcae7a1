"""The graph, read as a stream twice: first what there is, then whether all of it is as it must be.

Subjects are checked in batches. What a batch refers to (or, along an inverse path, what refers to it) is put
beside it from the index: of most nodes the types, which is all that shapes ask of them there; of concepts,
files and the like all that the graph says. A Turtle in which a subject does not stand in one place, or that
has blank nodes, is put in order on disk before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from jiceng.check.index import Index
from jiceng.check.problems import Problem
from jiceng.export.sorting import sorted_lines
from jiceng.graph import iri
from jiceng.graph.namespaces import DCT, JC, OA, PROV, RDF, RDFS, SCHEMA
from jiceng.output import OURS, TEXTS
from jiceng.validate import load_shapes, shacl, short, wrong_quotes

KINDS = {
    "TierChain": JC.TierChain,
    "Measurement": JC.Measurement,
    "Mechanism": JC.MechanismAdoption,
    "Organisation": JC.Organisation,
    "PolicyDocument": JC.PolicyDocument,
    "Honour": JC.Honour,
    "Person": JC.Person,
}
"""The class of each kind of fact that a manifest counts."""
BATCH = 10_000
"""Triples that are checked together."""
LONG = 5000
"""Values of a property of one subject (the documents that a build used) that are looked at together.

With each further so many the first are there too, so that what is needed at least and at most is told.
"""
_TYPES_DO = {
    *KINDS.values(),
    JC.Evidence,
    JC.Article,
    JC.Tier,
    JC.SourceDocument,
    JC.Mechanism,
    PROV.Activity,
}
"""Classes of whose members shapes ask no more, where something refers to them, than that they are members."""
_TEXTS = 8  # that are held at once


class _UnsortedError(Exception):
    """The file cannot be checked as it stands."""


@dataclass
class Survey:
    """What there is, and where it can be read again."""

    file: Path
    form: RdfFormat
    sorted_in: TemporaryDirectory[str] | None = None
    triples: int = 0
    quotes: int = 0
    kinds: Counter[NamedNode] = field(default_factory=Counter)
    sets: dict[frozenset[NamedNode], int] = field(default_factory=dict)
    classes: list[Triple] = field(default_factory=list)  # which of them are subclasses of which
    long: dict[str, list[Triple]] = field(default_factory=dict)  # of subjects with many values, the first

    @property
    def articles(self) -> int:
        """How many there are."""
        return self.kinds[JC.Article]

    def close(self) -> None:
        """Take the sorted copy away."""
        if self.sorted_in:
            self.sorted_in.cleanup()

    def statements(self) -> Iterator[Triple]:
        """All triples, in the order of the file."""
        return (quad.triple for quad in parse(path=str(self.file), format=self.form))


def survey(folder: Path, index: Index) -> tuple[Survey | None, list[Problem]]:
    """Read the graph once and fill the index; None where it cannot be read."""
    found = Survey(folder / OURS, RdfFormat.TURTLE)
    try:
        try:
            _look(found, index)
        except _UnsortedError:
            index.clear("node", "back", "hash", "name")
            found = _sorted(found)
            _look(found, index)
    except SyntaxError as error:
        return None, [Problem(OURS, f"is no Turtle: {error}")]
    except OSError as error:
        return None, [Problem(OURS, f"cannot be read: {error}")]
    index.sort()
    return found, []


def _sorted(found: Survey) -> Survey:
    place = TemporaryDirectory(prefix="jiceng-check-")
    file = Path(place.name) / "sorted.nt"
    try:
        with file.open("wb") as stream:
            stream.writelines(sorted_lines(f"{triple} .\n".encode() for triple in found.statements()))
    except BaseException:
        place.cleanup()
        raise
    return Survey(file, RdfFormat.N_TRIPLES, place)


def _look(found: Survey, index: Index) -> None:
    backwards = shacl.looked_up(load_shapes()).inverse
    last = ""
    for subject, about in groupby(found.statements(), key=attrgetter("subject")):
        sortable = str(subject)
        if found.form == RdfFormat.TURTLE and (sortable <= last or isinstance(subject, BlankNode)):
            raise _UnsortedError
        last = sortable
        own, long = _own(about, found, index, backwards)
        name = _key(subject)
        if long:
            found.long[name] = own
        kinds = frozenset(
            t.object for t in own if t.predicate == RDF.type and isinstance(t.object, NamedNode)
        )
        found.kinds.update(kinds)
        fact = 0
        for triple in own:
            predicate, value = triple.predicate, triple.object
            if predicate == DCT.isPartOf:
                fact = 1
            elif predicate == OA.exact:
                found.quotes += 1
            elif predicate == SCHEMA.sha256:
                index.put("hash", name, getattr(value, "value", ""))
            elif predicate == SCHEMA.name:
                index.put("name", name, getattr(value, "value", ""))
            elif predicate == RDFS.subClassOf:
                found.classes.append(triple)
        block = None if kinds & _TYPES_DO else "".join(f"{triple} .\n" for triple in own)
        index.put("node", name, found.sets.setdefault(kinds, len(found.sets)), fact, block)


def _own(
    about: Iterable[Triple], found: Survey, index: Index, backwards: Mapping[NamedNode, int]
) -> tuple[list[Triple], bool]:
    """A subject's triples, of properties with very many values some, and whether it has such properties."""
    own: list[Triple] = []
    long = False
    for predicate, same in groupby(about, key=attrgetter("predicate")):
        number = 0
        for triple in same:
            number += 1
            if number <= LONG or predicate == RDF.type:
                own.append(triple)
            else:
                long = True
            if isinstance(triple.object, BlankNode) and found.form == RdfFormat.TURTLE:
                raise _UnsortedError
            if predicate in backwards:
                index.put("back", backwards[predicate], _key(triple.object), _key(triple.subject))
        found.triples += number
    return own, long


def _key(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


# --- whether all is as it must be -------------------------------------------------------------------------


def problems(found: Survey, folder: Path, index: Index) -> Iterator[Problem]:
    """Asks for every shape, every quote, and what everything refers to."""
    shapes = load_shapes()
    texts = _Texts(folder, index)
    for batch in chain.from_iterable(_parted(whole, index) for whole in _batches(found)):
        around, skip = _around(batch, found, index)
        for result in shacl.validate((*batch, *around), shapes, skip):
            what = (short(result.focus), result.path and short(result.path), result.value)
            yield Problem(OURS, f"breaks a shape: {' '.join(filter(None, what))}: {result.message}")
        for wrong in wrong_quotes(batch, texts):
            told = f"{short(wrong.focus)}: “{(wrong.value or '')[:40]}”: {wrong.message}"
            index.put("quote", told)  # told behind the shapes
    index.settle()
    for (message,) in index.rows("select message from quote order by rowid"):
        yield Problem(OURS, message)
    for (node,) in index.rows("select iri from missing order by iri"):
        yield Problem(OURS, f"refers to {short(node)}, which it does not describe")


def count_problems(found: Survey, counted: Mapping[str, int]) -> list[Problem]:
    """Asks whether there is as much of everything as the manifest says."""
    there = {kind: found.kinds[node] for kind, node in KINDS.items()}
    there |= {
        "triples": found.triples,
        "documents": found.kinds[JC.SourceDocument],
        "articles": found.articles,
    }
    return [
        Problem(OURS, f"has {there[name]} {name}, the manifest says {counted[name]}")
        for name in sorted(there)
        if name in counted and counted[name] != there[name]
    ]


def _batches(found: Survey) -> Iterator[list[Triple]]:
    """Whole subjects; of one with very many values some of these at a time, always with all others."""
    batch: list[Triple] = []
    for subject, about in groupby(found.statements(), key=attrgetter("subject")):
        others = found.long.get(_key(subject))
        if others is None:
            batch += about
        else:
            for _, values in groupby(about, key=attrgetter("predicate")):
                while some := list(islice(values, LONG)):
                    yield list(dict.fromkeys((*others, *some)))
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _parted(batch: list[Triple], index: Index) -> Iterator[list[Triple]]:
    """A batch in parts to none of which much refers, as to mechanisms that many share."""
    subjects = list(dict.fromkeys(triple.subject for triple in batch))
    query = "select count(*) from back where value in (select value from json_each(?))"
    ((referring,),) = index.among(query, map(_key, subjects))
    if int(str(referring)) <= BATCH or len(subjects) == 1:
        yield batch
        return
    first = set(subjects[: len(subjects) // 2])
    yield from _parted([triple for triple in batch if triple.subject in first], index)
    yield from _parted([triple for triple in batch if triple.subject not in first], index)


def _around(batch: list[Triple], found: Survey, index: Index) -> tuple[list[Triple], set[object]]:
    """What shapes must know of other nodes to check a batch, and which of these nodes they pass over."""
    looked_up = shacl.looked_up(load_shapes())
    inside = {_key(triple.subject) for triple in batch}
    referred = {_key(t.object): t.object for t in batch if not isinstance(t.object, Literal)}
    outside = {name: node for name, node in referred.items() if name not in inside}
    around = list(found.classes)
    sets = list(found.sets)
    terms: dict[str, object] = {}

    def take(nodes: Mapping[str, object]) -> list[Triple]:
        """Put beside what the index has of some nodes; gives what it has of them in full."""
        query = "select iri, kinds, block from node where iri in (select value from json_each(?))"
        full: list[Triple] = []
        for name, kinds, block in index.among(query, nodes):
            terms[str(name)] = nodes[str(name)]
            if block is None:
                subject = nodes[str(name)]
                around.extend(Triple(subject, RDF.type, kind) for kind in sets[int(str(kinds))])  # type: ignore[arg-type]
            else:
                full += _parsed(str(block))
        around.extend(full)
        return full

    concepts = take(outside)
    for name, node in outside.items():
        if name not in terms and _is_ours(node):
            index.put("missing", name)
    beyond = {_key(t.object): t.object for t in concepts if not isinstance(t.object, Literal)}
    take({name: node for name, node in beyond.items() if name not in inside and name not in terms})
    paths = {number: path for path, number in looked_up.inverse.items()}
    query = "select path, value, subject from back where value in (select value from json_each(?))"
    back = [(paths[int(str(p))], str(v), str(s)) for p, v, s in index.among(query, inside)]
    back = [(path, value, subject) for path, value, subject in back if subject not in inside]
    others = {subject: _term(subject) for _, _, subject in back}
    take({name: node for name, node in others.items() if name not in terms})
    terms |= others
    around += [Triple(others[subject], path, _term(value)) for path, value, subject in back]
    # What an objects' target names is named in this batch, and may be in no other.
    named = {t.object for t in batch if t.predicate in looked_up.objects}
    return around, {node for node in terms.values() if node not in named}


@lru_cache(1 << 12)
def _parsed(block: str) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in parse(block, format=RdfFormat.N_TRIPLES))


def _term(name: str) -> NamedNode | BlankNode:
    return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)


def _is_ours(node: object) -> bool:
    if not isinstance(node, NamedNode):
        return False
    return node.value.startswith(iri.BASE) and not node.value.startswith(iri.ONTOLOGY)


class _Texts(Mapping[str, str]):
    """The kept texts by the IRI of their document, read when they are asked for."""

    def __init__(self, folder: Path, index: Index) -> None:
        self._folder = folder
        self._index = index
        self._read = lru_cache(_TEXTS)(self._text)

    def __getitem__(self, document: str) -> str:
        text = self._read(document)
        if text is None:
            raise KeyError(document)
        return text

    def __iter__(self) -> Iterator[str]:
        query = "select distinct h.iri from hash h join text t on t.sha = h.sha"
        return chain.from_iterable(self._index.rows(query))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _text(self, document: str) -> str | None:
        query = "select t.sha from hash h join text t on t.sha = h.sha where h.iri = ?"
        found = self._index.rows(query, document).fetchone()
        try:
            return (self._folder / TEXTS / f"{found[0]}.txt").read_bytes().decode() if found else None
        except (OSError, UnicodeDecodeError):  # changed meanwhile
            return None
