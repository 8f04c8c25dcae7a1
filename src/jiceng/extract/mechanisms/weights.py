"""Linear models as readable tables: a score is the sum of the weights of the features that are present.

The file holds each table as lines `feature weight` in one text (for types: a weight for each): TOML's own
tables take ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from jiceng.errors import OntologyError
from jiceng.rules import RuleFile

Table = Mapping[str, float]


def score(table: Table, features: Iterable[str]) -> float:
    """Sum of the weights; a feature that the table doesn't have weighs nothing."""
    get = table.get
    return sum([weight for feature in features if (weight := get(feature)) is not None])


@dataclass(frozen=True)
class Weights:
    """`cut` ranks the ways to cut a name, `name` accepts it (above zero); `rows` has for each feature its
    weights for all `types`, in their order."""

    cut: Table
    name: Table
    types: tuple[str, ...] = ()
    rows: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def scores(self, features: Iterable[str]) -> list[tuple[str, float]]:
        """Score of each type."""
        known = self.rows.get
        rows = [row for feature in features if (row := known(feature)) is not None]
        sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(self.types)
        return list(zip(self.types, sums, strict=True))

    @classmethod
    def of(cls, rules: RuleFile) -> Weights:
        """The tables of `rules/mechanism_weights.toml`; raises OntologyError if one is missing."""
        missing = [table for table in ("cut", "name", "type") if table not in rules.tables]
        kinds = rules.tables.get("type", {})
        if missing or "types" not in kinds:
            table = (missing or ["type"])[0]
            raise OntologyError(
                f"ontology/rules/{rules.name}.toml: table {table!r} is missing or incomplete; "
                "scripts/train_mechanisms.py writes the file"
            )
        rows = {}
        number = cache(float)  # one object for each of a few hundred numbers: the tables stay near at hand
        for line in kinds.get("weights", "").splitlines():
            feature, *weights = line.split(" ")
            rows[feature] = tuple(map(number, weights))
        return cls(read(rules.tables["cut"]), read(rules.tables["name"]), tuple(kinds["types"].split()), rows)


def read(table: Mapping[str, str]) -> Table:
    """The weights of one table of the file."""
    found = {}
    number = cache(float)
    for line in table.get("weights", "").split("\n"):
        feature, _, weight = line.rpartition(" ")
        if feature:
            found[feature] = number(weight)
    return found
