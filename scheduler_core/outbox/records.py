"""What passes between the outbox and the people who read from it and write to it: plain frozen values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Self


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says and the payload that a tap stands for."""

    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A kept file that goes with a message. ``page``: where its reader finds it when their channel cannot show it."""

    id: int
    name: str
    media_type: str
    size: int
    page: str | None = None

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Media:
    """What came with a message: where its provider has it (``ref``), or as which ``kept_id`` the house has it.

    ``size``: as its provider says; ``media_type``: of its content, once it is kept.
    """

    ref: str = ""
    name: str = ""
    size: int | None = None
    kept_id: int | None = None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One outbound message, before any channel has shaped it; ``language``: what it is written in, if told.

    ``about``: the ids of customers whom it names to somebody else. Channels show one of the ``files``: who has several
    to say queues several messages.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    language: str | None = None
    about: tuple[int, ...] = ()
    files: tuple[File, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "choices": [{"label": choice.label, "payload": choice.payload} for choice in self.choices],
            "links": [{"label": link.label, "url": link.url} for link in self.links],
            "files": [asdict(file) for file in self.files],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        return cls(
            text=str(value.get("text") or ""),
            choices=tuple(Choice(str(c["label"]), str(c["payload"])) for c in value.get("choices") or ()),
            links=tuple(Link(str(li["label"]), str(li["url"])) for li in value.get("links") or ()),
            language=value.get("language"),
            files=tuple(File(**each) for each in value.get("files") or ()),
        )


@dataclass(frozen=True, slots=True)
class ChoiceRef:
    """The ``n``-th choice (from 0) of our message ``message_id``."""

    message_id: int
    n: int


@dataclass(frozen=True, slots=True)
class InboundRecord:
    """A message as a channel heard it. ``id`` is ours and 0 until it is stored."""

    channel: str
    provider_message_id: str
    address: str
    kind: str
    text: str
    choice: ChoiceRef | None = None
    display_name: str | None = None
    id: int = 0
    media: tuple[Media, ...] = ()

    @property
    def thread(self) -> str:
        return thread_of(self.channel, self.address)


@dataclass(frozen=True, slots=True)
class Heard:
    inbound_id: int
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """All that one person said since our last answer; ``turn_id`` stays when the turn is tried again."""

    thread: str
    channel: str
    address: str
    display_name: str | None
    messages: tuple[InboundRecord, ...]
    turn_id: str
    attempts: int
    token: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Choices that stand open: nothing has been said to the thread since."""

    message_id: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """One message to hand to a channel. ``tried_at``: of a try that nobody saw end, and that may have got through.

    ``kind``: what it is for, as whoever queued it named it ("reply"); ``facts``: what it says, by name, as they told
    them; ``waited``: since it was queued; ``silent_for``: since its reader last wrote to us there, ``None``: never;
    ``known``: when there is a doubt, the names that its provider gave to others of our messages there; ``shut``: the
    code with which it was found that nothing arrives there.
    """

    job_id: int
    message_id: int
    channel: str
    address: str
    thread: str
    kind: str
    plan: Plan
    attempts: int
    lease_until: datetime
    waited: timedelta
    tried_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    silent_for: timedelta | None = None
    known: frozenset[str] = frozenset()
    shut: str | None = None


@dataclass(frozen=True, slots=True)
class Shutting:
    """Nothing reaches ``address`` any more, or what begins so (``+1*``); ``lasts``: how long, ``None`` for ever."""

    address: str
    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a sending: sent, delivered, read, failed or unknown.

    Of one that failed: ``later``: its reader may be reached in some hours; ``refused``: they want nothing from us;
    ``again_with``: it is to be said once more at once, with these facts as well; ``shuts``: where nothing arrives.
    ``parts``: for how many the provider bills it, if at all.
    """

    state: str
    provider_id: str | None = None
    error: str | None = None
    later: bool = False
    refused: bool = False
    again_with: Mapping[str, Any] | None = None
    shuts: Shutting | None = None
    parts: int | None = None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One line of a conversation as its own page shows it.

    ``id`` is the cursor for ``after_id`` (the order in which things became visible); ``message_id`` is what a
    ``ChoiceRef`` names: our outbound message's id, ``None`` for what the customer said. ``said_as`` is the
    channel's own id of what the customer said (``provider_message_id``). ``files`` are ours, ``media`` the customer's.
    """

    id: int
    who: str
    text: str
    choices: tuple[Choice, ...]
    links: tuple[Link, ...]
    at: datetime
    message_id: int | None = None
    said_as: str | None = None
    files: tuple[File, ...] = ()
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffChat:
    """A chat that is a staff member's and no customer's."""

    id: int
    staff_id: int


Speaker = Literal["customer", "assistant", "staff"]


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a transcript; ``state``: ``heard``, or how far a message of ours came.

    ``said_on``: the channel it was said on instead; ``not_reached_on``: the one that it is said instead of.
    ``inbound_id`` names what the customer said, ``files`` are those that went with what we said, ``kept_ids`` those
    that were kept before they said it.
    """

    who: Speaker
    text: str
    at: datetime
    state: str
    said_on: str | None = None
    not_reached_on: str | None = None
    inbound_id: int | None = None
    files: tuple[File, ...] = ()
    kept_ids: tuple[int, ...] = ()


def thread_of(channel: str, address: str) -> str:
    """The key of one conversation, everywhere."""
    return f"{channel}:{address}"
