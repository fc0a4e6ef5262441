"""Buttons and lists on WhatsApp: Twilio shows them by content templates, one for each number of choices.

Every word in them is a variable, so that each is made once for an account; inside a customer's 24 hours they need no
approval. A choice's id carries our message and the choice's number, as a tap names them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from channels.interface import OutboundMessage
from channels.shape import Shaped
from scheduler_core import outbox
from scheduler_core.outbox import ChoiceRef

_NAME = "frontdesk_{form}_{count}_v1"
TAP = "frontdesk:{message}:{n}"
_MOST_LISTED = 1000


@dataclass(frozen=True)
class Filled:
    """A content template, what is put into it, and the text it then shows."""

    sid: str
    variables: str
    body: str


class Contents:
    """Safe to share between threads."""

    def __init__(self, client: Client) -> None:
        self._contents = client.content.v1.contents
        self._sids: dict[str, str] | None = None
        self._lock = Lock()

    def filled(self, message: OutboundMessage, shape: Shaped) -> Filled:
        """Raises what the Twilio library raises when the template cannot be made."""
        values = [shape.text]
        if shape.form == "list":
            values.append(outbox.words(message.language or "en", "choose"))
        for n, label in enumerate(shape.labels):
            values += [label, TAP.format(message=message.id, n=n)]
        variables = {str(n): value for n, value in enumerate(values, start=1)}
        return Filled(self._sid(shape), json.dumps(variables, ensure_ascii=False), shape.text)

    def _sid(self, shape: Shaped) -> str:
        name = _NAME.format(form=shape.form, count=len(shape.labels))
        with self._lock:
            if self._sids is None:
                known = self._contents.list(limit=_MOST_LISTED)
                self._sids = {each.friendly_name: each.sid for each in known if each.sid}
            if name not in self._sids:
                made = self._contents.create(ContentList.ContentCreateRequest(_template(name, shape)))
                self._sids[name] = str(made.sid)
            return self._sids[name]


def tapped(payload: str) -> ChoiceRef | None:
    """The choice whose id came back; None for an id that is none of ours."""
    kind, _, rest = payload.partition(":")
    message, _, n = rest.partition(":")
    if kind == "frontdesk" and message.isdecimal() and n.isdecimal():
        return ChoiceRef(int(message), int(n))
    return None


def _template(name: str, shape: Shaped) -> Mapping[str, Any]:
    first = 3 if shape.form == "list" else 2
    pairs = [(f"{{{{{first + 2 * n}}}}}", f"{{{{{first + 2 * n + 1}}}}}") for n in range(len(shape.labels))]
    if shape.form == "list":
        items = [{"item": label, "id": key, "description": ""} for label, key in pairs]
        types = {"twilio/list-picker": {"body": "{{1}}", "button": "{{2}}", "items": items}}
    else:
        actions = [{"type": "QUICK_REPLY", "title": label, "id": key} for label, key in pairs]
        types = {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    last = first + 2 * len(shape.labels)
    samples = {str(n): f"sample {n}" for n in range(1, last)}
    return {"friendly_name": name, "language": "en", "variables": samples, "types": types}
