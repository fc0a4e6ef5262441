"""The conversation in Spanish through the trained model: the language follows the customer and may change mid-way."""

from __future__ import annotations

from tests.journeys.diary import free_starts
from tests.journeys.house import House


def test_a_newcomer_books_in_four_turns(house: House) -> None:
    luis = house.customer("web")
    assert "¡Hola" in luis.says("hola")
    offer = luis.says("quiero un corte de pelo con Ana")
    assert "Estas horas están libres" in offer
    assert "nombre" in luis.says("la segunda")
    assert "a nombre de Luis Pérez" in luis.says("luis Pérez")
    assert "¡Reservado!" in luis.says("sí, por favor")


def test_a_regular_books_in_two_turns(house: House) -> None:
    wished = free_starts(house, "Ana")[0]
    maria = house.customer("terminal", "maria")
    summary = maria.says(f"hola, quería un corte con Ana mañana a las {wished:%H:%M}")
    assert "Para confirmar" in summary
    assert "Martes 17 de noviembre" in summary
    assert "¡Reservado!" in maria.says("dale, gracias")
    assert [visit["staff_name"] for visit in house.visits("maria")] == ["Ana"]


def test_a_side_question_at_the_summary_is_answered_and_the_summary_kept(house: House) -> None:
    maria = house.customer("terminal", "maria")
    maria.says("un corte con Ana, por favor")
    maria.says("la primera")
    answered = maria.says("¿y dónde están?")
    assert "High Street" in answered
    assert "¿Lo reservo?" in answered
    assert "¡Reservado!" in maria.says("vale, resérvalo")


def test_a_better_day_keeps_the_rest(house: House) -> None:
    maria = house.customer("terminal", "maria")
    maria.says("quiero un corte con Chloe el jueves por la mañana")
    answer = maria.says("no, mejor el viernes")
    assert "Chloe" in " ".join([answer.text, *answer.choices])
    assert "20 nov" in " ".join(answer.choices)


def test_a_visit_is_moved_and_cancelled_with_its_terms_said_first(house: House) -> None:
    maria = house.customer("terminal", "maria")
    maria.says("un corte con Ana el viernes por favor")
    maria.says("la primera")
    assert "¡Reservado!" in maria.says("sí")
    assert "puede pasar a una de estas horas" in maria.says("necesito cambiar mi cita para otro día")
    maria.says("la última")
    assert "¡Hecho!" in maria.says("sí, cámbiela")
    terms = maria.says("quiero cancelar mi cita")
    assert "¿Cancelo su cita" in terms
    assert "gratis" in terms
    assert "cancelada" in maria.says("sí, cancélala")
    assert house.visits("maria") == []


def test_the_language_is_changed_mid_way_and_back(house: House) -> None:
    maria = house.customer("terminal", "maria")
    assert "Estas horas están libres" in maria.says("hola, quiero un corte con Ana")
    assert "Shall I book it?" in maria.says("the second one please")
    back = maria.says("¿y cuánto cuesta?")
    assert "¿Lo reservo?" in back
    assert "¡Reservado!" in maria.says("ok")


def test_a_picture_is_answered_in_the_language_of_the_conversation(house: House) -> None:
    maria = house.customer("terminal", "maria")
    maria.says("hola, buenas tardes")
    assert "¡Qué bien!" in maria.says("🎉")
