"""One model a language, so that what is said in one never blurs what is said in another.

A sentence that tells no language is heard in the one it looks most like; what is typed as a name or a number is heard
alike in all of them.
"""

from collections.abc import Sequence

from bot.components.intent_model import IntentModel
from bot.components.language_model import LanguageModel


class ModelByLanguage:
    def __init__(self) -> None:
        self._languages = LanguageModel()
        self._models: dict[str, IntentModel] = {}

    def fit(self, texts: Sequence[str], intents: Sequence[str], languages: Sequence[str]) -> None:
        self._languages.fit(texts, languages)
        for language in sorted(set(languages)):
            own = [n for n, each in enumerate(languages) if each == language]
            model = self._models[language] = IntentModel()
            model.fit([texts[n] for n in own], [intents[n] for n in own])

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Every intent with its share, likeliest first."""
        return sorted(self.probabilities([text])[0].items(), key=lambda item: -item[1])

    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]:
        languages = self._languages.likeliest(texts)
        heard: dict[int, dict[str, float]] = {}
        for language, model in self._models.items():
            own = [n for n, each in enumerate(languages) if each == language]
            if own:
                heard.update(zip(own, model.probabilities([texts[n] for n in own]), strict=True))
        return [heard[n] for n in range(len(texts))]

    def language_of(self, text: str) -> str | None:
        """The language the sentence is sure to be in."""
        return self._languages.language_of(text)
