"""The classifier without Rasa: words and pieces of words in, a probability for each intent out.

Apart from Rasa so that benchmarks can measure it alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, make_pipeline

from bot.components.tokens import by_kind, plain, tokens

_LONGEST_COUNTED = 14


class LinearModel:
    def __init__(self) -> None:
        self._common: frozenset[str] = frozenset()
        words = TfidfVectorizer(analyzer=self._words, sublinear_tf=True)
        pieces = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), min_df=2, preprocessor=by_kind, sublinear_tf=True
        )
        self._pipeline = make_pipeline(
            FeatureUnion([("words", words), ("pieces", pieces)]),
            LogisticRegression(C=30, max_iter=100),
        )

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        counts = Counter(token for text in texts for token in set(tokens(by_kind(text))))
        self._common = frozenset(token for token, count in counts.items() if count > 1)
        self._pipeline.fit(texts, intents)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Every intent with its probability, likeliest first."""
        return sorted(self.probabilities([text])[0].items(), key=lambda item: -item[1])

    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]:
        names = [str(name) for name in self._pipeline.classes_]
        return [dict(zip(names, map(float, row), strict=True)) for row in self._pipeline.predict_proba(texts)]

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


def _rounded(length: int) -> int:
    """Up to four words exactly, then in steps."""
    return length if length < 5 else next((step for step in (5, 8, _LONGEST_COUNTED) if length <= step), 99)
