"""Rankings: 位列第52位, 居全省前三, 由第9名升至第3名."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.nouns import left
from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.sentence.boundaries import predicate
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.sieve.counts import is_ordinal
from jiceng.numerals import Quantity

_LIST_REACH = 40  # characters before a verb of rank where the list's name may stand
_JOINED = "和、及与"
_AND_LAST = tuple(f"{sign}{last}" for sign in _JOINED for last in "后末")
_NEAR = 4  # tokens before a rank where its verb stands, whatever else is told between
_FAR = 12  # where nothing but the list's name stands between: 蝉联|全省平安建设群众满意度测评第2名


def rank(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    """位列第52位, 居全省前三: what is ranked stands in the list's name or before the verb; or it was counted
    before (新增9家，数量|居全省第一)."""
    ranked = _next_of_list(sentence, place, previous) or _rank(sentence, place, previous)
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
    climbed = _climbed(sentence, place, previous) or _among(sentence, place, previous)
    if climbed is not None:
        return climbed
    for at in range(place - 1, max(-1, place - 1 - _FAR), -1):
        token = sentence.tokens[at]
        if token.kind == "B" or (place - at > _NEAR and token.kind not in "XWSV"):
            return None
        word = sentence.word(token)
        named = _ranked(sentence, at, quantity) if token.kind == "X" else None
        if named is not None:
            return Reading(named, "metrics.rank")
        if previous is not None and word in ("居", "列", "排") and sentence.kind(at - 1) == "B":
            return Reading(previous.noun, "metrics.rank", word)  # 进度72%，|排全区第4
        if token.kind == "V" and (word in sentence.grammar.rank or word in ("居", "处于")):
            noun = _ranked_by(sentence, at, quantity, previous)
            return _shared_out(sentence, quantity, noun) if noun is not None else None
    return None


def _next_of_list(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    """A rank right behind another one: 上报率、处置率分别列第2位、|第1位."""
    quantity = sentence.tokens[place].quantity
    if quantity is None or previous is None or previous.rule != "metrics.rank":
        return None
    if sentence.text[quantity.start - 2 : quantity.start] not in ("、第", "和第"):
        return None
    (start, end), *rest = previous.rest or ((previous.noun.start, previous.noun.end),)
    one = replace(previous.noun, start=start, end=end, text=sentence.text[start:end], items=())
    return replace(previous, noun=one, rest=tuple(rest))


def _shared_out(sentence: Sentence, quantity: Quantity, noun: Noun) -> Reading:
    """What is ranked, or with 分别 the first of a list, whose others have the next ranks."""
    if len(noun.items) < 2 or "分别" not in sentence.text[noun.end : quantity.start]:
        return Reading(noun, "metrics.rank")
    start, end = noun.items[0]
    first = replace(noun, start=start, end=end, text=sentence.text[start:end])
    return Reading(first, "metrics.rank", rest=noun.items[1:])


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
    if (
        noun is None
        or noun.text[0].isdigit()
        or _in_place(sentence, noun, previous)
        or (among and text.endswith(sentence.grammar.lists["among_all"], 0, noun.start))
    ):
        return replace(previous.noun, verb=verb) if previous is not None else None
    if noun.text.startswith("连续") and previous is not None:
        return replace(previous.noun, verb=verb)  # 安全感达99%，连续多年|位居全市第一
    name = noun.text.removesuffix("中").removesuffix("均").removesuffix("都")
    ranked = sentence.grammar.rules["metrics.ranked-among"].pattern.match(name)
    first = ranked.end() if ranked is not None else 0
    overall = name in sentence.grammar.lists["overall"]
    if overall and between.startswith(sentence.grammar.lists["ranking_area"]):
        return Noun(noun.start, verb.end, text[noun.start : verb.end])  # 综合|排名全市第3位
    whole = noun.items if name == noun.text and not first else ()
    return Noun(noun.start + first, noun.start + len(name), name[first:], verb, items=whole)


def _in_place(sentence: Sentence, noun: Noun, previous: Reading | None) -> bool:
    """Whether a clause begins with the place in which what was told is ranked: 得分96分，在|街道排第一."""
    led = sentence.text.endswith(("，在", "，于"), 0, noun.start)
    return led and previous is not None and noun.text in sentence.grammar.lists["territory"]


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
    first = sentence.back(at - 1, "XW") + 1
    if not area or first < 0 or sentence.kind(at) not in "XW":
        return None
    if sentence.kind(first - 1) == "V" and end - tokens[first].start <= 3:
        first -= 1  # 纠纷|化解|满意度
        first = sentence.back(first - 1, "XW") + 1
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
        noun = _contest(sentence, at) or noun or _ranking(sentence, at - 1, previous)
    return None if noun is None else Reading(noun, "metrics.rank", "名次变化前")


def _among(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    """What has a rank among the places of an area: 办结率|在全市8个区县中排第3位; told before its clause as
    well (办结率98.5%，|在全省125个县中位列第3位)."""
    tokens, end = sentence.tokens, sentence.tokens[place].start
    start = max(tokens[0].start, end - _LIST_REACH)
    area = sentence.grammar.rules["metrics.ranked-in"].pattern.search(sentence.text, start, end)
    if area is None:
        return None
    at = place - 1
    while at >= 0 and tokens[at].start > area.start():
        at -= 1
    if sentence.kind(at) != "P" or tokens[at].start != area.start():
        return None
    noun = left(sentence, at, subject=True)
    if noun is None and previous is not None and sentence.kind(at - 1) == "B":
        noun = previous.noun
    if noun is None or noun.text.endswith(sentence.grammar.lists["territory"]):
        return None
    return Reading(noun, "metrics.rank", area["verb"])


def _ranking(sentence: Sentence, at: int, previous: Reading | None) -> Noun | None:
    """What 排名 at a token ranks: it stands before it, or was told before; else the ranking itself."""
    verb = sentence.tokens[at]
    if at < 0 or sentence.kind(at) != "V" or sentence.word(verb) not in sentence.grammar.rank:
        return None
    noun = left(sentence, at, subject=True)
    if noun is None and previous is not None and sentence.kind(at - 1) == "B":
        noun = previous.noun  # 满意率升到96.8%，排名|由第五位跃升至第二位
    return noun or Noun(verb.start, verb.end, sentence.word(verb), verb)


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
    beside = text[at - 2] in _JOINED and text[at - 3] in "位名"  # 排名前20位和|后10位
    return text[at - 1] == "末" or beside or text.endswith(sentence.grammar.lists["ranked_at"], 0, at - 1)


def _bounded(sentence: Sentence, place: int) -> Noun | None:
    """Those whose rank a number bounds: 排名前10名的|社区, 居前5%的|楼长; or the list: 居民投诉|的前两位."""
    tokens = sentence.tokens
    said = sentence.text.startswith("的是", tokens[place].end)
    if sentence.text.startswith(_AND_LAST, tokens[place].end):  # 前20位|和后|10位的社区
        place = next((n for n in range(place + 1, len(tokens)) if tokens[n].kind == "Q"), place)
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
        at = sentence.back(at - 1, "XW") + 1
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


def _ranked(sentence: Sentence, place: int, quantity: Quantity) -> Noun | None:
    """The noun in front of a one-character verb of rank in the token `place`: 群众满意度|居全市第2位."""
    text, token = sentence.text, sentence.tokens[place]
    start, end = token.start, token.end
    at = max(text.rfind("居", start, end), text.rfind("列", start, end), text.rfind("排", start, end))
    if at == token.start:
        named = left(sentence, place, subject=True) if sentence.kind(place - 1) in "XW" else None
        plain = _of_area(sentence, text[at + 1 : quantity.start].rstrip("第前"))
        return replace(named, verb=token) if named is not None and plain else None  # 考核|列全市第2位
    if at - token.start < 2:
        return None
    between = text[at + 1 : quantity.start].removeprefix("在")
    if not between.endswith(("第", "前")) or not _of_area(sentence, between.rstrip("第前")):
        return None
    end = at - (text[at - 1] in "位名均都")
    led = [sentence.tokens[place - 1]] if sentence.kind(place - 1) == "W" else []  # 考核|得分居全市第3位
    return make(sentence, [*led, replace(token, end=end)], replace(token, kind="V", start=at, end=at + 1))
