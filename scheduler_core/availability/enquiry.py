"""What somebody would like to book: the words of every search, hold, booking and move."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enquiry:
    """``service_ids``: the first service, then further ones and add-ons in order. ``None``: anybody, anywhere.

    ``agreed_minutes``: how long each service of a visit that is being moved was agreed to take; such a visit may be of
    services that are no longer offered. The ``own_`` rows are the asker's and not in their way. ``customer_id``: whose
    limits count. ``not_with``: who is not to be chosen, ids of staff. ``for_another``: the visit is somebody else's, so
    the customer may be elsewhere then. ``override``: staff set notice, horizon and limits aside, never what is taken.
    """

    business_id: int
    service_ids: tuple[int, ...]
    staff_id: int | None = None
    location_id: int | None = None
    customer_id: int | None = None
    own_appointment_id: int | None = None
    own_conversation_id: int | None = None
    own_hold_id: int | None = None
    agreed_minutes: tuple[int, ...] = ()
    for_another: bool = False
    not_with: tuple[int, ...] = ()
    override: bool = False
