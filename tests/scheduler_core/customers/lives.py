"""A person who has left something in every room, in words that nobody else would use."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.models import (
    Appointment,
    AppointmentChange,
    AppointmentItem,
    Series,
    VisitFlag,
)
from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.businesses.policy import Policy
from scheduler_core.customers.models import ContactLink
from scheduler_core.feedback.models import ASKED, FollowUp
from scheduler_core.outbox import InboundRecord, Plan
from scheduler_core.outbox.store import Store
from scheduler_core.permissions.models import AnsweredRequest, ApiKey
from scheduler_core.waitlist.models import WaitlistOffer
from tests.builders.core import Core
from tests.builders.files import JPEG, brings
from tests.builders.parts import resource_of

NAME, EARLIER_NAME, PHONE, WEB = "Wilhelmina Quagmire", "Minna Quill", "+15550117733", "visitor-8d41"
NOTE, ATTENDEE, REASON = "lavender makes me sneeze", "little Oskar", "off on honeymoon"
SAID, ANSWERED, DRAFTED, WAITING = "my bunions ache", "see you soon dear", "balayage maybe", "before the gala"
OPINION = "my fringe looks like a hedge"
FILE = "my poor fringe"
HANDED, STOP, KEY, PROVIDER_ID = (
    "nobody rang me back",
    "stop pestering me",
    "mobile of Quagmire",
    "wamid.8d41",
)

#: Whatever a search for the person could be for.
WORDS = (
    *("Wilhelmina", "Quagmire", "Minna", "Quill", PHONE, WEB, NOTE, ATTENDEE, REASON, SAID, ANSWERED),
    *(DRAFTED, WAITING, OPINION, HANDED, STOP, KEY, PROVIDER_ID, FILE),
)


def _link(session: Session, core: Core, customer: int) -> None:
    """One that was shown to them, to go on in another chat."""
    ends_at = core.clock() + timedelta(days=1)
    of = {"business_id": core.salon.id, "customer_id": customer}
    session.add(ContactLink(**of, channel="telegram", digest="not a token", ends_at=ends_at))


@dataclass(frozen=True)
class Life:
    """Ids of what was made."""

    customer: int
    conversation: int
    past_visit: int
    coming_visit: int
    entry: int


def a_life(core: Core) -> Life:
    person = _met(core)
    customer, conversation = person["customer"]["id"], person["conversation"]["id"]
    core.write(lambda session: _link(session, core, customer))
    for path, body in (
        (f"customers/{customer}/contact-points", {"channel": "sms", "address": PHONE}),
        (f"customers/{customer}/consent", _consent(WEB, True, "yes do write")),
        (f"customers/{customer}/consent", _consent(WEB, False, STOP)),
    ):
        assert core.ask("POST", path, body).is_success
    draft = {"expected_version": 0, "state": {"wish": DRAFTED}, "turn_id": "t1-1", "plan": {"text": ANSWERED}}
    assert core.ask("PUT", f"conversations/{conversation}/draft", draft).is_success
    told = core.ask("POST", f"conversations/{conversation}/handoff", {"reason": HANDED}, key="handoff-1")
    assert told.is_success, told.text
    assert core.ask("PATCH", f"customers/{customer}", {"name": NAME}).is_success
    complains = {"reason": HANDED, "about": "complaint"}
    again = core.ask("POST", f"conversations/{conversation}/handoff", complains, key="handoff-2")
    assert again.is_success
    _talk(core)
    brings(core, JPEG, conversation_id=conversation, name=f"{FILE}.jpg", sent_by="customer")
    past, coming = core.write(lambda session: _visits(session, core, customer, conversation))
    entry = core.ask("POST", "waitlist", _wish(core, customer, coming), key="wait-1").json()["id"]
    opinion = {"customer_id": customer, "appointment_id": past, "score": 2, "words": OPINION}
    assert core.ask("POST", "feedback", opinion, key="feedback-1").status_code == 201
    core.write(lambda session: _asked_how_it_was(session, core, customer, past))
    core.write(lambda session: _keys(session, core, customer, past))
    core.write(lambda session: _offer(session, core, customer, entry))
    return Life(customer, conversation, past, coming, entry)


def a_visit(session: Session, core: Core, customer: int, days: float, **fields: Any) -> Appointment:
    """A visit of an hour with Ana, so many days from now, that keeps her time."""
    now, salon = core.clock(), core.salon
    start = now + timedelta(days=days)
    named = {"service_id": salon.service, "staff_id": salon.ana, "business_id": salon.id}
    when = {"start_at": start, "end_at": start + timedelta(hours=1)}
    plain = {
        "customer_id": customer,
        "location_id": salon.location,
        "status": "booked",
        "zone": "America/New_York",
        "wall_start": "2027-03-02T09:00",
        "price_minor": 4000,
        "currency": "USD",
        "policy": Policy().model_dump(),
        "calendar_token": f"token-{customer}-{days}",
        "created_at": now,
        "updated_at": now,
    }
    visit = Appointment(**named, **when, **{**plain, **fields})
    session.add(visit)
    session.flush()
    of = {"business_id": salon.id, "appointment_id": visit.id}
    session.add(AppointmentItem(**named, **when, appointment_id=visit.id, position=0, price_minor=4000))
    session.add(Reservation(**of, **when, resource_id=resource_of(session, salon.ana)))
    session.flush()
    return visit


def _met(core: Core) -> Any:
    opened = {"channel": "web", "address": WEB, "display_name": EARLIER_NAME}
    return core.ask("POST", "conversations/open", opened).json()


def _asked_how_it_was(session: Session, core: Core, customer: int, visit: int) -> None:
    of = {"business_id": core.salon.id, "customer_id": customer, "appointment_id": visit}
    session.add(FollowUp(**of, what=ASKED, at=core.clock()))


def _consent(address: str, granted: bool, evidence: str) -> dict[str, Any]:
    return {"channel": "web", "address": address, "granted": granted, "evidence": evidence}


def _wish(core: Core, customer: int, coming: int) -> dict[str, Any]:
    return {
        "customer_id": customer,
        "service_id": core.salon.service,
        "ranges": [{"start": "2027-03-02T14:00:00Z", "end": "2027-03-02T18:00:00Z"}],
        "earlier_appointment_id": coming,
        "note": WAITING,
    }


def _talk(core: Core) -> None:
    """One answered turn, one reply that is sent, and one turn that still waits."""
    store = Store(core.database, core.clock, core.salon.id)
    store.hear(InboundRecord("web", PROVIDER_ID, WEB, "text", SAID, display_name=EARLIER_NAME))
    turn = store.claim_turn("worker")
    assert turn is not None
    assert store.finish_turn(turn, [Plan(ANSWERED), Plan(f"{ANSWERED}, {NAME}")])
    sending = store.claim_sending("worker")
    assert sending is not None
    store.put_off_sending(sending, timedelta(minutes=5), f"no answer from {WEB}")
    store.hear(InboundRecord("sms", f"{PROVIDER_ID}-2", PHONE, "text", f"{SAID} again"))
    assert core.ask("POST", "conversations/open", {"channel": "sms", "address": PHONE}).is_success


def _visits(session: Session, core: Core, customer: int, conversation: int) -> tuple[int, int]:
    now, business = core.clock(), core.salon.id
    series = Series(
        business_id=business,
        customer_id=customer,
        rrule="FREQ=WEEKLY",
        zone="America/New_York",
        wall_start="2027-02-23T09:00",
        created_at=now,
    )
    session.add(series)
    session.flush()
    words = {"note": NOTE, "attendee": ATTENDEE, "series_id": series.id}
    past = a_visit(session, core, customer, -7, status="fulfilled", **words)
    coming = a_visit(session, core, customer, 7, **words)
    a_visit(session, core, customer, -14, status="cancelled", cancel_reason=REASON)
    of = {"business_id": business, "appointment_id": past.id}
    before = {"status": "booked", "note": NOTE, "attendee": ATTENDEE, "cancel_reason": None}
    session.add(
        AppointmentChange(**of, version=1, step="fulfil", at=now, actor="staff", before=before),
    )
    session.add(VisitFlag(**of, kind="late_start", facts={"minutes": 10}, raised_at=now))
    hold = Hold(business_id=business, conversation_id=conversation, expires_at=now + timedelta(minutes=10))
    session.add(hold)
    session.flush()
    return past.id, coming.id


def _offer(session: Session, core: Core, customer: int, entry: int) -> None:
    """A time that is kept for them."""
    now, of = core.clock(), {"business_id": core.salon.id}
    hold = Hold(**of, expires_at=now + timedelta(minutes=30))
    session.add(hold)
    session.flush()
    start = now + timedelta(days=1)
    session.add(
        WaitlistOffer(
            **of,
            entry_id=entry,
            customer_id=customer,
            staff_id=core.salon.ana,
            location_id=core.salon.location,
            start_at=start,
            end_at=start + timedelta(hours=1),
            state="open",
            hold_id=hold.id,
            meanwhile=[],
            made_at=now,
            said_at=now,
            until=hold.expires_at,
        )
    )


def _keys(session: Session, core: Core, customer: int, visit: int) -> None:
    now, business = core.clock(), core.salon.id
    session.add(
        ApiKey(
            business_id=business,
            label=KEY,
            role="customer",
            digest="d" * 64,
            customer_id=customer,
            created_at=now,
        )
    )
    answer = {"id": visit, "customer_id": customer, "note": NOTE, "attendee": ATTENDEE, "status": "booked"}
    session.add(
        AnsweredRequest(business_id=business, key="book-1", fingerprint="f" * 64, answer=answer, at=now)
    )
