"""A twin of Twilio: takes and lists messages and content templates as its REST API does, and signs what it tells us.

Follows the documentation of the Message and Content resources, of webhook requests and of X-Twilio-Signature. Every
request is held against Twilio's own OpenAPI description; one that differs is refused, and fails the test at its end.
"""

import json
import threading
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Self
from urllib.parse import parse_qs

import httpx
from twilio.request_validator import RequestValidator

from tests.fakes.http import BROKEN, Answer, Request, Server
from tests.fakes.openapi import Description
from tests.fakes.twilio_openapi import CUT

ACCOUNT, TOKEN = "AC" + "1" * 32, "a-token-of-tests"
_PUBLISHED = Description(CUT)


@dataclass
class Taken:
    """A message as Twilio keeps it; ``shown`` are the buttons or rows its reader sees, by their ids."""

    sid: str
    fields: dict[str, str]
    body: str
    created: datetime
    shown: dict[str, str] = field(default_factory=dict)
    status: str = "queued"
    error: int | None = None

    @property
    def _segments(self) -> str:
        """Of plain text; "0" as long as a messaging service has chosen no number."""
        if "From" not in self.fields:
            return "0"
        return "1" if len(self.body) <= 160 else str(-(-len(self.body) // 153))

    def as_json(self) -> dict[str, Any]:
        at = format_datetime(self.created)
        return {
            "sid": self.sid,
            "account_sid": ACCOUNT,
            "to": self.fields["To"],
            "from": self.fields.get("From"),
            "body": self.body,
            "status": self.status,
            "date_created": at,
            "date_updated": at,
            "date_sent": None,
            "error_code": self.error,
            "direction": "outbound-api",
            "num_segments": self._segments,
        }


class FakeTwilio:
    """`faults` are used up first, one a message: (status, code), or LOST: taken, but the answer never arrives.

    `owned`: by path, what else the account has; `twilio_account` fills it. `wrong`: what of our requests was not as
    Twilio describes it.
    """

    LOST = (BROKEN, 0)

    def __init__(self, public_url: str = "https://desk.example") -> None:
        self.public_url = public_url
        self.taken: list[Taken] = []
        self.contents: dict[str, dict[str, Any]] = {}
        self.media: dict[str, tuple[int, bytes]] = {}
        self.shown_to_others: set[str | None] = set()
        """The credentials that were sent to where files are kept."""
        self.owned: dict[str, dict[str, Any]] = {}
        self.faults: list[tuple[int, int]] = []
        self.wrong: list[str] = []
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._more = threading.Condition()
        self._server = Server(self._answer)
        self.url = self._server.url
        self._heard = 0

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.__exit__()
        assert not self.wrong, "\n".join(self.wrong)

    def waits_until(self, what: Callable[[], bool]) -> None:
        """Looks again whenever a message was taken."""
        with self._more:
            assert self._more.wait_for(what, timeout=20), "waited in vain"

    def has_taken(self, count: int) -> list[Taken]:
        """Wait until so many messages were taken."""
        with self._more:
            assert self._more.wait_for(lambda: len(self.taken) >= count, timeout=10), self.taken
        return self.taken

    def form(self, sender: str, to: str, text: str, **more: str) -> dict[str, str]:
        """What Twilio tells of an incoming message."""
        self._heard += 1
        sid = f"SM{self._heard:032x}"
        told = {"MessageSid": sid, "SmsMessageSid": sid, "AccountSid": ACCOUNT, "From": sender, "To": to}
        return told | {"Body": text, "NumMedia": "0", "NumSegments": "1", "ApiVersion": "2010-04-01"} | more

    def tells(self, front: str, path: str, form: dict[str, str], *, token: str = TOKEN) -> httpx.Response:
        """Post a signed request; the signature is over the public address, whatever carries it."""
        signer: Any = RequestValidator(token)
        signature = signer.compute_signature(f"{self.public_url}{path}", form)
        headers = {"X-Twilio-Signature": signature}
        return httpx.post(f"{front}{path}", data=form, headers=headers, trust_env=False)

    def tells_status(self, front: str, taken: Taken, status: str, code: int = 0) -> httpx.Response:
        path = taken.fields["StatusCallback"].removeprefix(self.public_url)
        form = {"MessageSid": taken.sid, "MessageStatus": status, "AccountSid": ACCOUNT}
        form |= {"To": taken.fields["To"]}
        return self.tells(front, path, form | ({"ErrorCode": str(code)} if code else {}))

    def keeps(self, content: bytes, kind: str = "image/jpeg", status: int = 307) -> dict[str, str]:
        """What a message tells of a file that came with it; `status`: how its address is answered."""
        n = len(self.media)
        path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{n:032x}/Media/ME{n:032x}"
        self.media[path] = (status, content)
        return {"NumMedia": "1", "MediaUrl0": f"https://api.twilio.com{path}", "MediaContentType0": kind}

    def _kept(self, asked: Request) -> Answer | None:
        """The API sends whoever shows the token to where the file is, where nobody is asked for one."""
        if asked.url.path.startswith("/kept"):
            self.shown_to_others |= {asked.headers.get("authorization")}
            found = self.media.get(asked.url.path.removeprefix("/kept"))
            return Answer(200, found[1]) if found else Answer(404)
        if asked.url.path in self.media:
            status, content = self.media[asked.url.path]
            if not asked.headers.get("authorization"):
                return Answer(401)
            where = {"Location": f"https://mms.twiliocdn.com/kept{asked.url.path}?signature=secret"}
            return Answer(status, content if status == 200 else b"", where if status == 307 else {})
        return None

    def _answer(self, asked: Request) -> Answer:
        if found := self._kept(asked):
            return found
        if asked.headers.get("authorization") != f"Basic {b64encode(f'{ACCOUNT}:{TOKEN}'.encode()).decode()}":
            return _refusal(401, 20003)
        if wrongs := _PUBLISHED.wrongs(asked):
            self.wrong += wrongs
            return _refusal(400, 20001)
        match asked.method, asked.url.path:
            case "POST", path if path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
                return self._take({name: values[0] for name, values in parse_qs(asked.body.decode()).items()})
            case "GET", path if path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
                to = parse_qs(asked.url.query).get("To", [""])[0]
                listed = [each.as_json() for each in reversed(self.taken) if each.fields["To"] == to]
                return _json(200, {"messages": listed, "next_page_uri": None, "page": 0, "page_size": 50})
            case "GET", path if path in self.owned:
                return _json(200, self.owned[path])
            case "GET", path if (sid := path.removeprefix("/v1/Content/")) in self.contents:
                return _json(200, self.contents[sid])
            case "GET", "/v1/Content":
                page = {"key": "contents", "next_page_url": None, "page": 0, "page_size": 50}
                return _json(200, {"contents": list(self.contents.values()), "meta": page})
            case "POST", "/v1/Content":
                sid = f"HX{len(self.contents):032x}"
                self.contents[sid] = json.loads(asked.body) | {"sid": sid, "account_sid": ACCOUNT}
                return _json(201, self.contents[sid])
        return _refusal(404, 20404)

    def _take(self, fields: dict[str, str]) -> Answer:
        with self._more:
            fault = self.faults.pop(0) if self.faults else None
            if fault and fault != self.LOST:
                return _refusal(*fault)
            if not {"From", "MessagingServiceSid"} & set(fields):
                return _refusal(400, 21603)
            body, shown = self._shown(fields)
            if not (body or fields.get("MediaUrl")) or len(body) > 1600:
                return _refusal(400, 21617)
            sid = f"SM{len(self.taken) + 0xF000:032x}"
            self.taken.append(Taken(sid, fields, body, self.now(), shown))
            self._more.notify_all()
            return Answer(BROKEN) if fault else _json(201, self.taken[-1].as_json())

    def _shown(self, fields: dict[str, str]) -> tuple[str, dict[str, str]]:
        if "ContentSid" not in fields:
            return fields.get("Body", ""), {}
        filled = json.dumps(self.contents[fields["ContentSid"]]["types"])
        values = self.contents[fields["ContentSid"]]["variables"] | json.loads(fields["ContentVariables"])
        for name, value in values.items():
            filled = filled.replace(f"{{{{{name}}}}}", json.dumps(value)[1:-1])
        (kind, content), *_ = ((k, v) for k, v in json.loads(filled).items() if v)
        if kind == "twilio/quick-reply":
            return content["body"], {each["id"]: each["title"] for each in content["actions"]}
        return content["body"], {each["id"]: each["item"] for each in content.get("items", ())}


def _json(status: int, body: object) -> Answer:
    return Answer(status, json.dumps(body).encode(), {"Content-Type": "application/json"})


def _refusal(status: int, code: int) -> Answer:
    return _json(status, {"status": status, "code": code, "message": "refused", "more_info": ""})
