"""Repaired text as paragraphs (stretches) that know their fragments, and how it is built from the source."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import pairwise

from jiceng.model import Piece, Role, Seam, Source, Span, Text
from jiceng.repair.chains import Chain, Join
from jiceng.repair.corrections import correct
from jiceng.repair.layout import Fragment, Page
from jiceng.repair.roles import reading_rules
from jiceng.values import dataclass

_SPACED = re.compile(r"[A-Za-z0-9]")
_STRAY = re.compile(r"(?<=[\u3400-\u9fff，、；。”])[ \t]+([a-z]{1,14})[ \t]+(?=[\u3400-\u9fff“])")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
# How a sign is read, behind it in brackets: of a rare one (郾(yǎn)城), or put in by sites against copying.
_READING = re.compile(rf"(?<=[\u3400-\u9fff])[(（](?=[a-zü]{{0,4}}[{_TONES}])[a-zü{_TONES}]{{1,6}}[)）]")
_INNER_SPACE = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000\xa0\u2000-\u200a]+(?=[\u3400-\u9fff])")
SOWN, FEWEST_SOWN = 0.02, 8  # spaces in a character of running text, and at least
_LAYOUT = re.compile(r"[\s\ufeff#>]*")
_LEFT_OUT = re.compile(r"[\s\ufeff\u200b\x00]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph in its own order: its repaired text, the fragments behind it and what it is for.

    `block` numbers what it belongs together with: a chain of columns, or an article that was followed along
    the page.
    `repeats` is the index of an earlier stretch with the same text, which then speaks for both.
    """

    text: Text
    role: Role
    level: int
    fragments: tuple[Fragment, ...]
    block: int
    repeats: int | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The raw spans of its fragments, in reading order."""
        return tuple(f.span for f in self.fragments)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A source in reading order: each of its characters that is not layout stands in exactly one stretch.

    `joins` are the decisions that joined two places of the source, with what spoke for them.
    """

    source: Source
    stretches: tuple[Stretch, ...]
    joins: tuple[Join, ...]
    page: Page = field(repr=False)

    def fragment(self, index: int) -> Fragment:
        """A fragment by its number."""
        return self.page.fragments[index]


# A heading set with a space behind each character: its spaces part nothing.
_LETTERSPACED = re.compile(r"(?:(?<![^\s：:])[\u3400-\u9fff][ \u3000]){5}[\u3400-\u9fff](?![^\s])")


def compose(
    source: str, fragments: Sequence[Fragment], joins: Mapping[int, Join], role: Role, sown: bool = False
) -> Text:
    """The corrected text of fragments that follow each other, with a piece for each unbroken run.

    `joins` are found by the index of their head. Spaces stay between Latin words and numbers and, in
    headings, bylines and captions, one for each gap, unless they are `sown` all over the page.
    """
    keep_spaces = role is not Role.BODY and not (sown and role is Role.HEADING)
    if len(fragments) == 1 and isinstance(_kept(source, fragments[0].span, keep_spaces), range):
        span = fragments[0].span
        return Text(correct(source[span.start : span.end]), (Piece(0, span),))
    characters: list[str] = []
    raw: list[int] = []
    seams: dict[int, Seam] = {}  # at positions of the text where a join stands
    for number, fragment in enumerate(fragments):
        if number and characters:
            join = joins.get(fragment.index)
            before = fragments[number - 1]
            doubtful = join is not None and join.doubtful
            if _next_on_page(source, before, fragment):
                gap = before.span.end
                if source[gap].isspace() and _space_between(
                    characters[-1], source[fragment.span.start], False
                ):
                    characters.append(" ")
                    raw.append(gap)
                if doubtful and fragment.column:
                    seams[len(characters)] = Seam.DOUBTFUL
            else:
                seams[len(characters)] = Seam.DOUBTFUL if doubtful else Seam.JOINED
        kept = _kept(source, fragment.span, keep_spaces)
        raw.extend(kept)
        if isinstance(kept, range):
            characters.extend(source[fragment.span.start : fragment.span.end])
        else:
            characters.extend([" " if source[at].isspace() else source[at] for at in kept])
    value = correct("".join(characters))
    return Text(value, _pieces(raw, seams))


def _next_on_page(source: str, before: Fragment, after: Fragment) -> bool:
    gap = source[before.span.end : after.span.start]
    return (
        before.span.end <= after.span.start
        and _LAYOUT.fullmatch(gap) is not None
        and (gap == "" or gap[0].isspace())
    )


def _space_between(left: str, right: str, keep: bool) -> bool:
    return keep or bool(_SPACED.match(left) and _SPACED.match(right) and (left.isalpha() or right.isalpha()))


def _kept(source: str, span: Span, keep_spaces: bool) -> Sequence[int]:
    """The offsets of the characters of a fragment that are text; a range where all are."""
    text = source[span.start : span.end]
    dropped = {
        at
        for found in (_READING.finditer(text) if "(" in text or "（" in text else ())
        for at in range(*found.span())
    }
    if text and not dropped and not _LEFT_OUT.search(text):
        return range(span.start, span.end)
    keep_spaces = keep_spaces and not _LETTERSPACED.search(text)
    known = reading_rules().tables["words"]["latin"]
    for stray in _STRAY.finditer(text) if text.isascii() is False else ():
        if stray[1] not in known:
            dropped.update(range(stray.start(), stray.end()))
    kept = []
    at = 0
    while at < len(text):
        char = text[at]
        if not (char.isspace() or char in "\ufeff\u200b\x00"):
            if at not in dropped:
                kept.append(span.start + at)
            at += 1
            continue
        end = at
        while end < len(text) and (text[end].isspace() or text[end] in "\ufeff\u200b\x00"):
            end += 1
        if (
            at
            and end < len(text)
            and at not in dropped
            and _space_between(text[at - 1], text[end], keep_spaces and "\n" not in text[at:end])
        ):
            kept.append(span.start + at)
        at = end
    return kept


def _pieces(raw: Sequence[int], seams: Mapping[int, Seam]) -> tuple[Piece, ...]:
    pieces = []
    start = 0
    for at in range(1, len(raw) + 1):
        if at == len(raw) or raw[at] != raw[at - 1] + 1 or at in seams:
            seam = seams.get(start, Seam.KEPT) if start else Seam.START
            pieces.append(Piece(start, Span(raw[start], raw[at - 1] + 1), seam))
            start = at
    return tuple(pieces)


def assemble(
    source: Source,
    page: Page,
    chains: Sequence[Chain],
    joins: Sequence[Join],
    roles: Sequence[Role],
    repeats: Mapping[int, int],
    threads: Sequence[int] | None,
) -> Repaired:
    """Join the chains and cut them into paragraphs, in the order of their first fragments on the page.

    `threads` are the articles that the chains seem to belong to, if they were told apart.
    """
    by_head = {join.head: join for join in joins}
    heads = {c.first.index: c for c in chains}
    after = {join.tail: join.head for join in joins if join.head in heads}
    begun_elsewhere = {join.head for join in joins if join.head in heads}
    chain_of = {c.first.index: i for i, c in enumerate(chains)}
    headings = [f.index for f in page.fragments if roles[f.index] is Role.HEADING]
    sown = page.width is None and _is_sown([f.text for f in page.fragments if roles[f.index] is Role.BODY])
    stretches: list[Stretch] = []
    number_of: dict[int, int] = {}
    for index, chain in enumerate(chains):
        if chain.first.index in begun_elsewhere:
            continue
        fragments = list(chain.fragments)
        while fragments[-1].index in after:
            fragments += heads[after[fragments[-1].index]].fragments
        role = roles[chain.first.index]
        if len(fragments) > len(chain.fragments):
            role = Role.BODY  # a bare heading that turned out to go on
        original = repeats.get(index)
        number_of[index] = len(stretches)
        block = index
        for paragraph in _paragraphs(fragments, page):
            text = compose(page.text, paragraph, by_head, role, sown)
            stretches.append(
                Stretch(
                    text,
                    Role.FURNITURE if original is not None else role,
                    paragraph[0].level if not paragraph[0].column else 0,
                    tuple(paragraph),
                    block if threads is None else threads[index],
                    number_of.get(original) if original is not None else None,
                )
            )
            for one, other in pairwise(paragraph):
                if after.get(one.index) == other.index and _past_heading(headings, one.index, other.index):
                    block = chain_of[other.index]
    return Repaired(source, tuple(stretches), tuple(joins), page)


def _is_sown(bodies: Sequence[str]) -> bool:
    """Whether spaces stand anywhere in sentences, as OCR and some PDF files leave them: they part nothing."""
    spaces = sum(len(_INNER_SPACE.findall(text)) for text in bodies)
    return spaces > max(FEWEST_SOWN, SOWN * sum(map(len, bodies)))


def _past_heading(headings: Sequence[int], one: int, other: int) -> bool:
    return bisect(headings, one) != bisect(headings, other)


def _paragraphs(fragments: Sequence[Fragment], page: Page) -> list[list[Fragment]]:
    """A chain cut where a paragraph ends: a sentence ends, and the line is short or the next one indented."""
    paragraphs = [[fragments[0]]]
    for before, fragment in pairwise(fragments):
        ends = not (before.column and fragment.column) or (
            before.over(page.width) <= -1.5 or fragment.over(page.width) <= -1.5
        )
        if before.closed and ends:
            paragraphs.append([])
        paragraphs[-1].append(fragment)
    return paragraphs
