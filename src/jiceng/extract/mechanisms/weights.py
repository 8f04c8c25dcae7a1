"""Linear models as readable tables: a score is the sum of the weights of the features that are present.

The file holds each table as lines `feature weight` in one text: TOML's own tables take ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jiceng.errors import OntologyError
from jiceng.rules import RuleFile

Table = Mapping[str, float]


def score(table: Table, features: Iterable[str]) -> float:
    """Sum of the weights; a feature that the table doesn't have weighs nothing."""
    get = table.get
    return sum([weight for feature in features if (weight := get(feature)) is not None])


@dataclass(frozen=True)
class Weights:
    """`cut` ranks the ways to cut a name, `name` accepts it (above zero), `type` holds a table a type."""

    cut: Table
    name: Table
    type: Mapping[str, Table]
    _rows: dict[str, list[float]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def scores(self, features: Iterable[str]) -> list[tuple[str, float]]:
        """Score of each type."""
        known = self._rows.get if self._rows else self._fill().get
        rows = [row for feature in features if (row := known(feature)) is not None]
        sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(self.type)
        return list(zip(self.type, sums, strict=True))

    def _fill(self) -> dict[str, list[float]]:
        """Each feature with its weights for all types; made when first asked for."""
        for number, table in enumerate(self.type.values()):
            for feature, weight in table.items():
                row = self._rows.get(feature)
                if row is None:
                    row = self._rows[feature] = [0.0] * len(self.type)
                row[number] = weight
        return self._rows

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
