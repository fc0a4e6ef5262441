"""One plan for every channel: what it can show of a message with choices and links.

Pure. What cannot be tapped is written out with digits, which `preroute.picked` takes as an answer on every channel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
    form = form_of(labels, can)
    lines = [message.text]
    if form == "digits":
        lines += [f"{n} {label}" for n, label in enumerate(labels, start=1)]
    if not can.link_buttons:
        lines += [f"{link.label}: {link.url}" for link in message.links]
    longest = can.longest_row if form == "list" else can.longest_button
    return Shaped(
        text=cut("\n".join(line for line in lines if line), can.longest_text),
        form=form,
        labels=() if form in ("plain", "digits") else tuple(cut(label, longest) for label in labels),
    )


def form_of(labels: Sequence[str], can: Capabilities) -> Form:
    """Buttons when all fit whole; else a list; a row may be cut, for its digits and the text say it in full."""
    if not labels:
        return "plain"
    whole = can.longest_button is None or all(len(label) <= can.longest_button for label in labels)
    if whole and (can.buttons is None or len(labels) <= can.buttons):
        return "buttons"
    return "list" if len(labels) <= can.rows else "digits"


def cut(text: str, longest: int | None) -> str:
    if longest is None or len(text) <= longest:
        return text
    return text[: longest - len(_CUT)].rstrip() + _CUT
