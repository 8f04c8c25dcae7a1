"""One function a constraint component of SHACL Core: from what a shape says to a check of value nodes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode

from jiceng.graph.namespaces import RDF, SH, XSD
from jiceng.validate.data import Broken, Count, Data, Each, Many, Shape, Sure, Term
from jiceng.validate.surely import Said


class UnsupportedError(Exception):
    """The shapes file says something that is not implemented."""


class Reader(Protocol):
    """What a constraint asks of the shapes file that it stands in."""

    def shape(self, node: Term) -> Shape:
        """Another shape."""
        ...

    def members(self, node: Term) -> list[Term]:
        """The members of an RDF list."""
        ...


def _min_count(reader: Reader, limit: Term) -> Count:
    return Count("MinCount", int(limit.value), math.inf, f"at least {int(limit.value)} needed")


def _max_count(reader: Reader, limit: Term) -> Count:
    return Count("MaxCount", 0, int(limit.value), f"at most {int(limit.value)} allowed")


def _datatype(reader: Reader, datatype: Term) -> Each:
    form = _FORMS.get(datatype.value)
    if form is None:
        raise UnsupportedError(f"sh:datatype {datatype}")
    match = re.compile(form, re.ASCII | re.DOTALL).fullmatch
    anything = form == _ANYTHING

    def good(data: Data, value: Term) -> bool:
        if not isinstance(value, Literal) or value.datatype != datatype:
            return False
        return anything or match(value.value) is not None

    message = f"must be {datatype.value.rpartition('#')[2]}"
    return Each("Datatype", good, message, alone=True, sure=_surely_of(datatype, match))


def _surely_of(datatype: Term, match: Callable[[str], object]) -> Sure:
    """Whether a value as N-Triples has it is surely of a datatype."""
    if datatype == XSD.string:
        return lambda text: text[0] == text[-1] == '"'
    if datatype == RDF.langString:
        return lambda text: text[0] == '"' and text[-1] not in '">'
    tail = f'"^^{datatype}'
    length = len(tail)

    def sure(text: str) -> bool:
        return text.endswith(tail) and "\\" not in text and match(text[1:-length]) is not None

    return sure


def _class(reader: Reader, kind: Term) -> Each:
    message = f"must be a {kind.value}"
    return Each("Class", lambda d, v: v in d.instances.get(kind, ()), message, wants=str(kind))


def _node_kind(reader: Reader, kind: Term) -> Each:
    allowed = {SH.IRI: (NamedNode,), SH.Literal: (Literal,), SH.BlankNodeOrIRI: (BlankNode, NamedNode)}.get(
        NamedNode(kind.value)
    )
    if not allowed:
        raise UnsupportedError(f"sh:nodeKind {kind}")
    begins = "".join({NamedNode: "<", Literal: '"', BlankNode: "_"}[each] for each in allowed)
    return Each(
        "NodeKind",
        lambda d, v: isinstance(v, allowed),
        f"must be of kind {kind.value}",
        alone=True,
        sure=lambda text: text[0] in begins,
    )


def pattern(expression: Term, flags: str) -> Each:
    """sh:pattern with its sh:flags, of which `i`, `m` and `s` are supported."""
    if not set(flags) <= set(_FLAGS):
        raise UnsupportedError(f"sh:flags {flags!r}")
    text = expression.value
    if "m" not in flags:
        # XPath's `$` is the very end; Python's stands before a last line break too.
        text = re.sub(r"(?<!\\)\$$", r"\\Z", text)
    search = re.compile(text, sum(_FLAGS[f] for f in set(flags))).search
    return Each(
        "Pattern",
        lambda d, v: not isinstance(v, BlankNode) and search(v.value) is not None,
        f"must match {expression.value}",
        alone=True,
        sure=lambda text: text[0] == text[-1] == '"' and "\\" not in text and search(text[1:-1]) is not None,
    )


_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


def _in(reader: Reader, members: Term) -> Each:
    allowed = frozenset(reader.members(members))
    words = ", ".join(term.value for term in reader.members(members))
    told = frozenset(map(str, allowed))
    message = f"must be one of {words}"
    return Each("In", lambda d, v: v in allowed, message, alone=True, sure=told.__contains__)


def _has_value(reader: Reader, wanted: Term) -> Many:
    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[Broken]:
        if wanted not in values:
            yield "HasValue", None, f"must have the value {wanted.value}"

    told = str(wanted)
    return Many(check, lambda said, texts: told in texts)


def _language_in(reader: Reader, members: Term) -> Each:
    tags = tuple(tag.value.lower() for tag in reader.members(members))

    def good(data: Data, value: Term) -> bool:
        tag = value.language if isinstance(value, Literal) else None
        if tag in tags:
            return True
        tag = (tag or "").lower()
        return any(tag == t or tag.startswith(t + "-") for t in tags)

    ends = tuple(f'"@{tag}' for tag in tags)
    message = f"must be in the language {' or '.join(tags)}"
    return Each("LanguageIn", good, message, alone=True, sure=lambda text: text.endswith(ends))


def _unique_lang(reader: Reader, flag: Term) -> Many:
    if flag.value not in ("true", "false", "1", "0"):
        raise UnsupportedError(f"sh:uniqueLang {flag}")
    wanted = flag.value in ("true", "1")

    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[Broken]:
        tags = [v.language.lower() for v in values if wanted and isinstance(v, Literal) and v.language]
        for tag in sorted({t for t in tags if tags.count(t) > 1}):
            yield "UniqueLang", None, f"has more than one value in {tag}"

    def sure(said: Said, texts: Sequence[str]) -> bool:
        return len(texts) == 1 or len({text.rpartition('"')[2].lower() for text in texts}) == len(texts)

    return Many(check, sure)


def _min_length(reader: Reader, limit: Term) -> Each:
    least = int(limit.value)
    return Each(
        "MinLength",
        lambda d, v: not isinstance(v, BlankNode) and len(v.value) >= least,
        f"must have at least {least} characters",
        alone=True,
        sure=(lambda text: text[0] == '"' and text[1] != '"') if least <= 1 else None,
    )


def _min_inclusive(reader: Reader, limit: Term) -> Each:
    least = _number(limit)
    if least is None:
        raise UnsupportedError(f"sh:minInclusive {limit}: only numbers are supported")

    def good(data: Data, value: Term) -> bool:
        number = _number(value)
        return number is not None and number >= least

    def sure(text: str) -> bool:
        number = _told(text)
        return number is not None and number >= least

    return Each("MinInclusive", good, f"must be at least {limit.value}", alone=True, sure=sure)


def _less_than(reader: Reader, other: Term) -> Many:
    if not isinstance(other, NamedNode):
        raise UnsupportedError("sh:lessThan needs a property")

    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[Broken]:
        for value in values:
            small = _number(value)
            for limit in data.of(focus, other):
                large = _number(limit)
                if small is None or large is None or small >= large:
                    yield "LessThan", value, f"must be less than {limit.value}"

    def sure(said: Said, texts: Sequence[str]) -> bool:
        limits = [_told(text) for text in said.get(other, ())]
        small = [_told(text) for text in texts] if limits else []
        return all(a is not None and b is not None and a < b for a in small for b in limits)

    return Many(check, sure)


def _node(reader: Reader, node: Term) -> Each:
    shape = reader.shape(node)
    message = shape.message or f"must be a {node.value}"
    return Each("Node", lambda d, v: d.conforms(shape, v), message, wants=shape)


def _not(reader: Reader, node: Term) -> Each:
    shape = reader.shape(node)
    return Each("Not", lambda d, v: not d.conforms(shape, v), "is what it must not be")


def _or(reader: Reader, members: Term) -> Each:
    shapes = [reader.shape(member) for member in reader.members(members)]
    if not shapes:
        raise UnsupportedError("sh:or of an empty list")
    return Each(
        "Or",
        lambda d, v: any(d.conforms(s, v) for s in shapes),
        "is none of what it may be",
        sure=lambda text: any(_surely_conforms(s, text) for s in shapes),
    )


def _surely_conforms(shape: Shape, text: str) -> bool:
    """Whether a value surely conforms to a shape that asks no more than what the value itself is like."""
    if shape.path or shape.counts or shape.checks or shape.needed or shape.by_path:
        return False
    return all(each.alone and each.sure is not None and each.sure(text) for each in shape.each)


def _number(term: Term) -> int | Decimal | None:
    if not isinstance(term, Literal) or term.datatype not in _NUMBERS:
        return None
    text = term.value
    if len(text) < _SHORT and text.isdecimal() and text.isascii():
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _told(text: str) -> int | Decimal | None:
    """A number as N-Triples has it, of those that need no second look."""
    if text.endswith(_INTEGER) and len(text) < _SHORT + len(_INTEGER):
        digits = text[1 : -len(_INTEGER)]
        return int(digits) if digits.isdecimal() and digits.isascii() else None
    if text.endswith(_DECIMAL_TYPE):
        digits = text[1 : -len(_DECIMAL_TYPE)]
        return Decimal(digits) if _DECIMAL.fullmatch(digits) else None
    return None


_INTEGER = f'"^^{XSD.integer}'
_DECIMAL_TYPE = f'"^^{XSD.decimal}'
_ANYTHING = ".*"
_FORMS = {
    XSD.string.value: _ANYTHING,
    RDF.langString.value: _ANYTHING,
    XSD.integer.value: r"[+-]?\d+",
    XSD.decimal.value: r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    XSD.boolean.value: "true|false|1|0",
    XSD.date.value: r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:Z|[+-]\d\d:\d\d)?",
    XSD.duration.value: (
        r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"
    ),
    XSD.gYearMonth.value: r"-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])(?:Z|[+-]\d\d:\d\d)?",
    XSD.gYear.value: r"-?(?:[1-9]\d{3,}|0\d{3})(?:Z|[+-]\d\d:\d\d)?",
}
_SHORT = 19  # digits: most numbers, which are read sooner as whole ones
_NUMBERS = (XSD.integer, XSD.decimal)
_DECIMAL = re.compile(_FORMS[XSD.decimal.value], re.ASCII)

CHECKS: Mapping[NamedNode, Callable[[Reader, Term], Many | Each | Count]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.datatype: _datatype,
    getattr(SH, "class"): _class,
    SH.nodeKind: _node_kind,
    getattr(SH, "in"): _in,
    SH.hasValue: _has_value,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_lang,
    SH.minLength: _min_length,
    SH.minInclusive: _min_inclusive,
    SH.lessThan: _less_than,
    SH.node: _node,
    getattr(SH, "not"): _not,
    getattr(SH, "or"): _or,
}
