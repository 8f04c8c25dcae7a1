"""The vocabulary of administrative divisions as plain Python (beside `lexicon`: RDF ends here)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jiceng.divisions.gazetteer import Gazetteer
from jiceng.errors import OntologyError
from jiceng.model import Division
from jiceng.resources import ontology_directory, reading

_JC = "https://w3id.org/jiceng/ontology#"
_RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_REPLACED_BY = "http://purl.org/dc/terms/isReplacedBy"
_USED = {
    f"{_JC}adcode": "adcode",
    _RDFS_LABEL: "name",
    f"{_JC}divisionLevel": "level",
    f"{_JC}withinDivision": "parent",
    f"{_JC}abolished": "abolished",
    _REPLACED_BY: "successor",
}


def load_divisions(path: Path | None = None) -> tuple[Division, ...]:
    """Read `vocabulary/divisions.ttl`, by default our own; sorted by code.

    A former name of a code that is still in use comes as a division of its own with `successor` equal to
    its `adcode`, before the one that bears the code now: who indexes by code ends with the latter. Raises
    OntologyError, with file and place, where the Turtle or a division is broken.
    """
    from pyoxigraph import RdfFormat, parse

    path = path or ontology_directory() / "vocabulary" / "divisions.ttl"
    divisions: dict[str, dict[str, str]] = {}
    with reading(path, "Turtle"):
        for triple in parse(path=str(path), format=RdfFormat.TURTLE):
            field = _USED.get(triple.predicate.value)
            if field:
                # Literals and IRIs have a value; nothing else stands at these properties.
                values = divisions.setdefault(triple.subject.value, {})
                values[field] = triple.object.value
    found = [_division(path, iri, values, divisions) for iri, values in divisions.items()]
    return tuple(sorted(found, key=lambda d: (d.adcode, d.successor != d.adcode, d.abolished or 0)))


def load_gazetteer(path: Path | None = None) -> Gazetteer:
    """The divisions of `load_divisions` as a gazetteer, loaded once (60 ms) and shared."""
    return _gazetteer(path or ontology_directory() / "vocabulary" / "divisions.ttl")


@lru_cache(maxsize=4)
def _gazetteer(path: Path) -> Gazetteer:
    return Gazetteer(load_divisions(path))


def _division(path: Path, iri: str, values: dict[str, str], all_: dict[str, dict[str, str]]) -> Division:
    try:
        return Division(
            adcode=values["adcode"],
            name=values["name"],
            level=values["level"],
            parent=all_[values["parent"]]["adcode"] if "parent" in values else None,
            abolished=int(values["abolished"]) if "abolished" in values else None,
            successor=all_[values["successor"]]["adcode"] if "successor" in values else None,
        )
    except (KeyError, ValueError) as error:
        raise OntologyError(
            f"{path}: {iri}: lacks or misstates {error}; make the file again with scripts/make_divisions.py"
        ) from error
