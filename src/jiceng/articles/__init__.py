"""Which division speaks where: repaired stretches to articles, one for each division of a source.

`naming` finds the names of divisions and tells how much each says by where it stands; `assignment` gives
each part of the page to a division; `turns` cuts out the sentences that a larger division's report spends
on a smaller one; `splitting` makes parts articles with one text in reading order.
"""

from jiceng.articles.splitting import Split, split

__all__ = ["Split", "split"]
