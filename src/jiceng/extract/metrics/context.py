"""What a sentence says around a number: holder, rate, period, and whether it is a fact or a rule."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, governor
from jiceng.extract.metrics.sentence.plans import to_come
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.numerals import Quantity
from jiceng.values import dataclass

_SMALL = 12
_LARGE = 100
_NORMED = frozenset({"people", "classifier"})
_SMALL_SUM = 5000  # yuan: what one person, household or deed gets by a rule
_REACH = 240  # characters (and tokens) before a number that may say something of it


@dataclass(frozen=True, slots=True)
class Context:
    """The fields of a measurement that its sentence gives beside number and noun."""

    subject: str | None
    per: str | None
    period: str | None
    nature: str
    at_least: bool
    demanded: bool  # the sentence says that it is required or planned
    done: bool  # it says that it has been done


def context(sentence: Sentence, place: int, start: int) -> Context:
    """Read the surroundings of the number at token `place`; the sentence begins at body offset `start`."""
    tokens, text, grammar = sentence.tokens, sentence.text, sentence.grammar
    quantity = tokens[place].quantity
    assert quantity is not None
    start = max(start, quantity.start - _REACH)
    low = max(0, place - _REACH)
    clause = max(text.rfind("，", start, quantity.start), text.rfind("：", start, quantity.start), start)
    demanded = grammar.rules["metrics.required"].pattern.search(text, clause, quantity.number) is not None
    planned = sentence.planned or _planned(grammar, text, start, quantity.number)
    ahead = grammar.rules["metrics.planned-behind"].pattern.match(text, quantity.end) is not None
    planned = planned or ahead or to_come(sentence, place)
    bound = text.startswith(grammar.lists["bound"], quantity.start)
    allowed = text.startswith(grammar.lists["allowing"], quantity.end)
    allowed = allowed or grammar.rules["metrics.consequence"].pattern.match(text, quantity.end) is not None
    allowed = allowed or grammar.rules["metrics.in-norm"].pattern.match(text, quantity.end) is not None
    allowed = allowed or _sorted(grammar, text, start, quantity)
    allowed = allowed or _by_share(text, quantity, grammar) or _by_size(text, quantity, grammar)
    allowed = allowed or (quantity.comparator in "<>" and text.startswith(("的，", "的可"), quantity.end))
    ranged = quantity.upper is not None and not quantity.chinese
    if ranged and grammar.rules["metrics.composed"].pattern.match(text, quantity.end) is not None:
        allowed = True  # 委员会由5至9名|委员组成，…
    condition = grammar.rules["metrics.conditional"].pattern.search(text, start, quantity.number) is not None
    verb = governor(sentence, place)
    listed = verb is not None and sentence.word(verb) in grammar.lists["laid_in_list"]
    norm = None if listed else _bounds(grammar, text, start, tokens[-1].end)
    several = norm is not None and not (quantity.number < norm and _stock(grammar, text, clause, quantity))
    required = demanded or planned or bound or allowed or condition or several
    said = grammar.rules["metrics.done"].pattern.search(
        text, max(start, quantity.start - 24, text.rfind("）", start, quantity.start)), quantity.number + 1
    )
    got = grammar.rules["metrics.got"].pattern.match(text, quantity.end) is not None
    done = not bound and (said is not None or got)
    if said is not None and sentence.planned and said[0] == "全年":
        done = False  # 下半年打算：全年完成产值|40亿元
    done = done or text[max(0, quantity.start - 1) : quantity.start] in grammar.signs.chipped
    done = done and not ahead and not (planned and _sums_up(grammar, text[clause : quantity.number + 1]))
    anew = done and required and clause > start
    if anew and (demanded or grammar.rules["metrics.planned"].pattern.search(text, clause, quantity.number)):
        done = bool(grammar.rules["metrics.done"].pattern.search(text, clause, quantity.number + 1))
    average = bool(grammar.rules["metrics.average"].pattern.search(text, clause, quantity.start))
    per = _per(sentence, place)
    if quantity.rate:
        per = quantity.rate
    bounds = grammar.rules["metrics.least"].pattern
    rated = max((t.start for t in tokens[low:place] if t.kind == "R"), default=start)
    told = text.rfind("，", start, rated) + 1 if per else clause  # 每周至少走访2次，|每月议事1次
    least = bounds.search(text, max(start, told), quantity.start) is not None
    required = required or (least and per is not None)
    required = required or (per is not None and not done and _laid_down(grammar, text, start, rated))
    period = next(
        (
            _named_time(sentence, t)
            for t in reversed(tokens[low:place])
            if t.kind == "T" and not _base(sentence, t) and not _left(sentence, t, quantity.start)
        ),
        None,
    )
    holder = None
    for name, last in _holders(grammar, text, tokens[0].start, tokens[-1].end):
        if last > quantity.start:
            break
        holder = name
    had = text[: verb.end].rfind("有", verb.start) if verb is not None else -1  # 聘|有, 配有
    there = verb is not None and had == verb.end - 1 and text.endswith(grammar.lists["there_is"], 0, had)
    there = there or text.endswith(("就有", "才有"), 0, quantity.start)
    there = there or (per is not None and per[0] == "一")  # 一天接待80人 tells what was
    formula = grammar.rules["metrics.formula"].pattern.search(text, start, quantity.start)
    small = formula is not None and quantity.value <= _SMALL
    rule = small or (
        required and not done
        if not per
        else _rate_is_rule(
            quantity,
            grammar.kind(quantity.unit),
            required,
            done or ((average or there) and not required),
            grammar.rules["metrics.per-time"].pattern.match(per) is None,
            text.endswith("以上", quantity.start, quantity.end),
        )
    )
    return Context(holder, per, period, "rule" if rule else "fact", least and rule, required, done)


def _laid_down(grammar: Grammar, text: str, start: int, rated: int) -> bool:
    """Whether a sentence lays down before a rate what everybody has to do: 县里要求干部进小区，|每次走5户."""
    told = grammar.rules["metrics.laid-down"].pattern.search(text, start, rated)
    if told is None:
        return False
    clause = max(start, text.rfind("，", start, told.start()))
    return not any(word in text[clause : told.start()] for word in grammar.lists["on_demand"])


def _planned(grammar: Grammar, text: str, start: int, end: int) -> bool:
    """Whether something before a number says that it is planned, other than in brackets that are closed:
    现有居民1.2万人（明年将达到|1.5万人），流动人口|800人."""
    for found in grammar.rules["metrics.planned"].pattern.finditer(text, start, end):
        opened = text.rfind("（", start, found.start())
        if opened < 0 or not found.start() < text.find("）", opened, end):
            return True
    return False


def _sums_up(grammar: Grammar, said: str) -> bool:
    """Whether a clause only sums up what is planned: 计划改造12个小区，共计60栋楼、|700户."""
    word = next((w for w in grammar.lists["summing"] if w in said), "")
    rest = said.replace(word, "")
    return bool(word) and grammar.rules["metrics.done"].pattern.search(rest) is None


@lru_cache(maxsize=4)
def _bounds(grammar: Grammar, text: str, start: int, end: int) -> int | None:
    """Where a sentence sets the first of several bounds: what else it tells is then required as well."""
    starts = [bound.start() for bound in grammar.rules["metrics.bounds"].pattern.finditer(text, start, end)]
    return starts[0] if len(starts) > 1 else None


def _stock(grammar: Grammar, text: str, clause: int, quantity: Quantity) -> bool:
    """Whether a clause tells how many there are, before what each must do: 网格员142名，每周走访不少于3次."""
    if quantity.value <= _SMALL or grammar.kind(quantity.unit) not in ("classifier", "people"):
        return False
    return not any(sign in text[clause : quantity.start] for sign in grammar.lists["of_each"])


@lru_cache(maxsize=4)
def _holders(grammar: Grammar, text: str, start: int, end: int) -> tuple[tuple[str, int], ...]:
    """Names of holders in a sentence with where they end; the numbers of a sentence share them."""
    pattern = grammar.rules["metrics.holder"].pattern
    found = ((m[0], m.end()) for m in pattern.finditer(text, start, end))
    return tuple((name, last) for name, last in found if not _no_name(grammar, text, name))


@lru_cache(maxsize=1 << 10)
def _no_name(grammar: Grammar, text: str, name: str) -> bool:
    """Whether a verb with its object was taken for a place: 健全|街道, 给予每个|小区; but 建设路社区."""
    kind = grammar.rules["metrics.holder-kind"].pattern.search(name)
    stem = name[: kind.start()] if kind else name
    if any(word in stem for word in ("每", "各", "全体")):
        return True
    verb = next((stem[:n] for n in (4, 3, 2) if stem[:n] in grammar.governing and len(stem) >= n), "")
    if not verb or (kind and len(stem) > len(verb) and stem[-1] in grammar.lists["named_by"]):
        return False
    described = any(name + said in text for said in grammar.lists["said_of_place"])  # 新建街道|位于……
    return not (described or any(led + name in text for led in grammar.lists["before_name"])) and not any(
        area + name + "办事处" in text for area in "区县市"
    )


def holders(sentence: Sentence) -> tuple[tuple[str, int], ...]:
    """Names of places and bodies in a sentence that hold what it counts, with where they end."""
    return _holders(sentence.grammar, sentence.text, sentence.tokens[0].start, sentence.tokens[-1].end)


def without_holder(sentence: Sentence, noun: Noun) -> Noun:
    """A counted phrase without the named place that holds it: 柳林村|户籍居民, but 柳林村党支部."""
    for name, end in holders(sentence):
        rest = noun.text[len(name) :]
        if (
            end - len(name) == noun.start
            and len(rest) > 1
            and (rest.startswith("办公") or not rest.startswith(sentence.grammar.lists["of_place"]))
            and (len(noun.items) < 2 or noun.items[0][1] - end > 1)
        ):
            for size in sentence.grammar.lists["sized"]:
                house = rest.removesuffix(size)
                if house != rest and house.endswith(sentence.grammar.lists["house_end"]):
                    return replace(noun, start=noun.end - len(size), text=size, items=())
            if rest[:2] in sentence.grammar.governing and rest[2:].startswith(sentence.grammar.patients):
                end, rest = end + 2, rest[2:]  # 柳岸社区|发展|党员
            items = ((end, noun.items[0][1]), *noun.items[1:]) if len(noun.items) > 1 else ()
            return replace(noun, start=end, text=rest, items=items)
    return noun


def _sorted(grammar: Grammar, text: str, start: int, quantity: Quantity) -> bool:
    """Whether a limit sorts places, for each of which something is laid down: 对收入低于|6万元的村，选派…."""
    if quantity.comparator not in "<>" and quantity.upper is None:
        return False
    then = grammar.rules["metrics.sorted-then"].pattern.match(text, quantity.end)
    return then is not None and (
        grammar.rules["metrics.sorted-for"].pattern.search(text, start, quantity.start) is not None
    )


def _by_share(text: str, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether something is paid or set by a share of something: 按投资额的|10%给予补贴."""
    ahead = text[max(0, quantity.start - 24) : quantity.start]
    by = max(ahead.rfind("按"), ahead.rfind("以每"))
    if quantity.unit == "%" and ahead.endswith(("按", "按照")):
        return True  # 按|10%提取酬金
    return (
        quantity.unit in ("%", "倍", "‰")
        and by >= 0
        and ahead.endswith(grammar.lists["share_of"])
        and not any(c in "，。；" for c in ahead[by:])
    )


def _by_size(text: str, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether it is laid down by what size something is divided: 按照覆盖|200至300户划定."""
    rest = text[quantity.end : quantity.end + 20].partition("，")[0]
    listed = text.startswith("、", quantity.end) and ("为标准" in rest or "的标准" in rest)
    if not listed and not text.startswith(grammar.lists["divides"], quantity.end):
        return False
    ahead = text[max(0, quantity.start - 20) : quantity.start]
    # 按县城300户、集镇|80户为标准设置
    return "按" in ahead and not any(c in "，。；" for c in ahead[ahead.rfind("按") :])


def _per(sentence: Sentence, place: int) -> str | None:
    parts: list[str] = []
    at, crossed, counted, dated = place - 1, False, False, False
    verb = governor(sentence, place)
    benefits = verb is not None and sentence.word(verb) in sentence.grammar.lists["benefiting"]
    while at >= max(0, place - _REACH):
        token = sentence.tokens[at]
        crossed, dated = crossed or token.kind == "B", dated or token.kind == "T"
        counted = counted or (crossed and token.kind == "Q" and not parts)
        if crossed and token.kind == "B" and sentence.word(token) in "“‘":
            break  # 走进每个社区，主任介绍：“|三个社区8个小区
        if token.kind == "R" and counted and benefits:
            break  # 果园每年分红12万元，带动|8户…
        if token.kind == "R" and counted and not _is_time(sentence, token):
            break  # 每百户30平方米，|新建21处
        if token.kind == "R" and crossed and counted and dated and not parts:
            break  # 停车费每月150元，一年|少收26万元
        if token.kind == "R" and crossed and _summed_up(sentence, token.end, place):
            break  # 每周三晚议事，已开展|150期
        if token.kind == "R" and crossed and counted and not parts and _of_its_own(sentence, place):
            break  # 每年安排30万元，书记月报酬|达4500元; 每天两个小时，由|12名志愿者轮流辅导
        many = counted and _many(sentence, place)  # 每年至少办2件实事，公示栏里|396件
        if token.kind == "R" and not parts and (many or (crossed and _is_share(sentence, place))):
            break  # 每月召开议事会，|办结率98%
        if token.kind == "R":
            end = token.end
            behind = sentence.tokens[at + 1] if at + 1 < place else None
            if (
                behind is not None
                and behind.kind == "X"
                and len(sentence.word(token)) == 2
                and not _is_time(sentence, token)
            ):
                end = _holder_end(sentence, token, behind)
            parts.append(sentence.text[token.start : end])
        elif parts and token.kind == "B":
            break
        at -= 1
    return "".join(reversed(parts)) or None


def _holder_end(sentence: Sentence, each: Token, behind: Token) -> int:
    """Where what something is reckoned for ends: 每个|示范点|面积, 每个|社区|对外只挂, 每件|扣."""
    text, grammar = sentence.text, sentence.grammar
    end = behind.end - sentence.word(behind).endswith(grammar.lists["provides"])
    parts = parts_of(text, behind.start, end, grammar)
    deed = next((p.start for p in parts if p.kind in "VRD" and p.start >= behind.start), end)
    deed = end if any(p.kind == "N" for p in parts if p.start >= deed) and deed == behind.start else deed
    size = next((len(w) for w in grammar.measure_heads if text.endswith(w, behind.start, deed)), 0)
    return max(each.end, deed - size)


def _base(sentence: Sentence, time: Token) -> bool:
    """Whether a span of time is only what a figure is compared with (较|2022年增加, 同|上半年相比), or since
    when a place is there (建于|1986年)."""
    text, start = sentence.text, time.start
    at = bisect_left(sentence.tokens, start, key=lambda t: t.start)
    while sentence.kind(at - 1) == "T" and sentence.tokens[at - 1].end == start:
        at, start = at - 1, sentence.tokens[at - 1].start  # 比|去年|全年
    lists, rules = sentence.grammar.lists, sentence.grammar.rules
    if text.endswith((*lists["comparing"], *lists["founded_at"]), 0, start):
        return True
    if text.startswith(lists["whole_year_goal"], time.end) or _soon_after(sentence, time):
        return True  # 占|全年计划的53%
    if rules["metrics.founded-then"].pattern.match(text, time.end) is not None:
        return True
    return text.endswith(("与", "同", "和", "跟"), 0, time.start) and text.startswith(
        sentence.grammar.lists["set_against"], time.end
    )


def _soon_after(sentence: Sentence, time: Token) -> bool:
    """Whether only minutes or hours are told after which something is so: 26分钟|后，11个部门到场."""
    return sentence.text.startswith("后", time.end) and sentence.word(time).endswith(("分钟", "小时"))


def _named_time(sentence: Sentence, time: Token) -> str:
    """A time as the text says it, with 前 or 后 behind a span: 七年|前."""
    aside = sentence.grammar.rules["metrics.span-aside"].pattern.match(sentence.text, time.start)
    return sentence.text[time.start : time.end + (aside is not None and aside.end() == time.end + 1)]


def _left(sentence: Sentence, time: Token, start: int) -> bool:
    """Whether a time is that of the figure before a change: 由2021年的38%|提升到100%."""
    text = sentence.text
    if not text.endswith(("从", "由"), 0, time.start) or not text.startswith("的", time.end):
        return False
    return any(t.kind == "Q" and time.end < t.start < start for t in sentence.tokens)


def _summed_up(sentence: Sentence, start: int, place: int) -> bool:
    """Whether a later clause than the one at `start` tells what all came to: 两年来, 已, 全县共有."""
    text, end = sentence.text, sentence.tokens[place].start
    comma = next((at for at in range(start, end) if text[at] in "，；。："), end)
    return sentence.grammar.rules["metrics.summed-up"].pattern.search(text, comma, end) is not None


def _many(sentence: Sentence, place: int) -> bool:
    """Whether a number of things is too great to be done at the rate that an earlier clause tells."""
    quantity = sentence.tokens[place].quantity
    counted = quantity is not None and sentence.grammar.kind(quantity.unit) in ("classifier", "people")
    return counted and quantity is not None and quantity.value > _LARGE


def _of_its_own(sentence: Sentence, place: int) -> bool:
    """Whether a figure tells what something has come to, or who does it, whatever an earlier clause rates."""
    before = sentence.tokens[place - 1]
    if sentence.word(before) == "由":
        return sentence.kind(place + 1) == "X"
    if before.kind not in "VP" or sentence.word(before) not in ("达", "达到", "还有", "只有", "仅有", "共有"):
        return False
    return sentence.kind(place - 2) in "XW"


def _is_share(sentence: Sentence, place: int) -> bool:
    """Whether a number is a share or a change in points, told of what its own clause names: 办结率|98%."""
    quantity = sentence.tokens[place].quantity
    return quantity is not None and quantity.unit in ("%", "个百分点", "百分点")


def _is_time(sentence: Sentence, token: Token) -> bool:
    return bool(sentence.grammar.rules["metrics.per-time"].pattern.match(sentence.text, token.start))


def _rate_is_rule(
    quantity: Quantity, kind: str, required: bool, done: bool, by_holder: bool, or_more: bool
) -> bool:
    """每年至少2次, 每月1次 and 每周5户以上 are rules; 每年110余场 and 每年下拨4000万余元 say what was."""
    if required:
        return not done
    if quantity.value != quantity.value.to_integral_value():
        return False  # 每千人拥有执业医师3.9人
    if kind == "money" and 0 < quantity.value <= _SMALL_SUM and not done:
        return quantity.comparator != ">"  # 每人每月|300元
    if by_holder and quantity.upper is not None and not quantity.chinese and kind in (*_NORMED, "money"):
        return not done  # 每名网格员联系|60至80户
    small = (quantity.upper or quantity.value) <= _SMALL
    bounded = or_more or quantity.comparator in "=<~"
    return small and not done and bounded and kind not in ("money", "share", "measure")
