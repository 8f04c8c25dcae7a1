"""CSV for graph databases: Neo4j (`neo4j-admin database import`) and Kùzu or its successor Ladybug.

Both get the whole property graph: one table a kind of node, with typed columns and the IRI as identifier, and
relations named after the RDF properties (`withinDivision` → WITHIN_DIVISION; HAS_EVIDENCE where a class has
the name already). UTF-8 without byte order mark; quotes as RFC 4180 has them, line breaks in quotes stay.

Formats: https://neo4j.com/docs/operations-manual/current/import/ (CSV header format) and
https://docs.ladybugdb.com/import/csv/, /migrate/ (the folder is one that `IMPORT DATABASE` takes).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from jiceng.export.property_graph import Edge, Node, columns, joined, property_graph, shown
from jiceng.export.terms import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

_NEO4J = {str: "string", int: "long", float: "double", bool: "boolean", date: "date"}
_KUZU = {str: "STRING", int: "INT64", float: "DOUBLE", bool: "BOOL", date: "DATE"}
ARRAY = "\x1f"
"""Between the members of a list in Neo4j's files: Unicode's unit separator, which is in no text."""
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_Item = TypeVar("_Item", Node, Edge)


def relation(name: str) -> str:
    """A relation's name in Cypher's usual form; databases that ignore case must not take it for a class."""
    upper = _CAMEL.sub("_", name).upper()
    kinds = {_CAMEL.sub("_", kind).upper() for kind in terms().properties}
    return f"HAS_{upper}" if upper in kinds else upper


def neo4j(store: Store) -> dict[str, bytes]:
    """By file name: one CSV for each label, one for each type of relationship, and the script `import.sh`.

    Statements have the label Statement as well as their own. What a thing may have several of is `string[]`.
    """
    graph = property_graph(store)
    files = {}
    for kind, nodes in _by_kind(graph.nodes).items():
        types = columns(nodes)
        lists = terms().manifold & types.keys()
        labels = ARRAY.join([kind, "Statement"] if kind in terms().statements else [kind])
        header = [f"{name}:{_NEO4J[of]}{'[]' if name in lists else ''}" for name, of in types.items()]
        rows = (
            [node.iri, *(_neo4j_cell(node, name, name in lists) for name in types), labels] for node in nodes
        )
        files[f"{kind}.csv"] = _csv(["iri:ID", *header, ":LABEL"], rows)
    relations = _by_kind(graph.edges)
    for kind, edges in relations.items():
        name = relation(kind)
        found = ([edge.source, edge.target, name] for edge in edges)
        files[f"{name}.csv"] = _csv([":START_ID", ":END_ID", ":TYPE"], found)
    ends = {f"{relation(kind)}.csv" for kind in relations}
    files["import.sh"] = _neo4j_script([name for name in files if name not in ends], sorted(ends))
    return files


def _neo4j_cell(node: Node, name: str, several: bool) -> str:
    values = node.properties.get(name, ())
    return ARRAY.join(shown(value).replace(ARRAY, " ") for value in values) if several else joined(values)


def _neo4j_script(nodes: Iterable[str], relations: Iterable[str]) -> bytes:
    lines = [
        "#!/bin/sh",
        "# Fills a new Neo4j database (5 or later) with this folder: sh import.sh [database]",
        'cd "$(dirname "$0")" || exit 1',
        'exec neo4j-admin database import full "${1:-neo4j}" \\',
        "  --array-delimiter=U+001F --multiline-fields=true \\",
        *(f"  --nodes={name} \\" for name in nodes),
        *(f"  --relationships={name} \\" for name in relations),
    ]
    return ("\n".join(lines).removesuffix(" \\") + "\n").encode()


def kuzu(store: Store) -> dict[str, bytes]:
    """By file name: a folder for `IMPORT DATABASE 'folder'`: `schema.cypher`, `copy.cypher`, and the CSVs.

    Every class and property of the ontology has its table or column, so that a query runs whatever the texts
    say. A relation has a CSV for each pair of kinds that it leads from and to. Several values of a property
    are one text, joined by `；`: Kùzu reads no list from CSV in whose texts there are commas or brackets.
    """
    graph = property_graph(store)
    kinds = {node.iri: node.kind for node in graph.nodes}
    schema, copies, files = [], [], {}
    for kind, nodes in _by_kind(graph.nodes, terms().properties).items():
        types = {"label": str} | dict(terms().properties.get(kind, {})) | columns(nodes)
        told = ", ".join(f"`{name}` {_KUZU[of]}" for name, of in types.items())
        schema.append(f"CREATE NODE TABLE `{kind}` (`iri` STRING, {told}, PRIMARY KEY(`iri`));")
        if nodes:
            copies.append(f'COPY `{kind}` FROM "{kind}.csv" (HEADER=true, PARALLEL=false);')
            rows = ([node.iri, *(joined(node.properties.get(name, ())) for name in types)] for node in nodes)
            files[f"{kind}.csv"] = _csv(["iri", *types], rows)
    for kind, edges in _by_kind(graph.edges, terms().relations).items():
        name = relation(kind)
        pairs: dict[tuple[str, str], list[Edge]] = {ends: [] for ends in terms().relations.get(kind, ())}
        for edge in edges:
            pairs.setdefault((kinds[edge.source], kinds[edge.target]), []).append(edge)
        ends = ", ".join(f"FROM `{source}` TO `{target}`" for source, target in sorted(pairs))
        schema.append(f"CREATE REL TABLE `{name}` ({ends});")
        for (source, target), found in sorted(pairs.items()):
            if found:
                file = f"{name}.{source}.{target}.csv"
                options = f'HEADER=true, PARALLEL=false, FROM="{source}", TO="{target}"'
                copies.append(f'COPY `{name}` FROM "{file}" ({options});')
                files[file] = _csv(["from", "to"], ([edge.source, edge.target] for edge in found))
    files["schema.cypher"] = "\n".join([*schema, ""]).encode()
    files["copy.cypher"] = "\n".join([*copies, ""]).encode()
    return files


def _by_kind(items: Iterable[_Item], kinds: Iterable[str] = ()) -> Mapping[str, list[_Item]]:
    """Nodes or edges by kind, sorted; these kinds even if there are none of them."""
    found: dict[str, list[_Item]] = {kind: [] for kind in kinds}
    for item in items:
        found.setdefault(item.kind, []).append(item)
    return dict(sorted(found.items()))


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()
