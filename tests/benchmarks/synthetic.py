"""A corpus of any size, written by a grammar: synthetic reports, for measuring how work grows.

    python tests/benchmarks/synthetic.py OUTPUT [--documents 1000] [--length 1.0] [--seed 1] [--form jsonl]

The texts are invented (`synthetic_reports.toml`): they resemble reports in length (1 to 3 KB) and in what
they speak of, though their sentences are more alike and hold half as many facts again; nothing can be learnt
from them about extraction, and every figure measured on them is a figure of synthetic reports. Each document
depends on the seed and its number alone, so that a corpus of 1,001 documents is that of 1,000 and one more.
Districts are those of the vocabulary, of all provinces. Eight of a hundred documents repeat sentences of an
earlier one on its district, one of two hundred is an earlier one again, five are two reports set in columns
side by side and read across, ten are of other genres.

OUTPUT is a folder of `.txt` files (`--form txt`), or a file (`jsonl`, `parquet`) with the columns text,
title, date, publisher and url.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from jiceng.lexicon import load_lexicon

sys.path.insert(0, str(Path(__file__).parents[1]))
import press

GRAMMAR = Path(__file__).parent / "synthetic_reports.toml"
_SYMBOL = re.compile(r"\{(\w+|\d+-\d+)\}")
_SECTIONS = (2, 4)  # of a report of length 1, fewest and most
_SAYING = (1, 3)  # sentences of a section that say something
_PROSE = (2, 4)  # and those between them
_BATCH = 5000  # rows of Parquet that are written together


@dataclass(frozen=True, slots=True)
class Row:
    """One document; `text` is what is read, the others are what is known of it."""

    text: str
    title: str
    date: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class _Report:
    title: str
    paragraphs: tuple[str, ...]
    place: dict[str, str]
    year: int


Part = str | tuple[int, int] | tuple[str]
_Fixed = dict[str, str]  # by symbol, the same all through a report
_Drawn = dict[str, list[str]]  # by symbol, the report's few


class Grammar:
    """The symbols of a grammar file, parsed once, and how reports are made of them."""

    def __init__(self, places: Sequence[dict[str, str]], path: Path = GRAMMAR) -> None:
        """`places` are the districts that reports may be about: `province`, `prefecture`, `district`."""
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        self.fields: list[str] = data["fields"]
        self.places = places
        self._symbols: dict[str, list[tuple[Part, ...]]] = {
            name: [_parsed(alternative) for alternative in alternatives]
            for name, alternatives in data["symbols"].items()
        }

    def row(self, seed: int, number: int, length: float = 1.0) -> Row:
        """Document `number` (from 0) of the corpus of a seed; `length` 1 means about 2 KB."""
        rng = random.Random(f"{seed}/{number}")
        lot = rng.random()
        if lot < 0.005 and number:
            return self.row(seed, rng.randrange(number), length)
        if lot < 0.105:
            return self._other(rng, number)
        report = self._report(rng, length)
        if lot < 0.155:
            other = self._report(rng, length)
            pair = [
                press.Report(one.place["district"], (one.title, *one.paragraphs)) for one in (report, other)
            ]
            text = press.newspaper_page(pair[0], pair[1], rng)
        else:
            paragraphs = list(report.paragraphs)
            if lot < 0.235 and number:
                earlier = self._report_of(seed, rng.randrange(number), length)
                if earlier:
                    report = self._report(rng, length, earlier.place)
                    said = [p for p in earlier.paragraphs if len(p) > 40]
                    paragraphs = [*report.paragraphs, *rng.sample(said, min(2, len(said)))]
            text = "\n".join((report.title, *paragraphs)) + "\n"
        return self._described(rng, number, text, report.title, report.place, report.year)

    def _report_of(self, seed: int, number: int, length: float) -> _Report | None:
        """What document `number` reports first, before it is set; None where it is of another genre."""
        rng = random.Random(f"{seed}/{number}")
        return self._report(rng, length) if rng.random() >= 0.105 else None

    def _report(self, rng: random.Random, length: float, place: dict[str, str] | None = None) -> _Report:
        fixed: _Fixed = dict(place or rng.choice(self.places))
        year = rng.randrange(2014, 2026)
        short = fixed["district"]
        fixed |= {
            "short": short[:-1] if len(short) > 2 and short[-1] in "区县市" else short,
            "year": str(year),
            "later": str(year + 2),
        }
        drawn: _Drawn = {}
        for name, kind, size in (("street", "街道", 3), ("community", "社区", 4)):
            drawn[name] = [self._text(f"{name}_name", rng, {}, {}) + kind for _ in range(size)]
        drawn["brand"] = [
            self._text("brand_head", rng, {}, {}) + self._text("brand_tail", rng, {}, {})
            for _ in range(rng.randrange(2, 4))
        ]

        def text(symbol: str) -> str:
            return self._text(symbol, rng, fixed, drawn)

        title = text("title")
        paragraphs = [text("byline")] if rng.random() < 0.5 else []
        paragraphs.append(text("lead"))
        wanted = max(1, round(rng.randint(*_SECTIONS) * length))
        for at in range(wanted):
            if at % len(self.fields) == 0:
                order = rng.sample(self.fields, len(self.fields))
            field = order[at % len(self.fields)]
            paragraphs.append(text(f"{field}_heading"))
            sentences = self._some(field, rng, fixed, drawn, _some_of(_SAYING, rng, length))
            sentences += self._some("prose", rng, fixed, drawn, _some_of(_PROSE, rng, length))
            rng.shuffle(sentences)
            middle = rng.randint(1, len(sentences))
            paragraphs.append("".join(sentences[:middle]))
            if middle < len(sentences):
                paragraphs.append("".join(sentences[middle:]))
        paragraphs.append(text("close"))
        return _Report(title, tuple(paragraphs), place or {k: fixed[k] for k in _PLACE}, year)

    def _other(self, rng: random.Random, number: int) -> Row:
        place = rng.choice(self.places)
        text = self._text("other", rng, place, {})
        title = text.partition("\n")[0]
        return self._described(rng, number, text + "\n", title, place, rng.randrange(2014, 2026))

    def _described(
        self, rng: random.Random, number: int, text: str, title: str, place: dict[str, str], year: int
    ) -> Row:
        date = f"{year}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        publisher = self._text("publisher", rng, place, {})
        return Row(text, title, date, publisher, f"https://reports.example/{number}")

    def _text(self, symbol: str, rng: random.Random, fixed: _Fixed, drawn: _Drawn) -> str:
        return self._filled(rng.choice(self._symbols[symbol]), rng, fixed, drawn)

    def _some(self, symbol: str, rng: random.Random, fixed: _Fixed, drawn: _Drawn, wanted: int) -> list[str]:
        """Texts of different alternatives: a report does not say the same twice with other numbers."""
        alternatives = self._symbols[symbol]
        chosen = rng.sample(alternatives, min(wanted, len(alternatives)))
        return [self._filled(parts, rng, fixed, drawn) for parts in chosen]

    def _filled(self, parts: Sequence[Part], rng: random.Random, fixed: _Fixed, drawn: _Drawn) -> str:
        out = []
        for part in parts:
            if isinstance(part, str):
                out.append(part)
            elif len(part) == 2:
                low, high = part
                # Small numbers are frequent, as in reports: evenly spread over orders of magnitude.
                out.append(str(min(high, int(low * (high / low + 0.5) ** rng.random()))))
            elif part[0] in fixed:
                out.append(fixed[part[0]])
            elif part[0] in drawn:
                out.append(rng.choice(drawn[part[0]]))
            else:
                out.append(self._text(part[0], rng, fixed, drawn))
        return "".join(out)


_PLACE = ("province", "prefecture", "district")


def _some_of(bounds: tuple[int, int], rng: random.Random, length: float) -> int:
    """How many sentences a section has: fewer where a report is less than half as long."""
    low, high = (max(1, round(bound * min(1.0, 2 * length))) for bound in bounds)
    return rng.randint(low, high)


def _parsed(alternative: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for at, piece in enumerate(_SYMBOL.split(alternative)):
        low, dash, high = piece.partition("-")
        if at % 2 == 0:
            if piece:
                parts.append(piece)
        elif dash and low.isdecimal():
            parts.append((int(low), int(high)))
        else:
            parts.append((piece,))
    return tuple(parts)


def places() -> list[dict[str, str]]:
    """The districts and counties of today, by code, with their prefecture and province."""
    gazetteer = load_lexicon().gazetteer
    found = []
    for code, division in sorted(gazetteer.by_code.items()):
        prefecture = gazetteer.get(division.parent) if division.parent else None
        if division.level != "county" or division.abolished or division.successor or prefecture is None:
            continue
        province = gazetteer.get(prefecture.parent) if prefecture.parent else prefecture
        if province is None or code[2:4] == "90":
            continue
        found.append({"province": province.name, "prefecture": prefecture.name, "district": division.name})
    return found


def rows(documents: int, seed: int = 1, length: float = 1.0, first: int = 0) -> Iterator[Row]:
    """The documents of a corpus, in order, from number `first` on."""
    grammar = Grammar(places())
    for number in range(first, documents):
        yield grammar.row(seed, number, length)


def write_txt(found: Iterator[Row], output: Path) -> None:
    """A folder of text files, `00000/00000017.txt`, no more than a thousand in each folder within."""
    for number, row in enumerate(found):
        folder = output / f"{number // 1000:05}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:08}.txt").write_text(row.text, "utf-8")


def write_jsonl(found: Iterator[Row], output: Path) -> None:
    """One object a line."""
    with output.open("w", encoding="utf-8") as stream:
        for row in found:
            stream.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def write_parquet(found: Iterator[Row], output: Path) -> None:
    """Parquet with row groups of some thousand documents."""
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, pyarrow.string()) for name in Row.__dataclass_fields__])
    with parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        while batch := [asdict(row) for row in islice(found, _BATCH)]:
            writer.write_table(pyarrow.Table.from_pylist(batch, schema))


FORMS: dict[str, Callable[[Iterator[Row], Path], None]] = {
    "txt": write_txt,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--length", type=float, default=1.0, help="1 gives reports of about 2 KB")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=sorted(FORMS), help="by the name's ending, else txt")
    options = parser.parse_args()
    ending = options.output.suffix.lstrip(".")
    form = options.form or (ending if ending in FORMS else "txt")
    FORMS[form](rows(options.documents, options.seed, options.length), options.output)


if __name__ == "__main__":
    main()
