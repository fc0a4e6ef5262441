"""Which language a sentence is in, learnt from the same phrases as the intents.

Short words belong to several languages ("no", "ok", a name), so a sentence that says too little is in none: it has to
be likely as a whole, and to hold a word that is often said in that language and hardly ever in another.
"""

from collections import Counter
from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from bot.components.tokens import by_kind, plain, tokens

_SURE = 0.85
_LIKELY = 0.6
_OFTEN = 4
_TIMES_MORE = 15
_SHORTEST_TELLING = 2


class LanguageModel:
    def __init__(self) -> None:
        self._pipeline: Pipeline | None = None
        self._telling: dict[str, str] = {}
        self._first = ""

    def fit(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        """The language with most phrases is that of sentences which tell none."""
        self._first = Counter(languages).most_common(1)[0][0]
        if len(set(languages)) < 2:
            return
        self._telling = _telling_words(texts, languages)
        self._pipeline = make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True),
            LogisticRegression(C=10, max_iter=200, class_weight="balanced"),
        )
        self._pipeline.fit([plain(text) for text in texts], languages)

    def language_of(self, text: str) -> str | None:
        """The language's code; None where the sentence could be in either, or the phrases know one language only."""
        told = {self._telling.get(word) for word in _words(text)} - {None}
        if not told:
            return None
        ((language, share),) = self._guesses([text])
        return language if share >= _SURE and language in told else None

    def likeliest(self, texts: Sequence[str]) -> list[str]:
        """One language for each sentence, however little it tells."""
        return [language if share >= _LIKELY else self._first for language, share in self._guesses(texts)]

    def _guesses(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        if self._pipeline is None:
            return [(self._first, 1.0)] * len(texts)
        names = [str(name) for name in self._pipeline.classes_]
        shares = self._pipeline.predict_proba([plain(text) for text in texts])
        return [(names[row.argmax()], float(row.max())) for row in shares]


def _telling_words(texts: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """Word → the one language it is often said in, by the share of that language's phrases that hold it.

    Names, which phrases write with a capital, tell nothing.
    """
    phrases = Counter(languages)
    said: dict[str, Counter[str]] = {language: Counter() for language in phrases}
    for text, language in zip(texts, languages, strict=True):
        said[language].update(set(_words(text)) & set(tokens(text)))
    telling = {}
    for language, counts in said.items():
        for word, count in counts.items():
            elsewhere = max(said[other][word] / phrases[other] for other in phrases if other != language)
            if count >= _OFTEN and count / phrases[language] > _TIMES_MORE * elsewhere:
                telling[word] = language
    return telling


def _words(text: str) -> list[str]:
    """Without days and times, which by their kind look the same in every language."""
    return [word for word in tokens(by_kind(text)) if word.isalpha() and len(word) >= _SHORTEST_TELLING]
