"""Learning of linear models over named features by steps against a loss."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

Model = dict[str, float]


class Learner:
    """Sums of weights, moved by AdaGrad against an L2 pull towards what they were at the start.

    What is learned is the mean of the weights over all steps (B. T. Polyak and A. B. Juditsky 1992): it
    depends less than the last ones on the examples that came last.
    """

    def __init__(self, start: Model, rate: float, pull: float) -> None:
        self.weights = dict(start)
        self._start = start
        self._squares: Model = {}
        self._moved: Model = {}  # sum of the moves, each times the number of its step
        self._steps = 0
        self._rate, self._pull = rate, pull

    def score(self, present: Iterable[str]) -> float:
        """Sum of the weights of the features present."""
        get = self.weights.get
        return sum(get(f, 0.0) for f in present)

    def step(self, present: Iterable[str], slope: float) -> None:
        """Move the features present against the slope of the loss."""
        self._steps += 1
        for f in present:
            weight = self.weights.get(f, 0.0)
            slope_here = slope + self._pull * (weight - self._start.get(f, 0.0))
            square = self._squares.get(f, 1e-2) + slope_here * slope_here
            self._squares[f] = square
            move = self._rate * slope_here / math.sqrt(square)
            self.weights[f] = weight - move
            self._moved[f] = self._moved.get(f, 0.0) + move * self._steps

    def mean(self) -> Model:
        """The weights' mean over the steps."""
        steps = self._steps + 1
        return {f: weight + self._moved.get(f, 0.0) / steps for f, weight in self.weights.items()}


def mean_of(models: Sequence[Model]) -> Model:
    """The mean of models that were learned from the same examples in other orders: what an order brings is
    each one's own, what the examples say they share."""
    return {f: sum(model[f] for model in models) / len(models) for f in models[0]}


def epochs(examples: Sequence[object], count: int, shuffled: int = 0) -> Iterable[int]:
    """Places of all examples, `count` times over, each time in another order; the same at each call with the
    same number `shuffled`."""
    order = list(range(len(examples)))
    shuffle = random.Random(20240 + shuffled)
    for _ in range(count):
        shuffle.shuffle(order)
        yield from order


def softmax(scores: Sequence[float]) -> list[float]:
    """Shares that add up to one, by the scores' powers of e."""
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]
