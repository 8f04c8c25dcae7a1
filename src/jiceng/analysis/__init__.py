"""Which districts share what: comparisons of some, and a report on all, as tables and pictures.

Every number is the length of a list of facts, and the list is kept beside it.
"""

from __future__ import annotations

from jiceng.analysis.comparison import Comparison, compare
from jiceng.analysis.corpus import Corpus, District, find, load
from jiceng.analysis.overall import Report, report
from jiceng.analysis.pictures import comparison_picture, network_picture, similarity_picture, spread_picture
from jiceng.analysis.render import comparison_json, comparison_text, report_json, report_markdown

__all__ = [
    "Comparison",
    "Corpus",
    "District",
    "Report",
    "compare",
    "comparison_json",
    "comparison_picture",
    "comparison_text",
    "find",
    "load",
    "network_picture",
    "report",
    "report_json",
    "report_markdown",
    "similarity_picture",
    "spread_picture",
]
