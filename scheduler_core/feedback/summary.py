"""What many answers come to, and how little a few of them say; pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from scheduler_core.feedback.models import CSAT, NPS
from scheduler_core.feedback.schemas import FeedbackOut, FigureOut, MonthOut, PartOut, SummaryOut

#: With fewer answers one more or less moves the figure by ten points and more.
_ENOUGH = 10
_HAPPY, _PROMOTER, _DETRACTOR = 4, 9, 6


def summary(answers: Sequence[FeedbackOut], zone: ZoneInfo, complaints_open: int) -> SummaryOut:
    services: dict[tuple[int, str], list[FeedbackOut]] = defaultdict(list)
    people: dict[tuple[int, str], list[FeedbackOut]] = defaultdict(list)
    months: dict[date, list[FeedbackOut]] = defaultdict(list)
    for each in answers:
        services[each.service_id, each.service_name].append(each)
        people[each.staff_id, each.staff_name].append(each)
        months[each.visit_at.astimezone(zone).date().replace(day=1)].append(each)
    return SummaryOut(
        **figures(answers).model_dump(),
        complaints_open=complaints_open,
        by_service=_parts(services),
        by_staff=_parts(people),
        by_month=[MonthOut(month=month, **figures(months[month]).model_dump()) for month in sorted(months)],
    )


def figures(answers: Iterable[FeedbackOut]) -> FigureOut:
    """Words without a score count for nothing here."""
    scores: dict[str, list[int]] = {CSAT: [], NPS: []}
    for each in answers:
        if each.score is not None:
            scores[each.kind].append(each.score)
    given, likely = scores[CSAT], scores[NPS]
    happy = sum(score >= _HAPPY for score in given)
    balance = sum((score >= _PROMOTER) - (score <= _DETRACTOR) for score in likely)
    return FigureOut(
        scores=len(given),
        happy=happy,
        csat_percent=round(100 * happy / len(given)) if given else None,
        average=round(sum(given) / len(given), 2) if given else None,
        nps_answers=len(likely),
        nps=round(100 * balance / len(likely)) if likely else None,
        few=len(given) < _ENOUGH,
    )


def _parts(grouped: dict[tuple[int, str], list[FeedbackOut]]) -> list[PartOut]:
    return [
        PartOut(id=key, name=name, **figures(found).model_dump())
        for (key, name), found in sorted(grouped.items(), key=lambda each: each[0][1])
    ]
