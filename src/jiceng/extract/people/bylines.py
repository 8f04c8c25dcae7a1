"""Who wrote, reported and photographed: bylines and credits, in which names stand beside marks and blanks.

In credits the white space of the source, which the repair leaves out, decides as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng.extract.analysis import Analysis
from jiceng.extract.people.names import Names, parted
from jiceng.model import Person
from jiceng.rules import Rule, RuleFile

_PHOTOGRAPHER, _WRITER = "摄影", "文字"
_REPORTER = "报道"
_POINT = "·"
_WORK = re.compile("撰?文|摄影|[图摄]")


def bylines(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """All who are credited with a text or its pictures."""
    yield from _did(analysis, rules, words)
    yield from _credits(analysis, rules, words)
    yield from _signed(analysis, rules, words)
    yield from _run_together(analysis, rules, words)
    yield from _photographers(analysis, rules, words)
    yield from _apart(analysis, rules, words)
    yield from _reported(analysis, rules, words)
    yield from _of_paper(analysis, rules, words)
    yield from _office_signed(analysis, rules, words)


def _did(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`（段青禾 文 司马青 图）`: what each did stands behind the name, parted by the source's white space."""
    rule = rules["people.did"]
    for found in rule.pattern.finditer(analysis.text):
        start, end = found.span("all")
        parts = _works(analysis, start, end, apart=True) or _works(analysis, start, end, apart=False)
        if all(words.surname(name, 0) and words.plausible(name, whole=True) for name, _ in parts):
            for name, role in parts:
                yield Person(start=start, end=end, rule=rule.name, name=name, role=role)


def _works(analysis: Analysis, start: int, end: int, *, apart: bool) -> list[tuple[str, str]]:
    """Names and what each did, where that ends the stretch; `apart`: white space stands before it, too."""
    parts = []
    for work in _WORK.finditer(analysis.text, start + 2, end):
        at = work.start()
        closed = work.end() == end or white(analysis, work.end())
        if closed and at - start > 1 and (not apart or white(analysis, at)):
            role = _WRITER if work[0][-1] == "文" else _PHOTOGRAPHER
            parts.append((plain(analysis.text[start:at]), role))
            start = work.end()
    return parts if len(parts) > 1 and start == end else []


def _credits(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    for rule in (rules["people.credit"], rules["people.written"]):
        yield from _credited_by(rule, analysis, rules, words)


def _credited_by(rule: Rule, analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    text = analysis.text
    for found in rule.pattern.finditer(text):
        end = found.end()
        while length := _credited(analysis, end, rules, words):
            if rule.name == "people.written" and text[end + length : end + length + 1] in ("（", "，"):
                break  # 作者：段青禾（柳湾社区书记）
            name = plain(text[end : end + length])
            yield Person(start=found.start(), end=end + length, rule=rule.name, name=name, role=found["role"])
            end += length
            if rules["people.reported_from"].pattern.match(text, end):
                break  # 记者段青禾｜南陵报道
            if text[end : end + 1] in ("、", " ", "，") and _opens(text, end + 1, rules, words):
                end += 1


def _opens(text: str, at: int, rules: RuleFile, words: Names) -> bool:
    """Whether a further name may begin at a place."""
    return words.surname(text, at) > 0 or rules["people.foreign"].pattern.match(text, at) is not None


def _signed(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`（通讯员段青禾司马青）`: names that nothing parts, up to the bracket or the next role."""
    text = analysis.text
    rule = rules["people.signed"]
    for found in rule.pattern.finditer(text):
        if text.rfind("（", max(0, found.start() - 40), found.start()) < 0:
            continue
        end = found.start("names")
        if rules["people.foreign"].pattern.match(text, end):
            continue  # 通讯员旦增段青禾: read name by name elsewhere
        for name in parted(found["names"], words):
            end += len(name)
            if text.startswith(words.bureau, end):
                break
            yield Person(start=found.start(), end=end, rule=rule.name, name=name, role=found["role"])


def _run_together(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`通讯员段青禾司马青 校对`: names that nothing parts, between white space of the source."""
    rule = rules["people.run"]
    for found in rule.pattern.finditer(analysis.text):
        start = found.start("names")
        end = next((n for n in range(start + 4, found.end() + 1) if white(analysis, n)), 0)
        names = parted(analysis.text[start:end], words) if end and white(analysis, found.start()) else ()
        if not all(words.clear(name) and words.plausible(name) for name in names):
            continue
        for name in names:
            start += len(name)
            yield Person(start=found.start(), end=start, rule=rule.name, name=name, role=found["role"])


def _apart(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`摄影 段青禾`: what was done and by whom, each set apart by white space of the source."""
    rule = rules["people.apart"]
    for found in rule.pattern.finditer(analysis.text):
        end = found.end()
        text = analysis.text
        opened = text.endswith("（", 0, found.start())  # （摄影 段青禾）
        if not (white(analysis, found.start()) or opened) or not white(analysis, end):
            continue
        role = found["role"]
        if len(role) == 1:
            role = _WRITER if role == "文" else _PHOTOGRAPHER
        while length := _credited(analysis, end, rules, words):
            name = plain(analysis.text[end : end + length])
            sure = words.new(name) and (len(found["role"]) > 1 or words.clear(name))
            closed = opened and text.startswith("）", end + length)
            if not (white(analysis, end + length) or closed) or not sure:
                break
            end += length
            yield Person(start=found.start(), end=end, rule=rule.name, name=name, role=role)
            end += analysis.text[end : end + 1] == " "


def _credited(analysis: Analysis, at: int, rules: RuleFile, words: Names) -> int:
    """Length of the credited name at a place, 0 if none stands there on its own."""
    text = analysis.text
    foreign = rules["people.foreign"].pattern.match(text, at)
    if foreign is not None and text[foreign.end() : foreign.end() + 1] != _POINT:
        return foreign.end() - at  # 记者次仁罗布
    one = rules["people.foreign_part"].pattern.match(text, at)
    opens = white(analysis, at) or text[at - 1 : at] in ("：", ":")
    if one is not None and opens and white(analysis, one.end()):
        return one.end() - at  # 记者 卓玛
    if joined := rules["people.joined"].pattern.match(text, at):
        return _joined(analysis, joined, words) - at
    first = words.surname(text, at)
    if first == 0:
        return 0
    spaced = rules["people.spaced"].pattern.match(text, at)
    if spaced:
        return len(spaced[0])
    for given in (1, 2):
        end = at + first + given
        # Where the source sets it apart on both sides, a name may be any word: 记者 向阳 通讯员 …
        edges = (white(analysis, at) and white(analysis, end)) or _between_marks(analysis, at, end)
        apart = edges and words.name.fullmatch(text, at, end)
        if end > len(text) or not (apart or words.plausible(text[at:end])):
            continue
        behind = text[end : end + 1]
        if text.startswith(words.bureau, end):
            return 0  # 记者段青禾 柳湾｜记者站司马青
        closes = white(analysis, end + 1) or text.startswith("）", end + 1)
        if behind == "文" and given == 1 and closes and "图" not in text[end : end + 9]:
            continue  # 记者 段雅文 通讯员: what elsewhere marks who wrote is part of the name
        if (
            white(analysis, end)
            or not behind
            or not "\u4e00" <= behind <= "\u9fa5"
            or text.startswith(words.media, end)
            or text.startswith(words.after_credit, end)
            or rules["people.reported_from"].pattern.match(text, end)
        ):
            return first + given
    return 0


def _joined(analysis: Analysis, joined: re.Match[str], words: Names) -> int:
    """Where a credited name ends that points join: at white space, a mark or the next role."""
    last, end = joined.span("last")
    ends = range(last + 1, end)
    return next((n for n in ends if white(analysis, n) or analysis.text.startswith(words.media, n)), end)


def _between_marks(analysis: Analysis, at: int, end: int) -> bool:
    """Whether a colon and a closing bracket, or white space, set a name apart: 摄影：段团结）."""
    text = analysis.text
    closed = text[end : end + 1] in ("）", ")") or white(analysis, end)
    return text[at - 1 : at] in ("：", ":") and closed


def _photographers(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    text = analysis.text
    rule = rules["people.photo"]
    for found in rule.pattern.finditer(text):
        role = _WRITER if found[0][0] in "文撰" or found[0][1:] == "文" else _PHOTOGRAPHER
        if found[0][-1] in "：:／/｜|":
            at = found.end() + (text[found.end() : found.end() + 1] in (" ", "\u3000"))
            while length := _credited(analysis, at, rules, words):
                end = at + length
                name = plain(text[at:end])
                if name[-1] in words.towns:
                    break  # 供图：石桥镇
                yield Person(start=found.start(), end=end, rule=rule.name, name=name, role=role)
                at = end + (text[end : end + 1] in ("、", " ") and words.surname(text, end + 1) > 0)
                if at == end and not white(analysis, end):
                    break
            continue
        end = found.start()
        start = _name_before(analysis, end, rules, words)
        while start < end:
            name = plain(text[start:end])
            yield Person(start=start, end=found.end(), rule=rule.name, name=name, role=role)
            # Further names stand before it, parted by a mark or by white space of the source.
            parted = text[start - 1 : start] in ("、", " ", "\u3000")
            end = start - parted
            more = parted or white(analysis, start)
            start = _name_before(analysis, end, rules, words, alone=True) if more else end


def _name_before(analysis: Analysis, end: int, rules: RuleFile, words: Names, *, alone: bool = False) -> int:
    """Start of the name that ends here: white space or punctuation before it decides, then the longer one.

    `alone`: nothing but the first will do. The end itself where there is no name.
    """
    text = analysis.text
    for start in range(max(0, end - 4), end - 2):
        spaced = rules["people.spaced"].pattern.match(text, start)
        if spaced and spaced.end() == end:
            return start
    joined = rules["people.joined"].pattern
    for start in range(max(0, end - 14), end - 4):
        if text[start - 1 : start] != _POINT and joined.fullmatch(text, start, end):
            return start
    foreign = rules["people.foreign"].pattern
    for start in range(max(0, end - 9), end - 2):
        if foreign.fullmatch(text, start, end):
            return start
    fitting = []
    for length in (2, 3, 4):
        start = end - length
        if start < 0 or not text[start:end].isalpha():
            break
        first = words.surname(text, start)
        if first == 0 or length - first not in (1, 2) or not words.plausible(text[start:end]):
            continue
        if start == 0 or not "\u4e00" <= text[start - 1] <= "\u9fa5" or white(analysis, start):
            return start
        if text.endswith(words.media, 0, start):
            return start
        fitting.append(start)
    return fitting[-1] if fitting and not alone else end


def _reported(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`（段青禾 司马青 报道）`, `本报讯（段青禾）`: the names that open a report."""
    rule = rules["people.reported"]
    for found in rule.pattern.finditer(analysis.text):
        group = next(name for name, value in found.groupdict().items() if value is not None)
        place = found.start(group)
        for run in found[group].replace("\u3000", " ").replace("、", " ").split(" "):
            end = place
            for name in parted(run, words):
                end += len(name)
                several = len(run) > len(name)  # beside others a name may be a word (陈兵)
                if words.plausible(name) and (several or words.new(name)) and words.likely(name):
                    yield Person(start=end - len(name), end=end, rule=rule.name, name=name, role=_REPORTER)
            place += len(run) + 1


def _of_paper(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`柳湾晚报 段青禾`: the paper alone stands before the name."""
    rule = rules["people.of_paper"]
    for found in rule.pattern.finditer(analysis.text):
        at = found.end()
        length = _credited(analysis, at, rules, words) if white(analysis, at) else 0
        if length and white(analysis, at + length):
            name = plain(analysis.text[at : at + length])
            yield Person(start=found.start(), end=at + length, rule=rule.name, name=name, role=found["role"])


def _office_signed(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`（院办 段青禾）`: the office that sends the report, and who wrote it."""
    rule = rules["people.office_signed"]
    for found in rule.pattern.finditer(analysis.text):
        if not white(analysis, found.start("name")):
            continue
        for run in re.split("[、 \u3000]", found["name"]):
            for name in parted(run, words):
                if words.plausible(name) and words.new(name):
                    start, end = found.span()
                    yield Person(start=start, end=end, rule=rule.name, name=name, role=found["role"])


def plain(name: str) -> str:
    """A name without the space that only sets it."""
    return "".join(name.split())


def white(analysis: Analysis, at: int) -> bool:
    """Whether the source has white space before this character of the body."""
    if at <= 0 or at >= len(analysis.text):
        return True
    spans = analysis.article.body.raw(at - 1, at + 1)
    between = analysis.article.source.text[spans[0].start : spans[0].end]
    return len(spans) > 1 or any(character.isspace() for character in between)
