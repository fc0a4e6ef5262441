"""Who did not come hears of it once, kindly, with three times to choose from."""

from datetime import timedelta

from babel.numbers import format_currency
from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import tell_of
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import NOSHOW
from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.notices import Told
from scheduler_core.feedback.models import MISSED
from scheduler_core.feedback.occasion import (
    Occasion,
    keep_said,
    put_off,
    still_is,
    waits_for_the_morning,
    was_said,
)
from scheduler_core.feedback.visits import has_another_to_come
from scheduler_core.outbox.due import Work

KIND = "visit_missed"
#: Long enough for a slip to be taken back, and well within the hour.
SAID_AFTER = timedelta(minutes=10)
_TOO_LATE = timedelta(days=1)
_ASK_AGAIN_AFTER = timedelta(hours=1)


def say_missed(session: Session, work: Work) -> None:
    about = still_is(session, work)
    if about is None or about.row.status != NOSHOW or was_said(session, about.row.id, MISSED):
        return
    if work.now - about.row.start_at > _TOO_LATE or has_another_to_come(session, about.row, work.now):
        return
    if waits_for_the_morning(session, work, about.zone, about.policy):
        return
    told = tell_of(session, KIND, about.visit, f"{KIND}:{about.row.id}", work.now, more={"fee": _fee(about)})
    if told is Told.TAKEN_OVER:
        put_off(session, work, work.now + _ASK_AGAIN_AFTER)
    if told is Told.SAID:
        keep_said(session, about.row, MISSED, work.now)


def _fee(about: Occasion) -> str:
    """What was agreed for a missed visit; nothing is said where nothing was."""
    row: Appointment = about.row
    minor = Policy.model_validate(row.policy).noshow_fee_minor(row.price_minor)
    if not minor:
        return ""
    fee = format_currency(minor / 100, row.currency, locale=about.locale)
    return " " + about.words("notice_missed_fee", fee=fee)
