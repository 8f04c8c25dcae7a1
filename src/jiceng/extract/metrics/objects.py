"""Verbs that also stand in nouns: where they govern the counted phrase, and where they are part of it."""

from __future__ import annotations

from jiceng.extract.metrics.phrase import Sentence
from jiceng.extract.metrics.tokens import Token


def governed(sentence: Sentence, phrase: list[Token], before: int) -> tuple[list[Token], Token | None]:
    """Part a verb that could also be a noun from its object: 培训|职业农民, 向街道|放权, 党员服务|群众."""
    grammar = sentence.grammar
    kind = sentence.kind(before)
    if kind == "Q" and _is_time(sentence.tokens[before], sentence):
        kind = "T"  # 三天|拆除违章建筑
    parallel = phrase[0].kind in "LC" and ((kind == "Q" and phrase[0].kind == "L") or kind == "V")
    while phrase and phrase[0].kind in "LC":
        phrase = phrase[1:]
    if not phrase:
        return phrase, None
    behind = before + 1 + len(phrase)
    within = sentence.kind(behind) == "P" and sentence.word(sentence.tokens[behind]) in ("中", "里")
    apart = before >= 0 and sentence.word(sentence.tokens[before]) in grammar.lists["of_these"]
    if kind == "P" and not within and not apart:
        for index, token in enumerate(phrase):
            if token.kind == "W" and index:
                rest = phrase[index + 1 :]
                if rest and rest[-1].end - rest[0].start == 1:
                    continue  # 在综合考核|中
                sized = len(rest) == 1 and sentence.word(rest[0]) in grammar.sizes  # 与高校|合作数量
                whole = not rest or rest[0].kind not in "XW" or sized
                return (phrase[index:], None) if whole else (rest, token)
    for index in range(len(phrase) - 2, 0, -1):
        one, verb, two = phrase[index - 1], phrase[index], phrase[index + 1]
        if (
            verb.kind == "W"
            and one.kind == two.kind == "X"
            and _acts(sentence, one, verb, two, phrase[-1], index == 1 and kind in "BT")
        ):
            return phrase[index + 1 :], verb
    first = phrase[0]
    if (
        kind in "ABDTRS"
        and len(phrase) > 2
        and sentence.word(first) in sentence.grammar.lists["how"]
        and phrase[1].kind == "W"
        and any(t.kind != "W" for t in phrase[1:])
    ):
        return phrase[2:], phrase[1]  # 集中|整治|安全隐患
    verbs = 1
    while len(phrase) > verbs + 1 and phrase[verbs].kind in "LC" and phrase[verbs + 1].kind == "W":
        verbs += 2  # 新建、改扩建|服务设施
    if len(phrase) > verbs + 1 and phrase[verbs].kind == "W" and phrase[verbs + 1].kind == "X":
        twice = sentence.word(phrase[verbs]) in grammar.verbs
        if twice and sentence.word(phrase[verbs + 1]).startswith(grammar.patients):
            verbs += 1  # 成功转移|安置|居民
    if kind == "V" and first.kind == "W" and len(phrase) > 1:
        patient = sentence.word(phrase[1]).startswith(sentence.grammar.patients)
        if patient and sentence.word(first) in sentence.grammar.verbs:
            return phrase[1:], first  # 组织|培训|党员
    ahead = sentence.word(sentence.tokens[before]) if before >= 0 else ""
    onward = kind == "P" and ahead in grammar.lists["onward"]  # 发现并|处置|秸秆焚烧点
    onward = onward or (kind == "V" and ahead in grammar.lists["urging"])  # 督促|整改|火灾隐患
    spent = kind == "Q" and _is_money(sentence.tokens[before], sentence)  # 投资80万元|改造|泵房
    if (kind in "ABDTRS" or parallel or onward or spent) and first.kind == "W" and len(phrase) > verbs:
        left_over = sentence.text[phrase[verbs].start : phrase[-1].end]
        ends = sentence.grammar.compounds
        short = len(left_over) == 2 and left_over.endswith(ends)
        compound = left_over in ends or (short and not left_over.startswith(grammar.patients))
        named = left_over in (*grammar.sizes, *grammar.lists["set_sum"]) or (
            compound and sentence.word(first) in sentence.grammar.attributive
        )
        if (
            phrase[verbs].kind in "XW"
            and (not named or (kind == "D" and left_over not in sentence.grammar.sizes))
            and (
                sentence.word(first) in sentence.grammar.verbs
                or (sentence.word(first) == "治理" and len(left_over) > 4)  # 治理|主城区交通拥堵点
                or (kind == "D" and sentence.word(first) in grammar.lists["producing"])  # 年|生产|玻璃瓶
            )
        ):
            return phrase[verbs:], first
    return phrase, None


def _is_money(token: Token, sentence: Sentence) -> bool:
    return token.quantity is not None and sentence.grammar.kind(token.quantity.unit) == "money"


def _is_time(token: Token, sentence: Sentence) -> bool:
    return token.quantity is not None and sentence.grammar.kind(token.quantity.unit) == "time"


def _acts(sentence: Sentence, one: Token, verb: Token, two: Token, last: Token, begins: bool) -> bool:
    """Whether a verb inside a phrase is a deed: 党员|服务|群众, but 党员|服务|队.

    `begins` says that `one` begins its clause.
    """
    grammar = sentence.grammar
    if sentence.word(last).endswith(grammar.money_nouns):
        return False  # 社区党组织服务群众专项经费
    if begins and sentence.text[one.start] == "用" and one.end - one.start > 3:
        return sentence.word(verb) in grammar.verbs  # 用身边故事|教育|党员
    quoted = sentence.word(one).endswith("”") and len(sentence.word(two)) > 1
    if quoted and verb.kind == "W" and last is two and not sentence.word(last).endswith(grammar.compounds):
        return True  # “一杯茶调解室”|接待|来访
    doer = "“" in sentence.word(one) and sentence.word(one).endswith(grammar.lists["actor"])
    if doer and verb.kind == "W" and begins and sentence.word(verb) in grammar.verbs:
        return len(sentence.word(two)) > 1  # “七彩”平台|整合|热线
    located = sentence.word(one).endswith(grammar.lists["when_end"]) and one.end - one.start > 1
    named = sentence.word(last).endswith((*grammar.compounds, *grammar.measure_heads, *grammar.sizes))
    if begins and not named and sentence.word(verb) not in grammar.attributive:
        return len(sentence.word(last)) > 1  # 资金|撬动…, 平台|派发|工单
    if sentence.word(verb) not in grammar.verbs:
        return False
    acts = located or sentence.word(one).endswith(grammar.lists["actor"])
    if acts and sentence.word(last).endswith(grammar.lists["ratio_end"]):
        return False  # 社区干部走访时间占比
    channel = sentence.word(one).endswith(grammar.lists["served_by"])
    if channel and sentence.word(two).startswith(grammar.patients):
        return True  # 云平台|服务|群众
    if acts and sentence.word(verb) not in grammar.attributive:
        return not sentence.word(last).endswith((*grammar.compounds, *grammar.holders))  # 医院|开放|床位
    if not sentence.word(one).endswith(grammar.holders):
        return False
    return sentence.word(two).startswith(grammar.patients) or not sentence.word(last).endswith(
        grammar.compounds
    )
