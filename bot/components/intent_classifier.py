"""Names the intent of a sentence, and its language, with small models over words and pieces of words.

It loads in milliseconds and needs no TensorFlow; what it was measured against is in docs/decisions/0002.
"""

from typing import Any, Self

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.by_language import ModelByLanguage
from bot.components.doubt import UNSURE, Doubt, doubt_in

_FILE = "intents.joblib"
_RANKING_LENGTH = 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Sets ``intent``, ``intent_ranking`` and, where the sentence is sure to be in one, an entity ``language``.

    Where it is too unsure, ``nlu_fallback`` leads the ranking.

    What looks like a payload is left to Rasa's payload reader. Phrases of other languages than English name theirs in
    the metadata of their intent.
    """

    def __init__(
        self,
        doubt: Doubt,
        storage: ModelStorage,
        resource: Resource,
        model: ModelByLanguage | None = None,
    ) -> None:
        self._doubt = doubt
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls(doubt_in(config), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        with model_storage.read_from(resource) as folder:
            return cls(doubt_in(config), model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        self._model = ModelByLanguage()
        self._model.fit(
            [e.get("text") for e in examples],
            [e.get("intent") for e in examples],
            [_language(e) for e in examples],
        )
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = self._rank(message.get("text") or "")
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            self._name_language(message)
        return messages

    def _name_language(self, message: Message) -> None:
        text = message.get("text") or ""
        language = self._model.language_of(text) if self._model and not text.startswith("/") else None
        if language:
            named = {"entity": "language", "value": language, "start": 0, "end": len(text)}
            message.set("entities", [*(message.get("entities") or []), named], add_to_output=True)

    def _rank(self, text: str) -> list[dict[str, Any]]:
        if self._model is None or not text.strip() or text.lstrip().startswith("/"):
            return [{"name": UNSURE, "confidence": 1.0}]
        best = self._model.ranking(text)[:_RANKING_LENGTH]
        unsure = [(UNSURE, best[0][1])] if self._doubt.decided(best) == UNSURE else []
        return [{"name": name, "confidence": share} for name, share in (*unsure, *best)]


def _language(example: Message) -> str:
    of_intent = (example.get("metadata") or {}).get("intent") or {}
    return str(of_intent.get("language", "en"))
