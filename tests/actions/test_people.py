"""People are found by whatever they are called, and a title is nobody's name."""

from __future__ import annotations

import pytest

from actions.core_types import StaffMember
from actions.people import called, people_in

_NAMES = [
    "Dr. Alexis",
    "Dr. Morgan",
    "Ana Moreau",
    "Ben Okafor",
    "Dr. Ruth K. Stone, MD",
    "Joy Lee",
    "Bo Lee",
    "Wise Alma",
]
STAFF = [StaffMember(id=n, name=name, location_ids=[1]) for n, name in enumerate(_NAMES)]


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("a consultation with Alexsi", ["Dr. Alexis"]),
        ("with Dr. Morgan please", ["Dr. Morgan"]),
        ("can I see dr alexis", ["Dr. Alexis"]),
        ("an appointment with Morgan", ["Dr. Morgan"]),
        ("a check-up with Doctor Stone", ["Dr. Ruth K. Stone, MD"]),
        ("Dr. Ruth K. Stone, MD on Friday", ["Dr. Ruth K. Stone, MD"]),
        ("is the doctor in?", []),
        ("with anna", ["Ana Moreau"]),
        ("Ben Okafor please", ["Ben Okafor"]),
        ("with Lee", ["Joy Lee", "Bo Lee"]),
        ("with bo lee", ["Bo Lee"]),
        ("I have been there", []),
        ("a stone in my shoe", []),
    ],
    ids=str,
)
def test_a_text_names_those_it_fits_best(said: str, people: list[str]) -> None:
    assert [each.name for each in people_in(said, STAFF, "en")] == people


WORDS_TOO = [
    StaffMember(id=n, name=name, location_ids=[1])
    for n, name in enumerate(["Will Young", "May Chen", "Mark Day", "José Núñez"])
]


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("I will come on friday", []),
        ("can I mark friday at 3", []),
        ("a wash on May 5", []),
        ("can I come in may", []),
        ("Will you be open?", []),
        ("a wash with will", ["Will Young"]),
        ("is Mark in on friday?", ["Mark Day"]),
        ("is mark free on friday?", ["Mark Day"]),
        ("with may on may 5", ["May Chen"]),
        ("will please", ["Will Young"]),
        ("with nunez at 3", ["José Núñez"]),
    ],
    ids=str,
)
def test_a_name_that_is_a_word_too_counts_where_a_name_would_stand(said: str, people: list[str]) -> None:
    assert [each.name for each in people_in(said, WORDS_TOO, "en")] == people


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana Moreau", "Ana"),
        ("Dr. Morgan", "Dr. Morgan"),
        ("Dr. Ruth K. Stone, MD", "Dr. Stone"),
        ("Blank Gary A", "Blank"),
        ("Zoë", "Zoë"),
    ],
)
def test_a_person_is_called_by_the_first_name_or_by_title_and_surname(name: str, short: str) -> None:
    assert called(name, STAFF) == short


def test_two_who_are_called_the_same_are_named_in_full() -> None:
    both = [
        StaffMember(id=1, name="Ana Moreau", location_ids=[]),
        StaffMember(id=2, name="Ana Ruiz", location_ids=[]),
    ]
    assert called("Ana Ruiz", both) == "Ana Ruiz"
