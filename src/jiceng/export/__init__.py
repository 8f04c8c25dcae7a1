"""A built graph in the formats that other tools take.

`streams` has the RDF formats of graphs of any size (TriG and N-Quads with a graph for each document), `rdf`
RDF/XML, `json_ld` JSON-LD with a context that people can read, `plain` the graph without n-ary nodes,
`networks` the formats of network tools, `databases` those of graph databases, `tables` flat tables for people
and `parquet` the same for programs.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from jiceng.errors import QueryError
from jiceng.export.databases import kuzu, neo4j
from jiceng.export.json_ld import json_ld
from jiceng.export.networks import gexf, graphml, network
from jiceng.export.parquet import parquet
from jiceng.export.plain import plain
from jiceng.export.rdf import rdf_xml
from jiceng.export.streams import STREAMS
from jiceng.export.tables import tables
from jiceng.output import write_file
from jiceng.query import open_store

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = [
    "DESCRIPTIONS",
    "FOLDERS",
    "FORMATS",
    "STREAMS",
    "export",
    "export_folder",
    "network",
    "write",
    "write_folder",
]


FORMATS: Mapping[str, Callable[[Store], bytes]] = {
    "json-ld": json_ld,
    "rdf-xml": rdf_xml,
    "plain": plain,
    "graphml": graphml,
    "gexf": gexf,
}
"""By name, what writes each format that is one file, out of a graph in memory. Others are `STREAMS`."""
_FILES: Mapping[str, Callable[[Store], Mapping[str, bytes]]] = {"csv": tables, "neo4j": neo4j, "kuzu": kuzu}
FOLDERS = (*_FILES, "parquet")
"""The formats that are a folder of files."""
DESCRIPTIONS: Mapping[str, str] = {
    "turtle": "RDF 1.1 Turtle, the same bytes as a build writes",
    "ntriples": "RDF 1.1 N-Triples, one triple a line",
    "nquads": "RDF 1.1 N-Quads: TriG's graphs, one quad a line",
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


_ENDINGS = {
    **dict.fromkeys(("xlsx", "xls", "excel"), "csv"),
    **dict.fromkeys(("jsonld", "json"), "json-ld"),
    **dict.fromkeys(("rdf", "rdfxml", "xml", "owl"), "rdf-xml"),
    "ttl": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "nq": "nquads",
    "n-quads": "nquads",
}
"""What people call formats otherwise, and the one that is meant."""


def _no_format(form: str) -> QueryError:
    meant = _ENDINGS.get(form.lower())
    near = f"; {meant} is meant for that: {DESCRIPTIONS[meant]}" if meant else ""
    return QueryError(f"{form}: no such format{near}; use one of {', '.join(DESCRIPTIONS)}")


def export(graph: Path, form: str) -> bytes:
    """The graph of a built folder or RDF file in a format of one file.

    Raises QueryError where there is no such graph or format, or the format is a folder of files.
    """
    output = io.BytesIO()
    write(graph, form, output)
    return output.getvalue()


def write(graph: Path, form: str, output: IO[bytes]) -> None:
    """Write the same, with the same errors; formats in `STREAMS` without holding the graph in memory."""
    if form in FOLDERS:
        raise QueryError(f"{form}: is a folder of files; name the folder with -o")
    if form in STREAMS:
        STREAMS[form](graph, output)
    elif form in FORMATS:
        output.write(FORMATS[form](open_store(graph)))
    else:
        raise _no_format(form)


def export_folder(graph: Path, form: str) -> Mapping[str, bytes]:
    """The files of a graph in one of `FOLDERS`, by name; raises QueryError as `write_folder` does."""
    with tempfile.TemporaryDirectory() as place:
        return {path.name: path.read_bytes() for path in write_folder(graph, form, Path(place))}


def write_folder(graph: Path, form: str, folder: Path) -> Iterator[Path]:
    """Write the files of one of `FOLDERS` into a folder, each whole or not at all; gives their paths.

    Raises QueryError where there is no such graph or format, or its library is not installed.
    """
    if form not in FOLDERS:
        raise _no_format(form)
    store = open_store(graph)
    if form == "parquet":
        yield from parquet(store, folder)
        return
    for name, content in _FILES[form](store).items():
        write_file(folder / name, content)
        yield folder / name
