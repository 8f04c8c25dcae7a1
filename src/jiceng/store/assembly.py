"""The pieces of the current documents, put together: streams of bytes, in the order of the file."""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pyoxigraph import NamedNode

from jiceng import __version__, validate
from jiceng.graph import documents as described
from jiceng.graph import iri, pieces, provenance
from jiceng.graph.builder import rank
from jiceng.graph.namespaces import SKOS
from jiceng.graph.nodes import Node, nodes_of
from jiceng.graph.serialise import header, order, written_body
from jiceng.lexicon import Lexicon
from jiceng.link.mechanisms import COMMON, near_among
from jiceng.model import Origin
from jiceng.store import documents
from jiceng.store.database import packed, unpacked

BATCH = 200
"""Shared mechanisms that are written at once."""
Stream = Iterator[tuple[str, bytes, int]]
"""Sort key, Turtle, number of triples; the key is a prefix of the subjects, or a whole subject."""


@dataclass
class Whole:
    """What the graph of the current documents has, counted while it is written."""

    connection: sqlite3.Connection
    lexicon: Lexicon
    triples: int = 0
    activity: str = ""
    _terms: dict[str, tuple[str, bytes, int]] = field(default_factory=dict)
    _mechanism_triples: int = 0

    def turtle(self) -> Iterator[bytes]:
        """The whole graph; the same bytes as `graph.turtle` of all documents in memory."""
        hashes = (sha for (sha,) in self._select("select sha from temp.placed order by sha"))
        ontology = self.lexicon.directory
        self.activity = iri.mint(
            "activity",
            iri.digest_of_list((__version__, provenance.rules_sha256(ontology)), hashes),
        )
        self._mechanisms()
        yield header()
        streams = [self._shared(), iter(self._provenance()), self._mechanism_nodes(), self._files()]
        streams += [self._of_documents(kind) for kind in ("article", "document", "evidence")]
        streams += [self._of_divisions(kind) for kind in pieces.KINDS]
        for _, data, number in heapq.merge(*streams, key=lambda item: item[0]):
            self.triples += number
            yield data

    def facts(self) -> dict[str, int]:
        """How many facts of each kind there are."""
        total: Counter[str] = Counter()
        for (told,) in self._select("select facts from temp.now n join division d on d.id = n.division"):
            total.update(json.loads(told))
        return dict(sorted(total.items()))

    def lines(self) -> Iterator[bytes]:
        """The articles as JSON Lines, by document."""
        query = """
            select p.name, c.lines from temp.placed p cross join content c on c.document = p.document
            order by p.place
        """
        return (documents.lines(unpacked(blob), name) for name, blob in self._select(query))

    def _select(self, query: str, *values: object) -> sqlite3.Cursor:
        return self.connection.execute(query, values)

    # --- what documents and divisions own --------------------------------------------------------------

    def _of_documents(self, kind: str) -> Stream:
        column = "described" if kind == "document" else kind
        chosen, joined, number = f"c.{column}", "", "0"
        if kind == "evidence":
            # All triples of a document are counted here, so that each is counted once.
            chosen = "case when r.document is null then c.evidence else r.evidence end"
            joined = "left join temp.redone r on r.document = p.document"
            number = "coalesce(r.triples, (select triples from document where id = p.document))"
        query = f"""
            select substr(p.sha, 1, 12), {chosen}, {number}, p.name, p.file_sha from temp.placed p
            cross join content c on c.document = p.document {joined} order by p.sha
        """
        activity = self.activity.removeprefix(iri.BASE).encode()
        for sha, blob, triples, name, file_sha in self._select(query):
            data = unpacked(blob) if blob is not None else b""
            if kind == "article":
                data = data.replace(pieces.ACTIVITY, activity)
            elif kind == "document":
                data = documents.described(data, name, file_sha)
            yield f"<{iri.ID}{kind}/{sha}", data, triples

    def _files(self) -> Stream:
        query = """
            select distinct file, file_sha from temp.placed where file_sha is not null
            order by substr(file_sha, 1, 12), file, file_sha
        """
        named = (Origin(name=name, sha256=sha) for name, sha in self._select(query))
        for node, origins in groupby(named, described.file_iri):
            # The same bytes may go by several names: of these the least counts.
            about = min((tuple(described.file(origin)) for origin in origins), key=rank)
            (told,) = nodes_of(about).values()
            yield f"<{node}>", told.turtle, len(told)

    def _of_divisions(self, kind: str) -> Stream:
        query = """
            select n.adcode, f.data from temp.now n
            cross join fragment f on f.division = n.division and f.kind = ? order by n.adcode
        """
        for adcode, blob in self._select(query, kind):
            yield f"<{iri.ID}{kind}/{adcode}/", unpacked(blob), 0
        if kind == pieces.KINDS[-1]:
            total = "select coalesce(sum(d.triples), 0) from temp.now n join division d on d.id = n.division"
            yield f"<{iri.ID}{kind}/~", b"", self._select(total).fetchone()[0]

    # --- what all of them share ------------------------------------------------------------------------

    def _shared(self) -> Stream:
        query = """
            select t.subject, t.rank, t.data, t.triples from term t
            where t.id in (select dt.term from temp.now n join division_term dt on dt.division = n.division)
            order by t.subject, t.rank, t.data
        """
        kept = ((subject, rank, data, number) for subject, rank, data, number in self._select(query))
        own = ((subject, *self._terms[subject]) for subject in sorted(self._terms))
        for subject, found in groupby(heapq.merge(kept, own), lambda row: row[0]):
            _, _, data, number = next(found)
            yield subject, data, number

    def _provenance(self) -> list[tuple[str, bytes, int]]:
        rules = sorted(
            {
                rule
                for (told,) in self._select(
                    "select distinct d.rules from temp.now n join division d on d.id = n.division"
                )
                for rule in json.loads(told)
            }
        )
        marker = "0" * 64
        triples = sorted(
            provenance.described(self.lexicon.directory, [marker], rules, self.activity), key=order
        )
        validate.of_provenance(triples, iri.document(marker))
        place = f"<{iri.document(marker).removeprefix(iri.BASE)}>"
        hashes = self._select("select substr(sha, 1, 12) from temp.placed order by sha")
        used = [place.replace(marker[:12], sha) for (sha,) in hashes]
        found = []
        for subject, about in groupby(triples, lambda t: t.subject):
            own = tuple(about)
            body, number = written_body(own), len(own)
            if subject == NamedNode(self.activity):
                body = body.replace(place.encode(), " , ".join(used).encode(), 1)
                number += len(used) - 1
            found.append((str(subject), body, number))
        return found

    def _mechanisms(self) -> None:
        """Write the shared mechanisms to a table, and gather the concepts that they refer to."""
        execute = self.connection.execute
        for table in ("used", "near", "nodes"):
            execute(f"delete from temp.{table}")
        execute(
            "insert or ignore into temp.used select m.mechanism from temp.now n "
            "join division_mechanism m on m.division = n.division"
        )
        self._close_pairs()
        query = """
            select m.iri, m.id, m.name, d.name, d.type, sum(d.count) from temp.now n
            join division_mechanism d on d.division = n.division join mechanism m on m.id = d.mechanism
            group by m.iri, d.name, d.type order by m.iri
        """
        terms: dict[str, Node] = {}
        batch: list[Node] = []
        ranks: dict[str, str] = {}
        groups = groupby(self._select(query), lambda row: row[0])
        for number, (subject, rows) in enumerate(groups, 1):
            names: Counter[str] = Counter()
            types: Counter[str] = Counter()
            for _, found, key, name, kind, count in rows:
                at, label = found, key
                names[name] += count
                types[kind] += count
            told = pieces.mechanism(subject[1:-1], label, names, types, self.lexicon)
            near = self._select("select other from temp.near where one = ?", at)
            node = NamedNode(subject[1:-1])
            told.include((node, SKOS.closeMatch, NamedNode(other[1:-1])) for (other,) in near)
            batch.append(told.said()[node.value])
            terms |= told.terms
            ranks |= told.ranks
            if number % BATCH == 0:
                self._write_nodes(batch)
                batch = []
        self._write_nodes(batch)
        for subject, term in terms.items():
            self._terms[f"<{subject}>"] = ranks.get(subject, ""), term.turtle, len(term)

    def _write_nodes(self, batch: list[Node]) -> None:
        if batch:
            self._mechanism_triples += sum(map(len, batch))
            body = packed(b"".join(node.turtle for node in batch))
            self.connection.execute("insert into temp.nodes (data) values (?)", (body,))

    def _mechanism_nodes(self) -> Stream:
        for (data,) in self._select("select data from temp.nodes order by number"):
            yield f"<{iri.ID}mechanism/", unpacked(data), 0
        yield f"<{iri.ID}mechanism/~", b"", self._mechanism_triples

    def _close_pairs(self) -> None:
        # In the order of the index: a pair of characters after the other, none of them sorted or held.
        query = """
            select g.gram, m.id, m.iri, m.name from gram g cross join temp.used u on u.mechanism = g.mechanism
            cross join mechanism m on m.id = g.mechanism order by g.gram
        """
        pairs = (pair for _, rows in groupby(self._select(query), lambda r: r[0]) for pair in _near(rows))
        # Read to the end before writing: of a table that is written to, what is read is not defined.
        self.connection.executemany("insert or ignore into temp.near values (?, ?)", pairs)


def _near(rows: Iterable[tuple[str, int, str, str]]) -> Iterator[tuple[int, str]]:
    having: dict[str, tuple[int, str]] = {}
    for _, number, subject, key in rows:
        having[key] = number, subject
        if len(having) > COMMON:
            return
    for one, other in near_among(having):
        yield having[one][0], having[other][1]
