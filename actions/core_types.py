"""What the core answers, typed.

The conversation reads these and nothing else about the business. Instants are aware UTC; prices are in the currency's
minor unit; weekdays count from Monday = 0.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from actions.words import ENGLISH, spoken


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Ahead(Answer):
    """So many days earlier at a time on the wall, or so many hours."""

    days_before: int | None = None
    at: str | None = None
    hours_before: int | None = None


class Policy(Answer):
    min_notice_minutes: int
    horizon_days: int
    hold_minutes: int
    free_cancel_hours: int
    late_fee_percent: int
    reminders: tuple[Ahead, ...] = ()


class Business(Answer):
    id: int
    name: str
    zone: str
    locale: str
    currency: str
    phone: str | None
    policy: Policy


class Location(Answer):
    id: int
    name: str
    address: str
    zone: str
    hours: dict[int, list[tuple[str, str]]]


class Service(Answer):
    id: int
    name: str
    category: str
    aliases: list[str] = []
    duration_minutes: int
    price_minor: int
    staff_ids: list[int]
    approval_needed: bool = False
    addon_ids: list[int] = []


class StaffMember(Answer):
    id: int
    name: str
    aliases: list[str] = []
    location_ids: list[int]


class Customer(Answer):
    id: int
    name: str | None
    language: str | None = None
    usual_service_id: int | None = None
    usual_staff_id: int | None = None
    opted_out: bool = False


class Slot(Answer):
    """`beside`: those of who comes along."""

    start: datetime
    end: datetime
    staff_id: int
    location_id: int
    beside: tuple[Slot, ...] = ()

    @property
    def each(self) -> tuple[Slot, ...]:
        return (self, *self.beside)


class Item(Answer):
    service_id: int
    service_name: str
    staff_name: str


class Appointment(Answer):
    """`reschedules_left` is None when it may be moved as often as one likes; `attendee`: who comes instead;
    `undo_until`: how long the last step can be taken back.
    """

    id: int
    version: int
    status: str
    customer_id: int = 0
    service_id: int
    service_name: str
    staff_id: int
    staff_name: str
    location_id: int
    location_name: str
    location_address: str
    zone: str
    start: datetime
    end: datetime
    price_minor: int
    currency: str
    calendar_url: str
    free_cancel_until: datetime | None = None
    late_fee_minor: int = 0
    reschedules_left: int | None = None
    undo_until: datetime | None = None
    items: list[Item] = []
    attendee: str | None = None
    note: str | None = None
    series_id: int | None = None

    @property
    def is_request(self) -> bool:
        """It waits until somebody at the business says yes."""
        return self.status == "requested"


class Range(Answer):
    start: datetime
    end: datetime


class Waiting(Answer):
    """A place on the waitlist; `earlier_appointment_id`: the visit that an earlier time would replace."""

    id: int
    service_id: int
    staff_id: int | None = None
    location_id: int | None = None
    earlier_appointment_id: int | None = None
    ranges: list[Range]


class Conversation(Answer):
    """`waiting`: a person was asked for and has not answered yet; `handed_over`: one speaks, and we are silent."""

    id: int
    waiting: bool = False
    handed_over: bool = False


class NoticeChoice(Answer):
    """What can be tapped under a notice: what it says of the visit or the offer, or the `slot` it stands for."""

    answer: str
    slot: Slot | None = None


class Offer(Answer):
    """A time that is kept for who waits for it, until then."""

    id: int
    service_id: int
    slot: Slot
    until: datetime


class Notice(Answer):
    """What the core told the customer by itself about a visit, which was at `appointment_version` then.

    `appointment` is the visit as it stands now, `beside` the others of which it spoke and that are as it told them;
    `answer` what they have answered, if they have. With an `offer` it is about a new visit, or about an earlier time
    for the one there is.
    """

    id: int
    kind: str
    said_at: datetime
    answer: str | None = None
    appointment_version: int | None
    appointment: Appointment | None
    beside: tuple[Appointment, ...] = ()
    offer: Offer | None = None
    choices: list[NoticeChoice]

    @property
    def visit(self) -> Appointment:
        assert self.appointment is not None
        return self.appointment

    @property
    def visits(self) -> tuple[Appointment, ...]:
        return (self.visit, *self.beside)

    @property
    def is_stale(self) -> bool:
        """The visit is no longer what was spoken of."""
        return self.appointment is not None and self.appointment.version != self.appointment_version


class StoredDraft(Answer):
    """The draft as the core keeps it; `plan` is the answer already given to `turn_id`, at `saved_at`."""

    version: int
    state: dict[str, Any]
    turn_id: str | None = None
    plan: dict[str, Any] | None = None
    saved_at: datetime | None = None


class Desk(Answer):
    """All a turn needs to know: the business, this customer, what they hold and what they were arranging.

    `waiting` is looked up only for the turns that speak of it. `notices`: what a reply may be to, newest first;
    `last_visit`: the last that they had, if not long ago.
    """

    now: datetime
    business: Business
    locations: list[Location]
    services: list[Service]
    addons: list[Service] = []
    staff: list[StaffMember]
    customer: Customer
    appointments: list[Appointment] = []
    last_visit: Appointment | None = None
    waiting: list[Waiting] = []
    conversation: Conversation
    draft: StoredDraft
    notices: list[Notice] = []

    @property
    def language(self) -> str:
        """The one this customer is answered in: theirs, else the business's, else English."""
        return spoken(self.customer.language) or spoken(self.business.locale) or ENGLISH

    def service(self, service_id: int | None) -> Service | None:
        """A service or an add-on."""
        return next((each for each in (*self.services, *self.addons) if each.id == service_id), None)

    def staff_member(self, staff_id: int | None) -> StaffMember | None:
        return next((each for each in self.staff if each.id == staff_id), None)

    def location(self, location_id: int | None) -> Location | None:
        return next((each for each in self.locations if each.id == location_id), None)

    def appointment(self, appointment_id: int | None) -> Appointment | None:
        return next((each for each in self.appointments if each.id == appointment_id), None)

    def notice(self, notice_id: int | None) -> Notice | None:
        return next((each for each in self.notices if each.id == notice_id), None)


class Closed(Answer):
    """Why a wished time cannot be had, or a change cannot be made; `code` is the core's stable word for it."""

    code: str
    facts: dict[str, Any] = Field(default_factory=dict)

    @property
    def alternatives(self) -> list[Slot]:
        return [Slot.model_validate(each) for each in self.facts.get("alternatives", [])]


class Found(Answer):
    """The answer to a search: slots of the first wish that has any, else why not and what is nearest."""

    slots: list[Slot]
    wish: int | None = None
    closed: Closed | None = None
    alternatives: list[Slot] = []


class Hold(Answer):
    id: int
    expires_at: datetime
