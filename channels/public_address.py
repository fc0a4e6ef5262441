"""Can a provider reach this installation at its public address? Looked at from here, so a hint and no proof."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from channels.interface import Finding
from scheduler_core.settings import Settings

_PATIENCE_SECONDS = 4.0


def examined(settings: Settings) -> Finding:
    url = settings.public_url
    if not url.startswith("https://") or _is_of_this_machine(urlsplit(url).hostname or ""):
        return Finding(
            f"the public address {url} cannot be reached by a provider",
            "put a web server with a certificate before the front door and name its address: "
            "export FRONTDESK_PUBLIC_URL=https://desk.example.com",
        )
    fault = _fault_at(f"{url}/healthz")
    if fault:
        return Finding(
            f"the front door does not answer at {url}: {fault}",
            f"start the house with ./frontdesk up, and pass {url} on to http://127.0.0.1:{settings.front_port}",
        )
    return Finding(f"the front door answers at {url}")


def _is_of_this_machine(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host in ("", "localhost") or host.endswith((".localhost", ".local"))


def _fault_at(url: str) -> str:
    try:
        answer = httpx.get(url, timeout=_PATIENCE_SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        return type(error).__name__
    return "" if answer.status_code == 200 else f"HTTP {answer.status_code}"
