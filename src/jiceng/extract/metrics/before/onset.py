"""Where the counted begins in a run of words before its number, behind who acts and what is done to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jiceng.extract.metrics.before.objects import joined
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.parts import Part, parts_of, takes_object
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.words import is_word, words_of_class

_ABOUT = frozenset("共约均各再又皆可须应要")
_GOING = ("到", "在", "赴", "向", "下沉")
_LONGEST = 24  # characters of a run that are looked at


def object_start(
    text: str,
    start: int,
    end: int,
    grammar: Grammar,
    begins: bool = False,
    guided: bool = False,
    ruled: bool = False,
    second: bool = False,
) -> int:
    """Where in `text[start:end]`, which stands before a number, the counted begins.

    A verb at its front takes the rest as its object (核发|居住证); so does one behind who does it or how
    (合作社种植|羊肚菌, 居民自发捐出|旧书), and one that a second verb completes (端掉|窝点). `begins` says
    that no verb governs it from before, `guided` that a preposition does: what it leads to stands first
    (为商户审查|租赁合同), `ruled` that a verb right before has the whole as object (审查|租赁合同),
    `second` that another verb with the same object may follow it (收集|整理|意见).
    """
    if end - start < 3 or text[start] in "《「『" or (text[end - 1] == "类" and end - start <= 6):
        return start  # 噪声扰邻类|64件
    start = _behind_opening(text, start, end, grammar)
    begin = start = _behind_deed(text, start, end, grammar) if guided else start
    parts = _around_quotes(text, _first(text, start, end), end, grammar)
    for index, part in enumerate(parts[:-1]):
        rest = text[part.end : end]
        word = text[part.start : part.end]
        if text[part.start] == "“" or "》" in rest.partition("《")[0]:
            continue
        follows = (
            ruled if index == 0 else begin == part.start and _rules_alone(text, parts[index - 1], grammar)
        )
        if len(rest) < 2 or (follows and part.kind == "R" and is_word(word)):
            continue  # 设|巡回法庭
        if _completed(part, word, rest, index, grammar) or (
            index == 0 and second and joined(word, rest, grammar)  # 收集|整理|意见
        ):
            begin = part.end
        elif len(word) == 1:
            # whoever or whatever place stands before: 院落设|“邻里信箱”, 给邻居|修水管
            named = rest[0] == "“" or _may_act(text[begin : part.start], grammar, guided)
            served = guided and index > 0 and word in grammar.lists["hand_verb"]
            if (word in grammar.lists["short_verb"] or served) and named:
                begin = part.end  # 康复科设|病床, 装|路灯; 为党员讲|党课
        elif part.kind == "V" or (
            part.kind == "W" and (guided if index else begins) and _verb_only(word, rest, grammar)
        ):
            if word[1] == "于":
                return start  # a comparison: 高于|全省平均水平
            if follows or _sized(rest, grammar) or not takes_object(word, grammar):
                continue  # 审查|租赁合同
            if _acts(text, begin, parts[: index + 1], rest, grammar, guided):
                begin = part.end
    return _behind_firm(text, begin, end, grammar)


def _first(text: str, start: int, end: int) -> int:
    """Where to look at words first: not too far from the number, and in no quotation."""
    first = max(start, end - _LONGEST)
    quote = text.rfind("“", start, first)
    return quote if quote >= 0 and text.find("”", quote, first) < 0 else first


def _behind_opening(text: str, start: int, end: int, grammar: Grammar) -> int:
    """Without what may open a run and is neither who acts nor the counted: 要求|…, 新装|扶手."""
    if text.startswith(grammar.lists["demanding"], start) and end - start > 3:
        start += 2
    if text.startswith("大大小小", start) and end - start > 5:
        start += 4
    if text[start] in "只仅才" and end - start > 3 and text[start + 1] in "收交花付卖补缴":
        start += 2  # 只收|电费
    start = _behind_modal(text, start, end, grammar)
    if text[start] == "省" and end - start > 2 and text[end - 1] in "费钱":
        start += 1  # 省|水费
    if text[start] in "日月年" and end - start > 3:
        deed = text[start + 1 : start + 3]
        if end - start > 4 and (deed in grammar.deeds or deed in words_of_class("v")):
            start += 3  # 日清运|生活垃圾
    start = _behind_place(text, start, end, grammar)
    new = text[start] == "新" and text[start + 1] in grammar.lists["short_new"] and end - start > 3
    if new and text[start : start + 2] not in grammar.nouns and not text.startswith("工", start + 2):
        start += 2
    return start


def _behind_modal(text: str, start: int, end: int, grammar: Grammar) -> int:
    """Without 可 or 能 and the verb behind it: 可停放|电动自行车, 满30分可换|香皂; 可省|水费."""
    if text[start] in "可能" and end - start > 4 and text[start : start + 3] not in grammar.nouns:
        able = text[start + 1 : start + 3] in words_of_class("v") and not is_word(text[start : start + 2])
        start += 3 if able else 0
    short = grammar.lists["short_verb"]
    if (
        text[start] in "可能"
        and end - start > 3
        and (text[start + 1] in "省停住放" or text[start + 1] in short)
    ):
        start += 1
    if text[start - 1 : start] in ("可", "能") and end - start > 2 and not is_word(text[start : start + 2]):
        start += text[start] in grammar.lists["short_verb"]
    return start


def _behind_place(text: str, start: int, end: int, grammar: Grammar) -> int:
    """Without the place where something new is made: 老旧小区|新划停车位."""
    at = text.find("新", start + 2, end - 3)
    if at < 0 or text[at + 1] not in grammar.lists["short_new"] or text[at : at + 2] in grammar.nouns:
        return start
    places = (*grammar.lists["place_kind"], *grammar.lists["kind_end"])
    return at if text.endswith(places, start, at) else start


def _behind_deed(text: str, start: int, end: int, grammar: Grammar) -> int:
    """Behind what was done for those named in front: 给大家省了|诉讼费."""
    at = text.find("了", start + 2, end - 2)
    deeds = (*grammar.lists["short_paying"], *grammar.lists["hand_verb"], *grammar.lists["short_verb"])
    done = at > 0 and text[at - 1] in deeds and not is_word(text[at : at + 2])
    return at + 1 if done else start


def _completed(part: Part, word: str, rest: str, index: int, grammar: Grammar) -> bool:
    """Whether a verb and what completes it take the rest as object (端掉|窝点), or 占 tells a share of it."""
    if part.kind == "R" and len(rest) > 1 and not _sized(rest, grammar):
        return True
    return word == "占" and index > 0 and rest[0] not in "比地有道用" and len(rest) > 1


def _may_act(ahead: str, grammar: Grammar, guided: bool) -> bool:
    """Whether a verb of one character may follow: behind nothing, who acts, or an adverb like it, or for whom
    or where it is done (给邻居|修水管, 在门岗|设信箱)."""
    if guided and len(ahead) > 1:
        return True
    acts = (*grammar.lists["actor"], *grammar.lists["storey"])  # 一楼|设窗口6个
    return not ahead or ahead.endswith(acts) or (len(ahead) == 1 and ahead in "再又还共新")


def _acts(text: str, begin: int, parts: Sequence[Part], rest: str, grammar: Grammar, guided: bool) -> bool:
    """Whether the last of `parts` is what is done to the rest by whom or how `text[begin:]` says."""
    *ahead, verb = parts
    before = text[begin : verb.start]
    if rest in grammar.lists["held"]:
        return False  # 开展|讲习活动
    if rest in grammar.lists["brought_up"] and text[verb.start : verb.end] in grammar.lists["minding"]:
        return False  # 居民关切|问题
    adverbs = begin >= parts[0].start and all(p.kind == "D" for p in ahead if p.start >= begin)
    if not before or adverbs:
        return True  # 共|议决事项
    if before in grammar.lists["closeness"]:
        return True
    if guided and len(before) > 1 and not rest.endswith((*grammar.compounds, *grammar.measure_heads)):
        return True
    last = ahead[-1] if ahead else None
    how = (
        last is not None
        and last.kind in "DI"
        and (last.end - last.start > 1 or text[last.start] in "共均已先")
    )
    actor = before.endswith(grammar.lists["actor"])
    if not how and not actor and rest.endswith((*grammar.lists["brought_up"], *grammar.lists["named_work"])):
        return False  # 公共设施维护|管理问题, 山塘安全防护|工程
    done = how or len(before) > 3 or actor
    return done and rest not in grammar.compounds


def _behind_firm(text: str, begin: int, end: int, grammar: Grammar) -> int:
    """Without a firm at the front: 股份有限公司|日产双孢菇."""
    firm = text.rfind("公司", begin, end) + 2
    if firm - begin <= 4 or end - firm <= 2:
        return begin
    daily = text.startswith(grammar.lists["output"], firm) and end - firm > 3
    return firm + 2 if daily else firm


def _around_quotes(text: str, start: int, end: int, grammar: Grammar) -> list[Part]:
    """The words of a run, of which each quoted name is one."""
    found: list[Part] = []
    at = start
    while at < end:
        opened = text.find("“", at, end)
        closed = text.find("”", opened, end) + 1 if opened >= 0 else 0
        stop = opened if closed else end
        if at < stop:
            found += parts_of(text, at, stop, grammar)
        if closed:
            found.append(Part(opened, closed, "N"))
        at = closed or end
    return found


def _rules_alone(text: str, part: Part, grammar: Grammar) -> bool:
    """Whether a verb takes a noun as object, so that another verb between them describes the noun."""
    word = text[part.start : part.end]
    helps = any(word in grammar.lists[name] for name in ("urging", "how", "holding", "means_of_deed"))
    return (part.kind in "VWR" or word in grammar.lists["short_verb"]) and not helps


def _verb_only(word: str, rest: str, grammar: Grammar) -> bool:
    """Whether a verb that a dictionary also has as a noun takes the rest as object: 审查|合同, 采集|信息."""
    return word not in grammar.nouns and not rest.endswith(grammar.compounds) and rest[-1] not in "率度量额费"


def _sized(rest: str, grammar: Grammar) -> bool:
    return rest in grammar.sizes or (len(rest) <= 4 and rest.endswith(grammar.lists["rate_end"]))


def subject_end(text: str, start: int, end: int, grammar: Grammar) -> int:
    """Where people end that are said to do something, before their number: 高校毕业生|自主创业 275人."""
    parts = parts_of(text, start, end, grammar)
    last = len(parts)
    while last > 1 and parts[last - 1].kind in "VRWDI":
        last -= 1
    if last == len(parts) or not text[start : parts[last - 1].end].endswith(grammar.person_ends):
        return end
    return parts[last - 1].end


def plain_start(text: str, start: int, end: int) -> int:
    """Without an adverb at the front that is no part of a word: 共|响铃."""
    if end - start > 2 and text[start] in _ABOUT and not is_word(text[start : start + 2]):
        return start + 1
    if (
        end - start > 3
        and text[start + 1] == "着"
        and text[start] in words_of_class("v")
        and not is_word(text[start : start + 3])
    ):
        return start + 2  # 住着|祖孙3人
    return start


def without_verb(sentence: Sentence, phrase: list[Token], before: int, kind: str) -> list[Token]:
    """Cut off a verb at the front of a phrase that no list knows: 核发|居住证, but 受益群众, 成立比例."""
    if not phrase or phrase[0].kind != "X":
        return phrase
    if (built := _behind_places(sentence, phrase, before)) is not None:
        return built
    first = phrase[0]
    start = first.start
    end = next((t.start for t in phrase if t.kind not in "XW"), phrase[-1].end)
    said = sentence.text[start:end]
    short = len(said) <= 4 and (kind == "people" or said.endswith(sentence.grammar.measure_heads))
    leads = sentence.kind(before) == "P"
    if sentence.kind(before) in "ABDTRSVQCP" and not (short and said[0] != "新"):
        begins = sentence.kind(before) in "BDATR"
        ruled = (
            sentence.kind(before) == "V" and sentence.word(sentence.tokens[before]) in sentence.grammar.ruling
        )
        second = _follows_verb(sentence, before, first)
        begun = object_start(sentence.text, start, end, sentence.grammar, begins, leads, ruled, second)
        faults = end < phrase[-1].end and end - begun <= 2  # 楼道门禁|损坏等问题
        start = start if faults and sentence.text.startswith("等", end) else begun
    start = plain_start(sentence.text, start, end)
    if start == first.start:
        return phrase
    rest = [t for t in phrase if t.end > start]
    return [replace(rest[0], start=max(start, rest[0].start)), *rest[1:]] if rest else phrase


def _behind_places(sentence: Sentence, phrase: list[Token], before: int) -> list[Token] | None:
    """What is set up at the places of a list, whose last one runs into the verb: 在楼道、院落设|信箱."""
    last = max((n for n, t in enumerate(phrase) if t.kind == "L"), default=-1) + 1
    if not 0 < last < len(phrase) or sentence.kind(before) != "P":
        return None
    run = phrase[last:]
    if sentence.word(sentence.tokens[before]) not in ("在", "于") or any(t.kind not in "XW" for t in run):
        return None
    start = object_start(sentence.text, run[0].start, run[-1].end, sentence.grammar, guided=True)
    rest = [t for t in run if t.end > start]
    return [replace(rest[0], start=start), *rest[1:]] if start > run[0].start and rest else None


def _follows_verb(sentence: Sentence, before: int, first: Token) -> bool:
    """Whether one of the verbs that another may follow stands right before a token: 收集|整理意见."""
    parted = before + 1 < len(sentence.tokens) and sentence.tokens[before + 1].end == first.start
    at = before + parted
    lists = sentence.grammar.lists
    word = sentence.word(sentence.tokens[at]) if at >= 0 else ""
    return sentence.kind(at) in "VW" and (word in lists["joined_first"] or word in lists["joined_verb"])


def deed_alone(sentence: Sentence, phrase: list[Token], before: int, kind: str) -> list[Token]:
    """A counted deed without who does it or to whom: 船艇|出航86航次, 街道共|吹哨40次, 向街道|赋权52项."""
    led = sentence.kind(before) == "P" and sentence.word(sentence.tokens[before]) in ("向", "对", "为", "给")
    orders = kind == "classifier" and sentence.word(phrase[-1]).endswith("接单") if phrase else False
    if orders and len(phrase) == 2 and sentence.word(phrase[0]).endswith(sentence.grammar.lists["actor"]):
        return phrase[1:]  # 服务队|接单1.2万件
    if len(phrase) != 1 or phrase[0].kind != "X" or not (led or kind in ("occurrence", "measure")):
        return phrase
    token = phrase[0]
    parts = parts_of(sentence.text, token.start, token.end, sentence.grammar)
    last = parts[-1]
    if len(parts) < 2 or last.kind != "V" or last.end - last.start != 2:
        return phrase
    ahead = sentence.text[token.start : last.start].rstrip("共均各已再又少多")
    doers = (*sentence.grammar.lists["actor"], *sentence.grammar.lists["vessel"])
    if led or ahead.endswith(doers):
        return [replace(token, start=last.start)]
    return phrase


def subject(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """People without what they do, before their number: 高校毕业生|自主创业."""
    if not phrase or any(t.kind not in "XW" for t in phrase):
        return phrase
    end = subject_end(sentence.text, phrase[0].start, phrase[-1].end, sentence.grammar)
    return [replace(t, end=min(t.end, end)) for t in phrase if t.start < end]


def organised(sentence: Sentence, phrase: list[Token], place: int) -> list[Token]:
    """People without who organises them to do what follows their number: 社区组织|党员36名参加清扫."""
    if not phrase or any(t.kind not in "XW" for t in phrase) or sentence.kind(place + 1) not in "VPWA":
        return phrase
    start, end = phrase[0].start, phrase[-1].end
    at = sentence.text.rfind("组织", start + 2, end - 1)
    grammar = sentence.grammar
    if at < 0 or not sentence.text.endswith(grammar.lists["organiser"], start, at):
        return phrase
    if not sentence.text.endswith(grammar.person_ends, at + 2, end):
        return phrase
    return [replace(t, start=max(t.start, at + 2)) for t in phrase if t.end > at + 2]


def arrived(sentence: Sentence, at: int, phrase: list[Token]) -> Noun | None:
    """People who do something somewhere, before their number: 在职党员|（主动）到社区报到 1.9万名."""
    ends = sentence.grammar.person_ends
    if len(phrase) > 1 and phrase[-1].kind == "W" and phrase[0].kind == "X":
        who, home, _ = sentence.word(phrase[0]).partition("回")
        if home and who.endswith(ends):
            people = replace(phrase[0], end=phrase[0].start + len(who))
            return make(sentence, [people], phrase[-1])  # 在职党员|回社区报到
    if sentence.kind(at) not in "PV" or sentence.word(sentence.tokens[at]) not in _GOING:
        return None
    if sentence.kind(at) == "V" and not (len(phrase) > 1 and phrase[-1].kind == "W"):
        return None
    while sentence.kind(at - 1) == "A" and phrase and phrase[-1].kind == "W":
        at -= 1  # but 教师|轮流到学堂辅导|学生
    last = sentence.back(at - 1, "XW") + 1
    if last == at or not sentence.word(sentence.tokens[at - 1]).endswith(ends):
        return None
    return make(sentence, sentence.tokens[last:at], phrase[-1] if phrase else None)


def served_on_average(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Those served on average, without who serves them: 社区平均服务|居民."""
    grammar = sentence.grammar
    ends = (*grammar.lists["average"], *grammar.lists["each_average"])  # 网格员人均|服务居民
    after = next((i for i, t in enumerate(phrase) if sentence.word(t).endswith(ends)), len(phrase))
    rest = phrase[after + 1 :]
    if len(rest) < 2 or rest[0].kind != "W" or not sentence.word(rest[1]).startswith(grammar.patients):
        return phrase
    sized = sentence.word(rest[-1]).endswith((*grammar.sizes, *grammar.measure_heads))
    return phrase if sized else rest[1:]


def told_by_outcome(sentence: Sentence, at: int, phrase: list[Token]) -> Noun | None:
    """The things in front of an adverb, where a phrase only tells their outcome: 小区改造|已|开工."""
    if len(phrase) != 1 or sentence.kind(at) != "D":
        return None
    if sentence.word(phrase[0]) not in sentence.grammar.outcomes:
        return None
    first = sentence.back(at - 1, "XW") + 1
    things = [replace(t, kind="X") for t in sentence.tokens[first:at]]
    return make(sentence, things, phrase[0]) if things and things[-1].end - things[0].start > 3 else None


def raised_spending(sentence: Sentence, at: int) -> Noun | None:
    """What is spent on something or by somebody, as a verb's object: 新增|软硬件投入|5亿元."""
    if sentence.word(sentence.tokens[at]) != "投入" or sentence.kind(at - 1) not in "XW":
        return None
    first = sentence.back(at - 2, "XW") + 1
    verb = sentence.tokens[first - 1]
    if sentence.kind(first - 1) != "V" or sentence.word(verb) not in sentence.grammar.lists["raising"]:
        return None
    return make(sentence, [replace(t, kind="X") for t in sentence.tokens[first : at + 1]], verb, True)
