"""German is understood as it is said and typed in Berlin, Vienna and Zürich, with and without umlauts."""

from __future__ import annotations

import pytest

from actions.when import Recurrence, Shift, TimeConstraint
from tests.actions.when.said import VISIT, line, lines
from tests.actions.when.said import said as said_in

DAYS = {
    "heute": ["06-09"],
    "morgen": ["06-10"],
    "übermorgen": ["06-11"],
    "uebermorgen": ["06-11"],
    "am Freitag": ["06-11"],
    "Sonnabend": ["06-12"],
    "am So": ["06-13"],
    "Sa oder So": ["06-12", "06-13"],
    "kommenden Freitag": ["06-11"],
    "nächsten Dienstag": ["06-15"],
    "Freitag nächste Woche": ["06-18"],
    "kommende Woche": ["06-14..06-21"],
    "naechste woche": ["06-14..06-21"],
    "übernächste Woche": ["06-21..06-28"],
    "Anfang nächster Woche": ["06-14..06-17"],
    "Ende der Woche": ["06-11..06-14"],
    "die ganze nächste Woche": ["06-14..06-21"],
    "am Wochenende": ["06-12..06-14"],
    "KW 25": ["06-21..06-28"],
    "in 14 Tagen": ["06-23"],
    "in zwei Wochen": ["06-23"],
    "heute in einer Woche": ["06-16"],
    "Montag in acht Tagen": ["06-21"],
    "in den nächsten drei Tagen": ["06-09..06-13"],
    "am 25.": ["06-25"],
    "der 24te": ["06-24"],
    "am einundzwanzigsten": ["06-21"],
    "am dreissigsten Juni": ["06-30"],
    "am 3. Dezember": ["12-03"],
    "3.12.": ["12-03"],
    "15.5.28": ["2028-05-15"],
    "9.10": ["10-09"],
    "Freitag, den 11. Juni": ["06-11"],
    "am 10. oder 11.": ["06-10", "06-11"],
    "vom 3. bis zum 5. Juli": ["07-03..07-06"],
    "3.-5. Juli": ["07-03..07-06"],
    "12.-14.06.2027": ["06-12..06-15"],
    "Mo-Fr": ["06-14..06-19"],
    "im Jänner": ["2028-01-01..2028-02-01"],
    "heuer im Oktober": ["10-01..11-01"],
    "nächstes Jahr im März": ["2028-03-01..2028-04-01"],
    "Anfang Dezember": ["12-01..12-11"],
    "zum Monatsende": ["06-21..07-01"],
    "in der ersten Dezemberwoche": ["12-01..12-08"],
    "der erste Montag im Juli": ["07-05"],
    "das erste Juliwochenende": ["07-03..07-05"],
    "Mitte oder Ende Juli": ["07-11..08-01"],
    "zu Silvester": ["12-31"],
    "Christi Himmelfahrt": ["2028-05-25"],
    "zweiter Advent": ["12-05"],
}


def said(text: str, **more: object) -> TimeConstraint:
    return said_in(text, locale="de-DE", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), DAYS.items(), ids=str)
def test_days(text: str, expected: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == expected
    assert understood.open == ()


CLOCKS = {
    "morgen um 15 Uhr": ["06-10 15:00"],
    "morgen 15 Uhr 30": ["06-10 15:30"],
    "um acht Uhr fünfzehn": ["08:15"],
    "um 14.30 Uhr": ["14:30"],
    "Mo 14.06. 10.30 Uhr": ["06-14 10:30"],
    "do um 15h": ["06-10 15:00"],
    "halb drei": ["14:30"],
    "viertel vor vier": ["15:45"],
    "viertel nach 4 am Freitag": ["06-11 16:15"],
    "viertel drei": ["14:15"],
    "dreiviertel vier": ["15:45"],
    "fünf nach halb drei": ["14:35"],
    "fünf vor halb drei": ["14:25"],
    "zwanzig nach drei": ["15:20"],
    "5 vor 12": ["11:55"],
    "um eins": ["13:00"],
    "Null Uhr": ["00:00"],
    "heute Abend um 8": ["06-09 20:00"],
    "um 8 in der Früh": ["08:00"],
    "Freitag um 10, 11 oder 12": ["06-11 10:00", "06-11 11:00", "06-11 12:00"],
    "gegen 3": ["14:30-15:30"],
    "so um 3 rum": ["14:30-15:30"],
    "kurz vor 12": ["11:30-12:30"],
    "zwischen 14 und 16 Uhr": ["14:00-16:00"],
    "morgen von 2 bis 4": ["06-10 14:00-16:00"],
    "Samstag 9-11": ["06-12 09:00-11:00"],
    "ab 17 Uhr": ["17:00-"],
    "von 14 Uhr an": ["14:00-"],
    "frühestens um 11": ["11:00-"],
    "nicht vor 10 Uhr": ["10:00-"],
    "bis 16 Uhr": ["-16:00"],
    "spätestens um 17 Uhr": ["-17:00"],
    "spätestens Freitag": ["..06-12"],
    "ab dem 15.": ["06-15.."],
    "nach dem 15.": ["06-16.."],
    "nach dem Wochenende": ["06-14.."],
    "ich arbeite bis 17 Uhr": ["17:00-"],
}


@pytest.mark.parametrize(("text", "expected"), CLOCKS.items(), ids=str)
def test_times_of_day(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


MORNING, AFTERNOON = "08:00-12:00", "12:00-18:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "Freitagvormittag": [f"06-11 {MORNING}"],
        "Freitag vormittags": [f"06-11 {MORNING}"],
        "Samstagnachmittag": [f"06-12 {AFTERNOON}"],
        "am späten Nachmittag": ["15:00-18:00"],
        "mittags": ["12:00-14:00"],
        "Vormittag, wenn möglich": [MORNING],
        "am Vormittag, nicht vor 10": ["10:00-12:00"],
        "Abend, ist am Freitag was frei?": ["06-11"],
        "nach Feierabend": ["17:00-"],
        "werktags nach 17 Uhr": ["MTWTF 17:00-"],
        "Freitag, sonst Montag früh": ["06-11", f"06-14 {MORNING}"],
        "Freitag oder Samstag Vormittag, nicht vor 10": ["06-11 10:00-12:00", "06-12 10:00-12:00"],
    }.items(),
    ids=str,
)
def test_parts_of_the_day(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "morgen früh": [f"06-10 {MORNING}"],
        "morgen Vormittag um 9": ["06-10 09:00"],
        "heute Morgen": [f"06-09 {MORNING}"],
        "Freitag morgen um 9": ["06-11 09:00"],
        "Dienstagmorgen": [f"06-15 {MORNING}"],
        "am Morgen": [MORNING],
        "morgens": [MORNING],
        "heute oder morgen": ["06-09", "06-10"],
        "Guten Morgen, geht es am Freitag?": ["06-11"],
        "Morgen!": [],
    }.items(),
    ids=str,
)
def test_tomorrow_is_told_from_the_morning_and_from_the_greeting(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


@pytest.mark.parametrize(
    ("text", "wishes", "excluded"),
    [
        ("nächste Woche außer Mittwoch", ["06-14..06-21"], ["06-16"]),
        ("nächste Woche, nur nicht am Mittwoch", ["06-14..06-21"], ["06-16"]),
        ("Freitag geht nicht", [], ["06-11"]),
        ("Montag und Dienstag kann ich leider nicht", [], ["06-14", "06-15"]),
        ("Freitag passt und Samstag geht nicht", ["06-11"], ["06-12"]),
        ("am Freitag kann ich leider nicht kommen, Samstag schon", ["06-12"], ["06-11"]),
        ("Freitag passt mir nicht, lieber Donnerstag", ["06-10"], ["06-11"]),
        ("ich habe keine Zeit am Freitag", [], ["06-11"]),
        ("nicht Freitag, Donnerstag", ["06-10"], ["06-11"]),
        ("nicht am Freitag, sondern am Donnerstag", ["06-10"], ["06-11"]),
        ("nicht vormittags", [], ["-12:00"]),
        ("weder Montag noch Dienstag", [], ["06-14", "06-15"]),
        ("heute leider nicht mehr", [], ["06-09"]),
        ("jeden Tag außer Sonntag", [], ["06-13"]),
    ],
    ids=str,
)
def test_what_is_ruled_out(text: str, wishes: list[str], excluded: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == wishes
    assert [line(wish) for wish in understood.exclude] == excluded


@pytest.mark.parametrize(
    ("text", "source", "wishes"),
    [
        ("Können wir von Donnerstag auf Freitag verschieben?", "06-10", ["06-11"]),
        ("meinen Termin vom 10. auf den 11. verlegen", "06-10", ["06-11"]),
        ("den Termin am Freitag um 3 auf Samstag um 10 legen", "06-11 15:00", ["06-12 10:00"]),
        ("statt Freitag lieber Samstag", "06-11", ["06-12"]),
        ("Donnerstag statt Freitag", "06-11", ["06-10"]),
        ("ich würde gern Freitag gegen Samstag tauschen", "06-11", ["06-12"]),
        ("Könnte ich statt um 15 Uhr um 16 Uhr kommen?", "15:00", ["16:00"]),
        ("Mein Termin ist am Freitag, hätten Sie auch Donnerstag etwas?", "06-11", ["06-10"]),
        ("Bitte Freitag absagen und dafür Samstag um 10", "06-11", ["06-12 10:00"]),
    ],
    ids=str,
)
def test_what_is_moved_and_where_to(text: str, source: str, wishes: list[str]) -> None:
    understood = said(text)

    assert understood.source is not None
    assert line(understood.source) == source
    assert lines(understood) == wishes


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("eine Stunde später", Shift(minutes=60)),
        ("zwei Tage früher", Shift(days=-2)),
        ("um eine Stunde nach hinten verschieben", Shift(minutes=60)),
        ("den Termin um eine halbe Stunde vorverlegen", Shift(minutes=-30)),
        ("gleiche Zeit nächste Woche", Shift(days=7)),
        ("am nächsten Tag", Shift(days=1)),
    ],
    ids=str,
)
def test_shifts_of_an_appointment(text: str, shift: Shift) -> None:
    assert said(text).shift == shift


def test_the_same_time_is_that_of_the_appointment() -> None:
    assert lines(said("zur gleichen Zeit am Samstag", anchor=VISIT)) == ["06-12 15:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jeden Dienstag um 9", Recurrence("week", 1, (1,))),
        ("jeden zweiten Dienstag", Recurrence("week", 2, (1,))),
        ("alle drei Wochen dienstags um 10", Recurrence("week", 3, (1,))),
        ("alle zwei Wochen", Recurrence("week", 2)),
        ("zweiwöchentlich", Recurrence("week", 2)),
        ("jeden Morgen um 9", Recurrence("day")),
        ("einmal im Monat", Recurrence("month")),
        ("jeden zweiten Samstag im Monat", Recurrence("month")),
    ],
    ids=str,
)
def test_what_comes_again(text: str, expected: Recurrence) -> None:
    assert said(text).recurrence == expected


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("für eine Dreiviertelstunde", 45),
        ("ein zweistündiger Termin", 120),
        ("30-Minuten-Termin", 30),
        ("anderthalb Stunden", 90),
        ("zweieinhalb Stunden", 150),
    ],
    ids=str,
)
def test_lengths(text: str, minutes: int) -> None:
    assert said(text).duration_seconds == minutes * 60


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "donerstag nachmitag": [f"06-10 {AFTERNOON}"],
        "freitg 14 uhr": ["06-11 14:00"],
        "nächsten diesntag": ["06-15"],
        "morgn um 10": ["06-10 10:00"],
    }.items(),
    ids=str,
)
def test_misspellings(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


@pytest.mark.parametrize(
    "text", ["nächsten Freitag", "übernächsten Freitag", "nächstes Wochenende", "Mittwoch"]
)
def test_two_readings_are_asked_about(text: str) -> None:
    assert [reading.reason for reading in said(text).open] == ["weekday"]


def test_soonest_and_whenever() -> None:
    assert said("so bald wie möglich").order == "soonest"
    assert said("egal wann").free == "both"
    assert said("nicht so früh").order == "later"
    assert said("geht es eher?").order == "earlier"
    assert said("eher Freitag").order is None


def test_what_would_be_nice_and_what_would_do_too() -> None:
    assert said("am liebsten Freitag").wishes[0].soft
    assert said("Freitag wäre mir lieber").wishes[0].soft
    assert said("Samstag geht auch").widens
    assert said("Freitag geht doch").allows
    assert not said("Freitag geht leider nicht").allows


def test_a_number_answers_the_question_for_a_time() -> None:
    assert lines(said("3", asked="time")) == ["15:00"]
    assert lines(said("um 3 bitte", asked="time")) == ["15:00"]
    assert lines(said("Morgen.", asked="day")) == ["06-10"]


def test_a_time_that_is_over_is_told_or_refused() -> None:
    assert said("ich war vor zwei Wochen bei Ihnen").refused is None
    assert said("gestern um 3").refused == "past"
    assert said("am 31. Februar").refused == "nonexistent"


@pytest.mark.parametrize(
    "text",
    [
        "danke",
        "ein Tisch für 4",
        "für 2 Personen",
        "Herr Mai",
        "Frau Sonntag hat mich empfohlen",
        "Ich heiße August Mai",
        "Mein Name ist April Sommer",
        "Hauptstraße 12",
        "Lindenallee 5, 10115 Berlin",
        "das kostet 15 Euro",
        "Ich bin 35 Jahre alt",
        "guten Morgen",
        "Schönen Abend noch!",
        "Schönes Wochenende!",
        "Danke, bis Freitag!",
        "Bis morgen!",
        "einen Moment bitte",
        "die zweite Option",
        "im dritten Stock",
        "beim zweiten Mal",
        "ich komme nach Hause",
        "Mozartgasse 8/15",
        "ich rufe später an",
        "seit Montag tut es weh",
        "Ich habe seit Montag Zahnschmerzen",
        "ich habe schon seit zwei Wochen Schmerzen",
        "so",
        "2",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert said(text).empty
