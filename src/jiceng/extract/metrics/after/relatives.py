"""The noun behind what is said of the counted: 5台用了18年的|锅炉, 30名来自市公安局的|党员."""

from __future__ import annotations

from jiceng.extract.metrics.after.behind import Answer, Behind, noun_behind, run_from
from jiceng.extract.metrics.after.tails import to_predicate
from jiceng.extract.metrics.sentence.phrase import make


def relative(behind: Behind) -> Answer:
    """The noun behind what it does or is: 5台用了18年的|锅炉, 两幢建于1986年的|家属楼, 一条600米长的|步道,
    30件街坊反映的|烦心事."""
    sentence, at = behind.sentence, behind.at
    if behind.kind not in ("classifier", "occurrence"):
        return None
    minded = (
        behind.follows() in "XW"
        and behind.follows(1) == "V"
        and behind.word(1) in behind.grammar.lists["minding"]
    )
    placed = minded and any(kind in behind.word() for kind in behind.grammar.lists["place_kind"])
    matters = behind.unit in behind.grammar.lists["case_unit"] or behind.unit == "项"
    people = matters and behind.word().endswith(behind.grammar.person_ends)  # 30件柳湾社区居民反映的|烦心事
    minded = minded and (people or not placed)
    verb = behind.follows() in "VW" and behind.word(1) in ("了", "过", "着")
    word = behind.word() if behind.follows() == "X" else ""
    since = len(word) > 1 and word.endswith(("于", "自", "了", "过")) and behind.follows(1) in "TQ"
    sized = behind.follows() == "Q" and behind.word(1) in behind.grammar.lists["dimension"]
    if len(word) > 2 and behind.follows(1) == "F" and word.startswith(behind.grammar.lists["state_verb"]):
        return noun_behind(behind, at + 1)  # 21处存在滑坡风险的|隐患点
    if _has_quality(behind):
        of = next((i for i in range(at + 2, at + 5) if sentence.kind(i) == "F"), at)
        return noun_behind(behind, of)
    if behind.follows(1) == "F" and behind.follows(2) == "P" and len(word) > 3:
        alone = word.startswith(behind.grammar.lists["quality_of"]) and word.endswith(
            behind.grammar.qualities
        )
        if alone or word.endswith(behind.grammar.lists["quality_lack"]):
            return False  # 9个条件较差的|由社区托底
    if not verb and not since and not sized and not minded:
        return None
    of = next((i for i in range(at + 1 + minded, at + 6) if sentence.kind(i) in "FBVL"), at)
    return noun_behind(behind, of)


def _has_quality(behind: Behind) -> bool:
    """Whether what follows says how it is with something of the counted: 5个|条件成熟|的小区."""
    had = behind.follows() == "V" and behind.word() == "有" and behind.follows(2) == "F"
    if had and behind.word(1) in behind.grammar.lists["quality_of"]:
        return True  # 3个|有条件|的院落
    if behind.follows() != "X" or behind.word() not in behind.grammar.lists["quality_of"]:
        return False
    size = 1
    while size < 3 and behind.follows(size) in "VWXAPD":
        size += 1
    return size > 1 and behind.follows(size) == "F"


def limited(behind: Behind) -> Answer:
    """The noun behind a size with its limit: 21个|集体收入低于10万元的|薄弱村."""
    sized = behind.kind in ("classifier", "people") and behind.follows() in "XW" and behind.follows(1) == "Q"
    if not sized or not behind.word().endswith(behind.grammar.measure_heads):
        return None
    sentence, at = behind.sentence, behind.at + 2
    while sentence.kind(at) == "L":
        at += 1 + (sentence.kind(at + 1) == "V")
        if sentence.kind(at) != "X" or sentence.kind(at + 1) != "Q":
            return None
        at += 2  # 员工超50人、设有支部的|工厂
    return noun_behind(behind, at)


def coming_from(behind: Behind) -> Answer:
    """The noun behind where they come from, or why they are so: 20名来自供水所、供电所等单位的|党员,
    68户因病、因灾致贫的|家庭."""
    if behind.follows() != "X" or not behind.word().startswith(("来自", "因")):
        return None
    sentence, of = behind.sentence, behind.at
    of = sentence.on(of, "XWVPLCEQ")
    return noun_behind(behind, of)


def alike(behind: Behind) -> Answer:
    """The noun behind whom it is like: 260位和老林一样的|楼长."""
    sentence, at = behind.sentence, behind.at
    start = sentence.tokens[at].start if at < len(sentence.tokens) else 0
    like = behind.grammar.rules["metrics.alike"].pattern.match(sentence.text, start)
    if like is None:
        return None
    while at < len(sentence.tokens) and sentence.tokens[at].start < like.end():
        at += 1
    return make(sentence, to_predicate(sentence, run_from(sentence, at)), behind.verb) or False
