"""A language without a table is read by its figures and by names that dateparser knows, or not at all: never half."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from time import process_time
from unittest.mock import patch

import pytest
import time_machine
from dateparser.data.languages_info import language_order
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.when import TimeConstraint
from actions.when.foreign.words import foreign_words
from tests.actions.when.said import NOW, line, lines, said
from tests.actions.when.tables_hidden import dutch_and_italian_tables_hidden  # noqa: F401

UNDERSTOOD = {
    "nl-NL": {
        "vrijdag": ["06-11"],
        "vrijdag 2 juli": ["07-02"],
        "Kan ik vrijdag om 15:00 komen?": ["06-11 15:00"],
        "vrijdag 2 juli om 9 uur": ["07-02 09:00"],
        "graag op 2 juli 2028": ["2028-07-02"],
        "morgen om 3": ["06-10 15:00"],
        "om 3 uur 's middags": ["15:00"],
        "rond 15:00": ["14:30-15:30"],
        "om 4 uur in de morgen": ["04:00"],
        "zaterdag in de ochtend": ["06-12 08:00-12:00"],
        "Goedemorgen, is er vrijdag plek?": ["06-11"],
        "over 3 dagen": ["06-12"],
        "over 2 weken": ["06-23"],
        "volgende week": ["06-14..06-21"],
        "volgende maand": ["07-01..08-01"],
        "in augustus?": ["08-01..09-01"],
        "juli of augustus": ["07-01..08-01", "08-01..09-01"],
        "om 3 of 4 uur": ["15:00", "16:00"],
        "vr 15:00": ["06-11 15:00"],
        "vrijdag of zaterdag": ["06-11", "06-12"],
        "14:00 - 16:00": ["14:00-16:00"],
    },
    "it": {
        "venerdi": ["06-11"],
        "Posso venire domani alle 15:30?": ["06-10 15:30"],
        "il 2 luglio alle 3": ["07-02 15:00"],
        "alle 8 di sera": ["20:00"],
        "Buongiorno, sabato mattina?": ["06-12 08:00-12:00"],
        "sabato o domenica": ["06-12", "06-13"],
        "tra 3 giorni": ["06-12"],
    },
    "ar": {
        "يوم الخميس الساعة 3": ["06-10 15:00"],
        "غدا": ["06-10"],
        "٣ يوليو": ["07-03"],
    },
    "hi": {
        "सोमवार को 3 बजे": ["06-14 15:00"],
        "3 जुलाई": ["07-03"],
        "शुक्रवार शाम को": ["06-11 17:00-21:00"],
        "सोमवार सुबह 10 बजे": ["06-14 10:00"],
    },
    "sv-SE": {"fredag 15:00": ["06-11 15:00"], "3 juli 2027": ["07-03"], "imorgon": ["06-10"]},
    "pl": {"2 lipca 15:00": ["07-02 15:00"], "jutro": ["06-10"]},
    "tr": {"yarın 15:30": ["06-10 15:30"]},
    "ru": {"завтра 15:00": ["06-10 15:00"], "3 июля": ["07-03"]},
    "ja": {"金曜日": ["06-11"]},
    "eu": {"ostirala": ["06-11"]},
}
NOT_READ = {
    "nl": {
        "what is ruled out": ["niet vrijdag", "elke dag behalve vrijdag", "vrijdag kan ik niet"],
        "bounds": ["voor vrijdag", "na 15:00", "vanaf 1 juli", "tot vrijdag", "tussen 14:00 en 16:00"],
        "parts of the day": [
            "vrijdagochtend om 10:00",
            "morgenavond",
            "vrijdag in de namiddag om 16:00 's nachts",
        ],
        "hours in words": ["half drie", "vrijdag om drie uur", "kwart voor 9"],
        "weekdays of other weeks": ["volgende vrijdag", "vrijdag over een week"],
        "a figure left over": ["vrijdag 15", "tafel voor 4 op vrijdag", "vrijdag met 2 personen", "3 mei 15"],
        "a figure with two meanings": ["10.10", "vrijdag 5.10", "3-4"],
        "what is not free": ["vrijdag ben ik verhinderd", "vrijdag op vakantie"],
        "a small word that is also an abbreviation": ["zo snel mogelijk", "do", "ik ben zo klaar om 15:00"],
        "days that nobody joined": [
            "maandag dinsdag",
            "vrijdag, zaterdag",
            "vrijdag 15:00 en zaterdag 16:00",
        ],
        "a time in another zone": ["15:00 CET"],
        "a time of a month": ["juli om 15:00"],
        "moves": ["verzet vrijdag naar zaterdag"],
        "no time": ["31 februari", "ik betaalde €35", "bel me op 0612345678", "hallo", ""],
    },
    "it": {
        "what is ruled out": ["non venerdì", "tutti i giorni tranne sabato"],
        "bounds": ["dopo le 17", "dalle 15:00 alle 17:00", "entro venerdì"],
        "hours in words": ["domani alle tre", "alle 3 e mezza"],
        "an abbreviation of March and of Tuesday": ["mar", "3 mar"],
        "what is told by the day before": ["dopodomani"],
        "an hour that may be a date": ["venerdì 15"],
    },
    "hi": {"one word for yesterday and tomorrow": ["कल", "परसों"], "what is ruled out": ["सोमवार नहीं"]},
    "ar": {"what is ruled out": ["ليس الخميس"], "bounds": ["بعد الخميس", "قبل الساعة 5"]},
    "sv": {"words nobody knows": ["inte fredag", "före fredag", "kan jag komma fredag", "fredag kväll"]},
    "tr": {"endings": ["cumaya", "cumadan sonra"]},
    "tlh": {
        "English words in a language nobody knows": ["friday", "tomorrow at 3", "may 3", "not 15:00"],
    },
    "xx-YY": {"English words in no language": ["friday at 3"]},
    "": {"English words without a language": ["friday at 3"]},
}
FIGURES = {
    "15:00": ["15:00"],
    "3pm": ["15:00"],
    "2027-07-06": ["07-06"],
    "2027-07-06 15:00": ["07-06 15:00"],
    "6/7/2027 09:30": ["07-06 09:30"],
    "21.11.": ["11-21"],
    "14:00-16:00": ["14:00-16:00"],
}


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [(locale, text, expected) for locale, rows in UNDERSTOOD.items() for text, expected in rows.items()],
)
def test_a_day_and_a_clock_are_understood(locale: str, text: str, expected: list[str]) -> None:
    understood = said(text, locale=locale)

    assert lines(understood) == expected
    assert not understood.open


@pytest.mark.parametrize(
    ("locale", "family", "text"),
    [
        (locale, family, text)
        for locale, rows in NOT_READ.items()
        for family, texts in rows.items()
        for text in texts
    ],
)
def test_what_cannot_be_read_whole_is_not_read_at_all(locale: str, family: str, text: str) -> None:
    assert said(text, locale=locale).empty, family


@pytest.mark.parametrize("locale", ["tlh", "xx-YY", "", "sv-SE", "nl", "ja"])
@pytest.mark.parametrize(("text", "expected"), FIGURES.items(), ids=str)
def test_figures_are_understood_in_every_language(locale: str, text: str, expected: list[str]) -> None:
    assert lines(said(text, locale=locale)) == expected


def test_a_lone_number_is_an_hour_only_when_the_time_was_asked_for() -> None:
    assert lines(said("3", locale="nl", asked="time")) == ["15:00"]
    assert said("3", locale="nl").empty


def test_a_number_picks_a_reading_when_that_was_the_question() -> None:
    assert said("2", locale="nl", asked="reading").picks == "2"


def test_two_readings_are_asked_about_as_in_any_language() -> None:
    options = {
        text: [[line(option) for option in each.options] for each in said(text, locale="nl").open]
        for text in ("vrijdag 3 juli", "woensdag")
    }

    assert options == {
        "vrijdag 3 juli": [["07-03", "07-02"]],
        "woensdag": [["06-16", "06-09"]],
    }


def test_a_day_that_is_over_is_refused() -> None:
    assert said("gisteren", locale="nl").refused == "past"


def test_the_locale_orders_figures_and_names_alike() -> None:
    assert lines(said("6/7/2027", locale="tl-PH", now=datetime(2027, 6, 1, 8, tzinfo=UTC))) == ["06-07"]


def test_every_language_of_dateparser_has_readable_words() -> None:
    for code in language_order:
        assert foreign_words(code).lexicon.phrases


def test_neither_the_clock_nor_the_zone_of_the_machine_nor_the_network_is_looked_at() -> None:
    texts = [(locale, text) for locale, rows in UNDERSTOOD.items() for text in rows]
    here = [said(text, locale=locale) for locale, text in texts]

    with (
        time_machine.travel(datetime(1999, 12, 31, 23, 59, tzinfo=UTC), tick=False),
        patch.dict("os.environ", {"TZ": "Pacific/Auckland"}),
        patch.object(socket, "socket", side_effect=AssertionError("the network")),
    ):
        there = [said(text, locale=locale) for locale, text in texts]

    assert there == here


_TALK = st.lists(
    st.sampled_from(
        [text for rows in UNDERSTOOD["nl-NL"] for text in rows.split()]
        + [
            "niet",
            "of",
            "of anders",
            ",",
            ".",
            "-",
            "31",
            "0",
            "99",
            "2027",
            "30 februari",
            "over 999 weken",
            "9999",
        ]
    ),
    max_size=10,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(text=_TALK | st.text(max_size=120), locale=st.sampled_from(["nl", "it", "hi", "ar", "sv", "zh", "xx"]))
def test_any_text_is_read_without_failing(text: str, locale: str) -> None:
    understood = said(text, locale=locale)

    assert TimeConstraint.from_json(understood.to_json()) == understood


@settings(max_examples=60, deadline=None)
@given(text=_TALK, weeks=st.integers(1, 3))
def test_a_week_later_everything_is_understood_with_the_same_certainty(text: str, weeks: int) -> None:
    earlier = said(text, locale="nl", now=NOW - timedelta(days=7))
    later = said(text, locale="nl", now=NOW - timedelta(days=7) + timedelta(weeks=weeks))

    assert (earlier.empty, earlier.spans) == (later.empty, later.spans)


def test_a_thousand_characters_take_no_time() -> None:
    text = ("Kan ik vrijdag 2 juli om 15:00 komen, of anders zaterdag 3 juli? Ik ben er over 3 dagen. " * 20)[
        :1000
    ]
    said(text, locale="nl")

    began = process_time()
    said(text, locale="nl")

    assert process_time() - began < 0.25
