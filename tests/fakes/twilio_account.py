"""What the twin's account owns besides messages: numbers, messaging services, WhatsApp senders, as Twilio shows them.

Follows the documentation of IncomingPhoneNumber, of Messaging Services and of the Senders API (v2).
"""

from typing import Any

from tests.fakes.twilio import ACCOUNT, FakeTwilio

NUMBER = "+15550100"
SERVICE, SENDER = "MG" + "2" * 32, "XE" + "3" * 32
_ACCOUNT = f"/2010-04-01/Accounts/{ACCOUNT}"


def opens_account(twilio: FakeTwilio, status: str = "active") -> None:
    twilio.owned[f"{_ACCOUNT}.json"] = {"sid": ACCOUNT, "friendly_name": "Linden Hair", "status": status}
    twilio.owned[f"{_ACCOUNT}/IncomingPhoneNumbers.json"] = _page("incoming_phone_numbers", [])
    twilio.owned["/v2/Channels/Senders"] = _listed("senders", [])


def buys_number(twilio: FakeTwilio, url: str, **more: Any) -> None:
    shown: dict[str, Any] = {
        "phone_number": NUMBER,
        "sms_url": url,
        "sms_method": "POST",
        "sms_application_sid": "",
        "capabilities": {"voice": True, "sms": True, "mms": True},
    }
    shown |= more
    twilio.owned[f"{_ACCOUNT}/IncomingPhoneNumbers.json"] = _page("incoming_phone_numbers", [shown])


def makes_service(twilio: FakeTwilio, url: str | None, *, on_number: bool = False) -> None:
    shown = {"sid": SERVICE, "friendly_name": "Texts", "inbound_request_url": url, "inbound_method": "POST"}
    twilio.owned[f"/v1/Services/{SERVICE}"] = shown | {"use_inbound_webhook_on_number": on_number}


def registers_sender(twilio: FakeTwilio, url: str, status: str = "ONLINE") -> None:
    webhook = {"callback_url": url, "callback_method": "POST"}
    shown = {"sid": SENDER, "sender_id": f"whatsapp:{NUMBER}", "status": status, "webhook": webhook}
    twilio.owned["/v2/Channels/Senders"] = _listed("senders", [shown | {"webhook": None}])
    twilio.owned[f"/v2/Channels/Senders/{SENDER}"] = shown


def makes_template(twilio: FakeTwilio, body: str, status: str = "approved", **samples: str) -> str:
    """A text of the account's own; its placeholders are the names of the samples."""
    sid = f"HX{len(twilio.contents) + 0xA000:032x}"
    types = {"twilio/text": {"body": body}}
    made = {"sid": sid, "friendly_name": sid, "language": "en", "variables": samples, "types": types}
    twilio.contents[sid] = made
    approval = {"sid": sid, "whatsapp": {"name": sid, "status": status, "category": "UTILITY"}}
    twilio.owned[f"/v1/Content/{sid}/ApprovalRequests"] = approval
    return sid


def _page(name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: items, "next_page_uri": None, "page": 0, "page_size": 50}


def _listed(name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: items, "meta": {"key": name, "next_page_url": None, "page": 0, "page_size": 50}}
