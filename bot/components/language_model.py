"""Which language a sentence is in, learnt from the same phrases as the intents.

Short words belong to several languages ("no", "ok", a name), so a sentence that says too little is in none.
"""

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

_SURE = 0.8


class LanguageModel:
    def __init__(self) -> None:
        self._pipeline: Pipeline | None = None

    def fit(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        if len(set(languages)) < 2:
            return
        self._pipeline = make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True),
            LogisticRegression(C=10, max_iter=200, class_weight="balanced"),
        )
        self._pipeline.fit(texts, languages)

    def language_of(self, text: str) -> str | None:
        """The language's code; None where the sentence could be in either, or the phrases know one language only."""
        if self._pipeline is None or not any(character.isalpha() for character in text):
            return None
        (shares,) = self._pipeline.predict_proba([text])
        best = shares.argmax()
        return str(self._pipeline.classes_[best]) if shares[best] >= _SURE else None
