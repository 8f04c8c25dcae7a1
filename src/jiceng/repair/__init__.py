"""Torn pages put in order again: a source becomes paragraphs that know where each character stood.

`repair` is a pure function of the source. It lays the page out (`layout`), reads mixed columns apart
(`columns`), joins what breaks off with what continues it (`threads` where articles are interleaved, `chains`
between columns, both by the evidence of `seams`), and composes corrected text (`stretches`). Nothing is
lost and nothing appears twice. What looks alike is read alike, traditional characters as simplified ones
(`seen`); offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiceng.model import Role, Source, Span
from jiceng.repair.box_links import Boxes
from jiceng.repair.boxes import is_boxed, measured, narrow_signs, runs
from jiceng.repair.chains import Chain, Join, is_open, link
from jiceng.repair.columns import split_fused, unravel
from jiceng.repair.layout import Fragment, Page, lay_out
from jiceng.repair.lines import width
from jiceng.repair.roles import byline_tail, role_of
from jiceng.repair.seams import CJK, Evidence, normal
from jiceng.repair.seen import placed, seen
from jiceng.repair.spaced import put_back, read_down
from jiceng.repair.stretches import Repaired, Stretch, assemble
from jiceng.repair.threads import link_along
from jiceng.spacing import closed_up

__all__ = ["Repaired", "Stretch", "explain", "repair"]

LINKABLE = (Role.BODY,)
SUBTITLE = 40  # characters of a line below a heading that may belong to it
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,9}?[省市区县州盟旗]")
REPEATED = 20  # characters that a passage needs to count as a repetition of another


def repair(source: Source) -> Repaired:
    """Put a source in reading order. The same source always gives the same result."""
    shown = seen(source.text)
    if down := read_down(shown.text):
        repaired = put_back(_repaired(source, down.text), shown.text, down)
    else:
        repaired = _repaired(source, shown.text)
    return repaired if shown.offsets is None else placed(repaired, source, shown.offsets)


def _repaired(source: Source, text: str) -> Repaired:
    """A source whose text reads so, in reading order; offsets count in that text."""
    page, roles = _laid_out(text)
    evidence = Evidence(f.text for f in page.fragments) if _is_torn(page, roles) else None
    chains, joins, expected = _columns(page, roles, evidence)
    repeats = _repeats(chains)
    chains = [
        Chain(c.fragments, c.free and i not in repeats, c.announces, c.bare and i not in repeats)
        for i, c in enumerate(chains)
    ]
    threads = None
    if evidence is None or CJK.search(page.text) is None:
        pass  # whole, or a table of numbers: nothing tells there what goes on where
    elif is_boxed(page.fragments):
        joins += Boxes(chains, evidence, page.width, expected).link()
    elif any(f.column for f in page.fragments):
        joins += link(chains, evidence, page.width, expected)
    else:
        joins, threads = link_along(chains, evidence, page.wrapped)
    return assemble(source, page, chains, joins, roles, repeats, threads)


def boxed_chains(source: Source) -> Boxes | None:
    """The chains of a page that was read box by box before they are linked, None for any other page."""
    page, roles = _laid_out(seen(source.text).text)
    if not is_boxed(page.fragments):
        return None
    evidence = Evidence(f.text for f in page.fragments)
    chains, _, expected = _columns(page, roles, evidence)
    return Boxes(chains, evidence, page.width, expected)


def _laid_out(text: str) -> tuple[Page, list[Role]]:
    """The page and the role of each of its fragments."""
    laid_out = _with_byline_tails(lay_out(text))
    page = split_fused(laid_out)
    if is_boxed(page.fragments) and (narrow := narrow_signs(page.fragments)):
        page = split_fused(measured(laid_out, narrow), narrow)
    roles = [Role.BODY if f.column else role_of(closed_up(f.text), f.level) for f in page.fragments]
    for f in page.fragments[1:]:  # what stands in the middle of a wrapped paragraph only looks like a heading
        before = page.fragments[f.index - 1]
        wrapped = roles[before.index] is Role.BODY and is_open(before.text) and not before.column
        one_break = page.text.count("\n", before.span.end, f.span.start) == 1
        if roles[f.index] is Role.HEADING and not f.level and wrapped and one_break and is_open(f.text):
            roles[f.index] = Role.BODY if len(before.text) <= len(f.text) + 2 else Role.HEADING
    for f in page.fragments[1:-1] if page.wrapped else ():  # no heading is the last line of a page
        if roles[f.index] is Role.HEADING and not f.level and roles[f.index + 1] is Role.FURNITURE:
            roles[f.index] = Role.BODY
    for f in page.fragments[1:]:  # a short line without an end below a heading is its second half
        under = roles[f.index - 1] is Role.HEADING and roles[f.index] is Role.BODY and not f.column
        if under and is_open(f.text) and len(f.text) <= SUBTITLE and "。" not in f.text:
            roles[f.index] = Role.HEADING
    return page, roles


def _is_torn(page: Page, roles: list[Role]) -> bool:
    """Whether anything breaks off; the dictionary is needed only then."""
    return any(
        f.column or (r in LINKABLE and is_open(f.text)) for f, r in zip(page.fragments, roles, strict=True)
    )


def _columns(
    page: Page, roles: list[Role], evidence: Evidence | None
) -> tuple[list[Chain], list[Join], dict[int, int]]:
    """The page's chains before linking: lines of columns unravelled, every other fragment by itself."""
    chains: list[Chain] = []
    joins: list[Join] = []
    expected: dict[int, int] = {}
    run: list[Fragment] = []
    boxed = is_boxed(page.fragments)
    headings = [f.index for f in page.fragments if roles[f.index] is Role.HEADING]

    def finish() -> None:
        if not run or evidence is None or page.width is None:
            return
        for together in runs(run, boxed):
            found = unravel(together, evidence, page.width, headings)
            chains.extend(Chain(c) for c in found.chains)
            expected.update(found.opened)
            joins.extend(found.joins)
        run.clear()

    for f in page.fragments:
        if f.column:
            if run and run[-1].measure != f.measure:
                finish()
            run.append(f)
            continue
        if roles[f.index] in (Role.BODY, Role.BYLINE):
            finish()
        announces = roles[f.index] in (Role.HEADING, Role.BYLINE)
        bare = roles[f.index] is Role.HEADING and f.level == 0 and len(f.text.split()) == 1
        bare = bare and not _named_again(f.text, page.fragments[f.index + 1 : f.index + 2])
        chains.append(Chain((f,), roles[f.index] in LINKABLE, announces, bare))
    finish()
    return sorted(chains, key=lambda c: c.first.index), joins, expected


def _named_again(heading: str, below: Sequence[Fragment]) -> bool:
    """Whether a text begins with the place that the line above it begins with: that line is its heading."""
    place = _PLACE.match(heading)
    return place is not None and any(f.text.startswith(place[0]) for f in below)


def explain(repaired: Repaired) -> Iterator[str]:
    """Each join in words: its ends, its score, what each sign added to it, and what lost, with its score.

    Scores are in nats, roughly; a `?` marks a doubtful join. Joins inside columns are told where the next
    line stands elsewhere, and where it does not but is doubtful.
    """
    for join in repaired.joins:
        tail, head = repaired.fragment(join.tail), repaired.fragment(join.head)
        mark, doubt = ("?", " (doubtful)") if join.doubtful else ("+", "")
        yield (
            f"{mark} {_place(tail)} …{tail.text[-14:]} | {head.text[:14]}… {_place(head)}"
            f"  {join.score:+.1f}{doubt}"
        )
        reasons = sorted(join.reasons, key=lambda r: -abs(r[1]))
        told = ", ".join(f"{name} {value:+.1f}" for name, value in reasons if abs(value) >= 0.05)
        yield f"    because: {told or 'place on the page'}"
        for rival in join.rivals:
            a, b = repaired.fragment(rival.tail), repaired.fragment(rival.head)
            yield f"    lost: …{a.text[-10:]} | {b.text[:10]}…  {rival.score:+.1f}"


def _place(fragment: Fragment) -> str:
    return f"[{fragment.span.start}–{fragment.span.end})"


def _with_byline_tails(page: Page) -> Page:
    """The page with bylines that end a paragraph as fragments of their own."""
    fragments: list[Fragment] = []
    for f in page.fragments:
        cut = None if f.column else byline_tail(f.text)
        parts = [f.span]
        if cut:
            end = f.span.start + len(f.text[:cut].rstrip())
            start = f.span.start + cut + len(f.text[cut:]) - len(f.text[cut:].lstrip())
            parts = [Span(f.span.start, end), Span(start, f.span.end)]
        for span in parts:
            text = page.text[span.start : span.end]
            fragments.append(
                Fragment(len(fragments), span, text, f.line, f.level, f.column, width(text), f.measure)
            )
    return Page(page.text, page.lines, tuple(fragments), page.width, page.wrapped)


def _repeats(chains: list[Chain]) -> dict[int, int]:
    """Chains that say again what an earlier one said, with a heading before them that is repeated too."""
    seen: dict[str, int] = {}
    found: dict[int, int] = {}
    for index, chain in enumerate(chains):
        text = "".join(normal(f.text) for f in chain.fragments)
        first = seen.setdefault(text, index)
        if first != index and len(text) >= REPEATED:
            found[index] = first
    for index in sorted(found, reverse=True):
        before, original = index - 1, found[index] - 1
        while before >= 0 and original >= 0 and before not in found:
            if normal(chains[before].first.text) != normal(chains[original].first.text):
                break
            found[before] = original
            before, original = before - 1, original - 1
    return found
