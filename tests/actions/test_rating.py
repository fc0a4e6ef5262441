"""How good it was is understood in any words, and nothing is taken for a score that is none."""

from __future__ import annotations

import pytest

from actions import rating


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("4", 4),
        ("5!!", 5),
        ("10", 5),
        ("8/10", 4),
        ("9 out of 10", 5),
        ("5 stars", 5),
        ("⭐⭐⭐⭐", 4),
        ("2, the colour is wrong", 2),
        ("four", 4),
        ("great", 5),
        ("I loved it!", 5),
        ("not bad at all", 4),
        ("meh", 3),
        ("it was ok I guess", 3),
        ("it was fine", 4),
        ("ten out of ten", 5),
        ("four out of five", 4),
        ("I'd give it a 4", 4),
        ("a solid 5", 5),
        ("3 because I had to wait 20 minutes", 3),
        ("I keep getting compliments on it", 5),
        ("not good", 2),
        ("wasn't happy with it", 2),
        ("terrible", 1),
        ("👍", 4),
        ("❤️", 5),
        ("👎", 2),
    ],
)
def test_a_score_in_any_words(said: str, score: int) -> None:
    assert rating.said(said, "en") == score


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("genial", 5),
        ("me encantó", 5),
        ("nada mal", 4),
        ("regular", 3),
        ("no me gustó", 2),
        ("no estoy contenta", 2),
        ("no me ha gustado nada", 2),
        ("podría haber estado mejor", 3),
        ("8 de 10", 4),
        ("un 5", 5),
        ("le doy un diez", 5),
        ("cinco de cinco", 5),
    ],
)
def test_in_spanish_as_well(said: str, score: int) -> None:
    assert rating.said(said, "es") == score


@pytest.mark.parametrize(
    "said",
    [
        "hello",
        "I waited 40 minutes",
        "it was 10 minutes late",
        "see you at 3",
        "5 on friday?",
        "5pm tomorrow",
        "2 haircuts please",
        "2 weeks ago",
        "how much is a colour?",
        "6",
        "100",
    ],
)
def test_other_words_are_no_score(said: str) -> None:
    assert rating.said(said, "en") is None


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("sorry, I meant 5", 5),
        ("make it 4", 4),
        ("sorry I meant 5, wrong button", 5),
        ("perdón, quería decir 5", 5),
        ("what do you mean", None),
    ],
)
def test_another_score_after_all(said: str, score: int | None) -> None:
    assert rating.corrected(said, "es") == score


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("10", 10),
        ("I'd say 7", 7),
        ("0", 0),
        ("11", None),
        ("no", None),
        ("ten out of ten", 10),
        ("un 9", 9),
        ("book me at 10:30", None),
    ],
)
def test_how_likely_is_a_number_up_to_ten(said: str, score: int | None) -> None:
    assert rating.of_ten(said, "en") == score


@pytest.mark.parametrize(
    ("picture", "score"),
    [
        ("😊", 4),
        ("😡", 1),
        ("😞😞", 2),
        ("😐", 3),
        ("❤️", 5),
        ("💇‍♀️😍", 5),
        ("⭐⭐⭐⭐", 4),
        ("⭐️ ⭐️", 2),
        ("★★★☆☆", 3),
        ("⭐⭐⭐⭐⭐⭐", 5),
        ("🦄", None),
        ("😍👎", None),
    ],
)
def test_stars_are_counted_and_a_clear_face_is_a_score(picture: str, score: int | None) -> None:
    assert rating.pictured(picture, "en") == score
