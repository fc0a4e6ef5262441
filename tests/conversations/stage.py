"""Where a story is played: a house with an empty diary, what the story puts into it, and its people."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from channels.terminal.channel import address_of
from scheduler_core.appointments.demo import add_history
from scheduler_core.businesses.demo import add_salon
from scheduler_core.customers.demo import add_customers
from scheduler_core.db.migrate import upgrade
from scheduler_core.db.session import open_database
from tests.conversations.stories import Expected, Given, Step, moment_in, visit_in
from tests.journeys.house import MONDAY_MORNING, House, Reply

SOMEBODY_ELSE = "somebody-else"
_A_TIME = re.compile(r", \d{1,2}:\d\d · ")


def empty_salon(folder: Path) -> None:
    """The demo salon's people and their past, and no invented bookings."""
    folder.mkdir()
    database = open_database(f"sqlite:///{folder / 'frontdesk.db'}")
    upgrade(database)

    def furnish(session: Any) -> None:
        today = MONDAY_MORNING.date()
        salon = add_salon(session, demo_until=today + timedelta(days=30))
        add_history(session, salon, add_customers(session, salon, MONDAY_MORNING), today, MONDAY_MORNING)

    database.transact(furnish)
    database.close()


class Stage:
    """Plays the steps of one story and looks at each answer."""

    def __init__(self, house: House, given: Given) -> None:
        self._house, self._given = house, given
        house.clock.set(given.time)
        if given.policy:
            house.ask_core("PATCH", "", {"policy": given.policy})
        for words in given.visits:
            self._book(words, given.customer)
        for words in given.taken:
            self._book(words, SOMEBODY_ELSE)
        self._elsewhere = self._visits()
        if given.on == "terminal":
            own = self._desk(given.customer)["customer"]["id"]
            self._elsewhere = {n: each for n, each in self._elsewhere.items() if each["customer_id"] != own}
        self._customer = house.customer(given.on, given.customer)
        self._heard: list[Reply] = []
        self.transcript: list[str] = []

    def play(self, step: Step) -> None:
        match step.does:
            case "customer":
                self._hear(step, self._customer.says(step.what))
            case "taps":
                self._hear(step, self._tap(step.what, self._heard[-1]))
            case "taps the old":
                old = next(each for each in reversed(self._heard[:-1]) if _button(step.what, each))
                self._hear(step, self._tap(step.what, old))
            case "clock":
                self._move_the_clock(step.what)
                self.transcript.append(f"       ({step.what})")
            case "meanwhile":
                self._elsewhere[self._book(step.what, SOMEBODY_ELSE)] = {}
                self.transcript.append(f"       (somebody else: {step.what})")

            case "unanswered":
                self._nothing_comes_back(step)
            case "staff":
                self._of_staff(step.what.replace(" ", "-"))
                self.transcript.append(f"       (staff: {step.what})")
            case "staff says":
                self._of_staff("say", {"text": step.what})
                self._hear(step, self._customer.hears())
            case "business":
                self._of_business(step.what)
                self._hear(step, self._customer.hears())

    def diary(self) -> list[str]:
        """The customer's coming visits as a story names them."""
        own = [each for n, each in self._visits().items() if n not in self._elsewhere]
        return [_named(each) for each in sorted(own, key=lambda each: str(each["start"]))]

    def _hear(self, step: Step, reply: Reply) -> None:
        self._heard.append(reply)
        buttons = " ".join(f"[{label}]" for label in reply.choices)
        self.transcript += [
            f"{step.does:>14}: {step.what}",
            f"{'frontdesk':>14}: {reply.text}",
            f"{'':16}{buttons}",
        ]
        faults = [*_missing(step.expected, reply), *_bad_manners(reply)]
        assert not faults, "\n".join([*faults, "", *self.transcript])

    def _tap(self, words: str, under: Reply) -> Reply:
        label = _button(words, under)
        assert label, "\n".join([f"no button “{words}”", "", *self.transcript])
        self._customer.last = under
        return self._customer.taps(label)

    def _nothing_comes_back(self, step: Step) -> None:
        """An assistant that is not silent would have spoken by the time all work is done."""
        before = self._shown()
        self._customer.sends(step.what)
        self._house.comes_to_rest()
        self.transcript.append(f"{step.does:>14}: {step.what}")
        assert self._shown() == before, "\n".join(["an answer came", "", *self.transcript])

    def _shown(self) -> int:
        """How many messages of ours are on the customer's screen."""
        url = f"{self._house.settings.public_url}/terminal/messages?as={self._given.customer}&after=0"
        return sum(each["who"] == "us" for each in self._house.fetch(url).json())

    def _of_staff(self, what: str, body: dict[str, Any] | None = None) -> None:
        conversation = self._desk(self._given.customer)["conversation"]["id"]
        self._house.ask_core("POST", f"/conversations/{conversation}/{what}", body, key=uuid.uuid4().hex)

    def _of_business(self, words: str) -> None:
        """What is done with the customer's first visit outside the conversation."""
        verb, _, moment = words.partition(" to ")
        visit = min(self._own(), key=lambda each: str(each["start"]))
        body = {} if verb == "remind" else {"expected_version": visit["version"]}
        if moment:
            body |= {"start": moment_in(moment).isoformat(), "override": True}
        step = "reschedule" if verb == "move" else verb
        self._house.ask_core("POST", f"/appointments/{visit['id']}/{step}", body, key=uuid.uuid4().hex)

    def _own(self) -> list[dict[str, Any]]:
        """Their coming visits, the requested ones too."""
        since = self._house.clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        customer = self._desk(self._given.customer)["customer"]["id"]
        page = self._house.ask_core("GET", f"/appointments?customer_id={customer}&since={since}&limit=100")
        return [each for each in page["items"] if each["status"] in ("requested", "booked")]

    def _move_the_clock(self, words: str) -> None:
        if ahead := re.fullmatch(r"\+(\d+) (minutes|hours|days)", words):
            self._house.clock.advance(**{ahead[2]: int(ahead[1])})
        else:
            self._house.clock.set(moment_in(words))

    def _book(self, words: str, who: str) -> int:
        """Straight into the core, past every rule but that of double booking."""
        visit, desk = visit_in(words), self._desk(who)
        body = {
            "customer_id": desk["customer"]["id"],
            "service_id": next(each["id"] for each in desk["services"] if each["name"] == visit.service),
            "staff_id": next(each["id"] for each in desk["staff"] if each["name"] == visit.person),
            "start": visit.start.isoformat(),
            "override": True,
        }
        return int(self._house.ask_core("POST", "/appointments", body, key=uuid.uuid4().hex)["id"])

    def _desk(self, who: str) -> dict[str, Any]:
        body = {"channel": "terminal", "address": address_of(who), "display_name": None}
        return dict(self._house.ask_core("POST", "/conversations/open", body))

    def _visits(self) -> dict[int, dict[str, Any]]:
        since = self._house.clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        page = self._house.ask_core("GET", f"/appointments?status=booked&since={since}&limit=100")
        return {each["id"]: each for each in page["items"]}


def _button(words: str, reply: Reply) -> str | None:
    """The button that begins so, or the first one when the story says "the first"."""
    nth = {"the first": 0, "the second": 1, "the third": 2}.get(words)
    if nth is not None:
        return reply.choices[nth]
    return next((label for label in reply.choices if label.startswith(words)), None)


def _missing(expected: Expected, reply: Reply) -> list[str]:
    faults = [f"does not say “{each}”" for each in expected.says if each not in reply.text]
    faults += [f"does not offer “{each}”" for each in expected.offers if not _button(each, reply)]
    everything = " ".join([reply.text, *reply.choices])
    faults += [f"says “{each}”" for each in expected.never if each in everything]
    times = sum(bool(_A_TIME.search(label)) for label in reply.choices)
    if expected.times not in (None, times):
        faults.append(f"offers {times} times, not {expected.times}")
    if expected.link and expected.link not in reply.links:
        faults.append(f"has no link “{expected.link}”")
    return faults


def _bad_manners(reply: Reply) -> list[str]:
    """What no answer may do, whatever the story is about."""
    faults = [f"leaves a gap: {gap}" for gap in re.findall(r"\{\w*\}|\bNone\b|  +", reply.text)]
    if reply.text.count("?") > 1:
        faults.append("asks more than one question")
    lines = [line for line in reply.text.split("\n") if line]
    faults += [f"says twice: {line}" for line in dict.fromkeys(lines) if lines.count(line) > 1]
    doubled = {label for label in reply.choices if reply.choices.count(label) > 1}
    return [*faults, *(f"shows the same button twice: {label}" for label in doubled)]


def _named(visit: dict[str, Any]) -> str:
    start = datetime.fromisoformat(visit["start"])
    what = " and ".join(item["service_name"] for item in visit["items"]) or visit["service_name"]
    whom = f", for {visit['attendee']}" if visit["attendee"] else ""
    note = f" ({visit['note']})" if visit["note"] else ""
    return f"{what} with {visit['staff_name']} on {start:%A} {start.day} {start:%B at %H:%M}{whom}{note}"
