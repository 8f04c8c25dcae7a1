"""What an explanation consists of; plain values, so that it can be printed or written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jiceng.explain.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the article's repaired text: the words before, in and after it (body offsets)."""

    start: int
    end: int
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule: what it is for, its pattern as the file has it (empty where code decides), examples."""

    name: str
    about: str
    file: str
    pattern: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A label of a vocabulary that stands in the quote."""

    text: str
    scheme: str
    notation: str
    label: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A join of two places of the source that the quote reads across."""

    before: str
    after: str
    raw_before: int
    raw_after: int
    doubtful: bool
    reasons: tuple[tuple[str, float], ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacementTold:
    """Why the part of the page that the quote stands in was given to its division (raw offsets)."""

    start: int
    end: int
    doubtful: bool
    belief: float
    rival: str
    rival_belief: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could have been a fact in the same sentence and is none, and why."""

    kind: str
    text: str
    why: str
    score: float | None = None
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """How one place of one source gives the fact; `matched` are the patterns that matched in the sentence."""

    path: str
    article: str
    division: str
    place: Place
    rule: RuleTold
    words: tuple[Word, ...]
    links: Mapping[str, str]
    weighed: tuple[tuple[str, float], ...]
    score: float | None
    alternatives: tuple[tuple[str, float], ...]
    matched: tuple[tuple[str, str], ...]
    doubtful: bool
    joins: tuple[Joined, ...]
    doubtful_placement: bool
    placements: tuple[PlacementTold, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact as the graph has it, an account for each place where it was found again, and what is missing."""

    recorded: Recorded
    accounts: tuple[Account, ...] = ()
    notes: tuple[str, ...] = field(default=())
