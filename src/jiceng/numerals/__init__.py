"""Quantities as Chinese reports write them: value, range, comparator, unit.

Arabic and Chinese numerals, mixed ones (`1.2万`, `3千`), approximations on either side of the scale word
(`600余万元`, `4000万余元`), ranges (`5—7个`, `3至5名`, `十万元至十五万元`), shares (`三分之二`, `百分之三十`,
`八成`) and comparators before (`超过`, `近`, `不少于`) or behind (`以上`, `左右`). What is indefinite
(`数百名`, `若干`, `几十`) is never given a value. All offsets are those of the text handed in, half open.
"""

from jiceng.numerals.chinese import parse_chinese
from jiceng.numerals.reader import Quantity, QuantityReader

__all__ = ["Quantity", "QuantityReader", "parse_chinese"]
