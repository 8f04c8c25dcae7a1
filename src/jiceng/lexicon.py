"""The ontology's vocabularies as plain Python: the one place where extraction meets RDF.

A vocabulary is a SKOS concept scheme in `ontology/vocabulary/<name>.ttl`. Its labels are the lexicon:
`skos:prefLabel` is what people are shown, `skos:altLabel` and `skos:hiddenLabel` are further words of
the texts. `@zh` labels are matched against texts; `@en` labels are shown, searched and asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_gazetteer
from jiceng.errors import OntologyError
from jiceng.resources import ontology_directory, reading

SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept. `labels` are its Chinese labels, the preferred one first, the others sorted."""

    iri: str
    notation: str
    labels: tuple[str, ...]
    english: str = ""
    broader: str | None = None  # notation of the concept above

    @property
    def label(self) -> str:
        """The preferred Chinese label, or the notation where there is none."""
        return self.labels[0] if self.labels else self.notation


@dataclass(frozen=True)
class Scheme:
    """A concept scheme: its concepts sorted by notation, and the two ways into it."""

    name: str
    concepts: tuple[Concept, ...]

    @cached_property
    def by_notation(self) -> Mapping[str, Concept]:
        """Concepts by `skos:notation`."""
        return {c.notation: c for c in self.concepts}

    @cached_property
    def by_label(self) -> Mapping[str, Concept]:
        """Concepts by each of their Chinese labels; a label in two concepts belongs to the first."""
        found: dict[str, Concept] = {}
        for concept in self.concepts:
            for label in concept.labels:
                found.setdefault(label, concept)
        return found

    def words(self, *notations: str) -> tuple[str, ...]:
        """All Chinese labels (of the given concepts and all below them), longest first, then sorted."""
        chosen = [c for c in self.concepts if not notations or self._under(c, notations)]
        return tuple(sorted({w for c in chosen for w in c.labels}, key=lambda w: (-len(w), w)))

    def _under(self, concept: Concept, notations: tuple[str, ...]) -> bool:
        at: Concept | None = concept
        while at is not None:
            if at.notation in notations:
                return True
            at = self.by_notation.get(at.broader) if at.broader else None
        return False


@dataclass(frozen=True)
class Lexicon:
    """All vocabularies by the name of their file; that of the divisions as a gazetteer."""

    schemes: Mapping[str, Scheme]
    directory: Path = field(default_factory=ontology_directory)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The divisions of the country, by code and by name; loaded when first asked for."""
        return load_gazetteer(self.directory / "vocabulary" / "divisions.ttl")

    def scheme(self, name: str) -> Scheme:
        """The scheme in `vocabulary/<name>.ttl`; raises OntologyError if there is none."""
        if name not in self.schemes:
            path = self.directory / "vocabulary" / f"{name}.ttl"
            raise OntologyError(f"{path}: is missing, which the program asks for; restore it")
        return self.schemes[name]


def load_lexicon(directory: Path | None = None) -> Lexicon:
    """Read `vocabulary/*.ttl` (the divisions excepted) of a folder, by default our own, once and shared."""
    return _read(directory) if directory else _own()


@lru_cache(maxsize=1)
def _own() -> Lexicon:
    return _read(ontology_directory())


def _read(folder: Path) -> Lexicon:
    paths = sorted(p for p in (folder / "vocabulary").glob("*.ttl") if p.stem != "divisions")
    return Lexicon({path.stem: load_scheme(path) for path in paths}, folder)


def load_scheme(path: Path) -> Scheme:
    """Read one concept scheme; raises OntologyError with the place if the Turtle is broken."""
    from pyoxigraph import Literal, RdfFormat, Triple, parse

    fields: dict[str, dict[str, list[tuple[str, str]]]] = {}
    with reading(path, "Turtle"):
        for triple in parse(path=str(path), format=RdfFormat.TURTLE):
            name = triple.predicate.value
            if not name.startswith(SKOS):
                continue
            told = triple.object  # asked for once: each time it is made anew
            language = told.language or "" if isinstance(told, Literal) else ""
            value = told.value if not isinstance(told, Triple) else ""
            subject = fields.setdefault(str(getattr(triple.subject, "value", "")), {})
            subject.setdefault(name[len(SKOS) :], []).append((value, language))
    notations = {iri: values["notation"][0][0] for iri, values in fields.items() if "notation" in values}
    concepts = []
    for iri, notation in notations.items():
        values = fields[iri]
        preferred = _words(values, "prefLabel")
        others = {*_words(values, "altLabel"), *_words(values, "hiddenLabel")} - set(preferred)
        above = sorted(notations[b] for b, _ in values.get("broader", []) if b in notations)
        concepts.append(
            Concept(
                iri=iri,
                notation=notation,
                labels=(*preferred, *sorted(others)),
                english="".join(_words(values, "prefLabel", "en")[:1]),
                broader=above[0] if above else None,
            )
        )
    return Scheme(path.stem, tuple(sorted(concepts, key=lambda c: c.notation)))


def _words(values: Mapping[str, list[tuple[str, str]]], key: str, language: str = "zh") -> list[str]:
    return sorted(value for value, tag in values.get(key, []) if tag == language)
