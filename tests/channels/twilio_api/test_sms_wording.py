"""An SMS costs by the part, so what the house says is written in the alphabet that has the longest parts."""

import pytest
import yaml

from channels.sms.wording import Parts, is_gsm7, parts, plain
from tests.house.checkout import ROOT


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("It’s “soon” – or never…", 'It\'s "soon" - or never...'),
        ("¿Mañana a las 10:30, José?", "¿Mañana a las 10:30, José?"),
        ("Sí, está reservado en Málaga", "Si, esta reservado en Malaga"),
        ("£42 or 42 €", "£42 or 42 €"),
        ("Sí 🎉", "Sí 🎉"),
        ("Привет – да", "Привет - да"),
    ],
)
def test_what_the_alphabet_lacks_is_written_plainly_where_that_helps(said: str, sent: str) -> None:
    assert plain(said) == sent


@pytest.mark.parametrize(
    ("text", "count", "gsm7"),
    [
        ("", 1, True),
        ("a" * 160, 1, True),
        ("a" * 161, 2, True),
        ("a" * 306, 2, True),
        ("a" * 307, 3, True),
        ("€" * 80, 1, True),
        ("€" * 81, 2, True),
        ("á" * 70, 1, False),
        ("á" * 71, 2, False),
        ("🎉" * 35, 1, False),
        ("🎉" * 36, 2, False),
    ],
)
def test_parts_are_counted_as_they_are_billed(text: str, count: int, gsm7: bool) -> None:
    assert parts(text) == Parts(count, gsm7)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_wording_of_the_house_fits_the_alphabet(language: str) -> None:
    core = yaml.safe_load((ROOT / "scheduler_core/outbox/wording" / f"{language}.yml").read_text())
    replies = yaml.safe_load((ROOT / "domain.yml").read_text())["responses"]
    said = [
        *map(str, core.values()),
        *(each["text"] for all_of in replies.values() for each in all_of if "text" in each),
    ]
    assert [text for text in said if not is_gsm7(plain(text))] == []
