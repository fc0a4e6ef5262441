"""The only public door: one application with every channel's routes and the threads that answer and send."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from threading import Event
from typing import Annotated

from fastapi import FastAPI, Header, Path, Response
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool

from channels import conversation, delivery, desk_pages, invitations
from channels.bell import Bell
from channels.bot_client import BotClient
from channels.core_pages import CorePages
from channels.desk_pages import passed_on
from channels.door import Door
from channels.problems import Refused, answer_malformed, answer_refusal
from channels.registry import connected
from channels.shutdown import told_first
from channels.staff_line import StaffLine
from channels.walk import Patience, Walk
from channels.workers import Crew, join, keep_listening
from scheduler_core import outbox
from scheduler_core.clock import Clock, system_clock
from scheduler_core.outbox import Sending, Turn
from scheduler_core.settings import Settings, get_settings

_INBOUND_WORKERS = 4
"""Conversations answered at the same time; they mostly wait for the bot."""
_SENDERS = 4
"""A provider that takes its time keeps only its own messages waiting."""

FileToken = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{8,128}$")]
Secret = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{8,128}$")]


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The front door; `uvicorn --factory channels.app:create_app`."""
    settings, clock = settings or get_settings(), clock or system_clock
    door = Door(
        settings=settings,
        clock=clock,
        store=outbox.open_store(settings, clock),
        bot=BotClient(settings.bot_url),
        core=CorePages(settings, clock),
        staff_line=StaffLine(settings.actions_url),
        bell=Bell(),
        channels=connected(settings),
    )
    app = FastAPI(
        title="Frontdesk front door", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan
    )
    app.state.door = door
    app.add_exception_handler(Refused, answer_refusal)
    app.add_exception_handler(RequestValidationError, answer_malformed)
    for channel in door.channels.values():
        app.include_router(channel.routes(door))
    app.include_router(invitations.routes(door))
    app.include_router(desk_pages.routes(door.core))
    _add_passed_through_pages(app, door.core)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    door: Door = app.state.door
    crews, stopping = _crews(door), Event()

    def close_up() -> None:
        stopping.set()
        for crew in crews:
            crew.ask_to_stop()
        door.bell.close()

    with door.core, door.bot, door.staff_line, told_first(close_up):
        for crew in crews:
            crew.start()
        ears = [
            keep_listening(f"{channel.name}-ear", partial(channel.listen, door), stopping)
            for channel in door.channels.values()
        ]
        yield
        close_up()
        await run_in_threadpool(join, [thread for crew in crews for thread in crew.threads])
        for channel in door.channels.values():
            await run_in_threadpool(channel.close)
        await run_in_threadpool(join, ears)
    door.store.close()


def _crews(door: Door) -> tuple[Crew[Turn], Crew[Sending]]:
    """Those who answer and those who send."""

    patience = Patience()

    def answer(turn: Turn) -> None:
        channel = door.channels[turn.channel]
        walk = Walk(
            door.store,
            door.bot,
            channel.capabilities,
            patience,
            door.core,
            turn,
            door.staff_line,
            channel.fetch,
        )
        conversation.take_turn(walk)

    def send(sending: Sending) -> None:
        delivery.deliver(door.store, door.channels, sending, door.bell.ring, door.enclosed)

    wake = door.store.wake
    return (
        Crew("inbound", _INBOUND_WORKERS, door.store.claim_turn, answer, wake.inbound),
        Crew("delivery", _SENDERS, door.store.claim_sending, send, wake.outbound),
    )


def _add_passed_through_pages(app: FastAPI, core: CorePages) -> None:
    @app.get("/calendar/{token}.ics")
    def calendar(token: Secret) -> Response:
        return passed_on(core.calendar(token))

    @app.get("/calendar/staff/{token}.ics")
    def staff_calendar(
        token: Secret, if_none_match: Annotated[str | None, Header(max_length=1000)] = None
    ) -> Response:
        return passed_on(core.staff_calendar(token, if_none_match))

    @app.get("/files/{token}")
    def file(token: FileToken) -> Response:
        return passed_on(core.file_by_link(token))

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}
