"""What is said of a wish – that it is better, would do, comes on top, is out of the question – over several turns."""

from __future__ import annotations

import pytest

from tests.actions.when.said import line, lines, said, talked

PREFERENCES = {
    ("Thursday or Friday", "Friday is better"): ["06-11", "06-10"],
    ("this week", "ideally Friday"): ["06-11", "06-09..06-14"],
    ("Friday", "preferably in the morning"): ["06-11 08:00-12:00", "06-11"],
    ("Thursday at 3", "Friday would be better"): ["06-11 15:00", "06-10 15:00"],
    ("I'd prefer mornings", "next week"): ["06-14..06-21 08:00-12:00", "06-14..06-21"],
    ("ideally Friday", "it must be after 4"): ["06-11 16:00-", "16:00-"],
    ("next week", "mornings if possible", "Tuesday"): ["06-15 08:00-12:00", "06-15"],
    ("Friday or Saturday", "Saturday suits me best", "after 2"): ["06-12 14:00-", "06-11 14:00-"],
    ("Tuesday or Thursday next week", "Thursday if possible"): ["06-17", "06-15"],
    ("Thursday at 3", "Friday at 4 would be better"): ["06-11 16:00"],
}
MORE = {
    ("Friday", "Saturday works too"): ["06-11", "06-12"],
    ("Friday after 3", "Saturday would also be fine"): ["06-11 15:00-", "06-12 15:00-"],
    ("Friday afternoon", "or any time on Saturday"): ["06-11 12:00-17:00", "06-12"],
    ("Thursday at 10", "or the same time on Friday"): ["06-10 10:00", "06-11 10:00"],
    ("after 5", "Thursday", "or the Thursday after"): ["06-10 17:00-", "06-17 17:00-"],
    ("before 10", "or after 5"): ["-10:00", "17:00-"],
    ("before 10 or after 5", "Thursday"): ["06-10 -10:00", "06-10 17:00-"],
}
RULED_OUT = [
    (("next week", "no Thursdays please"), ["06-14..06-21"], ["T"]),
    (("next week", "not Tuesday", "nor Friday"), ["06-14..06-21"], ["06-15", "06-18"]),
    (("next week", "but not before 10", "and not Wednesday"), ["06-14..06-21 10:00-"], ["06-16"]),
    (("next week", "no mornings please"), ["06-14..06-21"], ["-12:00"]),
    (("next week", "no weeknights"), ["06-14..06-21"], ["MTWTF 17:00-"]),
    (("Friday at 3", "I can't do Friday"), ["15:00"], ["06-11"]),
    (("Friday morning", "not in the morning"), ["06-11"], ["-12:00"]),
    (("not Thursday", "mornings only", "actually Thursday is ok"), ["08:00-12:00"], []),
    (("next week except Wednesday", "Wednesday is fine after all"), ["06-14..06-21"], []),
    (("not Friday", "Friday at 3 is ok after all"), ["06-11 15:00"], []),
    (("no Thursdays", "Thursday the 17th"), ["06-17"], []),
    (("not on Tuesdays", "and no Saturdays", "next week after 2"), ["06-14..06-21 14:00-"], ["T", "S"]),
    (("Friday at 3", "make it 4, not 3"), ["06-11 16:00"], []),
    (("Friday at 3", "not at 3"), ["06-11"], ["15:00"]),
]


@pytest.mark.parametrize(("turns", "expected"), PREFERENCES.items(), ids=str)
def test_what_is_preferred_goes_first_and_excludes_nothing(
    turns: tuple[str, ...], expected: list[str]
) -> None:
    understood = talked(*turns)

    assert lines(understood) == expected
    assert understood.emptied is None


def test_a_preference_gives_way_to_a_must() -> None:
    understood = talked("I'd prefer mornings", "it has to be after 5")

    assert (lines(understood), understood.emptied) == (["17:00-"], None)


def test_two_hours_that_would_do_are_two_wishes() -> None:
    assert lines(talked("Friday", "10 works, 11 too", asked="time")) == ["06-11 10:00", "06-11 11:00"]


def test_of_several_days_in_one_message_the_better_one_is_first() -> None:
    assert lines(said("Thursday or Friday, Friday is better")) == ["06-11", "06-10"]
    assert lines(said("Thursday or Friday if possible")) == ["06-10", "06-11"]


@pytest.mark.parametrize(("turns", "expected"), MORE.items(), ids=str)
def test_what_would_do_as_well_is_an_alternative(turns: tuple[str, ...], expected: list[str]) -> None:
    assert lines(talked(*turns)) == expected


@pytest.mark.parametrize(("turns", "wishes", "excluded"), RULED_OUT, ids=str)
def test_what_was_ruled_out_stays_out_until_it_is_allowed_again(
    turns: tuple[str, ...], wishes: list[str], excluded: list[str]
) -> None:
    understood = talked(*turns)

    assert lines(understood) == wishes
    assert [line(out) for out in understood.exclude] == excluded
