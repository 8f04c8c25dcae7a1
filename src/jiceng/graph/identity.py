"""Which statements state the same fact: those whose IRI is the same."""

from __future__ import annotations

from decimal import Decimal

from jiceng.graph import iri
from jiceng.model import (
    Honour,
    Measurement,
    Mechanism,
    Organisation,
    Person,
    PolicyDocument,
    Statement,
    TierChain,
)


def fact_iri(statement: Statement) -> str:
    """The IRI of what a statement states.

    A measurement is the same if every field is; a chain if its tiers and type are; anything else if it has
    the same name in the same division.
    """
    fact, code = statement.fact, statement.division
    if isinstance(fact, Measurement):
        value = decimal(fact.value)
        rest = (fact.upper, fact.comparator, fact.unit, fact.action, fact.subject, fact.per, fact.period)
        what = iri.digest(fact.measured, value, *map(_plain, rest), fact.nature)
        return iri.mint("measurement", code, f"{fact.measured[:40]}-{value}-{what}")
    if isinstance(fact, TierChain):
        labels = [tier.label for tier in fact.tiers]
        ends = "-".join(label[:30] for label in labels[:1] + labels[1:][-1:])
        return iri.mint("tier-chain", code, f"{ends}-{iri.digest(fact.chain_type, labels)}")
    if isinstance(fact, Mechanism):
        return iri.mint("adoption", code, fact.name)
    if isinstance(fact, Organisation):
        return iri.mint("organisation", code, fact.name)
    if isinstance(fact, PolicyDocument):
        return iri.mint("policy", code, fact.title)
    if isinstance(fact, Honour):
        return iri.mint("honour", code, fact.title, *filter(None, (fact.recipient, fact.period)))
    if isinstance(fact, Person):
        return iri.mint("person", code, fact.name)
    raise TypeError(f"no IRI is defined for a fact of type {type(fact).__name__}")


class Named:
    """`fact_iri` of objects that are asked for more than once: to compare takes as long as to make an IRI."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Statement, str]] = {}  # by id

    def __call__(self, statement: Statement) -> str:
        """The IRI of what a statement states."""
        known = self._known.get(id(statement))
        if known is None:
            known = self._known[id(statement)] = statement, fact_iri(statement)
        return known[1]


def decimal(value: Decimal) -> str:
    """The canonical form of XML Schema 1.1: no exponent, no zeros that say nothing (`12000`, `0.5`)."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _plain(value: object) -> object:
    return decimal(value) if isinstance(value, Decimal) else value
