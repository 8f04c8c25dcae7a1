"""Which division speaks where: repaired stretches to articles, one for each division of a source.

`naming` finds the names of divisions and tells how much each says by where it stands (`shorts` and `lone`:
short forms); `candidates` tells which of them the page reports on (`anchors`: by streets and communities);
`assignment` gives each part of the page to one of those, with how sure that is; `turns` cuts out the
sentences that a larger division's report spends on a smaller one; `splitting` makes parts articles with one
text in reading order; `account` tells why.
"""

from jiceng.articles.account import Decision, decisions
from jiceng.articles.splitting import Split, split

__all__ = ["Decision", "Split", "decisions", "split"]
