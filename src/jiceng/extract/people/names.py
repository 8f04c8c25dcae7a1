"""Where a person's name ends: family names, what follows a name, and the cost of reading it as words.

A name is two to four characters that begin with a family name, or parts joined by ·. Punctuation or a verb
of saying behind two or three characters settles how far it reaches; where neither stands there, the cheaper
reading does: the dictionary's words alone, or a name and the words behind it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from jiceng.extract.occurrences import occurrences
from jiceng.lexicon import Scheme
from jiceng.rules import RuleFile
from jiceng.words import cut, is_word, log_frequency

_JIEBA_TOTAL = 60_101_967  # occurrences that jieba's dictionary sums up to
_NUMBER = re.compile("[一二两三四五六七八九几数][十百千万]")
_FUNCTION = frozenset("的在是为与和及同向对把将被从就也给正有来到又还便则曾已都让用最很")
_HOW = "地"  # ends a word for how something is done
_GOVERNING = frozenset("向把被从给为是在对将与")  # which end no given name
_NO_LAST = _FUNCTION | frozenset("刚才再")  # which end no name that also stands without them
_OPENING = ("《", "“", "‘")
_JOINED_CHARACTER = 6.5  # cost of a character in the last part of a name such as 阿依努尔·艾力
_HAN = re.compile(r"[\u4e00-\u9fa5]+")
# function words that prove the name before them all the same
_TOLD = ("向记者", "对记者", "给记者", "被评为", "被授予", "被推选", "被推为", "被选为", "被聘为")
_SERVES, _SERVING = "员", 3  # how names of services end, and how long they are
_CRAFT, _OLD = "工", "老"  # how workers of a craft are called
_SELDOM = -12.0  # natural logarithm of a word's share of jieba's corpus
_LOOK = 10  # characters that the readings of a name are compared over
_COSTS = (
    "surname",
    "ambiguous_surname",
    "given",
    "rarer_given",
    "margin",
    "margin_behind_weak_role",
    "proof",
    "proof_of_ambiguous",
)
PARTING = " \u3000”：\n"  # one of them may part a role from the name behind it
NAMING = "是为由"  # so may a verb: 区委书记是段青禾, 由段青禾担任
_STRONG = ("party", "government", "post", "profession", "resident")


@dataclass(frozen=True)
class Names:
    """The vocabularies, shaped for looking up at a place of the text."""

    strong: tuple[str, ...]
    roles: tuple[str, ...]
    no_names: tuple[str, ...]  # words that begin as a name does
    titles: frozenset[str]  # roles of two characters, which a family name alone may precede
    weak: frozenset[str]
    by_last: Mapping[str, tuple[str, ...]]  # roles by their last character, longest first
    national: tuple[str, ...]
    media: tuple[str, ...]
    single: frozenset[str]
    ambiguous: frozenset[str]
    uncommon: frozenset[str]  # of these, which few families have
    everyday: frozenset[str]  # words that people are called by
    compound: frozenset[str]
    name: re.Pattern[str]
    address: tuple[str, ...]
    before_role: frozenset[str]
    trigger: re.Pattern[str]
    beyond_joined: frozenset[str]
    called_things: tuple[str, ...]  # how names of places and things end
    elders: frozenset[str]  # by which elders are addressed behind their family name
    of_persons: tuple[str, ...]
    of_speakers: tuple[str, ...]  # what only somebody who is named is followed by
    of_places: tuple[str, ...]  # what shows that a name in a list is a place's
    after_credit: tuple[str, ...]  # what a credited name is followed by: the work, the next line of the head
    bureau: tuple[str, ...]  # what a paper's office is called, for which a reporter writes
    towns: frozenset[str]  # ends of units that pictures come from
    before_titled: frozenset[str]
    wards: frozenset[str]  # ends of units behind which a name of two characters may stand before a title
    appointed: re.Pattern[str]  # 任 as a verb: a post follows
    common: float  # log frequency from which a word is no name
    common_clear: float  # the same where the family name is nothing else
    rare: float  # the same behind an everyday noun
    costs: Mapping[str, float]
    given: frozenset[str]  # characters that given names are commonly made of

    def role_before(self, text: str, at: int) -> str:
        """The longest role that ends at a place, or nothing."""
        if text[at - 1] == _CRAFT and text[at - 3 : at - 2] == _OLD and _HAN.fullmatch(text[at - 3 : at]):
            return text[at - 3 : at]  # 老盐工
        known = next((w for w in self.by_last.get(text[at - 1], ()) if text.endswith(w, 0, at)), "")
        if known or at < _SERVING or text[at - 1] != _SERVES or text.endswith(self.media, 0, at):
            return known
        role = text[at - _SERVING : at]  # 评理员: who does what the two words say
        return role if _HAN.fullmatch(role) and not is_word(role[1:]) else ""

    def role_within(self, text: str, at: int = 0) -> bool:
        """Whether a role ends in the first part of what points join: 居民｜代表买买提·艾力."""
        point = text.index("·", at)
        return any(self.role_before(text, end) for end in range(at + 2, point))

    def surname(self, text: str, at: int) -> int:
        """Length of the family name at a place, 0 if none begins there."""
        if text[at : at + 2] in self.compound:
            return 2
        return 1 if text[at : at + 1] in self.single or text[at : at + 1] in self.ambiguous else 0

    def clear(self, name: str) -> bool:
        """Whether a name's family name is nothing else."""
        return name[:2] in self.compound or name[0] in self.single

    def name_cost(self, name: str) -> float:
        """What reading these characters as a name costs, in natural logarithms."""
        family = self.costs["surname" if self.clear(name) else "ambiguous_surname"]
        given = name[self.surname(name, 0) :]
        once = given[:1] if given[:1] == given[1:] else given  # 转转: said twice, as many a woman is called
        return family + sum(self.costs["given" if c in self.given else "rarer_given"] for c in once)

    def full_name(self, word: str) -> bool:
        """Whether a word of the dictionary is somebody's full name."""
        common = self.clear(word) or self.given.issuperset(word[1:])
        return common and self.plausible(word) and log_frequency(word) <= self.rare

    def new(self, name: str) -> bool:
        """Whether a name is no word of the dictionary, or somebody's full name there."""
        return not is_word(name) or self.full_name(name)

    def likely(self, name: str) -> bool:
        """Whether a name's family name is nothing else, or its given name is a usual one."""
        return self.clear(name) or self.given.issuperset(name[self.surname(name, 0) :])

    def _uncommon(self, name: str) -> bool:
        """Whether a name that begins with a word which few are called by goes on as names do."""
        return name[2:] in self.given and (name[1] in self.given or not is_word(name[:2]))

    def plausible(self, name: str, whole: bool = False) -> bool:
        """Whether these characters, found in a name's place, can be one; `whole` says that they end there."""
        if not self.name.fullmatch(name) or name.endswith(self.address):
            return False
        if len(name) == 2 and name[1] in self.elders:
            return False  # 范老, 黄伯: how an elder is addressed
        if name[self.surname(name, 0) :] in self.titles or name.startswith(self.no_names):
            return False  # 专家｜廖院长
        if name[0] in self.uncommon and not self._uncommon(name):
            return False  # 区｜委, 门｜前
        if _NUMBER.fullmatch(name, 1):
            return False  # 社工｜管三千｜人
        if len(name) == 3 and name[2] == _HOW and is_word(name[:2]):
            return False  # 高兴地｜说
        if len(name) == 3 and name[2] in _GOVERNING and not whole:
            return False  # 段青｜向居民
        common = self.common_clear if self.clear(name) else self.common
        return not (is_word(name) and log_frequency(name) > common)


def names_of(roles: Scheme, surnames: Scheme, rules: RuleFile) -> Names:
    """The vocabularies `roles` and `surnames` and the table `names` of the rules, shaped for use."""
    table = rules.tables["names"]
    by_kind = {kind: frozenset(surnames.by_notation[kind].labels[1:]) for kind in surnames.by_notation}
    strong = roles.words(*_STRONG)
    titles = frozenset(w for w in strong if len(w) == 2)
    every = (*strong, *roles.words("weak"))
    first = "".join(sorted({w[0] for group in by_kind.values() for w in group}))
    last = "".join(sorted({w[-1] for w in every}))
    foreign, sounds = (
        rules[f"people.{kind}"].pattern.pattern.replace("\n", "") for kind in ("foreign", "transliterated")
    )
    return Names(
        strong=strong,
        roles=every,
        no_names=tuple(table["no_names"]),
        titles=titles,
        weak=frozenset(roles.words("weak")) - set(strong),
        by_last={
            c: tuple(sorted((w for w in every if w[-1] == c), key=lambda w: (-len(w), w))) for c in last
        },
        national=roles.words("national"),
        media=roles.words("media"),
        single=by_kind["single"],
        ambiguous=by_kind["ambiguous"] | by_kind["rare"],
        uncommon=by_kind["rare"],
        everyday=frozenset(table["everyday"]),
        compound=by_kind["compound"],
        name=rules["people.name"].pattern,
        address=tuple(table["address"]),
        before_role=frozenset(table["before_role"]),
        # One test a character finds the few places where a role may end and a name begin.
        trigger=re.compile(
            rf"[{last}](?=((?:[{PARTING}{NAMING}]|——)?"
            rf"(?:[{first}](?=[\u4e00-\u9fa5]|[ \u3000]{{1,2}}[\u4e00-\u9fa5](?![\u4e00-\u9fa5]))"
            rf"|(?=[\u4e00-\u9fa5]{{2,6}}·|{foreign}|{sounds}))))"
        ),
        beyond_joined=frozenset(table["beyond_joined"]),
        called_things=tuple(table["called_things"]),
        elders=frozenset(table["elders"]),
        of_persons=tuple(table["of_persons"]),
        of_speakers=tuple(table["of_speakers"]),
        after_credit=tuple(table["after_credit"]),
        bureau=tuple(table["bureau"]),
        towns=frozenset(table["towns"]),
        of_places=tuple(table["of_places"]),
        before_titled=frozenset(table["before_titled"]),
        wards=frozenset(table["wards"]),
        appointed=re.compile(
            "任(?:[微总副大小片楼级第首席专兼职名誉党栋单元网格区域一二三]{0,6})(?:"
            + "|".join(every)
            + "|组员|[片格渠河路田林山湖院巷组段站灯廊埠]长|[\u4e00-\u9fa5]{1,2}长(?=[^\u4e00-\u9fa5]|$))"
        ),
        common=math.log(table["common"] / _JIEBA_TOTAL),
        given=frozenset(table["given_characters"]),
        costs={key: table[key] for key in _COSTS},
        common_clear=math.log(table["common_behind_clear_surname"] / _JIEBA_TOTAL),
        rare=math.log(table["common_behind_weak_role"] / _JIEBA_TOTAL),
    )


def name_end(text: str, at: int, words: Names, rules: RuleFile, weak: bool) -> int:
    """Where the name ends that begins here, or 0: by what follows it, else by the cheaper reading."""
    spaced = rules["people.spaced"].pattern.match(text, at)
    if spaced:
        return spaced.end()
    joined = rules["people.joined"].pattern.match(text, at)
    if (
        joined
        and not words.role_within(text, at)
        and _FUNCTION.isdisjoint(text[at : text.index("·", at)])
        and not _of_place(text, joined, words)
    ):
        known = rules["people.foreign_part"].pattern
        return _joined_end(text, joined.start("last"), joined.end(), words.beyond_joined, known)
    foreign = rules["people.foreign"].pattern.match(text, at)
    told = rules["people.transliterated"].pattern.match(text, at)
    if told and (foreign is None or told.end() > foreign.end()) and _of_sounds(told[0]):
        return told.end()
    if foreign:
        return foreign.end()
    if words.appointed.match(text, at):
        return 0  # 书记｜任微网格长
    found = rules["people.reading"].pattern.match(text, at)
    behind = text[found.end() : found.end() + 3] if found is not None else ""
    if found and not weak and found[0] in words.everyday:
        told = rules["people.told_of"].pattern.match(text, found.end())
        return found.end() if told else 0
    if found is None or (behind[:1] in _FUNCTION and behind not in _TOLD):
        return _by_cost(text, at, words, weak)
    name = found[0]
    whole = not _HAN.match(behind) and behind[:1] not in _OPENING  # a preposition has something behind it
    if not words.plausible(name, whole) or (weak and is_word(name) and log_frequency(name) > words.rare):
        return 0
    doubtful = weak or not words.clear(name)
    proof = words.costs["proof_of_ambiguous" if doubtful else "proof"]
    return found.end() if is_word(name) or words.name_cost(name) <= _cost(name) + proof else 0


def _of_sounds(name: str) -> bool:
    """Whether characters that spell names of other languages make no common word: 阿拉坦仓, not 马上到来."""
    return all(len(word) == 1 or log_frequency(word) < _SELDOM for word in cut(name))


def parted(run: str, words: Names) -> tuple[str, ...]:
    """The names of which a run consists that nothing parts: 段青禾司马青 → 段青禾, 司马青; or none.

    Each begins with a family name; of several ways to part it the cheapest is taken. Linear in the run.
    """
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(run)
    for start in range(len(run)):
        before, first = best[start], words.surname(run, start)
        if before is None or first == 0:
            continue
        for end in range(start + first + 1, min(start + first + 2, len(run)) + 1):
            name = run[start:end]
            if name.endswith(words.address):
                continue
            cost = before[0] + words.name_cost(name)
            known = best[end]
            if known is None or cost < known[0]:
                best[end] = (cost, (*before[1], name))
    whole = best[len(run)]
    return whole[1] if whole is not None else ()


def _of_place(text: str, joined: re.Match[str], words: Names) -> bool:
    """Whether what a point joins is a place's name: 松园·翠湖小区, but not 段青·禾｜在社区."""
    behind = text[joined.start("last") : joined.end() + 2]
    last = next((n for n, c in enumerate(behind) if n > 1 and c in words.beyond_joined), len(behind))
    return any(place in behind[:last] for place in words.of_places if len(place) > 1)


def settled(names: Iterable[str], text: str) -> dict[str, str]:
    """How far each name reaches that the whole text shows, where it stands more than once.

    One of two characters that the same third always follows takes it in (段青｜禾, elsewhere 段青禾); one
    that stands elsewhere without its last character loses it (段青向｜居民, elsewhere 段青).
    """
    names = dict.fromkeys(names)
    places = occurrences(text, [*names, *(name[:-1] for name in names if _may_lose(name))])

    def followers(name: str) -> list[str]:
        """What stands behind each occurrence: two characters."""
        return [text[at + len(name) : at + len(name) + 2] for at in places[name]]

    return {name: _settled(name, followers) for name in names}


def _may_lose(name: str) -> bool:
    """Whether a name may have taken in a character that is not its own."""
    return len(name) == 3 or "·" in name


def _settled(name: str, followers: Callable[[str], list[str]]) -> str:
    behind = followers(name)
    third = behind[0][:1] if behind else ""
    if len(behind) > 1 and _HAN.fullmatch(third) and len({b[:1] for b in behind}) == 1:
        longer = len(name) < 3 or "·" in name
        if longer and len({b[1:2] for b in behind}) > 1:
            return name + third
    if _may_lose(name) and all(_HAN.match(b) for b in behind):
        others = {b[:1] for b in followers(name[:-1])} - {name[-1]}
        if len(others) > 1 or (others and ("·" in name or name[-1] in _NO_LAST)):
            return name[:-1]
    return name


def _joined_end(text: str, last: int, end: int, beyond: frozenset[str], foreign: re.Pattern[str]) -> int:
    """Where the last part of a name such as 阿依努尔·艾力 ends, by the cost of the words behind it."""
    known = foreign.match(text, last, end)
    if known:
        return known.end()
    end = next((n for n in range(last + 2, end) if text[n] in beyond), end)
    length = min(range(2, end - last + 1), key=lambda k: k * _JOINED_CHARACTER + _cost(text[last + k : end]))
    return last + length


def _cost(text: str) -> float:
    """What the dictionary's best reading of a stretch costs: the negative logarithms of its words' shares."""
    return -sum(log_frequency(word) for word in cut(text)) if text else 0.0


def _by_cost(text: str, at: int, words: Names, weak: bool) -> int:
    """End of the name whose reading, with the words behind it, costs less than words alone; else 0."""
    run = _HAN.match(text, at, at + _LOOK)
    first = words.surname(text, at)
    if run is None or first == 0:
        return 0
    window = run[0]
    costs = words.costs
    known = cut(window)[0]
    if len(known) == first + 2 and words.full_name(known):
        return at + len(known)  # the dictionary has some full names
    limit = _cost(window) - costs["margin_behind_weak_role" if weak else "margin"]
    end = 0
    for given in (1, 2):
        length = first + given
        if length > len(window) or not words.plausible(window[:length]):
            continue
        cost = words.name_cost(window[:length]) + _cost(window[length:])
        if cost <= limit:
            limit, end = cost, at + length
    return end
