"""Tier words in texts (街道党工委, 网格), how high each stands, and the text marked with them.

Tier words are overwritten by marks of the same length; the rules of `rules/tiers.toml` read that marked text,
in which a chain is a short pattern of marks and separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jiceng.lexicon import Lexicon, Scheme
from jiceng.rules import RuleFile, load_rules
from jiceng.values import dataclass

FIRST, REST = "\ue000", "\ue001"
MARKED = re.compile(f"{FIRST}{REST}*")
NUMERALS = dict(zip("两二三四五六七八2345678", (2, 2, 3, 4, 5, 6, 7, 8, 2, 3, 4, 5, 6, 7, 8), strict=True))
QUOTES = re.compile(r"[“”‘’\"\s]")
_SENTENCE_END = re.compile("[。\n]")
COUNTY, PERSONS, RESIDENTS = 30, 90, 95  # ranks; from PERSONS on they are households and people
AREAS = ("区域", "片区")  # between any two levels
_TRADES = ("楼宇", "商圈", "行业", "产业链")  # … as the party's bodies of such ones are
_BESIDE = re.compile("（[^（）]{1,12}）")
_LEVEL = re.compile("[二三四五六]级")
PLUS = re.compile(r"\s?[+＋]\s?")
MARK = re.compile("[、，；]")
CLAUSE = re.compile("[^、，；]+")
ASIDE = re.compile("（[^（）]*）")
COUNTED = re.compile(r"\d{1,6}[余多]?个")
_LABELS_KEPT = 20_000  # judged labels are kept for speed; no corpus has nearly as many

COUNT = re.compile(
    r"^(?:[\d.]+万|[\dNnX]+|[一二三四五六七八九十两]+|若干)[余多]?[个名支户处](?!长)|^各|^每[个名]?"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A tier word in the text. `family` is the top of its concept's notation; `rank` None fits everywhere."""

    start: int
    end: int
    label: str
    family: str
    rank: int | None
    placed: bool  # begins with a place, so that it names its own level


class TierWords:
    """The tier vocabulary, compiled: finds mentions in a text and judges labels."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rules: RuleFile = load_rules("tiers", lexicon)
        self.scheme: Scheme = lexicon.scheme("organisation_types")
        # No tier word begins with another character: that spares most places of a text the whole pattern.
        self.lists = self.rules.lists()
        first = "".join(sorted({w[0] for w in (*self.scheme.words(), *self.lists["opening"])}))
        mention = self.rules["tiers.mention"].pattern
        self._mention = re.compile(f"(?=[{re.escape(first)}])(?:{mention.pattern})", mention.flags)
        self._run = self.rules["tiers.run"].pattern
        self._single = self.rules["tiers.single"].pattern
        self._trace = self.rules["tiers.trace"].pattern
        single = self.rules.tables["single"]
        self._anywhere = frozenset(single["anywhere"])
        self._not_after = frozenset(single["not_after"])
        self._verbs_before = frozenset(single["verbs_before"])
        self._followed = re.compile(single["followed_by"])
        foreign = self.rules.tables["foreign"]
        self.foreign = re.compile(
            rf"[”）]?(?:[^，。；：、\n]{{0,4}}级[^，。；：\n]{{0,6}}?(?:{foreign['behind']})"
            rf"|[^，。；：、“”\n]{{0,4}}?(?:{foreign['ways']}))"
        )
        self._ranks: dict[str, int] = self.rules.tables["ranks"]
        self.places = self.scheme.words("place")
        self._party = self.scheme.words("party")
        self._bodies = self.scheme.words("party", "office", "role", "facility")
        own = self.rules.tables["own"]
        self.grids = frozenset(own["grids"])
        self._own_levels, self._strange = frozenset(own["levels"]) | self.grids, frozenset(own["strange"])
        self._own_families = frozenset(own["families"])
        self._judged: dict[str, tuple[str, int | None, bool]] = {}

    def windows(self, text: str) -> Iterator[tuple[int, int]]:
        """The sentences, from 。 to 。, with something by which chains are written; most have nothing."""
        at = 0
        while (found := self._trace.search(text, at)) is not None:
            start = max(text.rfind("。", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
            end = _SENTENCE_END.search(text, found.end())
            at = end.start() if end else len(text)
            yield start, at

    def mentions(self, text: str, at: int = 0, stop: int | None = None) -> list[Mention]:
        """All tier words of `text[at:stop]`, in order, not overlapping."""
        found: list[Mention] = []
        stop = len(text) if stop is None else stop
        runs = {m.start(): m[0] for m in self._run.finditer(text, at, stop)}
        while (match := self._mention.search(text, at, stop)) is not None:
            start, end = match.span()
            # A run of places before N级 (县乡村三级) parts into as many words as it says.
            begun = next((s for s in range(start, end) if s in runs), None)
            if begun is not None and (parts := self._run_of(text, begun, runs[begun])):
                found += parts
                at = parts[-1].end
                continue
            if found and _LEVEL.match(text, start) and text[found[-1].end : start] in ("", "”", "’"):
                at = start + 2  # “乡、村、屯”｜三级｜网格: how many levels there are
                continue
            if self._free(text, start, end):
                found.append(self._make(text, start, end))
                at = end
            else:
                at = start + 1
        return found

    def judge(self, label: str) -> tuple[str, int | None, bool]:
        """Family, rank and whether the label begins with a place."""
        if label not in self._judged:
            if len(self._judged) >= _LABELS_KEPT:
                self._judged.clear()
            self._judged[label] = self._judge(QUOTES.sub("", label))
        return self._judged[label]

    def level(self, label: str) -> str:
        """The place that a label begins with, with what stands beside it in brackets: 社区（村）｜党员."""
        place = next((w for w in self.places if label.startswith(w)), "")
        beside = _BESIDE.match(label, len(place)) if place else None
        return place + (beside[0] if beside else "")

    def own(self, label: str) -> str:
        """The notation of the place from the street down that a level is or has a body at, else nothing."""
        bare = _BESIDE.sub("", QUOTES.sub("", label))
        place = next((w for w in self.places if bare.startswith(w)), "")
        notation = self.scheme.by_label[place].notation if place and place not in self._strange else ""
        if notation not in self._own_levels or self.judge(label)[0] not in self._own_families:
            return ""
        return notation

    def _judge(self, label: str) -> tuple[str, int | None, bool]:
        bare = ASIDE.sub("", label)
        opens, ends = self.lists["household"]
        if bare.startswith(opens) and bare.endswith(ends):
            return "party", PERSONS, False  # 党员联防户: whatever they are called
        area = bare.startswith(AREAS) or (bare.startswith(_TRADES) and bare.endswith(self._party))
        place = "" if area else next((w for w in self.places if bare.startswith(w)), "")
        begin = next((len(w) for w in (*AREAS, *_TRADES) if area and bare.startswith(w)), 0)
        body = next((w for w in self._bodies if bare.endswith(w, begin)), "")
        if body.endswith(("民委员会", "委会")) and place and self._rank(place) == RESIDENTS:
            place = ""  # 村民委员会: the villagers' committee
        family = self.scheme.by_label[body or place].notation.partition(".")[0] if body or place else "other"
        low = self._rank(body)
        if bare in self.lists["apart"]:
            return family, None, True
        if area and body and low is not None and low < PERSONS:
            return family, None, True  # 片区党委: between any two
        if place and low is not None and low >= PERSONS:  # 党员中心户, 户长: below any place
            return family, low, True
        return family, self._rank(place) or low, bool(place) or (low is not None and low <= COUNTY)

    def _rank(self, word: str) -> int | None:
        notation = self.scheme.by_label[word].notation if word else ""
        while notation:
            if notation in self._ranks:
                return self._ranks[notation]
            notation = notation.rpartition(".")[0]
        return None

    def _make(self, text: str, start: int, end: int) -> Mention:
        label = text[start:end]
        return Mention(start, end, label, *self.judge(label))

    def _free(self, text: str, at: int, end: int) -> bool:
        """Whether a word is no piece of another one (全区, 村民): a question for single characters."""
        before = text[at - 1] if at else "\n"
        if text[at] == "户" and (before.isdigit() or before in "万余多千百"):
            return False  # 2万户｜党员中心户
        if end - at > 1:
            return (
                text[at] not in self._anywhere
                or text[at : at + 2] in self.scheme.by_label
                or before not in self._not_after
                or text[at - 2 : at] in self._verbs_before
            )
        if "\u4e00" <= before <= "\u9fff" and before != "一":
            listed = self._single.match(text, at)
            attached = before in self._not_after and text[at - 2 : at] not in self._verbs_before
            if not listed and (text[at] not in self._anywhere or attached):
                return False
        return self._followed.match(text, at + 1) is not None

    def _run_of(self, text: str, at: int, run: str) -> list[Mention]:
        """The places of a run (县乡村｜三级), as many as the number behind it; the last with its brackets."""
        beside = _BESIDE.match(text, at + len(run))
        behind = text[beside.end() if beside else at + len(run) :][:2].lstrip("“")[:1]
        parts = self._split(run, behind) or []
        ends = [at + sum(map(len, parts[: n + 1])) for n in range(len(parts))]
        if ends and beside:
            ends[-1] = beside.end()
        return [self._make(text, s, e) for s, e in zip([at, *ends], ends, strict=False)]

    def _split(self, run: str, numeral: str) -> list[str] | None:
        """A run of place words cut into as many as the numeral, if it is one, says, longest words first."""

        def parts(rest: str, count: int) -> list[str] | None:
            if not rest or not count:
                return [] if not rest and count <= 0 else None
            for length in (2, 1):
                word = rest[:length]
                if len(word) == length and word in self.scheme.by_label:
                    tail = parts(rest[length:], count - 1)
                    if tail is not None:
                        return [word, *tail]
            return None

        return parts(run, NUMERALS.get(numeral, -1))  # -1: no number, before 联动


def mark(text: str, mentions: Iterable[Mention]) -> str:
    """The text with each mention overwritten by marks, character for character."""
    pieces: list[str] = []
    text = text.replace(FIRST, " ").replace(REST, " ")
    at = 0
    for mention in mentions:
        pieces += (text[at : mention.start], FIRST, REST * (mention.end - mention.start - 1))
        at = mention.end
    return "".join((*pieces, text[at:]))
