"""How the day went, in a few sentences: what took place, what did not, what is still open, and what tomorrow brings."""

from collections.abc import Iterator
from datetime import datetime

from babel.numbers import format_currency, get_currency_precision
from sqlalchemy.orm import Session

from scheduler_core.appointments.status import FULFILLED, NOSHOW, STANDING
from scheduler_core.briefings import queries
from scheduler_core.briefings.day import Day
from scheduler_core.outbox.words import counted, words

KIND = "staff_evening"
_NAMED = 10


def evening(session: Session, business_id: int, day: Day, now: datetime) -> dict[str, object] | None:
    """The facts of it; None: nothing happened, and nothing is to come tomorrow."""
    language = day.locale.language
    open_visits = queries.unmarked(session, business_id, day.begins, now)
    named = open_visits[:_NAMED]
    told = [*_took_place(session, business_id, day), *_counted(session, business_id, day, now)]
    tomorrow = _tomorrow(session, business_id, day.following)
    if not told and not named and tomorrow is None:
        return None
    rest = len(open_visits) - len(named)
    return {
        "day": day.written,
        "told": " ".join(told) or words(language, "evening_nothing"),
        "unmarked": _header(language, len(open_visits)),
        "visits": "\n".join(
            f"{day.clock(each.start, each.zone)} "
            f"{each.customer or words(language, 'briefing_nobody', id=each.customer_id)}"
            for each in named
        ),
        "appointment_ids": [each.appointment_id for each in named],
        "more": words(language, "briefing_more", count=rest) if rest else "",
        "tomorrow": "\n" + (tomorrow or words(language, "evening_no_visits_tomorrow")),
    }


def _header(language: str, count: int) -> str:
    if not count:
        return ""
    return "\n" + counted(language, "evening_unmarked", count) + "\n"


def _took_place(session: Session, business_id: int, day: Day) -> Iterator[str]:
    language = day.locale.language
    for each in queries.takings(session, business_id, day.begins, day.ends):
        amount = each.price_minor / 10 ** get_currency_precision(each.currency)
        money = format_currency(amount, each.currency, locale=day.locale)
        yield counted(language, "evening_done", each.visits, money=money)


def _counted(session: Session, business_id: int, day: Day, now: datetime) -> Iterator[str]:
    """What there was of each, by the name of its sentence."""
    today = (session, business_id, day.begins, day.ends)
    counts = {
        "evening_noshow": queries.starting(session, business_id, (NOSHOW,), day.begins, day.ends),
        "evening_cancelled": queries.cancelled(*today),
        "evening_made": queries.made(*today),
        "evening_to_decide": queries.to_decide(session, business_id, now),
    }
    for key, count in counts.items():
        if count:
            yield words(day.locale.language, key, count=count)


def _tomorrow(session: Session, business_id: int, day: Day) -> str | None:
    count = queries.starting(session, business_id, (*STANDING, FULFILLED), day.begins, day.ends)
    first = queries.first_start(session, business_id, day.begins, day.ends)
    if not count or first is None:
        return None
    return counted(day.locale.language, "evening_tomorrow", count, clock=day.clock(first))
