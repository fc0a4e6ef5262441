"""The staff's pages, passed through from the core to whoever sits at this machine."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Response

from channels.core_pages import CorePages, Page
from channels.guards import form_with_files, same_origin, small_body, this_machine_only

_FORM = "application/x-www-form-urlencoded"
_FROM_OUR_PAGE = [Depends(same_origin)]

Step = Literal["take-over", "say", "hand-back", "send-link"]
SmallForm = Annotated[bytes, Depends(small_body)]


def routes(core: CorePages) -> APIRouter:
    router = APIRouter(prefix="/desk", dependencies=[Depends(this_machine_only)])
    _add_pages(router, core)
    _add_forms(router, core)
    return router


def _add_pages(router: APIRouter, core: CorePages) -> None:
    @router.get("")
    def desk() -> Response:
        return passed_on(core.desk())

    @router.get("/conversations/{conversation_id}")
    def conversation(conversation_id: int) -> Response:
        return passed_on(core.desk_conversation(conversation_id))

    @router.get("/team")
    def team() -> Response:
        return passed_on(core.desk_page("team"))

    @router.get("/away")
    def away() -> Response:
        return passed_on(core.desk_page("away"))

    @router.get("/tellings/{broadcast_id}")
    def telling(broadcast_id: int) -> Response:
        return passed_on(core.desk_page(f"tellings/{broadcast_id}"))

    @router.get("/files/{attachment_id}")
    def file(attachment_id: int) -> Response:
        return passed_on(core.desk_file(attachment_id))


def _add_forms(router: APIRouter, core: CorePages) -> None:
    @router.post("/conversations/{conversation_id}/{step}", dependencies=_FROM_OUR_PAGE)
    def step(
        conversation_id: int,
        step: Step,
        form: Annotated[bytes, Depends(form_with_files)],
        content_type: Annotated[str, Header(max_length=200)] = _FORM,
    ) -> Response:
        return passed_on(core.desk_form(f"conversations/{conversation_id}/{step}", form, content_type))

    @router.post("/undelivered/{message_id}/{step}", dependencies=_FROM_OUR_PAGE)
    def undelivered(message_id: int, step: Literal["again", "done"]) -> Response:
        return passed_on(core.desk_form(f"undelivered/{message_id}/{step}", b""))

    @router.post("/team/late", dependencies=_FROM_OUR_PAGE)
    def late(form: SmallForm) -> Response:
        return passed_on(core.desk_form("team/late", form))

    @router.post("/away/look", dependencies=_FROM_OUR_PAGE)
    def look(form: SmallForm) -> Response:
        return passed_on(core.desk_form("away/look", form))

    @router.post("/away/keep", dependencies=_FROM_OUR_PAGE)
    def keep(form: SmallForm) -> Response:
        return passed_on(core.desk_form("away/keep", form))

    @router.post("/visits/{appointment_id}/ask", dependencies=_FROM_OUR_PAGE)
    def ask(appointment_id: int, form: SmallForm) -> Response:
        return passed_on(core.desk_form(f"visits/{appointment_id}/ask", form))


def passed_on(page: Page) -> Response:
    return Response(page.body, page.status, page.headers)
