"""What WhatsApp takes after 24 hours of silence: templates it has approved, one for each kind of message and language.

A file outside the repository names them. The placeholders of a template are the names of a message's facts. Twilio
refuses values that are empty or have line breaks, and puts the template's sample where a value is left out
(https://www.twilio.com/docs/content/using-variables-with-content-api, error 21656).
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

import yaml
from pydantic import StringConstraints, TypeAdapter, ValidationError
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentInstance

from channels.interface import OutboundMessage
from channels.shape import cut
from channels.whatsapp.contents import TAP, Filled

log = logging.getLogger(__name__)

Sids = Mapping[str, Mapping[str, str]]
"""By kind and language, the ContentSid."""

_SIDS = TypeAdapter(dict[str, dict[str, Annotated[str, StringConstraints(pattern=r"^HX[0-9a-fA-F]{32}$")]]])
_LONGEST_VALUE = 250


def read(path: Path | None) -> Sids:
    """Raises ValueError for a file that is not there, or not of this form."""
    try:
        return _SIDS.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path else {}
    except ValidationError as fault:
        place = ".".join(str(each) for each in fault.errors()[0]["loc"])
        raise ValueError(f"{path} is not kind: language: HX… at {place or 'its beginning'}") from fault
    except (OSError, yaml.YAMLError) as fault:
        raise ValueError(f"{path} cannot be read ({type(fault).__name__})") from fault


class Templates:
    """Safe to share between threads."""

    def __init__(self, path: Path | None, client: Client) -> None:
        try:
            self._of = read(path)
        except ValueError as fault:
            log.error("no WhatsApp templates: %s", fault)
            self._of = {}
        self._contents = client.content.v1.contents
        self._known: dict[str, ContentInstance] = {}
        self._lock = Lock()

    def filled(self, message: OutboundMessage) -> Filled | None:
        """None: there is none for it, or one that says what the message does not know. Raises what Twilio raises."""
        sid = self._of.get(message.kind, {}).get(message.language or "en")
        if sid is None:
            return None
        template, values = self._template(sid), _values(message)
        wanted = set(template.variables or {})
        if missing := wanted - set(values):
            log.error("template %s wants unknown facts: %s", sid, ", ".join(sorted(missing)))
            return None
        filled = {name: values[name] for name in sorted(wanted) if values[name]}
        return Filled(sid, json.dumps(filled, ensure_ascii=False), _body(template, filled))

    def _template(self, sid: str) -> ContentInstance:
        with self._lock:
            if sid not in self._known:
                self._known[sid] = self._contents(sid).fetch()
            return self._known[sid]


def _values(message: OutboundMessage) -> dict[str, str]:
    """Facts, the words of each choice, and what a tap on it brings back."""
    told = {name: str(value) for name, value in message.facts.items()}
    for n, choice in enumerate(message.choices):
        told |= {f"option_{n + 1}": choice.label, f"tap_{n + 1}": TAP.format(message=message.id, n=n)}
    return {name: cut(" ".join(value.split()), _LONGEST_VALUE) for name, value in told.items()}


def _body(template: ContentInstance, filled: dict[str, str]) -> str:
    """As Twilio keeps the message."""
    contents: Mapping[str, Any] = template.types or {}
    text = next((str(each["body"]) for each in contents.values() if each and each.get("body")), "")
    for name, value in ((template.variables or {}) | filled).items():
        text = text.replace(f"{{{{{name}}}}}", str(value))
    return text
