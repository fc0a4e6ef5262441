"""A small neural network over a sentence's features, trained briefly so that it stays unsure of what it never met."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.neural_network import MLPClassifier
from sklearn.utils.extmath import softmax

_HIDDEN_UNITS = 100
_PASSES = 4
_LEARNING_RATE = 0.001
_AT_ONCE = 128
_FEWEST_PHRASES = 3
"""A feature of fewer phrases than that is not looked at."""


class Network:
    """Keeps the weights alone: what the learner needs besides is three times as large."""

    def __init__(self) -> None:
        self._looked_at: Any = None
        self._layers: list[tuple[Any, Any]] = []

    def fit(self, features: csr_matrix, intents: Sequence[str]) -> None:
        self._looked_at = np.flatnonzero(features.getnnz(axis=0) >= _FEWEST_PHRASES)
        learner = MLPClassifier(
            (_HIDDEN_UNITS,),
            batch_size=_AT_ONCE,
            learning_rate_init=_LEARNING_RATE,
            random_state=np.random.RandomState(0),
        )
        for _ in range(_PASSES):
            learner.partial_fit(features[:, self._looked_at], intents, classes=np.unique(intents))
        self._layers = list(zip(learner.coefs_, learner.intercepts_, strict=True))

    def shares(self, features: csr_matrix) -> Any:
        """A row for each sentence, a column for each intent in the order of the alphabet."""
        (inner, inner_bias), (outer, outer_bias) = self._layers
        hidden = np.maximum(features[:, self._looked_at] @ inner + inner_bias, 0)
        return softmax(hidden @ outer + outer_bias)
