"""What the extractor is made of: word classes, units and patterns, compiled once from the ontology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiceng.extract.metrics.sentence.signs import Signs
from jiceng.extract.metrics.sentence.tokens import Words
from jiceng.lexicon import Lexicon
from jiceng.numerals import QuantityReader
from jiceng.rules import RuleFile, load_rules


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """Everything that reading a sentence needs; sets hold words of the texts."""

    rules: RuleFile
    reader: QuantityReader
    words: Words
    kinds: dict[str, str]  # a unit's notation → its kind (people, money, share, …)
    bearing: frozenset[str]  # verbs whose subject is what the number measures: 达, 增长, 参与, 有
    money: frozenset[str]
    rank: frozenset[str]
    change: frozenset[str]
    building: frozenset[str]
    verbs: frozenset[str]
    governing: frozenset[str]  # verbs and prepositions that have a noun right behind: 健全|街道…, 给予|小区
    holding: frozenset[str]  # verbs that leave unsaid what is done: 召开, 开展
    empty_heads: tuple[str, ...]
    label_heads: tuple[str, ...]
    abstract_heads: tuple[str, ...]
    measure_heads: tuple[str, ...]
    duration_nouns: tuple[str, ...]
    person_ends: tuple[str, ...]  # ends of words for people
    holders: tuple[str, ...]  # endings of persons and bodies that act
    patients: tuple[str, ...]  # beginnings of what is acted on
    money_nouns: tuple[str, ...]
    compounds: tuple[str, ...]  # ends of names that have a verb inside: 服务|站
    attributive: frozenset[str]  # verbs that stand before such an end as part of a name
    qualities: tuple[str, ...]  # ends of descriptions before 的
    sizes: tuple[str, ...]  # what a thing has, not the thing: 面积
    nouns: frozenset[str]  # listed words that stand in nouns, whatever a dictionary says
    deeds: frozenset[str]  # verbs, those included that also stand in nouns
    adverbial: frozenset[str]  # adverbs that begin a predicate
    responding: tuple[str, ...]  # verbs of which a time is promised: 回应, 办结
    counting: tuple[str, ...]  # verbs of points and hours collected: 记, 攒够
    outcomes: frozenset[str]  # what was done with, or became of, something counted before: 办结, 完工
    ruling: frozenset[str]  # verbs that take a noun as object: what looks like a verb behind describes it
    by_means: frozenset[str]  # what may stand before such a word: 按期, 直接, 网络
    fitting: Mapping[str, tuple[str, ...]]  # a unit's notation → the nouns that it counts
    lists: Mapping[str, tuple[str, ...]]  # every word list of the rules by its name
    signs: Signs

    def kind(self, unit: str | None) -> str:
        """Kind of a unit's notation; that of a missing unit is `none`."""
        return self.kinds.get(unit, "classifier") if unit else "none"


def _longest(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def grammar(lexicon: Lexicon) -> Grammar:
    """Compile the vocabularies `units` and `actions` and the rules `metrics`; raises OntologyError."""
    rules = load_rules("metrics", lexicon)
    units, actions = lexicon.scheme("units"), lexicon.scheme("actions")
    table, signs = rules.lists(), Signs.load(rules.tables["signs"])
    verbs = frozenset(actions.words())
    kinds = dict.fromkeys(verbs, "V")
    for name, kind in (
        ("nominal", "W"),
        ("preposition", "P"),
        ("manner", "A"),
        ("conjunction", "C"),
        ("adverb", "D"),
    ):
        kinds |= dict.fromkeys(table[name], kind)
    kinds |= dict.fromkeys(table["scope"], "S")
    kinds |= dict.fromkeys(table["noun"], "X")
    dated = table["dated_unit"]
    notations = {w: c.notation for c in units.concepts for w in c.labels if c.notation not in dated}
    return Grammar(
        rules=rules,
        reader=QuantityReader(notations, rules.tables["guards"]),
        words=Words(kinds, table, signs),
        kinds={c.notation: c.broader or "classifier" for c in units.concepts},
        bearing=frozenset(actions.words("reach", "rise", "fall", "take_part", "have", "share"))
        | {"为", "是", "在"},
        money=frozenset(actions.words("money")),
        rank=frozenset(actions.words("rank")),
        change=frozenset(actions.words("rise", "fall", "divide")),
        building=frozenset(actions.words(*table["building"])),
        verbs=verbs,
        governing=frozenset(
            w
            for w in (*verbs, *lexicon.scheme("mechanism_verbs").words(), *table["preposition"])
            if len(w) > 1
        ),
        holding=frozenset(table["holding"]),
        empty_heads=tuple(table["empty_head"]),
        label_heads=tuple(table["label_head"]),
        abstract_heads=tuple(table["abstract_head"]),
        measure_heads=tuple(table["measure_head"]),
        duration_nouns=tuple(table["duration_noun"]),
        person_ends=tuple(table["person_end"]),
        holders=tuple(table["holder"]),
        patients=tuple(table["patient"]),
        money_nouns=tuple(table["money_noun"]),
        compounds=tuple(table["compound"]),
        attributive=frozenset(table["attributive"]),
        qualities=tuple(table["quality"]),
        sizes=tuple(table["size"]),
        nouns=frozenset((*table["noun"], *table["nominal"], *table["attributive"], *table["describing"])),
        deeds=verbs | frozenset(table["nominal"]),
        adverbial=frozenset((*table["manner"], *table["adverbial"])),
        responding=_longest(table["responding"]),
        counting=_longest(table["counting"]),
        outcomes=frozenset(table["outcome"]),
        ruling=frozenset(actions.words("resolve", "establish", "build", "serve"))
        - frozenset((*table["urging"], *table["how"], *table["holding"], *table["means_of_deed"])),
        by_means=frozenset((*table["means_of_deed"], *table["adverb"], *table["channel"])),
        fitting={unit: tuple(nouns.split()) for unit, nouns in rules.tables["fitting"].items()},
        lists=table,
        signs=signs,
    )
