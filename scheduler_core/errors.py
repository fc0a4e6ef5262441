"""Every "no" of the core in domain words, with a stable code; the words for people are chosen elsewhere."""

from typing import Any

Facts = dict[str, Any]


class FrontdeskError(Exception):
    """Base of all; ``facts`` are JSON values that help the caller say what is wrong."""

    status = 400
    code = "error"
    title = "The request cannot be met"

    def __init__(self, detail: str = "", **facts: Any) -> None:
        super().__init__(detail or self.title)
        self.facts: Facts = facts

    @property
    def kind(self) -> str:
        """The family of the error; ``code`` is its member."""
        return self.code


class NotAllowed(FrontdeskError):
    status, code, title = 401, "not_allowed", "The API key is missing or wrong"


class Forbidden(FrontdeskError):
    """Known and let in, but the role may not do that; ``facts`` name the permission."""

    status, code, title = 403, "forbidden", "Your role may not do that"


class NotFound(FrontdeskError):
    """Unknown, or another business's: the caller cannot tell which."""

    status, code, title = 404, "not_found", "There is nothing by that name in this business"


class AddressTaken(FrontdeskError):
    status, code, title = 409, "address_taken", "That address is another customer's"


class CustomerErased(FrontdeskError):
    """The person asked to be forgotten; only the number of their visits is left."""

    status, code, title = 410, "customer_erased", "This customer has been erased"


class OptedOut(FrontdeskError):
    status, code, title = 409, "opted_out", "The customer wants no more messages here"


class Unreachable(FrontdeskError):
    """``facts`` say ``because`` of what: they have no conversation with us, or a person speaks there now."""

    status, code, title = 409, "unreachable", "The assistant cannot write to this customer now"


class TakenByAnother(FrontdeskError):
    """``staff``: who of the team speaks with the customer now, ``None`` for the desk."""

    status, code, title = 409, "taken_by_another", "Somebody else of the team speaks with this customer"


class NotConnected(FrontdeskError):
    status, code, title = 409, "not_connected", "This business is not on that channel"


class DraftMovedOn(FrontdeskError):
    status, code, title = 409, "draft_moved_on", "The draft has changed since it was read"


class SlotTaken(FrontdeskError):
    status, code, title = 409, "slot_taken", "That time has just been taken"


class SeriesClash(FrontdeskError):
    """Not all of the visits of a series can be booked; ``facts`` name those, why, and what is free near them."""

    status, code, title = 409, "series_clash", "Some times of the series cannot be booked"


class VersionMovedOn(FrontdeskError):
    status, code, title = 409, "version_moved_on", "The appointment has changed since it was read"


class AlreadyCancelled(FrontdeskError):
    status, code, title = 409, "already_cancelled", "The appointment is already cancelled"


class AlreadyStarted(FrontdeskError):
    status, code, title = 409, "already_started", "The appointment has already started"


class TooEarly(FrontdeskError):
    """``facts`` say from when on it can be done."""

    status, code, title = 409, "too_early", "It is too early for that"


class UndoTooLate(FrontdeskError):
    """``facts`` say until when it could have been done."""

    status, code, title = 409, "undo_too_late", "That can no longer be undone"


class WrongState(FrontdeskError):
    status, code, title = 409, "wrong_state", "The appointment's state does not allow that"


class KeyReused(FrontdeskError):
    status, code, title = 422, "idempotency_key_reused", "This Idempotency-Key belongs to a different request"


class Malformed(FrontdeskError):
    """What was sent does not go together; a single field that is wrong is refused at the door by the same code."""

    status, code, title = 422, "malformed", "The request is malformed"


class OfferOver(FrontdeskError):
    """``facts`` say how it ended (``state``), and until when the time was kept."""

    status, code, title = 410, "offer_over", "That time is no longer kept for them"


class StillNeeded(FrontdeskError):
    """It cannot go while something else cannot do without it; ``facts`` name that."""

    status, code, title = 409, "still_needed", "Something else still needs it"


class RefusedByPolicy(FrontdeskError):
    """The time breaks a rule; ``code`` is one of the closed codes of availability."""

    status, title = 422, "The business's rules do not allow that time"

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(f"refused: {code}", **facts)
        self.code = code

    @property
    def kind(self) -> str:
        return "refused_by_policy"


class FileTooLarge(FrontdeskError):
    """``facts`` say how long a file may be."""

    status, code, title = 413, "file_too_large", "The file is larger than is taken here"


class FileKindRefused(FrontdeskError):
    """By its content it is none of the kinds that are taken, whatever it is called."""

    status, code, title = 415, "file_kind_refused", "Files of that kind are not taken here"


class FileStoreAway(FrontdeskError):
    status, code, title = 503, "file_store_away", "Files cannot be kept or fetched at the moment"


class NotReady(FrontdeskError):
    """The database lacks a migration or its guards; serving would risk a double booking."""

    status, code, title = (
        503,
        "not_ready",
        "The database is not ready: run `python -m scheduler_core.manage prepare`",
    )
