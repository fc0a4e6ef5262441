"""Two questions of ours are open at once: a reply that only the elder one explains is to that.

"5" after a reminder rates the visit of yesterday; "yes, I'm coming" after "how was it?" is about the visit to come.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import rating
from actions.core_types import Desk, Notice
from actions.draft import Draft
from actions.notice_kinds import FEEDBACK, KINDS, is_stale
from actions.reply_words import says_any
from actions.turn_types import Heard
from actions.understand import facts_in
from actions.wishes import ranges_of, unguessed

_NOT_LONG_AGO = timedelta(days=3)


def meant(heard: Heard, desk: Desk) -> Notice | None:
    """The elder one that is not answered yet and that these words answer, unless the newest is of its kind."""
    if heard.tap or not desk.notices:
        return None
    newest, *elder = desk.notices
    return next((each for each in elder if _is_open(each, desk) and _fits(each, newest, heard, desk)), None)


def _is_open(notice: Notice, desk: Desk) -> bool:
    asks = KINDS[notice.kind].again is not None if notice.kind in KINDS else False
    if not asks or notice.answer or notice.offer or is_stale(notice):
        return False
    if notice.kind == FEEDBACK:
        return desk.now - notice.said_at < _NOT_LONG_AGO
    return not KINDS[notice.kind].over and notice.visit.start > desk.now


def _fits(elder: Notice, newest: Notice, heard: Heard, desk: Desk) -> bool:
    if elder.kind == FEEDBACK:
        return not _is_over(newest) and _rates(heard, newest, desk)
    asks_of_another = _is_over(newest) or newest.offer is not None
    return asks_of_another and _tells_whether_they_come(elder, newest, heard, desk)


def _is_over(notice: Notice) -> bool:
    return notice.kind in KINDS and KINDS[notice.kind].over


def _rates(heard: Heard, newest: Notice, desk: Desk) -> bool:
    """A number that stands for none of the newest one's buttons, or praise of what has been."""
    score = rating.said(heard.text, desk.language)
    if any(map(str.isdigit, heard.text)):
        return score is not None and score > len(newest.choices)
    return score is not None and says_any(("praises", "of_a_past_visit"), heard, desk)


def _tells_whether_they_come(elder: Notice, newest: Notice, heard: Heard, desk: Desk) -> bool:
    if not says_any(("will_come", "cannot_come"), heard, desk):
        return False
    if newest.offer is None or newest.answer:
        return True
    own, offered = (_is_named(start, heard, desk) for start in (elder.visit.start, newest.offer.slot.start))
    return own and not offered


def _is_named(start: datetime, heard: Heard, desk: Desk) -> bool:
    said = facts_in(heard, Draft(), desk).when
    return said is not None and any(
        begins <= start < ends for begins, ends in ranges_of(unguessed(said), Draft(), desk)
    )
