"""What the words before a head are: the lists of `rules/organisations.toml` and `words/` as sets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiceng.resources import ontology_directory
from jiceng.rules import RuleFile, SignClasses


@dataclass(frozen=True, slots=True)
class Signs(SignClasses):
    """The classes of single characters: the table `signs` says what each is."""

    building: frozenset[str]
    institution: frozenset[str]
    surname: frozenset[str]
    left_over: frozenset[str]
    side: frozenset[str]
    trait: frozenset[str]
    degree: frozenset[str]
    level: frozenset[str]
    built: frozenset[str]
    settled: frozenset[str]
    adverb: frozenset[str]
    by_chance: frozenset[str]
    move: frozenset[str]
    counting: frozenset[str]
    place_end: frozenset[str]
    manner: frozenset[str]
    long_name: frozenset[str]
    sight: frozenset[str]
    headed: frozenset[str]
    sort: frozenset[str]
    landmark: frozenset[str]
    instance: frozenset[str]
    peaceful: frozenset[str]
    estate: frozenset[str]
    put: frozenset[str]
    opening: frozenset[str]
    into: frozenset[str]
    road: frozenset[str]
    lies: frozenset[str]
    part: frozenset[str]
    before_part: frozenset[str]
    ended: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameWords:
    """The word lists of `rules/organisations.toml` and `words/boundary.txt` as sets."""

    boundary: frozenset[str]
    place: frozenset[str]  # verbs that places are named with
    firm: frozenset[str]  # and firms, schools, venues
    generic: frozenset[str]
    naming: frozenset[str]
    roads: frozenset[str]  # words that roads and institutions are named with
    regions: frozenset[str]  # that universities and hospitals are named for
    nationwide: frozenset[str]  # firms known nationwide
    weak: frozenset[str]
    nested: frozenset[str]  # kinds of places that communities of a town are named for
    weak_followed: re.Pattern[str]
    weak_led: re.Pattern[str]
    unit_behind: re.Pattern[str]
    compound_behind: re.Pattern[str]  # behind a common noun, which then is no name's end: 城乡｜结合部
    firm_stops: frozenset[str]
    venue_stops: frozenset[str]  # firm_stops and more, for names that no other name shows
    place_stops: frozenset[str]
    plainly_function: frozenset[str]  # stops that no name holds
    classifiers: frozenset[str]
    both: frozenset[str]  # characters that stop a name or begin a short one
    people_words: frozenset[str]
    people: re.Pattern[str]  # words for people and bodies, and verbs of this genre that no dictionary has
    deeds: re.Pattern[str]  # what is done to a place: 守牢｜街道, 广邀｜社区
    sides: re.Pattern[str]  # where a place lies: 南临｜新民街道
    acts: frozenset[str]  # verbs of doing: no part of a body's name
    verbs: frozenset[str]  # the boundary without what firms are named with
    places: frozenset[str]  # names that the dictionary has
    compounds: frozenset[str]
    parting: frozenset[str]  # those of them that also arise where a name meets its head: 张｜集｜镇
    doubtful: Mapping[str, re.Pattern[str]]
    avenue_offices: re.Pattern[str]  # what shows that 街 ends a street office's name
    lists: Mapping[str, tuple[str, ...]]  # every list of the table `words` by its name
    sounds: frozenset[str]  # characters that names of other languages are written with
    telling: frozenset[str]  # those of them that hardly stand in other words
    trade_heads: frozenset[str]  # heads of homes that are named for a trade alone: 纺织小区
    trades: frozenset[str]
    themes: re.Pattern[str]  # what follows 社区 or 小区 where they mean any: 细数｜社区｜治理
    signs: Signs
    roads_end: tuple[str, ...]  # 路, 大街
    homes: tuple[str, ...]  # 包家, 任庄
    goes_on: re.Pattern[str]  # how names go on that begin with a city's: 南京｜东路街道
    zone: re.Pattern[str]  # 云岭经开区｜莲花社区
    numbered_part: re.Pattern[str]  # 铸造三村｜社区
    people_name: re.Pattern[str]  # 兴隆回族｜镇
    county: re.Pattern[str]  # 岩岭县｜岩桥镇
    governed: re.Pattern[str]
    lane: re.Pattern[str]  # 打铁巷｜社区
    officer: re.Pattern[str]  # 新建社区｜党委书记王明

    @classmethod
    def load(cls, rules: RuleFile, verbs: Sequence[str]) -> NameWords:
        """Gather the lists; `verbs` are further words that end a name to their right."""
        tables, lists = rules.tables, rules.lists()
        signs = Signs.load(tables["signs"])
        generic, stops = tables["generic"], tables["stops"]
        place = frozenset(tables["inner"]["place"].split())
        naming = frozenset(generic["naming"].split())
        firm = place.union(tables["inner"]["firm"].split(), naming)
        people, guarded = frozenset(stops["words"].split()), tables["guarded"]
        return cls(
            boundary=people.union(
                _listed("boundary") - naming,
                (v for v in verbs if len(v) > 1),
                (verb + goal for verb in signs.put for goal in signs.into),
            ),
            place=place - people,
            firm=firm - people,
            generic=frozenset(generic["place"].split()),
            naming=naming,
            roads=naming.union(generic["roads"].split()),
            regions=frozenset(generic["regions"].split()),
            nationwide=frozenset(tables["brands"]["nationwide"].split()),
            weak=frozenset(generic["weak"].split()),
            nested=frozenset(generic["nested"].split()),
            weak_followed=re.compile(generic["weak_followed"]),
            weak_led=re.compile(generic["weak_led"]),
            unit_behind=re.compile(generic["unit_behind"]),
            compound_behind=re.compile(tables["compounds"]["behind"]),
            firm_stops=frozenset(stops["firm"]),
            venue_stops=frozenset(stops["firm"] + stops["venue"]),
            place_stops=frozenset(stops["firm"] + stops["place"]),
            plainly_function=frozenset(stops["function"]),
            classifiers=frozenset(stops["classifiers"]),
            both=frozenset(stops["both"]),
            people_words=people,
            people=re.compile(
                "|".join(
                    [
                        *(_officer(w, signs) for w in sorted(people - guarded.keys(), key=_long_first)),
                        *guarded.values(),
                    ]
                )
            ),
            deeds=_deeds(tables["deeds"]),
            sides=re.compile(tables["deeds"]["sides"]),
            acts=people.union(v for v in verbs if len(v) > 1),
            verbs=people.union(
                _listed("boundary") - naming - firm, (v for v in verbs if len(v) > 1 and v not in firm)
            ),
            places=_listed("places") - frozenset(generic["place"].split()),
            compounds=frozenset(tables["compounds"]["words"].split()),
            parting=frozenset(tables["compounds"]["parting"].split()),
            avenue_offices=re.compile(tables["themes"]["avenue_offices"]),
            lists=lists,
            sounds=frozenset(tables["spelled"]["sounds"] + tables["spelled"]["telling"]),
            telling=frozenset(tables["spelled"]["telling"]),
            trade_heads=frozenset(tables["trade_homes"]["heads"].split()),
            trades=frozenset(tables["trade_homes"]["names"].split()),
            themes=re.compile(tables["themes"]["behind"]),
            doubtful={head: re.compile(behind) for head, behind in tables["doubtful"].items()},
            signs=signs,
            roads_end=lists["road"],
            homes=lists["home"],
            goes_on=rules["organisations.goes_on"].pattern,
            zone=rules["organisations.zone_before"].pattern,
            county=rules["organisations.county_before"].pattern,
            numbered_part=rules["organisations.numbered_part"].pattern,
            people_name=rules["organisations.people_name"].pattern,
            governed=rules["organisations.governed"].pattern,
            lane=rules["organisations.lane"].pattern,
            officer=rules["organisations.officer_behind"].pattern,
        )


def _deeds(table: Mapping[str, str]) -> re.Pattern[str]:
    pairs = f"[{table['verbs']}][{table['results']}]|[{table['plain_verbs']}][{table['plain_results']}]"
    return re.compile("|".join([pairs, *table["words"].split(), table["counts"]]))


def _officer(word: str, signs: Signs) -> str:
    """A word for people as a pattern: 市长, but not in 南陵市｜长征中学."""
    if word[-1] != "长" or word[0] not in "省市区县":
        return word
    return f"{word}(?![{''.join(sorted(signs.long_name))}])"


def _long_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _listed(name: str) -> frozenset[str]:
    lines = (ontology_directory() / "words" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())
