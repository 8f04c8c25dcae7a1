"""A built graph in the formats that other tools take.

`rdf` has what Oxigraph writes (TriG with a graph for each document), `json_ld` JSON-LD with a context that
people can read, `networks` the formats of network tools, `tables` flat tables for people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jiceng.errors import QueryError
from jiceng.export.json_ld import json_ld
from jiceng.export.networks import gexf, graphml, network
from jiceng.export.rdf import oxigraph, trig, turtle
from jiceng.export.tables import tables
from jiceng.query import open_store

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["FOLDERS", "FORMATS", "export", "export_folder", "network"]


FORMATS: Mapping[str, Callable[[Store], bytes]] = {
    "turtle": turtle,
    "ntriples": oxigraph("N_TRIPLES"),
    "trig": trig,
    "json-ld": json_ld,
    "rdf-xml": oxigraph("RDF_XML"),
    "graphml": graphml,
    "gexf": gexf,
}
"""By name, what writes each format that is one file."""
FOLDERS: Mapping[str, Callable[[Store], Mapping[str, bytes]]] = {
    "csv": tables,
}
"""By name, what writes each format that is a folder of files: their names and contents."""


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
