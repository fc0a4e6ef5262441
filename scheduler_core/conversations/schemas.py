"""What HTTP sees of a conversation: all that is needed to answer one turn, in one answer."""

from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.availability.schemas import SlotOut
from scheduler_core.businesses.schemas import Addon, BookableService, BusinessOut, LocationOut, StaffOut
from scheduler_core.outbox.records import Speaker
from scheduler_core.permissions.inputs import Address, Channel, Id, JsonObject, Version, Words


class OpenIn(BaseModel):
    channel: Channel
    address: Address
    display_name: Annotated[Words, Field(max_length=120)] | None = None


class CustomerContext(BaseModel):
    """The usual ones are what the person has had most often."""

    id: int
    name: str | None
    language: str | None
    usual_service_id: int | None
    usual_staff_id: int | None
    opted_out: bool


class ConversationOut(BaseModel):
    """``waiting``: they asked for a person and nobody has answered; ``handed_over``: a person speaks, we are silent."""

    id: int
    channel: str
    address: str
    waiting: bool
    handed_over: bool


class DraftOut(BaseModel):
    """``saved_at``: when the last turn was answered, ``None`` before the first."""

    version: int
    state: dict[str, Any]
    turn_id: str | None
    plan: dict[str, Any] | None
    saved_at: AwareDatetime | None


class NoticeChoiceOut(BaseModel):
    """``answer`` is what a tap says: keep, move, drop, slot (this one), other (times); take, pass or leave an offer;

    later, yes, no, or a score.
    """

    answer: str
    label: str
    slot: dict[str, Any] | None = None


class OfferOut(BaseModel):
    """A time that is kept ``until`` then for one who waits for it."""

    id: int
    service_id: int
    slot: SlotOut
    until: AwareDatetime


class NoticeOut(BaseModel):
    """What we said by ourselves about a visit at ``appointment_version``; ``appointment`` is how it stands now.

    ``offer``: instead of the visit, or where there is none. ``beside``: the other visits of which it spoke and that are
    as it told them.
    """

    id: int
    kind: str
    said_at: AwareDatetime
    answer: str | None
    appointment_version: int | None
    appointment: AppointmentOut | None
    beside: list[AppointmentOut]
    offer: OfferOut | None
    choices: list[NoticeChoiceOut]


class ContextOut(BaseModel):
    """``notices``: what a reply may be to, newest first; ``last_visit``: what they may speak of unasked."""

    now: AwareDatetime
    business: BusinessOut
    locations: list[LocationOut]
    services: list[BookableService]
    addons: list[Addon]
    staff: list[StaffOut]
    customer: CustomerContext
    appointments: list[AppointmentOut]
    last_visit: AppointmentOut | None
    conversation: ConversationOut
    draft: DraftOut
    notices: list[NoticeOut]


class DraftIn(BaseModel):
    """``plan``: the reply given in ``turn_id``, so that the same turn tried again is answered alike.

    ``summary``: what is being arranged, in words for staff.
    """

    expected_version: Version
    state: JsonObject
    turn_id: Annotated[Words, Field(max_length=60)] | None = None
    plan: JsonObject | None = None
    summary: Annotated[Words, Field(max_length=1000)] | None = None


class AnswerIn(BaseModel):
    """That they come, want another time, or want it cancelled; the last two are only asked about from there."""

    answer: Literal["keep", "move", "drop", "stay"]


class VersionOut(BaseModel):
    version: int


class HandoffIn(BaseModel):
    """``about``: asking for a person twice, or complaining twice, tells staff once."""

    reason: Annotated[Words, Field(max_length=1000)] = ""
    about: Literal["person", "complaint"] = "person"


class SayIn(BaseModel):
    """Words, files of this customer's conversations, or both."""

    text: Annotated[Words, Field(max_length=2000)]
    attachment_ids: Annotated[list[Id], Field(max_length=5)] = []

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and not self.attachment_ids:
            raise ValueError("words or a file, please")
        return self


class PlaceIn(BaseModel):
    """Files that came in a turn; ``language``: in which its customer is answered."""

    attachment_ids: Annotated[list[Id], Field(min_length=1, max_length=50)]
    language: Annotated[Words, Field(min_length=2, max_length=20)] = "en"


class PlacedOut(BaseModel):
    """``visit``: the one that the files are with now, in the customer's words; ``arranging``: what is, takes them."""

    visit: str | None
    arranging: bool


class FileOut(BaseModel):
    """A file in a conversation; ``GET …/attachments/{id}/content`` has it."""

    id: int
    name: str
    media_type: str


class TakeOverIn(BaseModel):
    """``even_if_taken``: in the place of a colleague who speaks there, too."""

    even_if_taken: bool = False


class WroteIn(BaseModel):
    """``turn_id`` names what they wrote, which is brought once to who speaks with them in a chat."""

    text: Annotated[Words, Field(max_length=2000)] = ""
    turn_id: Annotated[Words, Field(min_length=1, max_length=60)] | None = None


class UnansweredIn(BaseModel):
    """A turn that the assistant has given up, and what was written in it."""

    turn_id: Annotated[Words, Field(min_length=1, max_length=60)]
    text: Annotated[Words, Field(max_length=2000)] = ""


class ThreadOut(BaseModel):
    """A conversation as staff see it, the draft in words; ``silent_until``: ``None`` when the assistant speaks.

    ``opted_out``: they want no messages there, so that nobody can write. ``taken_by``: who of the staff speaks.
    ``is_chosen``: of those taken over in one chat, the one that was chosen last.
    """

    id: int
    channel: str
    customer_id: int
    customer_name: str | None
    waiting_since: AwareDatetime | None
    silent_until: AwareDatetime | None
    taken_by: str | None
    is_chosen: bool
    opted_out: bool
    arranging: str | None


class SaidOut(BaseModel):
    """``state`` of what the customer said is ``heard``; of ours, how far it came.

    ``said_on``: the channel on which it was said instead, as they were not reached here; ``not_reached_on``: the one on
    which they were not, so that it was said here.
    """

    who: Speaker
    text: str
    at: AwareDatetime
    state: str
    said_on: str | None = None
    not_reached_on: str | None = None
    files: list[FileOut]


class TranscriptOut(BaseModel):
    """What both sides said last, oldest first."""

    conversation: ThreadOut
    said: list[SaidOut]


class SilenceOut(BaseModel):
    """``silent``: a person speaks; ``opted_out``: they want no messages."""

    silent: bool
    opted_out: bool
