"""An update of Telegram as a message for the house, or nothing. Pure.

An edited message is heard as a new word on the same matter, after the old one: the old one may have been answered, and
"at 4" after "at 3" is how people correct themselves. Only private chats are heard; in a group we would answer people
who speak with each other. Source: https://core.telegram.org/bots/api#update
"""

import re
from collections.abc import Sequence

from telegram import (
    Animation,
    Audio,
    ChatMember,
    ChatMemberUpdated,
    Contact,
    Dice,
    Document,
    Location,
    Message,
    PhotoSize,
    Sticker,
    Update,
    User,
    Venue,
    Video,
    VideoNote,
    Voice,
)
from telegram.constants import ChatType

from channels.interface import InboundMessage, Kind
from scheduler_core.outbox import Media

_COMMAND = re.compile(r"/(start|help)(?:@\w+)?(?:\s+([\w-]{1,64}))?\s*", re.ASCII)
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_LONGEST_NAME = 120
_FILES = (PhotoSize, Document, Voice, Audio, Video, VideoNote, Animation)
_OF_DOOR: dict[str, Kind] = {ChatMember.BANNED: "blocked", ChatMember.MEMBER: "unblocked"}


def heard(update: Update, bot_id: str) -> InboundMessage | None:
    """None: nothing that a customer said to us."""
    if update.my_chat_member:
        return _door(update.my_chat_member, f"{bot_id}:{update.update_id}")
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.chat.type != ChatType.PRIVATE:
        return None
    if update.edited_message and not (message.text or message.caption):
        return None  # a shared position that moves on
    said = _said(message, message.from_user)
    if said is None:
        return None
    kind, text = said
    return InboundMessage(
        key_of(bot_id, update.update_id, message.message_id),
        address=str(message.chat.id),
        text=text,
        kind=kind,
        display_name=name_of(message.from_user),
        media=() if update.edited_message else _media(message),
    )


def key_of(bot_id: str, update_id: int, message_id: int) -> str:
    """Update ids begin again at random after a quiet week, so that one alone might come a second time."""
    return f"{bot_id}:{update_id}:{message_id}"


def name_of(user: User) -> str:
    return user.full_name[:_LONGEST_NAME]


def _door(change: ChatMemberUpdated, key: str) -> InboundMessage | None:
    kind = _OF_DOOR.get(change.new_chat_member.status)
    if kind is None or change.chat.type != ChatType.PRIVATE:
        return None
    address, name = str(change.chat.id), name_of(change.from_user)
    return InboundMessage(f"{key}:{kind}", address, "", kind=kind, display_name=name)


def _said(message: Message, sender: User) -> tuple[Kind, str] | None:
    if message.text is not None:
        return _typed(message.text, sender)
    match message.effective_attachment:
        case None:
            return None  # a notice of Telegram's own, such as a pinned message
        case Contact() as contact:
            return "contact", _own_number(contact, sender)
        case Location() | Venue():
            return "location", ""
        case Sticker(emoji=emoji) | Dice(emoji=emoji):
            return ("text", emoji) if emoji else ("photo", "")
    caption = message.caption or ""
    if message.photo:
        return "photo", caption
    return ("voice" if message.voice else "document"), caption


def _media(message: Message) -> tuple[Media, ...]:
    """What can be fetched; of a photo the largest size. What was sent stays the same when its caption is edited."""
    found = message.effective_attachment
    largest = found[-1] if isinstance(found, Sequence) and found else found
    if not isinstance(largest, _FILES):
        return ()
    return (Media(largest.file_id, getattr(largest, "file_name", None) or "", largest.file_size),)


def _typed(text: str, sender: User) -> tuple[Kind, str]:
    command = _COMMAND.fullmatch(text)
    match command and command.groups():
        case ("start", None):
            return "start", f"/start {sender.language_code or ''}".rstrip()
        case ("start", token):
            return "deep_link", token
        case ("help", None):
            return "help", ""
    return "text", text


def _own_number(contact: Contact, sender: User) -> str:
    """Telegram vouches for a number only when it is that of the one who sends it; empty for anybody else's."""
    number = f"+{contact.phone_number.lstrip('+')}"
    return number if contact.user_id == sender.id and _NUMBER.fullmatch(number) else ""
