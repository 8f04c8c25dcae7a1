"""Clause patterns of their own: rankings, changes, spans of time, shared lists."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.counted import right
from jiceng.extract.metrics.before.nouns import left
from jiceng.extract.metrics.farther.distant import object_before, told_before
from jiceng.extract.metrics.sentence.boundaries import predicate
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.sieve.counts import is_ordinal
from jiceng.numerals import Quantity
from jiceng.values import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A number's noun and the name of the clause pattern that found it."""

    noun: Noun
    rule: str
    action: str | None = None
    unit: str | None = None  # of the number that was read
    comparator: str | None = None  # where not the number's own
    rest: tuple[tuple[int, int], ...] = ()  # items of a list that later numbers of the same list measure


def people(sentence: Sentence, place: int) -> bool:
    """Whether the number at token `place` counts people."""
    quantity = sentence.tokens[place].quantity
    return quantity is not None and sentence.grammar.kind(quantity.unit) == "people"


def spread(sentence: Sentence, place: int, noun: Noun) -> Reading | None:
    """A率、B率分别达到96%和88%: the items share the numbers out."""
    if len(noun.items) < 2 or not noun.fixed:
        return None
    heads = sentence.grammar.measure_heads
    apart = any(sentence.word(t) == "分别" for t in sentence.tokens[max(0, place - 3) : place])
    sized = [sentence.text[start:end].endswith(heads) for start, end in noun.items]
    numbers = [place]
    at = place + 1
    while sentence.kind(at) in "LC" and sentence.kind(at + 1) == "Q":
        numbers.append(at + 1)
        at += 2
    if len(numbers) != len(noun.items):
        return None
    units = {q.unit for n in numbers if (q := sentence.tokens[n].quantity) is not None}
    if not all(sized) and not (apart and (not any(sized) or len(units) > 1)):
        return None
    start, end = noun.items[0]
    first = replace(noun, start=start, end=end, text=sentence.text[start:end])
    return Reading(first, "metrics.spread", rest=noun.items[1:])


def changed(sentence: Sentence, place: int, previous: Reading | None, last: Token | None) -> Reading | None:
    """由14万元提高到18万元: the figure before and the figure after have the same noun."""
    tokens = sentence.tokens
    quantity = tokens[place].quantity
    assert quantity is not None
    both = _changed_together(sentence, place)
    if both is not None:
        return both
    if last is not None and previous is not None and (previous.action or "").endswith("前"):
        between = [t for t in tokens[:place] if t.start >= last.end]
        if between and all(t.kind in "AVDPXFST" for t in between) and any(t.kind in "VP" for t in between):
            after = next((t for t in between if t.kind == "V"), between[0])
            return Reading(replace(previous.noun, verb=after), "metrics.change", sentence.word(after))
    at = since(sentence, place)
    if at is None:
        return None
    ahead = place + 1
    if sentence.kind(place + 2) == "V" and sentence.word(tokens[ahead]) == "，":
        ahead += sentence.word(tokens[place + 2]).endswith(("到", "至", "为"))  # 从3支，|发展到8支
    reach = ahead + 5
    while ahead < len(tokens) and tokens[ahead].kind not in "BQ" and ahead < reach:
        ahead += 1
    if sentence.kind(ahead) != "Q":
        return None
    middle = tokens[place + 1 : ahead]
    verb = next((t for t in middle if t.kind == "V" and _turns(sentence, t)), None)
    if verb is None and not any(sentence.word(t) in ("到", "至", "为") for t in middle):
        return None
    counted = people(sentence, ahead)
    named = left(sentence, at, subject=True) if sentence.grammar.kind(quantity.unit) == "share" else None
    noun = named or right(sentence, place, counted) or left(sentence, at, subject=True)
    lists = sentence.grammar.lists
    whose = (*lists["place_kind"], *lists["level"], *lists["bare_level"])
    again = previous is not None and previous.rule == "metrics.change" and previous.unit == quantity.unit
    if noun is not None and previous is not None and again and noun.text in whose:
        noun = previous.noun  # 镇级事项由200项减到100项，社区|由130项减到60项
    if noun is not None and noun.text.endswith("番"):
        noun = None  # 人数翻了一番，由910人…
    noun = noun or right(sentence, ahead, counted) or object_before(sentence, at) or told_before(sentence, at)
    if noun is None:
        return None
    stem = sentence.word(verb).rstrip("到至为") if verb else "变化"
    return Reading(replace(noun, verb=verb), "metrics.change", stem + "前")


def _turns(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb tells of a change: 增加, 扩至, 压到."""
    word = sentence.word(verb)
    return word in sentence.grammar.change or word.rstrip("了").endswith(("至", "到", "为", "成"))


def since(sentence: Sentence, place: int) -> int | None:
    """The place of 由 or 从 before the number at `place`, behind which only says since when it held."""
    tokens = sentence.tokens
    at = place - 1
    while at >= 0 and (
        tokens[at].kind in "FDTR"
        or (tokens[at].kind == "X" and sentence.kind(at - 1) == "R")  # 由每个|社区|5人增加到9人
        or (sentence.word(tokens[at]) == "前" and sentence.kind(at - 1) == "T")  # 从三年前的|17%
        or sentence.word(tokens[at]) in sentence.grammar.lists["former"]
        or (
            sentence.kind(at + 1) == "F"
            and sentence.word(tokens[at]).startswith(("最初", "起初", "原先", "最早"))
        )
    ):
        at -= 1
    if at > 0 and sentence.word(tokens[at]).endswith(("前", "时", "初", "期", "后")):
        first = at
        while first > 0 and tokens[first].kind in "XWVTF" and tokens[at].end - tokens[first].start <= 12:
            first -= 1
        at = first if sentence.word(tokens[first]) in ("由", "从") else at  # 从|试点推行前的86家
    return at if at >= 0 and sentence.word(tokens[at]) in ("由", "从") else None


def _changed_together(sentence: Sentence, place: int) -> Reading | None:
    """Several sizes that change at once: 按时率、好评率分别从|51%、63%升至|94%、96%."""
    tokens = sentence.tokens
    if sentence.kind(place - 1) in "LC":
        return None
    first, after = place, place
    while sentence.kind(after - 1) in "VAD" or sentence.word(tokens[after - 1]) in ("到", "至", "为"):
        after -= 1
    if after < place and sentence.kind(after - 1) == "Q":
        first = after - 1
        while sentence.kind(first - 1) in "LC" and sentence.kind(first - 2) == "Q":
            first -= 2
        if first == after - 1:
            return None
    led = first - 1
    while led > 0 and (
        tokens[led].kind in "FT" or sentence.word(tokens[led]) in sentence.grammar.lists["former"]
    ):
        led -= 1  # 分别由原来的|14人、9人…
    if led < 1 or sentence.word(tokens[led]) not in ("从", "由"):
        return None
    if sentence.word(tokens[led - 1]) != "分别" or sentence.kind(first + 1) not in "LC":
        return None
    noun = left(sentence, led - 1, subject=True)
    if noun is None or len(noun.items) < 2:
        return None
    if first < place and sentence.kind(place + 1) not in "LC":
        return Reading(noun, "metrics.change", "变化")
    start, end = noun.items[0]
    one = replace(noun, start=start, end=end, text=sentence.text[start:end])
    return Reading(one, "metrics.change", "变化" if first < place else None, rest=noun.items[1:])


_LIST_REACH = 40  # characters before a verb of rank where the list's name may stand
_NEAR = 4  # tokens before a rank where its verb stands, whatever else is told between
_FAR = 12  # where nothing but the list's name stands between: 蝉联|全省平安建设群众满意度测评第2名


def rank(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    """位列第52位, 居全省前三: what is ranked stands in the list's name or before the verb; or it was counted
    before (新增9家，数量|居全省第一)."""
    ranked = _rank(sentence, place, previous)
    counted = previous is not None and sentence.grammar.kind(previous.unit) in ("classifier", "people")
    bare = ranked is not None and ranked.noun.text in sentence.grammar.lists["bare_size"]
    if bare and counted and ranked is not None and previous is not None:
        return replace(ranked, noun=previous.noun)  # 数量|位列第一
    return ranked


def _rank(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    quantity = sentence.tokens[place].quantity
    assert quantity is not None
    if quantity.unit not in ("位", "名", "%", None):
        return None
    text = sentence.text
    ahead = text[quantity.start - 1] == "前" and is_ordinal(text, quantity.start, sentence.grammar)
    if ahead or _last_ones(sentence, quantity):
        bounded = _bounded(sentence, place)
        if bounded is not None:
            return Reading(bounded, "metrics.rank")
    if quantity.unit == "%" or (quantity.unit is None and sentence.kind(place + 1) in "XW"):
        return None  # 第二|届文化节, 第一|方阵
    plain = _plainly(sentence, place) or _titled(sentence, quantity)
    if plain is not None:
        return Reading(plain, "metrics.rank")
    climbed = _climbed(sentence, place, previous)
    if climbed is not None:
        return climbed
    for at in range(place - 1, max(-1, place - 1 - _FAR), -1):
        token = sentence.tokens[at]
        if token.kind == "B" or (place - at > _NEAR and token.kind not in "XWSV"):
            return None
        word = sentence.word(token)
        named = _ranked(sentence, token, quantity) if token.kind == "X" else None
        if named is not None:
            return Reading(named, "metrics.rank")
        if previous is not None and word in ("居", "列", "排") and sentence.kind(at - 1) == "B":
            return Reading(previous.noun, "metrics.rank", word)  # 进度72%，|排全区第4
        if token.kind == "V" and (word in sentence.grammar.rank or word in ("居", "处于")):
            noun = _ranked_by(sentence, at, quantity, previous)
            return Reading(noun, "metrics.rank") if noun is not None else None
    return None


def _titled(sentence: Sentence, quantity: Quantity) -> Noun | None:
    """The noun that says that a number is a rank: 全县位次|第4位."""
    text, end = sentence.text, quantity.start - 1
    word = next((w for w in sentence.grammar.lists["rank_noun"] if text.endswith(w, 0, end)), "")
    return Noun(end - len(word), end, word) if word and text[end] == "第" else None


def _ranked_by(sentence: Sentence, at: int, quantity: Quantity, previous: Reading | None) -> Noun | None:
    """What a verb of rank ranks: it stands behind the verb as the list's name, or before the verb."""
    text, verb = sentence.text, sentence.tokens[at]
    between = text[verb.end : quantity.start]
    if not between.endswith(("第", "前")) and (between or quantity.unit != "位"):
        return None
    listed = between.rstrip("第前")
    for word in sentence.grammar.lists["ranking_area"]:
        listed = listed.removeprefix(word)
    listed = listed.removesuffix("的")
    if listed.endswith(sentence.grammar.lists["ranking_area_end"]):
        listed = ""
    area = sentence.grammar.rules["metrics.ranking-area"].pattern.fullmatch(listed)
    if len(listed) > 2 and area is None:
        begin = text.index(listed, verb.end)
        return Noun(begin, begin + len(listed), listed, verb)
    if area is not None and previous is not None and sentence.kind(at - 1) == "B":
        return replace(previous.noun, verb=verb)  # 满意度达98%，位居|清河市第一
    noun = left(sentence, at - (sentence.kind(at - 1) == "S" and sentence.kind(at - 2) in "XW"))
    if noun is None and (best := _list_of_best(sentence, verb)) is not None:
        return best
    among = noun is not None and previous is not None and text.endswith("中", 0, verb.start)
    # 在全市|9个县区中位列第2位: those among whom it is ranked
    if noun is None or (among and text.endswith(sentence.grammar.lists["among_all"], 0, noun.start)):
        return replace(previous.noun, verb=verb) if previous is not None else None
    name = noun.text.removesuffix("中").removesuffix("均").removesuffix("都")
    ranked = sentence.grammar.rules["metrics.ranked-among"].pattern.match(name)
    first = ranked.end() if ranked is not None else 0
    overall = name in sentence.grammar.lists["overall"]
    if overall and between.startswith(sentence.grammar.lists["ranking_area"]):
        return Noun(noun.start, verb.end, text[noun.start : verb.end])  # 综合|排名全市第3位
    return Noun(noun.start + first, noun.start + len(name), name[first:], verb)


def _list_of_best(sentence: Sentence, verb: Token) -> Noun | None:
    """The list that somebody came into right before a rank in it is told: 跻身|全国百强县，位列第9位."""
    named = sentence.grammar.rules["metrics.list-of-best"].pattern
    start = max(sentence.tokens[0].start, verb.start - _LIST_REACH)
    lists = list(named.finditer(sentence.text, start, verb.start))
    if not lists:
        return None
    full = max(lists, key=lambda found: len(found[0]))  # 县域竞争力百强榜上|首次进入50强，位列第46位
    return Noun(full.start(), full.end(), full[0], verb)


def _plainly(sentence: Sentence, place: int) -> Noun | None:
    """What has a rank, told without a verb: 群众安全感测评|全市第4位."""
    tokens, text = sentence.tokens, sentence.text
    if text[tokens[place].start - 1] != "第" or sentence.kind(place + 1) not in "BL":
        return None
    quantity = tokens[place].quantity
    if quantity is None or (quantity.unit is None and quantity.value == 1):
        return None  # 全国第一: praise
    at, end = place - 1, tokens[place].start - 1
    if sentence.kind(at) == "X" and sentence.word(tokens[at]) == "第":
        at -= 1
    area = next((w for w in sentence.grammar.lists["ranking_area"] if text.endswith(w, 0, end)), "")
    end -= len(area)
    while at >= 0 and tokens[at].start >= end:
        at -= 1
    first = at
    while sentence.kind(first - 1) in "XW":
        first -= 1
    if not area or first < 0 or sentence.kind(at) not in "XW":
        return None
    if sentence.kind(first - 1) == "V" and end - tokens[first].start <= 3:
        first -= 1  # 纠纷|化解|满意度
        while sentence.kind(first - 1) in "XW":
            first -= 1
    noun = make(sentence, [replace(t, kind="X", end=min(t.end, end)) for t in tokens[first : at + 1]])
    lists = sentence.grammar.lists
    ranked = (*sentence.grammar.measure_heads, *lists["score"], *lists["ranked"])
    return noun if noun is not None and noun.text.endswith(ranked) else None


def _climbed(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    """Ranks before and after: 评价由全市第9名|升至第3名."""
    tokens, text = sentence.tokens, sentence.text
    start = tokens[place].start
    if text[start - 1] != "第" or place < 2:
        return None
    if previous is not None and previous.action == "名次变化前":
        between = text[previous.noun.end : start]
        onward = any(word in between[-8:] for word in ("至", "到", "为", "成"))
        return Reading(previous.noun, "metrics.rank", "名次变化到") if onward else None
    at = place - 1
    among = sentence.kind(place - 2) == "F"  # 从|全县综合考核的|第9名
    kinds, reach = ("XSDWF", 16) if among else ("XSD", 8)
    while at > 0 and tokens[at].kind in kinds and tokens[place].start - tokens[at].start <= reach:
        at -= 1
    behind = text[tokens[place].end : tokens[place].end + 8]
    if sentence.word(tokens[at]) not in ("由", "从") or "第" not in behind:
        return None
    listed = [t for t in tokens[at + 1 : place - 2] if t.kind in "XW"] if among else []
    noun = make(sentence, listed) if listed else left(sentence, at, subject=True)
    if noun is None or noun.text.endswith(sentence.grammar.lists["territory"]):
        noun = _contest(sentence, at) or noun
    return None if noun is None else Reading(noun, "metrics.rank", "名次变化前")


def _contest(sentence: Sentence, at: int) -> Noun | None:
    """The contest in which a place has a rank, told before: 在|全省平安建设考核|中，我市由第9位升至第2位."""
    start, end = sentence.tokens[0].start, sentence.tokens[at].start
    told = sentence.grammar.rules["metrics.contest"].pattern.search(sentence.text, max(start, end - 48), end)
    return Noun(told.start("what"), told.end("what"), told["what"]) if told is not None else None


def _last_ones(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number bounds those who come last: 排名后三位的社区, 末两位的镇街."""
    text, at = sentence.text, quantity.start
    if quantity.unit == "%" and text[at - 1] == "后" and text.startswith("的", quantity.end):
        return True  # 对后|10%的社区挂牌督战
    if quantity.unit not in ("位", "名") or text[at - 1] not in "后末":
        return False
    return text[at - 1] == "末" or text.endswith(sentence.grammar.lists["ranked_at"], 0, at - 1)


def _bounded(sentence: Sentence, place: int) -> Noun | None:
    """Those whose rank a number bounds: 排名前10名的|社区, 居前5%的|楼长; or the list: 居民投诉|的前两位."""
    tokens = sentence.tokens
    said = sentence.text.startswith("的是", tokens[place].end)
    if sentence.kind(place + 1) == "F" and sentence.kind(place + 2) in "XW" and not said:
        last = place + 2
        if _named_next(sentence, last):
            return None
        while sentence.kind(last + 1) in "XW" and sentence.kind(last + 1) + sentence.kind(last + 2) != "WQ":
            last += 1
        first = tokens[place + 2]
        cut = predicate(sentence.text, first.start, tokens[last].end, sentence.grammar) or tokens[last].end
        return Noun(first.start, cut, sentence.text[first.start : cut])
    at = place - 1
    if sentence.kind(at) == "X" and sentence.word(tokens[at]) == "前" and sentence.kind(at - 1) == "F":
        last = at = at - 1
        while sentence.kind(at - 1) in "XW":
            at -= 1
        noun = make(sentence, tokens[at:last]) if at < last else None
        told = noun.text.rfind("是") + 1 if noun is not None and noun.text[-1] != "是" else 0
        return noun and replace(noun, start=noun.start + told, text=noun.text[told:], items=())
    return None


def _named_next(sentence: Sentence, at: int) -> bool:
    """Whether those whose rank is bounded are named right behind: 办件量前三的社区|为桃源、杏花和槐荫社区."""
    while sentence.kind(at) in "XW":
        word = sentence.word(sentence.tokens[at])
        if len(word) > 2 and word[1:-1].find("是") > 0:
            return True
        at += 1
    ahead = sentence.word(sentence.tokens[at]) if at < len(sentence.tokens) else ""
    return ahead in ("为", "是", "有", "：") or ahead in sentence.grammar.lists["in_turn"]


def _of_area(sentence: Sentence, said: str) -> bool:
    """Whether nothing stands between a verb of rank and the rank, or only among whom it is: 居|全市|第2位."""
    lists = sentence.grammar.lists
    return not said or said in lists["ranking_area"] or said.endswith(lists["ranking_area_end"])


def _ranked(sentence: Sentence, token: Token, quantity: Quantity) -> Noun | None:
    """The noun in front of a one-character verb of rank: 群众满意度|居全市第2位."""
    text = sentence.text
    start, end = token.start, token.end
    at = max(text.rfind("居", start, end), text.rfind("列", start, end), text.rfind("排", start, end))
    if at == token.start:
        place = sentence.tokens.index(token)
        named = left(sentence, place, subject=True) if sentence.kind(place - 1) in "XW" else None
        plain = _of_area(sentence, text[at + 1 : quantity.start].rstrip("第前"))
        return replace(named, verb=token) if named is not None and plain else None  # 考核|列全市第2位
    if at - token.start < 2:
        return None
    between = text[at + 1 : quantity.start].removeprefix("在")
    if not between.endswith(("第", "前")) or not _of_area(sentence, between.rstrip("第前")):
        return None
    end = at - (text[at - 1] in "位名均都")
    return make(sentence, [replace(token, end=end)], replace(token, kind="V", start=at, end=at + 1))
