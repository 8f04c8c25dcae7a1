"""A built graph in the formats that other tools take.

`rdf` has what Oxigraph writes (TriG with a graph for each document), `json_ld` JSON-LD with a context that
people can read, `networks` the formats of network tools, `databases` those of graph databases, `tables` flat
tables for people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jiceng.errors import QueryError
from jiceng.export.databases import kuzu, neo4j
from jiceng.export.json_ld import json_ld
from jiceng.export.networks import gexf, graphml, network
from jiceng.export.parquet import parquet
from jiceng.export.plain import plain
from jiceng.export.rdf import oxigraph, rdf_xml, trig, turtle
from jiceng.export.tables import tables
from jiceng.query import open_store

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["DESCRIPTIONS", "FOLDERS", "FORMATS", "export", "export_folder", "network"]


FORMATS: Mapping[str, Callable[[Store], bytes]] = {
    "turtle": turtle,
    "ntriples": oxigraph("N_TRIPLES"),
    "trig": trig,
    "json-ld": json_ld,
    "rdf-xml": rdf_xml,
    "plain": plain,
    "graphml": graphml,
    "gexf": gexf,
}
"""By name, what writes each format that is one file."""
FOLDERS: Mapping[str, Callable[[Store], Mapping[str, bytes]]] = {
    "csv": tables,
    "parquet": parquet,
    "neo4j": neo4j,
    "kuzu": kuzu,
}
"""By name, what writes each format that is a folder of files: their names and contents."""
DESCRIPTIONS: Mapping[str, str] = {
    "turtle": "RDF 1.1 Turtle, the same bytes as a build writes",
    "ntriples": "RDF 1.1 N-Triples, one triple a line",
    "trig": "RDF 1.1 TriG: a named graph for each document, what they share in the default graph",
    "json-ld": "JSON-LD (1.0 and 1.1) with the context of ontology/context.jsonld, readable without IRIs",
    "rdf-xml": "RDF/XML",
    "plain": "Turtle with direct properties (district → mechanism, → number), for tools without n-ary nodes",
    "graphml": "GraphML for Gephi, Cytoscape and igraph: typed attributes, weights",
    "gexf": "GEXF 1.2 for Gephi: typed attributes, weights, colours by class, sizes",
    "csv": "flat tables for spreadsheets, with evidence and offsets (folder)",
    "parquet": "the same tables, typed, for pandas, DuckDB and R (folder; needs jiceng[parquet])",
    "neo4j": "CSV for neo4j-admin database import, with the script that runs it (folder)",
    "kuzu": "schema and CSV for IMPORT DATABASE of Kùzu and Ladybug (folder)",
}
"""What each format is, in a line."""


def export(graph: Path, form: str) -> bytes:
    """The graph of a built folder or RDF file in one of `FORMATS`; raises QueryError if there is none."""
    if form in FOLDERS:
        raise QueryError(f"{form}: is a folder of files; name the folder with -o")
    if form not in FORMATS:
        raise QueryError(f"{form}: no such format; use one of {', '.join((*FORMATS, *FOLDERS))}")
    return FORMATS[form](open_store(graph))


def export_folder(graph: Path, form: str) -> Mapping[str, bytes]:
    """The graph of a built folder or RDF file in one of `FOLDERS`; raises QueryError if there is none."""
    if form not in FOLDERS:
        raise QueryError(f"{form}: no such format; use one of {', '.join((*FORMATS, *FOLDERS))}")
    return FOLDERS[form](open_store(graph))
