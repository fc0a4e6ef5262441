"""Italian needed a table of words and nothing else: what Spanish and Portuguese taught the grammar serves it too."""

from __future__ import annotations

import pytest

from tests.actions.when.said import VISIT, line, lines, said

SAID = {
    "avete posto oggi?": ["06-09"],
    "dopodomani": ["06-11"],
    "venerdì mattina": ["06-11 08:00-12:00"],
    "giovedì della settimana prossima": ["06-17"],
    "nel fine settimana": ["06-12..06-14"],
    "tra due settimane": ["06-23"],
    "il 15": ["06-15"],
    "l'8 luglio": ["07-08"],
    "lunedì 21": ["06-21"],
    "il primo lunedì di luglio": ["07-05"],
    "la prima settimana di luglio": ["07-01..07-08"],
    "a fine mese": ["06-21..07-01"],
    "dal 3 al 5 luglio": ["07-03..07-06"],
    "da lunedì a venerdì": ["06-14..06-19"],
    "prima di venerdì": ["..06-11"],
    "lunedì o martedì": ["06-14", "06-15"],
    "giovdì": ["06-10"],
    "alle 3 del pomeriggio": ["15:00"],
    "alle tre e mezza": ["15:30"],
    "alle cinque meno un quarto": ["16:45"],
    "all'una e mezza": ["13:30"],
    "alle ore 15": ["15:00"],
    "a mezzogiorno": ["12:00"],
    "tra le 2 e le 4": ["14:00-16:00"],
    "dalle 14 alle 16": ["14:00-16:00"],
    "dalle 5 in poi": ["17:00-"],
    "entro le 5": ["-17:00"],
    "verso le 3": ["14:30-15:30"],
    "domattina alle 9": ["06-10 09:00"],
    "stasera alle 8": ["06-09 20:00"],
    "lunedì dalle 3 alle 5": ["06-14 15:00-17:00"],
    "venerdì o sabato mattina, non prima delle 10": ["06-11 10:00-12:00", "06-12 10:00-12:00"],
    "un tavolo per 4 alle 9": ["09:00"],
}
NOT_TIMES = [
    "grazie", "buongiorno", "un tavolo per 4", "siamo in tre persone", "costa 20 euro", "via Roma 5",
    "mi chiamo Domenica", "mio figlio ha 3 anni", "le due ragazze", "la seconda opzione", "un altro giorno",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SAID.items())
def test_what_is_said_is_understood(text: str, expected: list[str]) -> None:
    assert lines(said(text, locale="it-IT")) == expected


@pytest.mark.parametrize("text", NOT_TIMES)
def test_what_is_not_about_time_is_left_alone(text: str) -> None:
    assert said(text, locale="it-IT").empty


@pytest.mark.parametrize(
    ("text", "wishes", "excluded"),
    [
        ("non posso venerdì", [], ["06-11"]),
        ("venerdì non posso, giovedì sì", ["06-10"], ["06-11"]),
        ("venerdì, ma non di mattina", ["06-11"], ["-12:00"]),
        ("la settimana prossima tranne mercoledì", ["06-14..06-21"], ["06-16"]),
    ],
)
def test_what_does_not_suit_is_ruled_out(text: str, wishes: list[str], excluded: list[str]) -> None:
    understood = said(text, locale="it-IT")

    assert lines(understood) == wishes
    assert [line(wish) for wish in understood.exclude] == excluded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un'ora dopo", ["06-11 16:00"]),
        ("posticipare di un'ora", ["06-11 16:00"]),
        ("anticipare di mezz'ora", ["06-11 14:30"]),
        ("lo stesso giorno alle 5", ["06-11 17:00"]),
    ],
)
def test_an_appointment_is_shifted(text: str, expected: list[str]) -> None:
    assert lines(said(text, locale="it-IT", anchor=VISIT)) == expected


def test_what_is_moved_is_told_from_where_it_goes() -> None:
    understood = said("spostare l'appuntamento di giovedì a venerdì", locale="it-IT")

    assert understood.source
    assert line(understood.source) == "06-10"
    assert lines(understood) == ["06-11"]


def test_what_repeats_is_a_recurrence() -> None:
    assert said("ogni due settimane", locale="it-IT").recurrence
    assert lines(said("tutti i giovedì alle 9", locale="it-IT")) == ["T 09:00"]
