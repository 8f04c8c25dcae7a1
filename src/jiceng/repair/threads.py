"""Interleaved articles told apart: a beam search along the page that keeps the tail of each open article.

Every paragraph goes on with the article before it, goes back to another that broke off, or begins a new
one. The state is what each article ends with so far, so that a paragraph is weighed against all that it
might continue, no cycle can close, and a sentence that was continued is continued once only.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from jiceng.divisions.vocabulary import load_gazetteer
from jiceng.repair.chains import (
    CLAUSES,
    ENDS_QUOTED,
    Chain,
    Cohesion,
    Join,
    beginnings,
    is_open,
    with_rivals,
)
from jiceng.repair.roles import reading_rules
from jiceng.repair.seams import Evidence, normal
from jiceng.values import dataclass

BEAM = 40
HOPELESS = 12.0  # states that are so much worse than the best are not followed
OPEN_AT_ONCE = 8  # articles that may be gone back to
NEXT = 2.0  # log odds, roughly: an open sentence goes on with the next paragraph,
ACROSS_PAGES = 6.0  # more so where nothing but a page's number stands between,
BACK = 0.0  # with one that follows where another sentence breaks off,
LEAP = -3.0  # or with one that follows the end of a sentence
RESUME, LEAP_RESUME = -2.5, -5.0  # an article goes on with a paragraph of its own, in the same two places
PARTED = -3.0  # and more so from below another's heading: no page parts a heading from its text
NEW, NEW_TORN = -12.0, -9.0  # an article begins without a title, in the same two places
NEW_NAMED = -1.0  # and with a name that no article has
NEW_CLOSED = -4.0  # and behind the closing words of a report,
AFTER_CLOSING = -4.0  # after which that report does not go on
UNTITLED = -4.0  # against a title that begins no article
BREAKS_OFF = -4.0  # a sentence is never finished, its article goes on
TIED = 1.0  # but it is, later in the article
LOOSE = 2  # sentences of one article that may be finished so late
PAST_HEADING = -1.5  # a sentence goes on behind a heading
IN_SENTENCE = -1.0  # a heading stands where a sentence breaks off
TOPIC = 1.0  # for each standard deviation of shared rare words above the usual
NAMED, OTHER_NAME = 2.0, -7.0  # a paragraph names the article's division, or only another article's
UNLIKELY_SENTENCE = -3.0  # what looks like a heading is a sentence that breaks off
HEADINGS = 3.0  # for headings that are built alike (抓组织…, 抓队伍…)
INTRODUCED = 80  # characters in which a text names its place by its full path
OPENING = 24  # characters of a paragraph in which a name of its article's division stands
MEMORY = 8  # paragraphs of an article that a new one is compared with
REACH = 60  # paragraphs that the usual similarity is taken from
_TITLE = re.compile(r"^\W*[\u4e00-\u9fff]{1,22}[省市区县州盟旗][:：]")
_MARKS = re.compile(r"[，、：；“”‘’《》]+")
_ENDS = re.compile(r"[\u4e00-\u9fff]{1,5}?[区县市旗]")
_CLOSING = re.compile(r"下一步|今后|面向未来|展望未来|站在新|立足新")


@dataclass(frozen=True, slots=True)
class _Article:
    number: int
    members: tuple[int, ...] = ()  # its last paragraphs
    last: int | None = None  # the one that may be continued
    open: bool = False  # whether that one breaks off
    names: frozenset[str] = frozenset()
    headings: tuple[str, ...] = ()  # its latest ones
    loose: tuple[int, ...] = ()  # paragraphs that broke off before others that did not continue them
    closed: bool = False  # its last paragraph looks to the future, as the last of a report does
    headed: bool = False  # a heading stands behind its last paragraph


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    articles: tuple[_Article, ...]  # the one just read first
    count: int  # articles begun so far
    joined: int | None
    before: _State | None


@dataclass(frozen=True, slots=True)
class Threads:
    """The article (a number) of each chain, and the joins: of each head its tail."""

    article: tuple[int, ...]
    tails: dict[int, int]


def link_along(
    chains: Sequence[Chain], evidence: Evidence, wrapped: bool = False
) -> tuple[list[Join], tuple[int, ...]]:
    """The joins of a page without columns, best first, and the article (a number) of each chain.

    In text that was broken into lines (`wrapped`) a page's number or head parts what goes on behind it.
    """
    cohesion, begin = Cohesion(chains), beginnings(chains)
    known: dict[tuple[int, int], float] = {}

    def signs(tail: int, head: int) -> dict[str, float]:
        return evidence.signs(normal(chains[tail].last.text), normal(chains[head].first.text))

    def seam(tail: int, head: int) -> float:
        if (tail, head) not in known:
            score = evidence.weigh(signs(tail, head)) + begin[head]
            score += CLAUSES * cohesion.parallel(tail, head)
            score += ENDS_QUOTED * (chains[tail].last.text[-1] in "”’）》")
            score += ACROSS_PAGES * (wrapped and (tail, head) in broken)
            known[tail, head] = score
        return known[tail, head]

    read = [c.free or c.announces for c in chains]
    broken = {(a, b) for a, b in pairwise(i for i, one in enumerate(read) if one) if b > a + 1}
    found = follow(chains, cohesion, seam, read)
    pairs = [(tail, head) for head, tail in found.tails.items()]
    return with_rivals(chains, pairs, known, signs), found.article


def follow(
    chains: Sequence[Chain], cohesion: Cohesion, seam: Callable[[int, int], float], read: Sequence[bool]
) -> Threads:
    """Tell the articles of a page apart. `seam` gives the log odds that a chain continues another.

    `read` says which chains count; captions and furniture stay with whatever stands before them.
    """
    named = names(chains)
    states: list[_State] = []
    for i, chain in enumerate(chains):
        if not read[i]:
            continue
        alike = _alike(cohesion, i, read)
        title = chain.announces and _TITLE.match(chain.text) is not None
        if not states:
            states = [_State(0.0, (_begun(i, 0, chain, named[i], chain.free),), 1, None, None)]
            continue
        following: dict[tuple[object, ...], _State] = {}
        ways = [
            _Way(i, chain, named[i], title, sentence, alike)
            for sentence in (True, False)
            if chain.free == sentence or (sentence and chain.bare)
        ]
        for state in states:
            for new in _moves(state, ways, seam):
                key = tuple((a.number, a.last, a.open, a.headed, a.loose) for a in new.articles)
                if key not in following or new.score > following[key].score:
                    following[key] = new
        ranked = sorted(following.values(), key=lambda s: -s.score)[:BEAM]
        states = [s for s in ranked if s.score > ranked[0].score - HOPELESS]
    return _result(chains, read, states[0] if states else None)


class _Way:
    """A chain read as a sentence or as a heading, and what it makes of each article.

    That is asked once of an article, however many states have it: they keep the same objects.
    """

    def __init__(
        self,
        i: int,
        chain: Chain,
        named: frozenset[str],
        title: bool,
        sentence: bool,
        alike: Callable[[_Article], float],
    ) -> None:
        """`title` says that the chain may be the title of an article."""
        self.i, self.chain, self.named, self.title, self.sentence = i, chain, named, title, sentence
        self.looks = UNLIKELY_SENTENCE if sentence and not chain.free else 0.0
        self._alike = alike
        self._known: dict[int, tuple[float, _Article]] = {}  # by identity: a state before holds each of them

    def of(self, article: _Article) -> tuple[float, _Article]:
        """What speaks for the chain to belong to an article, and what becomes of the article."""
        known = self._known.get(id(article))
        if known is None:
            score = self.looks + self._alike(article) + _by_name(self.named, article.names)
            score += (AFTER_CLOSING if article.closed else 0.0) + (UNTITLED if self.title else 0.0)
            if self.sentence:
                after = _grown(article, self.i, self.chain, self.named)
            else:
                after = _headed(article, self.chain, self.named, self.title)
            known = self._known[id(article)] = score, after
        return known


def _moves(state: _State, ways: Sequence[_Way], seam: Callable[[int, int], float]) -> list[_State]:
    """What may become of a state with a chain, in any of the ways to read it."""
    here = state.articles[0]
    torn = here.open and not here.headed
    found: list[_State] = []
    best = -math.inf

    def put(score: float, article: _Article, joined: int | None = None) -> None:
        nonlocal best
        if score < best - HOPELESS:
            return
        best = max(best, score)
        others = tuple(a for a in state.articles if a.number != article.number)
        articles = (article, *others)[:OPEN_AT_ONCE]
        count = max(state.count, article.number + 1)
        found.append(_State(state.score + score, articles, count, joined, state))

    for way in ways:
        i, chain, sentence = way.i, way.chain, way.sentence
        begun = _begun(i, state.count, chain, way.named, sentence)
        put(_as_new(state, way.named, way.title, sentence) + way.looks, begun)
        for article in state.articles:
            same = article is here
            score, grown = way.of(article)
            resumed = 0.0 if same else RESUME if torn else LEAP_RESUME
            if sentence and here.headed and not same:
                resumed += PARTED
            if not sentence:
                put(score + resumed + _as_heading(article, chain, same, torn), grown)
                continue
            if article.open and article.last is not None:
                if chain.free:
                    gone_on = NEXT if same else BACK if torn else LEAP
                    gone_on = PAST_HEADING if same and article.headed else gone_on
                    put(score + gone_on + seam(article.last, i), grown, article.last)
                score += BREAKS_OFF
                grown = replace(grown, loose=(*article.loose, article.last)[-LOOSE:])
            for tail in article.loose if chain.free else ():
                gone_on = TIED + (0.0 if same else BACK if torn else LEAP)
                rest = tuple(t for t in grown.loose if t != tail)
                put(score + gone_on + seam(tail, i), replace(grown, loose=rest), tail)
            put(score + resumed, grown)
    return found


def _as_new(state: _State, named: frozenset[str], title: bool, sentence: bool) -> float:
    """What speaks for a chain to begin an article of its own."""
    here = state.articles[0]
    new = 0.0 if title else NEW_TORN if here.open and not here.headed else NEW
    if named and not any(named & a.names for a in state.articles):
        new = max(new, NEW_NAMED)
    elif here.closed and not title:
        new = max(new, NEW_CLOSED)
    return new + UNTITLED if not here.members and sentence else new  # a title's own first paragraph


def _as_heading(article: _Article, chain: Chain, same: bool, torn: bool) -> float:
    """What speaks for a heading of an article; a sentence before it may still go on behind it."""
    score = HEADINGS * max((built_alike(chain.text, h) for h in article.headings), default=0.0)
    if same:
        return score + (IN_SENTENCE if torn else 0.0)
    return score + (BREAKS_OFF if article.open else 0.0)


def _grown(article: _Article, i: int, chain: Chain, named: frozenset[str]) -> _Article:
    return replace(
        _begun(i, article.number, chain, named, True),
        members=(*article.members, i)[-MEMORY:],
        names=article.names | named,
        headings=article.headings,
        loose=article.loose,
    )


def _begun(i: int, number: int, chain: Chain, named: frozenset[str], sentence: bool) -> _Article:
    if not sentence:
        return _Article(number, names=named, headed=True)
    closing = _CLOSING.match(chain.text) is not None and chain.last.closed
    return _Article(number, (i,), i, is_open(chain.last.text), named, closed=closing)


def _headed(article: _Article, chain: Chain, named: frozenset[str], title: bool) -> _Article:
    headings = article.headings if title else (*article.headings, chain.text)[-3:]
    return replace(article, headed=True, names=article.names | named, headings=headings)


@lru_cache(maxsize=4096)
def built_alike(one: str, other: str) -> float:
    """Whether two headings have parts of the same length, and the same characters in the same places."""
    a, b = (_MARKS.split(t) for t in (one, other))
    same = 1.0 if [len(x) for x in a] == [len(x) for x in b] else 0.0
    shared = 0
    for x, y in zip(a, b, strict=False):
        shared += sum(c == d for c, d in zip(x, y, strict=False))
        if len(x) != len(y):
            shared += sum(c == d for c, d in zip(reversed(x), reversed(y), strict=False))
    return same + min(shared, 4) / 2 - 1.0


def _by_name(named: frozenset[str], names: frozenset[str]) -> float:
    if not named or not names:
        return 0.0
    return NAMED if named & names else OTHER_NAME


def _alike(cohesion: Cohesion, i: int, read: Sequence[bool]) -> Callable[[_Article], float]:
    """How much more than usual a paragraph shares with an article, in standard deviations."""
    before = [j for j in range(max(0, i - REACH), i) if read[j] and cohesion.pairs[j]]
    z = dict(zip(before, cohesion.compare(i, before), strict=True)) if before else {}

    def compare(article: _Article) -> float:
        values = [z.get(j, 0.0) for j in article.members]
        return TOPIC * sum(values) / len(values) if values else 0.0

    return compare


def names(chains: Sequence[Chain]) -> list[frozenset[str]]:
    """The names of divisions in each chain, as far as the page tells: what it often says before 区 or 县."""
    table = reading_rules().tables["words"]
    common, alone = tuple(table["no_divisions"]), set(table["no_divisions_alone"])
    counts: Counter[str] = Counter()
    runs: list[list[str]] = []
    for chain in chains:
        here = [m[0] for m in _ENDS.finditer(chain.text) if not m[0].endswith(common)]
        counts.update({run[k:] for run in here for k in range(len(run) - 1)})
        runs.append(here)
    found = [frozenset(n for run in here if (n := _name(run, counts)) and n not in alone) for here in runs]
    opening = {
        n for chain, here in zip(chains, found, strict=True) for n in here if n in chain.text[:OPENING]
    }
    introduced = _introduced(chains)
    known = {n for here in introduced for n in here}
    return [
        (here & opening) | new | {n for n in known if n in chain.text}
        for chain, here, new in zip(chains, found, introduced, strict=True)
    ]


def _introduced(chains: Sequence[Chain]) -> list[frozenset[str]]:
    """The divisions that titles, and the first sentences below them, name by their full path."""
    found: list[frozenset[str]] = []
    gazetteer = load_gazetteer()
    begins = True
    for chain in chains:
        here: set[str] = set()
        if chain.announces or begins:
            for one, other in pairwise(gazetteer.find(chain.text[:INTRODUCED])):
                outer, inner = one.division, other.division
                if outer and inner and other.start - one.end <= 1 and gazetteer.is_within(inner, outer):
                    here -= {outer.name}
                    here.add(inner.name)
        begins = chain.announces or (begins and not chain.free)
        found.append(frozenset(here))
    return found


def _name(run: str, counts: Counter[str]) -> str | None:
    """The longest end of a run that is nearly as frequent as its shorter ends, if it is frequent."""
    best: str | None = None
    for size in range(2, len(run) + 1):
        end = run[-size:]
        if counts[end] < 2 or (best is not None and counts[end] < 0.7 * counts[best]):
            break
        best = end
    return best


def _result(chains: Sequence[Chain], read: Sequence[bool], last: _State | None) -> Threads:
    number = len(chains)
    article, tails = [0] * number, {}
    sentences = [c.free for c in chains]
    state, i = last, number - 1
    while state is not None and i >= 0:
        if read[i]:
            article[i] = state.articles[0].number
            if state.joined is not None:
                tails[i] = state.joined
            state = state.before
        i -= 1
    begun: set[int] = set()
    for i in range(number):  # headings above an article's first paragraph are its own
        if read[i] and sentences[i] and article[i] not in begun:
            begun.add(article[i])
            above = i - 1
            while above >= 0 and read[above] and not sentences[above] and article[above] != article[i]:
                article[above] = article[i]
                above -= 1
    for i in range(1, number):
        if not read[i]:
            article[i] = article[i - 1]
    return Threads(tuple(article), tails)
