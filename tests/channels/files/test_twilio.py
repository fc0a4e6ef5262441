"""Files by SMS and WhatsApp: fetched from Twilio alone, whose redirects get no credentials; sent by links that end."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.files import JPEG, PAGE, PDF, VOICE
from tests.channels.builders import Line
from tests.channels.files.conftest import Office
from tests.fakes.bot import FakeBot, says
from tests.fakes.twilio import FakeTwilio

Texts = Callable[..., None]
MARIA = "+447700900123"


def form(twilio: FakeTwilio, text: str = "", sender: str = MARIA, **media: str) -> dict[str, str]:
    return twilio.form(sender, "+15550100", text, **media)


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_a_photo_is_fetched_and_only_twilio_sees_the_token(
    texts: Texts, twilio: FakeTwilio, office: Office, channel: str
) -> None:
    sender = MARIA if channel == "sms" else f"whatsapp:{MARIA}"
    texts(form(twilio, sender=sender, **twilio.keeps(JPEG)), channel)
    (file,) = office.files()
    assert office.content(file) == JPEG
    assert twilio.shown_to_others == {None}
    assert "Thank you, I have passed it on to the team." in twilio.taken[0].body


def test_several_files_in_one_message_are_each_kept(texts: Texts, twilio: FakeTwilio, office: Office) -> None:
    media = twilio.keeps(JPEG)
    media |= {"MediaUrl1": twilio.keeps(PDF)["MediaUrl0"], "NumMedia": "2"}
    texts(form(twilio, **media))
    assert [file["kind"] for file in office.files()] == ["image", "document"]


def test_a_message_that_twilio_brings_twice_is_one(texts: Texts, twilio: FakeTwilio, office: Office) -> None:
    told = form(twilio, **twilio.keeps(JPEG))
    texts(told)
    texts(told)
    assert (len(office.files()), len(twilio.taken)) == (1, 1)


def test_words_with_a_photo_are_answered(
    texts: Texts, twilio: FakeTwilio, office: Office, bot: FakeBot
) -> None:
    bot.answer = lambda _asked: says("On Friday at 10?")
    texts(form(twilio, "can you fix this on Friday?", **twilio.keeps(JPEG)))
    assert [asked.message for asked in bot.asked] == ["can you fix this on Friday?"]
    assert twilio.taken[0].body.endswith("I have your file, thank you.\nOn Friday at 10?")


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://api.twilio.com.evil.example/2010-04-01/Accounts/x/Media/1",
        "https://api.twilio.com@evil.example/2010-04-01/Accounts/x/Media/1",
        "https://api.twilio.com:8443/2010-04-01/Accounts/x/Media/1",
        "https://api.twilio.com/2010-04-01/Accounts/ACother/Messages/MM1/Media/ME1",
        "file:///etc/passwd",
        "https://[",
    ],
)
def test_an_address_that_is_not_the_account_s_own_is_not_asked(
    texts: Texts, twilio: FakeTwilio, office: Office, url: str
) -> None:
    texts(form(twilio, **(twilio.keeps(JPEG) | {"MediaUrl0": url})))
    assert office.files() == []
    assert "I could not get your file" in twilio.taken[-1].body


@pytest.mark.parametrize("status", [404, 500])
def test_a_file_that_twilio_does_not_give_is_said_not_to_have_come(
    texts: Texts, twilio: FakeTwilio, office: Office, status: int
) -> None:
    texts(form(twilio, **twilio.keeps(JPEG, status=status)))
    assert office.files() == []
    assert "I could not get your file" in twilio.taken[-1].body


def test_what_is_called_a_photo_and_is_a_page_is_not_taken(
    texts: Texts, twilio: FakeTwilio, office: Office
) -> None:
    texts(form(twilio, **twilio.keeps(PAGE, "image/jpeg")))
    assert office.files() == []
    assert "I can't take files of that kind" in twilio.taken[-1].body


def test_a_voice_message_on_whatsapp_goes_to_the_team(
    texts: Texts, twilio: FakeTwilio, office: Office
) -> None:
    texts(form(twilio, sender=f"whatsapp:{MARIA}", **twilio.keeps(VOICE, "audio/ogg")), "whatsapp")
    assert [file["kind"] for file in office.files()] == ["audio"]
    assert twilio.taken[-1].body.startswith("I can't listen to voice messages")


# -- what staff send ---------------------------------------------------------------------------------------------


@pytest.fixture
def line(twilio_settings: Settings, clock: HandClock) -> Iterator[Line]:
    made = Line(twilio_settings, clock)
    yield made
    made.close()


def fetched(office: Office, url: str, twilio: FakeTwilio) -> bytes:
    """As Twilio fetches it, at the public address."""
    path = url.removeprefix(twilio.public_url)
    return httpx.get(f"{office.url}{path}", trust_env=False).content


@pytest.mark.parametrize(("channel", "content"), [("sms", JPEG), ("whatsapp", JPEG), ("whatsapp", PDF)])
def test_a_file_that_a_phone_can_show_is_fetched_by_twilio_at_a_link_that_ends(
    texts: Texts,
    line: Line,
    twilio: FakeTwilio,
    office: Office,
    clock: HandClock,
    channel: str,
    content: bytes,
) -> None:
    sender = MARIA if channel == "sms" else f"whatsapp:{MARIA}"
    texts(form(twilio, "hello", sender=sender), channel)
    office.sends(channel, MARIA, content, "Please look.")
    line.works()
    sent = twilio.taken[-1].fields
    assert sent["Body"] == "Please look."
    assert fetched(office, sent["MediaUrl"], twilio) == content
    clock.move(hours=49)
    assert b"unknown or old link" in fetched(office, sent["MediaUrl"], twilio)


def test_what_sms_cannot_show_is_a_link(texts: Texts, line: Line, twilio: FakeTwilio, office: Office) -> None:
    texts(form(twilio, "hello"))
    office.sends("sms", MARIA, PDF, "Please read.")
    line.works()
    words, _, link = twilio.taken[-1].fields["Body"].partition("\ncare.pdf: ")
    assert words == "Please read."
    assert fetched(office, link, twilio) == PDF
