"""Readings where what stands before a number is who does, gets or holds it, and not what is counted."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.nouns import right
from jiceng.extract.metrics.farther.aims import purpose
from jiceng.extract.metrics.farther.distant import object_before
from jiceng.extract.metrics.farther.elided import itself
from jiceng.extract.metrics.going_on import names_places
from jiceng.extract.metrics.number import Answer, Number, Reading, Sides, found
from jiceng.extract.metrics.patterns.points import only_spent, pays, pays_on
from jiceng.extract.metrics.sentence.phrase import Noun
from jiceng.words import is_word

_SERVED = ("为", "给", "替", "帮")
_PRICE = 200  # yuan: what a dish or a small service costs at most


def of_people(number: Number) -> bool:
    """Whether people are counted, with their unit or without one: 5000余|群众就业."""
    if number.kind == "people":
        return True
    behind = number.sentence.text[number.quantity.end : number.quantity.end + 2]
    return number.quantity.unit is None and behind in number.grammar.lists["people_bare"]


def members(sides: Sides) -> Answer:
    """People of whom some are told place by place: 选出委员180名，行政村|50名; 名 counts no places."""
    number, before, known = sides.number, sides.only, sides.number.known
    if before is None or known is None or number.grammar.kind(known.unit) != "people":
        return None
    if before.verb is not None or not names_places(number.sentence, before, number.quantity.unit):
        return None
    return Reading(known.noun, "metrics.elided")


def paid_again(sides: Sides) -> Answer:
    """More of the money that was told before."""
    number, before, previous = sides.number, sides.only, sides.number.previous
    if before is None or previous is None or not pays_on(number.sentence, number.place, before, previous):
        return None
    return Reading(previous.noun, "metrics.elided")


def kept(sides: Sides) -> Answer:
    """Households that somebody looks after: 一名网格员要管|900多户, 一人负责|600多户."""
    number, before = sides.number, sides.only
    if before is None or number.quantity.unit != "户":
        return None
    if before.text in number.grammar.lists["one_does"]:
        return itself(number) or False  # 一人负责|500多户
    keeper = number.grammar.rules["metrics.keeper"].pattern.search(before.text)
    return itself(number) or False if keeper else None


def called_on(sides: Sides) -> Answer:
    """Households that are visited: 每月入户|不少于30户."""
    number, before, unit = sides.number, sides.only, sides.number.quantity.unit
    if before is None or unit not in ("户", "户次", "人"):
        return None
    if unit == "户" and before.text in number.grammar.lists["removing"]:
        return itself(number) or False
    calls = number.grammar.lists["calling"] if unit != "人" else ("入户", f"入{unit}", "联户", "包户")
    return itself(number) or False if before.text.endswith(calls) else None


def paid(sides: Sides) -> Answer:
    """Money that people give: 街坊们凑了|1.7万元."""
    number, before = sides.number, sides.only
    if before is None or number.kind != "money" or not pays(number.sentence, number.place, before):
        return None
    return found(purpose(number.sentence, number.place), "metrics.purpose") or itself(number) or False


def paid_share(sides: Sides) -> Answer:
    """The part of a sum that somebody pays: 服务费180元，县财政出|一半."""
    number, before, previous = sides.number, sides.only, sides.number.previous
    if before is None or previous is None or number.kind != "share" or previous.unit not in ("元", "%"):
        return None
    lists, who = number.grammar.lists, before.text
    verb = number.sentence.word(number.sentence.tokens[number.place - 1])
    inside = next((len(w) for w in lists["bearing_part"] if len(w) > 1 and who.endswith(w)), 0)
    if inside or who[-1] in number.grammar.signs.paid_part:
        who = who[: -(inside or 1)]
    elif verb not in lists["bearing_part"]:
        return None
    payers = (*lists["actor"], *lists["governing_place"], *lists["investor"], "金")
    whole = number.known if number.known is not None and number.known.unit == "元" else previous
    return Reading(whole.noun, "metrics.elided") if who.endswith(payers) else None


def priced(sides: Sides) -> Answer:
    """What those named before a price pay for each meal: 60岁以上老人每餐|10元."""
    number, before = sides.number, sides.before
    sentence, at = number.sentence, number.place - 1
    if before is None or number.kind != "money" or sentence.kind(at) != "R":
        return None
    each = sentence.word(sentence.tokens[at]) in number.grammar.lists["served_each"]
    if not each or not before.text.endswith(number.grammar.person_ends):
        return None
    given = sentence.tokens[number.place + 1] if number.follows in "WX" else None
    if given is not None and sentence.word(given) in number.grammar.lists["given_each"]:
        return Reading(Noun(given.start, given.end, sentence.word(given)), "metrics.money")
    previous = number.previous
    if previous is not None and previous.unit == number.quantity.unit:
        return Reading(previous.noun, "metrics.elided")
    return itself(number) or False


def invested(sides: Sides) -> Answer:
    """What somebody invests in, or only that: 镇财政投资|600万元修建步道; but 完成民间投资|3亿元."""
    number, before = sides.number, sides.before
    if before is None or number.kind != "money" or number.follows == "F":
        return None
    sentence, place, lists = number.sentence, number.place, number.grammar.lists
    deed = sentence.tokens[place - 1]
    if sentence.word(deed) not in lists["investing"] or deed.end != before.end:
        return None
    who = before.text.removesuffix(sentence.word(deed))
    if not sentence.text.endswith(lists["resolving"], 0, deed.start):  # 街道决定|投资80万元改造泵房
        named = before.verb is None and who.endswith((*lists["investor"], *lists["area_end"]))
        if not named or who in lists["no_investor"]:
            return None
    aim = purpose(sentence, place)
    if aim is not None:
        return Reading(aim, "metrics.purpose")
    return Reading(Noun(deed.start, deed.end, sentence.word(deed), deed), "metrics.money")


def served(sides: Sides) -> Answer:
    """People or households whom somebody looks after: 网格平均服务管理|500人."""
    number, before = sides.number, sides.only
    if before is None or not number.names_them:
        return None
    served = number.grammar.rules["metrics.serves"].pattern.search(before.text)
    return itself(number) or False if served is not None else None


def room(sides: Sides) -> Answer:
    """How many a place has room for: 报告厅可容纳|180人; who lives or works there: 向阳里|420户."""
    number, before = sides.number, sides.before
    if before is None or not number.names_them:
        return None
    rule = number.grammar.rules["metrics.capacity"].pattern
    room = rule.search(number.sentence.text, before.start, number.quantity.start)
    return itself(number) or False if room is not None and room.end() > before.end else None


def in_one_place(sides: Sides) -> Answer:
    """Those who live in one place: 一栋楼|14户."""
    number, before = sides.number, sides.before
    if before is None or not number.names_them:
        return None
    said = before.text
    for word in number.grammar.lists["formerly"]:
        said = said.removeprefix(word)  # 以前一个网格|七八百户
    if not number.grammar.rules["metrics.each-one"].pattern.fullmatch(said):
        return None
    return itself(number) or False


def lives_there(sides: Sides) -> Answer:
    """People or households of a place, whom only the unit names: 柳湾社区已有|110人参与."""
    number, before = sides.number, sides.before
    if before is None or number.known is not None or not number.names_them:
        return None
    if sides.behind is not None and number.follows != "W":
        return None
    lists, name = number.grammar.lists, before.text
    named = len(name) > 2 and name.endswith(lists["territory"]) and not name.startswith(lists["kind_start"])
    return itself(number) or False if named or name in lists["home"] else None


def with_heads(sides: Sides) -> Answer:
    """Households whose people are counted right behind, with the noun of both: 住着|80户、230位老住户."""
    number, before = sides.number, sides.before
    if (
        number.quantity.unit != "户"
        or number.follows not in "LQ"
        or (before is not None and before.verb is None)
    ):
        return None
    sentence, lists = number.sentence, number.grammar.lists
    ahead = number.place + 1 + (number.follows == "L")
    heads = sentence.tokens[ahead].quantity if sentence.kind(ahead) == "Q" else None
    if heads is None or heads.unit not in ("名", "位", "人"):
        return None
    who = right(sentence, ahead, True)
    if who is None or not who.text.endswith(lists["householder"]):
        return None
    return Reading(replace(who, verb=number.verb), "metrics.shared")


def of_a_place(sides: Sides) -> Answer:
    """Households or people that a place is told to have: 有|900户的老小区, 党员|不足3人的小区."""
    number, before, behind = sides.number, sides.before, sides.behind
    if behind is None or number.follows != "F" or not number.names_them:
        return None
    lists = number.grammar.lists
    if not behind.text.endswith((*lists["place_kind"], *lists["home_kind"])):
        return None
    beside = before is not None and before.end == number.quantity.start
    if beside and before is not None and before.text.endswith(number.grammar.person_ends):
        return Reading(before, "metrics.before")
    return itself(number)


def spent(sides: Sides) -> Answer:
    """Money, and only what it was spent on (办席节约|460万元); but a list of prices names what costs so much
    (红烧带鱼|9元、时蔬|4元)."""
    number, before = sides.number, sides.only
    if before is None or number.kind != "money" or not only_spent(number.sentence, number.place, before):
        return None
    ahead = "".join(number.sentence.kind(number.place + i) for i in (1, 2, 3))
    if ahead == "LXQ" and before.verb is None and number.quantity.value < _PRICE:
        return None
    return itself(number) or False


def filled(sides: Sides) -> Answer:
    """Points and hours of lessons that are collected, whatever follows: 学满|40学时发结业证."""
    number = sides.number
    if number.quantity.unit not in number.grammar.lists["own_noun"] or sides.behind is None:
        return None
    filled_up = number.sentence.text.endswith(("满", "够", "足"), 0, number.quantity.start)
    return itself(number) if filled_up else None


def called_up(sides: Sides) -> bool:
    """Whether what stands behind is what people were called up for: 发动党员、居民4600多人次|清雪."""
    number, before, behind = sides.number, sides.before, sides.behind
    if before is None or behind is None or number.quantity.unit not in ("人次", "人"):
        return False
    urged = before.verb is not None and before.text.endswith(number.grammar.person_ends)
    return (
        urged
        and number.follows in "VWX"
        and behind.end - behind.start < 5
        and not behind.text.endswith(number.grammar.person_ends)
    )


def met(sides: Sides) -> Answer:
    """All who meet, whoever was counted before: 40名代表共|120余人参加会议."""
    number = sides.number
    sentence, place = number.sentence, number.place
    if (
        number.quantity.unit != "人"
        or sides.before is None
        or number.previous is None
        or number.follows != "V"
    ):
        return None
    if place < 1 or sentence.word(sentence.tokens[place - 1]) != "共":
        return None
    meets = sentence.word(sentence.tokens[place + 1]) in number.grammar.lists["meeting_all"]
    return itself(number) if meets else None


def came(sides: Sides) -> Answer:
    """How often people came, whom only the unit names: 累计1200人次|参训."""
    number, place = sides.number, sides.number.place + 1
    if sides.only is not None and number.quantity.unit in ("人", "人次") and number.follows == "B":
        lists, deed = number.grammar.lists, sides.only.text
        noun = number.quantity.unit == "人次" and deed in lists["counted_deed"]  # 就餐|约1900人次
        return itself(number) if deed in lists["came"] and not noun else None  # 参学|2000人
    if number.quantity.unit != "人次" or number.follows != "X" or sides.before is not None:
        return None
    said = number.sentence.word(number.sentence.tokens[place])
    alone = number.sentence.kind(place + 1) == "B" and said in number.grammar.lists["came"]
    return itself(number) or False if alone else None


def sorted_by(sides: Sides) -> bool:
    """Whether people before a number bound places behind it: 党员20名以上的|村."""
    number, before, behind = sides.number, sides.before, sides.behind
    if before is None or behind is None or number.follows != "F" or number.quantity.unit not in ("名", "位"):
        return False
    lists = number.grammar.lists
    return behind.text.endswith((*lists["area_end"], *lists["place_kind"], "居民区"))


def helped(sides: Sides) -> Answer:
    """People who are helped to what stands before their number: 帮助|待业青年实现就业40人."""
    number = sides.number
    if number.kind != "people" or number.quantity.unit == "户" or number.follows not in "BLC":
        return None
    sentence, lists, at = number.sentence, number.grammar.lists, number.place - 1
    first = max(0, at - 6)
    while at > first and sentence.word(sentence.tokens[at]) not in lists["urging"]:
        if sentence.kind(at) not in "XWVAF":
            return None
        at -= 1
    if sentence.word(sentence.tokens[at]) not in lists["urging"]:
        return None
    start = sentence.tokens[at + 1].start
    said = sentence.text[start : number.quantity.start]
    came = min((i for word in lists["became"] if (i := said.find(word, 2)) > 0), default=0)
    if not came or not said[:came].endswith(number.grammar.person_ends):
        return None
    own = said.rfind("的", 0, came) + 1  # 久未就业的|居民
    return Reading(Noun(start + own, start + came, said[own:came], number.verb), "metrics.before")


def chosen_of_them(number: Number, before: Noun) -> bool:
    """Whether only those who choose stand before a number: 提案64件，经初筛留下|18件，居民选出|7件."""
    near, lists = number.near, number.grammar.lists
    if near is None or number.kind != "classifier" or number.sentence.word(near) not in lists["choosing"]:
        return False
    return before.text.endswith(number.grammar.person_ends) or before.text.startswith("经")


def done_for(sides: Sides) -> Answer:
    """People for whom something is done, or of whom something became: 为158人|量血压, 一周后12人|到岗."""
    number, behind = sides.number, sides.behind
    if behind is None or not number.names_them or number.follows not in "XVW":
        return None
    sentence, before = number.sentence, number.place - 1
    told = behind.text in number.grammar.outcomes and sentence.kind(before) in "BTP"
    if number.goes_on is not None and behind.text in number.grammar.lists["voted"]:
        return Reading(number.goes_on.noun, "metrics.elided")  # 29人赞成，2人|弃权
    shared = number.quantity.unit == "户" and sentence.word(sentence.tokens[before]) == "由"
    told = told or (shared and sentence.kind(number.place + 2) == "B")  # 其余由16户|平摊，
    led = sentence.kind(before) == "P" and sentence.word(sentence.tokens[before]) in _SERVED
    led = (
        led
        and number.follows == "X"
        and behind.text[0] in number.grammar.lists["hand_verb"]
        and not is_word(behind.text[:2])
    )
    return itself(number) if told or led else None


def of_dimension(sides: Sides) -> Answer:
    """What is so wide and long, behind both: 修了|宽2.5米、长620米的|步道."""
    number, before = sides.number, sides.only
    sentence, at = number.sentence, number.place
    dimensions = number.grammar.lists["dimension"]
    if before is None or number.kind != "measure" or before.text[-1] not in dimensions:
        return None
    ahead, one = before.text[:-1], number.grammar.rules["metrics.one-or-two"].pattern
    if ahead not in ("", "全") and ahead[-1] not in "了成出起" and one.fullmatch(ahead[-2:]) is None:
        return None  # 一座|长12米、宽3米的石桥
    while sentence.kind(at + 1) in "LC" and sentence.word(sentence.tokens[at + 2]) in dimensions:
        if sentence.kind(at + 3) != "Q":
            return None
        at += 3
    return found(right(sentence, at, False), "metrics.behind") if sentence.kind(at + 1) == "F" else None


def apiece(sides: Sides) -> Answer:
    """What one of those that are offered costs: 推出“骑手套餐”，一份|12元."""
    number, before = sides.number, sides.only
    if before is None or number.kind != "money":
        return None
    if not number.grammar.rules["metrics.apiece"].pattern.fullmatch(before.text):
        return None
    noun = object_before(number.sentence, number.place)
    return found(noun, "metrics.distant") or itself(number)


def went(sides: Sides) -> Answer:
    """How often somebody went somewhere: 跑了|11趟县民政局."""
    number = sides.number
    near = number.near if number.quantity.unit in ("趟", "回", "遭") else None
    if sides.behind is None or near is None:
        return None
    word = number.sentence.word(near).rstrip("了过")
    if word not in number.grammar.lists["going"]:
        return None
    return Reading(Noun(near.start, near.start + len(word), word, near), "metrics.deed")


def became(sides: Sides) -> Answer:
    """Those of the people just counted of whom something became: 选拔42名干部，5名|考录为公务员."""
    number, known = sides.number, sides.number.known
    if known is None or number.kind != "people" or number.follows not in ("V", "X"):
        return None
    verb = number.sentence.word(number.sentence.tokens[number.place + 1]).rstrip("为")
    counted = number.grammar.kind(known.unit) == "people" and number.sentence.kind(number.place - 1) in "BT"
    told = counted and verb in number.grammar.lists["became"]
    return Reading(known.noun, "metrics.elided") if told else None
