"""Write the READMEs' table of classes: what each is, how many the example graph has, and one of them.

    python scripts/readme_classes.py [--check]

The definitions come from ontology/jiceng.ttl, the figures and examples from graphs/jiceng.ttl: of each class
the node that says most (of equals, that which most others point to, then the first by IRI). With `--check`
nothing is written: the exit code says whether a table is stale.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from jiceng.graph.namespaces import DCT, FOAF, JC, OA, OWL, RDF, RDFS, SCHEMA, SKOS

ROOT = Path(__file__).resolve().parents[1]
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
START, END = "<!-- classes: scripts/readme_classes.py -->", "<!-- /classes -->"
HEADS = {
    "en": "| class | what it is | in the example | one of them |",
    "zh": "| 类 | 含义 | 示例中的数量 | 其中之一 |",
}
NAMES = (RDFS.label, SKOS.prefLabel, DCT.title, SCHEMA.headline, FOAF.name, SCHEMA.name, OA.exact)
"""What a node is called by, the best first."""
SHOWN = (
    *(
        JC.about,
        JC.adcode,
        JC.withinDivision,
        JC.division,
        JC.mechanismType,
        JC.mechanism,
        JC.component,
        JC.level,
    ),
    *(JC.chainType, JC.declaredLevels, JC.position, JC.organisationType, JC.superiorTier),
    *(JC.action, JC.measured, JC.comparator, JC.value, JC.upperValue, JC.unit, JC.indicator, JC.period),
    *(JC.organisationKind, JC.within, JC.issuer, JC.recipient, JC.role),
)
"""The properties that an example shows, in this order."""
LONGEST = 40
"""Characters of a value, beyond which it is cut."""

Node = dict[NamedNode, list[NamedNode | Literal]]


def main() -> int:
    """Fill or check the READMEs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    ontology, graph = load(ROOT / "ontology" / "jiceng.ttl"), load(ROOT / "graphs" / "jiceng.ttl")
    stale = []
    for name, language in READMES.items():
        path = ROOT / name
        text = path.read_text("utf-8")
        if text.count(START) != 1 or text.count(END) != 1:
            raise SystemExit(f"{path}: the table's place is not marked by {START} and {END}, once each")
        before, _, rest = text.partition(START)
        _, _, after = rest.partition(END)
        new = f"{before}{START}\n\n{table(ontology, graph, language)}\n{END}{after}"
        if new != text:
            stale.append(name)
            if not options.check:
                path.write_text(new, "utf-8")
    print("stale: " + ", ".join(stale) if stale else "the tables of classes are up to date")
    return 1 if options.check and stale else 0


def load(path: Path) -> dict[str, Node]:
    """The named nodes of a Turtle file, with their properties."""
    nodes: defaultdict[str, Node] = defaultdict(dict)
    for triple in parse(path=str(path), format=RdfFormat.TURTLE):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            nodes[triple.subject.value].setdefault(triple.predicate, []).append(triple.object)
    return dict(nodes)


def table(ontology: dict[str, Node], graph: dict[str, Node], language: str) -> str:
    """A row for each class of ours, in the ontology's order."""
    pointed = Counter(o.value for node in graph.values() for values in node.values() for o in values)
    rows = [HEADS[language], "| --- | --- | ---: | --- |"]
    for name, term in ontology.items():
        if OWL.Class not in term.get(RDF.type, ()) or not name.startswith(JC.base):
            continue
        members = _members(name, ontology, graph)
        example = ""
        if members:
            best = min(members, key=lambda iri: (-_told(graph[iri]), -pointed[iri], iri))
            example = _example(best, ontology, graph, language)
        label, definition = (_text(term[p], language) for p in (RDFS.label, SKOS.definition))
        cells = (f"`jc:{name.removeprefix(JC.base)}` {label}", definition, str(len(members)), example)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def _members(name: str, ontology: dict[str, Node], graph: dict[str, Node]) -> list[str]:
    """The nodes of a class or of one below it."""
    kinds = {name} | {n for n, t in ontology.items() if NamedNode(name) in t.get(RDFS.subClassOf, ())}
    return [iri for iri, node in graph.items() if kinds & {k.value for k in node.get(RDF.type, ())}]


def _told(node: Node) -> int:
    """How much of what an example shows a node says; what is doubtful says nothing."""
    return 0 if JC.doubtful in node else sum(p in node for p in SHOWN)


def _example(iri: str, ontology: dict[str, Node], graph: dict[str, Node], language: str) -> str:
    node = graph[iri]
    facts = [
        f"{_text(ontology[p.value][RDFS.label], language)} {'、'.join(_names(node[p], graph, language))}"
        for p in SHOWN
        if p in node
    ]
    name = _name(node, language) or iri
    end, comma = (")", "; ") if language == "en" else ("）", "；")
    return name + (f"{' (' if language == 'en' else '（'}{comma.join(facts)}{end}" if facts else "")


def _names(values: list[NamedNode | Literal], graph: dict[str, Node], language: str) -> Iterator[str]:
    for value in sorted(values, key=lambda v: v.value):
        if isinstance(value, Literal):
            yield _cut(value.value)
        else:
            yield _name(graph.get(value.value, {}), language) or value.value.rpartition("/")[2]


def _name(node: Node, language: str) -> str:
    return next((_cut(_text(node[p], language)) for p in NAMES if p in node), "")


def _text(values: list[NamedNode | Literal], language: str) -> str:
    """The value in the wanted language, or else the first."""
    ordered = sorted((v for v in values if isinstance(v, Literal)), key=lambda v: v.value)
    return next((v.value for v in ordered if v.language == language), ordered[0].value if ordered else "")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


if __name__ == "__main__":
    sys.exit(main())
