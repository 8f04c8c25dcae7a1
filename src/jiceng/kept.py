"""The documents of a built folder, from the texts that it keeps and what its graph says of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from jiceng.errors import QueryError
from jiceng.graph.namespaces import JC, PROV, RDF, SCHEMA
from jiceng.model import Origin, Source
from jiceng.output import OURS, TEXTS

CATALOGUE = "documents.jsonl"
"""A line of JSON for each document of a build: name, hash, origin, and other names of the same text."""


def catalogue(folder: Path) -> Iterator[dict[str, Any]]:
    """What a build says of its documents; raises OSError, or ValueError where it is broken."""
    with (folder / CATALOGUE).open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            if not isinstance(record, dict) or not isinstance(record.get("sha256"), str):
                raise ValueError("a line that is no document")
            yield record


def sources(folder: Path) -> list[Source]:
    """All documents; raises QueryError where the folder is no build or lacks a text."""
    store = Store()
    try:
        store.load(path=str(folder / OURS), format=RdfFormat.TURTLE)
    except (OSError, SyntaxError) as error:
        raise QueryError(f"{folder / OURS}: cannot be read: {error}; name the folder of a build") from error

    def said(node: NamedNode, predicate: NamedNode) -> str:
        values = (quad.object for quad in store.quads_for_pattern(node, predicate, None))
        return next((value.value for value in values if isinstance(value, (Literal, NamedNode))), "")

    found = []
    for quad in store.quads_for_pattern(None, RDF.type, JC.SourceDocument):
        node = quad.subject
        if not isinstance(node, NamedNode):
            continue
        sha = said(node, SCHEMA.sha256)
        path = folder / TEXTS / f"{sha}.txt"
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(
                f"{path}: cannot be read: {error}; build the folder anew from its documents"
            ) from error
        found.append(Source(said(node, SCHEMA.name), sha, text, _origin(node, said)))
    return sorted(found, key=lambda source: source.name)


def _origin(node: NamedNode, said: Callable[[NamedNode, NamedNode], str]) -> Origin | None:
    derived = said(node, PROV.wasDerivedFrom)
    if not derived:
        return None
    file = NamedNode(derived)
    published = said(node, SCHEMA.datePublished)
    return Origin(
        said(file, SCHEMA.name),
        said(file, SCHEMA.sha256),
        date.fromisoformat(published) if published else None,
        said(node, SCHEMA.publisher),
        said(node, SCHEMA.headline),
        said(node, SCHEMA.url),
    )
