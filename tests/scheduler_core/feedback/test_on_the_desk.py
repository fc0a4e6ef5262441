"""The desk shows how visits were, with how few said so, and the complaints that wait for a reply."""

from tests.builders.core import Core
from tests.scheduler_core.feedback.afterwards import a_visit_over, given
from tests.scheduler_core.permissions.holders import a_key


def test_the_desk_shows_how_it_was_and_who_waits_for_a_reply(core: Core) -> None:
    given(core, a_visit_over(core), score=2, words="uneven")
    owner = a_key(core, "owner")
    shown = " ".join(owner.ask("GET", "/desk").text.split())
    assert "0 of 1 gave 4 or 5. So few answers say little yet." in shown
    assert "<td>uneven</td> <td>Tue 2 Mar, 18:00</td>" in shown
    core.clock.move(days=1)
    assert "late: Tue 2 Mar, 18:00" in owner.ask("GET", "/desk").text


def test_who_may_only_look_does_not_read_what_customers_wrote(core: Core) -> None:
    given(core, a_visit_over(core), score=2, words="uneven")
    core.http.headers.update(a_key(core, "read_only").headers)
    assert "uneven" not in core.ask("GET", "/desk").text
