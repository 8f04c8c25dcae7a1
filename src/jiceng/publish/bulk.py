"""Files for Virtuoso's bulk loader: what `publish` puts, for graphs that are too large to be sent.

The same named graphs as `graphs` makes, written as N-Quads in order, in files of limited size, without
holding the graph in memory; beside them the SQL that loads them, and the SQL that takes our graphs away.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from jiceng.errors import BuildError, PublishError
from jiceng.export.sorting import sorted_lines
from jiceng.graph import iri
from jiceng.output import TIME, write_file, writing
from jiceng.publish.graphs import ONTOLOGY, SHARED, quads
from jiceng.query import open_store
from jiceng.resources import ontology_directory

_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")
SHARD = 128 << 20
"""Bytes of N-Quads after which another file begins; Virtuoso loads files side by side."""
LOAD, CLEAR = "load.sql", "clear.sql"

_LOAD = """\
-- Load the graphs into Virtuoso. The server must be able to read the folder: it must stand in DirsAllowed
-- (virtuoso.ini), and be named as the server sees it. Run for example
--   isql-vt 1111 dba < {load}
-- and, at the same time, `rdf_loader_run ();` in other sessions: each loads other files.
DELETE FROM DB.DBA.LOAD_LIST WHERE ll_file LIKE '{place}/jiceng-%.nq.gz';
ld_dir ('{place}', 'jiceng-%.nq.gz', '{shared}');
rdf_loader_run ();
checkpoint;
-- Nothing must be left, and nothing have failed:
SELECT ll_file, ll_state, ll_error FROM DB.DBA.LOAD_LIST
 WHERE ll_file LIKE '{place}/jiceng-%.nq.gz' AND (ll_state <> 2 OR ll_error IS NOT NULL);
-- There must be {triples} triples in {graphs} graphs:
SPARQL SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?g) AS ?graphs)
 {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), '{base}')) }};
"""
_CLEAR = """\
-- Take away all graphs of ours, those of earlier builds too: a bulk load only adds.
CREATE PROCEDURE DB.DBA.JICENG_CLEAR ()
{{
  FOR (SPARQL SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), '{base}')) }}) DO
    {{
      exec (sprintf ('SPARQL CLEAR GRAPH <%s>', "g"));
      commit work;
    }}
}};
DB.DBA.JICENG_CLEAR ();
DROP PROCEDURE DB.DBA.JICENG_CLEAR;
"""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What was written: the files, and how many triples in how many named graphs they hold."""

    files: tuple[Path, ...]
    triples: int
    graphs: int


def write_bulk(graph: Path, folder: Path, seen_as: str = "", ontology: bool = True) -> Bulk:
    """Write the loader's files and scripts for a built folder (or RDF file).

    `seen_as` is the folder's path on the server, where that is another machine or a container. Raises
    QueryError if the graph cannot be read, PublishError if the folder holds other things or its path cannot
    be written into SQL, BuildError if it cannot be written.
    """
    place = seen_as.rstrip("/") or str(folder.resolve())
    if not _PLAIN.fullmatch(place):
        raise PublishError(f"{place}: only letters, digits and . _ - / may stand in the path; name another")
    if folder.exists() and not folder.is_dir():
        raise PublishError(f"{folder}: is a file; name a new or empty folder with --bulk")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [
            p.name for p in folder.iterdir() if p.name not in (LOAD, CLEAR) and not p.match("jiceng-*.nq.gz")
        ]
        if others:
            raise PublishError(f"{folder}: holds other files ({min(others)}); name an empty or new folder")
        for path in folder.iterdir():
            path.unlink()
    except OSError as error:
        raise BuildError(f"{folder}: cannot be written: {error}; name another folder") from error
    files: list[Path] = []
    triples, names, last = 0, 0, b""
    with ExitStack() as opened:
        size, stream = SHARD, None
        for line in sorted_lines(_keyed(graph, ontology)):
            name, _, triple = line[:-1].partition(b"\t")
            names += name != last
            last = name
            triples += 1
            if size >= SHARD or stream is None:
                opened.close()
                files.append(folder / f"jiceng-{len(files) + 1:04}.nq.gz")
                stream, size = opened.enter_context(_zipped(files[-1])), 0
            size += stream.write(triple + b" " + name + b" .\n")
    words = {"place": place, "shared": SHARED, "base": iri.BASE, "triples": triples, "graphs": names}
    for script, text in ((CLEAR, _CLEAR), (LOAD, _LOAD)):
        write_file(folder / script, text.format(load=folder / LOAD, **words).encode())
        files.append(folder / script)
    return Bulk(tuple(files), triples, names)


def _keyed(graph: Path, ontology: bool) -> Iterator[bytes]:
    """Lines that sort by graph and triple."""
    from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

    for quad in quads(open_store(graph)):
        yield f"{quad.graph_name}\t{quad.triple}\n".encode()
    time = graph / TIME
    if time.is_file():
        for quad in parse(path=str(time), format=RdfFormat.TURTLE):
            yield f"<{SHARED}>\t{quad.triple}\n".encode()
    if ontology:
        terms = Dataset(parse(path=str(ontology_directory() / "jiceng.ttl"), format=RdfFormat.TURTLE))
        terms.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)  # names its blank nodes, the same each time
        for quad in terms:
            yield f"<{ONTOLOGY}>\t{quad.triple}\n".encode()


@contextmanager
def _zipped(path: Path) -> Iterator[IO[bytes]]:
    """A file of gzip without a time or a name in it: equal graphs are equal bytes."""
    with writing(path) as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as stream:
        yield cast("IO[bytes]", stream)
