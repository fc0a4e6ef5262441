"""WhatsApp's door: Twilio brings what customers write, and tells what became of what we sent."""

import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Self

from fastapi import APIRouter
from requests.exceptions import RequestException
from starlette.datastructures import FormData
from twilio.base.exceptions import TwilioException, TwilioRestException

from channels.door import Door
from channels.interface import Capabilities, Channel, Finding, InboundMessage, OutboundMessage, Receipt
from channels.shape import shaped, with_file_written_out, written_out
from channels.twilio_api.client import has_account
from channels.twilio_api.codes import OUTSIDE_WINDOW, VARIABLES_REFUSED
from channels.twilio_api.media import TwilioMedia
from channels.twilio_api.messages import TwilioMessages, refused
from channels.twilio_api.routes import routes
from channels.twilio_api.status import WINDOW_CLOSED
from channels.twilio_api.webhook import field, kind_of, media_of, needed
from channels.whatsapp.contents import Contents, Filled, tapped
from channels.whatsapp.examination import examined
from channels.whatsapp.templates import Templates
from scheduler_core.outbox import Media, RateLimit
from scheduler_core.settings import Settings

log = logging.getLogger(__name__)

_PREFIX = "whatsapp:"
_WINDOW = timedelta(hours=24)


_MB = 1_000_000
_OFFICE = "application/vnd.openxmlformats-officedocument"
_LARGEST_SHOWN_BYTES = {
    **dict.fromkeys(("image/jpeg", "image/png"), 5 * _MB),
    **dict.fromkeys(("audio/ogg", "audio/amr", "audio/mpeg", "audio/mp4", "audio/aac"), 16 * _MB),
    **dict.fromkeys(("application/pdf", "application/msword", "application/vnd.ms-excel"), 16 * _MB),
    **dict.fromkeys(
        (
            f"{_OFFICE}.{each}"
            for each in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
        ),
        16 * _MB,
    ),
}


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
        self._media = TwilioMedia(settings)
        self._contents = Contents(self._messages.client)
        self._templates = Templates(settings.whatsapp_templates, self._messages.client)

    @classmethod
    def connect(cls, settings: Settings) -> Self | None:
        return cls(settings) if has_account(settings) and settings.whatsapp_sender else None

    @classmethod
    def examine(cls, settings: Settings) -> Iterator[Finding] | None:
        return examined(settings) if settings.whatsapp_sender else None

    def routes(self, door: Door) -> APIRouter:
        return routes(self.name, door, _message)

    def invitation(self, token: str) -> str | None:
        return f"https://wa.me/{self._sender.lstrip('+')}?text={token}"

    def fetch(self, media: Media) -> Generator[bytes, None, None]:
        return self._media.fetch(media)

    def limits(self, message: OutboundMessage) -> Sequence[RateLimit]:
        """Of the sender, and of one reader: about one in six seconds, with room for a quick exchange."""
        return (
            RateLimit(f"whatsapp:{self._sender}", per_second=80, burst=80),
            RateLimit(
                f"whatsapp:{self._sender}:{message.address}", per_second=1 / 6, burst=10, one_reader=True
            ),
        )

    def send(self, message: OutboundMessage) -> Receipt:
        """Freely while the reader's 24 hours last; what comes too late all the same goes as a template."""
        if _is_open(message):
            receipt = self._sent(message, self._content(message))
            if receipt.error == VARIABLES_REFUSED:
                receipt = self._sent(message, self._without_buttons(message))
            if receipt.error != OUTSIDE_WINDOW:
                return receipt
        try:
            template = self._templates.filled(message)
        except TwilioRestException as refusal:
            return Receipt("try_again", error="no_template") if refusal.status >= 500 else refused(refusal)
        except RequestException:
            return Receipt("try_again", error="not_reached")
        if template is None:
            return Receipt("needs_a_person", error=OUTSIDE_WINDOW)
        return self._sent(message, _as_content(template))

    def look_up(self, message: OutboundMessage) -> Receipt | None:
        template, plain = self._templates.filled(message), with_file_written_out(message)
        bodies = {shaped(plain, self.capabilities).text, written_out(plain, self.capabilities).text}
        bodies |= {written_out(message, self.capabilities).text}
        bodies |= {template.body} if template else set()
        return self._messages.look_up(message, f"{_PREFIX}{message.address}", bodies)

    def _sent(self, message: OutboundMessage, content: Mapping[str, str]) -> Receipt:
        return self._messages.send(f"/whatsapp/status/{message.id}", f"{_PREFIX}{message.address}", content)

    def _content(self, message: OutboundMessage) -> dict[str, str]:
        """With buttons when Twilio has them for us, else with digits: an answer matters more than its looks.

        A file goes by itself, with its words and digits below it.
        """
        if url := _shown_file(message):
            body = written_out(message, self.capabilities).text
            return ({"body": body} if body else {}) | {"media_url": url}
        message = with_file_written_out(message)
        shape = shaped(message, self.capabilities)
        if not shape.labels:
            return {"body": shape.text}
        try:
            filled = self._contents.filled(message, shape)
        except (TwilioException, RequestException) as fault:
            log.warning("no buttons message=%s because=%s", message.id, type(fault).__name__)
            return self._without_buttons(message)
        return _as_content(filled)

    def _without_buttons(self, message: OutboundMessage) -> dict[str, str]:
        return {"body": written_out(with_file_written_out(message), self.capabilities).text}


def _shown_file(message: OutboundMessage) -> str | None:
    """Where Twilio finds a file that WhatsApp shows; it fetches from https alone.

    Source: https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages
    """
    enclosed = message.file
    if enclosed is None or not enclosed.url.startswith("https://"):
        return None
    largest = _LARGEST_SHOWN_BYTES.get(enclosed.file.media_type, 0)
    return enclosed.url if enclosed.file.size <= largest else None


def _is_open(message: OutboundMessage) -> bool:
    """Do the 24 hours after the reader's last message still last, as far as we know?"""
    wrote_lately = message.silent_for is not None and message.silent_for < _WINDOW
    return wrote_lately and not message.facts.get(WINDOW_CLOSED)


def _as_content(filled: Filled) -> dict[str, str]:
    return {"content_sid": filled.sid, "content_variables": filled.variables}


def _message(form: FormData) -> InboundMessage:
    return InboundMessage(
        provider_message_id=needed(form, "MessageSid"),
        address=needed(form, "From").removeprefix(_PREFIX),
        text=field(form, "Body"),
        choice=tapped(field(form, "ButtonPayload") or field(form, "ListId")),
        display_name=field(form, "ProfileName") or None,
        kind="location" if field(form, "Latitude") else kind_of(form),
        media=media_of(form),
    )
