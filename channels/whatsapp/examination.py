"""What the doctor asks Twilio about the number that customers write to on WhatsApp."""

from collections.abc import Iterator

from twilio.rest import Client

from channels.interface import Finding
from channels.twilio_api import examination
from scheduler_core.settings import Settings

_SANDBOX = "+14155238886"
_MOST_LISTED = 1000
_WHERE = 'at the WhatsApp sender, "When a message comes in"'


def examined(settings: Settings) -> Iterator[Finding]:
    return examination.examined(settings, lambda client: _sender(client, settings))


def _sender(client: Client, settings: Settings) -> Iterator[Finding]:
    sender, wanted = settings.whatsapp_sender, f"{settings.public_url}/whatsapp/messages"
    if sender == _SANDBOX:
        yield Finding(f"{sender} is Twilio's sandbox, which tells nothing; its webhook must be {wanted}")
        return
    senders = client.messaging.v2.channels_senders
    listed = senders.list(channel="whatsapp", limit=_MOST_LISTED)
    known = next((each for each in listed if each.sender_id == f"whatsapp:{sender}"), None)
    if known is None:
        yield Finding(
            f"{sender} is no WhatsApp sender of this account",
            "export FRONTDESK_WHATSAPP_SENDER with one of Messaging → Senders → WhatsApp, as +15551234567",
        )
        return
    found = senders(known.sid).fetch()
    if not str(found.status).startswith("ONLINE"):
        yield Finding(f"{sender} is {found.status} at WhatsApp", "see Messaging → Senders → WhatsApp")
        return
    yield Finding(f"{sender} is a WhatsApp sender of this account")
    webhook = found.webhook or {}
    yield examination.webhook(webhook.get("callback_url"), webhook.get("callback_method"), wanted, _WHERE)
