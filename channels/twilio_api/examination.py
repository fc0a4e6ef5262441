"""What the doctor asks Twilio about an account, and what its answers mean to a newcomer."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from channels import public_address
from channels.interface import Finding
from channels.twilio_api.client import client_of, has_account
from scheduler_core.settings import Settings

_PATIENCE_SECONDS = 4.0
_REFUSED = (401, 403)


def examined(settings: Settings, sender: Callable[[Client], Iterator[Finding]]) -> Iterator[Finding]:
    """The public address and the account, then what `sender` finds there, as far as Twilio answers."""
    yield public_address.examined(settings)
    if not has_account(settings):
        yield Finding(
            "no Twilio account is named",
            "export FRONTDESK_TWILIO_ACCOUNT_SID and FRONTDESK_TWILIO_AUTH_TOKEN, from https://console.twilio.com",
        )
        return
    client = client_of(settings, _PATIENCE_SECONDS)
    try:
        account = client.api.v2010.accounts(settings.twilio_account_sid).fetch()
        if account.status != "active":
            yield Finding(f"the Twilio account is {account.status}", "see https://console.twilio.com")
            return
        yield Finding(f"the Twilio account answers: {account.friendly_name}")
        yield from sender(client)
    except TwilioRestException as refusal:
        yield _refused(refusal)
    except RequestException as fault:
        yield Finding(
            f"Twilio does not answer ({type(fault).__name__})", "see that this machine reaches api.twilio.com"
        )


def webhook(found: str | None, method: str | None, wanted: str, where: str) -> Finding:
    """`where` to set it in the console, in Twilio's words."""
    if found == wanted and method == "POST":
        return Finding(f"Twilio brings messages to {wanted}")
    if found == wanted:
        told = f"Twilio brings messages by HTTP {method}"
    elif found:
        told = f"Twilio brings messages to another address, at {urlsplit(found).hostname}"
    else:
        told = "Twilio brings messages nowhere yet"
    if not wanted.startswith("https://"):
        return Finding(told, "name the public address first")
    return Finding(told, f"in the console, {where} → {wanted}, HTTP POST")


def _refused(refusal: TwilioRestException) -> Finding:
    if refusal.status in _REFUSED:
        return Finding(
            f"Twilio refuses the account's token (error {refusal.code or refusal.status})",
            "FRONTDESK_TWILIO_ACCOUNT_SID and FRONTDESK_TWILIO_AUTH_TOKEN must be the pair shown at "
            "https://console.twilio.com",
        )
    return Finding(
        f"Twilio does not tell (error {refusal.code or refusal.status})",
        f"see https://www.twilio.com/docs/api/errors/{refusal.code or ''}, or try again later",
    )
