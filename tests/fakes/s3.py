"""A twin of a bucket that speaks S3: takes, gives and forgets objects, and refuses who does not sign.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
"""

import re
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Self

from tests.fakes.http import Answer, Request, Server

KEY_ID, SECRET = "AKIA-of-tests", "a-secret-of-tests"
_XML = {"Content-Type": "application/xml"}
_NO_SUCH_KEY = b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>"


@dataclass
class FakeS3:
    """`objects` by path, bucket included."""

    objects: dict[str, bytes] = field(default_factory=dict)
    _server: Server = field(init=False)

    @property
    def url(self) -> str:
        return self._server.url

    def __enter__(self) -> Self:
        self._server = Server(self._answer).__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.__exit__()

    def _answer(self, asked: Request) -> Answer:
        if f"Credential={KEY_ID}/" not in asked.headers.get("authorization", ""):
            return Answer(403)
        path = asked.url.path
        match asked.method:
            case "PUT":
                self.objects[path] = asked.body
                return Answer(200, headers={"ETag": '"1"'})
            case "POST" if asked.url.query == "delete":
                gone = re.findall(r"<Key>([^<]+)</Key>", asked.body.decode())
                for key in gone:
                    self.objects.pop(f"{path.rstrip('/')}/{key}", None)
                told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in gone)
                return Answer(200, f"<DeleteResult>{told}</DeleteResult>".encode(), _XML)
            case "GET" if path in self.objects:
                headers = {"ETag": '"1"', "Last-Modified": formatdate(0, usegmt=True)}
                return Answer(200, self.objects[path], headers)
        return Answer(404, _NO_SUCH_KEY, _XML)
