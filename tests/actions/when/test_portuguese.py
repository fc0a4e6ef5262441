"""Portuguese is understood as it is said and typed in Brazil and in Portugal, with and without accents."""

from __future__ import annotations

import pytest

from tests.actions.when.said import VISIT, line, lines, said

DAYS = {
    "tem vaga hoje?": ["06-09"],
    "amanhã": ["06-10"],
    "amanha mesmo": ["06-10"],
    "depois de amanhã": ["06-11"],
    "na sexta": ["06-11"],
    "sexta-feira que vem": ["06-11"],
    "segunda feira": ["06-14"],
    "2ª feira": ["06-14"],
    "este sabado": ["06-12"],
    "a próxima terça": ["06-15"],
    "quinta da semana que vem": ["06-17"],
    "na semana que vem, na quinta": ["06-17"],
    "semana que vem": ["06-14..06-21"],
    "neste fim de semana": ["06-12..06-14"],
    "daqui a duas semanas": ["06-23"],
    "em três dias": ["06-12"],
    "de hoje a oito dias": ["06-16"],
    "dia 15": ["06-15"],
    "no dia vinte e um": ["06-21"],
    "no dia trinta e um": ["07-31"],
    "1º de julho": ["07-01"],
    "segunda, dia 21": ["06-21"],
    "21/6": ["06-21"],
    "2 de julho de 2027": ["07-02"],
    "na primeira segunda de julho": ["07-05"],
    "início de julho": ["07-01..07-11"],
    "a primeira quinzena de julho": ["07-01..07-16"],
    "no final do mês": ["06-21..07-01"],
    "mês que vem": ["07-01..08-01"],
    "de 3 a 5 de julho": ["07-03..07-06"],
    "de 28 de junho a 3 de julho": ["06-28..07-04"],
    "13 até 15 de julho": ["07-13..07-16"],
    "de segunda a sexta": ["06-14..06-19"],
    "de segunda até quinta": ["06-14..06-18"],
    "antes de sexta": ["..06-11"],
    "a partir de segunda": ["06-14.."],
    "segunda ou terça": ["06-14", "06-15"],
    "no Natal": ["12-25"],
    "o dia depois do Natal": ["12-26"],
    "31 de dez": ["12-31"],
    "em duas semanas na quinta": ["06-24"],
    "2ª e 6ª": ["06-14", "06-11"],
    "a segunda terça de julho": ["07-13"],
    "na segunda semana de julho": ["07-08..07-15"],
    "segunda semana que vem": ["06-14"],
    "no começo da semana que vem": ["06-14..06-17"],
    "do dia 10 ao dia 15": ["06-10..06-16"],
    "nos dias 10 e 15 de julho": ["07-10", "07-15"],
    "terça 15": ["06-15"],
    "daqui a duas quintas": ["06-17"],
}
MISSPELT = {"segnda": ["06-14"], "na quinat": ["06-10"], "dominog": ["06-13"], "sabdo": ["06-12"]}
CLOCKS = {
    "às 3": ["15:00"],
    "às 3 da tarde": ["15:00"],
    "três horas da tarde": ["15:00"],
    "8h da noite": ["20:00"],
    "às 9 da noite": ["21:00"],
    "às seis da manhã": ["06:00"],
    "três e meia": ["15:30"],
    "às três e dez": ["15:10"],
    "às cinco menos dez": ["16:50"],
    "quinze para as três": ["14:45"],
    "dez pras quatro": ["15:50"],
    "um quarto para as três": ["14:45"],
    "20 minutos depois das 4": ["16:20"],
    "à uma e meia": ["13:30"],
    "às 15 horas": ["15:00"],
    "15h30": ["15:30"],
    "às 20hs": ["20:00"],
    "ao meio-dia": ["12:00"],
    "meio-dia e meia": ["12:30"],
    "depois das 5": ["17:00-"],
    "a partir das 17h": ["17:00-"],
    "saio às 6": ["18:00-"],
    "antes do meio-dia": ["-12:00"],
    "até as 5": ["-17:00"],
    "entre as 2 e as 4": ["14:00-16:00"],
    "das 14h às 16h": ["14:00-16:00"],
    "da uma às duas": ["13:00-14:00"],
    "uma da tarde": ["13:00"],
    "por volta do meio-dia": ["11:30-12:30"],
    "por volta das 3": ["14:30-15:30"],
    "lá pelas 4": ["15:30-16:30"],
    "de manhã": ["08:00-12:00"],
    "no fim da tarde": ["16:00-19:00"],
    "às 3 ou às 4": ["15:00", "16:00"],
}
TOGETHER = {
    "amanhã de manhã": ["06-10 08:00-12:00"],
    "hoje à noite": ["06-09 18:00-"],
    "amanhã às 3": ["06-10 15:00"],
    "dia 15 às 4": ["06-15 16:00"],
    "hoje à tarde, às 5": ["06-09 17:00"],
    "segunda das 3 às 5": ["06-14 15:00-17:00"],
    "de segunda a sexta à tarde": ["06-14..06-19 12:00-18:00"],
    "sexta ou sábado de manhã, não antes das 10": ["06-11 10:00-12:00", "06-12 10:00-12:00"],
    "sexta ou então segunda de manhã": ["06-11", "06-14 08:00-12:00"],
    "às terças de manhã": ["T 08:00-12:00"],
    "mesa para 4 às 9": ["09:00"],
}
NOT_TIMES = [
    "obrigada", "bom dia", "boa tarde, até logo", "mesa para 4", "somos três pessoas", "custa 20 euros",
    "são 50 reais", "rua Augusta 5", "me chamo Domingo", "chamo-me Abril", "me chamo Júlio", "sou o senhor Maio",
    "meu filho tem 3 anos", "as duas meninas", "qual o horário de vocês?", "outro dia", "a segunda opção",
    "um momento, por favor", "pela primeira vez", "vou chegar meia hora atrasado",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), {**DAYS, **MISSPELT, **CLOCKS, **TOGETHER}.items())
@pytest.mark.parametrize("locale", ["pt-BR", "pt-PT"])
def test_what_is_said_is_understood(text: str, expected: list[str], locale: str) -> None:
    assert lines(said(text, locale=locale)) == expected


@pytest.mark.parametrize("text", NOT_TIMES)
def test_what_is_not_about_time_is_left_alone(text: str) -> None:
    assert said(text, locale="pt-BR").empty


@pytest.mark.parametrize(
    ("text", "wishes", "excluded"),
    [
        ("não posso na sexta", [], ["06-11"]),
        ("na sexta não dá, na quinta sim", ["06-10"], ["06-11"]),
        ("não na sexta, na quinta", ["06-10"], ["06-11"]),
        ("não posso nem segunda nem terça", [], ["06-14", "06-15"]),
        ("na sexta, mas não de manhã", ["06-11"], ["-12:00"]),
        ("semana que vem menos quarta", ["06-14..06-21"], ["06-16"]),
        ("esta semana exceto sexta", ["06-09..06-14"], ["06-11"]),
    ],
)
def test_what_does_not_suit_is_ruled_out(text: str, wishes: list[str], excluded: list[str]) -> None:
    understood = said(text, locale="pt-BR")

    assert lines(understood) == wishes
    assert [line(wish) for wish in understood.exclude] == excluded


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("mudar a de quinta para sexta", "06-10", ["06-11"]),
        ("passar a consulta das 3 para as 5", "15:00", ["17:00"]),
        ("remarcar de terça às 3 para sexta às 5", "06-15 15:00", ["06-11 17:00"]),
        ("trocar terça por quinta", "06-15", ["06-10"]),
        ("em vez de terça, quinta", "06-15", ["06-10"]),
    ],
)
def test_what_is_moved_is_told_from_where_it_goes(text: str, source: str, target: list[str]) -> None:
    understood = said(text, locale="pt-BR")

    assert understood.source
    assert line(understood.source) == source
    assert lines(understood) == target


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("uma hora mais tarde", ["06-11 16:00"]),
        ("pode adiar uma hora?", ["06-11 16:00"]),
        ("adiantar meia hora", ["06-11 14:30"]),
        ("um dia antes", ["06-10 15:00"]),
        ("no mesmo dia às 5", ["06-11 17:00"]),
        ("à mesma hora na semana que vem", ["06-18 15:00"]),
    ],
)
def test_an_appointment_is_shifted(text: str, expected: list[str]) -> None:
    assert lines(said(text, locale="pt-PT", anchor=VISIT)) == expected


@pytest.mark.parametrize(
    ("text", "every", "weekdays"),
    [
        ("toda terça", 1, (1,)),
        ("todas as quintas", 1, (3,)),
        ("a cada duas terças", 2, (1,)),
        ("uma quinta sim, outra não", 2, (3,)),
        ("quinzenalmente", 2, ()),
    ],
)
def test_what_repeats_is_a_recurrence(text: str, every: int, weekdays: tuple[int, ...]) -> None:
    again = said(text, locale="pt-BR").recurrence

    assert again
    assert (again.unit, again.every, again.weekdays) == ("week", every, weekdays)


@pytest.mark.parametrize("text", ["4", "às 4", "às quatro", "16h"])
def test_an_hour_answers_the_question_for_a_time(text: str) -> None:
    assert lines(said(text, locale="pt-BR", asked="time")) == ["16:00"]


def test_the_rest_of_what_can_be_wished() -> None:
    assert said("o mais rápido possível", locale="pt-BR").order == "soonest"
    assert said("qualquer dia", locale="pt-BR").free == "day"
    assert said("uma consulta de 30 minutos", locale="pt-PT").duration_seconds == 1800
    assert said("ontem às 3", locale="pt-PT").refused == "past"
    assert said("não, na quinta", locale="pt-BR").corrects
