"""Write ontology/ask/whole.txt: words that the empty words of questions must not be joined to.

    python scripts/make_whole_words.py

花样 (tricks) is not 花 (to spend) and 样 (kind). Every noun, verb, adjective and idiom of jieba's dictionary
that can be cut into words of words.toml that are passed over, and is none of them itself, is listed.
"""

from __future__ import annotations

from pathlib import Path

import jieba

from jiceng.ask import grammar
from jiceng.resources import ontology_directory

_LONGEST = 4
_RAREST = 10


def whole_words() -> list[str]:
    """The words, sorted."""
    rules = grammar.load()
    empty = {word for word, roles in rules.words.items() if grammar.EMPTY.intersection(roles)}

    def cut(word: str, parts: int = 0) -> bool:
        if not word:
            return parts > 1
        return any(word[:n] in empty and cut(word[n:], parts + 1) for n in range(1, len(word) + 1))

    found = set()
    with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, tag = line.split()
            known = word in rules.words
            if 2 <= len(word) <= _LONGEST and int(count) >= _RAREST and tag[0] in "nvai" and not known:
                found.update([word] if cut(word) else [])
    return sorted(found)


def main() -> None:
    """Write the file."""
    head = "# Made by scripts/make_whole_words.py from jieba's dictionary (MIT licence).\n"
    path = ontology_directory() / "ask" / "whole.txt"
    path.write_text(head + "\n".join(whole_words()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
