"""French as it is typed in France, Belgium, Switzerland and Québec: hours with h, elisions, accents left out."""

from __future__ import annotations

import pytest

from actions.when import Recurrence, Shift, TimeConstraint
from tests.actions.when.said import VISIT, line, lines, said


def dit(text: str, **known: object) -> TimeConstraint:
    return said(text, locale="fr-FR", **known)  # type: ignore[arg-type]


DAYS = {
    "aujourd'hui": ["06-09"],
    "aujourdhui si possible": ["06-09"],
    "demain svp": ["06-10"],
    "après-demain": ["06-11"],
    "apres demain": ["06-11"],
    "vendredi": ["06-11"],
    "mardi prochain": ["06-15"],
    "ce samedi": ["06-12"],
    "mardi de la semaine prochaine": ["06-15"],
    "mercredi la semaine d'après": ["06-16"],
    "mardi en huit": ["06-22"],
    "jeudi en quinze": ["06-24"],
    "le 25": ["06-25"],
    "le 1er": ["07-01"],
    "le 1er juillet": ["07-01"],
    "le premier juillet": ["07-01"],
    "le vingt-deux juin": ["06-22"],
    "mardi 15": ["06-15"],
    "le mardi 15 juin": ["06-15"],
    "le 6/7": ["07-06"],
    "le 06.07.2027": ["07-06"],
    "06 07 2027": ["07-06"],
    "dans trois jours": ["06-12"],
    "dans deux semaines": ["06-23"],
    "dans un mois": ["07-09"],
    "le premier lundi de juillet": ["07-05"],
    "le 2e mardi de juillet": ["07-13"],
    "le premier lundi du mois prochain": ["07-05"],
    "le 12 du mois prochain": ["07-12"],
    "la veille de Noël": ["12-24"],
    "le lendemain de Noël": ["12-26"],
    "le mardi d'avant Noël": ["12-21"],
    "le 14 juillet": ["07-14"],
    "mecredi prochain": ["06-16"],
    "samdi": ["06-12"],
}
RUNS = {
    "cette semaine": ["06-09..06-14"],
    "dans la semaine": ["06-09..06-14"],
    "la semaine prochaine": ["06-14..06-21"],
    "en début de semaine prochaine": ["06-14..06-17"],
    "ce week-end": ["06-12..06-14"],
    "le mois prochain": ["07-01..08-01"],
    "en juillet": ["07-01..08-01"],
    "mi-juillet": ["07-10..07-20"],
    "en fin d'année": ["11-01..2028-01-01"],
    "fin juin": ["06-21..07-01"],
    "à la fin du mois": ["06-21..07-01"],
    "la semaine du 21": ["06-21..06-28"],
    "semaine 25": ["06-21..06-28"],
    "du 15 au 17": ["06-15..06-18"],
    "du 28 juin au 2 juillet": ["06-28..07-03"],
    "entre mardi et jeudi": ["06-15..06-18"],
    "du mardi au jeudi": ["06-15..06-18"],
    "d'ici vendredi": ["..06-12"],
    "d'ici la semaine prochaine": ["..06-21"],
    "la première quinzaine de juillet": ["07-01..07-16"],
    "à l'automne": ["09-23..12-21"],
    "vendredi au plus tard": ["..06-12"],
    "avant le 20": ["..06-20"],
    "à partir du 15": ["06-15.."],
    "dès lundi": ["06-14.."],
    "sous 48h": ["06-09..06-11"],
    "sous huitaine": ["06-09..06-16"],
    "dans le courant de la semaine prochaine": ["06-14..06-21"],
    "pas avant lundi": ["06-14.."],
    "en semaine": ["MTWTF"],
}
CLOCKS = {
    "demain à 15h": ["06-10 15:00"],
    "demain 15 h": ["06-10 15:00"],
    "demain à 15h30": ["06-10 15:30"],
    "demain à 15 heures 30": ["06-10 15:30"],
    "demain à quinze heures trente": ["06-10 15:30"],
    "le 25 à 9h": ["06-25 09:00"],
    "le 2 à 10h": ["07-02 10:00"],
    "mardi 15 à 16h": ["06-15 16:00"],
    "trois heures et demie": ["15:30"],
    "à quatre heures moins le quart": ["15:45"],
    "à onze heures moins dix": ["10:50"],
    "midi": ["12:00"],
    "midi et quart": ["12:15"],
    "midi trente": ["12:30"],
    "à 3 heures": ["15:00"],
    "vers une heure": ["12:30-13:30"],
    "jeudi soir à 7h": ["06-10 19:00"],
    "ce soir à 6h et demie": ["06-09 18:30"],
    "8h du soir": ["20:00"],
    "9 heures du matin": ["09:00"],
    "vers les 15h": ["14:30-15:30"],
    "à partir de 17h": ["17:00-"],
    "après 16h30": ["16:30-"],
    "avant midi": ["-12:00"],
    "jusqu'à 17h": ["-17:00"],
    "d'ici 17h": ["-17:00"],
    "entre 14h et 16h": ["14:00-16:00"],
    "entre 14 et 16h": ["14:00-16:00"],
    "de 2 à 4": ["14:00-16:00"],
    "de 8h du matin à 6h du soir": ["08:00-18:00"],
    "10h ou après": ["10:00-"],
    "de 15 à 16h": ["15:00-16:00"],
    "vendredi de 14h à 16h": ["06-11 14:00-16:00"],
    "samedi entre midi et deux": ["06-12 12:00-14:00"],
    "pas avant 10h": ["10:00-"],
    "mardi prochain dans l'après-midi": ["06-15 12:00-17:00"],
    "mardi prochain dans l apres midi": ["06-15 12:00-17:00"],
    "demain matin": ["06-10 08:00-12:00"],
    "ce soir": ["06-09 18:00-"],
    "jeudi en fin de journée": ["06-10 17:00-20:00"],
    "demain en début d'après-midi": ["06-10 12:00-15:00"],
}


@pytest.mark.parametrize(("text", "expected"), [*DAYS.items(), *RUNS.items(), *CLOCKS.items()], ids=str)
def test_days_and_times_are_understood(text: str, expected: list[str]) -> None:
    understood = dit(text)

    assert lines(understood) == expected
    assert not understood.open
    assert understood.refused is None


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("vendredi prochain", ["06-18", "06-11"]),
        ("mercredi 15", ["06-15", "06-16"]),
        ("dans quinze jours", ["06-23", "06-24"]),
        ("dans 8 jours", ["06-16", "06-17"]),
    ],
    ids=str,
)
def test_two_possible_days_are_asked_about(text: str, options: list[str]) -> None:
    (reading,) = dit(text).open

    assert [line(option) for option in reading.options] == options


@pytest.mark.parametrize(
    ("text", "wishes", "excluded"),
    [
        ("vendredi ou samedi matin", ["06-11 08:00-12:00", "06-12 08:00-12:00"], []),
        ("mardi avant 10h ou après 16h", ["06-15 -10:00", "06-15 16:00-"], []),
        ("ce samedi ou samedi prochain", ["06-12", "06-19"], []),
        ("ni samedi ni mardi", [], ["06-12", "06-15"]),
        ("soit mardi soit jeudi", ["06-15", "06-10"], []),
        ("n'importe quel jour sauf le mercredi", [], ["W"]),
        ("samedi matin ou bien mardi", ["06-12 08:00-12:00", "06-15"], []),
        ("mardi, mercredi ou vendredi de la semaine prochaine", ["06-15", "06-16", "06-18"], []),
        ("le 15 au matin ou le 16 après-midi", ["06-15 08:00-12:00", "06-16 12:00-17:00"], []),
        ("demain à 10h ou 11h", ["06-10 10:00", "06-10 11:00"], []),
        ("le 24 ou le 26", ["06-24", "06-26"], []),
        ("demain après-midi, sinon vendredi", ["06-10 12:00-17:00", "06-11"], []),
        ("la semaine prochaine sauf mercredi", ["06-14..06-21"], ["06-16"]),
        ("vendredi mais pas le matin", ["06-11"], ["-12:00"]),
        ("je ne peux pas vendredi", [], ["06-11"]),
        ("vendredi je ne peux pas", [], ["06-11"]),
        ("vendredi, je ne peux pas", [], ["06-11"]),
        ("samedi ça ne m'arrange pas", [], ["06-12"]),
        ("samedi je ne suis pas là, jeudi oui", ["06-10"], ["06-12"]),
        ("pas vendredi, jeudi", ["06-10"], ["06-11"]),
        ("pas vendredi mais jeudi", ["06-10"], ["06-11"]),
        ("je ne suis pas dispo avant 17h", ["17:00-"], []),
    ],
    ids=str,
)
def test_alternatives_and_what_is_ruled_out(text: str, wishes: list[str], excluded: list[str]) -> None:
    understood = dit(text)

    assert lines(understood) == wishes
    assert [line(wish) for wish in understood.exclude] == excluded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("non, vendredi", ["06-11"]),
        ("plutôt vendredi", ["06-11"]),
        ("le 15. Pardon, le 16", ["06-16"]),
        ("en fait jeudi", ["06-10"]),
        ("plutôt le soir que le matin", ["17:00-21:00"]),
        ("16h au lieu de 15h", ["16:00"]),
    ],
    ids=str,
)
def test_a_correction_leaves_only_what_is_meant(text: str, expected: list[str]) -> None:
    understood = dit(text)

    assert lines(understood) == expected
    assert understood.corrects


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("déplacer celui de jeudi à vendredi", "06-10", ["06-11"]),
        ("déplacer mon rdv de jeudi à 15h à vendredi à 10h", "06-10 15:00", ["06-11 10:00"]),
        ("changer mon rendez-vous de 14h à 16h", "14:00", ["16:00"]),
        ("samedi plutôt que vendredi", "06-11", ["06-12"]),
        ("échanger vendredi contre samedi", "06-11", ["06-12"]),
        ("mon rdv de vendredi, le mettre samedi", "06-11", ["06-12"]),
        ("mon rdv est à 15h, je peux venir à 16h ?", "15:00", ["16:00"]),
    ],
    ids=str,
)
def test_what_is_moved_is_told_from_where_it_goes(text: str, source: str, target: list[str]) -> None:
    understood = dit(text)

    assert understood.source is not None
    assert line(understood.source) == source
    assert lines(understood) == target


@pytest.mark.parametrize(
    ("text", "shift", "resolved"),
    [
        ("une heure plus tard", Shift(minutes=60), "06-11 16:00"),
        ("décaler d'une heure", Shift(minutes=60), "06-11 16:00"),
        ("avancer mon rendez-vous d'une demi-heure", Shift(minutes=-30), "06-11 14:30"),
        ("un jour plus tôt", Shift(days=-1), "06-10 15:00"),
        ("même heure la semaine prochaine", Shift(days=7), "06-18 15:00"),
    ],
    ids=str,
)
def test_a_shift_is_relative_to_the_appointment(text: str, shift: Shift, resolved: str) -> None:
    understood = dit(text, anchor=VISIT)

    assert understood.shift == shift
    assert lines(understood) == [resolved]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("dès que possible", "order", "soonest"),
        ("le plus tôt possible", "order", "soonest"),
        ("vous avez plus tôt ?", "order", "earlier"),
        ("n'importe quand", "free", "both"),
        ("peu importe l'heure", "free", "time"),
        ("ou samedi", "widens", True),
        ("pendant 3 heures", "duration_seconds", 10800),
        ("un massage d'une heure", "duration_seconds", 3600),
        ("une séance de 45 minutes", "duration_seconds", 2700),
        ("un mardi sur deux", "recurrence", Recurrence("week", 2, (1,))),
        ("tous les mardis", "recurrence", Recurrence("week", 1, (1,))),
        ("toutes les 6 semaines", "recurrence", Recurrence("week", 6)),
        ("tous les quinze jours", "recurrence", Recurrence("week", 2)),
        ("hier à 15h", "refused", "past"),
        ("le 31 novembre", "refused", "nonexistent"),
    ],
    ids=str,
)
def test_other_facts_are_kept(text: str, field: str, value: object) -> None:
    assert getattr(dit(text), field) == value


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("fr-FR", "la fin de semaine prochaine", ["06-17..06-21"]),
        ("fr-CA", "la fin de semaine", ["06-12..06-14"]),
        ("fr-BE", "demain à l'heure du dîner", ["06-10 12:00-14:00"]),
        ("fr-FR", "demain à l'heure du déjeuner", ["06-10 12:00-14:00"]),
        ("fr-CA", "demain après le dîner", ["06-10 13:00-17:00"]),
    ],
)
def test_countries_have_words_of_their_own(locale: str, text: str, expected: list[str]) -> None:
    assert lines(said(text, locale=locale)) == expected


def test_only_a_real_alternative_widens_what_was_said_before() -> None:
    assert dit("ou samedi").widens
    assert not dit("soit mardi soit jeudi").widens


def test_an_hour_is_a_time_a_length_or_a_distance_by_its_company() -> None:
    assert lines(dit("à 3 heures")) == ["15:00"]
    assert lines(dit("dans 3 heures")) == ["06-09 12:50-13:50"]
    assert dit("pendant 3 heures").duration_seconds == 3 * 3600


def test_what_is_over_is_told_and_not_asked_for() -> None:
    understood = dit("je suis venue il y a deux semaines")

    assert understood.empty
    assert understood.told_past is not None


@pytest.mark.parametrize(("text", "expected"), [("3", ["15:00"]), ("10h", ["10:00"]), ("à 4", ["16:00"])])
def test_a_number_answers_the_question_for_a_time(text: str, expected: list[str]) -> None:
    assert lines(dit(text, asked="time")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "merci beaucoup",
        "bonjour",
        "bonsoir Madame Avril",
        "bon week-end à vous",
        "bonne fin de journée",
        "à tout à l'heure",
        "une table pour 4",
        "on sera 4 personnes",
        "j'habite 12 rue des Lilas",
        "12, rue du 8 mai",
        "au 3 place du Marché",
        "c'est 35 euros",
        "mon numéro est le 06 12 34 56 78",
        "j'ai 30 ans",
        "ma fille de 5 ans",
        "vous êtes ouverts 24h/24 ?",
        "c'est à quelle heure ?",
        "pas de souci",
        "pourquoi pas",
        "une minute svp",
        "avec Sam",
        "M. Dimanche",
        "je m'appelle Avril Martin",
        "place du 14 juillet",
        "merci, à vendredi",
        "à demain !",
        "bon dimanche",
        "j'ai mal depuis lundi",
        "je suis en retard de 10 minutes",
        "on vient à trois",
        "la deuxième proposition",
        "un jour peut-être",
        "mon fils a 3 ans",
        "c'est à 10 minutes de chez vous",
        "au deuxième étage",
        "elle a 2 enfants",
    ],
    ids=str,
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert dit(text).empty
