"""A division's share of a split page: made with its part of the graph, and kept as that is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass

from jiceng import page
from jiceng.graph.identity import fact_iri
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Statement
from jiceng.pickling import quickly_pickled
from jiceng.store.database import packed, pickled


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Share:
    """A division's files, and their names, hashes and sizes, by the key of its pieces.

    Documents have no names in it (`page.with_names`), and long texts no files: these are several divisions'.
    """

    key: bytes
    rows: bytes
    files: tuple[tuple[str, bytes], ...]
    listed: tuple[tuple[str, str, int], ...]


def make(
    key: bytes,
    corpus: Corpus,
    long: Collection[str],
    lexicon: Lexicon,
    iris: Callable[[Statement], str] = fact_iri,
) -> Share:
    """Make the share of a division's own corpus; `long` are the hashes of long texts, which it lacks."""
    made = page.prepare_division(corpus, lexicon.gazetteer.by_code, iris, long)
    files = sorted(made.files)
    return Share(
        key,
        packed(made.rows),
        tuple((name, packed(data)) for name, data in files),
        tuple((name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in files),
    )


def insert(connection: sqlite3.Connection, share: Share) -> None:
    """Put a share, if no other build has put it."""
    put = connection.execute(
        "insert or ignore into page (key, rows, files) values (?, ?, ?)",
        (share.key, share.rows, pickled(share.listed)),
    )
    if put.rowcount:
        number = put.lastrowid
        connection.executemany(
            "insert into page_file values (?, ?, ?)", ((number, name, data) for name, data in share.files)
        )


def show(connection: sqlite3.Connection, adcode: str, key: bytes) -> bool:
    """A division's share is the one of this key, if it is there."""
    query = "insert or replace into temp.shown select ?, id from page where key = ?"
    return connection.execute(query, (adcode, key)).rowcount > 0
