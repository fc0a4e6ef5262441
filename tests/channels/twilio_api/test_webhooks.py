"""Twilio's door: only what Twilio has signed is heard, and heard once."""

import httpx
import pytest

from tests.builders.clock import HandClock
from tests.channels.twilio_api.conftest import said
from tests.fakes.bot import FakeBot, says
from tests.fakes.twilio import ACCOUNT, FakeTwilio

ANNA, US = "+15550001", "+15550100"


def test_a_text_is_answered_by_text(front: str, twilio: FakeTwilio) -> None:
    answer = twilio.tells(front, "/sms/messages", twilio.form(ANNA, US, "hello"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert "<Message" not in answer.text
    (reply,) = twilio.has_taken(1)
    assert (reply.fields["To"], reply.fields["From"], said(reply)) == (ANNA, US, "You said: hello")


def test_a_text_delivered_twice_is_answered_once(front: str, twilio: FakeTwilio, clock: HandClock) -> None:
    form = twilio.form(ANNA, US, "hello")
    assert [twilio.tells(front, "/sms/messages", form).status_code for _ in range(3)] == [200] * 3
    twilio.has_taken(1)
    clock.move(seconds=2)
    twilio.tells(front, "/sms/messages", twilio.form(ANNA, US, "bye"))
    assert [said(each) for each in twilio.has_taken(2)] == ["You said: hello", "You said: bye"]


@pytest.mark.parametrize(
    "path", ["/sms/messages", "/whatsapp/messages", "/sms/status/1", "/whatsapp/status/1"]
)
def test_a_forgery_is_refused_and_not_told_why(front: str, twilio: FakeTwilio, path: str) -> None:
    form = twilio.form(ANNA, US, "hello")
    forged = twilio.tells(front, path, form, token="another token")
    unsigned = httpx.post(f"{front}{path}", data=form, trust_env=False)
    foreign = twilio.tells(front, path, form | {"AccountSid": "AC" + "2" * 32})
    for answer in (forged, unsigned, foreign):
        assert answer.status_code == 403
        assert answer.json() == {"detail": "Forbidden"}


def test_a_changed_word_or_path_breaks_the_signature(front: str, twilio: FakeTwilio) -> None:
    form = twilio.form(ANNA, US, "hello")
    other_path = twilio.public_url
    twilio.public_url = f"{other_path}/elsewhere"
    assert twilio.tells(front, "/sms/messages", form).status_code == 403


def test_fields_of_tomorrow_and_empty_ones_are_signed_too(front: str, twilio: FakeTwilio) -> None:
    form = twilio.form(ANNA, US, " hello ", ChannelMetadata="{}", Forwarded="", Ünïcode="å +&=")
    assert twilio.tells(front, "/sms/messages", form).status_code == 200


def test_a_request_without_sender_or_id_is_refused(front: str, twilio: FakeTwilio) -> None:
    assert twilio.tells(front, "/sms/messages", {"AccountSid": ACCOUNT, "Body": "hello"}).status_code == 400


def test_receipts_come_late_twice_and_in_any_order(front: str, twilio: FakeTwilio) -> None:
    twilio.tells(front, "/sms/messages", twilio.form(ANNA, US, "hello"))
    (reply,) = twilio.has_taken(1)
    for status in ("queued", "delivered", "sent", "delivered", "undelivered", "nonsense"):
        assert twilio.tells_status(front, reply, status).status_code == 204


def test_a_tap_on_whatsapp_means_the_choice_under_it(front: str, twilio: FakeTwilio, bot: FakeBot) -> None:
    bot.answer = lambda asked: (
        says("When?", ("Tue 9:00", "/affirm"), ("Wed 14:00", "/deny"))
        if asked.message == "hi"
        else says("OK")
    )
    sender, us = f"whatsapp:{ANNA}", f"whatsapp:{US}"
    twilio.tells(front, "/whatsapp/messages", twilio.form(sender, us, "hi", ProfileName="Anna"))
    (offer,) = twilio.has_taken(1)
    assert (offer.body, list(offer.shown.values())) == ("When?", ["Tue 9:00", "Wed 14:00"])
    tap = {"ButtonPayload": list(offer.shown)[1], "ButtonText": "Wed 14:00"}
    twilio.tells(front, "/whatsapp/messages", twilio.form(sender, us, "Wed 14:00", **tap))
    twilio.has_taken(2)
    assert [each.message for each in bot.asked] == ["hi", "/deny"]
    assert bot.asked[0].metadata["display_name"] == "Anna"


def test_a_button_of_nobody_knows_what_is_read_as_its_words(
    front: str, twilio: FakeTwilio, bot: FakeBot
) -> None:
    form = twilio.form(f"whatsapp:{ANNA}", f"whatsapp:{US}", "Yes", ButtonPayload="frontdesk:999:0")
    assert twilio.tells(front, "/whatsapp/messages", form).status_code == 200
    twilio.has_taken(1)
    assert bot.asked[0].message == "Yes"
