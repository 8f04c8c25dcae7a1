"""Who made the graph, from what and by which rules (PROV-O), without saying when.

The time of a build would make the bytes of equal graphs differ; it is no part of the graph. Where it is asked
for, `timed` says it of the same activity, for a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from jiceng import __version__
from jiceng.graph import iri
from jiceng.graph.namespaces import DCT, PROV, RDF, RDFS, SCHEMA, XSD


@cache
def rules_sha256(ontology: Path) -> str:
    """SHA-256 over the names and contents of all rules and vocabularies, as hex digits."""
    total = sha256()
    for path in sorted((*(ontology / "rules").glob("*.toml"), *(ontology / "vocabulary").glob("*.ttl"))):
        content = sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.parent.name}/{path.name} {content}\n".encode())
    return total.hexdigest()


def activity(ontology: Path, documents: Iterable[str]) -> str:
    """The IRI of reading these documents (by SHA-256) with this version and these rules."""
    return iri.mint("activity", iri.digest_of_list((__version__, rules_sha256(ontology)), sorted(documents)))


def described(
    ontology: Path, documents: Iterable[str], rules: Iterable[str], act_iri: str | None = None
) -> Iterator[Triple]:
    """The activity, what it used, the software that did it, and the rules that it followed.

    `act_iri` is given where the documents are not all.
    """
    documents = sorted(documents)
    rules_hash = rules_sha256(ontology)
    act = NamedNode(act_iri or activity(ontology, documents))
    agent = NamedNode(iri.mint("software", f"jiceng-{__version__}"))
    plan = NamedNode(iri.mint("rules", rules_hash[:12]))
    association = NamedNode(f"{act.value}/association")
    yield Triple(act, RDF.type, PROV.Activity)
    yield Triple(act, RDFS.label, Literal("由文本构建知识图谱", language="zh"))
    for document in documents:
        yield Triple(act, PROV.used, NamedNode(iri.document(document)))
    yield Triple(act, PROV.wasAssociatedWith, agent)
    yield Triple(act, PROV.qualifiedAssociation, association)
    yield Triple(association, RDF.type, PROV.Association)
    yield Triple(association, PROV.agent, agent)
    yield Triple(association, PROV.hadPlan, plan)
    yield Triple(agent, RDF.type, PROV.SoftwareAgent)
    yield Triple(agent, RDFS.label, Literal(f"jiceng {__version__}"))
    yield Triple(agent, SCHEMA.softwareVersion, Literal(__version__))
    yield Triple(plan, RDF.type, PROV.Plan)
    yield Triple(plan, RDFS.label, Literal("规则与词表", language="zh"))
    yield Triple(plan, SCHEMA.sha256, Literal(rules_hash))
    for name in sorted(set(rules)):
        rule = NamedNode(iri.mint("rule", name))
        yield Triple(plan, DCT.hasPart, rule)
        yield Triple(rule, RDF.type, PROV.Plan)
        yield Triple(rule, DCT.identifier, Literal(name))


def timed(activity: str, started: datetime, ended: datetime) -> Iterator[Triple]:
    """When an activity began and ended, to the second, in UTC."""
    for predicate, moment in ((PROV.startedAtTime, started), (PROV.endedAtTime, ended)):
        text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield Triple(NamedNode(activity), predicate, Literal(text, datatype=XSD.dateTime))
