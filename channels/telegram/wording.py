"""How a message looks on Telegram: plain text, a keyboard of choices, links below them. Pure.

Lengths: https://core.telegram.org/bots/api#sendmessage (4096) and #inlinekeyboardbutton (callback data: 64 bytes).
"""

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from channels.interface import Capabilities, OutboundMessage
from channels.shape import shaped
from scheduler_core.outbox import ChoiceRef, Link

LONGEST_TEXT = 4_096
LONGEST_CAPTION = 1_024
_WIDEST_LABEL = {3: 8, 2: 16}
"""So many buttons share a row of a narrow phone when none is longer."""
_PRESSED = "✓"
_DATA = re.compile(r"d:([0-9]{1,18}):([0-9]{1,2})")

Keyboard = list[list[InlineKeyboardButton]]


@dataclass(frozen=True)
class Shown:
    text: str
    keyboard: InlineKeyboardMarkup | None


def shown(message: OutboundMessage, can: Capabilities) -> Shown:
    """What Telegram would refuse as a button's address is written out."""
    written = [link for link in message.links if not _is_public(link.url)]
    plain = shaped(replace(message, links=written), replace(can, link_buttons=False))
    choices = [
        InlineKeyboardButton(label, callback_data=data_of(ChoiceRef(message.id, n)))
        for n, label in enumerate(plain.labels)
    ]
    links = [_link_button(link) for link in message.links if link not in written]
    return Shown(plain.text, _markup([*_rows(choices), *links]))


def after_tap(text: str | None, label: str | None, keyboard: InlineKeyboardMarkup | None) -> Shown:
    """The same message without its choices; what was picked is left to read, where it fits."""
    rows = keyboard.inline_keyboard if keyboard else ()
    links = [[button] for row in rows for button in row if button.url]
    picked = f"{text}\n\n{_PRESSED} {label}" if text and label else ""
    return Shown(picked if len(picked) <= LONGEST_TEXT else "", _markup(links))


def data_of(ref: ChoiceRef) -> str:
    """What a button tells us when it is tapped; what it means is in the database."""
    return f"d:{ref.message_id}:{ref.n}"


def choice_of(data: str | None) -> ChoiceRef | None:
    """None: no button of ours. Anybody may send any data."""
    found = _DATA.fullmatch(data or "")
    return ChoiceRef(int(found[1]), int(found[2])) if found else None


def _markup(rows: Keyboard) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup(rows) if rows else None


def _rows(buttons: Sequence[InlineKeyboardButton]) -> Iterator[list[InlineKeyboardButton]]:
    """As many in a row as can be read."""
    row: list[InlineKeyboardButton] = []
    for button in buttons:
        wider = [*row, button]
        if row and max(len(each.text) for each in wider) > _WIDEST_LABEL.get(len(wider), 0):
            yield row
            wider = [button]
        row = wider
    if row:
        yield row


def _link_button(link: Link) -> list[InlineKeyboardButton]:
    return [InlineKeyboardButton(link.label, url=link.url)]


def _is_public(url: str) -> bool:
    """Telegram takes http(s) addresses with a dot in their host; one of this machine is nobody's but ours."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "." not in host or re.search(r"\s", url):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return not host.endswith((".local", ".localhost", ".internal"))
