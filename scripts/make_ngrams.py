"""Write ontology/words/ngrams.txt.gz: which characters follow which, in official Chinese prose.

    mkdir sources && cd sources
    git clone https://github.com/LawRefBook/Laws
    git clone https://github.com/johncodes404/china-provincial-gov-reports-2026
    git clone https://github.com/liuzeyi11/GovernmentWorkReportCorpus
    git clone https://github.com/ZhouYNF/platform-1
    git clone https://github.com/heyang-2002/China-Policy-ML
    cd .. && python scripts/make_ngrams.py sources

- Laws (2f4c5c2, 19 April 2025): statutes, regulations and local regulations from the national database of
  laws (flk.npc.gov.cn). The collection's case reports, which include press texts, are not read.
- china-provincial-gov-reports-2026 (ad4c815, 9 August 2026): the work reports of 31 provincial governments.
- GovernmentWorkReportCorpus (44c7537, 12 June 2024): the work reports of the State Council of 2008 to 2022;
  the translations beside them are not read.
- platform-1 (2197df5, 26 February 2019) and China-Policy-ML (863151d, 11 March 2026): opinions, notices and
  replies of the State Council and its departments, from gov.cn.

Article 5 of the Copyright Law of the People's Republic of China leaves laws, regulations, and the
resolutions, decisions, orders and other documents of legislative, administrative or judicial nature of state
organs without copyright. Only counts of runs of two and three characters are kept, no text. Reports and
policies are far nearer to what is read here than laws are, and far fewer: each counts `WEIGHT` times.

The file is a back-off model: a line for each context (the first line, the empty one, for single characters),
a tab, the back-off weight's letter, then letters of levels with the characters of that level behind them.
A level is minus the natural logarithm of the probability in steps of `STEP`, see `jiceng.repair.ngrams`.
"""

from __future__ import annotations

import csv
import gzip
import html
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from jiceng.repair.ngrams import BACKOFF_ZERO, LEVELS, START, STEP, plain

TARGET = Path(__file__).resolve().parents[1] / "ontology" / "words" / "ngrams.txt.gz"
SIZE = 400_000  # runs kept
WEIGHT = 5  # of reports and policies, of which there are 1.1 million characters, 17.5 million of laws
RAREST = 30  # occurrences of a character that has a place of its own
LEAST = {2: 3, 3: 3}  # occurrences of a run that may be kept
LEFT_OUT = "案例"
ENDS = "。！？；：，”）"
_NUMBER = re.compile(r"^第[一二三四五六七八九十百千零]+[条章节编][\s\u3000]*")
_LETTER = re.compile(r"[\u3400-\u9fff]")
_SEGMENT = re.compile(r'xml:lang="zh[^"]*"[^>]*>\s*<seg>([^<]*)</seg>', re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[ >].*?</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def main() -> None:
    """Count, prune and write."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "Laws").is_dir():
        sys.exit("give the folder of the five checkouts")
    folder = Path(sys.argv[1])
    counts = count(paragraphs(folder / "Laws"))
    for size, counter in count(official(folder), 1).items():
        counts[size].update({run: WEIGHT * n for run, n in counter.items()})
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


def official(folder: Path) -> Iterator[str]:
    """Each paragraph of the reports and policies once; what a site puts around them ends in no mark."""
    seen = set()
    for line in (*reports(folder), *policies(folder)):
        text = "".join(line.split())
        if len(text) < 12 or text[-1] not in ENDS or 2 * len(_LETTER.findall(text)) <= len(text):
            continue
        if text not in seen:
            seen.add(text)
            yield START + plain(text)


def reports(folder: Path) -> Iterator[str]:
    """The lines of the work reports of provinces, and the segments of those of the State Council."""
    csv.field_size_limit(1 << 30)
    for path in sorted(folder.glob("china-provincial-gov-reports-2026/output/2026_raw_text/2026_*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield from row["full_text"].splitlines()
    for path in sorted(folder.glob("GovernmentWorkReportCorpus/government_report_tmx_file/*.tmx")):
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        yield from map(html.unescape, _SEGMENT.findall(text))


def policies(folder: Path) -> Iterator[str]:
    """The paragraphs of policy documents: of HTML in a database's dump, and of a table."""
    dump = (folder / "platform-1/db/ge_policy_raw20190217.sql").read_text("utf-8")
    for mark, sign in (("\\n", "\n"), ("\\r", ""), ('\\"', '"'), ("\\'", "'")):
        dump = dump.replace(mark, sign)
    for paragraph in _PARAGRAPH.findall(dump):
        yield html.unescape(_TAG.sub("", paragraph))
    table = folder / "China-Policy-ML/Data/label_sheet_500_v6.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["paragraph_text"]


def count(texts: Iterable[str], least: int = 2) -> dict[int, Counter[str]]:
    """How often each run of one, two and three characters occurs; longer runs at least so often."""
    counts: dict[int, Counter[str]] = {1: Counter(), 2: Counter(), 3: Counter()}
    for text in texts:
        for size, counter in counts.items():
            counter.update(text[i : i + size] for i in range(len(text) - size + 1))
    for size in (2, 3):
        counts[size] = Counter({run: n for run, n in counts[size].items() if n >= least})
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
