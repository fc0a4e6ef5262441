"""The twin holds what we ask of Twilio against Twilio's own description, so that a wrong request is seen here first."""

import json
from urllib.parse import urlencode, urlsplit

import pytest

from tests.fakes.http import Request
from tests.fakes.openapi import Description
from tests.fakes.twilio import ACCOUNT, FakeTwilio
from tests.fakes.twilio_openapi import CUT

MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
GOOD = {
    "To": "+15550123",
    "From": "+15550100",
    "Body": "Hi",
    "StatusCallback": "https://desk.example/sms/status/1",
}
TAPS = {"body": "{{1}}", "actions": [{"type": "QUICK_REPLY", "title": "Yes", "id": "yes"}]}
TEMPLATE = {
    "friendly_name": "x",
    "language": "en",
    "variables": {"1": "a"},
    "types": {"twilio/quick-reply": TAPS},
}


def wrongs(method: str, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded") -> str:
    asked = Request(method, urlsplit(path), {"content-type": kind}, body)
    return "\n".join(Description(CUT).wrongs(asked))


def of_message(**changes: str | None) -> str:
    fields = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return wrongs("POST", MESSAGES, urlencode(fields).encode())


def of_template(template: object) -> str:
    return wrongs("POST", "/v1/Content", json.dumps(template).encode(), "application/json; charset=utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"To": "whatsapp:+15550123", "From": "whatsapp:+15550100"},
        {"To": "whatsapp:US.1234567890abcdef"},
        {"From": None, "MessagingServiceSid": "MG" + "0" * 32},
        {"Body": None, "ContentSid": "HX" + "a" * 32, "ContentVariables": "{}"},
        {"ValidityPeriod": "600", "SmartEncoded": "true", "RiskCheck": "disable"},
    ],
)
def test_a_message_as_described_is_right(changes: dict[str, str | None]) -> None:
    assert of_message(**changes) == ""


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"To": None}, "lacks To"),
        ({"To": "+1 555 0123"}, "To: "),
        ({"to": "+15550123"}, "has to, which is not described"),
        ({"MessagingServiceSid": "MG123"}, "MessagingServiceSid: "),
        ({"ContentSid": "MG" + "0" * 32}, "ContentSid: "),
        ({"StatusCallback": "/sms/status/1"}, "StatusCallback: "),
        ({"StatusCallback": "https://my_desk.example/"}, "StatusCallback: "),
        ({"ValidityPeriod": "an hour"}, "ValidityPeriod: "),
        ({"SmartEncoded": "perhaps"}, "SmartEncoded: "),
        ({"RiskCheck": "off"}, "RiskCheck: "),
    ],
)
def test_a_wrong_field_of_a_message_is_named(changes: dict[str, str | None], wrong: str) -> None:
    assert wrong in of_message(**changes)


def test_a_template_is_read_to_its_last_button() -> None:
    assert of_template(TEMPLATE) == ""
    assert "language" in of_template({name: value for name, value in TEMPLATE.items() if name != "language"})
    assert "NOD" in of_template(
        TEMPLATE | {"types": {"twilio/quick-reply": TAPS | {"actions": [{"type": "NOD"}]}}}
    )
    assert "buttons" in of_template(TEMPLATE | {"types": {"twilio/quick-reply": TAPS | {"buttons": []}}})


@pytest.mark.parametrize(
    ("method", "path", "wrong"),
    [
        ("GET", f"{MESSAGES}?To=%2B15550123&PageSize=50", ""),
        ("GET", f"{MESSAGES}?PageSize=5000", "PageSize: "),
        ("GET", f"{MESSAGES}?Recipient=%2B15550123", "has Recipient, which is not described"),
        ("GET", "/v2/Channels/Senders?Channel=whatsapp", ""),
        ("GET", "/v2/Channels/Senders", "lacks Channel"),
        ("GET", "/v1/Content/HX123", "Sid: "),
        ("PUT", MESSAGES, "no such operation"),
        ("GET", "/2010-04-01/Texts.json", "no such operation"),
    ],
)
def test_an_address_is_held_against_the_description_too(method: str, path: str, wrong: str) -> None:
    found = wrongs(method, path)
    assert wrong in found
    assert bool(wrong) == bool(found)


def test_a_wrong_request_fails_its_test() -> None:
    twin = FakeTwilio()
    twin.wrong.append("POST: has to, which is not described")
    with pytest.raises(AssertionError, match="not described"), twin:
        pass
