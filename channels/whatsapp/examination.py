"""What the doctor asks Twilio about the number that customers write to on WhatsApp."""

from collections.abc import Iterator
from pathlib import Path

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from channels.interface import Finding
from channels.twilio_api import examination
from channels.whatsapp import templates
from scheduler_core.settings import Settings

_GUIDE = "docs/how-to/connect-whatsapp.md"
_SANDBOX = "+14155238886"
_MOST_LISTED = 1000
_TO_STAFF = "staff_"
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
    yield from _templates(client, settings.whatsapp_templates)


def _templates(client: Client, path: Path | None) -> Iterator[Finding]:
    try:
        sids = templates.read(path)
    except ValueError as fault:
        yield Finding(str(fault), f"write it as {_GUIDE} shows")
        return
    if not sids:
        yield Finding(
            f"no templates: nothing is said after 24 hours of silence; {_GUIDE} says how to have some"
        )
    elif not any(kind.startswith(_TO_STAFF) for kind in sids):
        yield Finding(
            f"no templates for the team: after 24 hours of silence there their notices are on the desk only; {_GUIDE}"
        )
    for kind, by_language in sids.items():
        for language, sid in by_language.items():
            yield _template(client, f"{kind} ({language})", sid)


def _template(client: Client, name: str, sid: str) -> Finding:
    try:
        approval = client.content.v1.contents(sid).approval_fetch().fetch().whatsapp or {}
    except TwilioRestException as refusal:
        return Finding(f"template {name}: {sid} is not in this account ({refusal.status})", f"see {_GUIDE}")
    if approval.get("status") == "approved":
        return Finding(f"template {name}: approved by WhatsApp")
    told = f"template {name}: {approval.get('status') or 'not submitted'}"
    return Finding(told, "submit it for approval, or wait for it: Messaging → Content Template Builder")
