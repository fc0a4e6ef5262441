"""Many people write at once: their messages are taken quickly, and each is answered once and in its order."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

from tests.fakes.twilio import FakeTwilio

PEOPLE, LINES = 20, 4
TWILIO_WAITS_SECONDS = 15


def phone(n: int) -> str:
    return f"whatsapp:+1555{n:07d}"


def test_nothing_is_lost_doubled_or_out_of_order_when_many_write_at_once(
    front: str, twilio: FakeTwilio
) -> None:
    waits: list[float] = []

    def talks(who: int) -> None:
        for line in range(LINES):
            form = twilio.form(phone(who), "whatsapp:+15550100", f"word{who}-{line}")
            form |= {"MessageSid": f"SM{who:016x}{line:016x}"}
            for _delivery in range(2):  # Twilio may bring a message again
                before = time.perf_counter()
                assert twilio.tells(front, "/whatsapp/messages", form).status_code == 200
                waits.append(time.perf_counter() - before)

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(talks, range(PEOPLE)))

    twilio.waits_until(lambda: sum(map(len, _answered(twilio).values())) >= PEOPLE * LINES)
    assert _answered(twilio) == {
        phone(who): [f"word{who}-{line}" for line in range(LINES)] for who in range(PEOPLE)
    }
    assert max(waits) < TWILIO_WAITS_SECONDS


def _answered(twilio: FakeTwilio) -> dict[str, list[str]]:
    """By reader, the words that were answered, in the order of the answers."""
    found: dict[str, list[str]] = {}
    for each in list(twilio.taken):
        found.setdefault(each.fields["To"], []).extend(re.findall(r"word\d+-\d+", each.body))
    return found
