"""Write ontology/words/ngrams.txt.gz: which characters follow which, in official Chinese prose.

    git clone https://github.com/LawRefBook/Laws && python scripts/make_ngrams.py Laws

Source: the statutes, regulations and local regulations in LawRefBook/Laws at commit 2f4c5c2 (19 April
2025), gathered there from the national database of laws (flk.npc.gov.cn). Article 5 of the Copyright Law
of the People's Republic of China leaves laws, regulations and other documents of legislative, administrative
or judicial nature without copyright; the collection's case reports, which include press texts, are not read.
Only counts of runs of two and three characters are kept, no text.

The file is a back-off model: a line for each context (the first line, the empty one, for single characters),
a tab, the back-off weight's letter, then letters of levels with the characters of that level behind them.
A level is minus the natural logarithm of the probability in steps of `STEP`, see `jiceng.repair.ngrams`.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from jiceng.repair.ngrams import BACKOFF_ZERO, LEVELS, START, STEP, plain

TARGET = Path(__file__).resolve().parents[1] / "ontology" / "words" / "ngrams.txt.gz"
SIZE = 250_000  # runs kept
RAREST = 30  # occurrences of a character that has a place of its own
LEAST = {2: 3, 3: 3}  # occurrences of a run that may be kept
LEFT_OUT = "案例"
_NUMBER = re.compile(r"^第[一二三四五六七八九十百千零]+[条章节编][\s\u3000]*")


def main() -> None:
    """Count, prune and write."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("give the folder of a checkout of LawRefBook/Laws")
    counts = count(paragraphs(Path(sys.argv[1])))
    model = Smoothed(counts)
    kept = prune(counts, model)
    lines = list(write(kept, counts, model))
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{len(kept)} runs after {len(lines)} contexts, {TARGET.stat().st_size} bytes")


def paragraphs(folder: Path) -> Iterator[str]:
    """Each paragraph once (a law has several versions), without numbers of articles and layout."""
    seen = set()
    for path in sorted(folder.rglob("*.md")):
        if LEFT_OUT in path.parts or path.parent == folder:
            continue
        for line in path.read_text("utf-8").splitlines():
            text = "".join(_NUMBER.sub("", line.strip("#> \u3000")).split())
            if len(text) >= 12 and not text.startswith("<") and text not in seen:
                seen.add(text)
                yield START + plain(text)


def count(texts: Iterable[str]) -> dict[int, Counter[str]]:
    """How often each run of one, two and three characters occurs."""
    counts: dict[int, Counter[str]] = {1: Counter(), 2: Counter(), 3: Counter()}
    for text in texts:
        for size, counter in counts.items():
            counter.update(text[i : i + size] for i in range(len(text) - size + 1))
    for size in (2, 3):
        counts[size] = Counter({run: n for run, n in counts[size].items() if n >= 2})
    return counts


class Smoothed:
    """Probabilities that fall back on shorter contexts (Witten-Bell)."""

    def __init__(self, counts: dict[int, Counter[str]]) -> None:
        self.counts = counts
        self.total = sum(counts[1].values())
        self.after: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        for size in (2, 3):
            for run, n in counts[size].items():
                self.after[run[:-1]] += n
                self.kinds[run[:-1]] += 1

    def probability(self, context: str, char: str) -> float:
        """Of a character behind a context of at most two."""
        if not context:
            return (self.counts[1][char] + 0.5) / (self.total + 0.5 * len(self.counts[1]))
        shorter = self.probability(context[1:], char)
        if not self.after[context]:
            return shorter
        weight = 1.5 * self.kinds[context]
        return (self.counts[len(context) + 1][context + char] + weight * shorter) / (
            self.after[context] + weight
        )


def prune(counts: dict[int, Counter[str]], model: Smoothed) -> list[str]:
    """The runs whose own probability says most beyond that of their shorter context."""
    known = {c for c, n in counts[1].items() if n >= RAREST}
    worth = {}
    for size, least in LEAST.items():
        for run, n in counts[size].items():
            if n >= least and run[-1] != START and known.issuperset(run):
                gain = math.log(model.probability(run[:-1], run[-1]) / model.probability(run[1:-1], run[-1]))
                worth[run] = n * gain if gain > 0 else -0.3 * n * gain
    return sorted(sorted(worth, key=lambda run: (-worth[run], run))[:SIZE])


def write(kept: list[str], counts: dict[int, Counter[str]], model: Smoothed) -> Iterator[str]:
    """The lines of the file."""
    known = sorted(c for c, n in counts[1].items() if n >= RAREST and c != START)
    yield "\t" + _levels({c: model.probability("", c) for c in known})
    following: dict[str, list[str]] = defaultdict(list)
    for run in kept:
        following[run[:-1]].append(run[-1])
    for context in sorted(following, key=lambda c: (len(c), c)):
        chances = {c: model.probability(context, c) for c in following[context]}
        left = max(1 - sum(chances.values()), 1e-3)
        shorter = max(1 - sum(model.probability(context[1:], c) for c in chances), 1e-3)
        backoff = BACKOFF_ZERO - round(math.log(left / shorter) / STEP)
        yield f"{context}\t{LEVELS[max(0, min(len(LEVELS) - 1, backoff))]}{_levels(chances)}"


def _levels(chances: dict[str, float]) -> str:
    groups: dict[int, list[str]] = defaultdict(list)
    for char, chance in sorted(chances.items()):
        groups[max(0, min(len(LEVELS) - 1, round(-math.log(chance) / STEP)))].append(char)
    return "".join(LEVELS[level] + "".join(chars) for level, chars in sorted(groups.items()))


if __name__ == "__main__":
    main()
