"""A conversation with the twin of the core, turn by turn, each with the intent a rule would have named."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from actions.turn import take_turn
from actions.turn_types import Caller, Heard
from tests.fakes.core import FakeCore

FRIDAY_AT_3 = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


class Talk:
    """A conversation with the twin of the core."""

    def __init__(self, core: FakeCore) -> None:
        self.core, self.turns, self.plan = core, 0, {}  # type: ignore[var-annotated]
        self.ranking: tuple[tuple[str, float], ...] = ()

    def says(self, text: str, intent: str, language: str | None = None) -> str:
        """`language`: what the classifier takes the sentence for, where it is sure."""
        return self._turn(text, intent, None, language)

    def taps(self, label: str, *, plan: dict[str, Any] | None = None) -> str:
        choices = (plan or self.plan)["choices"]
        payload = next(each["payload"] for each in choices if each["label"].startswith(label))
        tap = json.loads(payload.removeprefix("/choose_alternative"))
        at = (tap.get("version", -1), tap["n"])
        return self._turn("", "choose_alternative", at, of_notice=tap.get("notice"))

    def labels(self) -> list[str]:
        return [each["label"] for each in self.plan["choices"]]

    def again(self) -> str:
        """The same turn once more, as after a crash."""
        self.turns -= 1
        return self._turn(*self.last)

    def _turn(
        self,
        text: str,
        intent: str,
        tap: tuple[int, int] | None,
        language: str | None = None,
        of_notice: int | None = None,
    ) -> str:
        self.turns, self.last = self.turns + 1, (text, intent, tap, language, of_notice)
        heard = Heard(
            turn_id=f"t{self.turns}",
            text=text,
            intent=intent,
            tap=tap,
            of_notice=of_notice,
            language=language,
            ranking=self.ranking,
        )
        self.plan = asyncio.run(take_turn(heard, Caller("web", "x", None), self.core))  # type: ignore[arg-type]
        return str(self.plan["text"])
