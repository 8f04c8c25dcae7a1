"""Named organisations: streets, communities, quarters, party bodies, offices, firms, schools, venues.

Head words (社区, 有限公司) are found in one pass (`heads`); for each, `names` looks for the beginning of its
name to the left, asked by `places` for streets, communities and quarters and by `institutions` for the rest.
Names that follow one another directly nest: 龙泉镇｜石桥村, 凤鸣社区｜党支部. Then come those without a head
of their own: `bodies` that a division or place stands before (区委, 桥头支部), items of `lists`, firms called
by their `trades`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.organisations.bodies import BodyReader
from jiceng.extract.organisations.divisions import DivisionNames
from jiceng.extract.organisations.heads import Head, HeadFinder, Titles
from jiceng.extract.organisations.institutions import BRANCHING, InstitutionReader
from jiceng.extract.organisations.lists import TERRITORY, Found, ListReader, consistent, once
from jiceng.extract.organisations.names import Names
from jiceng.extract.organisations.names.walk import RUN
from jiceng.extract.organisations.places import HEAD, Before, PlaceReader
from jiceng.extract.organisations.trades import TradeReader
from jiceng.extract.organisations.words import NameWords
from jiceng.lexicon import Lexicon
from jiceng.model import Organisation
from jiceng.rules import load_rules

_LEGAL = "organisations.legal"  # a firm's legal form behind what is a name by itself


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Organisation, ...]]:
    """A function that finds the named organisations of an article: one fact a name, in the text's order."""
    finder = _Finder(lexicon)

    def extract(analysis: Analysis) -> tuple[Organisation, ...]:
        found = finder.find(analysis)
        return tuple(f.fact() for f in once(consistent(found, analysis.text), finder.rules))

    return extract


def _behind_town(head: Head, previous: Found | None) -> bool:
    """Whether a head follows the name of a street or town directly."""
    return previous is not None and previous.kind == "street" and previous.end == head.start


def _is_common(head: Head, previous: Found | None) -> bool:
    """Whether a head is no organisation's where it stands."""
    if head.kind == "facility" and len(head.word) == 1 and _behind_town(head, previous):
        return True  # 石桥乡｜寺前村
    # 石桥村｜民宿: those of the village
    return head.word == "民宿" and previous is not None and previous.end == head.start


class _Finder:
    """Finds names by their head words in one pass, then those that stand beside them without one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rules = load_rules("organisations", lexicon)
        scheme = lexicon.scheme("organisation_kinds")
        self.kinds = {label: c.notation.partition(".")[0] for label, c in scheme.by_label.items()}
        self.nationwide = frozenset(scheme.words("company.nationwide"))
        actions = lexicon.schemes.get("actions")
        self.divisions = DivisionNames(lexicon.gazetteer)
        known = NameWords.load(self.rules, actions.words() if actions else ())
        self.words = known.lists
        self.names = Names(known, self.divisions, scheme.words())
        self.heads = HeadFinder(self.rules, self.kinds)
        self.lists = ListReader(self.rules, self.names, self.kinds)
        self.places = PlaceReader(self.rules, self.names, scheme.words("community.hamlet"))
        self.bodies = BodyReader(self.rules, self.names)
        self.trades = TradeReader(self.rules, self.names)
        self.institutions = InstitutionReader(self.rules, self.bodies, scheme, self.kinds)

    def find(self, analysis: Analysis) -> list[Found]:
        """All names of an article wherever they stand, in order; `once` keeps one of each."""
        text = analysis.text
        titles = Titles(analysis)
        own = self.divisions.shorts_of(analysis.article.division)
        found: list[Found] = []
        previous: Found | None = None  # within the run of characters, so that names can nest
        last: Found | None = None
        runs = RUN.finditer(text)
        run = next(runs, None)
        for head in self.heads.heads(text):
            while run is not None and run.end() <= head.start:
                run = next(runs, None)
            also = previous is not None and self.bodies.named_also(text, previous, head)
            if run is None or also or titles.hold(head.start):
                continue
            limit = run.start()
            if (
                previous is not None
                and previous.end <= limit
                and not self.bodies.aliased(text, previous, limit)
            ):
                previous = None
            listed = last is not None and last.end == limit - 1 and text[limit - 1] == "、"
            beside = last if listed else None
            if last is not None and self._is_campus(text, last, head, limit):
                last = found[-1] = replace(last, end=head.end + 1, name=text[last.start : head.end + 1])
                continue
            made = self._make(text, head, Before(limit, previous, beside, own))
            if made is None:
                continue
            made = self.bodies.with_part(text, made)
            if previous is not None and self._replaces(made, previous):
                found.pop()  # previous is always the last
            legal = made.rule == _LEGAL
            while found and found[-1].start >= made.start and (legal or found[-1].name in self.nationwide):
                found.pop()  # 中国电建｜西北设计研究院｜有限公司
            found.append(made)
            previous = last = made
        bodies = self.bodies.found(text, analysis.article.division.name, found)
        found += [f for f in bodies if not titles.hold(f.start)]
        found = self.lists.with_listed(text, found, own)
        found += [f for f in self.trades.found(text, found) if not titles.hold(f.start)]
        found += self.lists.paired(text, found, own)
        found += self.lists.beside(text, found, own)
        found += [f for f in self.lists.sites(text, found) if not titles.hold(f.start)]
        found += self.lists.groups(text, found)
        found += self.bodies.shortened(text, found)
        return sorted(found, key=lambda f: (f.start, f.end, f.name))

    def _is_campus(self, text: str, last: Found, head: Head, limit: int) -> bool:
        """Whether brackets behind a school or hospital tell which part of it: 南陵大学｜（东湖校区）."""
        within = last.end == limit - 1 and text[last.end] == "（" and text[head.end : head.end + 1] == "）"
        return within and last.kind in ("school", "facility") and head.word in self.words["campus"]

    def _replaces(self, made: Found, previous: Found) -> bool:
        """Whether a longer name takes the place of the one that it begins with (翠湖花园 in 翠湖花园社区)."""
        if made.kind == "company" and previous.kind == "facility" and made.name.endswith("公司"):
            return made.start == previous.start  # 云湖市场｜管理有限公司
        if made.kind == previous.kind and made.kind in BRANCHING:
            return made.start == previous.start
        if made.name.endswith(self.words["campus"]) and previous.kind == "facility":
            return made.start == previous.start  # 云岭区人民医院｜柳湾分院
        if made.kind == "facility" and previous.kind in ("association", "school"):
            return made.start == previous.start  # 红十字会｜医院, 南陵大学｜附属医院, 南陵大学｜科技城
        return made.rule != "organisations.part" and previous.end > made.start >= previous.start

    def _make(self, text: str, head: Head, before: Before) -> Found | None:
        """The organisation that a head ends, or None."""
        previous = before.previous
        at_once = self._at_once(text, head, previous)
        if at_once is not None:
            return at_once
        if previous is not None:
            before = replace(before, limit=previous.end + self._lies(text, previous.end, head))
        if _is_common(head, previous):
            return None
        area = head.word in self.words["area"]
        if head.kind not in TERRITORY and not area:
            return self.institutions.read(text, head, before)
        place = self.places.read(text, head, before)
        of_city = text[place.start : head.start] if place else ""
        if place and area and self.names.divisions.are_divisions(place.name):
            return None  # 郑州上街区
        if of_city in before.own and (self.names.divisions.is_city(of_city) or self._in_general(text, head)):
            return None  # 深圳｜小区, in Shenzhen, 云岭｜社区公益基金会
        return place

    def _lies(self, text: str, at: int, head: Head) -> bool:
        """Whether a character tells where a unit lies: 石桥镇｜归｜云湖新区管."""
        return head.start - at > 2 and text[at] in self.names.words.signs.lies and head.kind == "other"

    def _in_general(self, text: str, head: Head) -> bool:
        """Whether communities of any kind are meant: 社区治理."""
        return head.word == "社区" and self.names.words.themes.match(text, head.end) is not None

    def _at_once(self, text: str, head: Head, previous: Found | None) -> Found | None:
        """An organisation whose head is its whole name, or a firm's legal form behind a name."""
        behind = previous is not None and previous.end == head.start
        if head.whole or (head.word in self.nationwide and not text.startswith("银行", head.end)):
            within = previous.name if previous is not None and behind else None
            return Found(head.start, head.end, head.word, head.kind, HEAD, within)
        if previous is not None and behind and head.word.startswith(self.words["legal_form"]):
            name = text[previous.start : head.end]
            return Found(previous.start, head.end, name, head.kind, _LEGAL)
        return None
