"""What strangers wrote, one sentence each, and what a receptionist makes of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actions.when import Recurrence
from tests.actions.when.said import VISIT, meaning, said

HOURS = {
    "I'm in between 8 and half 10 on Saturday if he can make that": "06-12 08:00-10:30",
    "between two and half past three tomorrow": "06-10 14:00-15:30",
    "I can't do Tuesdays, but any other day next week in the forenoon": "06-14..06-21 08:00-12:00 | not T",
    "Kindly schedule for 25th June, post 6 pm": "06-25 18:00-",
    "coming Monday forenoon or else Tuesday post lunch": "06-14 08:00-12:00, 06-15 13:00-17:00",
    "any weekday bar Monday after 5:30": "MTWTF 17:30- | not 06-14",
    "tommorow arround 1": "06-10 12:30-13:30",
    "since 2pm": "14:00-",
    "tomorrow at about 10am": "06-10 09:30-10:30",
    "can I have 4 o'clock one Friday": "06-11 16:00",
    "I'm home from half two onwards on the 17th": "06-17 14:30-",
    "any slots ths sat b4 noon": "06-12 -12:00",
    "could you fit us in Saturday sometime between half nine and twelve": "06-12 09:30-12:00",
    "this evening at 12": "06-10 00:00",
    "got anything 2nite around 7": "06-09 18:30-19:30",
    "a video call at 2pm Eastern on Friday": "06-11 19:00",
}
DAYS = {
    "We're away until September, so something in September please": "09-01..10-01 | not ..09-01",
    "nothing until August please": "08-01..",
    "Tuesday 3pm or Wednesday 11am would work": "06-15 15:00, 06-16 11:00",
    "Monday or Wednesday": "06-14, 06-16",
    "Please fix me for next tomorrow 10am": "06-11 10:00",
    "Would the Monday after next suit? That is the 21st": "06-21",
    "Good morning dear, would Thursday fortnight at a quarter past eleven be convenient?": "06-24 11:15",
    "could the four of us come the day before, Friday the 13th of August, from 1 to 4": "08-13 13:00-16:00",
    "the week before the wedding on 3 July": "06-26..07-03",
    "two days before I fly on the 20th": "06-18",
    "a day before the party on the 26th": "06-25",
    "the week of the conference on 8 September": "09-06..09-13",
    "Our wedding is Saturday 14 August, I'd need the hair trial two weeks before": "07-31",
    "sometime in September, a Saturday": "09-01..10-01 S",
    "earliest Saturday you've got in July": "07-01..08-01 S | soonest",
    "the 4th of July weekend": "07-03..07-05",
    "Anytime after the 4th of July weekend": "07-05..",
    "the Saturday before Halloween": "10-30",
    "not this friday the one after": "06-18 | not 06-11",
    "Sat 12th or failing that the following Sat": "06-12, 06-19",
}
DEADLINES = {
    "Please do the needful by EOD Friday": "..06-12",
    "we're away till the 18th so any day after that": "06-19.. | not ..06-19 | any day",
    "exams til june 18 so after that pls, evenings best": "06-19.. 17:00-21:00",
    "need to come in before I fly on the 20th": "..06-20",
    "soonest you have, ideally before the weekend": "..06-12 | soonest",
    "no later than the 20th": "..06-21",
}
BEST_FIRST = {
    "Tuesday ideally, failing that Thursday": "06-15, 06-10",
    "Saturday preferably, otherwise Sunday or Monday": "06-12, 06-13, 06-14",
    "Friday would be better for me but Thursday is ok too": "06-11, 06-10",
    "either Saturday morning or Friday after work": "06-12 08:00-12:00, 06-11 17:00-",
    "either Tues or Thurs, preferably before noon": "06-15 -12:00, 06-10 -12:00",
}
COMES_AGAIN = {
    "once a month, on a Tuesday": "06-15 | every 1 month",
    "the first Saturday of each month": "07-03 | every 1 month",
    "the first Monday of every month": "07-05 | every 1 month",
    "monthly, second Tuesday": "07-13 | every 1 month",
    "every second Thursday at half five": "T 17:30 | every 2 week",
}
INSTEAD_OF_ANOTHER = {
    "Need to cancel Friday and come the week after instead": "06-14..06-21 | from 06-11",
    "can you move me from the 15th to the 17th, still at 11": "06-17 11:00 | from 06-15",
    "reschedule tomorrow's visit for some time next week": "06-14..06-21 | from 06-10",
    "change Friday's booking for Tuesday": "06-15 | from 06-11",
    "I'm down for 9:30 on the 23rd, would the same time on the 30th be possible": "06-30 09:30 | from 06-23 09:30",
    "I've an appointment on the 22nd, can I swap it for the 24th?": "06-24 | from 06-22",
    "instead of the 2pm slot give me the 5pm one": "17:00 | from 14:00",
}
NO_TIME = [
    "I've had it for ages, a good few years now",
    "he's 5 foot 10 and 80 kilos",
    "Summer is my daughter's name",
    "It's for April Jones, not April Smith",
    "Is June Carter in?",
    "I drive a 2019 Golf, 1.6 diesel",
    "I have an iPhone from 2020",
    "10% off with voucher code JUNE27",
    "Could I speak to Dawn or Eve?",
    "TGI Fridays is next door to you, right?",
    "Do you take Sunday Riley products?",
    "the dog is 30 kg and about 2 ft tall",
    "I was born on 3 May 1985",
    "dob 3/5/1985",
    "I've been waiting since 2pm",
    "the post comes late",
    "May I bring my daughter along?",
    "flight BA 2490 is what we came on",
    "my blood pressure was 140 over 90",
    "March Road, number 7, second floor",
    "I sat in your car park for ages",
]
FROM_THE_VISIT = {
    "Thursday at the same time as last week": "06-10 15:00",
    "running late, can you push it 20 mins": "06-11 15:20",
    "two hours later than planned": "06-11 17:00",
    "could we delay it 2 hours": "06-11 17:00",
    "bring it forward a day": "06-10 15:00",
    "can you push it half an hour forward": "06-11 14:30",
    "My visit is on Friday at 3, can it be later that day, say half four?": "06-11 16:30 | from 06-11 15:00 | later",
    "can we push Rex's groom back by an hour and a half": "06-11 16:30",
}
IN_OTHER_LANGUAGES = [
    ("es-ES", "de aquí a quince días", "06-24"),
    ("es-ES", "no el 15, mejor el 16", "06-16 | not 06-15"),
    ("es-ES", "cualquier día menos el viernes", "not 06-11 | any day"),
    ("es-ES", "nací el 3 de mayo de 1985", "nothing"),
    ("de-DE", "Freitag ab 16 Uhr oder Samstagvormittag", "06-11 16:00-, 06-12 08:00-12:00"),
    ("de-DE", "statt Donnerstag lieber Freitag", "06-11 | from 06-10"),
    ("de-DE", "bitte nicht vor dem 21.", "06-21.."),
    ("de-DE", "ich bin am 3. Mai 1985 geboren", "nothing"),
    ("fr-FR", "dans trois semaines, un jeudi", "07-01"),
    ("fr-FR", "lundi, sinon mardi dès 9h", "06-14, 06-15 09:00-"),
    ("fr-FR", "vendredi en huit vers 14h30", "06-18 14:00-15:00"),
    ("fr-FR", "née le 3 mai 1985", "nothing"),
    ("pt-BR", "não dia 15, dia 17", "06-17 | not 06-15"),
    ("pt-BR", "amanhã cedo", "06-10 08:00-10:00"),
    ("pt-BR", "de 5 a 9 de julho, só de manhã", "07-05..07-10 08:00-12:00"),
    ("it-IT", "ogni due settimane di sabato", "06-12 | every 2 week"),
    ("it-IT", "dopodomani alle undici e un quarto", "06-11 11:15"),
    ("it-IT", "non venerdì, sabato alle 10", "06-12 10:00 | not 06-11"),
]

WISHES = HOURS | DAYS | DEADLINES | BEST_FIRST | COMES_AGAIN | INSTEAD_OF_ANOTHER


@pytest.mark.parametrize(("text", "meant"), WISHES.items())
def test_what_a_stranger_writes_is_understood(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize("text", NO_TIME)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert said(text).empty


@pytest.mark.parametrize(("text", "meant"), FROM_THE_VISIT.items())
def test_a_visit_is_moved_from_where_it_stands(text: str, meant: str) -> None:
    assert meaning(said(text, anchor=VISIT)) == meant


@pytest.mark.parametrize(("locale", "text", "meant"), IN_OTHER_LANGUAGES)
def test_a_stranger_abroad_is_understood(locale: str, text: str, meant: str) -> None:
    assert meaning(said(text, locale=locale)) == meant


@pytest.mark.parametrize("text", ["anything really", "anything works", "anything at all"])
def test_anything_answers_when(text: str) -> None:
    assert said(text, asked="time").free == "time"


@pytest.mark.parametrize(
    ("text", "weekday"), [("once a month, on a Tuesday", 1), ("the first Saturday of each month", 5)]
)
def test_a_monthly_visit_keeps_its_weekday(text: str, weekday: int) -> None:
    assert said(text).recurrence == Recurrence("month", weekdays=(weekday,))


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-GB", "at the beginning of the month"),
        ("fr-FR", "en début de mois"),
        ("de-DE", "Anfang des Monats"),
        ("es-ES", "a principios de mes"),
        ("pt-BR", "no início do mês"),
        ("it-IT", "a inizio mese"),
    ],
)
def test_the_beginning_of_the_month_is_the_next_one_once_it_is_over(locale: str, text: str) -> None:
    heard = said(text, locale=locale, now=datetime(2027, 6, 12, 9, tzinfo=UTC))
    assert meaning(heard) == "07-01..07-11"


def test_the_beginning_of_this_month_does_not_come_again() -> None:
    heard = said("at the beginning of this month", now=datetime(2027, 6, 12, 9, tzinfo=UTC))
    assert heard.refused == "past"
