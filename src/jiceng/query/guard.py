"""What may be asked (nothing that changes a graph or calls a host); mistakes shown in their place."""

from __future__ import annotations

import re

from jiceng.errors import QueryError
from jiceng.graph.namespaces import PREFIXES
from jiceng.query import tables

# What a query is made of, as far as it matters here: what cannot hold a keyword is skipped as a whole.
_TOKEN = re.compile(
    r"""(?P<iri><(?:[^<>"{}|^`\\\s]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
      | (?P<text>\"{3}(?:"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
      | (?P<open>["'])
      | (?P<comment>\#[^\n\r]*)
      | (?P<variable>[?$]\w+)
      | (?P<name>(?P<prefix>[^\W\d_][\w.-]{0,100}|_?):
                 (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[^\w\s])(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*)?)
      | (?P<word>[^\W\d]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)


def refuse(text: str) -> None:
    """Raise QueryError for an empty query, updates, SERVICE and unknown prefixes, before anything runs."""
    if not text.strip():
        raise QueryError("the query is empty; write SPARQL, or a name from `jiceng query --list`")
    declared = {*PREFIXES, "_"}
    first = before = ""
    for token in _TOKEN.finditer(text):
        if token["open"]:  # nothing behind it can be told apart; no engine takes it either
            raise QueryError(f"{_place(text, token.start())}: a quotation mark is not closed")
        prefix, word = token["prefix"], (token["word"] or "").upper()
        # Oxigraph wants no space behind a keyword: any word that holds this one may be it.
        if "SERVICE" in word or "SERVICE" in (prefix or "").upper():
            raise QueryError(
                f"{_place(text, token.start())}: SERVICE is refused, since it sends data to another host; "
                "load that host's data as a file and query it with -g"
            )
        if not first and word not in ("", "PREFIX", "BASE", "VERSION"):
            first = word
            if first in _UPDATES:
                raise QueryError(f"{first}: updates are refused; a graph is changed by building it")
            if word and first not in _FORMS:
                raise QueryError(
                    f"{_place(text, token.start())}: the query cannot be understood: it begins with "
                    f"{token['word']}, not with {', '.join(_FORMS[:-1])} or {_FORMS[-1]}"
                )
        if prefix is not None and before == "PREFIX":
            declared.add(prefix)
        elif prefix is not None and prefix not in declared:
            raise QueryError(
                f"{_place(text, token.start())}: the prefix {prefix}: is not known; write "
                f"PREFIX {prefix}: <…> at the top, or use one of {', '.join(PREFIXES)}"
            )
        before = word


def declared(text: str) -> str:
    """A query with a PREFIX line for each known prefix that it uses: any other engine understands it."""
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in unbound_prefixes(text)) + text


def unbound_prefixes(text: str) -> tuple[str, ...]:
    """The known prefixes that a query uses and does not declare, sorted."""
    declared: set[str] = set()
    used: set[str] = set()
    before = ""
    for token in _TOKEN.finditer(text):
        prefix = token["prefix"]
        if token["open"]:
            break
        if prefix is not None:
            (declared if before == "PREFIX" else used).add(prefix)
        before = (token["word"] or "").upper()
    return tuple(sorted((used - declared) & PREFIXES.keys()))


def terms(text: str, prefix: str) -> set[str]:
    """The names behind a prefix in a query: Measurement of jc:Measurement."""
    found = (token["name"] for token in _TOKEN.finditer(text) if token["prefix"] == prefix)
    return {name.partition(":")[2] for name in found} - {""}


def _place(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"


def explained(text: str, message: str) -> str:
    """Oxigraph's message with the line, a mark below it, and only those expectations that say something."""
    found = _PLACE.match(message)
    if not found:
        return f"the query cannot be understood: {message}"
    number, column = int(found[1]), int(found[2])
    line = (text.split("\n") + [""] * number)[number - 1].rstrip("\r")
    mark = " " * tables.width(line[: column - 1]) + "^"
    useful = [
        w for w in re.sub(r"\[[^]]*\]", "", found[3]).split(",") if re.search(r"[A-Za-z]{2}|[(){}.;:?]", w)
    ]
    expected = ", ".join(dict.fromkeys(w.replace("one of", "").strip() for w in useful))
    hint = f"\nexpected at the mark or before it: {expected}" if expected else ""
    return f"line {number}, column {column}: the query cannot be understood\n  {line}\n  {mark}{hint}"
