"""Does a request keep to a provider's published OpenAPI description? Every way in which it does not is named.

Stricter than a description by itself: what it does not name is wrong, so that a misspelt field is seen.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jsonschema_rs import Draft4Validator

from tests.fakes.http import Request

_FORM = "application/x-www-form-urlencoded"
_ADDRESS = re.compile(r"\+[1-9]\d{1,14}|[a-z]+:\S+|[0-9A-Za-z][0-9A-Za-z ]{2,10}")
"""A number, an address of a channel ("whatsapp:+15550100"), or the short code or name of a sender."""


class Description:
    """`paths`, `components` as OpenAPI 3.0 has them, with what is not checked left out."""

    def __init__(self, file: Path) -> None:
        self._described = json.loads(file.read_text())
        self._components = _strict(self._described["components"])
        self._paths = [
            (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))), operations)
            for path, operations in self._described["paths"].items()
        ]

    def wrongs(self, asked: Request) -> list[str]:
        """Empty: just as described."""
        for pattern, operations in self._paths:
            if (at := pattern.fullmatch(asked.url.path)) and asked.method.lower() in operations:
                operation = operations[asked.method.lower()]
                found = [
                    *self._in_address(operation, at.groupdict(), asked),
                    *self._in_body(operation, asked),
                ]
                return [f"{asked.method} {asked.url.path}: {wrong}" for wrong in found]
        return [f"{asked.method} {asked.url.path}: no such operation"]

    def _in_address(
        self, operation: Mapping[str, Any], path: Mapping[str, str], asked: Request
    ) -> Iterator[str]:
        described = {(each["in"], each["name"]): each for each in operation.get("parameters", ())}
        query = parse_qs(asked.url.query, keep_blank_values=True)
        given = {("path", name): [value] for name, value in path.items()}
        given |= {("query", name): values for name, values in query.items()}
        for where, each in described.items():
            if each.get("required") and where not in given:
                yield f"lacks {where[1]}"
        for where, values in given.items():
            if where not in described:
                yield f"has {where[1]}, which is not described"
            else:
                yield from self._in_value(where[1], values, described[where]["schema"])

    def _in_body(self, operation: Mapping[str, Any], asked: Request) -> Iterator[str]:
        kinds = operation.get("requestBody", {}).get("content", {})
        if not kinds:
            if asked.body:
                yield "has a body"
            return
        kind = asked.headers.get("content-type", "").partition(";")[0]
        if kind not in kinds:
            yield f"is written as {kind or 'nothing'}"
            return
        schema = kinds[kind]["schema"]
        if kind == _FORM:
            yield from self._in_form(parse_qs(asked.body.decode(), keep_blank_values=True), schema)
        else:
            yield from self._faults(json.loads(asked.body), schema)

    def _in_form(self, form: Mapping[str, Sequence[str]], schema: Mapping[str, Any]) -> Iterator[str]:
        yield from (f"lacks {name}" for name in schema.get("required", ()) if name not in form)
        for name, values in form.items():
            if name not in schema["properties"]:
                yield f"has {name}, which is not described"
            else:
                yield from self._in_value(name, values, schema["properties"][name])

    def _in_value(self, name: str, values: Sequence[str], schema: Mapping[str, Any]) -> Iterator[str]:
        """A value that was written as text, read as its schema's type."""
        if schema.get("type") == "array":
            read: Any = list(values)
        elif len(values) > 1:
            yield f"has {name} more than once"
            return
        else:
            read = _READ.get(schema.get("type", ""), str)(values[0])
        yield from (f"{name}: {fault}" for fault in self._faults(read, schema))

    def _faults(self, value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
        whole = {**_strict(schema), "components": self._components}
        validator = Draft4Validator(whole, validate_formats=True, formats=_FORMATS)
        yield from (
            f"{'/'.join(map(str, each.instance_path))} {each.message}".strip()
            for each in validator.iter_errors(value)
        )


def _strict(schema: Any) -> Any:
    """Of an object no more than its properties; `null` where OpenAPI 3.0 says nullable."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _strict(each) for name, each in schema.items()}
    if isinstance(schema.get("properties"), dict) and isinstance(schema.get("type"), str):
        made.setdefault("additionalProperties", False)
    if made.pop("nullable", False) is True and "type" in made:
        made["type"] = [made["type"], "null"]
    return made


def _number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?\d+", text) else text


def _truth(text: str) -> bool | str:
    return {"true": True, "false": False}.get(text.lower(), text)


def _is_web_address(text: str) -> bool:
    """Absolute, and by the description of StatusCallback without an underscore in its host."""
    address = urlsplit(text)
    return address.scheme in ("http", "https") and bool(address.hostname) and "_" not in address.netloc


_READ: dict[str, Callable[[str], Any]] = {"integer": _number, "boolean": _truth}
_FORMATS: dict[str, Callable[[str], bool]] = {
    "uri": _is_web_address,
    "phone-number": lambda text: bool(_ADDRESS.fullmatch(text)),
}
