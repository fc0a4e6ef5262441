"""The core's pages reach the browser through the front door, the desk only on this machine."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute

from channels import desk_pages
from channels.app import create_app
from channels.core_pages import CorePages
from scheduler_core.desk import away, conversation, page, team, tellings, undelivered
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import A_TUESDAY, settings_for


@pytest.fixture
def core() -> FastAPI:
    """A core with a desk, a sign, a calendar file and a calendar."""
    app = FastAPI()

    @app.get("/desk")
    def desk(request: Request) -> Response:
        return Response(
            "<h1>Desk</h1>" if "x-api-key" in request.headers else "no key", media_type="text/html"
        )

    @app.get("/desk/sign")
    def sign() -> dict[str, str]:
        return {"name": "Salon Aurora"}

    @app.get("/calendar/{token}.ics")
    def calendar(token: str, request: Request) -> Response:
        assert "x-api-key" not in request.headers
        return Response(f"BEGIN:VCALENDAR {token}", media_type="text/calendar", headers={"X-Inner": "secret"})

    @app.get("/calendar/staff/{token}.ics")
    def staff_calendar(token: str, request: Request) -> Response:
        assert "x-api-key" not in request.headers
        headers = {"ETag": '"1"', "Cache-Control": "private, no-cache"}
        if request.headers.get("if-none-match") == '"1"':
            return Response(status_code=304, headers=headers)
        return Response(f"BEGIN:VCALENDAR staff {token}", media_type="text/calendar", headers=headers)

    return app


def test_pages_of_the_core_are_passed_through(
    core: FastAPI, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    with served(core) as core_url:
        settings = settings_for(home, bot_port=1, core_port=int(core_url.rpartition(":")[2]))
        with (
            served(create_app(settings, HandClock(A_TUESDAY))) as front,
            httpx.Client(base_url=front) as http,
        ):
            assert http.get("/desk").text == "<h1>Desk</h1>"
            assert http.get("/web/status").json()["business"] == {"name": "Salon Aurora"}
            file = http.get("/calendar/abcdefgh12.ics")
            assert file.text == "BEGIN:VCALENDAR abcdefgh12"
            assert file.headers["content-type"].startswith("text/calendar")
            assert "x-inner" not in file.headers
            assert http.get("/calendar/..%2Fdesk.ics").status_code in (404, 422)


def test_a_person_s_calendar_is_passed_through_until_it_changes(
    core: FastAPI, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    with served(core) as core_url:
        settings = settings_for(home, bot_port=1, core_port=int(core_url.rpartition(":")[2]))
        with (
            served(create_app(settings, HandClock(A_TUESDAY))) as front,
            httpx.Client(base_url=front) as http,
        ):
            file = http.get("/calendar/staff/abcdefgh12.ics", headers={"X-API-Key": "mine"})
            assert file.text == "BEGIN:VCALENDAR staff abcdefgh12"
            assert (file.headers["etag"], file.headers["cache-control"]) == ('"1"', "private, no-cache")
            again = http.get("/calendar/staff/abcdefgh12.ics", headers={"If-None-Match": '"1"'})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", '"1"')
            assert http.get("/calendar/staff/..%2F..%2Fdesk.ics").status_code in (404, 422)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "salon.example"}, id="a public name"),
        pytest.param({"X-Forwarded-For": "203.0.113.7"}, id="through a proxy"),
        pytest.param({"Forwarded": "for=203.0.113.7"}, id="through a standard proxy"),
    ],
)
@pytest.mark.parametrize("path", ["/desk", "/terminal/messages?as=Maria"])
def test_pages_without_login_are_only_shown_on_this_machine(
    front: str, path: str, headers: dict[str, str]
) -> None:
    assert httpx.get(f"{front}{path}", headers=headers, trust_env=False).status_code == 403


def test_a_core_that_is_away_is_a_polite_503(front: str) -> None:
    answer = httpx.get(f"{front}/desk", trust_env=False)
    assert (answer.status_code, answer.json()["code"]) == (503, "core_away")


def test_a_form_of_the_desk_reaches_the_core_and_only_from_this_house(
    core: FastAPI, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sent: list[bytes] = []

    @core.post("/desk/conversations/{conversation_id}/{step}")
    async def speak(conversation_id: int, step: str, request: Request) -> Response:
        assert "x-api-key" in request.headers
        sent.append(await request.body())
        return Response(status_code=303, headers={"Location": f"/desk/conversations/{conversation_id}"})

    @core.post("/desk/visits/{appointment_id}/ask")
    async def ask(appointment_id: int, request: Request) -> Response:
        sent.append(await request.body())
        return Response(status_code=303, headers={"Location": "/desk"})

    home = tmp_path_factory.mktemp("home")
    with served(core) as core_url:
        settings = settings_for(home, bot_port=1, core_port=int(core_url.rpartition(":")[2]))
        with (
            served(create_app(settings, HandClock(A_TUESDAY))) as front,
            httpx.Client(base_url=front) as http,
        ):
            where, form = "/desk/conversations/7/say", b"key=k&text=hello"
            answer = http.post(where, content=form, headers={"Origin": front})
            assert (answer.status_code, answer.headers["location"]) == (303, "/desk/conversations/7")
            for stranger in ({"Origin": "https://elsewhere.example"}, {"X-Forwarded-For": "203.0.113.9"}):
                assert http.post(where, content=form, headers=stranger).status_code == 403
            assert http.post("/desk/conversations/7/erase", content=form).status_code in (404, 422)
            asked = http.post("/desk/visits/7/ask", content=form, headers={"Origin": front})
            assert asked.headers["location"] == "/desk"
    assert sent == [form, form]


def doors(routers: Iterable[APIRouter]) -> set[tuple[str, str]]:
    """Methods and paths, whatever the parts of a path are called."""
    return {
        (method, re.sub(r"{\w+}", "{}", route.path))
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }


def test_each_page_and_form_of_the_desk_has_its_way_through(tmp_path: Path) -> None:
    core = CorePages(settings_for(tmp_path, bot_port=1), HandClock(A_TUESDAY))
    inside = doors(each.router for each in (away, conversation, page, team, tellings, undelivered)) | doors(
        [conversation.file_router]
    )
    assert doors([desk_pages.routes(core)]) == inside - {("GET", "/desk/sign")}
    assert set(get_args(desk_pages.Step)) == set(conversation.Step)
