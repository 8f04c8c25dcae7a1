"""Persons with a role: officials and residents who are named, writers and photographers who are credited.

Leaders of the country are background and left out. A name is two to four characters that begin with a
family name (or parts joined by ·); whether it ends after two or three is decided by what follows it, in
credits also by the white space of the source, which the repair leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jiceng.extract.analysis import Analysis
from jiceng.lexicon import Lexicon, Scheme
from jiceng.model import Person
from jiceng.rules import RuleFile, load_rules
from jiceng.words import cut, is_word, log_frequency

_STRONG = ("party", "government", "post", "profession", "resident")
_EDGE = re.compile(r"[，。！？；：“”‘’《》（）()\n■□◆●▲【】\s]")
_JIEBA_TOTAL = 60_101_967  # occurrences that jieba's dictionary sums up to
_FUNCTION = frozenset("的在是为与和及同向对把将被从就也给正有来到又还便则曾已都让用最很")
_JOINED_CHARACTER = 6.5  # cost of a character in the last part of a name such as 阿依努尔·艾力
_HAN = re.compile(r"[\u4e00-\u9fa5]+")
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
_LOOK = 10  # characters that the readings of a name are compared over
_ROLE_REACH = 40
_PHOTOGRAPHER = "摄影"


@dataclass(frozen=True)
class _Words:
    """The vocabularies, shaped for looking up at a place of the text."""

    strong: tuple[str, ...]
    roles: tuple[str, ...]
    national: tuple[str, ...]
    media: tuple[str, ...]
    single: frozenset[str]
    ambiguous: frozenset[str]
    compound: frozenset[str]
    name: re.Pattern[str]
    address: tuple[str, ...]
    before_role: frozenset[str]
    trigger: re.Pattern[str]
    common: float  # log frequency from which a word is no name
    common_clear: float  # the same where the family name is nothing else
    rare: float  # the same behind an everyday noun
    costs: Mapping[str, float]
    given: frozenset[str]  # characters that given names are commonly made of

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
        return family + sum(self.costs["given" if c in self.given else "rarer_given"] for c in given)

    def full_name(self, word: str) -> bool:
        """Whether a word of the dictionary is somebody's full name."""
        common = self.clear(word) or self.given.issuperset(word[1:])
        return common and self.plausible(word) and log_frequency(word) <= self.rare

    def plausible(self, name: str) -> bool:
        """Whether these characters, found in a name's place, can be one."""
        if not self.name.fullmatch(name) or name.endswith(self.address):
            return False
        common = self.common_clear if self.clear(name) else self.common
        return not (is_word(name) and log_frequency(name) > common)


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Person, ...]]:
    """The function that finds the persons of an article, one fact for each name, in order."""
    rules = load_rules("people", lexicon)
    words = _words(lexicon.scheme("roles"), lexicon.scheme("surnames"), rules)

    def extract(analysis: Analysis) -> tuple[Person, ...]:
        found: dict[str, Person] = {}
        candidates = (
            *_credits(analysis, rules, words),
            *_photographers(analysis, rules, words),
            *_before(analysis, rules, words),
            *_after(analysis, rules, words),
            *_grouped(analysis, rules, words),
            *_bracketed(analysis, rules, words),
        )
        for person in sorted(candidates, key=lambda p: (p.start, p.end)):
            found.setdefault(person.name, person)
        return tuple(found.values())

    return extract


def _words(roles: Scheme, surnames: Scheme, rules: RuleFile) -> _Words:
    import math

    names = rules.tables["names"]
    by_kind = {kind: frozenset(surnames.by_notation[kind].labels[1:]) for kind in surnames.by_notation}
    strong = roles.words(*_STRONG)
    every = (*strong, *roles.words("weak"))
    first = "".join(sorted({w[0] for group in by_kind.values() for w in group}))
    last = "".join(sorted({w[-1] for w in every}))
    return _Words(
        strong=strong,
        roles=every,
        national=roles.words("national"),
        media=roles.words("media"),
        single=by_kind["single"],
        ambiguous=by_kind["ambiguous"],
        compound=by_kind["compound"],
        name=rules["people.name"].pattern,
        address=tuple(names["address"]),
        before_role=frozenset(names["before_role"]),
        # One test a character finds the few places where a role may end and a name begin.
        trigger=re.compile(rf"(?<=[{last}])(?:[{first}](?=[\u4e00-\u9fa5])|[\u4e00-\u9fa5]{{2,6}}·)"),
        common=math.log(names["common"] / _JIEBA_TOTAL),
        given=frozenset(names["given_characters"]),
        costs={key: names[key] for key in _COSTS},
        common_clear=math.log(names["common_behind_clear_surname"] / _JIEBA_TOTAL),
        rare=math.log(names["common_behind_weak_role"] / _JIEBA_TOTAL),
    )


def _before(analysis: Analysis, rules: RuleFile, words: _Words) -> Iterator[Person]:
    text = analysis.text
    rule, listed = rules["people.role_before"], rules["people.listed"]
    done = 0
    for place in words.trigger.finditer(text):
        at = place.start()
        if at < done or not text.endswith(words.roles, 0, at):
            continue
        if text.startswith(words.address, at + words.surname(text, at)):
            continue
        head = next(w for w in words.roles if text.endswith(w, 0, at))
        weak = not text.endswith(words.strong, 0, at)
        end = _name_end(text, at, words, rules, weak)
        if end == 0:
            continue
        name = text[at:end]
        start = _role_start(analysis, at - len(head), words)
        role = text[start:at]
        if role.endswith(words.national):
            continue
        yield Person(start=start, end=end, rule=rule.name, name=name, role=_role(role, analysis))
        while text[end : end + 1] == "、" and (last := _name_end(text, end + 1, words, rules, weak)):
            name, end = text[end + 1 : last], last
            yield Person(start=start, end=end, rule=listed.name, name=name, role=_role(role, analysis))
        done = end


def _name_end(text: str, at: int, words: _Words, rules: RuleFile, weak: bool) -> int:
    """Where the name ends that begins here, or 0: by what follows it, else by the cheaper reading."""
    joined = rules["people.joined"].pattern.match(text, at)
    if joined:
        return _joined_end(text, joined.start("last"), joined.end())
    found = rules["people.reading"].pattern.match(text, at)
    if found is None or text[found.end() : found.end() + 1] in _FUNCTION:
        return _by_cost(text, at, words, weak)
    name = found[0]
    if not words.plausible(name) or (weak and is_word(name) and log_frequency(name) > words.rare):
        return 0
    doubtful = weak or not words.clear(name)
    proof = words.costs["proof_of_ambiguous" if doubtful else "proof"]
    return found.end() if is_word(name) or words.name_cost(name) <= _cost(name) + proof else 0


def _joined_end(text: str, last: int, end: int) -> int:
    """Where the last part of a name such as 阿依努尔·艾力 ends, by the cost of the words behind it."""
    length = min(range(2, end - last + 1), key=lambda k: k * _JOINED_CHARACTER + _cost(text[last + k : end]))
    return last + length


def _cost(text: str) -> float:
    """What the dictionary's best reading of a stretch costs: the negative logarithms of its words' shares."""
    return -sum(log_frequency(word) for word in cut(text)) if text else 0.0


def _by_cost(text: str, at: int, words: _Words, weak: bool) -> int:
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


def _role_start(analysis: Analysis, at: int, words: _Words) -> int:
    """Where the role phrase begins whose last word begins at `at`: 县委常委、组织部长 is one phrase."""
    text = analysis.text
    floor = max(0, at - _ROLE_REACH)
    start = floor
    for edge in _EDGE.finditer(text, floor, at):
        start = edge.end()
    # An enumeration belongs to the role only as far as each of its parts is a role itself.
    for comma in reversed([i for i in range(start, at) if text[i] == "、"]):
        if not text.endswith(words.roles, 0, comma):
            start = comma + 1
            break
    # The last of the words before a role, cut by the dictionary: 和 in 呼和浩特 is none, nor is a part of
    # the division's own name.
    name = analysis.article.division.name
    own = text.find(name, start, at + len(name))
    place = start
    for word in cut(text[start:at]):
        place += len(word)
        if word in words.before_role and not (own >= 0 and own < place <= own + len(name)):
            start = place
    return start


def _role(role: str, analysis: Analysis) -> str:
    """The role without the division's own name: of 厦门市同安区委书记 in 同安区's article, 区委书记."""
    name = analysis.article.division.name
    at = role.find(name)
    if at >= 0 and role[at + len(name) : at + len(name) + 1] in ("委", "长"):
        return role[at + len(name) - 1 :]
    return role


def _credits(analysis: Analysis, rules: RuleFile, words: _Words) -> Iterator[Person]:
    text = analysis.text
    rule = rules["people.credit"]
    at = text.find("者")
    for found in rule.pattern.finditer(text) if at >= 0 or "员" in text or "撰稿" in text else ():
        end = found.end()
        while length := _credited(analysis, end, words):
            name = text[end : end + length]
            yield Person(start=found.start(), end=end + length, rule=rule.name, name=name, role=found["role"])
            end += length
            if text[end : end + 1] in ("、", " ", "，") and words.surname(text, end + 1):
                end += 1


def _credited(analysis: Analysis, at: int, words: _Words) -> int:
    """Length of the credited name at a place, 0 if none stands there on its own."""
    text = analysis.text
    first = words.surname(text, at)
    if first == 0:
        return 0
    for given in (1, 2):
        end = at + first + given
        if end > len(text) or not words.plausible(text[at:end]):
            continue
        behind = text[end : end + 1]
        if (
            _white(analysis, end)
            or not behind
            or not "\u4e00" <= behind <= "\u9fa5"
            or text.startswith(words.media, end)
            or text.startswith(("摄", "报道", "文", "图", "整理", "采写"), end)
        ):
            return first + given
    return 0


def _photographers(analysis: Analysis, rules: RuleFile, words: _Words) -> Iterator[Person]:
    text = analysis.text
    rule = rules["people.photo"]
    for found in rule.pattern.finditer(text):
        if found[0][-1] in "：:／/":
            length = _credited(analysis, found.end(), words)
            if length and found[0][0] != "文":
                end = found.end() + length
                name = text[found.end() : end]
                yield Person(start=found.start(), end=end, rule=rule.name, name=name, role=_PHOTOGRAPHER)
            continue
        start = _name_before(analysis, found.start(), words)
        if start < found.start():
            name = text[start : found.start()]
            yield Person(start=start, end=found.end(), rule=rule.name, name=name, role=_PHOTOGRAPHER)


def _name_before(analysis: Analysis, end: int, words: _Words) -> int:
    """Start of the name that ends here: white space or punctuation before it decides, then the longer one."""
    text = analysis.text
    fitting = []
    for length in (2, 3, 4):
        start = end - length
        if start < 0 or not text[start:end].isalpha():
            break
        first = words.surname(text, start)
        if first == 0 or length - first not in (1, 2) or not words.plausible(text[start:end]):
            continue
        if start == 0 or not "\u4e00" <= text[start - 1] <= "\u9fa5" or _white(analysis, start):
            return start
        if text.endswith(words.media, 0, start):
            return start
        fitting.append(start)
    return fitting[-1] if fitting else end


def _white(analysis: Analysis, at: int) -> bool:
    """Whether the source has white space before this character of the body."""
    if at <= 0 or at >= len(analysis.text):
        return True
    spans = analysis.article.body.raw(at - 1, at + 1)
    between = analysis.article.source.text[spans[0].start : spans[0].end]
    return len(spans) > 1 or any(character.isspace() for character in between)


def _after(analysis: Analysis, rules: RuleFile, words: _Words) -> Iterator[Person]:
    rule = rules["people.role_after"]
    for sentence in analysis.sentences:
        found = rule.pattern.match(analysis.text, sentence.start, sentence.end)
        if found and words.plausible(found["name"]) and not is_word(found["name"]):
            start, end = found.start("name"), found.end("role")
            yield Person(start=start, end=end, rule=rule.name, name=found["name"], role=found["role"])


def _grouped(analysis: Analysis, rules: RuleFile, words: _Words) -> Iterator[Person]:
    text = analysis.text
    rule = rules["people.grouped"]
    at = text.find("等")
    while at >= 0:
        for start in range(max(0, at - 4), at - 1):
            found = rule.pattern.match(text, start)
            if found is None or found.end("name") != at:
                continue
            name, role = found.group("name", "role")
            if words.plausible(name) and not is_word(name):
                yield Person(start=start, end=found.end(), rule=rule.name, name=name, role=role)
                break
        at = text.find("等", at + 1)


def _bracketed(analysis: Analysis, rules: RuleFile, words: _Words) -> Iterator[Person]:
    text = analysis.text
    inside, around = rules["people.name_in_brackets"], rules["people.role_in_brackets"]
    for mark in analysis.bracketed:
        if mark.mark != "（":
            continue
        head = next((w for w in words.strong if text.endswith(w, 0, mark.start)), "")
        found = inside.pattern.match(text, mark.start - len(head), mark.end) if head else None
        if found and words.plausible(found["name"]) and not is_word(found["name"]):
            start = _role_start(analysis, found.start(), words)
            role = _role(text[start : mark.start], analysis)
            yield Person(start=start, end=mark.end, rule=inside.name, name=found["name"], role=role)
            continue
        for start in range(max(0, mark.start - 4), mark.start - 1):
            found = around.pattern.match(text, start, mark.end)
            if found and found.end("name") == mark.start and words.plausible(found["name"]):
                role = _role(found["role"], analysis)
                yield Person(start=start, end=mark.end, rule=around.name, name=found["name"], role=role)
                break
