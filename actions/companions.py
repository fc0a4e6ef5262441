"""Those who come together, in the draft: each has a visit of their own, like the first's where no other was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import services, speech, the_usual
from actions.catalogue import Named
from actions.core_types import Desk
from actions.draft import Companion, Draft, Option
from actions.turn_types import Line, Speak
from actions.who_comes import MOST, Crowd, numbered
from actions.whose import attendee_said, is_spoken_of


def with_party(draft: Draft, party: Sequence[Companion]) -> Draft:
    """The draft for all of them; what was not said of each is as it stands."""
    first, *rest = party
    draft = draft.without_slot().but(attendee=first.who, crowd=None)
    if first.service_id is not None or first.either:
        draft = the_usual.turned_down(draft).but(
            service_id=first.service_id, also=first.also, either=first.either
        )
    if any(each.staff_id for each in party):
        draft = draft.but(staff_id=first.staff_id, unsure_of=())
    return draft.but(party=tuple(_beside(each, draft) for each in rest))


def with_crowd(draft: Draft, crowd: Crowd) -> Draft:
    """How many they are is asked next; the first of them stands for all where the customer does not come."""
    attendee = None if crowd.with_me else crowd.relation
    return draft.without_slot().but(crowd=crowd.relation, attendee=attendee, party=())


def with_so_many(draft: Draft, count: int) -> Draft:
    who = numbered(draft.crowd or "", count)
    own, others = (who[0], who[1:]) if draft.attendee else (None, who)
    party = tuple(Companion(who=each) for each in others)
    return draft.but(question=None, crowd=None, attendee=own, party=party)


def so_many_said(text: str, draft: Draft, language: str) -> Option | None:
    """ "Two of them", where it was asked how many come."""
    asked = draft.options_of("people")
    numbers = (speech.number(word, language) for word in text.replace(",", " ").split()) if asked else ()
    count = next((each for each in numbers if each), None)
    return next((each for each in asked if each.value == count), None)


def with_service(draft: Draft, n: int, service_id: int) -> Draft:
    """What the n-th who comes along is to have, once it is clear."""
    companion = draft.party[n].but(service_id=service_id, also=(), either=())
    return draft.without_slot().but(party=(*draft.party[:n], companion, *draft.party[n + 1 :]))


def ask_what_is_open(draft: Draft, desk: Desk, lines: tuple[Line, ...]) -> Speak | None:
    """How many they are, or which of the services that were meant somebody is to have."""
    if draft.crowd:
        counts = tuple(Option(kind="people", label=str(n), value=n) for n in range(1, MOST))
        return Speak(draft, (*lines, Line("utter_again_how_many")), "how_many", counts)
    for n, each in enumerate(draft.party):
        meant = [service for key in each.either if (service := desk.service(key))]
        if meant:
            options = tuple(
                Option(kind="for_companion", label=service.name, value=(n, service.id)) for service in meant
            )
            asking = Line("utter_which_for", {"who": attendee_said(each.who or "", desk)})
            return Speak(draft, (*lines, asking), "service", options)
    return None


def left_to_others(named: Named, party: Sequence[Companion]) -> Named:
    """What a sentence named, less what it named of each who comes."""
    if any(each.service_id or each.either for each in party):
        named = replace(named, wishes=(), without=(), unknown_service=None)
    return replace(named, people=()) if any(each.staff_id for each in party) else named


def spoken_of(text: str, draft: Draft) -> str | None:
    """Who of those who come along, if it is one of them: "Leo with Ben, please"."""
    named = [each.who for each in draft.party if each.who and is_spoken_of(each.who, text)]
    return named[0] if len(named) == 1 else None


def said_of_one(draft: Draft, named: Named) -> int | None:
    """Which of those who come along is to have the service that is named, and nobody else."""
    wanted = {wish[0].id for wish in named.wishes if len(wish) == 1}
    having = [n for n, visit in enumerate(draft.visits) if wanted and wanted <= set(visit.service_ids)]
    return having[0] - 1 if len(having) == 1 and having[0] and named.staff else None


def with_companion(draft: Draft, who: str | None, named: Named) -> tuple[Draft, Named]:
    """Somebody joins, or what one of them is to have is changed: "my son with Ben", "my daughter too"."""
    wanted = [wish[0].id for wish in named.wishes if len(wish) == 1]
    n = next((n for n, each in enumerate(draft.party) if who and _is_the_same(each.who, who)), None)
    n = said_of_one(draft, named) if who is None else n
    companion = draft.party[n] if n is not None else Companion(who=who)
    if wanted:
        companion = companion.but(service_id=wanted[0], also=tuple(wanted[1:]), either=())
    if named.staff:
        companion = companion.but(staff_id=named.staff.id)
    others = [each for m, each in enumerate(draft.party) if m != n]
    party = (*others, companion) if n is None else (*draft.party[:n], companion, *draft.party[n + 1 :])
    return draft.without_slot().but(party=party[: MOST - 1]), replace(named, wishes=(), people=())


def with_able_staff(draft: Draft, desk: Desk) -> tuple[Draft, tuple[Line, ...]]:
    """Who does not do what somebody who comes along is to have is let go, and that is said."""
    party, lines = list(draft.party), list[Line]()
    for n, visit in enumerate(draft.visits[1:]):
        service, member = desk.service(visit.service_id), desk.staff_member(visit.staff_id)
        if service and member and member.id not in service.staff_ids:
            party[n] = party[n].but(staff_id=None)
            lines.append(services.cannot_do(member, service, desk))
    return draft.but(party=tuple(party)), tuple(lines)


def _is_the_same(who: str | None, said: str) -> bool:
    return who is not None and (is_spoken_of(who, said) or is_spoken_of(said, who))


def _beside(companion: Companion, draft: Draft) -> Companion:
    same = (companion.service_id, companion.also) == (draft.service_id, draft.also)
    return companion.but(service_id=None, also=()) if same else companion
