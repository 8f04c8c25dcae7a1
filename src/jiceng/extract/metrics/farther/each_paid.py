"""What everybody is paid, where it is told a clause before the sum (发放护理补贴，每人每年|1800元), and fees
by the kind of what they are paid for (物业费多层每平方米|0.4元，高层|0.9元)."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.objects import governed
from jiceng.extract.metrics.number import Answer, Number, Reading, Sides, found
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make, until


def paid_each(number: Number) -> Answer:
    """A sum with nothing but its rate: 落实监护补贴，每人每年|1800元."""
    sentence, at = number.sentence, number.place - 1
    if sentence.kind(at) == "X" and sentence.kind(at - 1) == "R":
        at -= 1  # 每个|楼门
    if sentence.kind(at - 1) == "R" and sentence.word(sentence.tokens[at]) in number.grammar.lists["relief"]:
        at -= 1  # 每年|减免
    at = sentence.back(at, "RD")
    if number.kind != "money" or at == number.place - 1:
        return None
    return found(_told(sentence, at), "metrics.money")


def by_grade(sides: Sides) -> Answer:
    """A sum behind the grade or kind that it is for: 设立岗位津贴，一级每月|600元、二级每月|400元."""
    number, before, previous = sides.number, sides.only, sides.number.previous
    if before is None or number.kind != "money":
        return None
    lists = number.grammar.lists
    kind = next((w for w in lists["priced_kind"] if before.text.endswith(w)), "")
    fee = before.text.removesuffix(kind)
    if kind and fee.endswith((*lists["paid_each"], *lists["fee_end"])):
        return Reading(until(before, len(fee)), "metrics.money")  # 物业费|多层
    graded = number.grammar.rules["metrics.grade"].pattern.fullmatch(before.text) is not None
    if not graded and before.text != kind:
        return None
    if (
        previous is not None
        and previous.unit == "元"
        and previous.rule in ("metrics.money", "metrics.elided")
    ):
        return Reading(previous.noun, "metrics.elided")
    at = number.place - 1
    while at > 0 and number.sentence.tokens[at].start >= before.start:
        at -= 1
    return found(_told(number.sentence, at), "metrics.money")


def _told(sentence: Sentence, at: int) -> Noun | None:
    """The pay or fee that stands before the comma or 为 at token `at`."""
    lists, text = sentence.grammar.lists, sentence.text
    if at < 1 or sentence.word(sentence.tokens[at]) not in ("，", "：", "为", "是"):
        return None
    at, behind = _without_grades(sentence, at)
    relieved = at > 1 and sentence.word(sentence.tokens[at - 1]) in lists["relief"]
    at -= relieved and sentence.word(sentence.tokens[at - 2]).endswith(lists["fee_end"])  # 取暖费|减免
    last = at
    at = sentence.back(at - 1, "XW") + 1
    if at == last:
        return None
    granted = (i for i in range(at, last) if sentence.word(sentence.tokens[i]) in lists["granted"])
    at = max(granted, default=at - 1) + 1  # 为62名老人落实|监护补贴
    told = [replace(t, end=min(t.end, behind)) for t in sentence.tokens[at:last] if t.start < behind]
    run = governed(sentence, told, at - 1)[0] if told else []
    noun = make(sentence, run)
    last = noun.end - (noun.text[-1] == "”") if noun is not None else 0
    if noun is None or not text.endswith((*lists["paid_each"], *lists["fee_end"]), noun.start, last):
        return None
    verb = max((noun.text.find(w) + len(w) for w in lists["granted"] if w in noun.text), default=0)
    if verb and len(noun.text) - verb > 1:
        noun = replace(noun, start=noun.start + verb, text=noun.text[verb:], items=())  # 享受|监护补贴
    return noun


def _without_grades(sentence: Sentence, at: int) -> tuple[int, int]:
    """The mark at token `at` or the one before what only says how many grades there are, and the end of what
    stands in front of it: 津贴|分三档，一档每月300元; 定了津贴，|分三档：."""
    tokens = sentence.tokens
    end = tokens[at].start
    first = sentence.clause(at)
    start = tokens[first].start
    graded = sentence.grammar.rules["metrics.in-grades"].pattern.search(sentence.text, start, end)
    if graded is None:
        return at, end
    if graded.start() > start:
        return at, graded.start()
    return (first - 1, tokens[first - 1].start) if first > 1 else (at, end)
