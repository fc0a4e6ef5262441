"""Names the intent of a sentence with a linear model over words and pieces of words.

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

from bot.components.linear_model import LinearModel

_FILE = "intents.joblib"
_RANKING_LENGTH = 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Sets ``intent`` and ``intent_ranking``; what looks like a payload is left to Rasa's payload reader."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: LinearModel | None = None) -> None:
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
        return cls(model_storage, resource)

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
            return cls(model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        self._model = LinearModel()
        self._model.fit([e.get("text") for e in examples], [e.get("intent") for e in examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = self._rank(message.get("text") or "")
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> list[dict[str, Any]]:
        if self._model is None or not text.strip() or text.lstrip().startswith("/"):
            return [{"name": "nlu_fallback", "confidence": 1.0}]
        best = self._model.ranking(text)[:_RANKING_LENGTH]
        return [{"name": name, "confidence": share} for name, share in best]
