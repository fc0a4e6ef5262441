"""A low score reaches the team with the words that follow, by a time; the customer is asked what came of it."""

from typing import Any

from sqlalchemy import select

from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import clock_at, notices, well
from tests.scheduler_core.feedback.afterwards import a_visit_over, given, heard, notice


def told(core: Core) -> list[str]:
    """What the team was told about feedback."""
    about = ("staff_low_feedback", "staff_feedback", "staff_not_put_right")
    return [text.replace("\u202f", " ") for kind, text in notices(core) if kind.startswith(about)]


def replies(core: Core, text: str = "I'm so sorry, come in tomorrow") -> None:
    path = f"conversations/{core.salon.conversation}/say"
    assert core.ask("POST", path, {"text": text}, f"say {text}").is_success


def leads_from_a_chat(core: Core, staff_id: int) -> None:
    code = core.ask("POST", f"staff/{staff_id}/chat-codes", {"role": "owner"}).json()["code"]
    well(core.ask("POST", "staff-chats/claim", {"channel": "sms", "address": "+15550100", "code": code}))


def told_on_page(core: Core, staff_id: int) -> list[str]:
    """The kinds of notices that this one of the team has had."""
    with core.database.read() as session:
        wanted = select(OutboundMessage.kind).where(
            OutboundMessage.channel == "desk", OutboundMessage.address == str(staff_id)
        )
        return list(session.scalars(wanted.order_by(OutboundMessage.id)))


def complaint(core: Core) -> Any:
    """Given at 13:01 on Tuesday; the salon is open from 14 to 18 then."""
    return given(core, a_visit_over(core), score=2)


def test_the_team_hears_it_with_the_words_that_follow_the_score(core: Core) -> None:
    kept = complaint(core)
    given(core, {"id": kept["appointment_id"]}, words="The fringe is crooked")
    given(core, {"id": kept["appointment_id"]}, words="and it took ages")
    core.does_what_is_due()
    assert told(core) == []
    core.clock.move(minutes=10)
    core.does_what_is_due()
    assert told(core) == [
        "Maria gave 2 of 5 for Haircut with Ana on Tue 2 Mar, 10:00: “The fringe is crooked\nand it took ages” "
        "Please reply by Tue 2 Mar, 18:00."
    ]


def test_the_time_to_reply_counts_while_the_place_is_open(core: Core) -> None:
    kept = given(core, a_visit_over(core, begins="15:00"), score=1)
    assert kept["reply_by"] == "2027-03-03T18:00:00Z"  # Wednesday, four hours after nine


def test_who_says_no_more_is_told_of_all_the_same(core: Core) -> None:
    complaint(core)
    core.clock.move(minutes=10)
    core.does_what_is_due()
    assert told(core) == [
        "Maria gave 2 of 5 for Haircut with Ana on Tue 2 Mar, 10:00 and has not said why yet. "
        "Please ask them by Tue 2 Mar, 18:00."
    ]


def test_what_they_write_later_is_told_at_once(core: Core) -> None:
    kept = complaint(core)
    core.clock.move(minutes=10)
    core.does_what_is_due()
    given(core, {"id": kept["appointment_id"]}, words="it is uneven")
    assert told(core)[1:] == [
        "Maria has more to say about Haircut with Ana on Tue 2 Mar, 10:00: “it is uneven”"
    ]


def test_nobody_is_told_of_a_slip_that_was_put_right_at_once(core: Core) -> None:
    kept = complaint(core)
    given(core, {"id": kept["appointment_id"]}, score=5)
    core.clock.move(days=5)
    core.does_what_is_due()
    assert told(core) == []


def test_the_team_is_reminded_once_when_nobody_has_replied_in_time(core: Core) -> None:
    complaint(core)
    clock_at(core, "18:00")
    core.does_what_is_due()
    assert told(core)[1:] == [
        "Nobody has replied to Maria yet, who gave 2 of 5 for Haircut with Ana on Tue 2 Mar, 10:00. "
        "They were to hear from us by Tue 2 Mar, 18:00."
    ]
    core.clock.move(days=10)
    core.does_what_is_due()
    assert len(told(core)) == 2
    assert len(heard(core)) == 1  # nobody asks whether it was put right before anybody has spoken with her


def test_whoever_leads_the_team_hears_of_a_promise_that_was_not_kept(core: Core) -> None:
    leads_from_a_chat(core, core.salon.ben)
    complaint(core)
    clock_at(core, "14:00")
    core.does_what_is_due()
    assert told_on_page(core, core.salon.ben) == []
    clock_at(core, "18:00")
    core.does_what_is_due()
    assert told_on_page(core, core.salon.ben) == ["staff_feedback_overdue"]


def test_the_promised_time_is_a_full_quarter_of_an_hour(core: Core) -> None:
    visit = a_visit_over(core, begins="15:00")
    core.clock.move(minutes=-21)
    assert given(core, visit, score=1)["reply_by"] == "2027-03-03T17:45:00Z"


def test_who_was_answered_is_asked_later_whether_it_was_put_right(core: Core) -> None:
    kept = complaint(core)
    clock_at(core, "15:00")
    replies(core)
    clock_at(core, "18:00")
    core.does_what_is_due()
    assert len(told(core)) == 1
    clock_at(core, "18:00", day=4)
    core.does_what_is_due()
    assert heard(core)[-1] == (
        "Hi Maria, it's Salon. You told us that something was wrong with your Haircut with Ana. "
        "Has it been put right?"
    )
    asked = notice(core)
    body = {"put_right": True, "notice_id": asked["id"]}
    assert well(core.ask("POST", f"feedback/{kept['id']}/put-right", body))["state"] == "put_right"
    assert notice(core)["answer"] == "yes"


def test_what_was_not_put_right_goes_back_to_the_team(core: Core) -> None:
    kept = complaint(core)
    well(core.ask("POST", f"feedback/{kept['id']}/answered"))
    body = {"put_right": False, "words": "nobody called"}
    assert well(core.ask("POST", f"feedback/{kept['id']}/put-right", body))["state"] == "not_put_right"
    assert told(core) == [
        "Maria says it has not been put right: Haircut with Ana on Tue 2 Mar, 10:00. They wrote: nobody called"
    ]


def test_a_kind_word_is_nothing_to_put_right(core: Core) -> None:
    kept = given(core, a_visit_over(core), score=5)
    answer = core.ask("POST", f"feedback/{kept['id']}/put-right", {"put_right": True})
    assert answer.status_code == 422


def test_open_complaints_can_be_listed(core: Core) -> None:
    kept = complaint(core)
    assert [each["id"] for each in well(core.ask("GET", "feedback?state=open"))["items"]] == [kept["id"]]
    assert well(core.ask("GET", "feedback/summary"))["complaints_open"] == 1
