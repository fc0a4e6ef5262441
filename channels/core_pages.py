"""What the public door passes through from the core: the desk, calendar files, the sign over the door.

The core is not reachable from outside; only these are, and only the desk needs the key.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import IO, Any, Self
from urllib.parse import urlencode

import httpx

from channels.problems import CoreAway, FileGone, FileRefused, FileTooLarge, Refused
from scheduler_core.clock import Clock
from scheduler_core.outbox import InboundRecord, StaffChat, Turn
from scheduler_core.settings import Settings

log = logging.getLogger(__name__)

_PASSED_HEADERS = frozenset(
    "location content-type content-disposition content-security-policy cache-control etag "
    "x-content-type-options".split()
)
_TIMEOUT_SECONDS = 5.0
_FILE_SECONDS = 20.0
_LONGEST_WORDS = 2000
_REFUSALS: dict[int, type[Refused]] = {413: FileTooLarge, 415: FileRefused}
_SIGN_KEPT = timedelta(minutes=1)


@dataclass(frozen=True)
class Page:
    """An answer of the core, with the headers that may go on to the browser."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Claim:
    """What became of a code or a link, and the language to say so in, if it is known."""

    outcome: str
    language: str | None


@dataclass(frozen=True)
class Kept:
    """A file in the core's keeping."""

    id: int
    name: str
    media_type: str

    @property
    def is_voice(self) -> bool:
        return self.media_type.startswith("audio/")


@dataclass(frozen=True)
class Placed:
    """`visit`: the one that files are with, in the customer's words; `arranging`: what is arranged will take them."""

    visit: str | None
    arranging: bool


class CorePages:
    """Safe to share between threads."""

    def __init__(
        self, settings: Settings, clock: Clock, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._clock = clock
        self.largest_file_bytes = settings.largest_file_bytes
        self._sign: dict[str, str] | None = None
        self._sign_read_at = clock()
        self._conversations = f"/v1/businesses/{settings.business_id}/conversations"
        self._appointments = f"/v1/businesses/{settings.business_id}/appointments"
        self._customers = f"/v1/businesses/{settings.business_id}/customers"
        self._team = f"/v1/businesses/{settings.business_id}"
        self._key = {"X-API-Key": settings.api_key.get_secret_value()}
        self._http = httpx.Client(
            base_url=settings.core_url, timeout=_TIMEOUT_SECONDS, transport=transport, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._http.close()

    def desk(self) -> Page:
        return self._get("/desk", self._key)

    def desk_conversation(self, conversation_id: int) -> Page:
        return self._get(f"/desk/conversations/{conversation_id}", self._key)

    def desk_file(self, attachment_id: int) -> Page:
        return self._get(f"/desk/files/{attachment_id}", self._key)

    def desk_page(self, path: str) -> Page:
        return self._get(f"/desk/{path}", self._key)

    def desk_form(
        self, path: str, form: bytes, content_type: str = "application/x-www-form-urlencoded"
    ) -> Page:
        """A form of the desk's pages, as it was sent."""
        headers = {**self._key, "Content-Type": content_type}
        return self._ask("POST", f"/desk/{path}", headers, form)

    def calendar(self, token: str) -> Page:
        return self._get(f"/calendar/{token}.ics", {})

    def staff_calendar(self, token: str, if_none_match: str | None) -> Page:
        """``if_none_match``: what the reader has seen already; a 304 says that it still holds."""
        return self._get(
            f"/calendar/staff/{token}.ics", {"If-None-Match": if_none_match} if if_none_match else {}
        )

    def file_by_link(self, token: str) -> Page:
        """What a signed link opens, for whoever has it."""
        return self._get(f"/files/{token}", {})

    def file(self, attachment_id: int) -> bytes:
        """The file itself. Raises CoreAway and FileGone."""
        page = self._get(f"{self._team}/attachments/{attachment_id}/content", self._key)
        if page.status != 200:
            raise FileGone
        return page.body

    def kept_file(self, key: str) -> Kept | None:
        """What an earlier try has brought under this key. Raises CoreAway."""
        page = self._get(f"{self._team}/attachments/kept?{urlencode({'key': key})}", self._key)
        found = json.loads(page.body) if page.status == 200 else None
        return _kept(found) if found else None

    def keep_file(self, message: InboundRecord, key: str, file: IO[bytes], name: str) -> Kept:
        """Once for each key; `file` is read from where it stands. Raises CoreAway, FileTooLarge and FileRefused."""
        conversation = self._opened(message)["conversation"]["id"]
        said: dict[str, Any] = {"conversation_id": conversation, "name": name[:300], "sent_by": "customer"}
        asked = said | ({"inbound_id": message.id} if message.id else {})
        headers = {**self._key, "Idempotency-Key": key, "Content-Type": "application/octet-stream"}
        path = f"{self._team}/attachments?{urlencode(asked)}"
        page = self._ask("POST", path, headers, file, _FILE_SECONDS)
        if page.status in _REFUSALS:
            raise _REFUSALS[page.status]
        if page.status >= 400:
            log.error("core refused a file status=%s", page.status)
            raise CoreAway
        return _kept(json.loads(page.body))

    def place_files(self, turn: Turn, attachment_ids: Sequence[int], language: str) -> Placed:
        """Put them with the visit that is spoken of, and tell staff, once. Raises CoreAway."""
        conversation = self._opened(turn)["conversation"]["id"]
        asked = {"attachment_ids": list(attachment_ids), "language": language}
        answer = self._post(f"{self._conversations}/{conversation}/files", asked)
        return Placed(answer["visit"], answer["arranging"])

    def is_silent(self, channel: str, address: str) -> bool:
        """Whether a person of the team speaks there now; not, as far as anybody knows while the core is away."""
        where = urlencode({"channel": channel, "address": address})
        try:
            page = self._get(f"{self._conversations}/silence?{where}", self._key)
        except CoreAway:
            return False
        return page.status == 200 and bool(json.loads(page.body)["silent"])

    def is_opted_out(self, channel: str, address: str) -> bool:
        """Whether they want no messages there. Raises CoreAway."""
        where = urlencode({"channel": channel, "address": address})
        page = self._get(f"{self._conversations}/silence?{where}", self._key)
        return page.status == 200 and bool(json.loads(page.body)["opted_out"])

    def keep_consent(self, turn: Turn, granted: bool, evidence: str) -> None:
        """Whoever speaks wants to hear from us there, or not. Raises CoreAway; told twice, the newest word holds."""
        where = {"channel": turn.channel, "address": turn.address}
        person = self._opened(turn)["customer"]["id"]
        self._post(f"{self._customers}/{person}/consent", {**where, "granted": granted, "evidence": evidence})

    def mark_may_drop(self, turn: Turn, words: str) -> None:
        """Words of theirs may have meant their visits: these stay, and the team is told, once. Raises CoreAway."""
        person = self._opened(turn)["customer"]["id"]
        self._post(f"{self._appointments}/may-drop", {"customer_id": person, "words": words}, turn.turn_id)

    def keep_phone(self, turn: Turn, number: str) -> None:
        """Whoever speaks has shown that this number is theirs: whoever has it already is them. Raises CoreAway."""
        person = self._opened(turn)["customer"]["id"]
        self._post(f"{self._customers}/{person}/phone", {"phone": number})

    def claim_chat(self, turn: Turn, code: str) -> Claim:
        """A code of staff was said there. Raises CoreAway."""
        said = {"channel": turn.channel, "address": turn.address, "code": code}
        answer = self._post(f"{self._team}/staff-chats/claim", said)
        return Claim(answer["outcome"], answer["language"])

    def claim_link(self, turn: Turn, token: str) -> Claim:
        """The token of a link was said there: whoever speaks may be somebody we know. Raises CoreAway."""
        person = self._opened(turn)["customer"]["id"]
        said = {"channel": turn.channel, "token": token}
        answer = self._post(f"{self._customers}/{person}/links/claim", said)
        return Claim(answer["outcome"], answer["language"])

    def unlink_chat(self, chat: StaffChat) -> None:
        """Its person wants nothing more there; done twice, it is done. Raises CoreAway."""
        headers = {**self._key, "X-Staff-Chat": str(chat.id)}
        page = self._ask("DELETE", f"{self._team}/staff/{chat.staff_id}/chats/{chat.id}", headers)
        if page.status not in (204, 401, 404):
            log.error("core refused to unlink chat=%s status=%s", chat.id, page.status)
            raise CoreAway

    def tell_unanswered(self, turn: Turn) -> None:
        """The team is told, once, that the assistant has given up on this turn. Raises CoreAway."""
        conversation = self._opened(turn)["conversation"]["id"]
        words = "\n".join(message.text for message in turn.messages)[:_LONGEST_WORDS]
        self._post(
            f"{self._conversations}/{conversation}/unanswered", {"turn_id": turn.turn_id, "text": words}
        )

    def sign(self) -> dict[str, str] | None:
        """Whose front desk this is, {"name": …}; None as long as the core has not said it."""
        if self._sign is None or self._clock() - self._sign_read_at > _SIGN_KEPT:
            try:
                page = self._get("/desk/sign", self._key)
                self._sign = json.loads(page.body) if page.status == 200 else self._sign
                self._sign_read_at = self._clock()
            except CoreAway:
                pass
        return self._sign

    def _opened(self, turn: Turn | InboundRecord) -> Any:
        where = {"channel": turn.channel, "address": turn.address, "display_name": turn.display_name}
        return self._post(f"{self._conversations}/open", where)

    def _get(self, path: str, headers: dict[str, str]) -> Page:
        return self._ask("GET", path, headers)

    def _post(self, path: str, body: dict[str, Any], key: str | None = None) -> Any:
        """`key` names a request that is to be done once."""
        once = {"Idempotency-Key": key} if key else {}
        headers = {**self._key, **once, "Content-Type": "application/json"}
        page = self._ask("POST", path, headers, json.dumps(body).encode())
        if page.status >= 400:
            log.error("core refused path=%s status=%s", path, page.status)
            raise CoreAway
        return json.loads(page.body)

    def _ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes | IO[bytes] | None = None,
        seconds: float = _TIMEOUT_SECONDS,
    ) -> Page:
        try:
            answer = self._http.request(method, path, headers=headers, content=body, timeout=seconds)
        except httpx.HTTPError as error:
            log.warning("core away error=%s", type(error).__name__)
            raise CoreAway from error
        if answer.status_code >= 500:
            raise CoreAway
        passed = {name: answer.headers[name] for name in _PASSED_HEADERS if name in answer.headers}
        return Page(answer.status_code, answer.content, passed)


def _kept(found: dict[str, Any]) -> Kept:
    return Kept(found["id"], found["name"], found["media_type"])
