"""Rasa's command line without TensorFlow, so that the assistant is there seconds after it is called.

``python -m bot train|run …`` takes what ``rasa train|run …`` takes. Rasa imports TensorFlow wherever it may come to
use it; our pipeline has no neural component (docs/decisions/0002), so those modules are replaced by placeholders.
Where TensorFlow is installed, nothing is replaced and all of Rasa works.
"""

import importlib.util
import sys
import types

_MODULES_THAT_NEED_TENSORFLOW = (
    "rasa.core.policies.ted_policy",
    "rasa.core.policies.unexpected_intent_policy",
    "rasa.nlu.classifiers.diet_classifier",
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
    "rasa.nlu.selectors.response_selector",
    "rasa.utils.tensorflow.callback",
    "rasa.utils.tensorflow.data_generator",
)


class _LeftOut(types.ModuleType):
    """A module whose every public name is an empty class: enough to be listed, never used."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        placeholder = type(name, (), {"__module__": self.__name__})
        setattr(self, name, placeholder)
        return placeholder


def leave_out_tensorflow() -> None:
    if importlib.util.find_spec("tensorflow") is None:
        sys.modules.update({name: _LeftOut(name) for name in _MODULES_THAT_NEED_TENSORFLOW})


def compile_answer_schema_once() -> None:
    """Rasa builds the schema of an action's answer anew with every message; building it once is enough."""
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def validate(self: RemoteAction, answer: dict[str, object]) -> bool:
        validator.validate(answer)
        return True

    RemoteAction._validate_action_result = validate


if __name__ == "__main__":
    leave_out_tensorflow()
    from rasa.__main__ import main

    compile_answer_schema_once()
    main()
