"""What customers wrote, as they write it, and what a receptionist would make of it, in one line each."""

from __future__ import annotations

import pytest

from tests.actions.when.said import VISIT, meaning, said

AMERICAN = ["6/12 works for us", "quarter of 4 on friday"]

A_REASON_IS_NOT_THE_WISH = {
    "I finish work at 5 so could I come Thursday at 5:45 pm?": "06-10 17:45",
    "the MOT runs out in november so october": "10-01..11-01",
    "car's making a noise since Monday, can you look at it tomorrow morning? reg is 07-D-12345": "06-10 08:00-12:00",
    "my flight lands at 6am on the 18th so anytime from noon that day": "06-18 12:00- | any time",
    "I am back from holidays on 20 June, so any time after that": "06-21..",
    "I've been growing my hair for 2 years and finally want it off, friday?": "06-11",
    "2 adults 1 child haircut saturday 12 noon": "06-12 12:00",
    "thanks for yesterday! can i book same again in 4 weeks": "07-07",
    "my number is 087 123 4567, call me tomorrow after 2": "06-10 14:00-",
    "Hi how much is a full set and have you anything thurs after 4? also do you take card": "06-10 16:00-",
    "January 5th if you're taking bookings that far ahead": "2028-01-05",
    "July 14th is my only day off so that or nothing": "07-14",
    "lunchtime friday, i only get 45 mins": "06-11 12:00-14:00 | for 45 min",
}
RULED_OUT = {
    "no mornings please": "not -12:00",
    "im away 14th-18th so not then": "not 06-14..06-19",
    "anything bar Thursday next week": "not 06-17",
    "Any morning next week bar Friday": "06-14..06-21 08:00-12:00 | not 06-18",
    "anytime tomorrow except 1 to 2": "06-10 | not 13:00-14:00 | any time",
    "cant do mondays": "not M",
    "any day but friday": "not 06-11",
    "this week except Wednesday": "06-09..06-14 | not 06-09",
    "next week anytime apart from thurs afternoon": "06-14..06-21 | not 06-17 12:00-17:00 | any time",
    "I'm working Saturday so anything else is ok": "not 06-12",
    "I cannot come on 15 June or 16 June": "not 06-15 | not 06-16",
    "weekdays only, not after 4": "MTWTF -16:00",
    "next week is no good for me": "not 06-14..06-21",
    "Friday doesn't suit, sorry": "not 06-11",
    "I can't do anything until 3 on tuesday": "06-15 15:00-",
    "tomorrow, not before the afternoon": "06-10 12:00-",
    "Fri or Sat, but Sat only in the morning": "06-11, 06-12 08:00-12:00",
    "tomorrow afternoon, or else friday, preferably before 3": "06-10 12:00-17:00, 06-11 -15:00",
}
TAKEN_BACK = {
    "Tuesday at 2... no wait 3": "06-15 15:00",
    "not Friday, Thursday": "06-10 | not 06-11",
    "oops, 15th not 14th": "06-15 | not 06-14",
    "thursday 2pm sorry friday 2pm": "06-11 14:00",
    "actually make that 4.30": "16:30",
    "scratch that, tomorrow's better": "06-10",
    "I typed 5 but meant 6 on thursday": "06-10 18:00",
    "*thursday": "06-10",
    "sorry i meant saturday": "06-12",
}
INSTEAD = {
    "cancel my friday one and book me in for saturday at 11": "06-12 11:00 | from 06-11",
    "Im booked for the 11th @3 can i have the 12th same time instead": "06-12 15:00 | from 06-11 15:00",
    "reschedule from 18 june to 25 june": "06-25 | from 06-18",
    "can i swap my 3pm for a 4pm": "16:00 | from 15:00",
    "I have an appointment on Friday at 3, could I change it to Tuesday at 10?": "06-15 10:00 | from 06-11 15:00",
    "i cant make friday anymore can we do tues": "06-15 | not 06-11",
    "instead of tomorrow could it be Thursday next week": "06-17 | from 06-10",
    "cancel tomorrow please": "06-10",
    "move Thursday's to Friday": "06-11 | from 06-10",
}
MOVED = {
    "can we prepone the appointment by 1 hour": "06-11 14:00",
    "push it back an hour": "06-11 16:00",
    "same time next week": "06-18 15:00",
    "could u bring it forward half an hour pls": "06-11 14:30",
    "running late, 15 mins later ok?": "06-11 15:15",
    "move it to the following day same time": "06-12 15:00",
    "postpone by one week please": "06-18 15:00",
    "same day but at 4": "06-11 16:00",
    "same time but on Tuesday": "06-15 15:00",
    "leave it 2 wks later, i've covid": "06-25 15:00",
    "anything a bit earlier in the day?": "earlier",
}
ANSWERED = {
    "option 3": "nothing",
    "the earlier one": "earlier",
    "any": "any time",
    "yes 11 is perfect": "11:00",
    "ya ok 5 wil do": "17:00",
    "3": "15:00",
    "3 pm on June 21": "06-21 15:00",
    "June 21": "06-21",
    "June 21 or 22": "06-21, 06-22",
    "10.30": "10:30",
    "1130": "11:30",
    "half 4": "16:30",
    "the second one": "nothing",
    "whenever suits you": "any both",
}
ALTERNATIVES = {
    "tomorrow at 2 and if not 4": "06-10 14:00, 06-10 16:00",
    "thurs 2pm or fri 3pm": "06-10 14:00, 06-11 15:00",
    "Friday, or else Tuesday morning": "06-11, 06-15 08:00-12:00",
    "ideally thursday evening, failing that saturday morning": "06-10 17:00-21:00, 06-12 08:00-12:00",
    "1st choice wed 16, 2nd choice thu 17": "06-16, 06-17",
    "Can you do tomorrow? Otherwise Friday at 3 is fine too.": "06-10, 06-11 15:00",
    "saturday at 9, 9.30 or 10": "06-12 09:00, 06-12 09:30, 06-12 10:00",
    "we could do the 6th, 7th or 9th of july": "07-06, 07-07, 07-09",
    "thursday or friday next week between 10 and 2": "06-17 10:00-14:00, 06-18 10:00-14:00",
    "can u do xmas eve or the 23rd dec": "12-24, 12-23",
}
DAYS = {
    "15-jul": "07-15",
    "last friday of the month": "06-25",
    "2nd tuesday of august around ten": "08-10 09:30-10:30",
    "week commencing 21st June": "06-21..06-28",
    "w/c 5 July": "07-05..07-12",
    "the week of the 28th": "06-28..07-05",
    "midweek next week": "06-15..06-18",
    "wednesdays in july": "07-01..08-01 W",
    "the day after boxing day": "12-27",
    "the day before valentines": "2028-02-13",
    "can someone come in the next hour": "06-09 10:20-11:20",
    "sir kindly give appointment for tommorow only": "06-10",
    "Tues week if ye have anything": "06-22",
    "in 3 days time": "06-12",
    "2 weeks from Saturday pls": "06-26",
    "three weeks tomorrow": "07-01",
    "6/12 works for us": "06-12",
    "12/6 please": "06-12",
    "wensday 16 june": "06-16",
    "12 feburary": "2028-02-12",
    "5th of septmber": "09-05",
    "sometime nxt wk": "06-14..06-21",
    "weekend after next, we're away this one": "06-26..06-28",
    "sometime in Aug or early Sept": "08-01..09-01, 09-01..09-11",
    "is there space on the 19th, morning if poss": "06-19 08:00-12:00",
    "between 21/6 and 25/6": "06-21..06-26",
    "from monday on I'm free": "06-14..",
    "has to be done by friday at the latest": "..06-12",
    "any time before Friday": "..06-11",
    "before Christmas": "..12-25",
    "Wednesday 18 June": "06-18 | mismatch?",
    "30 Feb": "nonexistent",
    "June 1 2027 at 3pm": "past",
}
TIMES = {
    "3rd Aug 10am root touch up": "08-03 10:00",
    "satuday at haf past ten": "06-12 10:30",
    "Thursday nite": "06-10 18:00-",
    "Thurs @ 6.30": "06-10 18:30",
    "1430 on friday ok?": "06-11 14:30",
    "17h tomorrow": "06-10 17:00",
    "evening 6:45 thursday possible?": "06-10 18:45",
    "booking for 4p friday": "06-11 16:00",
    "fri 10ish": "06-11 09:30-10:30",
    "half 10 sat": "06-12 10:30",
    "quarter of 4 on friday": "06-11 15:45",
    "twenty to four thursday": "06-10 15:40",
    "ten thirty am saturday": "06-12 10:30",
    "btw 3 n 5 tmrw": "06-10 15:00-17:00",
    "2 til 4 fri": "06-11 14:00-16:00",
    "10-12 on saturday": "06-12 10:00-12:00",
    "wed 16th from 1 till half 3": "06-16 13:00-15:30",
    "Friday PM": "06-11 12:00-18:00",
    "sat am for a wash and tone": "06-12 08:00-12:00",
    "tonite?": "06-09 18:00-",
    "tomorrow arvo if u can": "06-10 12:00-17:00",
    "first thing on Tuesday": "06-15 09:00-10:00",
    "tmrw anytime past 2": "06-10 14:00- | any time",
    "Must be out of there by 11.30, Saturday": "06-12 -11:30",
    "about half 2 tmrw, give or take": "06-10 14:00-15:00",
    "the latest slot on thursday": "06-10 | latest",
    "soonest appt available tomorrow": "06-10 | soonest",
    "tomorrow 10am New York time": "06-10 15:00",
    "5.30pm IST on friday": "06-11 13:00",
    "friday 16:00 CET": "06-11 15:00",
    "weekday evenings": "MTWTF 17:00-21:00",
}
LENGTHS = {
    "90 min massage on friday": "06-11 | for 90 min",
    "need an hour and a half tomorrow from 2": "06-10 14:00- | for 90 min",
    "a two-hour slot thursday": "06-10 | for 120 min",
    "it should only take half an hour": "for 30 min",
    "cleaner once a week on thursdays please": "T | every 1 week",
    "alternate wednesdays at 11am": "W 11:00 | every 2 week",
    "every other Tuesday at 9": "T 09:00 | every 2 week",
    "every 6 weeks for my roots": "every 6 week",
    "fortnightly, saturday mornings": "S 08:00-12:00 | every 2 week",
    "30 mins consult sat 10am": "06-12 10:00 | for 30 min",
}
NOTHING = [
    "im at 12 March Road, 2nd floor",
    "flat 4, 10 Friday Street",
    "at the end of the day its your call",
    "newly wed couple here",
    "do you clean sun loungers",
    "I want the sunday roast menu",
    "Mr. Friday",
    "April Jones here",
    "may I bring my dog",
    "party of six",
    "is it €25 for a trim",
    "my number is 07700 900123",
    "call me on 555-0142",
    "she is 7 and he's 10",
    "my son is 3 years old",
    "its for 2 people",
    "June is my usual stylist, is she still with you",
    "ask for Augusta",
    "one sec",
    "give me a minute",
    "hang on a second",
    "thank you, have a nice day",
    "good morning",
    "have a good weekend!",
    "see you then, good night",
    "it was £45 last time",
    "do you do 24/7 call outs",
    "whats ur eircode is it D02 X285",
    "reg is 171-D-20458",
    "the car has 120,000 on the clock",
    "I'd go back to my natural colour, a level 6 or 7",
    "I second that",
    "better late than never lol",
    "sounds good, you may close the ticket",
    "my wife may come with me",
    "we march to our own drum",
    "sun damage on my arms",
    "the sat nav is broken",
    "I sat on my glasses",
    "size 10 shoes, half size up",
]


@pytest.mark.parametrize(("text", "meant"), A_REASON_IS_NOT_THE_WISH.items(), ids=str)
def test_what_someone_tells_beside_a_wish_is_not_wished_for(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize(("text", "meant"), RULED_OUT.items(), ids=str)
def test_what_does_not_suit_is_ruled_out(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize(("text", "meant"), TAKEN_BACK.items(), ids=str)
def test_a_correction_leaves_what_is_meant(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize(("text", "meant"), INSTEAD.items(), ids=str)
def test_what_is_booked_is_told_from_what_is_asked_for_instead(text: str, meant: str) -> None:
    assert meaning(said(text, anchor=VISIT)) == meant


@pytest.mark.parametrize(("text", "meant"), MOVED.items(), ids=str)
def test_a_visit_is_moved_along_the_clock(text: str, meant: str) -> None:
    assert meaning(said(text, anchor=VISIT)) == meant


@pytest.mark.parametrize(("text", "meant"), ANSWERED.items(), ids=str)
def test_an_answer_is_read_by_its_question(text: str, meant: str) -> None:
    assert meaning(said(text, asked="time")) == meant


@pytest.mark.parametrize(("text", "meant"), ALTERNATIVES.items(), ids=str)
def test_alternatives_keep_their_order(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize(("text", "meant"), DAYS.items(), ids=str)
def test_days_and_runs_of_days_are_found_however_written(text: str, meant: str) -> None:
    assert meaning(said(text, locale="en-US" if text in AMERICAN else "en-GB")) == meant


@pytest.mark.parametrize(("text", "meant"), TIMES.items(), ids=str)
def test_times_of_day_are_found_however_written(text: str, meant: str) -> None:
    assert meaning(said(text, locale="en-US" if text in AMERICAN else "en-GB")) == meant


@pytest.mark.parametrize(("text", "meant"), LENGTHS.items(), ids=str)
def test_lengths_and_what_comes_again_stand_beside_the_day(text: str, meant: str) -> None:
    assert meaning(said(text)) == meant


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_found_where_no_time_was_meant(text: str) -> None:
    assert said(text).empty
