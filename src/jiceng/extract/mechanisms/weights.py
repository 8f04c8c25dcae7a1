"""Linear models as readable tables: a score is the sum of the weights of the features that are present.

The file holds each table as lines `feature weight` in one text (for types: a weight for each): TOML's own
tables take ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import add
from typing import Generic, TypeVar

from jiceng.errors import OntologyError
from jiceng.rules import RuleFile

Table = Mapping[str, float]
T = TypeVar("T")


def score(table: Table, features: Iterable[str]) -> float:
    """Sum of the weights; a feature that the table doesn't have weighs nothing."""
    get = table.get
    return sum([weight for feature in features if (weight := get(feature)) is not None])


class Spelled(Generic[T]):
    """What a table has for characters and pairs of them, by these alone.

    They are a third of a name's features, and looked up faster so than by names of features, which would have
    to be written down first (`features.spelling`).
    """

    def __init__(self, table: Mapping[str, T]) -> None:
        families: dict[str, dict[str, T]] = {}
        for feature, value in table.items():
            family, _, what = feature.partition(".")
            if len(what) <= 2:
                families.setdefault(family, {})[what] = value
        self._char, self._pair, self._skip, self._first, self._final, self._around = (
            families.get(family, {}).get for family in ("char", "pair", "skip", "first", "final", "around")
        )

    def of(self, name: str) -> list[T]:
        """What it has for the spelling of a plain name, in the order of `features.spelling`, each once."""
        found = [
            *map(self._char, dict.fromkeys(name)),
            *map(self._pair, dict.fromkeys(map(add, name, name[1:]))),
            *map(self._skip, dict.fromkeys(map(add, name, name[2:]))),
        ]
        found += self._first(name[:2]), self._final(name[-2:])
        return [value for value in found if value is not None]

    def around(self, pairs: Iterable[str]) -> list[T]:
        """What it has for pairs of characters around a name, each once."""
        return [value for value in map(self._around, dict.fromkeys(pairs)) if value is not None]


@dataclass(frozen=True)
class Weights:
    """`cut` ranks the ways to cut a name, `name` accepts it (above zero); `rows` has for each feature its
    weights for all `types`, in their order."""

    cut: Table
    name: Table
    types: tuple[str, ...] = ()
    rows: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @cached_property
    def spelled(self) -> Spelled[float]:
        """The weights of `name` for the spelling of names."""
        return Spelled(self.name)

    @cached_property
    def spelled_rows(self) -> Spelled[Sequence[float]]:
        """The rows for the spelling of names and of what stands around them."""
        return Spelled(self.rows)

    def accepts(self, features: Iterable[str], name: str) -> float:
        """Score of a candidate by its features and the spelling of its plain name."""
        get = self.name.get
        found = [weight for feature in features if (weight := get(feature)) is not None]
        return sum([*found, *self.spelled.of(name)])

    def scores(
        self, features: Iterable[str], name: str = "", around: Iterable[str] = ()
    ) -> list[tuple[str, float]]:
        """Score of each type, by features, the spelling of a plain name and pairs of characters around it."""
        known = self.rows.get
        rows = [row for feature in features if (row := known(feature)) is not None]
        if name:
            rows += self.spelled_rows.of(name)
        rows += self.spelled_rows.around(around)
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
                f"{rules.path}: table {table!r} is missing or incomplete; "
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
