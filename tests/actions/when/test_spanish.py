"""Spanish is understood as it is said and typed from Madrid to Buenos Aires, with and without accents."""

from __future__ import annotations

import pytest

from tests.actions.when.said import VISIT, line, lines, said

DAYS = {
    "¿tenéis algo hoy?": ["06-09"],
    "mañana": ["06-10"],
    "manana mismo": ["06-10"],
    "pasado mañana": ["06-11"],
    "el viernes": ["06-11"],
    "este sabado": ["06-12"],
    "el viernes que viene": ["06-11"],
    "el jueves de la semana que viene": ["06-17"],
    "la proxima semana, el jueves": ["06-17"],
    "la semana que viene": ["06-14..06-21"],
    "el finde": ["06-12..06-14"],
    "dentro de dos semanas": ["06-23"],
    "en tres días": ["06-12"],
    "de hoy en ocho": ["06-16"],
    "el viernes en ocho": ["06-18"],
    "el 15": ["06-15"],
    "el día 3": ["07-03"],
    "el veintiuno": ["06-21"],
    "el treinta de junio": ["06-30"],
    "primero de julio": ["07-01"],
    "lunes 21 de junio": ["06-21"],
    "21/6": ["06-21"],
    "el 2 de julio de 2027": ["07-02"],
    "el primer lunes de julio": ["07-05"],
    "principios de julio": ["07-01..07-11"],
    "la primera quincena de julio": ["07-01..07-16"],
    "a finales de mes": ["06-21..07-01"],
    "el mes que viene": ["07-01..08-01"],
    "del 3 al 5 de julio": ["07-03..07-06"],
    "del 28 de junio al 3 de julio": ["06-28..07-04"],
    "de lunes a viernes": ["06-14..06-19"],
    "desde el lunes hasta el jueves": ["06-14..06-18"],
    "antes del viernes": ["..06-11"],
    "a partir del lunes": ["06-14.."],
    "el lunes o el martes": ["06-14", "06-15"],
    "jueves, viernes o sábado": ["06-10", "06-11", "06-12"],
    "en Navidad": ["12-25"],
    "el día después de Navidad": ["12-26"],
    "el 11 del 7": ["07-11"],
    "esta semana o la que viene": ["06-09..06-14", "06-14..06-21"],
    "martes 15": ["06-15"],
    "los fines de semana": ["SS"],
    "el jueves de dentro de dos semanas": ["06-24"],
    "en dos jueves": ["06-17"],
    "los días 10 y 15 de julio": ["07-10", "07-15"],
    "a principios de la semana que viene": ["06-14..06-17"],
    "la semana del 21": ["06-21..06-28"],
}
MISSPELT = {"juevs": ["06-10"], "el virnes": ["06-11"], "sabdo": ["06-12"], "el domigno": ["06-13"]}
CLOCKS = {
    "a las 3": ["15:00"],
    "a las 3 de la tarde": ["15:00"],
    "a las 9 de la noche": ["21:00"],
    "a las seis de la mañana": ["06:00"],
    "las tres y media": ["15:30"],
    "las tres y diez": ["15:10"],
    "las cuatro y cuarto": ["16:15"],
    "las cinco menos diez": ["16:50"],
    "las cinco menos cuarto": ["16:45"],
    "un cuarto para las tres": ["14:45"],
    "diez para las cuatro": ["15:50"],
    "a la una y media": ["13:30"],
    "a las 15 horas": ["15:00"],
    "es a las 1500 horas": ["15:00"],
    "0930 hrs": ["09:30"],
    "no antes de la tarde": ["12:00-"],
    "15:30 hs": ["15:30"],
    "al mediodía": ["12:00"],
    "después de las 5": ["17:00-"],
    "a partir de las 5": ["17:00-"],
    "salgo a las 6": ["18:00-"],
    "antes de las 12": ["-12:00"],
    "hasta las 5": ["-17:00"],
    "entre las 2 y las 4": ["14:00-16:00"],
    "de 2 a 4": ["14:00-16:00"],
    "de una a dos": ["13:00-14:00"],
    "antes de las 3 o después de las 6": ["-15:00", "18:00-"],
    "sobre el mediodía": ["11:30-12:30"],
    "una de la tarde": ["13:00"],
    "sobre las 3": ["14:30-15:30"],
    "a eso de las 4": ["15:30-16:30"],
    "tipo 4 de la tarde": ["15:30-16:30"],
    "por la mañana": ["08:00-12:00"],
    "a primera hora": ["09:00-10:00"],
    "a las 3 o a las 4": ["15:00", "16:00"],
}
TOGETHER = {
    "mañana por la mañana": ["06-10 08:00-12:00"],
    "mañana a las tres": ["06-10 15:00"],
    "el 15 a las 4": ["06-15 16:00"],
    "esta tarde a las 5": ["06-09 17:00"],
    "esta mañana": ["06-09 08:00-12:00"],
    "el lunes de 3 a 5": ["06-14 15:00-17:00"],
    "de lunes a jueves a partir de las 6": ["06-14..06-18 18:00-"],
    "viernes o sábado por la mañana, no antes de las 10": ["06-11 10:00-12:00", "06-12 10:00-12:00"],
    "el viernes o, si no, el lunes por la mañana": ["06-11", "06-14 08:00-12:00"],
    "los martes por la tarde": ["T 12:00-20:00"],
    "una mesa para 4 a las 9": ["09:00"],
}
NOT_TIMES = [
    "avenida 9 de Julio 1200",
    "calle Alcalá 25, 3º B",
    "voy a llegar media hora tarde",
    "gracias", "buenos días", "buenas tardes, hasta luego", "una mesa para 4", "somos tres personas",
    "cuesta 20 euros", "calle Mayor 5", "me llamo Abril", "soy Julio García", "la señora Domingo",
    "mi hijo tiene 3 años", "las dos chicas", "¿qué horario tienen?", "otro día", "la segunda opción",
    "un momento, por favor", "por el cambio de aceite",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), {**DAYS, **MISSPELT, **CLOCKS, **TOGETHER}.items())
@pytest.mark.parametrize("locale", ["es-ES", "es-MX"])
def test_what_is_said_is_understood(text: str, expected: list[str], locale: str) -> None:
    assert lines(said(text, locale=locale)) == expected


@pytest.mark.parametrize("text", NOT_TIMES)
def test_what_is_not_about_time_is_left_alone(text: str) -> None:
    assert said(text, locale="es-ES").empty


@pytest.mark.parametrize(
    ("text", "wishes", "excluded"),
    [
        ("no puedo el viernes", [], ["06-11"]),
        ("el viernes no puedo, el jueves sí", ["06-10"], ["06-11"]),
        ("no puedo ni lunes ni martes", [], ["06-14", "06-15"]),
        ("el viernes no, mejor el jueves", ["06-10"], ["06-11"]),
        ("el viernes, pero no por la mañana", ["06-11"], ["-12:00"]),
        ("la semana que viene menos el miércoles", ["06-14..06-21"], ["06-16"]),
        ("esta semana excepto el viernes", ["06-09..06-14"], ["06-11"]),
        ("ningún viernes", [], ["F"]),
        ("no puedo ningún sábado", [], ["S"]),
        ("nunca en lunes", [], ["M"]),
        ("ningún día por la mañana", [], ["-12:00"]),
    ],
)
def test_what_does_not_suit_is_ruled_out(text: str, wishes: list[str], excluded: list[str]) -> None:
    understood = said(text, locale="es-ES")

    assert lines(understood) == wishes
    assert [line(wish) for wish in understood.exclude] == excluded


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("cambiar la del jueves al viernes", "06-10", ["06-11"]),
        ("pasar la cita de las 3 a las 5", "15:00", ["17:00"]),
        ("mover mi cita del martes a las 3 al viernes a las 5", "06-15 15:00", ["06-11 17:00"]),
        ("¿puedo pasar del martes al jueves?", "06-15", ["06-10"]),
        ("cambiar el martes por el jueves", "06-15", ["06-10"]),
        ("en lugar del martes, el jueves", "06-15", ["06-10"]),
    ],
)
def test_what_is_moved_is_told_from_where_it_goes(text: str, source: str, target: list[str]) -> None:
    understood = said(text, locale="es-ES")

    assert understood.source
    assert line(understood.source) == source
    assert lines(understood) == target


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("una hora más tarde", ["06-11 16:00"]),
        ("atrasarla una hora", ["06-11 16:00"]),
        ("adelantar media hora", ["06-11 14:30"]),
        ("un día antes", ["06-10 15:00"]),
        ("el mismo día a las 5", ["06-11 17:00"]),
        ("a la misma hora la semana que viene", ["06-18 15:00"]),
    ],
)
def test_an_appointment_is_shifted(text: str, expected: list[str]) -> None:
    assert lines(said(text, locale="es-ES", anchor=VISIT)) == expected


@pytest.mark.parametrize(
    ("text", "every", "weekdays"),
    [("cada martes", 1, (1,)), ("cada dos martes", 2, (1,)), ("un jueves sí y otro no", 2, (3,))],
)
def test_what_repeats_is_a_recurrence(text: str, every: int, weekdays: tuple[int, ...]) -> None:
    again = said(text, locale="es-ES").recurrence

    assert again
    assert (again.unit, again.every, again.weekdays) == ("week", every, weekdays)


@pytest.mark.parametrize("text", ["4", "las 4", "a las cuatro", "las 4 me va bien"])
def test_an_hour_answers_the_question_for_a_time(text: str) -> None:
    assert lines(said(text, locale="es-ES", asked="time")) == ["16:00"]


def test_the_rest_of_what_can_be_wished() -> None:
    assert said("lo antes posible", locale="es-ES").order == "soonest"
    assert said("cualquier día", locale="es-ES").free == "day"
    assert said("una cita de 30 minutos", locale="es-ES").duration_seconds == 1800
    assert said("ayer a las 3", locale="es-ES").refused == "past"
    assert said("no, el jueves", locale="es-ES").corrects
