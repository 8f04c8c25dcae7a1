"""The sentence that an answer begins with: read off the rows, nothing added."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from jiceng.ask.grammar import load as load_grammar
from jiceng.ask.reckoning import plainly, reckoned
from jiceng.ask.rows import Rows, some
from jiceng.ask.terms import kind_of_mechanism, plain
from jiceng.ask.understand import Intent

ABSENT = "图谱只含所读的报道：没有提到，不等于实际没有。"
# Answers to these don't depend on what the reports leave unsaid.
_WHOLE = {
    *("count", "structure", "mechanisms", "mechanism", "organisation", "districts", "division", "within"),
    *("regions", "types", "reports", "reported"),
}
_NUMBERS = {"count", "across", "targets"}
_NAMES = {"having", "where_mechanism", "where_tier", "across", "mechanism", "without", "where_part"}
_SIGNS = {">=": "至少", ">": "超过", "=": "正好", "<": "不到", "<=": "至多"}
_CHAINS = 5
"""Tier chains of which the sentence tells."""
_LISTED = re.compile("[、和及与等（(]")
_OWN_COMMITTEE = re.compile("[省市区县旗盟州]委")
_NAMED = 5
"""Persons, honours and documents likewise."""


def summary(intent: Intent, rows: Rows, money: bool) -> str:
    """What an answer says; where the graph holds nothing, that it holds nothing."""
    form = load_grammar().titles[intent.kind]
    places = _whose(intent, form)
    if intent.kind == "structure" and intent.bound:
        form = f"{{d}}{intent.bound[1]}级的组织架构"
        places = "、".join(intent.divisions)
    if intent.kind == "typed":
        where = f"各{load_grammar().regions[intent.by]}" if intent.by else "各地"
        form = f"{{d}}{where}的{kind_of_mechanism(intent.sort)}类机制"
    elif intent.kind == "mechanisms" and intent.sort:
        form = f"{{d}}的{kind_of_mechanism(intent.sort)}类机制"
    elif intent.kind == "persons" and not intent.terms:
        form = "{d}的人物"
    elif intent.kind == "organisations" and intent.sort:
        form = f"{{d}}{{x}}的{load_grammar().words_of_sort(intent.sort)[0]}"
        places = "" if intent.terms else places
    elif intent.kind == "reports" and (intent.period or intent.bound):
        form = (
            f"{{d}}{intent.period or (intent.bound or ('', ''))[1]}年{'以来' if intent.bound else ''}的报道"
        )
    elif intent.kind == "common" and intent.sort:
        form = f"{{d}}多地共用的{kind_of_mechanism(intent.sort)}类机制"
    elif intent.called:
        form = f"{{d}}的{intent.called}{'' if intent.kind == 'documents' else '荣誉'}"
    elif intent.kind == "common" and intent.bound:
        sign, number = intent.bound
        form = f"{{d}}{_SIGNS[sign]}{number}个{load_grammar().regions.get(intent.by, '地方')}报道的机制"
    elif intent.by or (intent.sort and intent.kind in ("most", "least", "across", "where_part")):
        form = _of_regions(intent, form)
    lacking = f"、没有提到{'、'.join(intent.lacking)}" if intent.lacking else ""
    title = form.format(d=places, x="、".join(intent.terms), y=lacking)
    if not rows.rows:
        return f"{title}：图谱中没有找到。{ABSENT}"
    told = f"{title}：{_said(intent, rows, money)}。"
    return told + ("" if intent.kind in _WHOLE else ABSENT)


def _whose(intent: Intent, form: str) -> str:
    """Of which places an answer is; of numbers also of which of their parts, and of which year."""
    places = "、".join(intent.divisions)
    if not (places or intent.holder) and form.startswith("{d}的"):
        places = "各地"
    if intent.kind not in _NUMBERS:
        return places
    return f"{intent.period}{'年' if intent.period.isdecimal() else ''}{places}{intent.holder}"


def _of_regions(intent: Intent, form: str) -> str:
    """A title that tells of provinces, or of streets, where it tells of places."""
    grammar = load_grammar()
    word = grammar.regions[intent.by] if intent.by else grammar.words_of_sort(intent.sort)[0]
    return form.replace("各地", f"各{word}").replace("的地方", f"的{word}")


def _said(intent: Intent, rows: Rows, money: bool) -> str:
    match intent.kind:
        case "most" | "least" | "sum" | "average" | "difference":
            return reckoned(intent, rows, money)
        case "count":
            return _stated(rows) + (_together(rows) if intent.total else "") + _lacking(intent, rows)
        case "structure" | "deepest" | "shallowest":
            return _chains(intent, rows)
        case "compare":
            return _compared(intent, rows)
        case "above" | "below":
            return "；".join(dict.fromkeys(f"{d}：{other}" for d, _, other in _first_three(rows)))
        case "within":
            return "、".join(rows.values("larger"))
        case "similar" | "richest" | "common" | "reported":
            return _foremost(intent, rows)
        case (
            "organisation" | "division" | "districts" | "reports" | "regions" | "types" | "typed" | "tallied"
        ):
            return _number(intent.kind, rows)
        case "dated":
            return _days(rows)
        case "persons" | "honours" | "documents":
            return _some(_called(intent, rows)) + _own_leader(intent, rows)
    if intent.kind in _NAMES:
        return _places(intent, rows)
    things = next((c for c in ("tier", "name", "measured") if c in rows.columns), "division")
    return f"{len(rows.values(things))}项"


def _number(kind: str, rows: Rows) -> str:
    """How many there are of what is listed, with how much each of a few has."""
    match kind:
        case "regions":
            cells = rows.cells("region", "divisions", "reports")
            told = [f"{region} {divisions}个（{reports}篇）" for region, divisions, reports in cells]
            return f"{len(told)}个，有报道的区县：{some(told, '、')}"
        case "typed":
            told = [f"{place} {n}" for place, n in rows.cells(rows.columns[0], "mechanisms")]
            return some(told, "、")
        case "tallied":
            return some([f"{place} {n}" for place, n in rows.cells("division", "facts")], "、")
        case "types":
            told = [f"{sort} {n}" for sort, n in rows.cells("type", "mechanisms")]
            return f"{len(told)}类：{'、'.join(told)}"
        case "reports":
            return f"{len(rows.rows)}篇"
        case "districts":
            return f"{len(rows.rows)}个"
    return f"{len(rows.values('fact'))}条"


def _foremost(intent: Intent, rows: Rows) -> str:
    """The first of a ranking, and whatever is level with them; of mechanisms the first few."""
    if intent.kind == "common":
        told = [f"{m}（{n}）" for m, n in rows.cells("mechanism", "divisions")]
        if intent.bound:
            return f"{len(told)}项：{some(told, '、')}"
        return "、".join(told[: intent.limit or 5])
    if intent.kind == "similar":
        (_, most), *_ = pairs = rows.cells("division", "shared")
        return "、".join(d for d, n in pairs if n == most) + f"，共有{most}个"
    reported = intent.kind == "reported"
    pairs = rows.cells("region" if intent.by else "division", "reports" if reported else "facts")
    if not intent.bound and (intent.limit or not intent.by):
        least = int(pairs[: intent.limit or 1][-1][1])
        pairs = [(place, n) for place, n in pairs if int(n) >= least]
    told = [f"{place} {n}{'篇' if reported else ''}" for place, n in pairs]
    shown = "、".join(told) if intent.limit else some(told, "、")
    return (
        f"{len(pairs)}个{load_grammar().regions.get(intent.by, '地方')}：{shown}" if intent.bound else shown
    )


def _places(intent: Intent, rows: Rows) -> str:
    """The divisions of the rows, and which of them have all that is asked about."""
    if intent.kind == "without" and intent.by:
        regions = rows.values("region")
        return f"{len(regions)}个{load_grammar().regions[intent.by]}：{some(regions, '、')}"
    if intent.by:
        return _regions(intent, rows)
    if intent.sort:
        part = "part" if intent.kind == "where_part" else "subject"
        parts = list(dict.fromkeys(f"{d}{p}" for d, p in rows.cells("division", part)))
        return f"{len(parts)}个：{some(parts, '、')}"
    places = rows.values("division")
    if intent.kind == "having":
        return f"{len(places)}个地方：{'、'.join(places)}"
    lacking = _lacking(intent, rows) if intent.kind == "across" else ""
    return f"{len(places)}个地方：{'、'.join(places)}{_all_of_them(intent, rows)}{lacking}"


def _regions(intent: Intent, rows: Rows) -> str:
    """The regions of the rows with their divisions, those with the most first."""
    where: dict[str, dict[str, None]] = {}
    for region, place in rows.cells("region", "division"):
        where.setdefault(region, {})[place] = None
    order = sorted(where, key=lambda region: -len(where[region]))
    told = [f"{region} {len(where[region])}个（{some(list(where[region]), '、')}）" for region in order]
    return f"{len(told)}个{load_grammar().regions[intent.by]}：{some(told)}"


def _compared(intent: Intent, rows: Rows) -> str:
    """How many mechanisms divisions share, and how many each has alone."""
    where: dict[str, set[str]] = {}
    of = {place.code: named.label for named in intent.places for place in named.places}
    for what, item, code in rows.cells("what", "item", "code"):
        if what == "机制":
            where.setdefault(item, set()).add(of.get(code, code))
    shared = sum(len(places) > 1 for places in where.values())
    only = (f"只有{p}的{sum(places == {p} for places in where.values())}个" for p in intent.divisions)
    return f"共同机制{shared}个，{'，'.join(only)}"


def _stated(rows: Rows) -> str:
    """The numbers, with what tells that they are not reached or past (要求或计划, 整合前); of several that a
    division has of a thing each with the day of its report.
    """
    cells = rows.cells("division", "subject", "measured", "unit", "comparator", "value")
    values: dict[tuple[str, ...], set[str]] = {}
    for *thing, sign, value in cells:
        values.setdefault(tuple(thing), set()).add(sign + value)
    stated = []
    told = rows.cells("nature", "action", "published")
    for (d, part, m, u, c, v), (nature, action, day) in zip(cells, told, strict=True):
        notes = (
            "要求或计划" if nature == "rule" else "",
            action if action.endswith("前") else "",
            day if len(values[d, part, m, u]) > 1 else "",
        )
        aside = "，".join(filter(None, notes))
        stated.append(f"{d}{part}{m} {'' if c == '=' else c}{v}{u}{f'（{aside}）' if aside else ''}")
    return "；".join(list(dict.fromkeys(stated))[:5])


def _together(rows: Rows) -> str:
    """All together, where a place has numbers of its parts only; else why its numbers are not added.

    A number of the whole needs no sum, and several of them are of several days or things.
    """
    cells = rows.cells("division", "subject", "measured", "value", "unit", "comparator")
    whole = {(d, m, v, u) for d, part, m, v, u, _ in cells if not part}
    if whole:
        return "（所数不同，不能相加）" if len(whole) > 1 else ""
    (place, _, thing, _, unit, _), *_ = cells
    parts: dict[str, Decimal] = {}
    for d, part, m, v, u, sign in cells:
        if (
            (d, m, u) != (place, thing, unit)
            or sign not in ("", "=")
            or parts.get(part, Decimal(v)) != Decimal(v)
        ):
            return "（口径不同，不能相加）"
        parts[part] = Decimal(v)
    total = plainly(sum(parts.values(), Decimal(0)))
    return f"；所报道的{len(parts)}处合计 {total}{unit}" if len(parts) > 1 else ""


def _chains(intent: Intent, rows: Rows) -> str:
    """How many chains there are, and of each its levels, where it begins and ends, and what its text says; or
    where the deepest are, which come first.
    """
    if intent.kind != "structure":
        levels = rows.cells("division", "levels")
        first = dict.fromkeys(place for place, n in levels if n == levels[0][1])
        return f"{'、'.join(first)}，{levels[0][1]}级（{len(rows.values('division'))}个地方报道了组织链条）"
    named = len(intent.places) != 1 or intent.places[0].scope
    told: dict[str, tuple[str, ...]] = {}
    for chain, position, *stated in rows.cells("chain", "position", "division", "levels", "declared", "tier"):
        if position == "1" or chain not in told:
            told[chain] = (*stated, stated[-1])
        else:
            told[chain] = (*told[chain][:-1], stated[-1])
    said = [
        f"{place if named else ''}{levels}级（{ends[0]}—{ends[-1]}"
        f"{f'，文中称{declared}级' if declared not in ('', levels) else ''}）"
        for place, levels, declared, *ends in told.values()
    ]
    return f"{len(said)}条：{'；'.join(said[:_CHAINS])}{' 等' if len(said) > _CHAINS else ''}"


def _called(intent: Intent, rows: Rows) -> Collection[str]:
    """What the rows tell of by name: persons with their division and role."""
    if intent.kind != "persons":
        return rows.values("name")
    persons = rows.cells("division", "role", "name")
    return dict.fromkeys(f"{division}{role}{name}" for division, role, name in persons)


def _own_leader(intent: Intent, rows: Rows) -> str:
    """That who is told of leads a street or a community, where a division is asked for its 书记."""
    leaders = load_grammar().office.pattern
    if intent.kind != "persons" or not intent.places or not re.fullmatch(leaders, f"党委{intent.term}"):
        return ""
    own = any(_OWN_COMMITTEE.search(role) for role in rows.values("role"))
    return "" if own else "（其中没有区县一级的）"


def _days(rows: Rows) -> str:
    """The days of the first and the last report, and how many have none: a day is none of when it began."""
    days = [(day, place) for day, place in rows.cells("published", "division") if day]
    undated = len({place for day, place in rows.cells("published", "division") if not day})
    if not days:
        return "都没有日期；图谱也不记做法从何时开始"
    first, last = (
        f"{end}（{'、'.join(dict.fromkeys(p for d, p in days if d == end))}）"
        for end in (days[0][0], days[-1][0])
    )
    told = f"最早 {first}" + (f"，最晚 {last}" if first != last else "")
    aside = f"；另有{undated}个地方的报道没有日期" if undated else ""
    return f"{told}{aside}。这是报道的日期，图谱不记做法从何时开始"


def _some(things: Collection[str]) -> str:
    """How many there are, and the first of them."""
    named = "、".join(list(things)[:_NAMED])
    return f"{len(things)}项：{named}{' 等' if len(things) > _NAMED else ''}"


def _first_three(rows: Rows) -> list[tuple[str, ...]]:
    return rows.cells(*rows.columns[:3])


def _lacking(intent: Intent, rows: Rows) -> str:
    """Of several things that are asked about, those that no row counts.

    Nothing is said where a row goes by its indicator, whatever it is called.
    """
    if len(intent.terms) < 2:
        return ""
    names = [[plain(part) for part in _LISTED.split(measured)] for measured in rows.values("measured")]
    of = [{term for term in intent.terms if any(part.endswith(term) for part in parts)} for parts in names]
    lacking = [term for term in intent.terms if not any(term in found for found in of)] if all(of) else []
    return f"；没有找到：{'、'.join(lacking)}" if lacking else ""


def _all_of_them(intent: Intent, rows: Rows) -> str:
    """Of several terms, where all of them are."""
    if len(intent.terms) < 2:
        return ""
    column = next(c for c in ("term", "name", "tier", "measured", "division") if c in rows.columns)
    found: dict[str, set[str]] = {}
    for place, name in rows.cells("division", column):
        found.setdefault(place, set()).update(term for term in intent.terms if term in name)
    return f"；都有的：{'、'.join(p for p, of in found.items() if len(of) == len(intent.terms)) or '无'}"
