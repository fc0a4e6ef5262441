"""Who moves or drops a visit because of us pays nothing for it and may do so however often they have before; pure."""

from collections.abc import Mapping
from typing import Any

from scheduler_core.appointments.attend.late import LATE_START
from scheduler_core.appointments.flags.fitting import KINDS
from scheduler_core.businesses.policy import Policy


def is_our_doing(flags: Mapping[str, Mapping[str, Any]], policy: Policy) -> bool:
    """Whether one of these, facts by kind, breaks what was promised."""
    if any(kind in KINDS for kind in flags):
        return True
    return LATE_START in flags and flags[LATE_START]["minutes"] >= policy.late_grace_minutes
