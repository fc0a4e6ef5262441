"""The only way to the staff line: what a staff member says in their chat, and the answer to it.

It is asked past Rasa: staff give orders in few and certain words, which patterns understand.
"""

from types import TracebackType
from typing import Self

import httpx

from channels.bot_client import BotAway, plan_of
from scheduler_core.outbox import Plan, StaffChat

_ANSWER_SECONDS = 20.0


class StaffLine:
    """Safe to share between threads."""

    def __init__(self, actions_url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            base_url=actions_url, timeout=_ANSWER_SECONDS, transport=transport, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def ask(self, chat: StaffChat, text: str, turn_id: str) -> Plan:
        """The answer. Raises BotAway to be asked again, with the same ``turn_id``."""
        try:
            answer = self._http.post("/staff", json={"chat": chat.id, "text": text, "turn_id": turn_id})
        except httpx.TransportError as error:
            raise BotAway("asleep") from error
        if not answer.is_success:
            raise BotAway("broken", f"status {answer.status_code}")
        plan = plan_of(answer.json())
        if plan is None:
            raise BotAway("unanswered")
        return plan
