"""The links to where somebody would rather write, or that we are not there."""

from __future__ import annotations

from dataclasses import replace

from actions.core_client import CoreClient, Refused
from actions.core_types import Desk
from actions.go_on_elsewhere import NAMES
from actions.outcome import Invite, Outcome
from actions.turn_types import Caller, Line


async def invite(wanted: Invite, outcome: Outcome, caller: Caller, desk: Desk, core: CoreClient) -> Outcome:
    others = [channel for channel in wanted.channels if channel != caller.channel]
    if not others:
        here = {"channel": NAMES[caller.channel]}
        return replace(outcome, lines=(Line("utter_elsewhere_is_here", here),), then="again")
    links = []
    for channel in others:
        try:
            links.append((NAMES[channel], await core.link(desk.customer.id, channel)))
        except Refused as refusal:
            if refusal.code != "not_connected":
                raise
    if links:
        return replace(outcome, lines=(Line("utter_elsewhere"),), links=tuple(links))
    if wanted.named:
        where = {"channel": NAMES[others[0]]}
        return replace(outcome, lines=(Line("utter_elsewhere_not_there", where),), then="again")
    return replace(outcome, lines=(Line("utter_elsewhere_only_here"),), then="again")
