"""The counted phrase where it stands farther off in the sentence: a clause before, or at its beginning."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.objects import governed
from jiceng.extract.metrics.before.tails import clipped, without_kind
from jiceng.extract.metrics.holder import holders
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, head, make, until
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.numerals import Quantity


def object_before(sentence: Sentence, place: int) -> Noun | None:
    """The object of the clause before: 送上纪念章，今年共送出|23枚."""
    tokens = sentence.tokens
    at = place - 1
    while at > 1 and not (tokens[at].kind == "B" and sentence.text[tokens[at].start] == "，"):
        at -= 1
    last = at
    at = sentence.back(at - 1, "XW") + 1
    done = sentence.kind(at - 1) == "D" and sentence.word(tokens[at - 1]) == "了"  # 建起|了|邻里中心
    if at == last or sentence.kind(at - 1 - done) != "V":
        return None
    verb = at - 1 - done
    return _handled(sentence, verb) or make(sentence, list(tokens[at:last]), tokens[verb])


def _handled(sentence: Sentence, verb: int) -> Noun | None:
    """What 把 or 将 puts before the verb of its clause: 把|社区食堂|列入民生工程，已建成36家."""
    at = sentence.back(verb - 1, "XWLCA") + 1
    if at < 1 or sentence.word(sentence.tokens[at - 1]) not in ("把", "将"):
        return None
    phrase = [t for t in sentence.tokens[at:verb] if t.kind != "A"]
    noun = make(sentence, phrase, sentence.tokens[verb]) if phrase else None
    return noun if noun is not None and len(noun.text) > 1 else None


def divided(sentence: Sentence, place: int, quantity: Quantity) -> Noun | None:
    """What is divided into so many kinds that are listed: 将商铺划分为放心型、关注型、整改型|三类."""
    if quantity.unit not in sentence.grammar.lists["kind_unit"]:
        return None
    tokens, at = sentence.tokens, place - 1
    while at > 0 and tokens[at].kind in "XWFLCE":
        at -= 1
    if at < 1 or not sentence.word(tokens[at]).endswith(sentence.grammar.lists["dividing"]):
        return None
    last = sentence.back(at - 1, "XWFLC") + 1
    noun = make(sentence, head(sentence, list(tokens[last:at])), tokens[at]) if last < at else None
    return clipped(sentence, noun) if noun is not None else None


def out_of(sentence: Sentence, place: int) -> Noun | None:
    """What a number is taken out of: 从保障资金中拿出|180万元, 从群众诉求里挑出|10件."""
    at = sentence.back(place - 1, "VWDATR")
    if at == place - 1:
        return None
    if sentence.kind(at) == "P" and sentence.word(sentence.tokens[at]) in ("中", "里"):
        at -= 1
    elif sentence.kind(at) != "X" or not sentence.word(sentence.tokens[at]).endswith(("中", "里")):
        return None
    last = at
    at = sentence.back(at, "XWFLCVA")
    if sentence.kind(at) != "P" or sentence.word(sentence.tokens[at]) != "从":
        return None
    noun = make(sentence, head(sentence, list(sentence.tokens[at + 1 : last + 1])), None)
    if noun is None or len(noun.text) < 2:
        return None
    among = noun.text.endswith(("当中", "之中")) and len(noun.text) > 3  # 从志愿者|当中选出12名
    return until(noun, len(noun.text) - 2) if among else noun


def topic(sentence: Sentence, place: int, people: bool = False) -> Noun | None:
    """What the sentence began with, where its number has no noun: 小区里的电动车棚从无到有，建了|14座."""
    tokens = sentence.tokens
    at = 0
    if sentence.kind(0) == "P" and sentence.word(tokens[0]) in ("通过", "依托", "借助", "经过"):
        return None  # 通过“随手拍”|上报31件
    while sentence.kind(at) in "TDSP" or (
        0 < at < place and sentence.kind(at - 1) == "T" and sentence.kind(at) == "B"
    ):
        at += 1  # 截至目前，|邻里集市已经办了|16场
    if sentence.kind(at) == "A" and sentence.kind(at + 1) == "W" and sentence.kind(at + 2) == "X":
        at += 2  # 大力发展|网格员队伍
    first = at
    at = sentence.on(at, "XWFL")
    if at >= place or not any(t.kind == "B" for t in tokens[at:place]):
        return None
    if any(t.kind == "B" and sentence.word(t) == "“" for t in tokens[at:place]):
        return None  # 网格员小马就是其中之一：“上个月，我修了|19个水龙头。”
    phrase = list(tokens[first:at])
    noun = make(sentence, head(sentence, phrase), None) if phrase else None
    noun = without_kind(sentence, noun) if noun is not None else None
    noun = _carried_out(sentence, clipped(sentence, noun)) if noun is not None else None
    led = first > 0 and sentence.word(tokens[first - 1]) == "在"
    if led and noun is not None and noun.text.endswith(sentence.grammar.lists["circumstance_end"]):
        return None  # 在大家的|努力下，…
    if noun is None or len(noun.text) < 2 or (noun.text.endswith(sentence.grammar.holders) and not people):
        return None
    return noun


def _carried_out(sentence: Sentence, noun: Noun) -> Noun:
    """A work without the verb that says that it is done: 实施|社区食堂建设，已建成36家."""
    lists, said = sentence.grammar.lists, noun.text
    verb = max((len(w) for w in lists["carrying_out"] if said.startswith(w)), default=0)
    if not verb or not said.endswith(lists["done_to"]) or len(said) - verb < 4 or len(noun.items) > 1:
        return noun
    return replace(noun, start=noun.start + verb, text=said[verb:], items=())


def told_before(sentence: Sentence, place: int) -> Noun | None:
    """What the clause right before says only how much there is of: 受理量最多，为|1.24万件."""
    tokens, at = sentence.tokens, place - 1
    at = sentence.back(at, "DTVP")
    if at < 1 or sentence.word(tokens[at]) != "，":
        return None
    first = last = at
    first = sentence.clause(first)
    if first == last:
        return None
    start = tokens[first].start
    how = sentence.grammar.rules["metrics.told-how"].pattern.search(
        sentence.text, max(start, tokens[at].start - 24), tokens[at].start
    )
    if how is None or how.start() - start < 2:
        return None
    phrase = [replace(t, end=min(t.end, how.start())) for t in tokens[first:last] if t.start < how.start()]
    while phrase and phrase[-1].kind in "DTPV":
        phrase.pop()
    while phrase and phrase[0].kind in "DTPV":
        phrase = phrase[1:]
    if not phrase or any(t.kind not in "XWFLC" for t in phrase):
        return None
    noun = make(sentence, head(sentence, phrase))
    noun = clipped(sentence, noun) if noun is not None else None
    if noun is None:
        return None
    named = (name for name, _ in holders(sentence) if noun.text.startswith(name))
    said = noun.text.removeprefix(next(named, ""))
    one = tokens[place].quantity
    sized = one is not None and sentence.grammar.kind(one.unit) == "measure" and said == noun.text
    if len(said) < 2 or (said in sentence.grammar.sizes and not sized):
        return None  # 南苑街道次之，|9870件; 荷塘镇人数最多，有|88位
    return noun


def held(sentence: Sentence, place: int, verb: Token) -> Noun | None:
    """What is held, where it stands farther off: 建立联席会议制度，每季度召开|一次."""
    for at in range(place - 1, -1, -1):
        token = sentence.tokens[at]
        if token.kind in "XW":
            name = sentence.word(token).removesuffix("制度").removesuffix("机制")
            if name.removesuffix("”").endswith(sentence.grammar.lists["held"]):
                first = sentence.tokens[at - 1] if sentence.kind(at - 1) == "X" and len(name) == 2 else token
                start, end = first.start, token.start + len(name)
                return Noun(start, end, sentence.text[start:end], verb)
    return None


def whole_of(sentence: Sentence, noun: Noun, kind: str) -> Noun:
    """The thing behind its size: after 服务场所面积超300平方米, 8个 are 服务场所."""
    if kind == "classifier":
        for size in sentence.grammar.sizes:
            if noun.text.endswith(size) and len(noun.text) > len(size) + 1:
                return replace(noun, end=noun.end - len(size), text=noun.text[: -len(size)])
    return noun


def money_noun(sentence: Sentence, place: int, verb: Token | None, nearest: bool = False) -> Noun | None:
    """Money whose noun stands farther off in the sentence, or that only its verb names."""
    nouns = sentence.grammar.money_nouns
    ahead = place + 1
    while ahead < len(sentence.tokens) and sentence.kind(ahead) != "Q":
        if sentence.word(sentence.tokens[ahead]) == "其中":
            break
        ahead += 1
    order = [*range(place + 1, ahead), *range(place - 1, -1, -1)]
    if nearest:
        clause = place - 1
        while clause >= 0 and sentence.tokens[clause].kind not in "BQ":
            clause -= 1
        order = list(range(place - 1, clause, -1))
    for at in order:
        token = sentence.tokens[at]
        given = token.kind == "W" and place < at <= place + 2
        if (token.kind == "X" or given) and sentence.word(token).endswith(nouns):
            first = sentence.back(at - 1, "XW") + 1
            found = governed(sentence, list(sentence.tokens[first : at + 1]), first - 1)[0]
            return make(sentence, found, verb)
    word = sentence.word(verb) if verb is not None else ""
    named = word in sentence.grammar.money and not word.endswith(sentence.grammar.lists["handing"])
    if verb is not None and (named or (len(word) > 1 and word.endswith(("收", "资", "款")))):
        return Noun(verb.start, verb.end, sentence.word(verb), verb)
    return None


def listed(sentence: Sentence, last: Token, place: int) -> bool:
    """Whether only a list mark stands between two numbers: 50万元、80万元."""
    between = [t for t in sentence.tokens[:place] if t.start >= last.end]
    return bool(between) and all(t.kind in "LCD" for t in between)


def part(sentence: Sentence, place: int) -> bool:
    """Whether 其中 opens the number's clause."""
    for token in reversed(sentence.tokens[:place]):
        if token.kind == "B":
            return False
        if sentence.word(token) == "其中":
            return True
    return False
