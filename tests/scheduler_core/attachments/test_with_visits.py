"""A customer's file is put with the visit that it is about, and staff are told of it once."""

from typing import Any

from sqlalchemy import select

from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core
from tests.builders.files import JPEG, PDF, brings

AT_TEN, AT_ELEVEN = "2027-03-02T15:00:00Z", "2027-03-02T16:00:00Z"


def arrives(core: Core, content: bytes = JPEG) -> Any:
    return brings(core, content, name="fringe.jpg", sent_by="customer")


def placed(core: Core, *files: Any) -> Any:
    asked = {"attachment_ids": [each["id"] for each in files]}
    answer = core.ask("POST", f"conversations/{core.salon.conversation}/files", asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def with_visit(core: Core, visit: Any) -> list[int]:
    answer = core.ask("GET", f"attachments?appointment_id={visit['id']}")
    return [each["id"] for each in answer.json()["items"]]


def arranges(core: Core, summary: str | None, version: int = 0) -> None:
    draft = {"expected_version": version, "state": {}, "summary": summary}
    assert core.ask("PUT", f"conversations/{core.salon.conversation}/draft", draft).is_success


def told(core: Core) -> list[str]:
    with core.database.read() as session:
        wanted = select(OutboundMessage.text).where(OutboundMessage.kind == "staff_file")
        return list(session.scalars(wanted.order_by(OutboundMessage.id)))


def test_a_file_sent_while_arranging_goes_with_the_visit_that_comes_of_it(core: Core) -> None:
    arranges(core, "book Haircut with Ana")
    kept = arrives(core)
    assert placed(core, kept) == {"visit": None, "arranging": True}
    assert "while arranging: book Haircut with Ana" in told(core)[0]
    assert with_visit(core, core.booked(AT_TEN)) == [kept["id"]]


def test_what_came_before_goes_with_the_visit_that_is_moved(core: Core) -> None:
    visit = core.booked(AT_TEN)
    arranges(core, "move Haircut")
    kept = arrives(core)
    placed(core, kept)
    assert core.move(visit, AT_ELEVEN).status_code == 200
    assert with_visit(core, visit) == [kept["id"]]


def test_a_file_out_of_the_blue_goes_with_the_next_visit(core: Core) -> None:
    later, soon = core.booked("2027-03-05T15:00:00Z"), core.booked(AT_TEN)
    kept = arrives(core)
    assert "Haircut, Tuesday 2 March at 10:00" in placed(core, kept)["visit"]
    assert (with_visit(core, soon), with_visit(core, later)) == ([kept["id"]], [])


def test_a_file_goes_with_the_visit_that_we_wrote_about_last(core: Core) -> None:
    spoken_of = core.booked("2027-03-05T15:00:00Z")
    core.booked(AT_TEN)
    assert core.ask("POST", f"appointments/{spoken_of['id']}/remind", key="remind").is_success
    kept = arrives(core)
    placed(core, kept)
    assert with_visit(core, spoken_of) == [kept["id"]]


def test_without_a_visit_it_stays_in_the_conversation_and_a_later_visit_does_not_take_it(core: Core) -> None:
    kept = arrives(core)
    assert placed(core, kept) == {"visit": None, "arranging": False}
    core.clock.move(hours=25)
    assert with_visit(core, core.booked("2027-03-03T15:00:00Z")) == []


def test_staff_are_told_of_each_file_once(core: Core) -> None:
    core.booked(AT_TEN)
    files = [arrives(core), arrives(core, PDF)]
    for _ in range(2):
        placed(core, *files)
    assert len(told(core)) == 2
    assert told(core)[0].startswith("Maria (terminal) sent fringe.jpg – for Haircut, Tue")
    assert told(core)[1].startswith("Maria (terminal) sent fringe.pdf")


def test_a_staff_member_s_chat_gets_the_file_itself(core: Core) -> None:
    code = core.ask("POST", f"staff/{core.salon.ana}/chat-codes", {}, key="code").json()["code"]
    said = {"channel": "telegram", "address": "77", "code": code}
    assert core.ask("POST", "staff-chats/claim", said).json()["outcome"] == "linked"
    kept = arrives(core)
    placed(core, kept)
    with core.database.read() as session:
        wanted = select(OutboundMessage.files).where(OutboundMessage.channel == "telegram")
        ((file,),) = session.scalars(wanted)
    assert (file["id"], file["name"]) == (kept["id"], "fringe.jpg")
    assert file["page"].endswith(f"/desk/conversations/{core.salon.conversation}")


def test_the_transcript_shows_the_file_beside_the_words_it_came_with(core: Core) -> None:
    from scheduler_core.outbox import InboundRecord
    from scheduler_core.outbox.inbox import hear

    record = InboundRecord("terminal", "m1", "maria", "photo", "can you fix this?")
    heard = core.write(lambda session: hear(session, core.salon.id, record, core.clock()))
    kept = brings(core, JPEG, sent_by="customer", inbound_id=heard.inbound_id)
    (line,) = core.ask("GET", f"conversations/{core.salon.conversation}").json()["said"]
    assert line["files"] == [{"id": kept["id"], "name": "photo.jpg", "media_type": "image/jpeg"}]
