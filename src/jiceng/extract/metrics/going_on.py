"""Whether a clause goes on with what was counted before it, and whether what stands beside a number acts."""

from __future__ import annotations

from jiceng.extract.metrics.farther.distant import part
from jiceng.extract.metrics.farther.outcomes import dealt, holds_cases, is_case, outcome
from jiceng.extract.metrics.holder import holders
from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.sentence.boundaries import does, handled
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.numerals import Quantity

_MEANS = 20  # characters from the beginning of a means to what was done by it


def told_on(sentence: Sentence, start: int) -> bool:
    """Whether what follows goes on with what was counted before: ；已办结|1652件, 。镇综治中心办理|84件."""
    if sentence.text[start - 1 : start] not in ("；", "。") or not sentence.tokens:
        return False
    number = next((t for t in sentence.tokens if t.kind == "Q"), None)
    first = next((t for t in sentence.tokens if t.kind not in "DT"), None)
    if number is None or first is None or first is number:
        return False
    unit = number.quantity.unit if number.quantity is not None else None
    if is_case(unit, sentence.grammar):
        return _dealt_on(sentence, first, number)
    return sentence.text[start - 1] == "；" and outcome(
        sentence.text, first.start, number.start, sentence.grammar
    )


def _dealt_on(sentence: Sentence, first: Token, number: Token) -> bool:
    """Whether from `first` to `number` it is only told who dealt with cases: ；卫健委，转办|62件,
    ；上报至市级平台的有|18件, 各行业调委会累计调处|83件."""
    text, grammar = sentence.text, sentence.grammar
    start, end = first.start, number.start
    for word in ("有", "为", "共"):
        if text.endswith("的" + word, start, end):
            end -= 2
    stops = [t for t in sentence.tokens if t.kind == "B" and first.start < t.start < number.start]
    if stops:
        who = len(stops) == 1 and text.endswith(
            (*grammar.lists["agency_end"], *grammar.lists["body"]), start, stops[0].start
        )
        return who and outcome(text, stops[0].end, end, grammar)
    if dealt(text, start, end, grammar):
        return True
    verb = max((t for t in sentence.tokens if t.end <= end), key=lambda t: t.end)
    alone = (
        verb.end == end
        and verb.kind in "VW"
        and verb.start > start
        and sentence.word(verb) in grammar.outcomes
    )
    handed = verb.end == end and verb.kind in "VW" and sentence.word(verb) in grammar.lists["handing_on"]
    if handed and text.startswith(("通过", "经由", "依托"), start) and verb.start - start < _MEANS:
        return True  # ；通过“随手拍”共上报|31件
    held = text[start : verb.start].rstrip("".join(grammar.lists["total"]))
    return alone and held.endswith((*grammar.lists["agency_end"], *grammar.lists["body"]))


def begins_with_number(sentence: Sentence, carried: Reading) -> bool:
    """Whether a sentence has no noun before its number, whose unit it shares: 。目前已有|12部完工."""
    left = False
    for token in sentence.tokens:
        if token.quantity is not None:
            unit = token.quantity.unit
            kind = sentence.grammar.kind(unit)
            counted = unit not in ("个", "次") and kind == "classifier"
            return unit == carried.unit and (counted or (left and kind == "measure"))
        left = left or sentence.word(token) in sentence.grammar.lists["left_over"]
        if token.kind not in "DTVP":
            return False
    return False


def begins_with_class(sentence: Sentence, start: int, carried: Reading) -> bool:
    """Whether what follows begins with a size and 的, and tells how many have it: ；5万—10万元的|12个; or
    with a kind of those counted before: ；25周岁以下|3人, ；大专以上文化程度的有|13人."""
    if sentence.text[start - 1 : start] != "；":
        return False
    aged = ("岁", "周岁")
    figures = ((i, t.quantity) for i, t in enumerate(sentence.tokens) if t.quantity is not None)
    number = next((i for i, q in figures if q.unit not in aged), 0)
    if sentence.kind(1) + sentence.kind(2) == "FQ":
        return number == 0
    quantity = sentence.tokens[number].quantity
    people = quantity is not None and sentence.grammar.kind(quantity.unit) == "people"
    if not people or not number or not carried.noun.text.endswith(sentence.grammar.person_ends):
        return False
    said = sentence.text[sentence.tokens[0].start : sentence.tokens[number].start]
    return said.endswith("的有") or (
        said.endswith(sentence.grammar.lists["bracket_end"]) and said[0].isdigit()
    )


def acts(sentence: Sentence, place: int) -> bool:
    """Whether what stands behind a number begins with a verb and runs up to the clause's end."""
    token = sentence.tokens[place + 1]
    if sentence.kind(place + 2) not in "BAVD" or sentence.grammar.kind(_unit(sentence, place)) == "money":
        return False
    parts = parts_of(sentence.text, token.start, token.end, sentence.grammar)
    word = sentence.text[parts[0].start : parts[0].end]
    return len(parts) > 1 and parts[0].kind in "VRDI" and word not in sentence.grammar.nouns


def _unit(sentence: Sentence, place: int) -> str | None:
    quantity = sentence.tokens[place].quantity
    return quantity.unit if quantity is not None else None


def dealt_with(sentence: Sentence, place: int, noun: Noun) -> bool:
    """Whether a clause before a number only says what was done with what was counted before it."""
    first = sentence.clause(place, "BQL")
    if sentence.kind(place - 1) not in "VWXD":
        return False
    if sentence.kind(first - 1) == "L":
        quantity = sentence.tokens[place].quantity
        case = quantity is not None and is_case(quantity.unit, sentence.grammar)
        end = sentence.tokens[place - 1].end
        return (
            case
            and sentence.kind(first - 2) == "Q"
            and dealt(sentence.text, sentence.tokens[first].start, end, sentence.grammar)
        )
    while sentence.kind(first) in "DTR" or (
        first < place and sentence.word(sentence.tokens[first]) in sentence.grammar.lists["not_yet"]
    ):
        first += 1
    if first < place and noun.start >= sentence.tokens[first].start:
        start, end = sentence.tokens[first].start, sentence.tokens[place - 1].end
        quantity = sentence.tokens[place].quantity
        said = dealt if quantity is not None and is_case(quantity.unit, sentence.grammar) else outcome
        if said(sentence.text, start, end, sentence.grammar):
            return True
    if first < place - 1 and sentence.kind(place - 1) in "XW" and sentence.kind(place - 2) == "V":
        return False  # 下沉|编制640个
    if first >= place or any(sentence.kind(i) not in "VWXDA" for i in range(first, place)):
        return False
    quantity = sentence.tokens[place].quantity
    if quantity is not None and quantity.unit in sentence.grammar.lists["held_unit"]:
        return False  # 推进会12次，|现场督导检查8次
    return noun.start >= sentence.tokens[first].start and handled(
        sentence.text, sentence.tokens[first].start, sentence.tokens[place - 1].end, sentence.grammar
    )


def told_of(noun: Noun) -> bool:
    """Whether a verb between noun and number says something of the noun: 重复访|下降|四成."""
    return noun.verb is not None and noun.verb.start >= noun.end and len(noun.text) > 2


def shares(sentence: Sentence, place: int, grammar: Grammar, previous: Reading) -> bool:
    """Whether a clause that begins with 占 says what part the counted people, things or grounds are."""
    at = sentence.clause(place)
    at = sentence.on(at, "DT")
    begins = at < place and sentence.word(sentence.tokens[at]).startswith(("占", "约占"))
    heads = (*grammar.person_ends, *grammar.lists["population"])
    people = previous.unit is None and previous.noun.text.endswith(heads)
    kind = grammar.kind(previous.unit)
    ground = kind == "measure" and any(
        word in sentence.text[sentence.tokens[at].start : sentence.tokens[place].start]
        for word in grammar.lists["ground"]
    )
    ahead = sentence.text[sentence.tokens[at].start : sentence.tokens[place].start] if begins else ""
    planned = kind == "money" and any(word in ahead for word in grammar.lists["planned_sum"])
    whole = ahead.partition("的比")[0].rstrip("的")  # 占|财政支出的比重达80%
    planned = planned or (kind == "money" and whole.endswith(grammar.lists["whole_sum"]))
    return begins and (people or ground or planned or kind in ("people", "classifier"))


def built_too(sentence: Sentence, place: int, noun: Noun, known: Noun) -> bool:
    """Whether only another verb stands in a list of what was built: 新建公厕6座、|改建|11座."""
    at = place - 2
    if sentence.kind(at) != "L" or sentence.kind(at - 1) != "Q" or noun.start < sentence.tokens[at].end:
        return False
    built = known.verb is not None and sentence.word(known.verb) in sentence.grammar.building
    return built and noun.text in sentence.grammar.verbs


def same_unit(previous: Reading, quantity: Quantity) -> bool:
    """Whether a number has the unit of one that was read before."""
    return previous.unit == quantity.unit


def holds_it(sentence: Sentence, place: int, noun: Noun, previous: Reading | None) -> bool:
    """Whether the phrase before a number names who holds it: 其中|城南街道14个、江滨街道12个."""
    lists = sentence.grammar.lists
    if previous is not None and _has_beds(sentence, place, noun, previous):
        return True
    grown = noun.verb is not None and sentence.word(noun.verb) in sentence.grammar.bearing
    if not grown and (noun.verb is not None or sentence.kind(place - 1) not in "XW"):
        return False
    unit = previous.unit if previous is not None else None
    if previous is not None and previous.noun.text.endswith(lists["matter"]):
        unit = "件"  # 停车类问题30个，其中|便民热线21个
    cases = previous is not None and holds_cases(noun, unit, sentence.grammar)
    if (
        not (cases or noun.text.endswith(lists["place_end"]))
        or noun.text.startswith(lists["kind_start"])
        or len(noun.text) > 12
    ):
        return False
    if noun.text.endswith(("农村", "乡村", *lists["inner_area"])):
        return False  # 市场监管8件，农业农村4件
    if previous is not None and previous.noun.text.endswith(noun.text[-2:]):
        return False  # 社区11个，其中|涉农社区3个
    kind = noun.text[-1] if noun.text[-1] in "县区市镇乡村" else ""
    told_apart = part(sentence, place) or _parted(sentence, place)  # 小区31个（|新城区21个）
    quarters = previous is not None and previous.noun.text.endswith(lists["quarters"])  # 社区8个，|高港区4个
    alike = previous is not None and bool(kind) and previous.noun.text.endswith(kind)
    if alike and (kind == "村" or not (told_apart or quarters)):
        return False  # 森林县16个、|卫生县21个; no village holds villages: 行政村32个，其中|文明村8个
    if cases:
        return True
    area = noun.text.endswith(lists["area_end"]) and not noun.text.endswith(lists["kind_end"])
    named = any(name == noun.text for name, _ in holders(sentence))
    area = area or (named and previous is not None and previous.unit == _unit(sentence, place))
    parted = _parted(sentence, place)
    return (len(noun.text) > 2 or parted) and (area or part(sentence, place) or parted)  # （丰县|16个


def _has_beds(sentence: Sentence, place: int, noun: Noun, previous: Reading) -> bool:
    """Whether a number with a unit that fits few things is one of those counted before, told of who has
    them: 床位320张，其中|养老院120张."""
    unit, grammar = _unit(sentence, place), sentence.grammar
    fitting = grammar.fitting.get(unit or "", ())
    if not fitting or previous.unit != unit or noun.verb is not None or len(noun.items) > 1:
        return False
    had = noun.text.endswith(grammar.lists["having_beds"]) and not noun.text.endswith(fitting)
    return had and previous.noun.text.endswith(fitting)


def names_places(sentence: Sentence, noun: Noun, unit: str | None) -> bool:
    """Whether what stands before a number of people names places: 行政村|50名; 名 counts no places."""
    lists = sentence.grammar.lists
    return unit in ("名", "位") and noun.text.endswith((*lists["area_end"], *lists["place_kind"], "村"))


def _parted(sentence: Sentence, place: int) -> bool:
    """Whether brackets behind a number part it among places: 停车场4个（清河社区1个、|桃湾小区3个）."""
    at = sentence.back(place - 1, "XWQLC")
    if at < 1 or sentence.kind(at) != "B" or sentence.word(sentence.tokens[at]) != "（":
        return False
    return sentence.kind(at - 1) == "Q"


def behind_other(sentence: Sentence, place: int) -> bool:
    """Whether the noun before a number is that of another one and a break is missing: 11个小区|1.9万户."""
    at = sentence.back(place - 1, "XW")
    if at == place - 1 or sentence.kind(at) != "Q" or sentence.kind(place + 1) not in "BVQX":
        return False
    behind = sentence.tokens[place + 1] if sentence.kind(place + 1) == "X" else None
    if behind is not None and not does(sentence.text, behind.start, behind.end, sentence.grammar, True):
        return False
    if sentence.word(sentence.tokens[place - 1]).endswith(sentence.grammar.measure_heads):
        return False  # 6个院落|总户数910户
    other = sentence.tokens[at].quantity
    return other is not None and sentence.grammar.kind(other.unit) == "classifier"


def over(sentence: Sentence, last: Token, quantity: Quantity) -> bool:
    """Whether only a slash stands between a number and the one at `last`, which has the same unit."""
    if quantity.number != quantity.start or quantity.start != last.end + 1 or last.quantity is None:
        return False
    return sentence.text[last.end] in "/／" and last.quantity.unit == quantity.unit


def says_of(sentence: Sentence, place: int, quantity: Quantity, known: Reading | None) -> bool:
    """Whether a verb with its object behind a number tells of what was counted before: 7条|牵涉产权.

    Only where the number has a unit that fits few things and is that of `known`.
    """
    grammar = sentence.grammar
    token = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
    if token is None or known is None or token.kind != "X" or sentence.kind(place + 2) != "B":
        return False
    if sentence.kind(place - 1) not in "BDL" or quantity.unit != known.unit:
        return False
    if quantity.unit in grammar.lists["general_unit"] or grammar.kind(quantity.unit) not in (
        "classifier",
        "occurrence",
    ):
        return False
    fitting = grammar.fitting.get(quantity.unit or "", ())
    if sentence.word(token).endswith((known.noun.text[-2:], *grammar.compounds, *fitting)):
        return False
    first, *rest = parts_of(sentence.text, token.start, token.end, grammar)
    lacks = sentence.text[first.start] in grammar.lists["lacking"]
    return bool(rest) and first.kind in "VR" and (first.end - first.start > 1 or lacks)


def says_when(sentence: Sentence, place: int, behind: Noun) -> bool:
    """Whether what stands behind a number only says when or how a verb behind it is done, which describes
    the noun farther on: 12家|首批纳入管理的|协会."""
    at = place + 1
    if behind.text not in sentence.grammar.lists["means_of_deed"] or sentence.kind(at + 1) not in "VW":
        return False
    at = sentence.on(at, "XVWDA")
    return sentence.kind(at) == "F" and sentence.kind(at + 1) in "XW"
