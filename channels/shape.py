"""One plan for every channel: what it can show of a message with choices and links.

Pure. What cannot be tapped is written out with digits, which `preroute.picked` takes as an answer on every channel.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from channels.interface import Capabilities, OutboundMessage

Form = Literal["plain", "buttons", "list", "digits"]
_CUT = "…"


@dataclass(frozen=True)
class Shaped:
    """`text` has in it what the form cannot show; `labels` are those of the choices, as short as they must be."""

    text: str
    form: Form
    labels: tuple[str, ...] = ()


def shaped(message: OutboundMessage, can: Capabilities) -> Shaped:
    labels = [choice.label for choice in message.choices]
    text = _with_links(message, can)
    form = form_of(labels, can)
    if form in ("buttons", "list") and len(text) <= (can.longest_with_choices or len(text)):
        longest = can.longest_row if form == "list" else can.longest_button
        shown = tuple(cut(label, longest) for label in labels)
        if len(set(shown)) == len(set(labels)):
            return Shaped(cut(text, can.longest_text), form, shown)
    return written_out(message, can)


def written_out(message: OutboundMessage, can: Capabilities) -> Shaped:
    """With nothing to tap: every choice is a line with its digit, but for those that are mere digits themselves."""
    lines = [message.text]
    numbered = [(str(n), choice.label) for n, choice in enumerate(message.choices, start=1)]
    lines += [f"{n} {label}" for n, label in numbered if label != n]
    text = _with_links(replace(message, text="\n".join(lines)), can)
    return Shaped(cut(text, can.longest_text), "digits" if message.choices else "plain")


def form_of(labels: Sequence[str], can: Capabilities) -> Form:
    """Buttons when all fit whole; else a list; a row may be cut, for its digits and the text say it in full."""
    if not labels:
        return "plain"
    whole = can.longest_button is None or all(len(label) <= can.longest_button for label in labels)
    if whole and (can.buttons is None or len(labels) <= can.buttons):
        return "buttons"
    return "list" if len(labels) <= can.rows else "digits"


def with_file_written_out(message: OutboundMessage) -> OutboundMessage:
    """For who cannot be shown the file itself: its name, and where it is."""
    if message.file is None:
        return message
    named = f"{message.file.file.name}: {message.file.page}"
    return replace(message, text="\n".join(filter(None, [message.text, named])), file=None)


def _with_links(message: OutboundMessage, can: Capabilities) -> str:
    links = () if can.link_buttons else message.links
    return "\n".join([message.text, *(f"{link.label}: {link.url}" for link in links)])


def cut(text: str, longest: int | None) -> str:
    if longest is None or len(text) <= longest:
        return text
    return text[: longest - len(_CUT)].rstrip() + _CUT
