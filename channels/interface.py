"""What a channel is: the one page a new channel is written against.

The rest of the house sees only these names, so that a channel is added by writing one folder and
one line in `registry.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from fastapi import APIRouter

from scheduler_core.outbox import Choice, ChoiceRef, Link

if TYPE_CHECKING:
    from channels.door import Door

Kind = Literal["text", "choice"]
ReceiptState = Literal["sent", "try_again", "needs_a_person", "never"]


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do, so that nobody has to ask for its name."""

    buttons: bool
    """Choices can be tapped; without it they are written out with digits."""
    longest_text: int | None
    """Characters that fit into one message; None is no limit."""
    opt_out_words: frozenset[str]
    """Bare words that mean "stop writing to me" on this channel, lower case."""


@dataclass(frozen=True)
class InboundMessage:
    """One thing a customer said, as its channel parsed it."""

    provider_message_id: str
    address: str
    text: str
    choice: ChoiceRef | None = None
    display_name: str | None = None

    @property
    def kind(self) -> Kind:
        return "choice" if self.choice else "text"


@dataclass(frozen=True)
class OutboundMessage:
    """One message for one customer, ready to be put into the channel's own form."""

    id: int
    address: str
    text: str
    choices: Sequence[Choice] = field(default=())
    links: Sequence[Link] = field(default=())


@dataclass(frozen=True)
class Receipt:
    """What became of one attempt to send; each failing state is acted on differently by `delivery`."""

    state: ReceiptState
    provider_id: str | None = None
    error: str | None = None


class Channel(Protocol):
    """A way to talk with customers."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def routes(self, door: Door) -> APIRouter:
        """The webhook (and page) of this channel; everything heard goes through `door.hear`."""
        ...

    def send(self, message: OutboundMessage) -> Receipt:
        """Hand one message to the provider. Called without a transaction, never twice at once."""
        ...
