"""WhatsApp's door: Twilio brings what customers write, and tells what became of what we sent."""

import logging
from collections.abc import Iterator, Sequence
from typing import Self

from fastapi import APIRouter
from requests.exceptions import RequestException
from starlette.datastructures import FormData
from twilio.base.exceptions import TwilioException

from channels.door import Door
from channels.interface import Capabilities, Channel, Finding, InboundMessage, Kind, OutboundMessage, Receipt
from channels.shape import shaped, written_out
from channels.twilio_api.client import has_account
from channels.twilio_api.messages import TwilioMessages
from channels.twilio_api.routes import routes
from channels.twilio_api.webhook import field, needed
from channels.whatsapp.contents import Contents, tapped
from channels.whatsapp.examination import examined
from scheduler_core.outbox import RateLimit
from scheduler_core.settings import Settings

log = logging.getLogger(__name__)

_PREFIX = "whatsapp:"
_KINDS: dict[str, Kind] = {"audio": "voice", "image": "photo"}


class WhatsAppChannel(Channel):
    """An address is a number, or an id that stands for a customer who shows none."""

    name = "whatsapp"
    capabilities = Capabilities(
        opt_out_words=frozenset(
            {"stop", "stopall", "stop all", "unsubscribe", "optout", "opt out", "opt-out"}
        ),
        buttons=3,
        longest_button=20,
        rows=10,
        longest_row=24,
        longest_text=1600,
        longest_with_choices=1024,
        looks_up=True,
    )

    def __init__(self, settings: Settings) -> None:
        self._sender = settings.whatsapp_sender
        self._messages = TwilioMessages(settings, f"{_PREFIX}{self._sender}")
        self._contents = Contents(self._messages.client)

    @classmethod
    def connect(cls, settings: Settings) -> Self | None:
        return cls(settings) if has_account(settings) and settings.whatsapp_sender else None

    @classmethod
    def examine(cls, settings: Settings) -> Iterator[Finding] | None:
        return examined(settings) if settings.whatsapp_sender else None

    def routes(self, door: Door) -> APIRouter:
        return routes(self.name, door, _message)

    def limits(self, message: OutboundMessage) -> Sequence[RateLimit]:
        """Of the sender, and of one reader: about one in six seconds, with room for a quick exchange."""
        return (
            RateLimit(f"whatsapp:{self._sender}", per_second=80, burst=80),
            RateLimit(f"whatsapp:{self._sender}:{message.address}", per_second=1 / 6, burst=10),
        )

    def send(self, message: OutboundMessage) -> Receipt:
        return self._messages.send(
            f"/whatsapp/status/{message.id}", f"{_PREFIX}{message.address}", **self._content(message)
        )

    def look_up(self, message: OutboundMessage) -> Receipt | None:
        shape = shaped(message, self.capabilities)
        bodies = {shape.text, written_out(message, self.capabilities).text}
        return self._messages.look_up(message, f"{_PREFIX}{message.address}", bodies)

    def _content(self, message: OutboundMessage) -> dict[str, str]:
        """With buttons when Twilio has them for us, else with digits: an answer matters more than its looks."""
        shape = shaped(message, self.capabilities)
        if not shape.labels:
            return {"body": shape.text}
        try:
            filled = self._contents.filled(message, shape)
        except (TwilioException, RequestException) as fault:
            log.warning("no buttons message=%s because=%s", message.id, type(fault).__name__)
            return {"body": written_out(message, self.capabilities).text}
        return {"content_sid": filled.sid, "content_variables": filled.variables}


def _message(form: FormData) -> InboundMessage:
    return InboundMessage(
        provider_message_id=needed(form, "MessageSid"),
        address=needed(form, "From").removeprefix(_PREFIX),
        text=field(form, "Body"),
        choice=tapped(field(form, "ButtonPayload") or field(form, "ListId")),
        display_name=field(form, "ProfileName") or None,
        kind=_kind(form),
    )


def _kind(form: FormData) -> Kind:
    if field(form, "Latitude"):
        return "location"
    if field(form, "NumMedia") in ("", "0"):
        return "text"
    return _KINDS.get(field(form, "MediaContentType0").partition("/")[0], "document")
