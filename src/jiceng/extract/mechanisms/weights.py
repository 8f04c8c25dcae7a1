"""Linear models as readable tables: a score is the sum of the weights of the features that are present."""

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
        return cls(rules.tables["cut"], rules.tables["name"], rules.tables["type"])
