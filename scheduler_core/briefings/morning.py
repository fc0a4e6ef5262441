"""Good morning: each person's visits of the day, with what was noted of them and what they need."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from scheduler_core.appointments.status import REQUESTED
from scheduler_core.briefings import queries
from scheduler_core.briefings.day import Day
from scheduler_core.briefings.queries import Piece
from scheduler_core.outbox.words import words

KIND = "staff_morning"
_NAMED, _LONGEST_NOTE = 25, 120


def mornings(session: Session, business_id: int, day: Day) -> Iterator[tuple[int, dict[str, object]]]:
    """Whom to tell, and the facts of it; who has no visits is left alone."""
    for staff_id, name in queries.workers(session, business_id, day.begins, day.ends):
        own = queries.pieces(session, business_id, staff_id, day.begins, day.ends)
        yield staff_id, facts(name, own, day)


def facts(name: str, own: Sequence[Piece], day: Day) -> dict[str, object]:
    """``own``: one person's day in order, never empty."""
    language = day.locale.language
    shown, several = own[:_NAMED], len({piece.location for piece in own}) > 1
    rest = len(own) - len(shown)
    return {
        "staff": name,
        "day": day.written,
        "count": len({piece.appointment_id for piece in own}),
        "first": day.clock(own[0].start, own[0].zone),
        "last": day.clock(max(piece.end for piece in own), own[-1].zone),
        "visits": "\n".join(_line(piece, day, several) for piece in shown),
        "appointment_ids": [piece.appointment_id for piece in shown],
        "more": words(language, "briefing_more", count=rest) if rest else "",
        "needs": _needs(own, language),
    }


def _line(piece: Piece, day: Day, says_where: bool) -> str:
    language = day.locale.language
    who = piece.customer or words(language, "briefing_nobody", id=piece.customer_id)
    if piece.attendee:
        who = words(language, "for_somebody", customer=who, attendee=piece.attendee)
    remarks = [
        words(language, "briefing_to_confirm") if piece.status == REQUESTED else "",
        words(language, "briefing_first_visit") if piece.is_first else "",
        piece.location if says_where else "",
        _short(piece.note or ""),
    ]
    said = ", ".join(each for each in remarks if each)
    clock = day.clock(piece.start, piece.zone)
    line = words(language, "briefing_line", clock=clock, service=piece.service, customer=who)
    return f"{line} ({said})" if said else line


def _needs(own: Sequence[Piece], language: str) -> str:
    """ "You will need: foils (2), gloves." """
    wanted = Counter(material for piece in own for material in piece.materials)
    if not wanted:
        return ""
    listed = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in wanted.items())
    return "\n" + words(language, "briefing_needs", materials=listed)


def _short(note: str) -> str:
    """On one line, for the lines of a briefing are its visits."""
    said = " ".join(note.split())
    return said if len(said) <= _LONGEST_NOTE else said[: _LONGEST_NOTE - 1].rstrip() + "…"
