"""Whether a number is news at all: no idiom, no label, no 一 that only means “a”."""

from __future__ import annotations

import re
from dataclasses import replace

from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, governor
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.sieve.counts import is_label, is_ordinal
from jiceng.numerals import Quantity

_DIGITS = frozenset("一二三四五六七八九十")
_REACH = 20  # characters before a number in which its clause is looked at
_ANGLES = (90, 180, 270, 360)  # degrees in which a thing turns or sees
_NEAR = 12  # characters beside 一 in which its pair stands


def without_idioms(sentence: Sentence) -> Sentence:
    """Turn 一个 and 两类 into plain words unless a verb of building or a rate makes them news."""
    rated = any(t.kind == "R" for t in sentence.tokens)
    tokens = _without_vague(sentence)
    aged = False
    for place, token in enumerate(tokens):
        quantity = token.quantity
        if quantity is None:
            aged = aged and (token.kind in "VDPTX" or _compares_on(sentence, token))
            continue
        if _for_each(sentence, place, quantity):
            tokens[place] = Token("R", token.start, token.end)
            continue
        timed = sentence.grammar.kind(quantity.unit) == "time"
        if timed and sentence.text.startswith(sentence.grammar.lists["ago"], token.end):
            tokens[place] = Token("T", token.start, token.end)  # 比三年|前增长
            continue
        paid = tokens[place - 1].quantity if place else None
        each = quantity.chinese and quantity.value == 1
        if each and paid is not None and sentence.grammar.kind(paid.unit) == "money":
            tokens[place] = Token("X", token.start, token.end)  # 不超过50元|一瓶
            continue
        between = sentence.kind(place + 1) == "X" and sentence.kind(place + 2) == "Q"
        if between and sentence.word(tokens[place + 1]) in sentence.grammar.abstract_heads:
            tokens[place] = replace(token, kind="D", quantity=None)  # 短板5个方面|23项
            tokens[place + 1] = replace(tokens[place + 1], kind="D")
            continue
        if (until := _of_list(sentence, token)) > token.end:
            for at in range(place, len(tokens)):
                if tokens[at].end <= until:
                    tokens[at] = Token("D", tokens[at].start, tokens[at].end)
            continue
        if quantity.unit == "岁" and not aged and not _told_of_age(sentence, token):
            tokens[place] = Token("X", token.start, token.end)
            continue
        aged = quantity.unit == "岁"
        plain = not rated or sentence.text[token.start - 1] == "是"
        formed = each and sentence.text.endswith(sentence.grammar.lists["forming"], 0, token.start)
        if formed or (plain and _is_article(sentence, place, quantity)):  # 每10户组成|一个小组
            tokens[place] = Token("X", token.start, token.end)
    return replace(sentence, tokens=tokens)


def _of_list(sentence: Sentence, token: Token) -> int:
    """Where what is said of a whole list ends, whose items get a figure each; 0 if nothing is: 居住证、老年证
    |两项最多，|分别为2160件、1120件."""
    text, quantity = sentence.text, token.quantity
    if quantity is None or not quantity.chinese or quantity.value > 6:
        return 0
    said = sentence.grammar.rules["metrics.most-of-list"].pattern.match(text, token.end)
    names = re.split("[，。；：]", text[max(0, token.start - 3 * _REACH) : token.start])[-1]
    return said.end() if said is not None and names.count("、") + 1 == quantity.value else 0


def _told_of_age(sentence: Sentence, token: Token) -> bool:
    """Whether an age is a figure: 平均年龄|36岁, 平均年龄由上届的|52岁; no attribute of somebody."""
    said = sentence.text[max(0, token.start - _REACH) : token.start]
    at = said.rfind("年龄", len(said) - 5)
    several = at >= 0 and any(sign in "均最" for sign in said[max(0, at - 3) : at])
    return several or "平均年龄" in re.split("[，。；：]", said)[-1]


def _compares_on(sentence: Sentence, mark: Token) -> bool:
    """Whether what stands behind a comma compares with what was told before it: 36岁，|比上届降低2岁."""
    lists, at = sentence.grammar.lists, mark.end
    return sentence.word(mark) == "，" and sentence.text.startswith((*lists["comparing"], "同比"), at)


def _for_each(sentence: Sentence, place: int, quantity: Quantity) -> bool:
    """Whether 一人 or 一户 tells what each of those named before gives or gets: 党员|一人|凑二百元."""
    if not quantity.chinese or quantity.value != 1 or quantity.unit not in ("人", "户", "家"):
        return False
    who = sentence.word(sentence.tokens[place - 1]) if place and sentence.kind(place - 1) == "X" else ""
    ahead = place + 2 if sentence.kind(place + 1) in "VXW" else place + 1
    sum_ = sentence.tokens[ahead].quantity if sentence.kind(ahead) == "Q" else None
    paid = sum_ is not None and sentence.grammar.kind(sum_.unit) == "money"
    return paid and bool(who) and who.endswith((*sentence.grammar.person_ends, "户"))


def _is_article(sentence: Sentence, place: int, quantity: Quantity) -> bool:
    """Whether 一个 or 两类 is no more than “a” or “some”: no verb of building governs it, no list ends."""
    grammar, start = sentence.grammar, sentence.tokens[place].start
    if not quantity.chinese or quantity.value > 2 or quantity.comparator != "=":
        return False
    if quantity.unit is None or grammar.kind(quantity.unit) not in ("classifier", "people"):
        return False
    if is_ordinal(sentence.text, start, grammar) or sentence.text.endswith(
        grammar.lists["no_more"], 0, start
    ):
        return False  # 社区民警只有|一人
    if _has_two(sentence, quantity) or _at_least(sentence, quantity):
        return False  # 社区党委共有|两个党支部, 每栋楼至少有|一名党员
    if sentence.kind(place - 1) == "X":
        if quantity.value == 2 and sentence.kind(place - 2) in "LC":
            return False  # 仁里村、新彩村两个|示范点
        if quantity.unit in grammar.lists["single_unit"] and sentence.kind(place + 1) in "BL":
            return False  # 景观石|一块
    verb = governor(sentence, place)
    return verb is None or sentence.word(verb) not in grammar.building


def _has_two(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether somebody is told to have two of something, or does something with them: 下辖|两个社区;
    把|两处旧泵房改成书屋."""
    has = ("辖", *sentence.grammar.lists["there_are"])
    if quantity.value != 2:
        return False
    text, start = sentence.text, quantity.start
    if text.endswith(("把", "将"), 0, start) and quantity.unit in sentence.grammar.lists["thing_unit"]:
        return True
    return text.endswith(has, 0, start) or text.endswith("辖的", 0, start)


def _at_least(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether somebody must have at least one of something: 每栋楼至少有|一名党员."""
    said = sentence.text[max(0, quantity.start - _REACH) : quantity.start]
    least = next((w for w in ("至少有", "至少要有", "至少应有", "最少有") if w in said), "")
    rest = said.rpartition(least)[2] if least else ""
    return bool(least) and (not rest or (rest[-1] == "、" and "，" not in rest))  # 至少有一间房、|两名社工


def _without_vague(sentence: Sentence) -> list[Token]:
    """The tokens, with what something grew from when nobody counted it as no noun: 从|几十人|增加到."""
    vague = sentence.grammar.rules["metrics.vague"].pattern
    tokens = _with_direction(sentence)
    for place in range(1, len(tokens)):
        from_ = tokens[place - 1]
        if sentence.word(from_) in ("从", "由") and sentence.kind(place + 1) == "F":
            begun = vague.match(sentence.text, from_.end)
            last = place + 2
            if begun is not None and last < len(tokens) and begun.end() == tokens[last].end:
                tokens[place - 1 : last + 1] = [replace(t, kind="D") for t in tokens[place - 1 : last + 1]]
        if tokens[place].kind == "X" and sentence.word(from_) in ("从", "由"):
            begun = vague.match(sentence.text, tokens[place].start, tokens[place].end)
            if begun is not None and begun.end() == tokens[place].end:
                tokens[place - 1] = replace(from_, kind="D")
                tokens[place] = replace(tokens[place], kind="D")
    return tokens


def _with_direction(sentence: Sentence) -> list[Token]:
    """The tokens, where 至 that follows a verb before a number is part of the verb: 精简优化|至|96个."""
    tokens: list[Token] = []
    for place, token in enumerate(sentence.tokens):
        before = tokens[-1] if tokens else None
        reaches = token.kind == "X" and token.end - token.start == 1 and sentence.word(token) == "至"
        reaches = reaches and sentence.kind(place + 1) == "Q"
        if reaches and before is not None and before.kind in "VW" and before.end == token.start:
            tokens[-1] = replace(before, kind="V", end=token.end)
        else:
            tokens.append(token)
    return tokens


def _is_figure_of_speech(sentence: Sentence, place: int, quantity: Quantity, noun: Noun) -> bool:
    """六个“一”, 三人小组, 360度摄像头, 在四个环节上发力."""
    if noun.text.strip("“”") in _DIGITS or (quantity.unit == "度" and quantity.value in _ANGLES):
        return True
    if quantity.unit == "人" and quantity.chinese and noun.text in sentence.grammar.lists["small_group"]:
        return True
    spoken = quantity.chinese and noun.text[0] == "“" and quantity.unit in ("个", "声", "句")
    if spoken and sentence.text.endswith(sentence.grammar.lists["saying"], 0, quantity.start):
        return True  # 连喊三个“真好”
    if quantity.value == 1 and quantity.chinese:
        negated = sentence.text[quantity.start - 2 : quantity.start]
        if negated in sentence.grammar.lists["not_one"]:
            return True  # 不漏一户、不落一人
        if _one_by_one(sentence, quantity):
            return True
    led = sentence.kind(place - 1) == "P" and sentence.word(sentence.tokens[place - 1]) in ("在", "从", "于")
    return led and bool(sentence.grammar.rules["metrics.effort"].pattern.match(sentence.text, quantity.end))


def _one_by_one(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether 一 is each as it comes, in a pair with what is done to it then: 发现一起、|查处一起."""
    text, one = sentence.text, sentence.text[quantity.start : quantity.end]
    near = text[max(0, quantity.start - _NEAR) : quantity.end + _NEAR]
    if near.count(one) < 2:
        return False
    return any(f"{deed}{one}" in near for deed in sentence.grammar.lists["one_by_one"])


def _built(sentence: Sentence, place: int) -> bool:
    """Whether what a number counts has been built, its names told before or not: 建成展览、阅读四大|区."""
    for at in range(place - 1, max(-1, place - 20), -1):
        if sentence.kind(at) not in "XWLCEV":
            return False
        word = sentence.word(sentence.tokens[at])
        if sentence.kind(at) in "VW" and (word in sentence.grammar.building or word.startswith("划分")):
            return True
    return False


def _fewer(sentence: Sentence, quantity: Quantity, reading: Reading) -> bool:
    """Whether a small number tells by how many there are fewer: 审批环节再压减|3个."""
    verb = reading.noun.verb
    behind = verb is not None and reading.noun.end <= verb.start < quantity.start and not quantity.chinese
    return behind and verb is not None and sentence.word(verb).rstrip("了") in sentence.grammar.change


def counts(sentence: Sentence, place: int, quantity: Quantity, reading: Reading) -> bool:
    """Whether the number is news: no label, no idiomatic 一 or 两."""
    if reading.rule == "metrics.rank":
        return True
    if is_label(quantity, reading.noun.text, sentence.grammar) and not _fewer(sentence, quantity, reading):
        return False
    if quantity.unit == "档" and quantity.chinese and sentence.kind(place - 1) == "Q":
        return False  # 分为10万元、20万元两档
    if _is_figure_of_speech(sentence, place, quantity, reading.noun):
        return False
    if _sums_up(sentence, quantity, reading.noun) or _is_token_price(sentence, quantity, reading):
        return False
    ahead = sentence.word(sentence.tokens[place - 1])
    merged = quantity.value == 1 and reading.rule != "metrics.change" and ahead.endswith(("为", "成"))
    merged = merged and not _goes_on(sentence, place)
    if merged and ahead not in sentence.grammar.building:
        return False  # 整合为1个
    if quantity.unit is None and sentence.text.startswith("大", quantity.end):
        return _built_great(sentence, place, reading.noun)
    if quantity.chinese and quantity.value < 1 and quantity.unit == "个":
        return False  # 半个篮球场大
    exact = quantity.chinese and quantity.upper is None and quantity.comparator == "="
    if quantity.unit == "倍" or not exact:
        return True
    return _counts_in_signs(sentence, place, quantity, reading)


def _goes_on(sentence: Sentence, place: int) -> bool:
    """Whether a list of numbers begins with the one at token `place`: 划分为1个大网格、|9个小网格."""
    at = sentence.on(place + 1, "XW")
    return sentence.kind(at) == "L" and sentence.kind(at + 1) == "Q"


def _sums_up(sentence: Sentence, quantity: Quantity, noun: Noun) -> bool:
    """Whether a number sums up what was listed before: 禁毒、用电等7个方面的讲解, 宣传、巡逻等八项工作."""
    grammar = sentence.grammar
    if quantity.unit == "个" and sentence.text.startswith(grammar.lists["and_span"], quantity.end):
        return True
    if quantity.unit == "个" and noun.text in grammar.lists["span_noun"]:
        return True
    small = quantity.chinese and quantity.value <= 10
    if small and noun.text == "事" and sentence.text.startswith("：", noun.end):
        return True  # 重点办好三件事：
    return small and sentence.text.startswith(grammar.lists["enumerated"], quantity.end)


def _is_token_price(sentence: Sentence, quantity: Quantity, reading: Reading) -> bool:
    """Whether a few yuan name an offer (1元健身) and are no price: 6元一碗的面."""
    few = quantity.unit == "元" and quantity.value < 10 and reading.rule == "metrics.behind"
    few = few and not reading.noun.text.endswith((*sentence.grammar.money_nouns, "费"))  # 补2元运营费
    return few and not sentence.text.startswith("一", quantity.end)


def _built_great(sentence: Sentence, place: int, noun: Noun) -> bool:
    """Whether 五大… counts what was built, and announces no list."""
    return _built(sentence, place) and noun.text[-2:] not in sentence.grammar.lists["announced"]


def _for_several(sentence: Sentence, place: int) -> bool:
    """Whether one thing comes to several holders, which makes it news: 每100户|设一个微网格."""
    for at in range(place - 1, -1, -1):
        token = sentence.tokens[at]
        if token.kind in "BQ" or sentence.word(token) == "划分":
            return False  # 按照每300户左右划分|一个网格的标准
        if token.kind == "R":
            said = sentence.word(token)
            return any(c.isdigit() or c in "二两三四五六七八九十百千" for c in said[1:-1])
    return False


def _counts_in_signs(sentence: Sentence, place: int, quantity: Quantity, reading: Reading) -> bool:
    """Whether an exact number in Chinese signs, which may be part of a phrase, counts something."""
    grammar = sentence.grammar
    if sentence.text[quantity.number] in "百千万亿" and quantity.unit != "%":
        return sentence.kind(place - 1) in "VW"
    if quantity.value <= 10 and quantity.unit in ("面", "口", "头", "门", "方"):
        return False
    no_more = sentence.text.endswith(grammar.lists["no_more"], 0, quantity.start)
    rated = any(t.kind == "R" for t in sentence.tokens[:place])
    if quantity.value == 1:
        single = quantity.unit in grammar.lists["single_unit"]
        if no_more:
            return single
        if _at_least(sentence, quantity):
            return True
        if single and reading.rule == "metrics.before" and sentence.kind(place - 1) in "XW":
            # 景观石|一块、休闲长廊|一座
            return sentence.kind(place + 1) in "BL" and len(reading.noun.text) > 1
        vague = quantity.unit in grammar.lists["vague_unit"]
        return _for_several(sentence, place) if vague else rated
    often = rated and quantity.unit in ("次", "场", "期")
    if (
        quantity.value != 2
        or _has_two(sentence, quantity)
        or no_more
        or reading.action
        or often
        or sentence.kind(place - 2) in "LC"
    ):
        return True
    verb = governor(sentence, place)
    acts = sentence.kind(place - 1) in "VD" and verb is not None
    return acts and verb is not None and sentence.word(verb) in grammar.building
