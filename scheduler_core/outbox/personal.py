"""What this room knows of a person: every message of their threads, and what staff were told about them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, tuple_, update
from sqlalchemy.orm import Session

from scheduler_core.db.session import serialise
from scheduler_core.outbox.models import FeedEntry, InboundMessage, Job, OutboundMessage, ShutAddress
from scheduler_core.outbox.outgoing import ABOUT, WRITTEN_IN
from scheduler_core.outbox.records import thread_of
from scheduler_core.outbox.shut import open_again
from scheduler_core.outbox.words import words
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Person, Room, kept

#: What a notice may still say about a visit whose person is forgotten, beside the ids and numbers in it.
_IMPERSONAL = {"service", "staff", "location", "when", "was", "last", "count", "channel", WRITTEN_IN}
#: A notice on several visits lists them in one fact, in the order of their ids in another: in a line, or on lines.
_LISTED, _IDS, _BETWEEN = "visits", "appointment_ids", ("\n", "; ")


def _export(session: Session, person: Person) -> dict[str, Any]:
    threads = _threads(person)
    heard = select(InboundMessage).where(_in_threads(InboundMessage, person, threads))
    said = select(OutboundMessage).where(_in_threads(OutboundMessage, person, threads))
    return {
        "messages_in": [kept(row) for row in session.scalars(heard.order_by(InboundMessage.id))],
        "messages_out": [kept(row) for row in session.scalars(said.order_by(OutboundMessage.id))],
        "addresses_that_take_nothing": [
            kept(row)
            for row in session.scalars(
                select(ShutAddress).where(
                    ShutAddress.business_id == person.business_id,
                    tuple_(ShutAddress.channel, ShutAddress.address).in_(sorted(person.addresses)),
                )
            )
        ],
        "notices_to_staff": [_theirs(row, person) for row in _notices(session, person, threads)],
    }


def _erase(session: Session, _caller: Caller, _now: datetime, person: Person) -> None:
    """Messages go with their jobs: who is sending or answering one now finds that it is not theirs any more."""
    threads = _threads(person)
    for thread in threads:
        serialise(session, thread)
    for table in (FeedEntry, InboundMessage, OutboundMessage):
        session.execute(delete(table).where(_in_threads(table, person, threads)))
    for channel, address in person.addresses:
        open_again(session, person.business_id, channel, address, only_this=True)
    session.execute(delete(Job).where(Job.business_id == person.business_id, Job.order_key.in_(threads)))
    for notice in _notices(session, person, threads):
        if ABOUT in notice.facts:
            _forget_answer(session, notice, person)
        else:
            _forget_name(notice, person)
    session.flush()


def _threads(person: Person) -> list[str]:
    return sorted(thread_of(channel, address) for channel, address in person.addresses)


def _in_threads(
    table: type[FeedEntry | InboundMessage | OutboundMessage], person: Person, threads: list[str]
) -> ColumnElement[bool]:
    return (table.business_id == person.business_id) & table.thread.in_(threads)


def _notices(session: Session, person: Person, threads: list[str]) -> list[OutboundMessage]:
    """What was said to others about the person, their visits or their threads, as the facts tell."""
    about = [
        OutboundMessage.facts[f"{kind}_id"].as_integer().in_(person.ids(kind)) for kind in person.kinds()
    ]
    rows = session.scalars(
        select(OutboundMessage)
        .where(
            OutboundMessage.business_id == person.business_id,
            OutboundMessage.thread.not_in(threads),
            or_(*about, *(OutboundMessage.facts[name].as_string().is_not(None) for name in (_IDS, ABOUT))),
        )
        .order_by(OutboundMessage.id)
    )
    theirs = {_IDS: set(person.ids("appointment")), ABOUT: {person.customer_id}}
    return [
        row
        for row in rows
        if all(name not in row.facts or ids.intersection(row.facts[name]) for name, ids in theirs.items())
    ]


def _theirs(notice: OutboundMessage, person: Person) -> dict[str, Any]:
    """A notice without what it says of others."""
    if len(notice.facts.get(ABOUT, ())) > 1:
        return kept(notice) | {"text": "…", "choices": []}
    if _IDS not in notice.facts:
        return kept(notice)
    own = set(person.ids("appointment"))
    facts = notice.facts | {_LISTED: _listed(notice, own.__contains__, "…")}
    return kept(notice) | {"facts": facts, "text": _worded(notice, facts, person)}


def _forget_name(notice: OutboundMessage, person: Person) -> None:
    """Word the notice anew, with only what does not tell who it was."""
    if _IDS in notice.facts:
        own = set(person.ids("appointment"))
        facts = notice.facts | {_LISTED: _listed(notice, lambda visit: visit not in own, person.alias)}
    else:
        facts = {
            name: value if name in _IMPERSONAL or isinstance(value, int) else ""
            for name, value in notice.facts.items()
        }
        facts["customer"] = person.alias
    notice.text, notice.facts = _worded(notice, facts, person), facts
    notice.choices, notice.links, notice.files, notice.error = [], [], [], None


def _forget_answer(session: Session, answer: OutboundMessage, person: Person) -> None:
    """What staff were answered about them, and what they had asked for it."""
    asked = (InboundMessage.business_id == person.business_id) & (InboundMessage.thread == answer.thread)
    turn = answer.idem_key.removeprefix("reply:").rpartition(":")[0]
    session.execute(update(InboundMessage).where(asked, InboundMessage.turn_id == turn).values(text=""))
    answer.text = words(person.language, "staff_forgotten", customer=person.alias)
    answer.choices, answer.links, answer.error = [], [], None


def _listed(notice: OutboundMessage, stays: Callable[[int], bool], instead: str) -> str:
    """The visits that a notice lists, some of them replaced; all, when it is not clear which is which."""
    keys = notice.facts[_IDS]
    for between in _BETWEEN:
        parts = notice.facts[_LISTED].split(between)
        if len(keys) == len(parts):
            return between.join(
                part if stays(key) else instead for key, part in zip(keys, parts, strict=True)
            )
    return instead


def _worded(notice: OutboundMessage, facts: dict[str, Any], person: Person) -> str:
    try:
        return words(person.language, notice.kind, **facts)
    except KeyError:  # never worded from its facts
        return ""


ROOM = Room(export=_export, erase=_erase)
