"""From the page of a conversation its customer is sent a link with which they go on in another chat."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.conversations import takeover
from scheduler_core.conversations.queries import to_change
from scheduler_core.customers import links
from scheduler_core.customers.queries import customer
from scheduler_core.customers.schemas import LinkIn
from scheduler_core.errors import NotConnected
from scheduler_core.outbox.words import words
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.roles import Permission

_NAMES = {"telegram": "Telegram", "whatsapp": "WhatsApp", "sms": "SMS"}


def chats_beside(caller: Caller, channel: str) -> Mapping[str, str]:
    """By channel, the names of those on which this caller may let a customer of another one go on."""
    if not caller.can(Permission.CHANGE_CUSTOMERS):
        return {}
    open_there = caller.settings.opens_chats_on - {channel}
    return {each: name for each, name in _NAMES.items() if each in open_there}


def send_link(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    conversation_id: int,
    channel: str,
    key: str,
) -> None:
    """The team says it where they speak now, as any other word. Raises ``NotConnected`` and as ``say`` does."""
    thread = to_change(session, business_id, conversation_id)
    if channel not in chats_beside(caller, thread.channel):
        raise NotConnected()
    link = links.make(session, caller, now, business_id, thread.customer_id, LinkIn(channel=channel))
    language = customer(session, business_id, thread.customer_id).language or "en"
    text = words(language, "link_sent", channel=_NAMES[channel], url=link.url)
    takeover.say(session, caller, now, business_id, conversation_id, text, key)
