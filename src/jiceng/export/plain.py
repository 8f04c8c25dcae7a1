"""Plain triples for tools that dislike n-ary nodes: division → mechanism, division → number, and so on.

What is constructed stands in `ontology/plain/` as SPARQL, the properties in the ontology; a property for each
indicator is declared in the file itself. Statements and evidences are no nodes any more; use the whole graph
to tell where a triple comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiceng.graph import turtle_of
from jiceng.graph.iri import ID
from jiceng.graph.namespaces import OWL, PREFIXES
from jiceng.resources import ontology_directory

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple

_MORE = {"owl": OWL.base, "value": ID + "indicator-value/"}


def plain(store: Store) -> bytes:
    """The plain triples as Turtle: sorted, the same bytes for the same graph."""
    return turtle_of(plain_triples(store), _MORE)


def plain_triples(store: Store) -> set[Triple]:
    """What the queries of `ontology/plain/` construct from all graphs of a store."""
    found: set[Triple] = set()
    for path in sorted((ontology_directory() / "plain").glob("*.rq")):
        answer: Any = store.query(
            path.read_text("utf-8"), prefixes={**PREFIXES, **_MORE}, use_default_graph_as_union=True
        )
        found.update(answer)
    return found
