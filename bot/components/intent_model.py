"""The classifier without Rasa: words and pieces of words in, a share for each intent out.

Apart from Rasa so that benchmarks can measure it alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC
from sklearn.utils.extmath import softmax

from bot.components.network import Network
from bot.components.tokens import by_kind, plain, tokens

_LONGEST_COUNTED = 14

_WEIGHT_OF_MARGINS = 0.5
_SHARPNESS_OF_MARGINS = 7.0
"""Margins are distances; sharpened so much, their shares are about as sure as the network's beside them."""


class IntentModel:
    """Two learners over one set of features: a network, and margins, which know rare words better."""

    def __init__(self) -> None:
        self._common: frozenset[str] = frozenset()
        self._features = FeatureUnion(
            [
                ("words", _weighed(analyzer=self._words)),
                ("pieces", _pieces(2, 4, preprocessor=by_kind)),
                ("typed words", _weighed(ngram_range=(1, 2))),
                ("typed pieces", _pieces(2, 5)),
            ]
        )
        self._network = Network()
        self._margins = LinearSVC(C=0.5, random_state=0)

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        counts = Counter(token for text in texts for token in set(tokens(by_kind(text))))
        self._common = frozenset(token for token, count in counts.items() if count > 1)
        features = self._features.fit_transform(texts)
        self._network.fit(features, intents)
        self._margins.fit(features, intents)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Every intent with its share, likeliest first."""
        return sorted(self.probabilities([text])[0].items(), key=lambda item: -item[1])

    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]:
        names = [str(name) for name in self._margins.classes_]
        features = self._features.transform(texts)
        by_margin = softmax(_SHARPNESS_OF_MARGINS * self._margins.decision_function(features))
        by_network = self._network.shares(features)
        shares = by_network + _WEIGHT_OF_MARGINS * (by_margin - by_network)
        return [dict(zip(names, map(float, row), strict=True)) for row in shares]

    def _words(self, text: str) -> Iterable[str]:
        """Words as typed, words by kind, their neighbours, how many, and how many are unknown.

        A word met once or never is `_rare` beside its neighbours: "my name is _rare" tells more than a name.
        """
        typed = tokens(plain(text))
        kinds = tokens(by_kind(text))
        known = [t if t in self._common or t.startswith("_") else "_rare" for t in kinds]
        framed = ["^", *known, "$"]
        yield from (f"typed:{token}" for token in typed)
        yield from kinds
        yield from (" ".join(pair) for pair in pairwise(framed))
        yield from (" ".join(three) for three in zip(framed, framed[1:], framed[2:], strict=False))
        yield f"_length{_rounded(len(kinds))}"
        yield f"_rare{min(known.count('_rare'), 4)}"


def _weighed(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **options)


def _pieces(shortest: int, longest: int, **options: Any) -> TfidfVectorizer:
    return _weighed(analyzer="char_wb", ngram_range=(shortest, longest), min_df=2, **options)


def _rounded(length: int) -> int:
    """Up to four words exactly, then in steps."""
    return length if length < 5 else next((step for step in (5, 8, _LONGEST_COUNTED) if length <= step), 99)
