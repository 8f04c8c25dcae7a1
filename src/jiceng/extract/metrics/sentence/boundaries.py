"""Where a counted phrase ends that runs into a verb which no word list of ours knows.

The verbs of actions.ttl cut a sentence before anything else. What is left between them may still hold
others (居民|开立积分账户, |核发居住证). Here the word classes of jieba's dictionary tell them: a word that
is a verb there counts as one only where its surroundings agree, since Chinese puts bare verbs before nouns
too (充电设施, 返乡青年).
"""

from __future__ import annotations

from collections.abc import Sequence

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.parts import Part, is_verb, parts_of, takes_object, word_class
from jiceng.words import is_word

_LONGEST = 24  # characters of a run that are looked at


def predicate(text: str, start: int, end: int, grammar: Grammar) -> int | None:
    """Where in `text[start:end]`, which follows a number, the deed of the counted begins; None if nowhere."""
    quote = text.find("“", start + 1, end)
    after = text[end - 1] in "后时" and text[end - 2] == "”"  # 院落|“旧貌换新”后
    told = _told_in_quotes(text, start, quote, end - after, grammar) if quote > 0 else 0
    if told:
        return told
    if quote > 0 and start + 1 < quote and text[start] != "“":
        end = quote  # 小区|走完“提、议、办、评”全过程
    elif text[start] == "“":
        start = max(start, text.rfind("”", start, end))  # “三无”小区|打包成…
    run = text[start : min(end, start + _LONGEST)]
    named = len(run) < 3 or run[0] in "《「『"
    at = None if named else _behind_bracket(text, start, start + len(run))
    if at is None:
        return None
    who = _conditional_end(run, grammar) or _set_deed_start(run, grammar)
    if who:
        return start + who
    read = parts_of(text, at, start + len(run), grammar)
    parts = [text[p.start : p.end] for p in read]
    for index, word in enumerate(parts):
        twice = index and read[index].kind == "V" and len(parts) > index + 1
        twice = twice and not run.endswith((*grammar.compounds, *grammar.lists["held"]))
        if index and _seen_there(text, start, at, run, read[index:], grammar):
            return at  # 12个点位|观摩学习
        if twice and all(p.kind in "VRW" and p.end - p.start > 1 for p in read[index:]):
            return at  # 三轮车|停放清洗
        if word in "“《「『（":
            return None
        located = index and index == len(parts) - 1 and text[start - 1] in grammar.signs.some_places
        if located and text[start:at].endswith(grammar.lists["place_kind"]) and word in grammar.deeds:
            return at  # 430个社区|推广; but 1次社区调研
        if index and _begins(parts, index, grammar):
            return at
        at += len(word)
    return None


def _told_in_quotes(text: str, start: int, quote: int, end: int, grammar: Grammar) -> int:
    """Where a deed begins that a quoted phrase at `quote` tells; 0 if it tells none."""
    actors = (*grammar.lists["body"], *grammar.person_ends)
    if text[quote - 1] in "当做" and text.endswith(actors, start, quote - 1):
        return quote - 1  # 5家企业|当“合伙人”
    return quote if _said_of(text, start, quote, end, grammar) else 0  # 312个小区|“刷脸进门”


def _seen_there(text: str, start: int, at: int, run: str, parts: Sequence[Part], grammar: Grammar) -> bool:
    """Whether two verbs that end a run say what is done at places: 12个点位|观摩学习."""
    if (
        len(parts) != 2
        or text[start - 1] not in grammar.signs.places
        or any(p.kind not in "VRW" for p in parts)
    ):
        return False
    named = run.endswith((*grammar.compounds, *grammar.lists["held"]))
    return not named and text[start:at].endswith(grammar.lists["place_kind"])


def _behind_bracket(text: str, start: int, end: int) -> int | None:
    """Where to look for a deed: at the end of a short bracket, which belongs to the noun before it
    (村（社区）|竞相效仿); None if the run is little more than the bracket or leaves it open."""
    bracket = text.find("（", start, end)
    if bracket <= 0:
        return start
    closed = text.find("）", bracket, end) + 1
    if not closed or end - start - (closed - start) < 2:
        return None
    return closed - 1 if closed - bracket <= 5 else start


def _set_deed_start(run: str, grammar: Grammar) -> int:
    """Where a set expression for a deed begins that ends a run: 8个小区|先行先试, 7个村|合并而成; 0 if there
    is none."""
    if run[-2:] in ("而成", "而来") and len(run) > 4:
        return len(run) - 4
    return len(run) - len(next((w for w in grammar.lists["set_deed"] if run.endswith(w)), run))


def _conditional_end(run: str, grammar: Grammar) -> int:
    """Where people end in a run that says when or after what: 住户|签字同意后; 0 if it is no such run."""
    if run[-1] not in "后时前" or is_word(run[-2:]):
        return 0
    who = next((i for i in range(2, len(run) - 2) if run[:i].endswith(grammar.person_ends)), 0)
    return 0 if run[: who + 1].endswith(grammar.person_ends) else who


def _said_of(text: str, start: int, quote: int, end: int, grammar: Grammar) -> bool:
    """Whether a quoted phrase that ends a run says what places before it do, and is no name of theirs."""
    if text[end - 1] != "”" or not text[start:quote].rstrip("）").endswith(
        (*grammar.lists["place_kind"], *grammar.lists["told_of"])
    ):
        return False
    inside = parts_of(text, quote + 1, end - 1, grammar)
    if not inside:
        return False
    word = text[inside[-1].start : inside[-1].end]
    acts = inside[0].kind in "VR" and not word.endswith(grammar.compounds)
    if len(inside) == 1 and inside[0].kind == "I" and word[0] in word_class("v"):
        return True  # 76个院落|“脱胎换骨”
    return len(inside) > 1 and (
        acts or inside[-1].kind in "VR" or (len(word) == 1 and word in word_class("v"))
    )


def _begins(parts: Sequence[str], index: int, grammar: Grammar) -> bool:
    """Whether a deed begins with the word `parts[index]`; the counted stands before it."""
    before, word, behind = "".join(parts[:index]), parts[index], "".join(parts[index + 1 :])
    following = parts[index + 1] if behind else ""
    if _begins_surely(before, word, following, grammar):
        return True
    if index > 1 and not following and word in grammar.lists["promoting"]:
        return True  # 9个村党支部|升格为…
    if word in grammar.nouns:
        return False
    pair = len(word) == 2 and not is_word(word) and word[0] in word_class("v")
    if _leads(word, following, grammar) or _shows_deed(before, word, following, grammar, pair):
        return True
    if word not in word_class("v") and not pair:
        return False
    return _governs(before, word, following, behind, grammar)


def _begins_surely(before: str, word: str, following: str, grammar: Grammar) -> bool:
    """Whether a deed begins here even if the word is also a noun."""
    lists = grammar.lists
    if following in ("了", "过") and word != "为":
        return True  # 单元|换了…
    if word == "了解" and following:
        return True  # 1次入户走访|了解情况
    if word[:2] in lists["state_verb"] and (following or len(word) > 2):
        return True  # 58%的居民|来自外省
    if following in word_class("v") and word in lists["on_site"] and before.endswith(grammar.person_ends):
        return True  # 19个村的书记|现场观摩
    if following and word in lists["opinion"] and before.endswith(grammar.person_ends):
        return True  # 91%的居民|认为…
    # 36个住宅小区|展开排查
    return word == "展开" and bool(following) and before.endswith(lists["place_kind"])


def _leads(word: str, following: str, grammar: Grammar) -> bool:
    """Whether the word leads to a deed: an adverb, who is asked for, an idiom that says how."""
    if len(word) == 1 and word in grammar.signs.adverb and following:
        return True
    if word in ("需", "须") and following and following[0] in grammar.signs.asked:
        return True  # 电梯采购|需经业主表决
    if word[0] == "谁":
        return True  # 脐橙树|谁家也…
    if following and word in grammar.lists["adverbial"]:
        return True  # 村（社区）|竞相效仿
    if len(word) == 2 and word in word_class("d"):
        acts = following in word_class("v") or following in word_class("vn")
        if word in grammar.adverbial or (acts and word not in grammar.lists["attributive_adverb"]):
            return True
    return len(word) == 4 and (word in word_class("i") or word[0] == word[2])  # 挨家挨户


def _shows_deed(before: str, word: str, following: str, grammar: Grammar, pair: bool) -> bool:
    """Whether form or company show a deed that the dictionary need not have as a verb; `pair` says that it
    is a verb of one character with another behind it."""
    lists = grammar.lists
    if len(word) > 1 and word[-1] in grammar.signs.aspect and (word[-1] != "着" or not is_word(word)):
        return True  # 递交了, 换了
    if len(word) == 1 and following and word in lists["hand_verb"] and before.endswith(grammar.person_ends):
        return True  # 居民|测血糖
    coming = word[0] in "来去" and (len(word) > 1 or bool(following)) and word not in lists["come_word"]
    if coming and before.endswith(grammar.person_ends):
        return True  # 五六十个孩子|来看书
    if len(word) > 2 and word.endswith(lists["direction"]):
        return True  # 地下室|腾出来
    if word in lists["serving"] and len(following) > 1:
        return True  # 10多个菜|供老人选择
    if following == "起" and word in lists["linking"]:
        return True  # 16个居民区党组织|串联起商户…
    short = not following and len(word) == 2 and before.endswith(lists["place_kind"])
    return short and (pair or word in lists["put_forward"])  # 34个社区|选报


def _governs(before: str, word: str, following: str, behind: str, grammar: Grammar) -> bool:
    """Whether a verb is the deed of what stands before it, and describes no noun (充电|设施)."""
    if following in grammar.lists["direction"]:
        return True  # 床铺|搬进来
    if following == "得" and not is_word(word + "得"):
        return True  # 巷道|吵得
    if len(word) == 1 and len(behind) > 1 and before.endswith(grammar.person_ends):
        return True  # 居民|搬…
    joined = word + following
    if (
        following
        and following in grammar.signs.complement
        and (joined in word_class("v") or not is_word(joined))
    ):
        return len(word) > 1 or following in grammar.signs.aspect or following in grammar.signs.carrying
    if len(word) > 1 and word[-1] in grammar.signs.verb_end:
        return True
    if (
        len(word) == 2
        and word[1] in grammar.signs.settled
        and len(behind) > 1
        and _settles(before, word, grammar)
    ):
        return True  # 街道|捋顺思路
    if not behind and len(word) == 2 and len(before) > 1 and is_verb(word, grammar):
        return True  # 14名船工|转岗
    person = before.endswith((*grammar.person_ends, *grammar.holders))
    if not person or behind.endswith(grammar.compounds) or len(word) < 2:
        return False
    return not behind or following in word_class("v") or (len(behind) > 1 and takes_object(word, grammar))


def _settles(before: str, word: str, grammar: Grammar) -> bool:
    """Whether a verb with its result is what places, bodies or people before it do."""
    ends = (*grammar.lists["place_kind"], *grammar.lists["body"], *grammar.person_ends)
    return before.endswith(ends) and (word in word_class("v") or not is_word(word))


def deed(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` is only verbs, with who acts before them or not, their object left unsaid:
    回收|1963份, 立行立改|389个, 社区自办|46个."""
    if end - start > 10 or text[start:end].endswith(grammar.measure_heads):
        return False
    if end - start == 4 and text[start] == text[start + 2] and text[start] in word_class("v"):
        return True
    parts = parts_of(text, start, end, grammar)
    first = 0
    if text[start : parts[0].end].endswith(grammar.lists["actor"]) and parts[0].kind == "N":
        first = 1
    if any(part.kind == "I" and text[part.start] not in word_class("v") for part in parts[first:]):
        return False  # 残垣断壁
    return len(parts) > first and all(part.kind in "VRID" for part in parts[first:])


def handled(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` only says what was done to something counted before: 现场整改|51个.

    A kind of matter (投诉, 咨询) is a noun there.
    """
    said = text[start:end]
    nouns = (*grammar.measure_heads, *grammar.lists["matter"], *grammar.lists["concern"])
    if end - start > 8 or said.endswith(nouns):
        return False
    parts = parts_of(text, start, end, grammar)
    for index, part in enumerate(parts):
        word = text[part.start : part.end]
        if part.kind == "I" and word[0] not in word_class("v"):
            return False  # 残垣断壁
        last = index == len(parts) - 1
        if word in grammar.lists["means_of_deed"] and not last:
            continue
        if part.kind in "VRID" or (word in grammar.deeds and (index == 0 or last)):
            continue
        if word in word_class("v") and word in grammar.nouns and word not in grammar.lists["describing"]:
            continue
        return False
    return True


def acted(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` ends with a verb that tells no price: 村民省出, 节约; but 每筐能卖."""
    last = parts_of(text, start, end, grammar)[-1]
    word = text[last.start : last.end]
    if text.endswith(grammar.lists["saving"], start, end):
        return True
    if last.kind in "WV" and last.start - start > 1 and word in grammar.lists["donating"]:
        ways = (w for w in grammar.lists["giving_way"] if text.endswith(w, start, last.start))
        who = last.start - len(next(ways, ""))
        return text.endswith(grammar.lists["actor"], start, who)  # 爱心企业|资助8万元
    priced = word[-1] in grammar.signs.priced or word[0] in grammar.signs.able
    return last.kind in "VR" and len(word) > 1 and not priced


def owner_end(text: str, grammar: Grammar) -> int:
    """Where the place ends that a rate or size is told of: 老旧小区|物业费收缴率; 0 where none is named."""
    kinds = (*grammar.lists["place_kind"], *grammar.lists["body"])
    ends = (text.rfind(kind) + len(kind) for kind in kinds if kind in text)
    end = max(ends, default=0)
    return end if len(text) - end > 2 else 0


def does(text: str, start: int, end: int, grammar: Grammar, bare: bool) -> bool:
    """Whether `text[start:end]` behind a number begins with a deed: 7人|递交了申请书.

    `bare` says that the unit is 人, behind which any verb is one (9人|考取证书).
    """
    first = parts_of(text, start, end, grammar)[0]
    if first.end == end and not bare:
        return False
    if first.kind == "R" and text[first.end - 1] in grammar.signs.aspect:
        return True
    word = text[first.start : first.end]
    return bare and first.kind in "VR" and len(word) > 1 and (first.end == end or takes_object(word, grammar))


def completed(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` begins with a verb in 了 or 过, and so is no noun: 1140元|退给了各家."""
    first = parts_of(text, start, end, grammar)[0]
    moved = (
        first.end - first.start == 2 and text[first.end - 1] in grammar.signs.moved and end - first.end > 1
    )
    return first.kind == "R" and (text[first.end - 1] in "了过" or moved)


def verbal(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` behind a number holds no noun at all: 29户|签字同意, 16户|分摊."""
    if end - start > 8:
        return False
    parts = parts_of(text, start, end, grammar)
    return all(
        p.kind in "VRID" or (p.kind == "W" and text[p.start : p.end] not in grammar.nouns) for p in parts
    )
