"""SMS's door: Twilio brings what customers text, and tells what became of what we sent."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Self

from fastapi import APIRouter
from starlette.datastructures import FormData

from channels.door import Door
from channels.interface import Capabilities, Channel, Finding, InboundMessage, OutboundMessage, Receipt
from channels.shape import shaped, with_file_written_out
from channels.sms.examination import examined
from channels.sms.wording import parts, plain
from channels.twilio_api.client import has_account
from channels.twilio_api.media import TwilioMedia
from channels.twilio_api.messages import TwilioMessages
from channels.twilio_api.routes import routes
from channels.twilio_api.webhook import field, kind_of, media_of, needed
from scheduler_core.outbox import Media, RateLimit
from scheduler_core.settings import Settings

_PHOTOS = ("image/jpeg", "image/png", "image/gif")
_LARGEST_PHOTO_BYTES = 5_000_000


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
        self._media = TwilioMedia(settings)

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

    def fetch(self, media: Media) -> Generator[bytes, None, None]:
        return self._media.fetch(media)

    def limits(self, message: OutboundMessage) -> Sequence[RateLimit]:
        """A US long code takes a part a second."""
        return (RateLimit(f"sms:{self._sender}", per_second=1, cost=parts(self._body(message)).count),)

    def send(self, message: OutboundMessage) -> Receipt:
        billed = parts(self._body(message)).count
        return self._messages.send(
            f"/sms/status/{message.id}", message.address, self._content(message), billed
        )

    def look_up(self, message: OutboundMessage) -> Receipt | None:
        return self._messages.look_up(message, message.address, {self._body(message)})

    def _content(self, message: OutboundMessage) -> dict[str, str]:
        """A customer's phone shows a photo; any other file, and whatever staff can find on the desk, is a link."""
        url = _photo(message)
        body = self._body(message)
        return ({"body": body} if body else {}) | ({"media_url": url} if url else {})

    def _body(self, message: OutboundMessage) -> str:
        """What counts is the length that is sent, so it is made plain before it is cut."""
        if _photo(message) is None:
            message = with_file_written_out(message)
        choices = [replace(choice, label=plain(choice.label)) for choice in message.choices]
        return shaped(replace(message, text=plain(message.text), choices=choices), self.capabilities).text


def _photo(message: OutboundMessage) -> str | None:
    """Where Twilio finds the photo to send as an MMS, if it is one; it fetches from https alone."""
    enclosed = message.file
    if enclosed is None or enclosed.file.page or not enclosed.url.startswith("https://"):
        return None
    is_shown = enclosed.file.media_type in _PHOTOS and enclosed.file.size <= _LARGEST_PHOTO_BYTES
    return enclosed.url if is_shown else None


def _message(form: FormData) -> InboundMessage:
    return InboundMessage(
        provider_message_id=needed(form, "MessageSid"),
        address=needed(form, "From"),
        text=field(form, "Body"),
        kind=kind_of(form),
        media=media_of(form),
    )
