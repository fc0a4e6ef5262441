"""Runs Rasa with its steps timed: `python -m benchmarks.measured_bot SPANS_FILE [--as-shipped] run …`.

It runs in the bot's environment; Rasa is imported by name, since the house's tools cannot see it.
"""

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.spans import Recorder


def time_steps(recorder: Recorder) -> None:
    processor = import_module("rasa.core.processor").MessageProcessor
    action = import_module("rasa.core.actions.action").RemoteAction
    for step, owner, method in (
        ("Rasa, inside", processor, "handle_message"),
        ("Rasa NLU", processor, "parse_message"),
        ("rule and policy", processor, "predict_next_with_tracker_if_should"),
        ("HTTP to the action", action, "run"),
    ):
        setattr(owner, method, recorder.around(step, getattr(owner, method)))


if __name__ == "__main__":
    spans = Recorder(Path(sys.argv.pop(1)))
    bot = import_module("bot.__main__")
    bot.leave_out_tensorflow()
    rasa = import_module("rasa.__main__")
    if "--as-shipped" in sys.argv:
        sys.argv.remove("--as-shipped")
    else:
        bot.compile_answer_schema_once()
    time_steps(spans)
    rasa.main()
