"""Every type that the stages hand to each other (days: `days.py`); nearly nothing but the standard library.

Offsets count Unicode code points, zero-based, end exclusive. Two systems of offsets exist and are
never mixed: *raw* offsets count in the decoded source file (`Span`); *body* offsets count in an
article's repaired text (plain `start`, `end` integers). `Text.raw` leads from the second to the first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from jiceng.days import Day
from jiceng.pickling import pickled_by_value, quickly_pickled
from jiceng.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a decoded source file: raw code points, half open."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __reduce__(self) -> tuple[type[Span], tuple[object, ...]]:
        # What dataclasses do by themselves when they are pickled takes four times as long; of these there
        # are many in each document.
        return Span, (self.start, self.end)


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a text besides its characters, and the file that it was taken out of.

    `name` and `sha256` are the file's and that of its bytes, as hex digits; empty strings stand for what is
    not known. It was `published` on a day, or in a month or year of which nobody tells more. A file that is
    `cut_off` may lack its end.
    """

    name: str = ""
    sha256: str = ""
    published: Day | None = None
    publisher: str = ""
    title: str = ""
    url: str = ""
    cut_off: bool = False


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Source:
    """One document: its name, the SHA-256 of its bytes (hex), and its decoded text, never edited.

    A text that was taken out of something else (a PDF file, a row of a table) has an `origin`, and its hash
    is that of the text itself in UTF-8.
    """

    name: str
    sha256: str
    text: str = field(repr=False)
    origin: Origin | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county of China, or a former one.

    `level` is `province`, `prefecture` or `county`; `parent` is the code of the next larger division;
    `abolished` is the year in which the name or code was given up, `successor` the code that followed.
    """

    adcode: str
    name: str
    level: str
    parent: str | None = None
    abolished: int | None = None
    successor: str | None = None


@pickled_by_value
class Seam(StrEnum):
    """How a piece of repaired text follows the one before it."""

    START = "start"  # the first piece, or the first of a new paragraph: nothing was joined
    KEPT = "kept"  # follows in the source too; only layout and stray letters of OCR between were left out
    BELOW = "below"  # the next line of its column, where spaces keep the source's columns side by side
    JOINED = "joined"  # the repair joined two places of the source
    DOUBTFUL = "doubtful"  # joined, but another continuation was nearly as good


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of repaired text and the equally long run of source behind it, character for character.

    `start` is the body offset of its first character. Characters may differ from the source where the
    repair corrected one for one (`一` → `—`, `,` → `，`); none is ever inserted.
    """

    start: int
    raw: Span
    seam: Seam = Seam.START

    @property
    def end(self) -> int:
        """Body offset behind the last character."""
        return self.start + len(self.raw)

    def __reduce__(self) -> tuple[type[Piece], tuple[object, ...]]:  # as a span does
        return Piece, (self.start, self.raw, self.seam)


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Text:
    """Repaired text that still knows where each of its characters stood."""

    value: str
    pieces: tuple[Piece, ...]

    def raw(self, start: int, end: int) -> tuple[Span, ...]:
        """The source spans behind `value[start:end]`, in reading order.

        Runs that only layout characters part in the source come back as one span.
        """
        spans: list[Span] = []
        for piece in self._between(start, end):
            first = piece.raw.start + max(start, piece.start) - piece.start
            last = piece.raw.start + min(end, piece.end) - piece.start
            behind = spans[-1].end if spans else -1
            if behind == first or (piece.seam is Seam.KEPT and 0 <= behind <= first):
                spans[-1] = Span(spans[-1].start, last)
            else:
                spans.append(Span(first, last))
        return tuple(spans)

    def doubtful(self, start: int, end: int) -> bool:
        """Whether `value[start:end]` reads across a seam that the repair was not sure of."""
        return any(p.seam is Seam.DOUBTFUL and start < p.start < end for p in self._between(start, end))

    def _between(self, start: int, end: int) -> Sequence[Piece]:
        if end <= start:
            return ()
        first = bisect_right(self.pieces, start, key=lambda p: p.start) - 1
        last = bisect_right(self.pieces, end - 1, key=lambda p: p.start)
        return self.pieces[max(first, 0) : last]


@pickled_by_value
class Role(StrEnum):
    """What a paragraph is for."""

    HEADING = "heading"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"  # photo captions and credits
    FURNITURE = "furniture"  # page numbers, date lines, 责编, 版面: kept, not read


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of an article's body (body offsets, the closing line break left out)."""

    start: int
    end: int
    role: Role = Role.BODY
    level: int = 0  # of a heading: 1 is the article's title, 2 a part, 3 a part of a part


@quickly_pickled
@dataclass(frozen=True, slots=True)
class DivisionName:
    """Where a body names a division: body offsets."""

    start: int
    end: int
    division: Division


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Article:
    """One district's report in a source.

    `body` holds everything that belongs to it, paragraphs parted by line breaks; `paragraphs` says what
    each one is. `spans` are the raw spans that belong to it, layout characters included, sorted. `doubts`
    are the stretches of the body (body offsets) of which it is not sure that they are this district's.
    `names` are the divisions that the body names, its own and others, in order.
    """

    source: Source
    division: Division
    title: str
    body: Text
    paragraphs: tuple[Paragraph, ...]
    spans: tuple[Span, ...]
    doubts: tuple[tuple[int, int], ...] = ()
    names: tuple[DivisionName, ...] = ()

    def doubtfully_placed(self, start: int, end: int) -> bool:
        """Whether any of `body[start:end]` may be another district's."""
        return any(first < end and start < last for first, last in self.doubts)

    @property
    def key(self) -> str:
        """What statements refer to it by: start of the source's hash, then the division's code."""
        return f"{self.source.sha256[:12]}/{self.division.adcode}"


# --- what extractors find ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a rule found at `start:end` of an article's body (body offsets). No evidence, no fact."""

    start: int
    end: int
    rule: str


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Tier:
    """One level of a chain, as the text names it (body offsets)."""

    label: str
    start: int
    end: int


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class TierChain(Fact):
    """An ordered list of organisation levels, top first. `chain_type`: party, administrative, facility."""

    tiers: tuple[Tier, ...]
    chain_type: str
    declared_levels: int | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement(Fact):
    """One number with what it counts.

    `value` has its scale word multiplied out (1.2万 → 12000); `upper` is the larger end of a range.
    `comparator` is one of `= > < ~`; `nature` is `fact` or `rule`. `measured` is the counted phrase as
    the text has it, `measured_start:measured_end` its place: inside the fact's own, or before it where the
    clause leaves the phrase out and has the figure of the clause before (受理27件，|办结27件).
    """

    value: Decimal
    measured: str
    measured_start: int
    measured_end: int
    upper: Decimal | None = None
    comparator: str = "="
    unit: str | None = None
    action: str | None = None
    subject: str | None = None
    per: str | None = None
    period: str | None = None
    nature: str = "fact"


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Fact):
    """A district's use of a named practice. `type` is the notation of one of the thirteen types."""

    name: str
    type: str
    components: tuple[str, ...] = ()
    level: str | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Fact):
    """A named organisation; `kind` is the notation of an organisation kind, `within` a larger unit's name."""

    name: str
    kind: str
    within: str | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument(Fact):
    """A document named in 《》."""

    title: str
    issuer: str | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Honour(Fact):
    """An award, title or ranking by name."""

    title: str
    recipient: str | None = None
    period: str | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Fact):
    """A person with the role that the text gives."""

    name: str
    role: str


# --- what linking adds ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """An exact place in a source and the raw text there."""

    source: str  # Source.name
    sha256: str  # Source.sha256
    span: Span
    exact: str

    def __reduce__(self) -> tuple[type[Evidence], tuple[object, ...]]:  # as a span does
        return Evidence, (self.source, self.sha256, self.span, self.exact)


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Indicator:
    """What makes a measurement comparable between districts.

    `notation` is stable and readable, `broader` the notation of the vocabulary's concept above it (None
    where it is one itself).
    """

    notation: str
    label: str
    broader: str | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Statement:
    """A fact with its owner, its evidence and its links: what the graph and the page show."""

    fact: Fact
    division: str  # adcode
    article: str  # Article.key
    evidence: tuple[Evidence, ...]
    doubtful: bool = False  # read across a join that the repair was not sure of
    doubtful_placement: bool = False  # read in text that may be another division's
    indicator: Indicator | None = None  # of a Measurement
    mechanism: str | None = None  # of a Mechanism: the shared mechanism's key
    tier_types: tuple[str, ...] = ()  # of a TierChain: notation of each tier's organisation type
    within: str | None = None  # of an Organisation: the larger unit's name, if it is a statement too


@dataclass(frozen=True, slots=True)
class Corpus:
    """The whole result of reading and linking, in the order of the sources."""

    sources: tuple[Source, ...]
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Document:
    """What one source came to."""

    source: Source
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    warnings: tuple[str, ...] = ()
