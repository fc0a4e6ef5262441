"""A provider's address is followed no further than the provider, and nobody waits for a file for ever."""

from collections.abc import Callable, Generator
from itertools import count
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from channels import fetching
from channels.bot_client import BotAway
from channels.core_pages import CorePages
from channels.interface import MediaTrouble
from channels.twilio_api import media
from channels.twilio_api.media import TwilioMedia
from scheduler_core.outbox import InboundRecord, Media, Turn
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.files import JPEG
from tests.fakes.twilio import ACCOUNT, TOKEN

URL = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"
Answers = Callable[[httpx.Request], httpx.Response]


def twilio_at_home(home: Path, monkeypatch: pytest.MonkeyPatch, answers: Answers) -> TwilioMedia:
    """Under its own names, on a line of the test's."""
    line = httpx.Client(transport=httpx.MockTransport(answers), follow_redirects=False)
    monkeypatch.setattr(media, "open_line", lambda: line)
    return TwilioMedia(Settings(home=home, twilio_account_sid=ACCOUNT, twilio_auth_token=SecretStr(TOKEN)))


def test_a_redirect_to_where_twilio_keeps_files_gets_no_credentials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []

    def answers(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.host, "authorization" in request.headers))
        if request.url.host == "api.twilio.com":
            return httpx.Response(307, headers={"Location": "https://mms.twiliocdn.com/x?signature=1"})
        return httpx.Response(200, stream=httpx.ByteStream(JPEG))

    fetched = twilio_at_home(tmp_path, monkeypatch, answers).fetch(Media(URL))
    assert b"".join(fetched) == JPEG
    assert asked == [("api.twilio.com", True), ("mms.twiliocdn.com", False)]


@pytest.mark.parametrize(
    "elsewhere",
    ["http://169.254.169.254/", "https://evil.example/x", "http://mms.twiliocdn.com/x", "", URL],
    ids=["this machine's own", "anybody", "without TLS", "nowhere", "round and round"],
)
def test_a_redirect_to_anywhere_else_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: str
) -> None:
    hosts: list[str] = []

    def answers(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(302, headers={"Location": elsewhere})

    with pytest.raises(MediaTrouble, match="gone"):
        list(twilio_at_home(tmp_path, monkeypatch, answers).fetch(Media(URL)))
    assert set(hosts) == {"api.twilio.com"}


def test_a_file_that_drips_is_left_for_the_next_try(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count(step=5)
    monkeypatch.setattr(fetching, "monotonic", lambda: float(next(seconds)))
    closed: list[bool] = []

    def drips(_media: Media) -> Generator[bytes, None, None]:
        try:
            while True:
                yield b"x"
        finally:
            closed.append(True)

    said = InboundRecord("sms", "SM1", "+15550199", "photo", "", media=(Media(URL),))
    turn = Turn("sms:+15550199", "sms", "+15550199", None, (said,), "t1-1", 1, "1")
    with CorePages(Settings(home=tmp_path, core_port=1), clock) as core, pytest.raises(BotAway) as away:
        fetching.brought(core, drips, turn)
    assert away.value.trouble == "unfetched"
    assert closed == [True]
