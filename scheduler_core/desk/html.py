"""How the staff's pages are drawn: one style, known to the browser by its hash, and no scripts at all."""

import base64
import hashlib
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = (_TEMPLATES / "desk.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}
_pages = Environment(
    loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def draw(template: str, **shown: Any) -> str:
    return _pages.get_template(template).render(style=_STYLE, **shown)


def page(template: str, **shown: Any) -> HTMLResponse:
    return HTMLResponse(draw(template, **shown), headers=_HEADERS)
