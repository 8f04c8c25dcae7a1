"""Linear models as readable tables: a score is the sum of the weights of the features that are present.

The file holds each table as lines `feature weight` in one text: TOML's own tables take ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jiceng.errors import OntologyError
from jiceng.rules import RuleFile

Table = Mapping[str, float]


def score(table: Table, features: Iterable[str]) -> float:
    """Sum of the weights; a feature that the table doesn't have weighs nothing."""
    return sum(table.get(feature, 0.0) for feature in features)


@dataclass(frozen=True, slots=True)
class Weights:
    """`cut` ranks the ways to cut a name, `name` accepts it (above zero), `type` holds a table a type."""

    cut: Table
    name: Table
    type: Mapping[str, Table]

    @classmethod
    def of(cls, rules: RuleFile) -> Weights:
        """The tables of `rules/mechanism_weights.toml`; raises OntologyError if one is missing."""
        missing = [table for table in ("cut", "name", "type") if table not in rules.tables]
        if missing:
            raise OntologyError(
                f"ontology/rules/{rules.name}.toml: table {missing[0]!r} is missing; "
                "scripts/train_mechanisms.py writes the file"
            )
        kinds = rules.tables["type"]
        return cls(
            read(rules.tables["cut"]),
            read(rules.tables["name"]),
            {kind: read(table) for kind, table in kinds.items()},
        )


def read(table: Mapping[str, str]) -> Table:
    """The weights of one table of the file."""
    found = {}
    for line in table.get("weights", "").split("\n"):
        feature, _, weight = line.rpartition(" ")
        if feature:
            found[feature] = float(weight)
    return found
