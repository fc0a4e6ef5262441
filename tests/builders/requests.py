"""A request for any endpoint, made from the OpenAPI document: as short as it allows, with ids that exist."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

#: What is sent where a type alone does not say it, tried in this order.
_CLOCKS = ("09:00", "12:00")
_DAY, _START, _END = "2027-03-15", "2027-03-02T14:00:00Z", "2027-03-02T16:00:00Z"
_WORDS = {
    "zone": "Europe/Vienna",
    "channel": "web",
    "rrule": "FREQ=WEEKLY;COUNT=2",
    "currency": "EUR",
    "locale": "de",
    "phone": "+15550199",
}

Ids = Callable[[str], list[int]]


@dataclass(frozen=True)
class Request:
    """``path`` is below the business; ``ids`` are what the names in its braces stand for."""

    method: str
    path: str
    ids: dict[str, Any]
    query: dict[str, Any]
    body: Any

    @property
    def url(self) -> str:
        """Below the business."""
        filled = self.path.format(**self.ids)
        return f"{filled}?{urlencode(self.query)}" if self.query else filled

    def with_id(self, where: str, name: str, value: Any) -> "Request":
        """The same request about something else."""
        parts = {"ids": self.ids, "query": self.query, "body": self.body}
        parts[where] = {**(parts[where] or {}), name: value}
        return Request(self.method, self.path, **parts)


class Document:
    """What the OpenAPI document says of the endpoints below a business; ``ids`` answers those of a name."""

    PREFIX = "/v1/businesses/{business_id}"

    def __init__(self, document: dict[str, Any], ids: Ids) -> None:
        self._document = document
        self._ids = ids

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """(method, path below the business, definition)."""
        for path, methods in self._document["paths"].items():
            if path.startswith(self.PREFIX):
                for method, definition in methods.items():
                    yield method.upper(), path.removeprefix(self.PREFIX).removeprefix("/"), definition

    def request(self, method: str, path: str, definition: dict[str, Any]) -> Request:
        parameters = {one["name"]: one for one in definition.get("parameters", ())}
        ids, query = (
            {
                name: self._value(name, one["schema"])
                for name, one in parameters.items()
                if one["in"] == where and one.get("required") and name != "business_id"
            }
            for where in ("path", "query")
        )
        schema = self._body(definition)
        return Request(method, path, ids, query, self._value("", schema) if schema else None)

    def ids_of(self, definition: dict[str, Any]) -> Iterator[tuple[str, str, Callable[[int], Any]]]:
        """(part of the request, name, how an id is put there) for each that is taken, the business's apart."""
        parts = {"path": "ids", "query": "query"}
        found = [
            (parts[one["in"]], one["name"], one["schema"])
            for one in definition.get("parameters", ())
            if one["in"] in parts and one["name"] != "business_id"
        ]
        body = self._resolved(self._body(definition) or {})
        found += [("body", name, schema) for name, schema in body.get("properties", {}).items()]
        for part, name, schema in found:
            if is_id(name) and (put := self._putting(schema)):
                yield part, name, put

    def _putting(self, schema: dict[str, Any]) -> Callable[[int], Any] | None:
        """As it is, in a list, or in a list of lists; ``None``: what is called an id is no number."""
        schema = self._plain(schema)
        if schema.get("type") == "array":
            inner = self._putting(schema["items"])
            return inner and (lambda value: [inner(value)])
        return (lambda value: value) if schema.get("type") == "integer" else None

    def _body(self, definition: dict[str, Any]) -> Any:
        return definition.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema

    def _plain(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The first of the schema's kinds that is not null."""
        schema = self._resolved(schema)
        kinds = [self._resolved(each) for each in schema.get("anyOf", [schema])]
        return next(each for each in kinds if each.get("type") != "null")

    def _value(self, name: str, schema: dict[str, Any]) -> Any:
        schema = self._plain(schema)
        if is_id(name) and schema.get("type") == "integer":
            return self._ids(name)[0]
        if "enum" in schema:
            return schema["enum"][0]
        match schema.get("type"):
            case "object":
                wanted = schema.get("required", ())
                return {key: self._value(key, schema["properties"][key]) for key in wanted}
            case "array":
                return [self._value(name, schema["items"]) for _ in range(schema.get("minItems", 0))]
            case "integer" | "number":
                return max(schema.get("minimum", 1), 1)
            case "boolean":
                return True
        return _text(name, schema)


def is_id(name: str) -> bool:
    return name.endswith(("_id", "_ids")) or name in ("also", "needs")


def _text(name: str, schema: dict[str, Any]) -> str:
    if schema.get("format") == "date-time":
        return _END if name in ("end", "before") else _START
    if schema.get("format") == "date":
        return _DAY
    if name in _WORDS:
        return _WORDS[name]
    clock = _CLOCKS[name in ("end", "closes")]
    pattern = schema.get("pattern")
    return clock if pattern and re.search(pattern, clock) else "somebody"
