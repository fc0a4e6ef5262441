"""What is said around a wish: why, since when, for what day, and from where it is counted."""

from __future__ import annotations

import pytest

from tests.actions.when.said import VISIT, meaning, said

TOLD = {
    "I have class until 2 on Friday so 3 would be good": "06-11 15:00",
    "I finish at 5, friday 5.30?": "06-11 17:30",
    "after I drop the kids at 9": "09:00-",
    "before I collect the kids at 2:30": "-14:30",
    "once I get back on Monday": "06-14..",
    "I have had pain since Monday, can you see me on Thursday": "06-10",
    "I've been a customer for 10 years, can I come Friday": "06-11",
    "you did my hair on Friday, can I come back for a fringe trim Thurs": "06-10",
    "I was hoping for Monday": "06-14",
    "I can only make the 25th now": "06-25",
    "later this month": "06-09..07-01",
}
COUNTED = {
    "my birthday is 5 August, can I come the day before": "08-04",
    "the wedding is on Sat 26 June so I need nails the day before": "06-25",
    "my wedding is on the 26th so a trial 2 weeks before": "06-12",
    "cancel Saturday, could we do the Saturday after": "06-19 | from 06-12",
    "not this Tuesday but the one after": "06-22 | not 06-15",
    "I'm booked for the 24th at 2, any chance of moving it to the following week": "06-28..07-05 | from 06-24 14:00",
    "Friday or the following week": "06-11, 06-14..06-21",
    "Friday or the day before": "06-11, 06-10",
    "I can't do Friday, anything after that?": "06-12.. | not 06-11",
    "after the 20th but before the 30th": "06-21..06-30",
    "between half 9 and quarter past 10 on Saturday": "06-12 09:30-10:15",
}
BESIDE_THE_VISIT = {
    "can we do it half an hour before": "06-11 14:30",
    "2 hours after my appointment": "06-11 17:00",
    "is it ok if I come 10 mins early": "06-11 14:50",
}
RULED_OUT = {
    "no mornings, no Mondays": "not -12:00 | not M",
    "any evening but no Thursdays": "17:00-21:00 | not T",
    "I work Mondays and Tuesdays so any other day": "not M | not T",
    "we're away next week": "not 06-14..06-21",
    "I'm working until 5 on Friday": "06-11 17:00-",
    "I work nights so afternoons are best": "12:00-17:00",
    "this Friday, not next Friday": "06-11 | not 06-18",
    "next week bar Thursday": "06-14..06-21 | not 06-17",
    "brow bar Friday 3pm": "06-11 15:00",
}
SOME_DAYS_OF_A_RUN = {
    "weekly Mondays 9am starting 21 June": "06-21.. M 09:00 | every 1 week",
    "I need my 6 monthly check up, December is ok": "12-01..2028-01-01 | every 6 month",
    "need it by Friday evening": "..06-12 | not 06-11 21:00-",
    "before Friday morning": "..06-12 | not 06-11 08:00-",
    "by Friday night": "..06-12",
    "from Friday afternoon on": "06-11.. | not 06-11 -12:00",
    "from Monday, mornings": "06-14.. 08:00-12:00",
    "Tuesdays until August": "..09-01 T",
    "weekends from July to August": "07-01..09-01 SS",
    "weekday mornings in the next two weeks": "06-09..06-24 MTWTF 08:00-12:00",
    "Mon Tue or Thu next week but not before 11": "06-14 11:00-, 06-15 11:00-, 06-17 11:00-",
    "first appointment Sat": "06-12 | soonest",
    "the first slot on Tuesday morning": "06-15 08:00-12:00 | soonest",
    "as late as you can on Thursday": "06-10 | latest",
}
NUMBERS = {
    "Sat 10 or 11": "06-12 10:00, 06-12 11:00",
    "tomorrow at 3. no sorry 4": "06-10 16:00",
    "tomorrow at 2 wait 4 people": "06-10 14:00",
    "0900 hrs 16 June": "06-16 09:00",
    "4-30 pm Friday": "06-11 16:30",
    "10:15/10:30 Thurs": "06-10 10:15, 06-10 10:30",
    "between 3ish and 5": "15:00-17:00",
    "my car is a golf 1.6": "nothing",
    "Friday at like 3": "06-11 14:30-15:30",
    "I'd like 2 haircuts on Friday": "06-11",
    "for like 2 hours": "for 120 min",
    "4-6 pm Friday": "06-11 16:00-18:00",
    "b4 5 on Fri": "06-11 -17:00",
    "14 July 2pm": "07-14 14:00",
    "is sat ok": "06-12",
    "swap to the 12th from the 11th": "06-12 | from 06-11",
    "book me in Saturday and cancel Thursday": "06-12 | from 06-10",
    "cancel Thursday and Friday": "06-10, 06-11",
    "move tomorrow's 2pm to 5pm": "06-10 17:00 | from 06-10 14:00",
}


@pytest.mark.parametrize(("text", "meant"), TOLD.items(), ids=str)
def test_a_reason_is_not_wished_for(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize(("text", "meant"), COUNTED.items(), ids=str)
def test_a_day_told_is_only_counted_from(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize(("text", "meant"), BESIDE_THE_VISIT.items(), ids=str)
def test_before_and_after_are_seen_from_the_visit(text: str, meant: str) -> None:
    assert meaning(said(text, anchor=VISIT)) == meant


@pytest.mark.parametrize(("text", "meant"), RULED_OUT.items(), ids=str)
def test_what_cannot_be_is_ruled_out(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize(("text", "meant"), SOME_DAYS_OF_A_RUN.items(), ids=str)
def test_some_days_of_a_run_are_meant(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize(("text", "meant"), NUMBERS.items(), ids=str)
def test_numbers_are_read_by_their_company(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant
