"""How sure it is whose a part of a page is, and what follows from that."""

from __future__ import annotations

from jiceng.model import Division
from jiceng.values import dataclass

# Of generated pages (news and reports in turns, tests/press.py), a fifth of the text that is placed with less
# belief than UNPLACED was right, a good half of that up to DOUBTFUL, and nine tenths of what is above.
UNPLACED = 0.4
DOUBTFUL = 0.8


@dataclass(frozen=True, slots=True)
class Placement:
    """Whose a part is, with what belief (0 to 1), and the next best division with its belief."""

    division: Division
    belief: float = 1.0
    rival: Division | None = None
    rival_belief: float = 0.0

    @property
    def unplaced(self) -> bool:
        """Whether it is better given to nobody than to the wrong division."""
        return self.belief < UNPLACED

    @property
    def doubtful(self) -> bool:
        """Whether facts that rest on it must say so."""
        return self.belief < DOUBTFUL
