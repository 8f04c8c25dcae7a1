"""Gold files and built folders, read into claims."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import Any

from pyoxigraph import QuerySolutions, RdfFormat, Store

from jiceng.errors import EvaluationError
from jiceng.evaluate.claims import KINDS, Build, Claim, GoldArticle, GoldDocument
from jiceng.graph.namespaces import PREFIXES
from jiceng.model import Span
from jiceng.read import read_source

# Kind → its class in the graph, and the property that it is recognised by.
_CLASSES = {
    "metric": ("jc:Measurement", "jc:measured"),
    "tier_chain": ("jc:TierChain", ""),
    "mechanism": ("jc:MechanismAdoption", "rdfs:label"),
    "organisation": ("jc:Organisation", "rdfs:label"),
    "policy": ("jc:PolicyDocument", "dct:title"),
    "honour": ("jc:Honour", "rdfs:label"),
    "person": ("jc:Person", "foaf:name"),
}
# Field → where the graph has it.
_FIELDS = {
    "value": "jc:value",
    "upper": "jc:upperValue",
    "unit": "jc:unit/skos:notation",
    "comparator": "jc:comparator/skos:notation",
    "nature": "jc:nature/skos:notation",
    "type": "(jc:mechanism/jc:mechanismType|jc:organisationKind)/skos:notation",
    "action": "jc:action",
    "subject": "jc:subject",
    "per": "jc:per",
    "period": "jc:period",
    "chain_type": "jc:chainType/skos:notation",
    "declared_levels": "jc:declaredLevels",
    "level": "jc:level",
    "issuer": "jc:issuer",
    "recipient": "jc:recipient",
    "role": "jc:role",
}
# Fields of annotations that the graph has elsewhere, or that are for people only.
_OTHERS = frozenset(
    [
        "kind",
        "district",
        "quote",
        "measured",
        "name",
        "title",
        "tiers",
        "type_also",
        "components",
        "within",
        "doubtful",
        "note",
    ]
)
_NUMBERS = ("value", "upper", "declared_levels")
_SOME = 3
"""Of quotes that show no place, how many a note names."""
_PREFIXES = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())


def load_gold(gold: Path, sources: Path) -> tuple[GoldDocument, ...]:
    """Read gold files, sorted by name, each with its document from anywhere below `sources`.

    Raises EvaluationError that names the file, the place in it and what to do.
    """
    paths = [gold] if gold.is_file() else sorted(gold.glob("*.json"))
    if not paths:
        raise EvaluationError(f"{gold}: no gold files (*.json) there; name a gold file or its folder")
    return tuple(_gold_document(path, sources) for path in paths)


def _gold_document(path: Path, sources: Path) -> GoldDocument:
    with _in_format(f"{path}:", "is missing"):
        data = json.loads(path.read_text("utf-8"))
        name = _word(data, "source")
        # A name is no pattern: 报道[1].txt has brackets. Absolute, it is nowhere below.
        below = [] if Path(name).is_absolute() else sources.rglob(escape(name))
        found = sorted(p for p in below if p.is_file())
        if not found:
            raise EvaluationError(f"{path}: its document {name!r} is nowhere below {sources}; use --sources")
        text = read_source(found[0]).text
        articles = tuple(
            GoldArticle(
                district=_word(a, "district"),
                adcode=_word(a, "adcode"),
                blocks=_words(a, "blocks"),
                sentences=_words(a, "deinterleaved"),
            )
            for a in data["articles"]
        )
        codes = {a.district: a.adcode for a in articles}
        claims = tuple(_gold_claims(path, name, data["facts"], codes, text))
        notes = (*_fields_told(path, data["facts"]), *_quotes_told(path, name, data["facts"], text))
    return GoldDocument(name, text, articles, claims, found[0], notes)


@contextmanager
def _in_format(place: str, lacking: str) -> Iterator[None]:
    """Raise EvaluationError that begins with `place` for what is wrong in a gold file or one of its facts.

    `lacking` is what it says of a key that is not there.
    """
    try:
        yield
    except OSError as error:
        raise EvaluationError(f"{place} cannot be read: {error.strerror or error}; check the path") from error
    except (KeyError, TypeError, ValueError) as error:  # also what is no JSON, or no text
        what = f"{error.args[0]!r} {lacking}" if isinstance(error, KeyError) else str(error)
        raise EvaluationError(f"{place} is not in the gold format: {what}; see `jiceng annotate`") from error


_LACKING_IN_FACT = (
    "is missing, or none that there is; each fact needs kind, quote and the fields of its kind, "
    "and a district that is one of the articles'"
)


def _gold_claims(
    path: Path, source: str, facts: Sequence[Mapping[str, Any]], codes: Mapping[str, str], text: str
) -> Iterator[Claim]:
    """The claims of all facts; raises EvaluationError with the number of one that is not in the format."""
    for number, fact in enumerate(facts, 1):
        with _in_format(f"{path}: fact {number}", _LACKING_IN_FACT):
            claim = _gold_claim(fact, source, codes, text)
        yield claim


def _fields_told(path: Path, facts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Notes on fields that no fact has: mistyped, they would count for nothing in silence."""
    known = _OTHERS.union(_FIELDS)
    first = {name: number for number, fact in reversed([*enumerate(facts, 1)]) for name in fact}
    for name in sorted(first.keys() - known):
        yield (
            f"{path}: fact {first[name]}: no fact has a field {name!r}: it counts for nothing; "
            f"there are {', '.join(sorted(known))}"
        )


def _quotes_told(path: Path, source: str, facts: Sequence[Mapping[str, Any]], text: str) -> Iterator[str]:
    """Notes on the quotes that are not in the text, or more than once: they show no place.

    Of the pieces of a torn statement one may stand elsewhere, too: nobody can make it longer.
    """
    absent, repeated = [], []
    for fact in facts:
        whole = not isinstance(fact["quote"], list)
        for quote in [fact["quote"]] if whole else fact["quote"]:
            at = text.find(quote)
            if at < 0:
                absent.append(quote)
            elif whole and text.find(quote, at + 1) >= 0:
                repeated.append(quote)
    for quotes, told, remedy in (
        (absent, f"not in {source}", "copy each from the text, with its punctuation and line breaks"),
        (repeated, f"more than once in {source}", "lengthen each until it stands there once"),
    ):
        if quotes:
            some = ", ".join(json.dumps(quote, ensure_ascii=False) for quote in quotes[:_SOME])
            more = f" and {len(quotes) - _SOME} more" if len(quotes) > _SOME else ""
            one = len(quotes) == 1
            yield (
                f"{path}: {len(quotes)} {'quote is' if one else 'quotes are'} {told}, and "
                f"{'shows' if one else 'show'} no place: {some}{more}; {remedy}"
            )


def _gold_claim(fact: Mapping[str, Any], source: str, codes: Mapping[str, str], text: str) -> Claim:
    kind = fact["kind"]
    if kind not in KINDS:
        raise KeyError(kind)
    for name in _NUMBERS:
        if not isinstance(fact.get(name), int | float | None):
            raise ValueError(
                f"{name} is {fact[name]!r}, not a number: {json.dumps(fact, ensure_ascii=False)}"
            )
    quotes = fact["quote"] if isinstance(fact["quote"], list) else [fact["quote"]]
    spans = []
    for quote in quotes:
        at = text.find(quote)
        # A quote that occurs twice shows no place: the fact then matches anywhere.
        if at >= 0 and (len(quotes) > 1 or text.find(quote, at + 1) < 0):
            spans.append(Span(at, at + len(quote)))
    phrase = {"metric": "measured", "tier_chain": "", "policy": "title", "honour": "title"}.get(kind, "name")
    return Claim(
        kind=kind,
        source=source,
        adcode=codes[fact["district"]],
        phrase=str(fact[phrase]) if phrase else "",
        tiers=_words({"tiers": fact["tiers"]}, "tiers") if kind == "tier_chain" else (),
        fields={name: _text(fact[name]) for name in _FIELDS if fact.get(name) is not None},
        types=frozenset({fact.get("type") or "", *fact.get("type_also", ())}),
        spans=tuple(spans),
    )


def _word(record: Mapping[str, Any], name: str) -> str:
    """A field that is text; raises TypeError where it is not: a code without quotes would fit nothing."""
    value = record[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is {json.dumps(value, ensure_ascii=False)}, not text in quotes")
    return value


def _words(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts, empty where there is none; raises TypeError where it is no such list."""
    values = record.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"{name} is {json.dumps(values, ensure_ascii=False)}, not a list of texts in quotes")
    return tuple(values)


def _text(value: object) -> str:
    """A field as text; numbers without a needless fraction, so that 30 and 30.0 are the same."""
    try:
        return format(round(float(value), 6), ".15g") if isinstance(value, int | float) else str(value)
    except (ValueError, OverflowError):
        return str(value)


def load_build(folder: Path) -> Build:
    """Read `jiceng.ttl` and `articles.jsonl` of a built folder; raises EvaluationError if that cannot be."""
    graph, articles = folder / "jiceng.ttl", folder / "articles.jsonl"
    for path in (graph, articles):
        if not path.is_file():
            raise EvaluationError(f"{path}: not there; run `jiceng build` first, or name a built folder")
    store = Store()
    try:
        store.bulk_load(path=str(graph), format=RdfFormat.TURTLE)
        lines = articles.read_text("utf-8").split("\n")
        records = tuple(json.loads(line) for line in lines if line.strip())
    except (SyntaxError, OSError, ValueError) as error:
        raise EvaluationError(f"{folder}: cannot be read: {error}; build it again") from error
    return Build(tuple(_graph_claims(store)), records)


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    solutions = store.query(_PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)
    for solution in solutions:
        yield tuple(str(getattr(term, "value", "")) for term in solution)


def _graph_claims(store: Store) -> Iterator[Claim]:
    places: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for fact, source, start, end in _rows(
        store,
        "SELECT ?f ?s ?b ?e WHERE { ?f jc:evidence ?x ."
        " ?x oa:hasSource/schema:name ?s ; oa:start ?b ; oa:end ?e }",
    ):
        places[fact][source].append(Span(int(start), int(end)))
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for name, path in _FIELDS.items():
        for fact, value in sorted(_rows(store, f"SELECT ?f ?v WHERE {{ ?f {path} ?v ; jc:evidence [] }}")):
            fields[fact].setdefault(name, _text(float(value)) if name in _NUMBERS else value)
    tiers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for fact, place, label in _rows(
        store, "SELECT ?f ?n ?l WHERE { ?f jc:tier ?t . ?t jc:position ?n ; rdfs:label ?l }"
    ):
        tiers[fact].append((int(place), label))
    # Of several rules that found a fact the first by name stands for all.
    rules: dict[str, str] = {}
    for fact, rule in sorted(_rows(store, "SELECT ?f ?r WHERE { ?f jc:rule ?r }")):
        rules.setdefault(fact, rule)
    for kind, (iri, phrase) in _CLASSES.items():
        named = f"; {phrase} ?p" if phrase else ""
        for fact, adcode, *text in sorted(
            _rows(
                store, f"SELECT DISTINCT ?f ?c ?p WHERE {{ ?f a {iri} ; jc:division/jc:adcode ?c {named} }}"
            )
        ):
            for source, spans in sorted(places[fact].items()) or [("", [])]:
                yield Claim(
                    kind=kind,
                    source=source,
                    adcode=adcode,
                    phrase=text[0] if phrase else "",
                    tiers=tuple(label for _, label in sorted(tiers[fact])) if kind == "tier_chain" else (),
                    fields=fields[fact],
                    spans=tuple(sorted(spans)),
                    rule=rules.get(fact, ""),
                )
