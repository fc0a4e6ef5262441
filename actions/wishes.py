"""When the customer would like to come: a TimeConstraint in a draft, as a search of the core.

The bridge between `when` (which knows time and nothing else) and the draft: it supplies opening hours, zone and the
existing appointment, and turns what is left open into something to ask.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions import unspoken, when
from actions.core_types import Desk, Slot
from actions.draft import Draft
from actions.moments import comes_twice

Ranges = tuple[tuple[datetime, datetime], ...]
"""Half-open, in UTC."""

_ASKED = {
    "slot": "time",
    "time": "time",
    "confirm": "time",
    "change": "time",
    "reading": "reading",
    "service": "service",
    "name": "time",
}


def heard_when(text: str, draft: Draft, desk: Desk) -> when.TimeConstraint:
    """What `text` says about time, in the context of the open question and of the visit being moved."""
    zone, anchor = zone_of(draft, desk), _anchor(draft, desk)
    context = when.Context(
        opening=opening_hours(desk, draft.location_id),
        asked=_ASKED.get(draft.question.kind) if draft.question else None,
        anchor=anchor.astimezone(ZoneInfo(zone)) if anchor else None,
    )
    return _most_understood(text, zone, desk, context)


def says_nothing_of_time(text: str, desk: Desk) -> bool:
    return _most_understood(text, desk.business.zone, desk, when.Context()).empty


def _most_understood(text: str, zone: str, desk: Desk, context: when.Context) -> when.TimeConstraint:
    """Read in the customer's language, the business's, and one that we do not speak: whichever makes more of it."""
    tags = dict.fromkeys((locale_tag(desk), desk.business.locale))
    if foreign := unspoken.language_of(text):
        tags = dict.fromkeys((*tags, locale_in(foreign, desk.business.locale)))
    readings = [when.parse(text, desk.now, zone, tag, context) for tag in tags]
    return max(readings, key=lambda each: sum(end - start for start, end in each.spans))


def wanted(draft: Draft) -> when.TimeConstraint | None:
    return when.TimeConstraint.from_json(draft.when) if draft.when else None


def with_when(draft: Draft, heard: when.TimeConstraint, desk: Desk) -> Draft:
    """The draft with the new wish combined with the standing one; a picked slot that no longer fits is let go."""
    together = beside_what_is_shown(draft, heard, desk) or _combined(draft, heard)
    if together.shift and not together.wishes and not together.refused:
        return draft
    together = replace(together, emptied=None)
    if heard.widens and (draft.slot or draft.options_of("slot")):
        together = _added_first(together, draft)
    together = _without_passed(when.through_clock_changes(together, zone_of(draft, desk)), draft, desk)
    preferred = heard.wishes and heard.wishes[0].preferred
    first = replace(together, wishes=together.wishes[:1]) if preferred else together
    stands = not (together.open or heard.widens or heard.order)
    if draft.slot and stands and _covers(ranges_of(first, draft, desk), draft.slot.start):
        return draft
    return draft.without_slot().but(when=together.to_json())


def beside_what_is_shown(draft: Draft, heard: when.TimeConstraint, desk: Desk) -> when.TimeConstraint | None:
    """ "Earlier", "a bit later": than the times on the table or the visit that is moved, that day or else on others."""
    visit = desk.appointment(draft.appointment_id) if draft.goal == "move" else None
    shown = starts_shown(draft) or ([visit.start] if visit else [])
    if not shown or heard.shift or heard.order not in ("earlier", "later"):
        return None
    zone = ZoneInfo(zone_of(draft, desk))
    start = (min(shown) if heard.order == "earlier" else max(shown)).astimezone(zone)
    if any(replace(wish, rolls=None) != _whole_day(start.date()) for wish in heard.wishes):
        return None
    wishes = when.beside(start, heard.order, desk.now.astimezone(zone).date())
    standing = wanted(draft) or when.TimeConstraint()
    exclude = (*standing.exclude, *heard.exclude, when.at_the_minute(start))
    return replace(standing, wishes=wishes, exclude=exclude, order=None, open=())


def on_another_day(draft: Draft, desk: Desk) -> Draft:
    """ "Any other day": than those on the table, at the hours that were wished for."""
    zone, standing = ZoneInfo(zone_of(draft, desk)), wanted(draft) or when.TimeConstraint()
    days = sorted({start.astimezone(zone).date() for start in starts_shown(draft)})
    shown = tuple(_whole_day(day) for day in days)
    ranges = (wish for wish in standing.wishes if wish.has_day and not _is_one_day(wish))
    hours = (when.around(wish).on_days_of(when.Wish()) for wish in standing.wishes)
    wishes = tuple(wish for wish in dict.fromkeys((*ranges, *hours)) if wish != when.Wish())
    wish = replace(standing, wishes=wishes, exclude=(*standing.exclude, *shown), open=())
    return draft.without_slot().but(when=wish.to_json())


def _whole_day(day: date) -> when.Wish:
    return when.Wish(date_from=day, date_to=day + timedelta(days=1))


def _is_one_day(wish: when.Wish) -> bool:
    return bool(wish.date_from and wish.date_to and wish.date_to - wish.date_from <= timedelta(days=1))


def starts_shown(draft: Draft) -> list[datetime]:
    """The time that was picked, else all that are offered."""
    if draft.slot:
        return [draft.slot.start]
    return [Slot.model_validate(each.value).start for each in draft.options_of("slot")]


def _added_first(together: when.TimeConstraint, draft: Draft) -> when.TimeConstraint:
    """ "Or Saturday" in sight of Friday's times is answered with Saturday's."""
    before = wanted(draft) or when.TimeConstraint()
    added = tuple(wish for wish in together.wishes if wish not in before.wishes)
    kept = tuple(wish for wish in together.wishes if wish in before.wishes)
    return replace(together, wishes=(*added, *kept))


def contradicted(draft: Draft, heard: when.TimeConstraint) -> when.Wish | None:
    """The standing wish of which the new one leaves nothing."""
    return _combined(draft, heard).emptied


def _combined(draft: Draft, heard: when.TimeConstraint) -> when.TimeConstraint:
    earlier = wanted(draft)
    return when.combine(earlier, heard) if earlier else heard


def _without_passed(constraint: when.TimeConstraint, draft: Draft, desk: Desk) -> when.TimeConstraint:
    """Of two readings one of which has passed, only the other can be meant: there is nothing to ask."""
    if len(constraint.open) != 1:
        return constraint
    options = [each for each in constraint.open[0].options if _still_ahead(each, draft, desk)]
    if len(options) != 1:
        return constraint
    return replace(constraint, wishes=(options[0], *constraint.wishes[1:]), open=())


def _still_ahead(wish: when.Wish, draft: Draft, desk: Desk) -> bool:
    """Whether some of it lies in opening hours that can still be booked."""
    zone, hours = ZoneInfo(zone_of(draft, desk)), opening_hours(desk, draft.location_id)
    soonest = desk.now + timedelta(minutes=desk.business.policy.min_notice_minutes)
    for begins, ends in ranges_of(when.TimeConstraint(wishes=(wish,)), draft, desk):
        local = begins.astimezone(zone)
        closes = max((window[1] for window in hours.get(local.weekday(), [])), default=time.min)
        if min(ends, datetime.combine(local.date(), closes, zone)) > soonest:
            return True
    return False


def on_the_day_of(start: datetime, draft: Draft, desk: Desk) -> when.TimeConstraint:
    day = start.astimezone(ZoneInfo(zone_of(draft, desk))).date()
    return when.TimeConstraint(wishes=(when.Wish(date_from=day, date_to=day + timedelta(days=1)),))


def _anchor(draft: Draft, desk: Desk) -> datetime | None:
    """What "an hour later" is relative to: the time picked, else the first one offered, else the visit being moved."""
    if shown := starts_shown(draft):
        return shown[0]
    visit = desk.appointment(draft.appointment_id)
    return visit.start if visit else None


def _covers(ranges: Ranges, start: datetime) -> bool:
    return any(begins <= start < ends for begins, ends in ranges)


def unclear(constraint: when.TimeConstraint) -> when.Wish | None:
    """The wall time of a day when the clocks change, if that is what was wished for and it is not to be had so."""
    if constraint.skipped:
        return constraint.skipped
    fold = constraint.open[0] if constraint.open and constraint.open[0].reason == "fold" else None
    return replace(fold.options[0], fold=None) if fold else None


def settled(draft: Draft) -> Draft:
    """The draft once such a time has been spoken of: it is not asked about again, and its day is still meant."""
    constraint = wanted(draft)
    return draft.but(when=unguessed(constraint).to_json()) if constraint else draft


def without_the_day(draft: Draft) -> Draft:
    """The draft once a day was refused: the time of day said with it is still meant ("yesterday at 3")."""
    constraint = wanted(draft)
    told = constraint.told_past if constraint else None
    if not told or not told.has_time:
        return draft.but(when=None)
    return draft.but(when=when.TimeConstraint(wishes=(told.on_days_of(when.Wish()),)).to_json())


def unguessed(constraint: when.TimeConstraint) -> when.TimeConstraint:
    """Both hours of a time that comes twice, the whole day of one that is skipped; any other wish as it is."""
    wish = unclear(constraint)
    if not wish:
        return constraint
    if constraint.skipped:
        wish = when.Wish(date_from=wish.date_from, date_to=wish.date_to)
    return when.TimeConstraint(wishes=(wish, *constraint.wishes[1:]))


def ranges_of(constraint: when.TimeConstraint, draft: Draft, desk: Desk) -> Ranges:
    horizon = timedelta(days=desk.business.policy.horizon_days)
    opening = opening_hours(desk, draft.location_id)
    return tuple(when.intervals(constraint, zone_of(draft, desk), desk.now, horizon, opening))


def exactly_at(start: datetime, draft: Draft, desk: Desk) -> when.TimeConstraint:
    """The wish a picked slot stands for, so that "an hour later" and "4 instead" have something to build on."""
    local = start.astimezone(ZoneInfo(zone_of(draft, desk)))
    day, clock = local.date(), local.time().replace(second=0, microsecond=0, fold=0)
    fold = local.fold if comes_twice(local) else None
    wish = when.Wish(date_from=day, date_to=day + timedelta(days=1), time_from=clock, exact=True, fold=fold)
    return when.TimeConstraint(wishes=(wish,))


def locale_tag(desk: Desk) -> str:
    """The customer's language with the business's country, which decides the order of day and month."""
    return locale_in(desk.language, desk.business.locale)


def locale_in(language: str, at_home: str) -> str:
    own, _, country = at_home.partition("-")
    return at_home if own == language else f"{language}-{country}".rstrip("-")


def zone_of(draft: Draft, desk: Desk) -> str:
    location = desk.location(draft.location_id)
    return location.zone if location else desk.business.zone


def opening_hours(desk: Desk, location_id: int | None = None) -> dict[int, list[tuple[time, time]]]:
    """Weekday → opening windows in wall time, of one branch or of all taken together."""
    locations = [each for each in desk.locations if location_id in (None, each.id)]
    hours: dict[int, list[tuple[time, time]]] = {}
    for location in locations:
        for weekday, windows in location.hours.items():
            for opens, closes in windows:
                for later, window in enumerate(_by_day(opens, closes)):
                    hours.setdefault((weekday + later) % 7, []).append(window)
    return {weekday: sorted(set(windows)) for weekday, windows in hours.items()}


def _by_day(opens: str, closes: str) -> list[tuple[time, time]]:
    """ "20:00" to "26:00" is an evening and the small hours of the day after."""
    hours, minutes = map(int, closes.split(":"))
    begins, past_midnight = time.fromisoformat(opens), 60 * hours + minutes - 24 * 60
    if past_midnight < 0:
        return [(begins, time(hours, minutes))]
    next_day = time.max if hours == 48 else time(hours - 24, minutes)
    return [(begins, time.max), (time.min, next_day)] if past_midnight else [(begins, time.max)]
