"""Cutting a sentence into the few kinds of pieces that the clause grammar knows.

Kinds, one character each:

    Q quantity   V governing verb   W verb that also stands in nouns   X anything else (nouns, names)
    P preposition or other beginning of a new phrase   A manner (a verb follows)
    D adverb that may stand before a number   C conjunction   E 等   F 的   L 、
    B punctuation that ends a clause   T span of time   R rate (每…)   S words for the whole district
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain, compress
from operator import or_

from jiceng import pairs
from jiceng.extract.metrics.sentence.longer_words import inside_word, rate_end
from jiceng.extract.metrics.sentence.run_ends import RunEnds, completes
from jiceng.extract.metrics.sentence.signs import Signs
from jiceng.numerals import Quantity
from jiceng.values import dataclass
from jiceng.words import is_word, words_of_class

_CLOSE = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")"}
_MARKS = {"、": "L", "等": "E", "的": "F"}
_BULLETS = frozenset("•●▪◆◇■□▲△★☆※")
_UNTIL = "至于"  # before a time
_ENDS_CLAUSE = _BULLETS | frozenset("，,。；;：:！？!?\n（）()【】…—→”’」』》")
_ANY_MARK = frozenset((*_ENDS_CLAUSE, *_CLOSE, *_MARKS))
NAME_LIMIT = 22  # a longer quoted stretch, or one with a sentence inside, is speech
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text at `start:end`; `quantity` where it is one."""

    kind: str
    start: int
    end: int
    quantity: Quantity | None = None


class Words:
    """A word list for longest match: each word with its kind; `lists` and `signs` are those of the rules.

    A verb in front of one of `events` names it (动员|大会), unless it is one of `attending` (召开|大会).
    """

    def __init__(
        self,
        kinds: Mapping[str, str],
        lists: Mapping[str, Sequence[str]],
        signs: Signs,
    ) -> None:
        self._kinds = kinds
        self.signs = signs
        self._number_signs = _DIGITS | signs.about
        lengths: dict[str, set[int]] = {}
        for word in kinds:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        self.single = frozenset(word for word in kinds if len(word) == 1)
        self.pairs = frozenset(word[:2] for word in kinds if len(word) > 1)
        self.events = frozenset(lists["event"])
        self.ended = frozenset(lists["no_total"])
        self.attending = frozenset(lists["attending"])
        self.no_place = frozenset(lists["no_fee_or_place"])
        self.no_suffix = frozenset(lists["no_suffix"])
        self.deeds = frozenset(lists["deed_or_noun"])
        self.named_for_deed = frozenset(lists["named_for_deed"])
        self.no_noun = tuple(lists["no_noun_inside"])
        self.deed_leads = tuple(lists["deed_lead"])
        self.kinds_of_area = frozenset(word[0] for word in lists["kind_end"])
        self.run_ends = RunEnds(
            signs,
            paying=frozenset(lists["short_paying"]),
            changes=frozenset(lists["short_change"]),
            no_perfect=frozenset(lists["no_perfect"]),
        )
        self._signs = frozenset((*self.single, *_CLOSE, *_MARKS, *_ENDS_CLAUSE, *"· "))

    def beginnings(self, text: str, start: int, end: int) -> list[int]:
        """The places of `text[start:end]` where a word or a mark may begin: a third of them."""
        marked = map(self._signs.__contains__, text[start:end])
        paired = chain(map(self.pairs.__contains__, pairs.of(text)[start:end]), (False,))
        return list(compress(range(start, end), map(or_, marked, paired)))

    def at(self, text: str, place: int, end: int) -> tuple[str, int] | None:
        """Kind and end of the longest word that begins at `place`."""
        for length in self._lengths.get(text[place], ()):
            if place + length <= end:
                kind = self._kinds.get(text[place : place + length])
                if kind and length > 1 and self._part_of_reached(text, place + length):
                    continue
                if kind == "X" and length < 4 and text.startswith(self.no_noun, place):
                    continue  # 有|机关, 为|老旧小区, 建成|区级平台
                if (
                    kind
                    and length > 2
                    and text[place + length - 1] == "办"
                    and text[place + length : place + length + 1] in self.signs.handled
                ):
                    continue
                if kind and length == 2 and text[place] == "共" and self._overlaps(text, place, end, kind):
                    return self._kinds["共"], place + 1
                inner = kind == "S" and text[place] in "区市县" and text[place - 1] in self.kinds_of_area
                if inner or (kind == "X" and length == 4 and self._is_deed(text, place, place + length)):
                    continue  # 片区|内
                if kind:
                    return kind, place + length
        return None

    def _is_deed(self, text: str, place: int, last: int) -> bool:
        """Whether a noun with a verb inside is that verb and its object: 共|选派|干部, 区委|选派|干部45名."""
        if text[place:last] not in self.deeds:
            return False
        if text.endswith(self.deed_leads, max(0, place - 4), place):
            return True
        numbered = text[last : last + 1] in self._number_signs
        return numbered and text[place - 1 : place] not in self.signs.of_noun

    def _overlaps(self, text: str, place: int, end: int, kind: str) -> bool:
        """Whether a verb of two characters begins inside 共设, 共建, 共接: 共|设置, 共|建立, 共|接待."""
        behind = text[place + 1 : place + 3]
        verbs = ("V", "W") if kind == "V" else ("V",)
        return place + 3 <= end and (self._kinds.get(behind) in verbs or behind == "计划")

    def _part_of_reached(self, text: str, end: int) -> bool:
        """Whether the 达 that ends a word begins another one: 累计|达标小区."""
        return text[end - 1] == "达" and text[end : end + 1] in self.signs.reached_word


def name_end(text: str, start: int, end: int) -> int | None:
    """End of the quoted name or short bracket that opens at `start`; None if it is speech or a remark."""
    mark = text[start]
    close = text.find(_CLOSE[mark], start + 1, min(end, start + NAME_LIMIT + 2))
    if close < 0:
        return None
    inside = text[start + 1 : close]
    if mark in "（(":
        return (
            close + 1
            if len(inside) <= 6 and not any(c.isdigit() or c in "，。；：" for c in inside)
            else None
        )
    if any(c in "。！？；，" for c in inside) and mark != "《" and len(inside) > 12:
        return None
    return close + 1


def tokenise(text: str, start: int, end: int, words: Words, special: Sequence[Token]) -> list[Token]:
    """The tokens of `text[start:end]`; `special` are those found beforehand, sorted and disjoint."""
    return _Tokeniser(text, start, end, words, special).tokens


class _Tokeniser:
    """Reads a stretch from left to right.

    `at` is the place that is looked at, `run` where the characters begin that no token has yet, `ahead` the
    index of the next token of `special`.
    """

    __slots__ = ("ahead", "at", "beginnings", "end", "run", "special", "text", "tokens", "words")

    def __init__(self, text: str, start: int, end: int, words: Words, special: Sequence[Token]) -> None:
        self.text, self.end, self.words, self.special = text, end, words, special
        self.at = self.run = start
        self.ahead = bisect_left(special, start, key=lambda t: t.start)
        self.beginnings = words.beginnings(text, start, end)
        self.tokens: list[Token] = []
        while self.at < end:
            if self.ahead < len(special) and special[self.ahead].start <= self.at:
                self._take_special()
            elif not self._take_mark(text[self.at]):
                self._take_word(text[self.at])
        self._leave_run(end)

    def _next_special(self) -> int:
        """Where the next token of `special` begins; the end where there is none."""
        return self.special[self.ahead].start if self.ahead < len(self.special) else self.end

    def _leave_run(self, end: int) -> None:
        """What stands between the last token and `end` is of no known kind."""
        if self.run < end:
            self.tokens.append(Token("X", self.run, end))

    def _push(self, kind: str, last: int) -> None:
        self._leave_run(self.at)
        self.tokens.append(Token(kind, self.at, last))
        self.at = self.run = last

    def _take_special(self) -> None:
        token = self.special[self.ahead]
        self.ahead += 1
        if token.start < self.at:
            return
        if self.run < self.at and token.kind == "Q":
            self._split_verb(token.quantity is not None and token.quantity.unit == "元")
        elif self.run < self.at - 1 and token.kind == "T" and self.text[self.at - 1] in _UNTIL:
            self._part_preposition()
        self._leave_run(self.at)
        self.tokens.append(token)
        self.at = self.run = token.end

    def _part_preposition(self) -> None:
        """Part a word of one sign that leads to a time from the run before it: 8件工单|至|次月办结."""
        if not is_word(self.text[self.at - 2 : self.at]):
            self._leave_run(self.at - 1)
            self.tokens.append(Token("P", self.at - 1, self.at))
            self.run = self.at

    def _split_verb(self, paid: bool) -> None:
        """Part verb, complement and adverb from the run before a number, which is one of money if `paid`."""
        at, text = self.at, self.text
        if text[at - 1] in "共达" and at - self.run > 1 and text[at - 2 : at] not in self.words.ended:
            self._leave_run(at - 1)
            self.tokens.append(Token("D" if text[at - 1] == "共" else "V", at - 1, at))  # 巡查等工作|共|60次
            self.run = at
            return
        verb = self.words.run_ends.resultative(self.text, self.run, at)
        if verb == at and paid and self.words.run_ends.pays(self.text, self.run, at):
            verb = at - 1
        if verb == at:
            return
        short = at - verb == 1 or (at - verb == 2 and self.text[at - 1] == "了")
        only = short and verb - self.run > 1 and self.text[verb - 1] in self.words.signs.only
        only = only and not is_word(self.text[verb - 2 : verb])
        self._leave_run(verb - only)
        if only:
            self.tokens.append(Token("D", verb - 1, verb))
        self.tokens.append(Token("V", verb, at))
        self.run = at

    def _take_mark(self, sign: str) -> bool:
        """Read a mark that ends a clause, a quoted name or white space; False if there is none."""
        at = self.at
        if sign in _CLOSE:
            last = name_end(self.text, at, self.end)
            if last is not None and last <= self._next_special():
                whole = self.words.at(self.text, at, self.end)
                self.at = max(last, whole[1]) if whole else last  # “两新”组织
            else:
                self._push("B", at + 1)
        elif sign in _ENDS_CLAUSE:
            self._push("B", at + 1)
        elif sign == " ":
            self._leave_run(at)
            self.at = self.run = at + 1
        else:
            return False
        return True

    def _take_word(self, sign: str) -> None:
        text, at, words = self.text, self.at, self.words
        # Most characters begin no word: two look-ups tell that faster than a search.
        begins = sign in words.single or text[at : at + 2] in words.pairs
        found = words.at(text, at, self.end) if begins else None
        if found is None:
            self._take_character(sign)
            return
        kind, last = found
        if sign == "计" and _is_plan(text, at, last, self.run, self.tokens):
            self.at = last
        elif kind == "A" and (rate := rate_end(text, last)) is not None:
            self.at = min(rate, self._next_special())
        elif not self._stands(kind, last):
            ended = last == at + 1 or text[last : last + 1] in _ANY_MARK  # 据介绍|，
            self.at = min(self.end, last if ended else last + 1, self._next_special())
        elif kind == "X":
            self.at = last
        else:
            self._push_word(kind, last)

    def _take_character(self, sign: str) -> None:
        """A character that begins no word: a particle, or else on to the next that may begin one."""
        kind = _MARKS.get(sign)
        if kind:
            kinds = kind == "E" and self.text.startswith("类", self.at + 1)
            kinds = kinds and self.text[self.at + 2 : self.at + 3] not in self.words.signs.like
            self._push(kind, self.at + 1 + kinds)  # 修路、补漏等类|工单
            return
        behind = bisect_left(self.beginnings, self.at + 1)
        place = self.beginnings[behind] if behind < len(self.beginnings) else self.end
        self.at = min(place, self._next_special())

    def _push_word(self, kind: str, last: int) -> None:
        text, at, signs = self.text, self.at, self.words.signs
        results = kind in "VW" and last - at > 1 and text[last : last + 1] in signs.result
        if results and text[last + 1 : last + 2] not in signs.no_result:
            kind, last = "V", last + 1
        bare = last == at + 1 or text[at + 1 : last] == "了"
        if (
            kind == "V"
            and bare
            and text[at] in signs.completing
            and self.run < at
            and completes(text, self.run, at)
        ):
            self.at -= 1  # 杂物|清走了
        if kind in "VW" and last - at > 1:
            self._part_modal()
        self._push(kind, last)

    def _part_modal(self) -> None:
        """Part a word of one sign that says that the verb behind it is to come: 各社区|要|招募志愿者."""
        text, at = self.text, self.at
        if self.run < at and text[at - 1] in self.words.signs.modal and not is_word(text[at - 2 : at]):
            self._leave_run(at - 1)
            self.tokens.append(Token("P", at - 1, at))
            self.run = at

    def _stands(self, kind: str, last: int) -> bool:
        """Whether the word from `at` to `last` is one here, and not part of a longer one (满意|率, 党|建)."""
        text, at, words, signs = self.text, self.at, self.words, self.words.signs
        after, behind = text[last : last + 1], text[last : last + 2]
        if kind == "S":
            return not (text[last - 1] == "内" and after in "设部外")  # 街道|内设机构
        if text[at:last] == "共" and after == "党" and self._counts_all(last):
            return True  # 全镇共|党支部12个
        if text[at] != "该" and inside_word(text, at, last, self.run, self._next_special(), kind, words):
            return False
        if after == "比" and kind in "VW" and (behind[1:] in signs.direct or behind[1:].isdigit()):
            return False  # 示范点创建|比达82%
        if kind == "W" and after in signs.suffix_of_noun:
            return behind in words.no_suffix or is_word(behind)  # 代办|员, 培训|者
        if kind != "V" or last - at == 1:
            of_name = text[at] in "里中" and text.startswith(("社区", "小区", "街道"), last)  # 柳荫里社区
            opens = self.run == at and (not self.tokens or self.tokens[-1].kind == "B")
            of_name = of_name or (opens and last - at == 1 and text[at] in "里中")  # 中溪镇
            return not of_name and (last - at > 1 or self._stands_alone(kind, last))
        if after in signs.fee and last - at == 2 and behind not in words.no_place and not is_word(behind):
            return False
        named = behind in words.events or (
            text[last + 2 : last + 4] in words.events and words.at(text, last, last + 2) is not None
        )
        if named and text[at:last] not in words.attending:
            return False  # 动员|大会, 沟通|协商|会议
        return after not in signs.suffix or behind in words.no_suffix

    def _stands_alone(self, kind: str, last: int) -> bool:
        """Whether a word of one character is one here: they are found inside longer ones all the time."""
        text, at, tokens, signs = self.text, self.at, self.tokens, self.words.signs
        sign, begins = text[at], self.run == at
        if kind not in "VD" or sign in signs.free or sign == "有":
            return True
        if sign == "共" and self._counts_all(last):
            return True
        if sign in signs.aspect:
            return begins and bool(tokens) and tokens[-1].kind in "VW"
        number = self.ahead < len(self.special) and self.special[self.ahead].start == last
        if number and (begins or sign in signs.direct):
            return True
        if kind == "V":
            follows = begins and (not tokens or tokens[-1].kind in "ABDTRV")
            return follows or text[last : last + 1] == "了"
        following = self.words.at(text, last, self.end) if last < self.end else None
        if following is None:
            return sign in "只仅" and text[last : last + 2] in words_of_class("v")  # 证明事项|只|保留6项
        return following[0] in "AVWDP"

    def _counts_all(self, last: int) -> bool:
        """Whether 共 before `last` leads to a noun with its number: 共|居民3200户; but 公共|设施30处."""
        text, at, number = self.text, self.at, self._next_special()
        if (self.run < at and is_word(text[at - 1 : last])) or not 2 <= number - last <= 4:
            return False
        named = is_word(text[last:number]) or text[last] == "党"
        return named and self.special[self.ahead].kind == "Q"


def _is_plan(text: str, at: int, last: int, run: int, tokens: Sequence[Token]) -> bool:
    """Whether 计划 is a noun, of which a share is told: 投资|计划的83%."""
    named = run < at or (bool(tokens) and tokens[-1].kind in "TW" and tokens[-1].end == at)
    return text[at:last] == "计划" and named and text[last : last + 1] in "的数，、完"
