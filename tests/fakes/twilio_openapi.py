"""Twilio's own OpenAPI description, cut to the operations that the house uses.

`python -m tests.fakes.twilio_openapi FOLDER` cuts it anew; FOLDER is `src/services/twilio-api` of the npm package
@twilio/cli-core, in which Twilio publishes what it keeps at github.com/twilio/twilio-oai. Prose is left out.
"""

import json
import sys
from pathlib import Path
from typing import Any

CUT = Path(__file__).with_name("twilio_openapi.json")
_ACCOUNT = "/2010-04-01/Accounts/{AccountSid}"
_USED = {
    "twilio_api_v2010": {
        "/2010-04-01/Accounts/{Sid}.json": ["get"],
        f"{_ACCOUNT}/Messages.json": ["get", "post"],
        f"{_ACCOUNT}/Messages/{{Sid}}.json": ["get"],
        f"{_ACCOUNT}/IncomingPhoneNumbers.json": ["get"],
    },
    "twilio_content_v1": {
        "/v1/Content": ["get", "post"],
        "/v1/Content/{Sid}": ["get"],
        "/v1/Content/{Sid}/ApprovalRequests": ["get"],
    },
    "twilio_messaging_v1": {"/v1/Services/{Sid}": ["get"]},
    "twilio_messaging_v2": {"/v2/Channels/Senders": ["get"], "/v2/Channels/Senders/{Sid}": ["get"]},
}
_PROSE = frozenset({"description", "example", "examples", "title", "default"})


def cut(folder: Path) -> dict[str, Any]:
    package = json.loads((folder / "../../../package.json").resolve().read_text())
    source = f"npm {package['name']} {package['version']}, src/services/twilio-api"
    made: dict[str, Any] = {"source": source, "paths": {}, "components": {"schemas": {}}}
    for file, paths in _USED.items():
        described = json.loads((folder / f"{file}.json").read_text())
        for path, methods in paths.items():
            operations = {method: _asked(described["paths"][path][method]) for method in methods}
            made["paths"][path] = operations
            made["components"]["schemas"] |= _needed(operations, described["components"]["schemas"])
    return made


def _asked(operation: dict[str, Any]) -> dict[str, Any]:
    return {part: _bare(operation[part]) for part in ("parameters", "requestBody") if part in operation}


def _bare(value: Any, *, names: bool = False) -> Any:
    """Without prose and extensions; of properties every name is kept."""
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = value if names else {name: each for name, each in value.items() if not _is_prose(name)}
    return {name: _bare(each, names=name == "properties" and not names) for name, each in kept.items()}


def _is_prose(name: str) -> bool:
    return name in _PROSE or name.startswith("x-")


def _needed(asking: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The schemas that something refers to, and those to which these refer."""
    found: dict[str, Any] = {}
    waiting = _referred_to(asking)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _bare(schemas[name])
            waiting += _referred_to(found[name])
    return dict(sorted(found.items()))


def _referred_to(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for each in value for name in _referred_to(each)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"].rpartition("/")[2]] if isinstance(value.get("$ref"), str) else []
    return own + [name for each in value.values() for name in _referred_to(each)]


if __name__ == "__main__":
    CUT.write_text(json.dumps(cut(Path(sys.argv[1])), indent=1) + "\n")
