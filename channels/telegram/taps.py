"""A tapped button: heard once however often it is tapped, answered at once, and its message left without choices."""

from concurrent.futures import Future, wait
from typing import Any

from telegram import CallbackQuery, Message
from telegram.constants import ChatType

from channels.door import Door
from channels.interface import InboundMessage
from channels.problems import UnknownChoice
from channels.telegram.api import TelegramApi
from channels.telegram.updates import name_of
from channels.telegram.wording import after_tap, choice_of
from scheduler_core import outbox
from scheduler_core.outbox import ChoiceRef, thread_of

_COURTESY_SECONDS = 0.5
"""Telegram is not kept waiting for its own answers; what takes longer goes on by itself."""


def take(door: Door, api: TelegramApi, query: CallbackQuery) -> None:
    """Keep the tap, then answer it: an update that comes again after a crash finds the one and repeats the other."""
    if query.message is None or query.message.chat.type != ChatType.PRIVATE:
        courtesies: list[Future[Any]] = [api.answer(query.id, None)]
    else:
        ref = choice_of(query.data)
        label = _open_label(door, query, ref)
        toast = _heard(door, api, query, ref)
        courtesies = [api.answer(query.id, toast and _words(door, query, toast))]
        courtesies += _without_choices(api, query, label)
    wait(courtesies, timeout=_COURTESY_SECONDS)


def _heard(door: Door, api: TelegramApi, query: CallbackQuery, ref: ChoiceRef | None) -> str | None:
    """What is to be said over the chat at once, if anything: the answer proper comes as a message."""
    if ref is None:
        return "offer_gone"
    key = f"{api.bot_id}:d:{ref.message_id}:{ref.n}"
    said = InboundMessage(key, _address(query), "", ref, name_of(query.from_user))
    try:
        return "tapped_already" if door.hear("telegram", said).duplicate else None
    except UnknownChoice:
        return "offer_gone"


def _open_label(door: Door, query: CallbackQuery, ref: ChoiceRef | None) -> str | None:
    """What the button says, if what it belongs to still stands open."""
    offer = door.store.last_offer(thread_of("telegram", _address(query)))
    if offer is None or ref is None or offer.message_id != ref.message_id or ref.n >= len(offer.choices):
        return None
    return offer.choices[ref.n].label


def _without_choices(api: TelegramApi, query: CallbackQuery, label: str | None) -> list[Future[Any]]:
    """A message that Telegram no longer shows us keeps its words and loses its buttons."""
    message = query.message
    assert message
    text, keyboard = (message.text, message.reply_markup) if isinstance(message, Message) else (None, None)
    left = after_tap(text, label, keyboard)
    return [api.edit(message.chat.id, message.message_id, left.text or None, left.keyboard)]


def _words(door: Door, query: CallbackQuery, key: str) -> str:
    thread = thread_of("telegram", _address(query))
    return outbox.words(door.store.language(thread) or query.from_user.language_code or "en", key)


def _address(query: CallbackQuery) -> str:
    return str(query.from_user.id)
