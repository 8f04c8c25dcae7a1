"""Where counted things end before a remark on them: 12个行政村|各持半枚印章, 70个小区|党的工作全覆盖."""

from __future__ import annotations

from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, until
from jiceng.words import is_word


def before_remark(sentence: Sentence, noun: Noun, unit: str | None) -> Noun:
    """A phrase without what a set expression says of it: 6次会议|专题研究…, 70个小区|党的工作全覆盖."""
    for find in (_before_quoted_deed, _said_at_edge, _set_expression, _of_the_whole, _effect):
        end = find(sentence, noun, unit)
        if end is not None:
            noun = until(noun, end)
            if find is not _said_at_edge:
                return before_remark(sentence, noun, unit) if len(noun.text) > 3 else noun
    return noun


def _before_quoted_deed(sentence: Sentence, noun: Noun, unit: str | None) -> int | None:
    """Where people end before what they do, told in quotes: 与20名老人|“认亲”."""
    text, grammar = noun.text, sentence.grammar
    opened = text.rfind("“") if text[-1] == "”" else -1
    if opened < 2 or not text.endswith(grammar.person_ends, 0, opened):
        return None
    parts = parts_of(sentence.text, noun.start + opened + 1, noun.end - 1, grammar)
    if not parts:
        return None  # quotation marks with nothing in them
    first = parts[0]
    ends = (*grammar.person_ends, *grammar.compounds, *grammar.lists["byname_end"])
    paired = text.startswith(
        (*grammar.lists["pairing"], "不", "没", "说"), opened + 1
    )  # 居民|“说不清是干什么的”
    return opened if (first.kind in "VRW" or paired) and not text.endswith(ends, opened, -1) else None


def _said_at_edge(sentence: Sentence, noun: Noun, unit: str | None) -> int | None:
    """Where a phrase ends before what each has, or a side."""
    text, grammar = noun.text, sentence.grammar
    shared = grammar.rules["metrics.each-has"].pattern.search(text, 2)
    if shared is not None:
        return shared.start()  # 12个行政村|各持半枚印章
    denied = next((w for w in grammar.lists["not_so"] if text.endswith(w)), "")
    if denied and text.endswith(grammar.person_ends, 0, -len(denied)):
        return len(text) - len(denied)  # 3.2%的居民|不满意
    around = next((w for w in grammar.lists["around_end"] if text.endswith(w)), "")
    if around and len(text) > len(around) + 1:
        return len(text) - len(around)  # 奔走于50栋居民楼|之间
    told = next((text.find(w, 2) for w in grammar.lists["closeness"] if w in text[2:]), -1)
    if told > 0 and text[:told].endswith(grammar.person_ends):
        return told  # 50余名干部|面对面座谈
    if text[-1] in "内里上" and len(text) > 3 and not is_word(text[-2:]):
        return len(text) - 1  # 600平方米的茶室|内
    return None


def _work_on(sentence: Sentence, noun: Noun, unit: str | None) -> int | None:
    """Where things end on which work is carried out: 完成50座公厕|改造, 推进8所学校|建设."""
    lists = sentence.grammar.lists
    if noun.verb is None or sentence.word(noun.verb) not in lists["carrying_out"]:
        return None
    work = sentence.grammar.rules["metrics.carried-out"].pattern.search(noun.text, 2)
    if work is None:
        return None
    thing = noun.text[: work.start()]
    part = next((w for w in lists["worked_part"] if thing.endswith(w)), "")
    ends = [thing.find(w) + len(w) for w in (*lists["place_kind"], *lists["house_end"], "场所") if w in thing]
    if part and ends and min(ends) <= len(thing) - len(part) and unit in ("个", "家", "所", "处"):
        return min(ends)  # 完成12个小区|供水设施改造
    thing = thing.removesuffix("（站）")
    place = unit == "个" and thing.endswith((*lists["place_kind"], *lists["house_end"], *lists["built_end"]))
    return work.start() if place or unit in lists["thing_unit"] else None


def _set_expression(sentence: Sentence, noun: Noun, unit: str | None) -> int | None:
    """Where a phrase ends before a set expression, or with the thing that one names."""
    text = noun.text
    rules, lists = sentence.grammar.rules, sentence.grammar.lists
    short = rules["metrics.falls-short"].pattern.search(text)
    if short is not None:
        return short.start()
    village = rules["metrics.village-income"].pattern.match(text)
    if village is not None and unit == "个":
        return village.end()
    faults = rules["metrics.quoted-faults"].pattern.search(text, 1)
    if faults is not None and unit in ("个", "处"):
        return faults.start()
    worked_on = rules["metrics.worked-on"].pattern.search(text, 2)
    if worked_on is not None and unit not in lists["case_unit"]:
        return worked_on.start()
    if (work := _work_on(sentence, noun, unit)) is not None:
        return work
    ranked = rules["metrics.ranked-among"].pattern.match(text)
    if ranked is not None:
        return ranked.end()
    linked = rules["metrics.linked-to"].pattern.search(text, 2)
    if linked is not None and text[: linked.start()].endswith(
        (*lists["body"], *lists["party_body"], *sentence.grammar.person_ends)
    ):
        return linked.start()  # 18个机关支部|联社区
    around = rules["metrics.around"].pattern.search(text, 2)
    own = unit in lists["stretch_unit"] and text.endswith(lists["stretch"])  # 14条|小区内部道路
    if around is not None and not own and len(noun.items) < 2:
        return around.start()  # 40家菜场|周边秩序
    return None


def _of_the_whole(sentence: Sentence, noun: Noun, unit: str | None) -> int | None:
    """Where places end of which it is told how they run or that something covers all of them, or meetings."""
    text = noun.text
    rules, lists = sentence.grammar.rules, sentence.grammar.lists
    places = (*lists["place_kind"], *lists["body"], *lists["party_body"])
    for told in ("metrics.running", "metrics.covered"):
        found = rules[told].pattern.search(text, 2)
        if found is not None and text[: found.start()].endswith(places):
            return found.start()  # 18个商会党委|实体化运作, 58个院落|党组织全覆盖
    if text.endswith("全覆盖") and len(text) > 4:
        kind = next((w for w in places if text.startswith(w) and text[len(w)] != "级"), "")  # 村级|书屋
        bracket = text.find("）", len(kind)) + 1 if text.startswith("（", len(kind)) else 0
        return (bracket or len(kind)) if kind and unit == "个" else len(text) - 3
    meeting = rules["metrics.meeting"].pattern.match(text)
    if meeting is not None:
        return meeting.end("held")
    tiers = rules["metrics.tiered"].pattern.search(text, 2)
    if tiers is not None:
        return tiers.start()  # 160个村民小组|四级网格体系
    new = rules["metrics.new-look"].pattern.search(text, 2)
    return new.start() if new is not None else None


def _effect(sentence: Sentence, noun: Noun, unit: str | None) -> int | None:
    """Where those end whose effect is brought to bear: 发挥20个商圈“大工委”|作用."""
    text, verb = noun.text, noun.verb
    if verb is None or not sentence.word(verb).startswith("发挥") or len(text) <= 4:
        return None
    if not text.endswith(sentence.grammar.lists["effect"]):
        return None
    several = text.find("“", 2) if text.endswith("”", 0, -2) and "”“" in text else -1
    return several if several > 0 else len(text) - 2


def before_rate(text: str) -> int:
    """Where cases end in front of a rate told of them: 86条投诉|解决率达92%; 0 if they do not."""
    size = len(text) - 3
    return size if size > 1 and is_word(text[size : size + 2]) else 0
