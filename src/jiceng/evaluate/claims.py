"""What is compared, and what comes out: the types of the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiceng.model import Span

KINDS = ("metric", "tier_chain", "mechanism", "organisation", "policy", "honour", "person")


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact as gold or a graph states it about a division in a document.

    `phrase` is what it is recognised by (measured phrase, name or title), `tiers` those of a chain, top
    first; `fields` the others, as text; `types` all types that the gold accepts; `spans` the raw places;
    `rule` the name of the rule that found it, empty in gold.
    """

    kind: str
    source: str
    adcode: str
    phrase: str = ""
    tiers: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    rule: str = ""

    @property
    def label(self) -> str:
        """The fact in short, for lists of misses."""
        if self.kind == "tier_chain":
            return " — ".join(self.tiers)
        number = "".join(self.fields.get(name, "") for name in ("value", "unit"))
        return f"{number} {self.phrase}".strip()


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One district's article as an annotator cut it: what begins its blocks, or its sentences whole."""

    district: str
    adcode: str
    blocks: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated document with its decoded text; `path` is where it was found.

    `notes` tell of quotes that show no place: what compares places accepts their facts anywhere.
    """

    source: str
    text: str = field(repr=False)
    articles: tuple[GoldArticle, ...]
    claims: tuple[Claim, ...]
    path: Path = Path()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Build:
    """What a built folder says: its facts, and its articles as `articles.jsonl` has them."""

    claims: tuple[Claim, ...]
    articles: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How many facts of a kind the gold has, the build found, and agree (`right`)."""

    kind: str
    measure: str  # core or strict
    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where the gold is empty."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.found) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class FieldRow:
    """In how many of the paired facts of a kind a field agrees."""

    kind: str
    name: str
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How many facts a rule found in the documents, and how many of them agree with the gold."""

    rule: str
    found: int
    core: int
    strict: int

    @property
    def precision(self) -> float:
        """Share of the found that agrees (core)."""
        return self.core / self.found if self.found else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A fact that is `missing` from the build, `extra` in it, or `loose`: paired, but not strictly."""

    what: str
    kind: str
    source: str
    district: str
    label: str
    quote: str
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of an article's text (characters, or whole sentences) stands in the right article."""

    source: str
    district: str
    right: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The outcome: two rows a kind (core, strict), fields, articles and the list of misses."""

    documents: int
    rows: tuple[Row, ...]
    fields: tuple[FieldRow, ...]
    readings: tuple[Reading, ...]
    misses: tuple[Miss, ...]
    rules: tuple[RuleRow, ...] = ()

    @property
    def reading(self) -> float:
        """Mean over the articles of the share that stands right."""
        return sum(r.share for r in self.readings) / len(self.readings) if self.readings else 0.0
