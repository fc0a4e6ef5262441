"""The only way to Rasa: one question over its REST webhook, typed answers, typed trouble.

Rasa answers 200 with an empty list when an action failed or no model is loaded, so "no answer" is
an error here; otherwise a customer would wait for a reply that never comes.
Source: rasa/core/channels/rest.py of Rasa 3.6 and https://rasa.com/docs/rasa/connectors/your-own-website/#restinput
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

import httpx

from scheduler_core.outbox import Choice, Link, Plan

_CONNECT_SECONDS = 2.0
_ANSWER_SECONDS = 10.0
_GLANCE_SECONDS = 0.5

Trouble = Literal["asleep", "slow", "broken", "unanswered", "asked_to_retry", "unfetched"]


class BotAway(Exception):
    """The bot did not answer; the turn waits and is asked again.

    asleep: no process listens (it is starting or down) · slow: no answer in time · broken: an answer
    that is not Rasa's · unanswered: no word, not even that nothing is to be said · asked_to_retry: its actions
    or the core are away · unfetched: a file that came with it is not here yet.
    """

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else trouble)
        self.trouble: Trouble = trouble

    @property
    def is_temporary(self) -> bool:
        """The bot itself said or showed that it will be back; other troubles may lie in the message."""
        return self.trouble in ("asleep", "asked_to_retry", "unfetched")


@dataclass(frozen=True)
class Question:
    """One turn of one conversation; `turn_id` stays the same when the turn is asked again."""

    thread: str
    text: str
    turn_id: str
    channel: str
    address: str
    display_name: str | None


class BotClient:
    """Safe to share between threads."""

    def __init__(self, bot_url: str, transport: httpx.BaseTransport | None = None) -> None:
        timeout = httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS)
        self._http = httpx.Client(base_url=bot_url, timeout=timeout, transport=transport, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def ask(self, question: Question) -> list[Plan]:
        """The plans to say; none when the bot leaves the word to a person. Raises BotAway to be asked again."""
        try:
            answer = self._http.post("/webhooks/rest/webhook", json=_body(question))
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise BotAway("asleep") from error
        except httpx.TimeoutException as error:
            raise BotAway("slow") from error
        except httpx.HTTPError as error:
            raise BotAway("broken", type(error).__name__) from error
        return _plans(answer)

    def is_awake(self) -> bool:
        """Whether the bot's REST channel answers; Rasa opens its port only once the model is loaded."""
        try:
            return self._http.get("/webhooks/rest/", timeout=_GLANCE_SECONDS).is_success
        except httpx.HTTPError:
            return False


def _body(question: Question) -> dict[str, Any]:
    metadata = {
        "turn_id": question.turn_id,
        "channel": question.channel,
        "address": question.address,
        "display_name": question.display_name,
    }
    return {"sender": question.thread, "message": question.text, "metadata": metadata}


def _plans(answer: httpx.Response) -> list[Plan]:
    if not answer.is_success:
        raise BotAway("broken", f"status {answer.status_code}")
    try:
        plans = [_message(message) for message in answer.json()]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BotAway("broken", type(error).__name__) from error
    if not plans:
        raise BotAway("unanswered")
    return [plan for plan in plans if plan]


def _message(message: Mapping[str, Any]) -> Plan | None:
    """One of our message plans (`custom`), or Rasa's own plain utterance (`text`)."""
    custom = message.get("custom")
    return Plan(str(message["text"])) if custom is None else plan_of(custom)


def plan_of(custom: Mapping[str, Any]) -> Plan | None:
    """None: nothing is to be said. Raises BotAway when the turn is to be asked again."""
    if custom.get("retry"):
        raise BotAway("asked_to_retry")
    if custom.get("silent"):
        return None
    return Plan(
        text=str(custom["text"]),
        choices=tuple(Choice(c["label"], c["payload"]) for c in custom.get("choices") or ()),
        links=tuple(Link(link["label"], link["url"]) for link in custom.get("links") or ()),
        language=custom.get("language"),
        about=tuple(custom.get("about") or ()),
    )
