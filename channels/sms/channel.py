"""SMS's door: Twilio brings what customers text, and tells what became of what we sent."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Self

from fastapi import APIRouter
from starlette.datastructures import FormData

from channels.door import Door
from channels.interface import Capabilities, Channel, Finding, InboundMessage, OutboundMessage, Receipt
from channels.shape import shaped
from channels.sms.examination import examined
from channels.sms.wording import parts, plain
from channels.twilio_api.client import has_account
from channels.twilio_api.messages import TwilioMessages
from channels.twilio_api.routes import routes
from channels.twilio_api.webhook import field, needed
from scheduler_core.outbox import RateLimit
from scheduler_core.settings import Settings


class SmsChannel(Channel):
    name = "sms"
    capabilities = Capabilities(
        opt_out_words=frozenset("stop stopall unsubscribe end quit revoke optout cancel".split()),
        may_mean_a_visit=frozenset({"cancel"}),
        help_words=frozenset({"help", "info", "ayuda"}),
        introduces_us=True,
        opt_in_answers=frozenset({"yes"}),
        opt_out_is_confirmed=True,
        longest_text=1600,
        looks_up=True,
    )

    def __init__(self, settings: Settings) -> None:
        self._sender = settings.sms_sender
        self._messages = TwilioMessages(settings, settings.sms_sender)

    @classmethod
    def connect(cls, settings: Settings) -> Self | None:
        return cls(settings) if has_account(settings) and settings.sms_sender else None

    @classmethod
    def examine(cls, settings: Settings) -> Iterator[Finding] | None:
        return examined(settings) if settings.sms_sender else None

    def routes(self, door: Door) -> APIRouter:
        return routes(self.name, door, _message)

    def invitation(self, token: str) -> str | None:
        """RFC 5724, with the text that phones fill in."""
        return f"sms:{self._sender}?body={token}" if self._sender.startswith("+") else None

    def limits(self, message: OutboundMessage) -> Sequence[RateLimit]:
        """A US long code takes a part a second."""
        return (RateLimit(f"sms:{self._sender}", per_second=1, cost=parts(self._body(message)).count),)

    def send(self, message: OutboundMessage) -> Receipt:
        return self._messages.send(f"/sms/status/{message.id}", message.address, body=self._body(message))

    def look_up(self, message: OutboundMessage) -> Receipt | None:
        return self._messages.look_up(message, message.address, {self._body(message)})

    def _body(self, message: OutboundMessage) -> str:
        """What counts is the length that is sent, so it is made plain before it is cut."""
        choices = [replace(choice, label=plain(choice.label)) for choice in message.choices]
        return shaped(replace(message, text=plain(message.text), choices=choices), self.capabilities).text


def _message(form: FormData) -> InboundMessage:
    return InboundMessage(
        provider_message_id=needed(form, "MessageSid"),
        address=needed(form, "From"),
        text=field(form, "Body"),
        kind="text" if field(form, "NumMedia") in ("", "0") else "photo",
    )
