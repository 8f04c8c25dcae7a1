"""What XML 1.0 can hold: other characters have no way of writing in it, not even as references."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, production 2 (Char)."""


def legal(text: str) -> str:
    """A text with the replacement character for each that XML cannot hold (a form feed of a scan, say)."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
