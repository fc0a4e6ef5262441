"""What a channel is: the one page a new channel is written against.

The rest of the house sees only these names, so that a channel is added by writing one folder and
one line in `registry.py`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from fastapi import APIRouter

from scheduler_core import outbox
from scheduler_core.outbox import Choice, ChoiceRef, File, Link, Media, RateLimit, Shutting
from scheduler_core.settings import Settings

if TYPE_CHECKING:
    from channels.door import Door

Kind = Literal[
    "text", "choice", "photo", "document", "voice", "location", "contact",
    "start", "help", "deep_link", "blocked", "unblocked",
]  # fmt: skip
ReceiptState = Literal["sent", "try_again", "unreachable", "unknown", "needs_a_person", "never"]


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do, so that nobody has to ask for its name. Lengths are in characters, None is no limit."""

    opt_out_words: frozenset[str]
    """Bare words that mean "stop writing to me" on this channel, lower case."""
    opt_in_words: frozenset[str] = frozenset({"start", "unstop", "alta"})
    """Bare words with which who has opted out wants to hear from us again; from anybody else they are words."""
    opt_in_answers: frozenset[str] = frozenset()
    """The same, while nothing is asked of them: the provider takes these for an opt-in, and people for an answer."""
    buttons: int | None = 0
    """So many choices can be tapped under a message."""
    rows: int = 0
    """So many choices can be picked from a list that opens; more than either are written out with digits."""
    longest_button: int | None = None
    longest_row: int | None = None
    link_buttons: bool = False
    """A link is shown as a button; without it its address is written out."""
    longest_text: int | None = None
    longest_with_choices: int | None = None
    """Of a text with buttons or a list below it."""
    may_mean_a_visit: frozenset[str] = frozenset()
    """Those of the opt-out words with which somebody may only have wanted to drop a visit."""
    help_words: frozenset[str] = frozenset()
    """Bare words that are answered with who we are, how to reach a person and how to stop."""
    introduces_us: bool = False
    """The first message ever to an address says who writes, that it is an assistant, and how to stop."""
    opt_out_is_confirmed: bool = False
    """The provider itself answers an opt-out, and then takes nothing more from us."""
    looks_up: bool = False
    """The provider can tell whether a message that nobody saw end was taken."""
    harmless_twice: bool = False
    """Sending a message again changes nothing for its reader."""


@dataclass(frozen=True)
class InboundMessage:
    """One thing a customer said or did, as its channel parsed it.

    The text of a photo or document is its caption, of a contact the customer's own number (empty: somebody
    else's), of a deep link its token, of a start "/start" and the language of their phone. "blocked" and
    "unblocked": they have shut us out or let us in again.
    """

    provider_message_id: str
    address: str
    text: str
    choice: ChoiceRef | None = None
    display_name: str | None = None
    kind: Kind = "text"
    media: tuple[Media, ...] = ()


@dataclass(frozen=True)
class Enclosed:
    """A file of ours: `url` opens it for whoever has it, for two days; `read` fetches it (CoreAway, FileGone)."""

    file: File
    url: str
    read: Callable[[], bytes]

    @property
    def page(self) -> str:
        """Where its reader finds it, when the channel itself cannot show it."""
        return self.file.page or self.url


@dataclass(frozen=True)
class OutboundMessage:
    """One message for one customer, ready to be put into the channel's own form.

    `kind`: what it is for, as whoever queued it named it; `language`: what it is written in, if told; `facts`: what it
    says, by name, if told; `tried_at`: of a try that nobody saw end; `known`: then, what the provider calls others of
    our messages to this reader; `silent_for`: since its reader last wrote there, None: never; `file`: goes with it.
    """

    id: int
    address: str
    text: str
    choices: Sequence[Choice] = field(default=())
    links: Sequence[Link] = field(default=())
    kind: str = "reply"
    language: str | None = None
    tried_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    silent_for: timedelta | None = None
    known: frozenset[str] = frozenset()
    file: Enclosed | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of one attempt to send; each failing state is acted on differently by `delivery`.

    `error` is a code or the name of a fault, never a provider's text, which may quote a customer. `after`: the provider
    named the pause it wants, `of` this message, of everything we send, or of either, which it did not say. `opted_out`:
    the reader has told the provider that they want nothing from us. "unreachable": perhaps not in some hours. `shuts`:
    where nothing arrives any more, and is to be tried no more. `parts`: for how many the provider bills it, if at all.
    """

    state: ReceiptState
    provider_id: str | None = None
    error: str | None = None
    after: timedelta | None = None
    of: Literal["message", "sender", "either"] = "message"
    opted_out: bool = False
    shuts: Shutting | None = None
    parts: int | None = None

    def as_end(self) -> outbox.Receipt:
        """What is kept of it when the message is not tried again from here."""
        state = self.state if self.state in ("sent", "unknown") else "failed"
        later = self.state in ("unreachable", "try_again")
        return outbox.Receipt(
            state,
            self.provider_id,
            self.error,
            later=later,
            refused=self.opted_out,
            shuts=self.shuts,
            parts=self.parts,
        )


@dataclass(frozen=True)
class Finding:
    """One step of connecting a channel, as it was found; `advice` is what to do next, empty where all is well."""

    step: str
    advice: str = ""


class Away(Exception):
    """The provider does not answer."""


class MediaTrouble(Exception):
    """A file that came in cannot be fetched: gone for good, away for now, or too large by what its provider says."""

    def __init__(self, why: Literal["gone", "away", "too_large"]) -> None:
        super().__init__(why)
        self.why = why


class Channel(ABC):
    """A way to talk with customers."""

    name: ClassVar[str]
    capabilities: ClassVar[Capabilities]

    @classmethod
    @abstractmethod
    def connect(cls, settings: Settings) -> Self | None:
        """The channel as it is configured; None when it is not."""

    @classmethod
    def examine(cls, settings: Settings) -> Iterator[Finding] | None:
        """Every step of connecting it, up to one that the rest depend on; None: no setting asks for this channel.

        The provider is asked, and answers within seconds or counts as away; nothing is changed there.
        """
        return iter(())

    @abstractmethod
    def routes(self, door: Door) -> APIRouter:
        """The webhook (and page) of this channel; everything heard goes through `door.hear`."""

    @abstractmethod
    def send(self, message: OutboundMessage) -> Receipt:
        """Hand one message to the provider. Called without a transaction, one message of a reader at a time."""

    def fetch(self, media: Media) -> Generator[bytes, None, None]:
        """The bytes of what came with a message, in pieces. Raises MediaTrouble."""
        raise MediaTrouble("gone")
        yield b""

    def limits(self, message: OutboundMessage) -> Sequence[RateLimit]:
        """How fast the provider takes messages, of this sender and for this reader."""
        return ()

    def look_up(self, message: OutboundMessage) -> Receipt | None:
        """What became of a try that nobody saw end; None: the provider does not have it, or cannot tell."""
        return None

    def invitation(self, token: str) -> str | None:
        """An address that opens a chat with us there in which the token is said; None: this channel has none.

        Raises Away when the provider has to be asked and does not answer.
        """
        return None

    def listen(self, door: Door, stopping: Event) -> None:
        """Fetch what the provider does not bring, in a thread of its own, until `stopping` is set."""
        return None

    def close(self) -> None:
        """The house closes: give back connections and threads; a `listen` that waits ends now."""
        return None
