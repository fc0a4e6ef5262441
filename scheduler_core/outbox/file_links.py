"""A link to one file for who cannot show a key: a provider that fetches it, a customer who opens it.

Signed over business, file and end with a secret derived from the installation's own key; what it opens ends by itself.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from scheduler_core.settings import Settings

_PURPOSE = b"frontdesk file link\x01"
_HOLDS_FOR = timedelta(days=2)
"""Longer than a message waits for its provider, shorter than a mailbox is kept."""


def link_to(settings: Settings, attachment_id: int, now: datetime) -> str:
    """The public address of a file of this installation's business."""
    named = f"{settings.business_id}.{attachment_id}.{int((now + _HOLDS_FOR).timestamp())}"
    return f"{settings.public_url}/files/{named}.{_signature(settings, named)}"


def opened(settings: Settings, token: str, now: datetime) -> tuple[int, int] | None:
    """(business, file) that the last part of a link names; ``None``: none of ours, or over."""
    named, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(settings, named).encode()):
        return None
    business_id, attachment_id, end = (int(each) for each in named.split("."))
    return (business_id, attachment_id) if now.timestamp() < end else None


def _signature(settings: Settings, named: str) -> str:
    secret = hmac.digest(settings.api_key.get_secret_value().encode(), _PURPOSE, "sha256")
    return urlsafe_b64encode(hmac.digest(secret, named.encode(), "sha256")).decode().rstrip("=")
