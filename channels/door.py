"""What every channel's routes are given: one way to have a message heard, one way to read what was said.

It exists so that a channel only parses and sends; storing once, resolving typed picks and waking
whoever waits is the same for all of them.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from channels.bell import Bell
from channels.bot_client import BotClient
from channels.core_pages import CorePages
from channels.interface import Channel, Enclosed, InboundMessage
from channels.preroute import picked
from channels.problems import UnknownChoice
from channels.staff_line import StaffLine
from scheduler_core import outbox
from scheduler_core.clock import Clock
from scheduler_core.outbox import ChoiceRef, FeedItem, File, Heard, InboundRecord, Offer, Store, thread_of
from scheduler_core.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Door:
    """Safe to share between threads."""

    settings: Settings
    clock: Clock
    store: Store
    bot: BotClient
    core: CorePages
    staff_line: StaffLine
    bell: Bell
    channels: Mapping[str, Channel]

    def hear(self, channel: str, message: InboundMessage) -> Heard:
        """Store a message once. Raises UnknownChoice if it taps something never offered to this customer."""
        thread = thread_of(channel, message.address)
        message = _with_pick(message, self.store.last_offer(thread))
        if message.choice and self.store.choice(thread, message.choice) is None:
            raise UnknownChoice
        heard = self.store.hear(
            InboundRecord(
                channel=channel,
                provider_message_id=message.provider_message_id,
                address=message.address,
                kind="choice" if message.choice else message.kind,
                text=_storable(message.text),
                choice=message.choice,
                display_name=message.display_name,
                media=message.media,
            )
        )
        log.info("heard message=%s channel=%s duplicate=%s", heard.inbound_id, channel, heard.duplicate)
        self.bell.ring(thread)
        return heard

    def enclosed(self, file: File) -> Enclosed:
        """A file of ours as channels are given it."""
        return Enclosed(file, self.link_to(file.id), partial(self.core.file, file.id))

    def link_to(self, attachment_id: int) -> str:
        return outbox.link_to(self.settings, attachment_id, self.clock())

    def feed(self, channel: str, address: str, after: int) -> Sequence[FeedItem]:
        return self.store.feed(thread_of(channel, address), after)


def _with_pick(message: InboundMessage, offer: Offer | None) -> InboundMessage:
    """A digit or label means the offer that was open when it was typed, however late it is answered.

    A tap is kept with the words on its button, so that the conversation can be read later.
    """
    if offer is None:
        return message
    if message.choice is None and message.kind != "text":
        return message
    if message.choice is None:
        n = picked(message.text, offer.choices)
        return message if n is None else replace(message, choice=ChoiceRef(offer.message_id, n))
    known = message.choice.message_id == offer.message_id and message.choice.n < len(offer.choices)
    return replace(message, text=offer.choices[message.choice.n].label) if known else message


def _storable(text: str) -> str:
    """What every database takes: no NUL, no half of a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
