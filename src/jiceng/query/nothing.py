"""Why a query may have given no rows: a term or division that is not there, a label without its language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping

from pyoxigraph import NamedNode, RdfFormat, parse

from jiceng.graph.namespaces import JC
from jiceng.query.guard import terms
from jiceng.resources import ontology_directory

_BARE = re.compile(r"""(["'])([^"'\\\n]{1,60})\1(?![@^])""")
_DIVISIONS = "SELECT DISTINCT ?name { ?d a jc:AdministrativeDivision ; rdfs:label ?name }"


def remark(text: str, values: Mapping[str, str], ask: Callable[[str], str]) -> str:
    """What is said below an empty answer to a SPARQL text with these parameters; empty if nothing is odd.

    `ask` answers another query of the same graph as CSV.
    """
    known = _defined()
    for term in sorted(terms(text, "jc") - set(known)):
        near = difflib.get_close_matches(term, known, n=2)
        told = f"; near it: {', '.join(f'jc:{name}' for name in near)}" if near else ""
        return f"no rows: the ontology has no jc:{term}{told}"
    district = values.get("district")
    if district is None and not values:
        return _untagged(text, ask)
    if district is None:
        return "no rows; are the values of --set written as the graph has them?"
    names = ask(_DIVISIONS).split()[1:]
    if district in names:
        return f"no rows: the graph has nothing of this kind for {district}"
    near = [name for name in names if name.startswith(district)] or difflib.get_close_matches(district, names)
    told = f"; near it: {', '.join(near[:3])}" if near else "; `jiceng query overview` tells which there are"
    return f"no rows: the graph has no division {district}{told}"


def _untagged(text: str, ask: Callable[[str], str]) -> str:
    """That a text names a label without its language, where the graph has it only with one."""
    for found in _BARE.finditer(text):
        if found[2].isascii():
            continue
        label = f'"{found[2]}"@zh'
        there = [ask(f"SELECT ?p {{ ?s ?p {name} }} LIMIT 1").count("\n") > 1 for name in (label, found[0])]
        if there == [True, False]:
            return f"no rows: the graph has {label}, which is not the same as {found[0]} without its language"
    return ""


def _defined() -> list[str]:
    """The names of the ontology's own terms, without their prefix."""
    quads = parse(path=str(ontology_directory() / "jiceng.ttl"), format=RdfFormat.TURTLE)
    named = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return sorted(iri.removeprefix(JC.base) for iri in named if iri.startswith(JC.base))
