"""Write `ontology/context.jsonld`, the JSON-LD context that exports use, from the ontology.

    python scripts/make_context.py [--check]

Each class and property that the ontology declares gets its local name as term; where several vocabularies
have the same name, ours has it and the others are written with their prefix. How values are written follows
from the property: IRIs, numbers, dates and Chinese texts are plain strings, labels are objects by language.
The context has the ontology's version. `--check` fails if the file is not what would be written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from jiceng.graph.iri import BASE, ID
from jiceng.graph.namespaces import (
    DCT,
    FOAF,
    JC,
    OA,
    OWL,
    PREFIXES,
    PROV,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TIME,
    XSD,
    shortened,
)

ROOT = Path(__file__).parents[1]
CONTEXT = ROOT / "ontology" / "context.jsonld"
# What the ontology does not say of terms that others have defined.
RANGES: Mapping[str, NamedNode] = {
    DCT.title.value: RDF.PlainLiteral,
    FOAF.name.value: RDF.PlainLiteral,
    OA.end.value: XSD.integer,
    OA.start.value: XSD.integer,
    PROV.endedAtTime.value: XSD.dateTime,
    PROV.startedAtTime.value: XSD.dateTime,
    QB.componentRequired.value: XSD.boolean,
    QB.order.value: XSD.integer,
    SCHEMA.datePublished.value: XSD.date,
    SCHEMA.headline.value: RDF.PlainLiteral,
    TIME.hasXSDDuration.value: XSD.duration,
    TIME.inXSDDate.value: XSD.date,
}
BY_LANGUAGE = {RDFS.label.value, SKOS.prefLabel.value}
REFERENCES = {RDFS.range.value, RDFS.subClassOf.value, RDFS.subPropertyOf.value}
RESERVED = {"id", "type"}


def context(ontology: Path) -> dict[str, Any]:
    """The context document: prefixes, then terms by name."""
    store = Store()
    store.load(path=str(ontology), format=RdfFormat.TURTLE)
    prefixes = {prefix: base for prefix, base in PREFIXES.items() if not base.startswith(ID)}
    properties = {
        **_declared(store, OWL.DatatypeProperty, None),
        **_declared(store, OWL.AnnotationProperty, None),
        **_declared(store, OWL.ObjectProperty, "@id"),
        **dict.fromkeys(sorted(BY_LANGUAGE), None),
        **dict.fromkeys(sorted(REFERENCES), "@id"),
    }
    classes = _declared(store, OWL.Class, None)
    terms: dict[str, Any] = {}
    # Ours first: a name that is taken stays with the one that has it, the others keep their prefix.
    for name in sorted({*properties, *classes}, key=lambda name: (not name.startswith(JC.base), name)):
        term, short = name.rpartition("#")[2].rpartition("/")[2], shortened(name)
        if short == name or term in terms or term in prefixes or term in RESERVED:
            continue
        terms[term] = short if name in classes else {"@id": short, **_coercion(store, name, properties[name])}
    version = next(store.quads_for_pattern(None, OWL.versionInfo, None)).object
    assert isinstance(version, Literal)
    return {
        "id": f"{BASE}context/{version.value}",
        "version": version.value,
        "license": "https://www.apache.org/licenses/LICENSE-2.0",
        "@context": {"id": "@id", "type": "@type", **prefixes, **dict(sorted(terms.items()))},
    }


def _declared(store: Store, kind: NamedNode, said: str | None) -> dict[str, str | None]:
    found = (quad.subject for quad in store.quads_for_pattern(None, RDF.type, kind))
    return {node.value: said for node in found if isinstance(node, NamedNode)}


def _coercion(store: Store, name: str, said: str | None) -> dict[str, str]:
    if said:
        return {"@type": said}
    if name in BY_LANGUAGE:
        return {"@container": "@language"}
    ranges = [quad.object for quad in store.quads_for_pattern(NamedNode(name), RDFS.range, None)]
    told = RANGES.get(name) or (ranges[0] if len(ranges) == 1 else None)
    if told == RDF.PlainLiteral:
        return {"@language": "zh"}
    if not isinstance(told, NamedNode) or not told.value.startswith(XSD.base) or told == XSD.string:
        return {}
    return {"@type": shortened(told.value)}


def main() -> int:
    """Write the file, or compare it with what would be written."""
    text = json.dumps(context(ROOT / "ontology" / "jiceng.ttl"), ensure_ascii=False, indent=1) + "\n"
    if "--check" in sys.argv[1:]:
        if not CONTEXT.exists() or CONTEXT.read_text("utf-8") != text:
            print("ontology/context.jsonld is not that of the ontology: run python scripts/make_context.py")
            return 1
        return 0
    CONTEXT.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
