"""Trains the house's classifier and the yardstick on the same phrases and lets both hear the same sentences.

Runs in the bot's environment, which has the learner: `python -m benchmarks.nlu_models FOLDER_OF_INTENTS`, sentences as
a JSON list on standard input, what was heard as JSON on standard output.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, make_pipeline

from bot.components.by_language import ModelByLanguage

_AT_ONCE = 512
_TIMED_ALONE = 400


class Model(Protocol):
    def fit(self, texts: Sequence[str], intents: Sequence[str], languages: Sequence[str]) -> object: ...
    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]: ...


class Yardstick:
    """Words, pairs of words and pieces of two to five characters, nothing else."""

    def __init__(self) -> None:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        self._pipeline = make_pipeline(
            FeatureUnion([("words", words), ("pieces", pieces)]), LogisticRegression(C=30, max_iter=200)
        )

    def fit(self, texts: Sequence[str], intents: Sequence[str], _languages: Sequence[str]) -> None:
        self._pipeline.fit(texts, intents)

    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]:
        names = [str(name) for name in self._pipeline.classes_]
        return [dict(zip(names, map(float, row), strict=True)) for row in self._pipeline.predict_proba(texts)]


def phrases_in(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """Sentences, their intents and their languages."""
    texts, intents, languages = [], [], []
    for file in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", []):
            said = [line[2:].strip() for line in block["examples"].splitlines() if line.startswith("- ")]
            texts += said
            intents += [block["intent"]] * len(said)
            languages += [block.get("metadata", {}).get("language", "en")] * len(said)
    return texts, intents, languages


def heard(
    model: Model, phrases: tuple[list[str], list[str], list[str]], sentences: list[str]
) -> dict[str, Any]:
    """The two likeliest intents of each sentence, seconds of training, milliseconds of sentences heard alone."""
    began = time.perf_counter()
    model.fit(*phrases)
    trained = time.perf_counter() - began
    best = []
    for start in range(0, len(sentences), _AT_ONCE):
        for shares in model.probabilities(sentences[start : start + _AT_ONCE]):
            best.append(sorted(shares.items(), key=lambda item: -item[1])[:2])
    alone = []
    for sentence in sentences[:: max(1, len(sentences) // _TIMED_ALONE)]:
        began = time.perf_counter()
        model.probabilities([sentence])
        alone.append(1000 * (time.perf_counter() - began))
    return {"best": best, "training_seconds": trained, "milliseconds": alone}


if __name__ == "__main__":
    phrases, sentences = phrases_in(Path(sys.argv[1])), json.load(sys.stdin)
    models: dict[str, Model] = {"the house": ModelByLanguage(), "word + character n-grams": Yardstick()}
    answer = {name: heard(model, phrases, sentences) for name, model in models.items()}
    json.dump({"phrases": len(phrases[0]), "models": answer}, sys.stdout)
