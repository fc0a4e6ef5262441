"""What the doctor asks Twilio about the number that customers text."""

from collections.abc import Iterator

from twilio.rest import Client

from channels.interface import Finding
from channels.twilio_api import examination
from scheduler_core.settings import Settings


def examined(settings: Settings) -> Iterator[Finding]:
    sender, wanted = settings.sms_sender, f"{settings.public_url}/sms/messages"
    look = _service if sender.startswith("MG") else _number
    return examination.examined(settings, lambda client: look(client, sender, wanted))


def _number(client: Client, sender: str, wanted: str) -> Iterator[Finding]:
    number = next(iter(client.incoming_phone_numbers.list(phone_number=sender, limit=1)), None)
    if number is None or number.phone_number != sender:
        yield Finding(
            f"{sender} is no number of this account",
            "export FRONTDESK_SMS_SENDER with one of Phone Numbers → Active numbers, as +15551234567",
        )
        return
    if not (number.capabilities or {}).get("sms"):
        yield Finding(f"{sender} cannot send SMS", "get a number that can, at Phone Numbers → Buy a number")
        return
    yield Finding(f"{sender} is a number of this account that can send SMS")
    handled_elsewhere = f"the TwiML app {number.sms_application_sid}" if number.sms_application_sid else None
    yield examination.webhook(
        handled_elsewhere or number.sms_url, number.sms_method, wanted, 'at the number, "A message comes in"'
    )


def _service(client: Client, sender: str, wanted: str) -> Iterator[Finding]:
    service = client.messaging.v1.services(sender).fetch()
    yield Finding(f"{sender} is a messaging service of this account: {service.friendly_name}")
    found = None if service.use_inbound_webhook_on_number else service.inbound_request_url
    yield examination.webhook(
        found, service.inbound_method, wanted, 'at the messaging service, Integration, "Send a webhook"'
    )
